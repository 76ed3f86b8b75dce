// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/formula/Format.h"

#include "shared/formula/FormulaValue.h"

#include <QLocale>
#include <QRegularExpression>

#include <cmath>

namespace casebase {

namespace {

/// Longer ones first, so that MM is not read as M twice.
const char *const Codes[] = {"YYYY", "YY", "MMMM", "MMM", "MM", "M", "Qo", "Q", "DDDD", "DDD", "Do",
    "DD", "D", "dddd", "ddd", "dd", "d", "E", "WW", "W", "HH", "H", "hh", "h", "mm", "m", "SSS",
    "SS", "S", "ss", "s", "A", "a", "ZZ", "Z", "X", "x", "LLLL", "LLL", "LL", "L", "LTS", "LT"};

struct Token {
    QString text;
    bool isCode = false;
};

QList<Token> tokensOf(const QString &format)
{
    QList<Token> tokens;
    qsizetype at = 0;
    while (at < format.size()) {
        if (format[at] == u'[') {
            const qsizetype end = format.indexOf(u']', at);
            if (end > at) {
                tokens += Token{format.mid(at + 1, end - at - 1), false};
                at = end + 1;
                continue;
            }
        }
        const char *const *code =
            std::find_if(std::begin(Codes), std::end(Codes), [&](const char *each) {
                return QStringView(format).mid(at).startsWith(QLatin1String(each));
            });
        if (code != std::end(Codes)) {
            tokens += Token{QString::fromLatin1(*code), true};
            at += tokens.last().text.size();
        } else {
            tokens += Token{QString(format[at++]), false};
        }
    }
    return tokens;
}

QString expanded(const QString &format)
{
    const QString word = format.trimmed().toLower();
    return word.isEmpty()               ? QStringLiteral("YYYY-MM-DD HH:mm")
        : word == QLatin1String("date") ? QStringLiteral("YYYY-MM-DD")
        : word == QLatin1String("time") ? QStringLiteral("HH:mm")
                                        : format;
}

QString padded(qint64 number, int digits)
{
    return QString::number(number).rightJustified(digits, u'0');
}

QString ordinal(int number)
{
    const int tens = number / 10 % 10;
    const int ones = tens == 1 ? 0 : number % 10;
    return QString::number(number)
        + QLatin1String(ones == 1 ? "st"
                : ones == 2       ? "nd"
                : ones == 3       ? "rd"
                                  : "th");
}

QString offsetText(int seconds, bool hasColon)
{
    const int minutes = std::abs(seconds) / 60;
    return (seconds < 0 ? u'-' : u'+') + padded(minutes / 60, 2)
        + (hasColon ? QStringLiteral(":") : QString()) + padded(minutes % 60, 2);
}

QString written(const QDateTime &moment, const QString &code)
{
    const QLocale english = QLocale::c();
    const QDate date = moment.date();
    const QTime time = moment.time();
    const int twelve = (time.hour() + 11) % 12 + 1;
    const auto is = [&code](const char *name) { return code == QLatin1String(name); };
    const auto nested = [&](const char *format) {
        return formatMoment(moment, QString::fromLatin1(format));
    };
    return is("YYYY") ? padded(date.year(), 4)
        : is("YY")    ? padded(date.year() % 100, 2)
        : is("MMMM")  ? english.monthName(date.month())
        : is("MMM")   ? english.monthName(date.month(), QLocale::ShortFormat)
        : is("MM")    ? padded(date.month(), 2)
        : is("M")     ? QString::number(date.month())
        : is("Q")     ? QString::number((date.month() + 2) / 3)
        : is("Qo")    ? ordinal((date.month() + 2) / 3)
        : is("DDDD")  ? padded(date.dayOfYear(), 3)
        : is("DDD")   ? QString::number(date.dayOfYear())
        : is("Do")    ? ordinal(date.day())
        : is("DD")    ? padded(date.day(), 2)
        : is("D")     ? QString::number(date.day())
        : is("dddd")  ? english.dayName(date.dayOfWeek())
        : is("ddd")   ? english.dayName(date.dayOfWeek(), QLocale::ShortFormat)
        : is("dd")    ? english.dayName(date.dayOfWeek(), QLocale::ShortFormat).left(2)
        : is("d")     ? QString::number(date.dayOfWeek() % 7)
        : is("E")     ? QString::number(date.dayOfWeek())
        : is("WW")    ? padded(date.weekNumber(), 2)
        : is("W")     ? QString::number(date.weekNumber())
        : is("HH")    ? padded(time.hour(), 2)
        : is("H")     ? QString::number(time.hour())
        : is("hh")    ? padded(twelve, 2)
        : is("h")     ? QString::number(twelve)
        : is("mm")    ? padded(time.minute(), 2)
        : is("m")     ? QString::number(time.minute())
        : is("ss")    ? padded(time.second(), 2)
        : is("s")     ? QString::number(time.second())
        : is("SSS")   ? padded(time.msec(), 3)
        : is("SS")    ? padded(time.msec() / 10, 2)
        : is("S")     ? QString::number(time.msec() / 100)
        : is("A")     ? QString::fromLatin1(time.hour() < 12 ? "AM" : "PM")
        : is("a")     ? QString::fromLatin1(time.hour() < 12 ? "am" : "pm")
        : is("Z")     ? offsetText(moment.offsetFromUtc(), true)
        : is("ZZ")    ? offsetText(moment.offsetFromUtc(), false)
        : is("X")     ? QString::number(moment.toSecsSinceEpoch())
        : is("x")     ? QString::number(moment.toMSecsSinceEpoch())
        : is("L")     ? nested("MM/DD/YYYY")
        : is("LL")    ? nested("MMMM D, YYYY")
        : is("LLL")   ? nested("MMMM D, YYYY h:mm A")
        : is("LLLL")  ? nested("dddd, MMMM D, YYYY h:mm A")
        : is("LT")    ? nested("h:mm A")
                      : nested("h:mm:ss A");
}

/// What a text says, as far as it has been read.
struct Reading {
    int year = -1;
    int month = 1;
    int day = 1;
    int hour = 0;
    int minute = 0;
    int second = 0;
    int milliseconds = 0;
    std::optional<bool> isAfternoon;
    std::optional<int> offsetSeconds;
    std::optional<qint64> epochMs;
};

class Reader {
public:
    explicit Reader(const QString &text)
        : m_text(text)
    {
    }

    bool isAtEnd() const { return m_at == m_text.size(); }

    bool literal(const QString &expected)
    {
        if (!QStringView(m_text).mid(m_at).startsWith(expected, Qt::CaseInsensitive)) {
            return false;
        }
        m_at += expected.size();
        return true;
    }

    std::optional<qint64> number(int most)
    {
        const qsizetype from = m_at;
        while (m_at < m_text.size() && m_at - from < most && m_text[m_at] >= u'0'
            && m_text[m_at] <= u'9') {
            ++m_at;
        }
        return m_at == from
            ? std::nullopt
            : std::optional(QStringView(m_text).mid(from, m_at - from).toLongLong());
    }

    std::optional<int> month(QLocale::FormatType format)
    {
        for (int month = 1; month <= 12; ++month) {
            if (literal(QLocale::c().monthName(month, format))) {
                return month;
            }
        }
        return std::nullopt;
    }

    bool day(QLocale::FormatType format)
    {
        for (int day = 1; day <= 7; ++day) {
            if (literal(QLocale::c().dayName(day, format))) {
                return true;
            }
        }
        return false;
    }

    std::optional<int> offset()
    {
        if (literal(QStringLiteral("Z"))) {
            return 0;
        }
        const int sign = literal(QStringLiteral("-")) ? -1 : literal(QStringLiteral("+")) ? 1 : 0;
        const auto hours = sign != 0 ? number(2) : std::nullopt;
        literal(QStringLiteral(":"));
        const auto minutes = hours ? number(2) : std::nullopt;
        return minutes ? std::optional(sign * int(*hours * 3600 + *minutes * 60)) : std::nullopt;
    }

private:
    const QString &m_text;
    qsizetype m_at = 0;
};

bool take(Reader &reader, const QString &code, Reading &reading)
{
    const auto into = [&](int &part, int most) {
        const auto number = reader.number(most);
        part = number ? int(*number) : part;
        return number.has_value();
    };
    const auto is = [&code](const char *name) { return code == QLatin1String(name); };
    if (is("YYYY")) {
        return into(reading.year, 4);
    }
    if (is("YY")) {
        const bool isRead = into(reading.year, 2);
        reading.year += reading.year < 69 ? 2000 : 1900;
        return isRead;
    }
    if (is("MMMM") || is("MMM")) {
        const auto month = reader.month(is("MMMM") ? QLocale::LongFormat : QLocale::ShortFormat);
        reading.month = month.value_or(1);
        return month.has_value();
    }
    if (is("MM") || is("M")) {
        return into(reading.month, 2);
    }
    if (is("DD") || is("D")) {
        return into(reading.day, 2);
    }
    if (is("dddd") || is("ddd")) {
        return reader.day(is("dddd") ? QLocale::LongFormat : QLocale::ShortFormat);
    }
    if (is("HH") || is("H") || is("hh") || is("h")) {
        return into(reading.hour, 2);
    }
    if (is("mm") || is("m")) {
        return into(reading.minute, 2);
    }
    if (is("ss") || is("s")) {
        return into(reading.second, 2);
    }
    if (is("SSS")) {
        return into(reading.milliseconds, 3);
    }
    if (is("A") || is("a")) {
        const bool isMorning = reader.literal(QStringLiteral("am"));
        reading.isAfternoon = !isMorning;
        return isMorning || reader.literal(QStringLiteral("pm"));
    }
    if (is("Z") || is("ZZ")) {
        reading.offsetSeconds = reader.offset();
        return reading.offsetSeconds.has_value();
    }
    if (is("X") || is("x")) {
        const auto number = reader.number(15);
        reading.epochMs = number ? std::optional(is("X") ? *number * 1000 : *number) : std::nullopt;
        return number.has_value();
    }
    return false;
}

QString word(const QString &format)
{
    static const QHash<QString, QString> words{
        {QStringLiteral("dollar"), QStringLiteral("$#,##0.00")},
        {QStringLiteral("euro"), QStringLiteral("€#,##0.00")},
        {QStringLiteral("yuan"), QStringLiteral("¥#,##0.00")},
        {QStringLiteral("percent"), QStringLiteral("0.##%")},
        {QStringLiteral("number"), QStringLiteral("0.########")}};
    return words.value(format.trimmed().toLower(), format);
}

} // namespace

QString formatMoment(const QDateTime &moment, const QString &format)
{
    QString text;
    for (const Token &token : tokensOf(expanded(format))) {
        text += token.isCode ? written(moment, token.text) : token.text;
    }
    return text;
}

qint64 grainOf(const QString &format)
{
    qint64 grain = DayMs;
    for (const Token &token : tokensOf(expanded(format))) {
        if (!token.isCode) {
            continue;
        }
        const QChar first = token.text[0];
        const bool isTime =
            first == u'L' && (token.text.size() > 2 || token.text == QLatin1String("LT"));
        grain = std::min(grain,
            first == u's' || first == u'X' || first == u'x' || first == u'S'
                    || token.text == QLatin1String("LTS")
                ? SecondMs
                : first == u'm' || isTime                                          ? MinuteMs
                : first == u'H' || first == u'h' || first == u'A' || first == u'a' ? HourMs
                                                                                   : DayMs);
    }
    return grain;
}

std::optional<QDateTime> readMoment(
    const QString &text, const QString &format, const QTimeZone &zone)
{
    const QString plain = text.trimmed();
    Reader reader(plain);
    Reading reading;
    for (const Token &token : tokensOf(expanded(format))) {
        if (!(token.isCode ? take(reader, token.text, reading) : reader.literal(token.text))) {
            return std::nullopt;
        }
    }
    if (!reader.isAtEnd()) {
        return std::nullopt;
    }
    if (reading.epochMs) {
        return QDateTime::fromMSecsSinceEpoch(*reading.epochMs, zone);
    }
    if (reading.isAfternoon) {
        reading.hour = reading.hour % 12 + (*reading.isAfternoon ? 12 : 0);
    }
    const QDate date(reading.year, reading.month, reading.day);
    const QTime time(reading.hour, reading.minute, reading.second, reading.milliseconds);
    if (reading.year < 0 || !date.isValid() || !time.isValid()) {
        return std::nullopt;
    }
    return reading.offsetSeconds ? QDateTime(date, time, Qt::OffsetFromUTC, *reading.offsetSeconds)
                                 : QDateTime(date, time, zone);
}

QString formatNumber(double number, const QString &format)
{
    const QString pattern = word(format);
    const auto isPattern = [](QChar c) { return c == u'0' || c == u'#' || c == u',' || c == u'.'; };
    const auto first = std::find_if(pattern.cbegin(), pattern.cend(), isPattern);
    const auto last = std::find_if_not(first, pattern.cend(), isPattern);
    if (first == pattern.cend()) {
        return numberText(number);
    }
    const QString body(first, last - first);
    const QString after = pattern.mid(last - pattern.cbegin());
    const qsizetype point = body.indexOf(u'.');
    const QString whole = point < 0 ? body : body.left(point);
    const QString fraction = point < 0 ? QString() : body.mid(point + 1).left(12);
    if (after.contains(u'%')) {
        number *= 100;
    }
    const double scale = std::pow(10.0, fraction.size());
    const double scaled = QByteArray::number(std::abs(number) * scale, 'g', 15).toDouble();
    QString digits = QString::number(std::round(scaled) / scale, 'f', int(fraction.size()));
    const bool isNegative =
        number < 0 && digits.contains(QRegularExpression(QStringLiteral("[1-9]")));
    for (qsizetype i = fraction.size(); i > 0 && fraction[i - 1] == u'#' && digits.endsWith(u'0');
         --i) {
        digits.chop(1);
    }
    if (digits.endsWith(u'.')) {
        digits.chop(1);
    }
    qsizetype end = digits.indexOf(u'.') < 0 ? digits.size() : digits.indexOf(u'.');
    const qsizetype wanted = whole.count(u'0');
    for (; end < wanted; ++end) {
        digits.prepend(u'0');
    }
    if (whole.contains(u',')) {
        for (qsizetype i = end - 3; i > 0; i -= 3) {
            digits.insert(i, u',');
        }
    }
    return (isNegative ? QStringLiteral("-") : QString()) + pattern.left(first - pattern.cbegin())
        + digits + after;
}

} // namespace casebase
