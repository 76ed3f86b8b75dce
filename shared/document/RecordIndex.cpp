// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/document/RecordIndex.h"

namespace casebase {

namespace {

constexpr size_t ShardCount = 4096;

size_t hashOf(const IdBits &id)
{
    quint64 mixed = (id.noise ^ (id.time * 0x9E3779B97F4A7C15ULL)) * 0xBF58476D1CE4E5B9ULL;
    mixed ^= mixed >> 29;
    return size_t(mixed * 0x94D049BB133111EBULL);
}

void place(std::vector<Row> &slots, size_t hash, Row row)
{
    size_t at = (hash / ShardCount) & (slots.size() - 1);
    while (slots[at] != 0) {
        at = (at + 1) & (slots.size() - 1);
    }
    slots[at] = row + 1;
}

} // namespace

std::optional<Row> RecordIndex::find(const IdBits &id, const FixedColumn<IdBits> &ids) const
{
    const size_t hash = hashOf(id);
    const Shard *shard = m_shards.chunk(hash % ShardCount);
    if (!shard) {
        return std::nullopt;
    }
    const size_t mask = shard->slots.size() - 1;
    for (size_t at = (hash / ShardCount) & mask; shard->slots[at] != 0; at = (at + 1) & mask) {
        const Row row = shard->slots[at] - 1;
        if (ids.at(row) == id) {
            return row;
        }
    }
    return std::nullopt;
}

void RecordIndex::insert(Row row, const FixedColumn<IdBits> &ids)
{
    const size_t hash = hashOf(ids.at(row));
    Shard &shard = m_shards.write(hash % ShardCount);
    if ((shard.used + 1) * 4 > shard.slots.size() * 3) {
        std::vector<Row> larger(std::max<size_t>(4, shard.slots.size() * 2));
        for (const Row slot : shard.slots) {
            if (slot != 0) {
                place(larger, hashOf(ids.at(slot - 1)), slot - 1);
            }
        }
        shard.slots.swap(larger);
    }
    place(shard.slots, hash, row);
    ++shard.used;
}

} // namespace casebase
