// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/operation/ChangeSet.h"

namespace casebase {

/// Changes of at least so many cells and records are handled in the background: they would hold up
/// the interface.
inline constexpr qsizetype CellsForBackground = 20000;

inline bool isLarge(const ChangeSet &changes)
{
    qsizetype cells = 0;
    for (const Change &change : changes.changes) {
        const auto *records = std::get_if<RecordChanges>(&change);
        cells += records ? records->cells.size() + records->records.size() : 0;
    }
    return cells >= CellsForBackground;
}

} // namespace casebase
