// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/document/Adopt.h"

#include "shared/document/LinkIndex.h"

#include <QSet>

namespace casebase {

namespace {

struct Adopter {
    Document &document;
    const Stamp &stamp;
    quint64 revision;
    QHash<TableId, LinkCells> &relinked;
    Progress *progress;

    void operator()(const RecordChanges &change) const
    {
        if (!document.table(change.table)) {
            return;
        }
        TableData &table = document.writeTable(change.table);
        QSet<RecordId> deleted;
        for (const RecordChange &each : change.records) {
            auto row = table.row(each.record);
            if (!row) {
                row = table.insert(each.record, each.isAlive,
                    {each.createdMs, each.createdBy, stamp.timeMs, stamp.actor, revision});
            }
            table.setAlive(*row, each.isAlive);
            table.touch(*row, stamp.timeMs, stamp.actor, revision);
            if (!each.isAlive) {
                deleted.insert(each.record);
            }
        }
        std::vector<std::pair<const CellChange *, Links>> links; // and what was there before
        const Field *field = nullptr;
        if (progress) {
            progress->begin(0.3, change.cells.size());
        }
        for (const CellChange &cell : change.cells) {
            if (progress) {
                progress->step();
            }
            const auto row = table.row(cell.record);
            if (!field || field->id != cell.field) {
                field = table.definition().field(cell.field);
            }
            // A record that is deleted here keeps its cells, so that it can be restored; one that
            // was deleted before takes part when its field changes its kind.
            if (row && field && !deleted.contains(cell.record)) {
                if (field->kind == FieldKind::Links) {
                    links.emplace_back(&cell, table.allLinks(*row, *field));
                }
                table.setValue(*row, *field, cell.after);
                if (table.isAlive(*row)) {
                    table.touch(*row, stamp.timeMs, stamp.actor, revision);
                }
            }
        }
        for (const auto &[cell, before] : links) {
            const auto *after = std::get_if<Links>(&cell->after);
            const Field kept = *document.table(change.table)->definition().field(cell->field);
            relink(document, cell->record, kept, before, after ? *after : Links(), relinked);
        }
    }

    void operator()(const TableChange &change) const
    {
        if (change.after) {
            document.writeTable(change.after->id).setDefinition(*change.after);
        } else if (change.before) {
            document.removeTable(change.before->id);
        }
    }

    void operator()(const PersonChange &change) const { document.putPerson(change.after); }
    void operator()(const DepartmentsChange &change) const
    {
        document.setDepartments(change.after);
    }
    void operator()(const InstanceChange &change) const { document.putInstance(change.after); }
};

} // namespace

Recalculated adopt(Document &document, const ChangeSet &changes, const Stamp &stamp,
    quint64 revision, const FormulaContext &context, Progress *progress)
{
    QHash<TableId, LinkCells> relinked;
    bool isDefined = false;
    for (const Change &change : changes.changes) {
        std::visit(Adopter{document, stamp, revision, relinked, progress}, change);
        isDefined = isDefined || std::holds_alternative<TableChange>(change);
    }
    document.setRevision(revision);
    if (isDefined) {
        document.compile();
    }
    return recalculate(document, changes, relinked, context);
}

} // namespace casebase
