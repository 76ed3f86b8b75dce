// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/columns/TableData.h"

namespace casebase {

/// Names one piece of a table as it travels and lies on disk: a chunk of a column, or the
/// dictionary of one (index -1).
struct ChunkKey {
    QString
        column; ///< A field id, or one of id alive created createdBy modified modifiedBy revision.
    qint32 index = 0;
    friend bool operator==(const ChunkKey &, const ChunkKey &) = default;
    friend size_t qHash(const ChunkKey &key, size_t seed = 0) noexcept
    {
        return qHashMulti(seed, key.column, key.index);
    }
};

/// Takes tables apart into pieces and puts them together again. Format: docs/protocol.md.
class TableChunks {
public:
    /// All pieces that hold something, in an order in which they can be put together.
    static QList<ChunkKey> keys(const TableData &table);
    static QByteArray bytes(const TableData &table, const ChunkKey &key);
    /// What the piece is made of: two tables hold the same piece if this is the same and not null.
    /// Dictionaries have none.
    static const ColumnChunk *chunk(const TableData &table, const ChunkKey &key);

    /// A table with that definition and nothing in it yet; then put() for each piece, then
    /// finish().
    static TableData begin(const Table &definition, Row rowCount);
    /// Refuses what is not a piece of such a table.
    static Done put(TableData &table, const ChunkKey &key, const QByteArray &bytes);
    static Done finish(TableData &table);
};

} // namespace casebase
