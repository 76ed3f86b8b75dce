// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/columns/Column.h"

#include <array>
#include <bit>

namespace casebase {

/// One bit for each of the rows of a block, set for those that are still in the running.
class RowMask {
public:
    static constexpr size_t Rows = FixedColumn<double>::ChunkRows;
    static constexpr size_t Words = Rows / 64;

    std::array<quint64, Words> words{};
    bool isEmpty() const;
    bool at(size_t i) const { return (words[i / 64] >> (i % 64)) & 1; }
    void set(size_t i) { words[i / 64] |= quint64(1) << (i % 64); }
    void clear(size_t i) { words[i / 64] &= ~(quint64(1) << (i % 64)); }
    /// All rows of the block.
    static RowMask all();
    RowMask &operator&=(const RowMask &other);
    RowMask &operator|=(const RowMask &other);
    /// Takes out what is in the other.
    RowMask &operator-=(const RowMask &other);
};

/// Calls the function with the position in the block of each row in the mask.
template <class Function> void eachRow(const RowMask &mask, Function function)
{
    for (size_t word = 0; word < RowMask::Words; ++word) {
        if (mask.words[word] == ~quint64(0)) {
            for (size_t bit = 0; bit < 64; ++bit) {
                function(word * 64 + bit);
            }
            continue;
        }
        for (quint64 left = mask.words[word]; left != 0; left &= left - 1) {
            function(word * 64 + size_t(std::countr_zero(left)));
        }
    }
}

} // namespace casebase
