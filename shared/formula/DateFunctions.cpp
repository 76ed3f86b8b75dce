// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/formula/Function.h"

#include "shared/field/DateFields.h"
#include "shared/formula/Format.h"
#include "shared/formula/Units.h"

#include <cmath>

namespace casebase {

namespace {

using enum FormulaType;

FormulaValue asValue(const QDateTime &moment)
{
    return moment.isValid() ? FormulaValue(Moment{moment.toMSecsSinceEpoch()}) : FormulaValue();
}

FormulaValue asValue(const QDate &date, CallContext &c)
{
    return date.isValid() ? asValue(date.startOfDay(c.run.zone)) : FormulaValue();
}

/// A number read off a moment; it holds for the grain if the moment moves.
template <qint64 Grain, class Read> FormulaValue part(Arguments &v, Read read)
{
    const auto when = v.dateTime(0, Grain);
    return when ? FormulaValue(double(read(*when))) : FormulaValue();
}

FormulaValue today(Arguments &, CallContext &c)
{
    const QDate date = toQDateTime(Moment{c.run.nowMs}, c.run.zone).date();
    c.run.holdsUntil(date.addDays(1).startOfDay(c.run.zone).toMSecsSinceEpoch());
    return asValue(date, c);
}

/// When the difference of two moments, of which one moves with the clock, next becomes another one.
void noteDifference(Arguments &v, CallContext &c, qint64 whole, Unit unit)
{
    const auto *movingFirst = std::get_if<Moving>(&v[0]);
    const auto *movingSecond = std::get_if<Moving>(&v[1]);
    if (!movingFirst == !movingSecond) {
        return; // Both stand, or both move alike.
    }
    FormulaRun still(c.run);
    const QTimeZone &zone = c.run.zone;
    if (movingFirst) {
        const QDateTime second = toQDateTime(*asMoment(v[1], still), zone);
        const qint64 next = whole < 0 ? addUnits(second, whole, unit).toMSecsSinceEpoch() + 1
                                      : addUnits(second, whole + 1, unit).toMSecsSinceEpoch();
        c.run.holdsUntil(next - movingFirst->offsetMs);
        return;
    }
    const QDateTime first = toQDateTime(*asMoment(v[0], still), zone);
    if (unit >= Unit::Days) {
        // Days and months change at the time of day of the moment that stands, or just after it.
        const QDateTime second = toQDateTime(Moment{c.run.nowMs + movingSecond->offsetMs}, zone);
        QDateTime next(second.date(), first.time(), zone);
        next = next.addDays(next < second ? 1 : 0);
        c.run.holdsUntil(next.toMSecsSinceEpoch() - movingSecond->offsetMs);
        return;
    }
    const qint64 next = whole > 0 ? addUnits(first, -whole, unit).toMSecsSinceEpoch() + 1
                                  : addUnits(first, 1 - whole, unit).toMSecsSinceEpoch();
    c.run.holdsUntil(next - movingSecond->offsetMs);
}

/// First minus second in whole units, as Airtable has it.
FormulaValue difference(Arguments &v, CallContext &c)
{
    const Unit unit = v.size() > 2 ? unitNamed(v.text(2)) : Unit::Seconds;
    FormulaRun still(c.run); // It is told below until when the difference holds.
    const auto first = asMoment(v[0], still);
    const auto second = asMoment(v[1], still);
    if (unit == Unit::Unknown) {
        return Fault::BadUnit;
    }
    if (!first || !second) {
        return {};
    }
    const qint64 whole =
        wholeUnits(toQDateTime(*second, c.run.zone), toQDateTime(*first, c.run.zone), unit);
    noteDifference(v, c, whole, unit);
    return double(whole);
}

/// SeaTable's: from the first to the second; S D M Y, days beyond months or years.
FormulaValue elapsed(Arguments &v, CallContext &)
{
    const auto from = v.dateTime(0);
    const auto to = v.dateTime(1);
    if (!from || !to) {
        return {};
    }
    const QString unit = v.size() > 2 ? v.text(2).trimmed().toUpper() : QStringLiteral("Y");
    const auto years = wholeUnits(*from, *to, Unit::Years);
    const auto months = wholeUnits(*from, *to, Unit::Months);
    return unit == QLatin1String("S") ? FormulaValue(double(from->secsTo(*to)))
        : unit == QLatin1String("H")  ? FormulaValue(double(wholeUnits(*from, *to, Unit::Hours)))
        : unit == QLatin1String("D")  ? FormulaValue(double(from->date().daysTo(to->date())))
        : unit == QLatin1String("M")  ? FormulaValue(double(months))
        : unit == QLatin1String("Y")  ? FormulaValue(double(years))
        : unit == QLatin1String("YM") ? FormulaValue(double(months % 12))
        : unit == QLatin1String("MD")
        ? FormulaValue(double(from->addMonths(int(months)).date().daysTo(to->date())))
        : unit == QLatin1String("YD")
        ? FormulaValue(double(from->addYears(int(years)).date().daysTo(to->date())))
        : FormulaValue(Fault::BadUnit);
}

FormulaValue shifted(Arguments &v, CallContext &c)
{
    const Unit unit = v.size() > 2 ? unitNamed(v.text(2)) : Unit::Days;
    const auto count = v.number(1);
    if (unit == Unit::Unknown) {
        return Fault::BadUnit;
    }
    const auto *moving = std::get_if<Moving>(&v[0]);
    FormulaRun still(c.run);
    const auto from = asMoment(v[0], still);
    if (!from || !count || std::abs(*count) > 1e15) {
        return {};
    }
    const QDateTime to = addUnits(toQDateTime(*from, c.run.zone), qint64(*count), unit);
    if (!to.isValid() || !moving) {
        return asValue(to);
    }
    if (unit >= Unit::Days) { // How long a month or a day is may be another tomorrow.
        asMoment(v[0], c.run, DayMs);
    }
    return Moving{moving->offsetMs + to.toMSecsSinceEpoch() - from->ms};
}

bool isSamePart(const QDateTime &a, const QDateTime &b, Unit unit)
{
    const QDate day = a.date();
    const QDate other = b.date();
    switch (unit) {
    case Unit::Years:
        return day.year() == other.year();
    case Unit::Quarters:
        return day.year() == other.year() && (day.month() - 1) / 3 == (other.month() - 1) / 3;
    case Unit::Months:
        return day.year() == other.year() && day.month() == other.month();
    case Unit::Weeks:
        return day.addDays(1 - day.dayOfWeek()) == other.addDays(1 - other.dayOfWeek());
    case Unit::Days:
        return day == other;
    case Unit::Hours:
        return day == other && a.time().hour() == b.time().hour();
    case Unit::Minutes:
        return a.toSecsSinceEpoch() / 60 == b.toSecsSinceEpoch() / 60;
    case Unit::Seconds:
        return a.toSecsSinceEpoch() == b.toSecsSinceEpoch();
    case Unit::Milliseconds:
    case Unit::Unknown:
        break;
    }
    return a == b;
}

FormulaValue isSame(Arguments &v, CallContext &)
{
    const Unit unit = v.size() > 2 ? unitNamed(v.text(2)) : Unit::Milliseconds;
    if (unit == Unit::Unknown) {
        return Fault::BadUnit;
    }
    const qint64 grain = unit <= Unit::Seconds ? SecondMs
        : unit == Unit::Minutes                ? MinuteMs
        : unit == Unit::Hours                  ? HourMs
                                               : DayMs;
    const auto a = v.dateTime(0, grain);
    const auto b = v.dateTime(1, grain);
    return a && b && isSamePart(*a, *b, unit);
}

/// Before or after, by units if one is named.
template <bool IsBefore> FormulaValue ordered(Arguments &v, CallContext &c)
{
    const bool isDated = !isBlank(v[0]) && !isBlank(v[1]);
    if (v.size() > 2) {
        const Unit unit = unitNamed(v.text(2));
        const auto a = v.dateTime(0);
        const auto b = v.dateTime(1);
        return unit == Unit::Unknown
            ? FormulaValue(Fault::BadUnit)
            : FormulaValue(a && b && !isSamePart(*a, *b, unit) && (IsBefore ? *a < *b : *a > *b));
    }
    FormulaRun still(c.run);
    if (!isDated || !asMoment(v[0], still) || !asMoment(v[1], still)) {
        return false;
    }
    // Texts are dates here, too.
    const auto settled = [&still](const FormulaValue &value) {
        return std::holds_alternative<Moving>(value) ? value
                                                     : FormulaValue(*asMoment(value, still));
    };
    const int order = compareValues(settled(v[0]), settled(v[1]), c.run);
    return IsBefore ? order < 0 : order > 0;
}

FormulaValue weekday(Arguments &v, CallContext &)
{
    const QString first = v.text(1).trimmed().toLower();
    static const QStringList names{QStringLiteral("monday"), QStringLiteral("tuesday"),
        QStringLiteral("wednesday"), QStringLiteral("thursday"), QStringLiteral("friday"),
        QStringLiteral("saturday"), QStringLiteral("sunday")};
    const qsizetype start = std::max<qsizetype>(names.indexOf(first), 0);
    return part<DayMs>(
        v, [start](const QDateTime &t) { return (t.date().dayOfWeek() - 1 - start + 7) % 7 + 1; });
}

/// The week of the year: the one with its first of January is the first.
FormulaValue weekNumber(Arguments &v, CallContext &)
{
    const QString start = v.text(1).trimmed().toLower();
    const bool isMonday = start == QLatin1String("monday") || start == QLatin1String("2");
    const bool isIso = v.size() < 2 || start == QLatin1String("21");
    return part<DayMs>(v, [&](const QDateTime &t) {
        const QDate first(t.date().year(), 1, 1);
        const int lead = isMonday ? first.dayOfWeek() - 1 : first.dayOfWeek() % 7;
        return isIso ? t.date().weekNumber() : (t.date().dayOfYear() - 1 + lead) / 7 + 1;
    });
}

FormulaValue madeDate(Arguments &v, CallContext &c)
{
    const auto year = v.number(0);
    const auto month = v.number(1);
    const auto day = v.number(2);
    if (!year || !month || !day || std::abs(*year) > 9999 || std::abs(*month) > 1e5
        || std::abs(*day) > 1e6) {
        return {};
    }
    // Months and days beyond their range count on, as in spreadsheets.
    return asValue(QDate(int(*year), 1, 1).addMonths(int(*month) - 1).addDays(int(*day) - 1), c);
}

FormulaValue endOfMonth(Arguments &v, CallContext &c)
{
    const auto when = v.dateTime(0, DayMs);
    const auto months = v.number(1);
    if (!when || !months || std::abs(*months) > 1e5) {
        return {};
    }
    const QDate month = when->date().addMonths(int(*months));
    return asValue(QDate(month.year(), month.month(), month.daysInMonth()), c);
}

template <Unit Of> FormulaValue between(Arguments &v, CallContext &)
{
    const auto from = v.dateTime(0);
    const auto to = v.dateTime(1);
    if (!from || !to) {
        return {};
    }
    const double hours = double(from->msecsTo(*to)) / HourMs;
    return Of == Unit::Hours ? FormulaValue(std::round(hours * 100) / 100)
        : Of == Unit::Days   ? FormulaValue(double(from->date().daysTo(to->date())))
                             : FormulaValue(double(wholeUnits(*from, *to, Of)));
}

/// "3 days", without saying before or after.
FormulaValue distance(Arguments &v, CallContext &c)
{
    const auto when = v.dateTime(0);
    c.run.holdsUntil(c.run.nowMs + MinuteMs);
    if (!when) {
        return {};
    }
    const QDateTime now = toQDateTime(Moment{c.run.nowMs}, c.run.zone);
    const std::pair<Unit, const char *> units[] = {{Unit::Years, "year"}, {Unit::Months, "month"},
        {Unit::Days, "day"}, {Unit::Hours, "hour"}, {Unit::Minutes, "minute"}};
    for (const auto &[unit, name] : units) {
        if (const qint64 whole = std::abs(wholeUnits(now, *when, unit))) {
            return QStringLiteral("%1 %2%3").arg(whole).arg(
                QLatin1String(name), QLatin1String(whole == 1 ? "" : "s"));
        }
    }
    return QStringLiteral("less than a minute");
}

FormulaValue formatted(Arguments &v, CallContext &)
{
    const QString format = v.text(1);
    const auto when = v.dateTime(0, grainOf(format));
    return when ? FormulaValue(formatMoment(*when, format)) : FormulaValue();
}

/// A moment written by one format.
template <const char *Format> FormulaValue writtenAs(Arguments &v, CallContext &)
{
    const QString format = QString::fromLatin1(Format);
    const auto when = v.dateTime(0, grainOf(format));
    return when ? FormulaValue(formatMoment(*when, format)) : FormulaValue();
}
constexpr char DayFormat[] = "YYYY-MM-DD";
constexpr char MonthFormat[] = "YYYY-MM";
constexpr char TimeFormat[] = "HH:mm:ss";

FormulaValue parsed(Arguments &v, CallContext &c)
{
    if (v.size() < 2) {
        const auto moment = v.moment(0);
        return moment ? FormulaValue(*moment) : FormulaValue();
    }
    const auto moment = readMoment(v.text(0), v.text(1), c.run.zone);
    return moment ? asValue(*moment) : FormulaValue();
}

/// Is the day and month of a date within the next so many days? Leap days count on the 28th.
FormulaValue isBirthday(Arguments &v, CallContext &c)
{
    const auto born = v.dateTime(0, DayMs);
    const QDate now = toQDateTime(Moment{c.run.nowMs}, c.run.zone).date();
    c.run.holdsUntil(now.addDays(1).startOfDay(c.run.zone).toMSecsSinceEpoch());
    if (!born) {
        return false;
    }
    const int age = now.year() - born->date().year();
    QDate next = born->date().addYears(age);
    next = next < now ? born->date().addYears(age + 1) : next;
    return now.daysTo(next) <= qint64(v.count(1, 0));
}

} // namespace

QList<Function> dateFunctions()
{
    return {
        {"NOW", "", 0, 0, DateTime,
            [](Arguments &, CallContext &) { return FormulaValue(Moving{}); },
            QT_TRANSLATE_NOOP(
                "Function", "This moment. What is computed from it follows the clock."),
            "DATETIME_DIFF(NOW(),{Created},'hours')"},
        {"TODAY", "", 0, 0, FormulaType::Date, today,
            QT_TRANSLATE_NOOP("Function", "Today, from midnight to midnight."), "{Due}<TODAY()"},
        {"YEAR", "date", 1, 1, Number,
            [](Arguments &v, CallContext &) {
                return part<DayMs>(v, [](const QDateTime &t) { return t.date().year(); });
            },
            QT_TRANSLATE_NOOP("Function", "The year."), "YEAR({Bought})"},
        {"QUARTER", "date", 1, 1, Number,
            [](Arguments &v, CallContext &) {
                return part<DayMs>(
                    v, [](const QDateTime &t) { return (t.date().month() + 2) / 3; });
            },
            QT_TRANSLATE_NOOP("Function", "The quarter of the year, 1 to 4."), "QUARTER({Bought})"},
        {"MONTH", "date", 1, 1, Number,
            [](Arguments &v, CallContext &) {
                return part<DayMs>(v, [](const QDateTime &t) { return t.date().month(); });
            },
            QT_TRANSLATE_NOOP("Function", "The month, 1 to 12."), "MONTH({Bought})"},
        {"DAY", "date", 1, 1, Number,
            [](Arguments &v, CallContext &) {
                return part<DayMs>(v, [](const QDateTime &t) { return t.date().day(); });
            },
            QT_TRANSLATE_NOOP("Function", "The day of the month."), "DAY({Bought})"},
        {"HOUR", "date", 1, 1, Number,
            [](Arguments &v, CallContext &) {
                return part<HourMs>(v, [](const QDateTime &t) { return t.time().hour(); });
            },
            QT_TRANSLATE_NOOP("Function", "The hour, 0 to 23."), "HOUR({Called})"},
        {"MINUTE", "date", 1, 1, Number,
            [](Arguments &v, CallContext &) {
                return part<MinuteMs>(v, [](const QDateTime &t) { return t.time().minute(); });
            },
            QT_TRANSLATE_NOOP("Function", "The minute, 0 to 59."), "MINUTE({Called})"},
        {"SECOND", "date", 1, 1, Number,
            [](Arguments &v, CallContext &) {
                return part<SecondMs>(v, [](const QDateTime &t) { return t.time().second(); });
            },
            QT_TRANSLATE_NOOP("Function", "The second, 0 to 59."), "SECOND({Called})"},
        {"WEEKDAY", "date, [first day]", 1, 2, Number, weekday,
            QT_TRANSLATE_NOOP("Function",
                "The day of the week from 1; weeks begin on Monday unless another day is named."),
            "WEEKDAY({Date},\"Sunday\")"},
        {"WEEKNUM", "date, [first day]", 1, 2, Number, weekNumber,
            QT_TRANSLATE_NOOP("Function",
                "The week of the year: the ISO week, or counted from the day that is named."),
            "WEEKNUM({Date})"},
        {"ISOWEEKNUM", "date", 1, 1, Number,
            [](Arguments &v, CallContext &) {
                return part<DayMs>(v, [](const QDateTime &t) { return t.date().weekNumber(); });
            },
            QT_TRANSLATE_NOOP("Function", "The ISO week of the year."), "ISOWEEKNUM({Date})"},
        {"DATE", "year, month, day", 3, 3, FormulaType::Date, madeDate,
            QT_TRANSLATE_NOOP("Function", "A date of its parts."), "DATE(2026,11,22)"},
        {"DATEADD", "date, count, [unit]", 2, 3, DateTime, shifted,
            QT_TRANSLATE_NOOP("Function",
                "The date so many units later. Units: seconds, minutes, hours, days, weeks, "
                "months, "
                "quarters, years."),
            "DATEADD({Bought},2,'years')", false, Yields::Shifted},
        {"DATETIME_DIFF", "date, date, [unit]", 2, 3, Number, difference,
            QT_TRANSLATE_NOOP("Function",
                "The first date less the second, in whole units; in seconds if none is named."),
            "DATETIME_DIFF(NOW(),{Created},'hours')"},
        {"DATEDIF", "from, to, [unit]", 2, 3, Number, elapsed,
            QT_TRANSLATE_NOOP("Function",
                "From the first date to the second, in S, H, D, M or Y; MD, YM and YD give the "
                "rest."),
            "DATEDIF({Born},TODAY(),\"Y\")"},
        {"DAYS", "from, to", 2, 2, Number, between<Unit::Days>,
            QT_TRANSLATE_NOOP("Function", "Days from one date to another."), "DAYS({From},{To})"},
        {"HOURS", "from, to", 2, 2, Number, between<Unit::Hours>,
            QT_TRANSLATE_NOOP("Function", "Hours from one moment to another, with two decimals."),
            "HOURS({Created},{Closed})"},
        {"MONTHS", "from, to", 2, 2, Number, between<Unit::Months>,
            QT_TRANSLATE_NOOP("Function", "Whole months from one date to another."),
            "MONTHS({From},{To})"},
        {"EOMONTH", "date, months", 2, 2, FormulaType::Date, endOfMonth,
            QT_TRANSLATE_NOOP("Function", "The last day of the month so many months later."),
            "EOMONTH({Date},0)"},
        {"IS_SAME", "date, date, [unit]", 2, 3, Flag, isSame,
            QT_TRANSLATE_NOOP("Function", "True if both lie in the same day, month or other unit."),
            "IS_SAME({Due},TODAY(),'day')"},
        {"IS_BEFORE", "date, date, [unit]", 2, 3, Flag, ordered<true>,
            QT_TRANSLATE_NOOP("Function", "True if the first date is before the second."),
            "IS_BEFORE({Due},NOW())"},
        {"IS_AFTER", "date, date, [unit]", 2, 3, Flag, ordered<false>,
            QT_TRANSLATE_NOOP("Function", "True if the first date is after the second."),
            "IS_AFTER({Due},NOW())"},
        {"DATESTR", "date", 1, 1, Text, writtenAs<DayFormat>,
            QT_TRANSLATE_NOOP("Function", "The day as 2026-11-22."), "DATESTR({Due})"},
        {"ISOMONTH", "date", 1, 1, Text, writtenAs<MonthFormat>,
            QT_TRANSLATE_NOOP("Function", "The month as 2026-11."), "ISOMONTH({Due})"},
        {"TIMESTR", "date", 1, 1, Text, writtenAs<TimeFormat>,
            QT_TRANSLATE_NOOP("Function", "The time as 06:30:00."), "TIMESTR({Called})"},
        {"DATETIME_FORMAT", "date, [format]", 1, 2, Text, formatted,
            "The date written as the format shows it: YYYY, MM, DD, HH, mm, ss, …",
            "DATETIME_FORMAT({Due},\"DD.MM.YYYY\")"},
        {"DATETIME_PARSE", "text, [format]", 1, 2, DateTime, parsed,
            QT_TRANSLATE_NOOP("Function", "The date that a text says, in a format if it is named."),
            "DATETIME_PARSE(\"22.11.2026\",\"DD.MM.YYYY\")"},
        {"FROMNOW", "date", 1, 1, Text, distance,
            QT_TRANSLATE_NOOP("Function", "How far the date is from now."), "FROMNOW({Due})"},
        {"BIRTHDAY_IN", "date, [days]", 1, 2, Flag, isBirthday,
            QT_TRANSLATE_NOOP("Function",
                "True if the day and month of the date come within so many days from today."),
            "BIRTHDAY_IN({Born},7)"},
        {"CREATED_TIME", "", 0, 0, DateTime,
            [](Arguments &, CallContext &c) {
                return FormulaValue(Moment{c.table().meta(c.row()).createdMs});
            },
            QT_TRANSLATE_NOOP("Function", "When the record was made."), "CREATED_TIME()"},
        {"LAST_MODIFIED_TIME", "", 0, 0, DateTime,
            [](Arguments &, CallContext &c) {
                return FormulaValue(Moment{c.table().meta(c.row()).modifiedMs});
            },
            QT_TRANSLATE_NOOP("Function", "When the record was changed last."),
            "LAST_MODIFIED_TIME()"},
    };
}

} // namespace casebase
