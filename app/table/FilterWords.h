// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/query/Match.h"

#include <QCoreApplication>

namespace casebase {

/// Filters in words, in the language of the client.
class FilterWords {
    Q_DECLARE_TR_FUNCTIONS(FilterWords)
public:
    /// "is any of", "≥".
    static QString operatorText(FilterOp op);
    /// "the past 7 days".
    static QString dateText(const RelativeDate &relative);
    /// Those that people ask for most, in the order of menus.
    static QList<RelativeDate> commonDates();
    /// "类型 is 退款": a condition or a group of them; a formula as it is written.
    static QString sentence(const Filter &filter, const Table &table, const QueryContext &context);
};

} // namespace casebase
