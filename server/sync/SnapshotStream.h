// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/sync/DeltaFrames.h"
#include "shared/columns/TableChunks.h"

namespace casebase {

/// One base for one newcomer, a part at a time, so that neither memory nor the connection holds
/// more of it than is under way. Any thread may ask for the next part, one at a time.
class SnapshotStream {
public:
    SnapshotStream(BaseId base, const VisibleDocument &visible, const FrameFormat &format);

    quint64 revision() const { return m_document.revision(); }
    /// A few frames of about that many bytes before they are compressed; none once everything has
    /// been given.
    QList<QByteArray> next(qsizetype bytes);

private:
    QList<QByteArray> nextFrames(qsizetype bytes);
    QList<QByteArray> nextSequences(qsizetype bytes);
    QByteArray nextSequence(qsizetype bytes);
    QByteArray nextPackedPieces(qsizetype bytes);
    std::optional<Message> nextMessage();
    Message nextPiece();
    Message nextRecords();
    void packAhead();
    bool hasPieces() const { return m_nextKey < m_keys.size(); }
    const TableData &table() const { return *m_document.table(m_table); }

    BaseId m_base;
    Document m_document;
    FrameFormat m_format;
    QList<TableId> m_tables; ///< Those that have not been begun.
    TableId m_table; ///< The one that is being sent.
    QList<ChunkKey> m_keys; ///< Its pieces.
    qsizetype m_nextKey = 0;
    qsizetype m_packedKeys = 0; ///< So many pieces have been packed.
    Row m_nextRow = 0; ///< For readers of JSON.
    bool m_isEnded = false;
};

} // namespace casebase
