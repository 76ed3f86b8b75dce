// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/field/DateFields.h"
#include "shared/query/Match.h"

namespace casebase {

namespace {

QDate startOf(TimeUnit unit, const QDate &day, Qt::DayOfWeek firstDayOfWeek)
{
    switch (unit) {
    case TimeUnit::Days:
        return day;
    case TimeUnit::Weeks:
        return day.addDays(-((day.dayOfWeek() - int(firstDayOfWeek) + 7) % 7));
    case TimeUnit::Months:
        return QDate(day.year(), day.month(), 1);
    case TimeUnit::Quarters:
        return QDate(day.year(), (day.month() - 1) / 3 * 3 + 1, 1);
    case TimeUnit::Years:
        return QDate(day.year(), 1, 1);
    }
    return day;
}

QDate moved(TimeUnit unit, const QDate &day, int count)
{
    switch (unit) {
    case TimeUnit::Days:
        return day.addDays(count);
    case TimeUnit::Weeks:
        return day.addDays(7LL * count);
    case TimeUnit::Months:
        return day.addMonths(count);
    case TimeUnit::Quarters:
        return day.addMonths(3 * count);
    case TimeUnit::Years:
        return day.addYears(count);
    }
    return day;
}

DayRange days(const QDate &first, const QDate &end)
{
    return {fromQDate(first).day, fromQDate(end).day};
}

} // namespace

DayRange rangeOf(const RelativeDate &relative, Date todayDate, Qt::DayOfWeek firstDayOfWeek)
{
    using enum RelativeDate::Kind;
    const QDate today = toQDate(todayDate);
    const TimeUnit unit = relative.unit;
    const int count = std::clamp(relative.count, 0, 100000);
    const QDate start = startOf(unit, today, firstDayOfWeek);
    switch (relative.kind) {
    case Today:
        return days(today, today.addDays(1));
    case Tomorrow:
        return days(today.addDays(1), today.addDays(2));
    case Yesterday:
        return days(today.addDays(-1), today);
    case This:
        return days(start, moved(unit, start, 1));
    case Past:
        // The past 7 days end with today; the past week is the calendar week before this one.
        return unit == TimeUnit::Days ? days(today.addDays(-count), today.addDays(1))
                                      : days(moved(unit, start, -count), start);
    case Next:
        return unit == TimeUnit::Days ? days(today, today.addDays(count + 1))
                                      : days(moved(unit, start, 1), moved(unit, start, count + 1));
    case Ago: {
        const QDate day = moved(unit, today, -count);
        return days(day, day.addDays(1));
    }
    case FromNow: {
        const QDate day = moved(unit, today, count);
        return days(day, day.addDays(1));
    }
    }
    return days(today, today.addDays(1));
}

} // namespace casebase
