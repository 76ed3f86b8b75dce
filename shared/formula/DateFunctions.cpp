// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/formula/Function.h"

#include "shared/field/DateFields.h"

namespace casebase {

namespace {

using Values = const FormulaValues &;
using Context = const CallContext &;

std::optional<QDateTime> dateTime(Values v, Context c, qsizetype i)
{
    const auto moment = i < v.size() ? asMoment(v[i], c.formula) : std::nullopt;
    return moment ? std::optional(toQDateTime(*moment, c.formula.zone)) : std::nullopt;
}

template <class Read> FormulaValue part(Values v, Context c, Read read)
{
    const auto when = dateTime(v, c, 0);
    return when ? FormulaValue(double(read(*when))) : FormulaValue();
}

enum class Unit {
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

Unit unitNamed(const QString &name)
{
    static const QHash<QString, Unit> units{{QStringLiteral("millisecond"), Unit::Milliseconds},
        {QStringLiteral("ms"), Unit::Milliseconds}, {QStringLiteral("second"), Unit::Seconds},
        {QStringLiteral("s"), Unit::Seconds}, {QStringLiteral("minute"), Unit::Minutes},
        {QStringLiteral("m"), Unit::Minutes}, {QStringLiteral("hour"), Unit::Hours},
        {QStringLiteral("h"), Unit::Hours}, {QStringLiteral("day"), Unit::Days},
        {QStringLiteral("d"), Unit::Days}, {QStringLiteral("week"), Unit::Weeks},
        {QStringLiteral("w"), Unit::Weeks}, {QStringLiteral("month"), Unit::Months},
        {QStringLiteral("quarter"), Unit::Quarters}, {QStringLiteral("q"), Unit::Quarters},
        {QStringLiteral("year"), Unit::Years}, {QStringLiteral("y"), Unit::Years}};
    QString singular = name.toLower();
    if (singular.size() > 2 && singular.endsWith(u's')) {
        singular.chop(1);
    }
    return name == QLatin1String("M") ? Unit::Months : units.value(singular, Unit::Unknown);
}

FormulaValue badUnit()
{
    return FormulaError{QStringLiteral("#UNIT!")};
}

int wholeMonths(const QDateTime &from, const QDateTime &to)
{
    int months =
        (to.date().year() - from.date().year()) * 12 + to.date().month() - from.date().month();
    if (months > 0 && from.addMonths(months) > to) {
        --months;
    } else if (months < 0 && from.addMonths(months) < to) {
        ++months;
    }
    return months;
}

/// First minus second, whole units, as Airtable has it.
FormulaValue difference(Values v, Context c)
{
    const auto first = dateTime(v, c, 0);
    const auto second = dateTime(v, c, 1);
    if (!first || !second) {
        return {};
    }
    const qint64 ms = second->msecsTo(*first);
    switch (v.size() > 2 ? unitNamed(asText(v[2], c.formula)) : Unit::Seconds) {
    case Unit::Milliseconds:
        return double(ms);
    case Unit::Seconds:
        return double(ms / 1000);
    case Unit::Minutes:
        return double(ms / 60000);
    case Unit::Hours:
        return double(ms / 3600000);
    case Unit::Days:
        return double(ms / 86400000);
    case Unit::Weeks:
        return double(ms / (7 * 86400000LL));
    case Unit::Months:
        return double(wholeMonths(*second, *first));
    case Unit::Quarters:
        return double(wholeMonths(*second, *first) / 3);
    case Unit::Years:
        return double(wholeMonths(*second, *first) / 12);
    case Unit::Unknown:
        break;
    }
    return badUnit();
}

FormulaValue added(Values v, Context c)
{
    const auto from = dateTime(v, c, 0);
    const auto count = asNumber(v[1]);
    if (!from || !count || std::abs(*count) > 1e7) {
        return {};
    }
    const auto whole = int(*count);
    QDateTime to;
    switch (unitNamed(v.size() > 2 ? asText(v[2], c.formula) : QStringLiteral("day"))) {
    case Unit::Milliseconds:
        to = from->addMSecs(whole);
        break;
    case Unit::Seconds:
        to = from->addSecs(whole);
        break;
    case Unit::Minutes:
        to = from->addSecs(60LL * whole);
        break;
    case Unit::Hours:
        to = from->addSecs(3600LL * whole);
        break;
    case Unit::Days:
        to = from->addDays(whole);
        break;
    case Unit::Weeks:
        to = from->addDays(7LL * whole);
        break;
    case Unit::Months:
        to = from->addMonths(whole);
        break;
    case Unit::Quarters:
        to = from->addMonths(3 * whole);
        break;
    case Unit::Years:
        to = from->addYears(whole);
        break;
    case Unit::Unknown:
        return badUnit();
    }
    return to.isValid() ? FormulaValue(Moment{to.toMSecsSinceEpoch()}) : FormulaValue();
}

FormulaValue isSame(Values v, Context c)
{
    const auto a = dateTime(v, c, 0);
    const auto b = dateTime(v, c, 1);
    if (!a || !b) {
        return false;
    }
    switch (v.size() > 2 ? unitNamed(asText(v[2], c.formula)) : Unit::Milliseconds) {
    case Unit::Days:
        return a->date() == b->date();
    case Unit::Months:
        return a->date().year() == b->date().year() && a->date().month() == b->date().month();
    case Unit::Years:
        return a->date().year() == b->date().year();
    case Unit::Milliseconds:
        return *a == *b;
    case Unit::Hours:
        return a->date() == b->date() && a->time().hour() == b->time().hour();
    case Unit::Minutes:
        return a->toSecsSinceEpoch() / 60 == b->toSecsSinceEpoch() / 60;
    default:
        return badUnit();
    }
}

template <class Compare> FormulaValue ordered(Values v, Context c, Compare compare)
{
    const auto a = asMoment(v[0], c.formula);
    const auto b = asMoment(v[1], c.formula);
    return a && b && compare(*a, *b);
}

} // namespace

QList<Function> dateFunctions()
{
    return {
        {"NOW", 0, 0, false,
            [](Values, Context c) { return FormulaValue(Moment{c.formula.nowMs}); }},
        {"TODAY", 0, 0, false,
            [](Values, Context c) {
                const QDateTime now = toQDateTime(Moment{c.formula.nowMs}, c.formula.zone);
                return FormulaValue(
                    Moment{now.date().startOfDay(c.formula.zone).toMSecsSinceEpoch()});
            }},
        {"YEAR", 1, 1, false,
            [](Values v, Context c) {
                return part(v, c, [](const QDateTime &t) { return t.date().year(); });
            }},
        {"MONTH", 1, 1, false,
            [](Values v, Context c) {
                return part(v, c, [](const QDateTime &t) { return t.date().month(); });
            }},
        {"DAY", 1, 1, false,
            [](Values v, Context c) {
                return part(v, c, [](const QDateTime &t) { return t.date().day(); });
            }},
        {"HOUR", 1, 1, false,
            [](Values v, Context c) {
                return part(v, c, [](const QDateTime &t) { return t.time().hour(); });
            }},
        {"MINUTE", 1, 1, false,
            [](Values v, Context c) {
                return part(v, c, [](const QDateTime &t) { return t.time().minute(); });
            }},
        {"SECOND", 1, 1, false,
            [](Values v, Context c) {
                return part(v, c, [](const QDateTime &t) { return t.time().second(); });
            }},
        {"WEEKDAY", 1, 1, false,
            [](Values v, Context c) {
                // 1 is Monday: weekdays count from the named first day, and weeks begin on Monday.
                return part(v, c, [](const QDateTime &t) { return t.date().dayOfWeek(); });
            }},
        {"WEEKNUM", 1, 1, false,
            [](Values v, Context c) {
                return part(v, c, [](const QDateTime &t) { return t.date().weekNumber(); });
            }},
        {"DATETIME_DIFF", 2, 3, false, difference},
        {"DATEADD", 2, 3, false, added},
        {"IS_SAME", 2, 3, false, isSame},
        {"IS_BEFORE", 2, 2, false,
            [](Values v, Context c) { return ordered(v, c, std::less<>()); }},
        {"IS_AFTER", 2, 2, false,
            [](Values v, Context c) { return ordered(v, c, std::greater<>()); }},
        {"DATESTR", 1, 1, false,
            [](Values v, Context c) {
                const auto when = dateTime(v, c, 0);
                return when ? FormulaValue(when->date().toString(Qt::ISODate)) : FormulaValue();
            }},
        {"CREATED_TIME", 0, 0, false,
            [](Values, Context c) { return FormulaValue(Moment{c.table.meta(c.row).createdMs}); }},
        {"LAST_MODIFIED_TIME", 0, 0, false,
            [](Values, Context c) { return FormulaValue(Moment{c.table.meta(c.row).modifiedMs}); }},
        {"RECORD_ID", 0, 0, false,
            [](Values, Context c) { return FormulaValue(c.table.recordId(c.row).text()); }},
    };
}

} // namespace casebase
