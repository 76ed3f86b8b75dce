// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/formula/FormulaValue.h"

#include "shared/field/DateFields.h"

#include <cmath>

namespace casebase {

namespace {

template <class T> int threeWay(const T &a, const T &b)
{
    return a < b ? -1 : b < a ? 1 : 0;
}

bool isEmptyText(const FormulaValue &value)
{
    const auto *text = std::get_if<QString>(&value);
    return text && text->isEmpty();
}

bool isMoment(const FormulaValue &value)
{
    return std::holds_alternative<Moment>(value) || std::holds_alternative<Moving>(value);
}

/// When a clock that is so far ahead next begins a minute, an hour or another grain, in local time.
qint64 nextGrain(const FormulaRun &run, qint64 offsetMs, qint64 grainMs)
{
    const QDateTime local = toQDateTime(Moment{run.nowMs + offsetMs}, run.zone);
    if (grainMs >= DayMs) {
        return local.date().addDays(1).startOfDay(run.zone).toMSecsSinceEpoch() - offsetMs;
    }
    const qint64 inGrain = local.time().msecsSinceStartOfDay() % grainMs;
    return run.nowMs + grainMs - inGrain;
}

/// Now passes a moment that stands still, and is equal to it for a millisecond.
int compareMoments(const FormulaValue &a, const FormulaValue &b, FormulaRun &run)
{
    const auto *movingA = std::get_if<Moving>(&a);
    const auto *movingB = std::get_if<Moving>(&b);
    if (movingA && movingB) {
        return threeWay(movingA->offsetMs, movingB->offsetMs);
    }
    if (movingB) {
        return -compareMoments(b, a, run);
    }
    const auto fixed = asMoment(b, run);
    if (!movingA) {
        const auto left = asMoment(a, run);
        return left && fixed ? threeWay(*left, *fixed) : left ? 1 : fixed ? -1 : 0;
    }
    if (!fixed) {
        return 1;
    }
    const qint64 meeting = fixed->ms - movingA->offsetMs;
    if (run.nowMs <= meeting) {
        run.holdsUntil(run.nowMs < meeting ? meeting : meeting + 1);
    }
    return threeWay(run.nowMs, meeting);
}

} // namespace

bool isFault(const FormulaValue &value)
{
    return std::holds_alternative<Fault>(value);
}

bool isBlank(const FormulaValue &value)
{
    if (const auto *text = std::get_if<QString>(&value)) {
        return text->isEmpty();
    }
    if (const auto *list = std::get_if<FormulaList>(&value)) {
        return std::all_of(list->cbegin(), list->cend(), isBlank);
    }
    return std::holds_alternative<Empty>(value);
}

bool isTrue(const FormulaValue &value)
{
    if (const auto *on = std::get_if<bool>(&value)) {
        return *on;
    }
    if (const auto *number = std::get_if<double>(&value)) {
        return *number != 0;
    }
    return isMoment(value) || !(isFault(value) || isBlank(value));
}

QString asText(const FormulaValue &value, FormulaRun &run)
{
    if (const auto *text = std::get_if<QString>(&value)) {
        return *text;
    }
    if (const auto *number = std::get_if<double>(&value)) {
        return numberText(*number);
    }
    if (const auto *on = std::get_if<bool>(&value)) {
        return *on ? QStringLiteral("1") : QStringLiteral("0");
    }
    if (const auto moment = isMoment(value) ? asMoment(value, run) : std::nullopt) {
        return toQDateTime(*moment, run.zone).toString(QStringLiteral("yyyy-MM-dd HH:mm"));
    }
    if (const auto *list = std::get_if<FormulaList>(&value)) {
        QStringList texts;
        for (const FormulaValue &item : *list) {
            texts += asText(item, run);
        }
        return texts.join(QLatin1String(", "));
    }
    const auto *fault = std::get_if<Fault>(&value);
    return fault ? faultCode(*fault) : QString();
}

QString numberText(double number)
{
    const double size = std::abs(number);
    if (size != 0 && (size >= 1e15 || size < 1e-6)) {
        return QString::number(number, 'g', 15);
    }
    const QString exact = QString::number(number, 'g', 15);
    if (!exact.contains(u'e')) {
        return exact;
    }
    QString plain = QString::number(number, 'f', 20);
    while (plain.endsWith(u'0')) {
        plain.chop(1);
    }
    return plain;
}

std::optional<double> asNumber(const FormulaValue &value)
{
    if (const auto *number = std::get_if<double>(&value)) {
        return *number;
    }
    if (const auto *on = std::get_if<bool>(&value)) {
        return *on ? 1 : 0;
    }
    if (const auto *text = std::get_if<QString>(&value)) {
        return text->isEmpty() ? 0.0 : parseNumber(*text, QLocale::c());
    }
    if (const auto *list = std::get_if<FormulaList>(&value)) {
        return list->isEmpty()  ? std::optional(0.0)
            : list->size() == 1 ? asNumber(list->first())
                                : std::nullopt;
    }
    return std::holds_alternative<Empty>(value) ? std::optional(0.0) : std::nullopt;
}

std::optional<Moment> asMoment(const FormulaValue &value, FormulaRun &run, qint64 grainMs)
{
    if (const auto *moment = std::get_if<Moment>(&value)) {
        return *moment;
    }
    if (const auto *moving = std::get_if<Moving>(&value)) {
        run.holdsUntil(nextGrain(run, moving->offsetMs, grainMs));
        return Moment{run.nowMs + moving->offsetMs};
    }
    if (const auto *text = std::get_if<QString>(&value)) {
        static const People nobody;
        if (std::none_of(text->cbegin(), text->cend(), [](QChar c) { return c.isDigit(); })) {
            run.holdsUntil(nextGrain(run, 0, DayMs)); // "tomorrow" is another day then.
        }
        return parseMoment(*text, {nobody, QLocale::c(), run.zone, run.nowMs});
    }
    if (const auto *list = std::get_if<FormulaList>(&value); list && list->size() == 1) {
        return asMoment(list->first(), run, grainMs);
    }
    return std::nullopt;
}

int compareValues(const FormulaValue &a, const FormulaValue &b, FormulaRun &run)
{
    if (isMoment(a) || isMoment(b)) {
        return compareMoments(a, b, run);
    }
    const bool numeric = std::holds_alternative<double>(a) || std::holds_alternative<bool>(a)
        || std::holds_alternative<double>(b) || std::holds_alternative<bool>(b);
    if (numeric && !isEmptyText(a) && !isEmptyText(b)) {
        const auto left = asNumber(a);
        const auto right = asNumber(b);
        if (left && right) {
            return threeWay(*left, *right);
        }
    }
    return threeWay(asText(a, run), asText(b, run));
}

} // namespace casebase
