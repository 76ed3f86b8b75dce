// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/columns/RowMask.h"

#include <algorithm>

namespace casebase {

bool RowMask::isEmpty() const
{
    return std::all_of(words.cbegin(), words.cend(), [](quint64 word) { return word == 0; });
}

RowMask &RowMask::operator&=(const RowMask &other)
{
    for (size_t i = 0; i < Words; ++i) {
        words[i] &= other.words[i];
    }
    return *this;
}

RowMask &RowMask::operator|=(const RowMask &other)
{
    for (size_t i = 0; i < Words; ++i) {
        words[i] |= other.words[i];
    }
    return *this;
}

RowMask &RowMask::operator-=(const RowMask &other)
{
    for (size_t i = 0; i < Words; ++i) {
        words[i] &= ~other.words[i];
    }
    return *this;
}

RowMask RowMask::all()
{
    RowMask mask;
    mask.words.fill(~quint64(0));
    return mask;
}

} // namespace casebase
