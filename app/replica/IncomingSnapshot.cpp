// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/replica/IncomingSnapshot.h"

#include "app/replica/PieceLoader.h"
#include "shared/document/Recalculate.h"

namespace casebase {

class IncomingSnapshot::Assembly {
public:
    void add(const SnapshotTable &table)
    {
        m_document.writeTable(table.table.id) = TableChunks::begin(table.table, Row(table.rows));
    }
    void add(const SnapshotPiece &piece)
    {
        if (m_done) {
            m_done = m_loader.add(
                {piece.table, {piece.column, piece.index}, piece.bytes, piece.isPacked});
        }
    }
    Result<Arrived> finish(const SnapshotEnd &end, const Document &shown, const FormulaContext &now)
    {
        TRY(m_done);
        TRY(m_loader.finish());
        for (const TableId table : m_document.tables()) {
            TRY(TableChunks::finish(m_document.writeTable(table)));
        }
        for (const Person &person : end.people) {
            m_document.putPerson(person);
        }
        for (const Instance &instance : end.instances) {
            m_document.putInstance(instance);
        }
        m_document.setDepartments(end.departments);
        m_document.setRevision(end.revision);
        calculateAll(m_document, now);
        return Arrived{m_document, RemovalWatch::check(shown, m_document, {})};
    }

private:
    Document m_document;
    PieceLoader m_loader{m_document};
    Done m_done = Ok;
};

IncomingSnapshot::IncomingSnapshot(WorkQueue &queue, MailAddress home)
    : m_queue(queue)
    , m_assembly(std::make_shared<Assembly>())
    , m_home(std::move(home))
{
}

void IncomingSnapshot::add(const SnapshotTable &table)
{
    m_queue.post([assembly = m_assembly, table] { assembly->add(table); });
}

void IncomingSnapshot::add(const SnapshotPiece &piece)
{
    m_queue.post([assembly = m_assembly, piece] { assembly->add(piece); });
}

void IncomingSnapshot::finish(
    const SnapshotEnd &end, const Document &shown, const FormulaContext &now, Handler handler)
{
    m_isFinishing = true;
    m_queue.post([assembly = std::exchange(m_assembly, {}), end, shown, now, home = m_home,
                     lifeline = std::weak_ptr(m_lifeline), handler = std::move(handler)] {
        home.post([lifeline, handler, arrived = assembly->finish(end, shown, now)] {
            if (!lifeline.expired()) {
                handler(arrived);
            }
        });
    });
}

} // namespace casebase
