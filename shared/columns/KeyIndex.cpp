// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/columns/KeyIndex.h"

#include "shared/columns/TableData.h"

#include <algorithm>

namespace casebase {

void KeyIndex::set(Row row, quint64 hash, const TableData &table)
{
    const quint64 before = at(row);
    if (before == hash) {
        return;
    }
    const auto isBefore = [&table](const Entry &a, const Entry &b) {
        return a.part != b.part ? a.part < b.part : table.recordId(a.row) < table.recordId(b.row);
    };
    const auto change = [&](quint64 key, bool isThere) {
        auto &entries = m_shards.write(key % ShardCount).entries;
        const Entry entry{row, quint32(key >> 32)};
        const auto at = std::lower_bound(entries.begin(), entries.end(), entry, isBefore);
        isThere ? void(entries.insert(at, entry)) : void(entries.erase(at));
    };
    if (before != NoKey) {
        change(before, false);
    }
    if (hash != NoKey) {
        change(hash, true);
    }
    m_hashes.set(row, hash == NoKey ? std::nullopt : std::optional(hash));
}

std::span<const KeyIndex::Entry> KeyIndex::rows(quint64 hash) const
{
    const Shard *shard = hash == NoKey ? nullptr : m_shards.chunk(hash % ShardCount);
    if (!shard) {
        return {};
    }
    const auto [first, last] = std::equal_range(shard->entries.cbegin(), shard->entries.cend(),
        Entry{0, quint32(hash >> 32)},
        [](const Entry &a, const Entry &b) { return a.part < b.part; });
    return {first, last};
}

} // namespace casebase
