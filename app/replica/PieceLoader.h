// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/columns/TableChunks.h"
#include "shared/document/Document.h"

#include <QFuture>

namespace casebase {

/// A piece of a table as it lay on disk or came over the network.
struct PackedPiece {
    TableId table;
    ChunkKey key;
    QByteArray bytes;
    bool isPacked = true; ///< The bytes are compressed.
};

/// Puts the pieces of tables into them, in their order, and unpacks them beside that on the threads
/// of the pool. The tables have been begun; they are not finished here.
class PieceLoader {
public:
    explicit PieceLoader(Document &document)
        : m_document(document)
    {
    }
    ~PieceLoader() { m_unpacked.waitForFinished(); }
    Q_DISABLE_COPY_MOVE(PieceLoader)
    /// Damaged, with the column, if a piece of those before it cannot be read.
    Done add(const PackedPiece &piece);
    Done finish();

private:
    Done startPart();
    Done takePart();

    Document &m_document;
    QList<PackedPiece> m_next;
    QList<PackedPiece> m_part;
    QFuture<std::optional<QByteArray>> m_unpacked;
};

} // namespace casebase
