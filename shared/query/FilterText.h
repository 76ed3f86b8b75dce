// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/query/Match.h"

namespace casebase {

/// The filter in the language of formulas, with names, for people to read and change; empty if it
/// lets everything pass. Read as a formula it is true for the records that the filter shows.
QString filterText(const Filter &filter, const Table &table, const QueryContext &context);
/// The filter that a formula says: conditions as the filter bar has them wherever it is written in
/// their form, joined by AND and OR; what is written otherwise is kept as a formula. An error says
/// at which character and why.
Result<Filter> filterFromText(const QString &text, const Table &table, const QueryContext &context);

} // namespace casebase
