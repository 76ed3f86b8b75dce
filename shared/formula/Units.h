// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>

namespace casebase {

/// The units of time that formulas name.
enum class Unit : quint8 {
    Unknown,
    Milliseconds,
    Seconds,
    Minutes,
    Hours,
    Days,
    Weeks,
    Months,
    Quarters,
    Years
};

/// By their names, in singular, plural or short: "days", "day", "d"; M is a month and m a minute.
Unit unitNamed(const QString &name);
/// So many whole units later; invalid if there is no such moment.
QDateTime addUnits(const QDateTime &from, qint64 count, Unit unit);
/// Whole units from the one to the other, towards zero; negative if the other is earlier.
qint64 wholeUnits(const QDateTime &from, const QDateTime &to, Unit unit);

} // namespace casebase
