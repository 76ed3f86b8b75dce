// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/value/Value.h"

#include <QTimeZone>

#include <limits>

namespace casebase {

/// A moment that moves with the clock: so long after now.
struct Moving {
    qint64 offsetMs = 0;
    friend bool operator==(const Moving &, const Moving &) = default;
};

class Asker;
class KeyFinder;
class Tables;
struct FormulaValue;
using FormulaList = QList<FormulaValue>;

/// What an expression yields.
struct FormulaValue
    : std::variant<Empty, bool, double, QString, Moment, Moving, Fault, FormulaList> {
    using variant::variant;
};

/// What an expression depends on besides the record.
struct FormulaContext {
    qint64 nowMs = 0;
    QTimeZone zone = QTimeZone::utc();
    const Tables *tables = nullptr; ///< For those who follow links; borrowed.
    Asker *asker = nullptr; ///< For functions that depend on who asks; borrowed.
    KeyFinder *finder = nullptr; ///< For who looks up many keys that the tables keep no index of.
};

/// One evaluation: what it depends on, what it may still cost, and until when its result holds.
struct FormulaRun : FormulaContext {
    static constexpr int StepLimit = 100000;
    static constexpr qint64 Always = std::numeric_limits<qint64>::max();

    explicit FormulaRun(const FormulaContext &context)
        : FormulaContext(context)
    {
    }
    /// The result may be another one from that time on.
    void holdsUntil(qint64 ms) { untilMs = std::min(untilMs, ms > nowMs ? ms : nowMs + 1); }
    /// Takes what handling so many characters costs; false once nothing is left.
    bool spend(qsizetype characters) { return (steps -= 1 + int(characters / 64)) >= 0; }

    qint64 untilMs = Always;
    int steps = StepLimit;
};

constexpr qint64 SecondMs = 1000;
constexpr qint64 MinuteMs = 60 * SecondMs;
constexpr qint64 HourMs = 60 * MinuteMs;
constexpr qint64 DayMs = 24 * HourMs;

bool isFault(const FormulaValue &value);
/// No value, no text, no item.
bool isBlank(const FormulaValue &value);
/// Zero, empty text, unchecked and blank are false; so are faults.
bool isTrue(const FormulaValue &value);
/// Text as it shows in another text: moments to the minute, items of a list with commas.
QString asText(const FormulaValue &value, FormulaRun &run);
/// Blank is 0, text is the number that it holds, a list of one is its item; nothing for the rest.
std::optional<double> asNumber(const FormulaValue &value);
/// A moment, or a text that says one. One that moves stands for now, and holds for `grainMs`.
std::optional<Moment> asMoment(
    const FormulaValue &value, FormulaRun &run, qint64 grainMs = MinuteMs);
/// Below, equal, above zero. Blank equals zero, empty text and unchecked; zero and empty text
/// differ.
int compareValues(const FormulaValue &a, const FormulaValue &b, FormulaRun &run);
/// The number as people write it, 15 digits, without an exponent where that is readable.
QString numberText(double number);

} // namespace casebase
