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

bool isMonthFirst(const DateOptions &options, const QLocale &locale)
{
    switch (options.format) {
    case DateFormat::Us:
        return true;
    case DateFormat::European:
    case DateFormat::Dotted:
        return false;
    case DateFormat::Iso:
    case DateFormat::Friendly:
    case DateFormat::Local:
        break;
    }
    return locale.dateFormat(QLocale::ShortFormat).startsWith(u'M');
}

/// Day and month are told apart by value, then by how the field writes them, then by the locale;
/// 3-5 is in the year of `today`, and the fifth of March but where days with "/" come first.
std::optional<QDate> numericDate(
    const QString &text, const QDate &today, const QLocale &locale, const DateOptions &options)
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
        const bool monthFirst =
            second > 12 || (first <= 12 && text.contains(u'/') && isMonthFirst(options, locale));
        date = monthFirst ? QDate(year, first, second) : QDate(year, second, first);
    } else if (const auto shortForm = noYear.match(text); shortForm.hasMatch()) {
        const int first = shortForm.captured(1).toInt();
        const int second = shortForm.captured(2).toInt();
        const bool isDayFirst = (options.format == DateFormat::European && text.contains(u'/'))
            || (options.format == DateFormat::Dotted && text.contains(u'.'));
        date = isDayFirst ? QDate(today.year(), second, first) : QDate(today.year(), first, second);
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

/// With the name of the month: November 22, 2026; in Chinese with signs between the numbers.
QString friendlyFormat(const QLocale &locale)
{
    switch (locale.language()) {
    case QLocale::Chinese:
    case QLocale::Japanese:
        return QStringLiteral("yyyy年M月d日");
    case QLocale::English:
    case QLocale::C:
        return QStringLiteral("MMMM d, yyyy");
    default:
        return QStringLiteral("d MMMM yyyy");
    }
}

/// As the system has it, but with all of the year.
QString localFormat(const QLocale &locale)
{
    QString format = locale.dateFormat(QLocale::ShortFormat);
    return format.contains(QLatin1String("yyyy"))
        ? format
        : format.replace(QLatin1String("yy"), QLatin1String("yyyy"));
}

QString dateText(const QDate &date, const DateOptions &options, const QLocale &locale)
{
    switch (options.format) {
    case DateFormat::Iso:
        break;
    case DateFormat::Us:
        return date.toString(QStringLiteral("M/d/yyyy"));
    case DateFormat::European:
        return date.toString(QStringLiteral("dd/MM/yyyy"));
    case DateFormat::Dotted:
        return date.toString(QStringLiteral("dd.MM.yyyy"));
    case DateFormat::Friendly:
        return locale.toString(date, friendlyFormat(locale));
    case DateFormat::Local:
        return locale.toString(date, localFormat(locale));
    }
    return date.toString(Qt::ISODate);
}

QString momentText(const QDateTime &moment, const DateOptions &options, const QLocale &locale)
{
    static const QLocale english(QLocale::English);
    QString text = dateText(moment.date(), options, locale) + u' '
        + (options.is12Hour ? english.toString(moment.time(), QStringLiteral("h:mm AP"))
                            : moment.time().toString(QStringLiteral("HH:mm")));
    if (options.showsZone) {
        const int minutes = moment.offsetFromUtc() / 60;
        text += QStringLiteral(" (GMT%1%2%3)")
                    .arg(minutes < 0 ? QLatin1Char('-') : QLatin1Char('+'))
                    .arg(std::abs(minutes) / 60)
                    .arg(minutes % 60 == 0 ? QString()
                                           : QStringLiteral(":%1").arg(
                                               std::abs(minutes) % 60, 2, 10, QChar(u'0')));
    }
    return text;
}

std::optional<QDate> dateIn(
    const QString &text, const FieldContext &context, const DateOptions &options)
{
    const QDate today = todayIn(context);
    if (const auto word = wordDate(text.toLower(), today)) {
        return word;
    }
    if (const auto date = numericDate(text, today, context.locale, options)) {
        return date;
    }
    if (options.format == DateFormat::Local) {
        const QDate date = context.locale.toDate(text, localFormat(context.locale));
        if (isSane(date)) {
            return date;
        }
    }
    // With the name of the month, as this person sees it, or in English.
    for (const QLocale &locale : {context.locale, QLocale(QLocale::English)}) {
        const QDate date = locale.toDate(text, friendlyFormat(locale));
        if (isSane(date)) {
            return date;
        }
    }
    return std::nullopt;
}

std::optional<Moment> momentIn(
    const QString &text, const FieldContext &context, const DateOptions &options);

std::optional<Date> dayIn(
    const QString &text, const FieldContext &context, const DateOptions &options)
{
    const QString plain = plainWidth(text).trimmed();
    const auto known = plainDate(plain);
    if (const auto date = known ? known : dateIn(plain, context, options)) {
        return fromQDate(*date);
    }
    const auto moment = momentIn(text, context, options);
    return moment ? std::optional(fromQDate(toQDateTime(*moment, context.zone).date()))
                  : std::nullopt;
}

/// A date, and a time behind it or none.
std::optional<Moment> partsIn(const QString &dateText, const QString &timeText,
    const FieldContext &context, const DateOptions &options)
{
    const auto known = plainDate(dateText);
    const auto date = known ? known : dateIn(dateText, context, options);
    const auto time = timeText.isEmpty() ? std::optional(QTime(0, 0)) : parseTime(timeText);
    return date && time ? std::optional(Moment{momentIn(context.zone, *date, *time)})
                        : std::nullopt;
}

std::optional<Moment> momentIn(
    const QString &text, const FieldContext &context, const DateOptions &options)
{
    QString plain = plainWidth(text).trimmed();
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
    if (options.showsZone) {
        static const QRegularExpression zone(QStringLiteral("\\s*\\(GMT[-+0-9:]*\\)$"));
        plain.remove(zone);
    }
    const qsizetype gap = plain.indexOf(u' ');
    if (gap < 0) {
        return partsIn(plain, {}, context, options);
    }
    if (const auto parts =
            partsIn(plain.left(gap), plain.mid(gap + 1).trimmed(), context, options)) {
        return parts;
    }
    // Dates with names have spaces in them.
    static const QRegularExpression clock(QStringLiteral("^(.*\\S)\\s+(\\d{1,2}:\\d{2}\\b.*)$"));
    const auto match = clock.match(plain);
    return match.hasMatch() ? partsIn(match.captured(1), match.captured(2), context, options)
                            : partsIn(plain, {}, context, options);
}

FieldContext zoned(const FieldContext &context, const Field &field)
{
    return {
        context.people, context.locale, zoneOf(field, context.zone), context.nowMs, context.links};
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
        const auto date = dayIn(text, context, field.date);
        return date ? Result<Value>(Value(*date))
                    : wrongType(field, text, QStringLiteral("a date such as 2026-11-22"));
    }

    QString formatValue(
        const Value &value, const Field &field, const FieldContext &context) const override
    {
        const auto *date = std::get_if<Date>(&value);
        return date ? dateText(toQDate(*date), field.date, context.locale) : QString();
    }

    Result<Value> accept(
        const Value &value, const Field &field, const FieldContext &) const override
    {
        const auto *date = std::get_if<Date>(&value);
        return isEmpty(value) || (date && isSane(toQDate(*date)))
            ? Result<Value>(value)
            : wrongType(field, QStringLiteral("…"), QStringLiteral("a date"));
    }

    QJsonValue valueToJson(const Value &value, const Field &, const FieldContext &) const override
    {
        const auto *date = std::get_if<Date>(&value);
        return date ? QJsonValue(toQDate(*date).toString(Qt::ISODate)) : QJsonValue();
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
std::optional<Moment> momentFrom(
    const QString &text, const Field &field, const FieldContext &context)
{
    const auto iso = readIsoMoment(text);
    return iso ? iso : momentIn(text, zoned(context, field), field.date);
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
        const auto moment = momentIn(text, zoned(context, field), field.date);
        return moment
            ? Result<Value>(Value(*moment))
            : wrongType(field, text, QStringLiteral("a date and time such as 2026-11-22 14:30"));
    }

    QString formatValue(
        const Value &value, const Field &field, const FieldContext &context) const override
    {
        const auto *moment = std::get_if<Moment>(&value);
        return moment ? momentText(
                   toQDateTime(*moment, zoneOf(field, context.zone)), field.date, context.locale)
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
            json.isString() ? momentFrom(json.toString(), field, context) : std::optional<Moment>();
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

QTimeZone zoneOf(const Field &field, const QTimeZone &viewers)
{
    static thread_local QTimeZone known;
    if (field.date.zone.isEmpty() || valueTypeOf(field.kind) != ValueType::Moment) {
        return viewers;
    }
    if (known.id() != field.date.zone.toLatin1()) {
        known = QTimeZone(field.date.zone.toLatin1());
    }
    return known.isValid() ? known : viewers;
}

Field typedDates(const Field &field)
{
    Field typed = field;
    typed.date.showsZone = false;
    if (field.date.format == DateFormat::Friendly || field.date.format == DateFormat::Local) {
        typed.date.format = DateFormat::Iso;
    }
    return typed;
}

std::optional<Date> parseDate(const QString &text, const FieldContext &context)
{
    return dayIn(text, context, {});
}

std::optional<Moment> parseMoment(const QString &text, const FieldContext &context)
{
    return momentIn(text, context, {});
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
