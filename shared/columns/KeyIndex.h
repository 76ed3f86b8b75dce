// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/columns/Column.h"

#include <span>

namespace casebase {

class TableData;

/// Finds the rows of a key that is not unique, the record with the least id first. Holds hashes of
/// keys only: whoever finds rows by one looks whether the key is theirs. A value: copies share its
/// parts until one is written.
class KeyIndex {
public:
    static constexpr quint64 NoKey = 0;
    struct Entry {
        Row row;
        quint32 part; ///< Of the hash; which shard it is in tells the rest.
    };

    /// The hash of the row's key.
    quint64 at(Row row) const { return m_hashes.at(row); }
    /// The row is in the table, the one that all rows here are of.
    void set(Row row, quint64 hash, const TableData &table);
    /// The rows with that hash; valid until the index is written or goes away.
    std::span<const Entry> rows(quint64 hash) const;

private:
    static constexpr size_t ShardCount = 4096;
    struct Shard : CowCounted {
        std::vector<Entry> entries; ///< By part, then by the id of the record.
    };
    CowVector<Shard> m_shards;
    FixedColumn<quint64> m_hashes;
};

} // namespace casebase
