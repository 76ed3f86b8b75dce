// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/field/DateFields.h"

#include "shared/field/IsoTime.h"

#include "shared/support/Text.h"

#include <QDateTime>
#include <QRegularExpression>

namespace casebase {

namespace {

constexpr qint64 UnixEpochJulianDay = 2440588;

bool isSane(const QDate &date)
{
    return date.isValid() && date.year() >= 1 && date.year() <= 9999;
}

std::optional<QDate> wordDate(const QString &word, const QDate &today)
{
    static const QHash<QString, int> days{{QStringLiteral("today"), 0}, {QStringLiteral("今天"), 0},
        {QStringLiteral("tomorrow"), 1}, {QStringLiteral("明天"), 1}, {QStringLiteral("后天"), 2},
        {QStringLiteral("yesterday"), -1}, {QStringLiteral("昨天"), -1},
        {QStringLiteral("前天"), -2}};
    const auto found = days.constFind(word);
    return found == days.cend() ? std::nullopt : std::optional(today.addDays(*found));
}

/// Day and month are told apart by value, then by the locale; 3-5 is in the year of `today`.
std::optional<QDate> numericDate(const QString &text, const QDate &today, const QLocale &locale)
{
    static const QRegularExpression yearFirst(
        QStringLiteral("^(\\d{4})[-/.年](\\d{1,2})[-/.月](\\d{1,2})日?$"));
    static const QRegularExpression yearLast(
        QStringLiteral("^(\\d{1,2})[-/.](\\d{1,2})[-/.](\\d{4})$"));
    static const QRegularExpression noYear(QStringLiteral("^(\\d{1,2})[-/.月](\\d{1,2})日?$"));
    QDate date;
    if (const auto match = yearFirst.match(text); match.hasMatch()) {
        date =
            QDate(match.captured(1).toInt(), match.captured(2).toInt(), match.captured(3).toInt());
    } else if (const auto last = yearLast.match(text); last.hasMatch()) {
        const int first = last.captured(1).toInt();
        const int second = last.captured(2).toInt();
        const int year = last.captured(3).toInt();
        const bool monthFirst = second > 12
            || (first <= 12 && text.contains(u'/')
                && locale.dateFormat(QLocale::ShortFormat).startsWith(u'M'));
        date = monthFirst ? QDate(year, first, second) : QDate(year, second, first);
    } else if (const auto shortForm = noYear.match(text); shortForm.hasMatch()) {
        date = QDate(today.year(), shortForm.captured(1).toInt(), shortForm.captured(2).toInt());
    }
    return isSane(date) ? std::optional(date) : std::nullopt;
}

int digitsIn(QStringView text)
{
    int number = 0;
    for (const QChar c : text) {
        if (c < u'0' || c > u'9') {
            return -1;
        }
        number = number * 10 + (c.unicode() - u'0');
    }
    return number;
}

/// 2016-02-29 or 29-02-2016 with any of the usual marks: what imports are full of, and reads the
/// same in every locale.
std::optional<QDate> plainDate(QStringView text)
{
    const auto isMark = [](QChar c) { return c == u'-' || c == u'.'; };
    if (text.size() != 10) {
        return std::nullopt;
    }
    const bool yearFirst = (isMark(text[4]) || text[4] == u'/') && text[7] == text[4];
    const bool yearLast = isMark(text[2]) && text[5] == text[2];
    if (!yearFirst && !yearLast) {
        return std::nullopt;
    }
    const QDate date = yearFirst
        ? QDate(digitsIn(text.left(4)), digitsIn(text.mid(5, 2)), digitsIn(text.right(2)))
        : QDate(digitsIn(text.right(4)), digitsIn(text.mid(3, 2)), digitsIn(text.left(2)));
    return isSane(date) ? std::optional(date) : std::nullopt;
}

/// Asking a time zone takes microseconds; the days of an import are few. Days on which the clocks
/// change are asked each time.
qint64 momentIn(const QTimeZone &zone, const QDate &date, const QTime &time)
{
    struct Known {
        QTimeZone zone;
        QHash<qint64, std::optional<int>> offsets;
    };
    static thread_local Known known;
    if (known.zone != zone) {
        known = {zone, {}};
    }
    auto offset = known.offsets.constFind(date.toJulianDay());
    if (offset == known.offsets.cend()) {
        const int first = QDateTime(date, QTime(0, 0), zone).offsetFromUtc();
        const int last = QDateTime(date, QTime(23, 59, 59), zone).offsetFromUtc();
        const bool isEven = first == last && date.startOfDay(zone).time() == QTime(0, 0);
        if (known.offsets.size() > 20000) {
            known.offsets.clear();
        }
        offset =
            known.offsets.insert(date.toJulianDay(), isEven ? std::optional(first) : std::nullopt);
    }
    return *offset ? (date.toJulianDay() - UnixEpochJulianDay) * 86400000
            + time.msecsSinceStartOfDay() - qint64(**offset) * 1000
                   : QDateTime(date, time, zone).toMSecsSinceEpoch();
}

std::optional<QTime> parseTime(const QString &text)
{
    if (text.size() == 5 && text[2] == u':') {
        const QTime time(digitsIn(QStringView(text).left(2)), digitsIn(QStringView(text).right(2)));
        return time.isValid() ? std::optional(time) : std::nullopt;
    }
    static const QRegularExpression clock(
        QStringLiteral("^(\\d{1,2}):(\\d{2})(?::(\\d{2})(?:\\.(\\d{1,3})\\d*)?)?\\s*(am|pm)?$"),
        QRegularExpression::CaseInsensitiveOption);
    const auto match = clock.match(text);
    if (!match.hasMatch()) {
        return std::nullopt;
    }
    int hour = match.captured(1).toInt();
    const QString half = match.captured(5).toLower();
    if (!half.isEmpty()) {
        if (hour < 1 || hour > 12) {
            return std::nullopt;
        }
        hour = hour % 12 + (half == QLatin1String("pm") ? 12 : 0);
    }
    const QTime time(hour, match.captured(2).toInt(), match.captured(3).toInt(),
        match.captured(4).leftJustified(3, u'0').toInt());
    return time.isValid() ? std::optional(time) : std::nullopt;
}

QDate todayIn(const FieldContext &context)
{
    return toQDateTime(Moment{context.nowMs}, context.zone).date();
}

std::optional<QDate> dateIn(const QString &text, const FieldContext &context)
{
    const QDate today = todayIn(context);
    if (const auto word = wordDate(text.toLower(), today)) {
        return word;
    }
    return numericDate(text, today, context.locale);
}

template <class T> int threeWay(const T &a, const T &b)
{
    return a < b ? -1 : b < a ? 1 : 0;
}

class DateType final : public FieldType {
public:
    const char *apiName() const override { return "date"; }

    Result<Value> parse(
        const QString &text, const Field &field, const FieldContext &context) const override
    {
        if (text.trimmed().isEmpty()) {
            return Value();
        }
        const auto date = parseDate(text, context);
        return date ? Result<Value>(Value(*date))
                    : wrongType(field, text, QStringLiteral("a date such as 2026-11-22"));
    }

    QString formatValue(const Value &value, const Field &, const FieldContext &) const override
    {
        const auto *date = std::get_if<Date>(&value);
        return date ? toQDate(*date).toString(Qt::ISODate) : QString();
    }

    Result<Value> accept(
        const Value &value, const Field &field, const FieldContext &) const override
    {
        const auto *date = std::get_if<Date>(&value);
        return isEmpty(value) || (date && isSane(toQDate(*date)))
            ? Result<Value>(value)
            : wrongType(field, QStringLiteral("…"), QStringLiteral("a date"));
    }

    QJsonValue valueToJson(
        const Value &value, const Field &field, const FieldContext &context) const override
    {
        return isEmpty(value) ? QJsonValue() : QJsonValue(format(value, field, context));
    }

    Result<Value> fromJson(
        const QJsonValue &json, const Field &field, const FieldContext &) const override
    {
        if (json.isNull() || json.toString(QStringLiteral("?")).isEmpty()) {
            return Value();
        }
        const QString text = json.toString();
        QDate date = QDate::fromString(text.left(10), QStringLiteral("yyyy-MM-dd"));
        if (!json.isString() || !isSane(date) || (text.size() > 10 && text[10] != u'T')) {
            return wrongType(
                field, json.toVariant().toString(), QStringLiteral("a date such as 2026-11-22"));
        }
        return Value(fromQDate(date));
    }

    int compareFilled(
        const Value &a, const Value &b, const Field &, const FieldContext &) const override
    {
        return threeWay(std::get<Date>(a), std::get<Date>(b));
    }
};

/// As programs write it, or as people do.
std::optional<Moment> momentFrom(const QString &text, const FieldContext &context)
{
    const auto iso = readIsoMoment(text);
    return iso ? iso : parseMoment(text, context);
}

class DateTimeType final : public FieldType {
public:
    const char *apiName() const override { return "dateTime"; }

    Result<Value> parse(
        const QString &text, const Field &field, const FieldContext &context) const override
    {
        if (text.trimmed().isEmpty()) {
            return Value();
        }
        const auto moment = parseMoment(text, context);
        return moment
            ? Result<Value>(Value(*moment))
            : wrongType(field, text, QStringLiteral("a date and time such as 2026-11-22 14:30"));
    }

    QString formatValue(
        const Value &value, const Field &, const FieldContext &context) const override
    {
        const auto *moment = std::get_if<Moment>(&value);
        return moment
            ? toQDateTime(*moment, context.zone).toString(QStringLiteral("yyyy-MM-dd HH:mm"))
            : QString();
    }

    Result<Value> accept(
        const Value &value, const Field &field, const FieldContext &) const override
    {
        const auto *moment = std::get_if<Moment>(&value);
        return isEmpty(value) || (moment && isSaneMoment(*moment))
            ? Result<Value>(value)
            : wrongType(field, QStringLiteral("…"), QStringLiteral("a date and time"));
    }

    QJsonValue valueToJson(const Value &value, const Field &, const FieldContext &) const override
    {
        const auto *moment = std::get_if<Moment>(&value);
        return moment ? QJsonValue(isoMoment(*moment)) : QJsonValue();
    }

    Result<Value> fromJson(
        const QJsonValue &json, const Field &field, const FieldContext &context) const override
    {
        if (json.isNull() || json.toString(QStringLiteral("?")).isEmpty()) {
            return Value();
        }
        const auto moment =
            json.isString() ? momentFrom(json.toString(), context) : std::optional<Moment>();
        return moment ? Result<Value>(Value(*moment))
                      : wrongType(field, json.toVariant().toString(),
                          QStringLiteral("an ISO date and time such as 2026-11-22T06:30:00.000Z"));
    }

    int compareFilled(
        const Value &a, const Value &b, const Field &, const FieldContext &) const override
    {
        return threeWay(std::get<Moment>(a), std::get<Moment>(b));
    }
};

} // namespace

QDate toQDate(Date date)
{
    return QDate::fromJulianDay(date.day + UnixEpochJulianDay);
}

Date fromQDate(const QDate &date)
{
    return Date{qint32(date.toJulianDay() - UnixEpochJulianDay)};
}

QDateTime toQDateTime(Moment moment, const QTimeZone &zone)
{
    return QDateTime::fromMSecsSinceEpoch(moment.ms, zone);
}

QString isoMoment(Moment moment)
{
    char text[IsoMomentLength];
    return QString::fromLatin1(text, writeIsoMoment(moment, text));
}

std::optional<Date> parseDate(const QString &text, const FieldContext &context)
{
    const QString plain = plainWidth(text).trimmed();
    const auto known = plainDate(plain);
    if (const auto date = known ? known : dateIn(plain, context)) {
        return fromQDate(*date);
    }
    const auto moment = parseMoment(text, context);
    return moment ? std::optional(fromQDate(toQDateTime(*moment, context.zone).date()))
                  : std::nullopt;
}

std::optional<Moment> parseMoment(const QString &text, const FieldContext &context)
{
    const QString plain = plainWidth(text).trimmed();
    if (plain.size() > 10 && plain[10] == u'T') {
        QDateTime iso = QDateTime::fromString(plain, Qt::ISODateWithMs);
        if (iso.isValid() && iso.timeSpec() == Qt::LocalTime) {
            iso = QDateTime(iso.date(), iso.time(), context.zone);
        }
        // Qt reads 24:00 as the next day; a person who types it means something else.
        const bool isMidnight24 = plain.mid(11, 2) == QLatin1String("24");
        return iso.isValid() && !isMidnight24 && isSane(iso.date())
            ? std::optional(Moment{iso.toMSecsSinceEpoch()})
            : std::nullopt;
    }
    const qsizetype gap = plain.indexOf(u' ');
    const QString dateText = gap < 0 ? plain : plain.left(gap);
    const auto known = plainDate(dateText);
    const auto date = known ? known : dateIn(dateText, context);
    const auto time =
        gap < 0 ? std::optional(QTime(0, 0)) : parseTime(plain.mid(gap + 1).trimmed());
    if (!date || !time) {
        return std::nullopt;
    }
    return Moment{momentIn(context.zone, *date, *time)};
}

const FieldType &dateType()
{
    static const DateType type;
    return type;
}

const FieldType &dateTimeType()
{
    static const DateTimeType type;
    return type;
}

} // namespace casebase
