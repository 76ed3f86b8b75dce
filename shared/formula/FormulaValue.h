// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/value/Value.h"

#include <QTimeZone>

namespace casebase {

/// Something that went wrong while computing: a value, so that it shows where it happened.
struct FormulaError {
    QString code; ///< Such as #DIV/0!
    friend bool operator==(const FormulaError &, const FormulaError &) = default;
};

/// What an expression yields.
using FormulaValue = std::variant<Empty, bool, double, QString, Moment, FormulaError>;

/// What an expression depends on besides the record.
struct FormulaContext {
    qint64 nowMs = 0;
    QTimeZone zone = QTimeZone::utc();
};

bool isError(const FormulaValue &value);
/// Zero, empty text, unchecked and blank are false; errors are false.
bool isTrue(const FormulaValue &value);
QString asText(const FormulaValue &value, const FormulaContext &context);
/// Blank is 0, text is the number that it holds, and nothing if it holds none.
std::optional<double> asNumber(const FormulaValue &value);
std::optional<Moment> asMoment(const FormulaValue &value, const FormulaContext &context);
/// Below, equal, above zero; blank equals zero, empty text and unchecked.
int compareValues(const FormulaValue &a, const FormulaValue &b, const FormulaContext &context);

} // namespace casebase
