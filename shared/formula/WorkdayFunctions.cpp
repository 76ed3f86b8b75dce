// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/formula/Function.h"

#include "shared/field/DateFields.h"

#include <cmath>

namespace casebase {

namespace {

using enum FormulaType;

constexpr int DayLimit = 40000; ///< Days that one call walks, about a century.

/// When work is done: spans of the day, days of the week, and no holidays.
class Calendar {
public:
    struct Span {
        int fromMs = 0;
        int toMs = 0;
    };

    /// Reads "09:00-12:00, 13:30-18:00"; nine to six if the text is empty. False if it says
    /// something else.
    bool setHours(const QString &text)
    {
        m_spans.clear();
        const QString all = text.trimmed().isEmpty() ? QStringLiteral("09:00-18:00") : text;
        for (const QString &each : all.split(u',', Qt::SkipEmptyParts)) {
            const QStringList ends = each.trimmed().split(u'-');
            const QTime from = QTime::fromString(ends.value(0).trimmed(), QStringLiteral("H:mm"));
            const bool isMidnight = ends.value(1).trimmed() == QLatin1String("24:00");
            const QTime to = QTime::fromString(ends.value(1).trimmed(), QStringLiteral("H:mm"));
            const Span span{from.msecsSinceStartOfDay(),
                isMidnight         ? int(DayMs)
                    : to.isValid() ? to.msecsSinceStartOfDay()
                                   : 0};
            if (ends.size() != 2 || !from.isValid() || span.toMs <= span.fromMs
                || (!m_spans.isEmpty() && span.fromMs < m_spans.last().toMs)) {
                return false;
            }
            m_spans += span;
        }
        return !m_spans.isEmpty();
    }

    /// Reads "1-5" or "1,2,6", Monday being 1; Monday to Friday if the text is empty.
    bool setDays(const QString &text)
    {
        m_days = 0;
        const QString all = text.trimmed().isEmpty() ? QStringLiteral("1-5") : text;
        for (const QString &each : all.split(u',', Qt::SkipEmptyParts)) {
            const QStringList ends = each.trimmed().split(u'-');
            const int from = ends.first().toInt();
            const int to = ends.last().toInt();
            if (ends.size() > 2 || from < 1 || to > 7 || to < from) {
                return false;
            }
            for (int day = from; day <= to; ++day) {
                m_days |= 1 << day;
            }
        }
        return m_days != 0;
    }

    /// Dates, each a value of its own or several in a text with commas.
    void addHolidays(Arguments &v, qsizetype first, CallContext &c)
    {
        eachValue(v, first, [&](const FormulaValue &value) {
            const QString text =
                std::holds_alternative<QString>(value) ? asText(value, c.run) : QString();
            for (const QString &each : text.split(u',', Qt::SkipEmptyParts)) {
                if (const auto day = asMoment(each.trimmed(), c.run)) {
                    m_holidays += toQDateTime(*day, c.run.zone).date();
                }
            }
            if (const auto *moment = std::get_if<Moment>(&value)) {
                m_holidays += toQDateTime(*moment, c.run.zone).date();
            }
        });
    }

    bool isWorkday(const QDate &day) const
    {
        return (m_days >> day.dayOfWeek() & 1) && !m_holidays.contains(day);
    }
    const QList<Span> &spans() const { return m_spans; }

private:
    QList<Span> m_spans;
    int m_days = 0b0111110; ///< Bits 1 to 5: Monday to Friday.
    QSet<QDate> m_holidays;
};

FormulaValue workday(Arguments &v, CallContext &c)
{
    const auto from = v.dateTime(0, DayMs);
    const auto count = v.number(1);
    if (!from || !count) {
        return {};
    }
    if (std::abs(*count) > DayLimit) {
        return Fault::TooComplex;
    }
    Calendar calendar;
    calendar.addHolidays(v, 2, c);
    QDate day = from->date();
    const int step = *count < 0 ? -1 : 1;
    qint64 left = qint64(std::abs(*count));
    for (int walked = 0; left > 0 && walked < 2 * DayLimit; ++walked) {
        day = day.addDays(step);
        left -= calendar.isWorkday(day) ? 1 : 0;
    }
    return left > 0 || !c.run.spend(std::abs(day.daysTo(from->date())) * 8)
        ? FormulaValue(Fault::TooComplex)
        : FormulaValue(Moment{day.startOfDay(c.run.zone).toMSecsSinceEpoch()});
}

/// Days of work from one date to another, both counted; negative if the second is earlier.
FormulaValue workdays(Arguments &v, CallContext &c)
{
    const auto from = v.dateTime(0, DayMs);
    const auto to = v.dateTime(1, DayMs);
    if (!from || !to) {
        return {};
    }
    Calendar calendar;
    calendar.addHolidays(v, 2, c);
    const QDate first = std::min(from->date(), to->date());
    const QDate last = std::max(from->date(), to->date());
    if (first.daysTo(last) > DayLimit || !c.run.spend(first.daysTo(last) * 8)) {
        return Fault::TooComplex;
    }
    int count = 0;
    for (QDate day = first; day <= last; day = day.addDays(1)) {
        count += calendar.isWorkday(day) ? 1 : 0;
    }
    return double(from->date() <= to->date() ? count : -count);
}

/// Milliseconds of work between two moments, the first not after the second.
qint64 workBetween(const Calendar &calendar, const QDateTime &from, const QDateTime &to)
{
    qint64 work = 0;
    for (QDate day = from.date(); day <= to.date(); day = day.addDays(1)) {
        if (!calendar.isWorkday(day)) {
            continue;
        }
        const qint64 begin = day == from.date() ? from.time().msecsSinceStartOfDay() : 0;
        const qint64 end = day == to.date() ? to.time().msecsSinceStartOfDay() : DayMs;
        for (const Calendar::Span &span : calendar.spans()) {
            work += std::max<qint64>(
                std::min<qint64>(end, span.toMs) - std::max<qint64>(begin, span.fromMs), 0);
        }
    }
    return work;
}

FormulaValue workHours(Arguments &v, CallContext &c)
{
    const auto from = v.dateTime(0);
    const auto to = v.dateTime(1);
    if (!from || !to) {
        return {};
    }
    Calendar calendar;
    if (!calendar.setHours(v.text(2)) || !calendar.setDays(v.text(3))) {
        return Fault::BadUnit;
    }
    calendar.addHolidays(v, 4, c);
    const qint64 days = std::abs(from->daysTo(*to));
    if (days > DayLimit || !c.run.spend(days * 8)) {
        return Fault::TooComplex;
    }
    const qint64 work =
        *from <= *to ? workBetween(calendar, *from, *to) : -workBetween(calendar, *to, *from);
    return std::round(double(work) / HourMs * 100) / 100;
}

/// The moment at which so many hours of work are done, from a moment on.
FormulaValue addWorkHours(Arguments &v, CallContext &c)
{
    const auto from = v.dateTime(0);
    const auto hours = v.number(1);
    if (!from || !hours || *hours < 0 || *hours > 1e6) {
        return {};
    }
    Calendar calendar;
    if (!calendar.setHours(v.text(2)) || !calendar.setDays(v.text(3))) {
        return Fault::BadUnit;
    }
    calendar.addHolidays(v, 4, c);
    qint64 left = std::llround(*hours * HourMs);
    QDate day = from->date();
    for (int walked = 0; walked < DayLimit; ++walked, day = day.addDays(1)) {
        if (!calendar.isWorkday(day)) {
            continue;
        }
        for (const Calendar::Span &span : calendar.spans()) {
            const qint64 begin = day == from->date()
                ? std::max<qint64>(span.fromMs, from->time().msecsSinceStartOfDay())
                : span.fromMs;
            const qint64 length = span.toMs - begin;
            if (length > 0 && left <= length) {
                const qint64 end = begin + left;
                const QDateTime at = end == DayMs
                    ? day.addDays(1).startOfDay(c.run.zone)
                    : QDateTime(day, QTime::fromMSecsSinceStartOfDay(int(end)), c.run.zone);
                return c.run.spend(walked * 8) ? FormulaValue(Moment{at.toMSecsSinceEpoch()})
                                               : FormulaValue(Fault::TooComplex);
            }
            left -= std::max<qint64>(length, 0);
        }
    }
    return Fault::TooComplex;
}

} // namespace

QList<Function> workdayFunctions()
{
    return {
        {"WORKDAY", "date, days, [holidays]", 2, -1, FormulaType::Date, workday,
            QT_TRANSLATE_NOOP("Function", "The date so many days of work later."),
            "WORKDAY({Received},5)"},
        {"WORKDAY_DIFF", "from, to, [holidays]", 2, -1, Number, workdays,
            QT_TRANSLATE_NOOP("Function", "Days of work from one date to another, both counted."),
            "WORKDAY_DIFF({From},{To},\"2026-10-01,2026-10-02\")"},
        {"WORKHOURS_DIFF", "from, to, [hours], [days], [holidays]", 2, -1, Number, workHours,
            QT_TRANSLATE_NOOP("Function",
                "Hours of work between two moments; from nine to six, Monday to Friday, unless "
                "said "
                "otherwise."),
            "WORKHOURS_DIFF({Created},{Closed},\"09:00-12:00,13:30-18:00\",\"1-6\")"},
        {"ADD_WORKHOURS", "from, hours, [hours of work], [days], [holidays]", 2, -1, DateTime,
            addWorkHours,
            QT_TRANSLATE_NOOP("Function", "When so many hours of work are done, from a moment on."),
            "ADD_WORKHOURS({Created},8)"},
    };
}

} // namespace casebase
