// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/field/IsoTime.h"

#include <QDate>

namespace casebase {

namespace {

constexpr qint64 DayMs = 86400000;
constexpr qint64 FirstMs = -62135596800000; // 0001-01-01
constexpr qint64 EndMs = 253402300800000; // 10000-01-01
constexpr qint64 UnixEpochJulianDay = 2440588;

void writeDigits(char *text, int number, int digits)
{
    for (int i = digits - 1; i >= 0; --i) {
        text[i] = char('0' + number % 10);
        number /= 10;
    }
}

/// The number in those digits, -1 if they are none.
int digitsAt(QStringView text, qsizetype at, int digits)
{
    int number = 0;
    for (qsizetype i = at; i < at + digits; ++i) {
        const int digit = i < text.size() ? text[i].unicode() - u'0' : -1;
        if (digit < 0 || digit > 9) {
            return -1;
        }
        number = number * 10 + digit;
    }
    return number;
}

} // namespace

bool isSaneMoment(Moment moment)
{
    return moment.ms >= FirstMs && moment.ms < EndMs;
}

void writeIsoDate(Date date, char *text)
{
    int year = 0;
    int month = 0;
    int day = 0;
    QDate::fromJulianDay(date.day + UnixEpochJulianDay).getDate(&year, &month, &day);
    writeDigits(text, year, 4);
    text[4] = '-';
    writeDigits(text + 5, month, 2);
    text[7] = '-';
    writeDigits(text + 8, day, 2);
}

int writeIsoMoment(Moment moment, char *text)
{
    if (!isSaneMoment(moment)) {
        return 0;
    }
    const qint64 days = (moment.ms - FirstMs) / DayMs + FirstMs / DayMs;
    const auto inDay = int(moment.ms - days * DayMs);
    writeIsoDate(Date{qint32(days)}, text);
    text[10] = 'T';
    writeDigits(text + 11, inDay / 3600000, 2);
    text[13] = ':';
    writeDigits(text + 14, inDay / 60000 % 60, 2);
    text[16] = ':';
    writeDigits(text + 17, inDay / 1000 % 60, 2);
    text[19] = '.';
    writeDigits(text + 20, inDay % 1000, 3);
    text[23] = 'Z';
    return IsoMomentLength;
}

std::optional<Moment> readIsoMoment(QStringView text)
{
    const int hour = digitsAt(text, 11, 2);
    const int minute = digitsAt(text, 14, 2);
    const bool hasSeconds = text.size() >= 20;
    const bool hasMs = text.size() == 24;
    const int second = hasSeconds ? digitsAt(text, 17, 2) : 0;
    const int ms = hasMs ? digitsAt(text, 20, 3) : 0;
    const bool isShaped = (text.size() == 17 || text.size() == 20 || hasMs) && text[4] == u'-'
        && text[7] == u'-' && text[10] == u'T' && text[13] == u':'
        && (!hasSeconds || text[16] == u':') && (!hasMs || text[19] == u'.') && text.back() == u'Z';
    if (!isShaped || hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59
        || ms < 0) {
        return std::nullopt;
    }
    const QDate date(digitsAt(text, 0, 4), digitsAt(text, 5, 2), digitsAt(text, 8, 2));
    if (!date.isValid() || date.year() < 1) {
        return std::nullopt;
    }
    const qint64 days = date.toJulianDay() - UnixEpochJulianDay;
    return Moment{days * DayMs + ((hour * 60 + minute) * 60 + second) * qint64(1000) + ms};
}

} // namespace casebase
