// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/formula/Function.h"

#include "shared/field/DateFields.h"
#include "shared/formula/RelativeDates.h"

/// What filters ask of dates: whole days, where the other side may be a period that moves with the
/// calendar. A record without a date never matches.
namespace casebase {

namespace {

using enum FormulaType;

/// The days that an argument means: "past 7 days", "2026-05-01", a moment. Nothing if it says none.
std::optional<DayRange> rangeOf(Arguments &v, qsizetype i, CallContext &c)
{
    const auto *text = std::get_if<QString>(&v[i]);
    if (const auto period = text ? relativeDateNamed(*text) : std::nullopt) {
        const QDate today = toQDateTime(Moment{c.run.nowMs}, c.run.zone).date();
        c.run.holdsUntil(today.addDays(1).startOfDay(c.run.zone).toMSecsSinceEpoch());
        return rangeOf(*period, fromQDate(today));
    }
    const auto when = v.dateTime(i, DayMs);
    if (!when) {
        return std::nullopt;
    }
    const qint32 day = fromQDate(when->date()).day;
    return DayRange{day, day + 1};
}

/// Compares the day of the first argument with the days of the second.
template <class Compare> FormulaValue compared(Arguments &v, CallContext &c, Compare compare)
{
    const auto range = rangeOf(v, 1, c);
    if (!range) {
        return isBlank(v[1]) ? FormulaValue(false) : FormulaValue(Fault::BadUnit);
    }
    const auto when = v.dateTime(0, DayMs);
    return when && compare(fromQDate(when->date()).day, *range);
}

FormulaValue isWithin(Arguments &v, CallContext &c)
{
    const auto last = v.size() > 2 ? rangeOf(v, 2, c) : std::nullopt;
    if (v.size() > 2 && !last) {
        return isBlank(v[2]) ? FormulaValue(false) : FormulaValue(Fault::BadUnit);
    }
    return compared(v, c, [&last](qint32 day, const DayRange &range) {
        return day >= range.first && day < (last ? last->end : range.end);
    });
}

FormulaValue isSameMonthDay(Arguments &v, CallContext &c)
{
    return compared(v, c, [](qint32 each, const DayRange &range) {
        const QDate day = toQDate(casebase::Date{each});
        const QDate wanted = toQDate(casebase::Date{range.first});
        return day.month() == wanted.month() && day.day() == wanted.day();
    });
}

} // namespace

QList<Function> dayFunctions()
{
    return {
        {"WITHIN", "date, when, [last]", 2, 3, Flag, isWithin,
            QT_TRANSLATE_NOOP("Function",
                "True if the date lies in the period: \"today\", \"this week\", \"past 7 days\", "
                "\"next 2 months\", \"3 days ago\", or from one date to another one."),
            "WITHIN({Due},\"next 7 days\")"},
        {"BEFORE", "date, when", 2, 2, Flag,
            [](Arguments &v, CallContext &c) {
                return compared(v, c, [](qint32 day, DayRange range) { return day < range.first; });
            },
            QT_TRANSLATE_NOOP("Function", "True if the day is before a date or a period."),
            "BEFORE({Due},\"this month\")"},
        {"AFTER", "date, when", 2, 2, Flag,
            [](Arguments &v, CallContext &c) {
                return compared(v, c, [](qint32 day, DayRange range) { return day >= range.end; });
            },
            QT_TRANSLATE_NOOP("Function", "True if the day is after a date or a period."),
            "AFTER({Due},\"2026-05-01\")"},
        {"ON_OR_BEFORE", "date, when", 2, 2, Flag,
            [](Arguments &v, CallContext &c) {
                return compared(v, c, [](qint32 day, DayRange range) { return day < range.end; });
            },
            QT_TRANSLATE_NOOP("Function", "True if the day is not after a date or a period."),
            "ON_OR_BEFORE({Due},\"today\")"},
        {"ON_OR_AFTER", "date, when", 2, 2, Flag,
            [](Arguments &v, CallContext &c) {
                return compared(
                    v, c, [](qint32 day, DayRange range) { return day >= range.first; });
            },
            QT_TRANSLATE_NOOP("Function", "True if the day is not before a date or a period."),
            "ON_OR_AFTER({Due},\"today\")"},
        {"SAME_MONTH_DAY", "date, when", 2, 2, Flag, isSameMonthDay,
            QT_TRANSLATE_NOOP("Function", "True if month and day are the same, as on birthdays."),
            "SAME_MONTH_DAY({Birthday},\"today\")"},
    };
}

} // namespace casebase
