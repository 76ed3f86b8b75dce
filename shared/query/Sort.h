// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/query/Match.h"

namespace casebase {

/// Sorts the rows in place by the keys, the first one foremost. Empty cells come last in both
/// directions, digits in texts count as numbers, selects go by the order of their options. Rows
/// that tie stay in their order. Keys that name no field are skipped.
void sortRows(std::vector<Row> &rows, const TableData &table, const QList<SortKey> &keys,
    const QueryContext &context);

} // namespace casebase
