// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/query/Match.h"

namespace casebase {

/// Sorts the rows in place by the keys, the first one foremost. Empty cells come last in both
/// directions, digits in texts count as numbers, selects go by the order of their options. Rows
/// that tie stay in their order. Keys that name no field are skipped. If only the first ones are
/// needed, the others may stand in any order after them.
void sortRows(std::vector<Row> &rows, const TableData &table, const QList<SortKey> &keys,
    const QueryContext &context, size_t needed = std::numeric_limits<size_t>::max());

} // namespace casebase
