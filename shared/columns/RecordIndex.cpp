// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/columns/RecordIndex.h"

namespace casebase {

namespace {

constexpr size_t ShardCount = 4096;

quint64 hashOf(const IdBits &id)
{
    quint64 mixed = (id.noise ^ (id.time * 0x9E3779B97F4A7C15ULL)) * 0xBF58476D1CE4E5B9ULL;
    mixed ^= mixed >> 29;
    return mixed * 0x94D049BB133111EBULL;
}

} // namespace

void RecordIndex::place(std::vector<Slot> &slots, Slot slot)
{
    size_t at = slot.hash & (slots.size() - 1);
    while (slots[at].rowPlusOne != 0) {
        at = (at + 1) & (slots.size() - 1);
    }
    slots[at] = slot;
}

std::optional<Row> RecordIndex::find(const IdBits &id, const FixedColumn<IdBits> &ids) const
{
    const quint64 hash = hashOf(id);
    const Shard *shard = m_shards.chunk(hash % ShardCount);
    if (!shard) {
        return std::nullopt;
    }
    const auto part = quint32(hash >> 32);
    const size_t mask = shard->slots.size() - 1;
    for (size_t at = part & mask; shard->slots[at].rowPlusOne != 0; at = (at + 1) & mask) {
        const Slot &slot = shard->slots[at];
        if (slot.hash == part && ids.at(slot.rowPlusOne - 1) == id) {
            return slot.rowPlusOne - 1;
        }
    }
    return std::nullopt;
}

void RecordIndex::insert(Row row, const FixedColumn<IdBits> &ids)
{
    const quint64 hash = hashOf(ids.at(row));
    Shard &shard = m_shards.write(hash % ShardCount);
    if ((shard.used + 1) * 4 > shard.slots.size() * 3) {
        std::vector<Slot> larger(std::max<size_t>(4, shard.slots.size() * 2));
        for (const Slot &slot : shard.slots) {
            if (slot.rowPlusOne != 0) {
                place(larger, slot);
            }
        }
        shard.slots.swap(larger);
    }
    place(shard.slots, {row + 1, quint32(hash >> 32)});
    ++shard.used;
}

} // namespace casebase
