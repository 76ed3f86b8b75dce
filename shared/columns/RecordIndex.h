// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/columns/Column.h"

namespace casebase {

/// Finds the row of a record id. A value: 4,096 small hash tables that copies share until one is
/// written. Holds rows and parts of hashes; the ids are read from the id column.
class RecordIndex {
public:
    std::optional<Row> find(const IdBits &id, const FixedColumn<IdBits> &ids) const;
    /// The id is in the column at that row already, and not in the index.
    void insert(Row row, const FixedColumn<IdBits> &ids);

private:
    struct Slot {
        quint32 rowPlusOne = 0; ///< 0 is free.
        quint32 hash = 0; ///< Tells most others apart, and spares reading their ids to grow.
    };
    struct Shard : CowCounted {
        std::vector<Slot> slots; ///< The size is a power of two.
        size_t used = 0;
    };
    static void place(std::vector<Slot> &slots, Slot slot);
    CowVector<Shard> m_shards;
};

} // namespace casebase
