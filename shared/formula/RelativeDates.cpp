// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/formula/RelativeDates.h"

#include "shared/field/DateFields.h"

#include <QStringList>

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

constexpr const char *UnitNames[] = {"day", "week", "month", "quarter", "year"};
constexpr int CountLimit = 100000; ///< Of units: farther away there is no date.

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
    const int count = std::clamp(relative.count, 0, CountLimit);
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

QString relativeDateText(const RelativeDate &relative)
{
    using enum RelativeDate::Kind;
    const QString unit = QString::fromLatin1(UnitNames[size_t(relative.unit)]);
    const QString units = QStringLiteral("%1 %2").arg(relative.count).arg(unit)
        + (relative.count == 1 ? QString() : QStringLiteral("s"));
    switch (relative.kind) {
    case Today:
        return QStringLiteral("today");
    case Tomorrow:
        return QStringLiteral("tomorrow");
    case Yesterday:
        return QStringLiteral("yesterday");
    case This:
        return QStringLiteral("this ") + unit;
    case Past:
        return QStringLiteral("past ") + units;
    case Next:
        return QStringLiteral("next ") + units;
    case Ago:
        return units + QStringLiteral(" ago");
    case FromNow:
        return units + QStringLiteral(" from now");
    }
    return {};
}

std::optional<RelativeDate> relativeDateNamed(const QString &text)
{
    using enum RelativeDate::Kind;
    QStringList words = text.simplified().toLower().split(u' ');
    const auto take = [&words](bool isThere) {
        if (isThere) {
            words.removeFirst();
        }
        return isThere;
    };
    const QString first = words.first();
    if (words.size() == 1) {
        return first == u"today"    ? std::optional(RelativeDate{Today})
            : first == u"tomorrow"  ? std::optional(RelativeDate{Tomorrow})
            : first == u"yesterday" ? std::optional(RelativeDate{Yesterday})
                                    : std::nullopt;
    }
    RelativeDate result;
    const bool isThis = take(first == u"this");
    const bool isPast = !isThis && take(first == u"past" || first == u"last");
    const bool isNext = !isThis && !isPast && take(first == u"next");
    bool isNumber = false;
    const int count = words.first().toInt(&isNumber);
    const bool isCounted = take(isNumber && !isThis);
    if (words.isEmpty() || (isCounted && (count < 0 || count > CountLimit))) {
        return std::nullopt;
    }
    result.count = isCounted ? count : 1;
    QString unit = words.takeFirst();
    unit.chop(unit.endsWith(u's') ? 1 : 0);
    const auto *found = std::find_if(std::begin(UnitNames), std::end(UnitNames),
        [&unit](const char *name) { return unit == QLatin1String(name); });
    const QString rest = words.join(u' ');
    const bool isAgo = isCounted && rest == u"ago";
    const bool isAhead = isCounted && rest == u"from now";
    const bool hasLead = isThis || isPast || isNext;
    if (found == std::end(UnitNames) || hasLead != rest.isEmpty()
        || !(hasLead || isAgo || isAhead)) {
        return std::nullopt;
    }
    result.unit = TimeUnit(found - std::begin(UnitNames));
    result.kind = isThis ? This : isPast ? Past : isNext ? Next : isAgo ? Ago : FromNow;
    return result;
}

} // namespace casebase
