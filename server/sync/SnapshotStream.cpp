// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/sync/SnapshotStream.h"

#include "server/sync/SnapshotPacker.h"
#include "shared/support/Parallel.h"

namespace casebase {

namespace {

constexpr qsizetype RecordsPerMessage = 500;
constexpr qsizetype FramesBeside = 4; ///< Compressed beside each other.
constexpr qsizetype PiecesAhead = 512; ///< Packed beside each other.

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
    if (!m_format.maySequence) {
        return nextFrames(bytes);
    }
    return m_format.mayPackPieces && hasPieces() ? QList{nextPackedPieces(bytes)}
                                                 : nextSequences(bytes);
}

QList<QByteArray> SnapshotStream::nextSequences(qsizetype bytes)
{
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
    while (sequence.size() < bytes && !(m_format.mayPackPieces && hasPieces())) {
        const auto message = nextMessage();
        if (!message) {
            break;
        }
        sequence += encodeMessage(*message, false);
    }
    return sequence;
}

QByteArray SnapshotStream::nextPackedPieces(qsizetype bytes)
{
    QByteArray sequence;
    sequence.reserve(bytes + bytes / 8); // for the last of them
    while (sequence.size() < bytes && hasPieces()) {
        sequence += encodeMessage(nextPiece(), false);
    }
    return sequence;
}

std::optional<Message> SnapshotStream::nextMessage()
{
    if (hasPieces()) {
        return nextPiece();
    }
    if (m_format.isJson && !m_table.isNull() && m_nextRow < table().rowCount()) {
        return nextRecords();
    }
    if (!m_tables.isEmpty()) {
        m_table = m_tables.takeFirst();
        m_keys = m_format.isJson ? QList<ChunkKey>() : TableChunks::keys(table());
        m_nextKey = 0;
        m_packedKeys = 0;
        m_nextRow = 0;
        return SnapshotTable{m_base, table().definition(), table().rowCount()};
    }
    if (m_isEnded) {
        return std::nullopt;
    }
    m_isEnded = true;
    return SnapshotEnd{m_base, m_document.revision(), m_document.people().all(),
        m_document.instances().values(), m_document.departments().all()};
}

Message SnapshotStream::nextPiece()
{
    const bool isPacked = m_format.mayPackPieces;
    if (isPacked && m_nextKey == m_packedKeys) {
        packAhead();
    }
    const ChunkKey &key = m_keys[m_nextKey++];
    return SnapshotPiece{m_base, m_table, key.column, key.index,
        isPacked ? packedPiece(table(), key) : TableChunks::bytes(table(), key), isPacked};
}

/// Packs those of the next pieces that nobody has asked for yet on several threads.
void SnapshotStream::packAhead()
{
    QList<ChunkKey> unpacked;
    const qsizetype end = std::min(m_packedKeys + PiecesAhead, m_keys.size());
    for (; m_packedKeys < end; ++m_packedKeys) {
        const ColumnChunk *chunk = TableChunks::chunk(table(), m_keys[m_packedKeys]);
        if (chunk && !chunk->packed.isKept()) {
            unpacked += m_keys[m_packedKeys];
        }
    }
    inParallel(size_t(unpacked.size()), [&](size_t i) {
        packedPiece(table(), unpacked[qsizetype(i)]);
        return true;
    });
}

Message SnapshotStream::nextRecords()
{
    SnapshotRecords part{m_base, m_table, {}};
    for (; m_nextRow < table().rowCount() && part.records.size() < RecordsPerMessage; ++m_nextRow) {
        if (!table().isAlive(m_nextRow)) {
            continue;
        }
        NewRecord record{table().recordId(m_nextRow), {}};
        for (const Field &field : table().definition().fields) {
            const Value value = table().value(m_nextRow, field);
            if (!isEmpty(value)) {
                record.values += FieldValue{field.id, value};
            }
        }
        part.records += record;
    }
    return part;
}

} // namespace casebase
