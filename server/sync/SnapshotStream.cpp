// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/sync/SnapshotStream.h"

#include "shared/support/Parallel.h"

namespace casebase {

namespace {

constexpr qsizetype RecordsPerMessage = 500;
constexpr qsizetype FramesBeside = 4; ///< Compressed beside each other.

} // namespace

SnapshotStream::SnapshotStream(
    BaseId base, const VisibleDocument &visible, const FrameFormat &format)
    : m_base(base)
    , m_document(visible.document())
    , m_format(format)
    , m_tables(m_document.tables())
{
}

QList<QByteArray> SnapshotStream::next(qsizetype bytes)
{
    if (m_format.isJson || !m_format.maySequence) {
        return nextFrames(bytes);
    }
    QList<QByteArray> frames;
    while (frames.size() < FramesBeside) {
        QByteArray sequence = nextSequence(bytes);
        if (sequence.isEmpty()) {
            break;
        }
        frames += std::move(sequence);
    }
    if (m_format.mayCompress) {
        inParallel(size_t(frames.size()), [begin = frames.begin()](size_t i) {
            begin[qsizetype(i)] = packed(begin[qsizetype(i)]);
            return true;
        });
    }
    return frames;
}

QList<QByteArray> SnapshotStream::nextFrames(qsizetype bytes)
{
    QList<QByteArray> frames;
    for (qsizetype size = 0; size < bytes; size += frames.last().size()) {
        const auto message = nextMessage();
        if (!message) {
            break;
        }
        frames += m_format.isJson ? encodeJsonMessage(*message)
                                  : encodeMessage(*message, m_format.mayCompress);
    }
    return frames;
}

QByteArray SnapshotStream::nextSequence(qsizetype bytes)
{
    QByteArray sequence;
    while (sequence.size() < bytes) {
        const auto message = nextMessage();
        if (!message) {
            break;
        }
        sequence += encodeMessage(*message, false);
    }
    return sequence;
}

std::optional<Message> SnapshotStream::nextMessage()
{
    const TableData *table = m_document.table(m_table);
    if (table && !m_format.isJson && m_nextKey < m_keys.size()) {
        const ChunkKey &key = m_keys[m_nextKey++];
        return SnapshotPiece{
            m_base, m_table, key.column, key.index, TableChunks::bytes(*table, key)};
    }
    if (table && m_format.isJson && m_nextRow < table->rowCount()) {
        return nextRecords(*table);
    }
    if (!m_tables.isEmpty()) {
        m_table = m_tables.takeFirst();
        const TableData &begun = *m_document.table(m_table);
        m_keys = m_format.isJson ? QList<ChunkKey>() : TableChunks::keys(begun);
        m_nextKey = 0;
        m_nextRow = 0;
        return SnapshotTable{m_base, begun.definition(), begun.rowCount()};
    }
    if (m_isEnded) {
        return std::nullopt;
    }
    m_isEnded = true;
    return SnapshotEnd{
        m_base, m_document.revision(), m_document.people().all(), m_document.instances().values()};
}

Message SnapshotStream::nextRecords(const TableData &table)
{
    SnapshotRecords part{m_base, m_table, {}};
    for (; m_nextRow < table.rowCount() && part.records.size() < RecordsPerMessage; ++m_nextRow) {
        if (!table.isAlive(m_nextRow)) {
            continue;
        }
        NewRecord record{table.recordId(m_nextRow), {}};
        for (const Field &field : table.definition().fields) {
            const Value value = table.value(m_nextRow, field);
            if (!isEmpty(value)) {
                record.values += FieldValue{field.id, value};
            }
        }
        part.records += record;
    }
    return part;
}

} // namespace casebase
