// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/schema/Filter.h"

namespace casebase {

/// Half-open: from `first` up to, not including, `end`.
struct DayRange {
    qint32 first = 0;
    qint32 end = 0;
};
/// The days that a moving date means; a date stands for itself.
DayRange rangeOf(
    const RelativeDate &relative, Date today, Qt::DayOfWeek firstDayOfWeek = Qt::Monday);

/// As formulas write it: "today", "this week", "past 7 days", "3 months ago", "2 weeks from now".
QString relativeDateText(const RelativeDate &relative);
/// The same read, in any case, singular or plural, "last week" for "past 1 week".
std::optional<RelativeDate> relativeDateNamed(const QString &text);

} // namespace casebase
