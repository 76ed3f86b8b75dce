// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/formula/Units.h"

#include <QHash>

namespace casebase {

namespace {

qint64 lengthMs(Unit unit)
{
    switch (unit) {
    case Unit::Milliseconds:
        return 1;
    case Unit::Seconds:
        return 1000;
    case Unit::Minutes:
        return 60 * 1000;
    case Unit::Hours:
        return 3600 * 1000;
    default:
        break;
    }
    return 0;
}

int months(Unit unit)
{
    return unit == Unit::Years ? 12 : unit == Unit::Quarters ? 3 : unit == Unit::Months ? 1 : 0;
}

int days(Unit unit)
{
    return unit == Unit::Weeks ? 7 : unit == Unit::Days ? 1 : 0;
}

} // namespace

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
    QString singular = name.trimmed().toLower();
    if (singular.size() > 2 && singular.endsWith(u's')) {
        singular.chop(1);
    }
    return name.trimmed() == QLatin1String("M") ? Unit::Months
                                                : units.value(singular, Unit::Unknown);
}

QDateTime addUnits(const QDateTime &from, qint64 count, Unit unit)
{
    constexpr qint64 Limit = 10000000;
    if (unit == Unit::Unknown || std::abs(count) > Limit * (lengthMs(unit) == 1 ? 1000000 : 1000)) {
        return {};
    }
    if (const qint64 length = lengthMs(unit)) {
        return from.addMSecs(count * length);
    }
    const qint64 steps = std::clamp(count, -Limit, Limit);
    return days(unit) ? from.addDays(steps * days(unit))
                      : from.addMonths(int(steps) * months(unit));
}

qint64 wholeUnits(const QDateTime &from, const QDateTime &to, Unit unit)
{
    if (const qint64 length = lengthMs(unit)) {
        return from.msecsTo(to) / length;
    }
    if (const int length = days(unit)) {
        // Days by the clock on the wall: one that lost an hour to summer time is a day.
        qint64 whole = from.date().daysTo(to.date());
        if (whole > 0 && from.time() > to.time()) {
            --whole;
        } else if (whole < 0 && from.time() < to.time()) {
            ++whole;
        }
        return whole / length;
    }
    int whole =
        (to.date().year() - from.date().year()) * 12 + to.date().month() - from.date().month();
    if (whole > 0 && from.addMonths(whole) > to) {
        --whole;
    } else if (whole < 0 && from.addMonths(whole) < to) {
        ++whole;
    }
    return months(unit) ? whole / months(unit) : 0;
}

} // namespace casebase
