// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/formula/FormulaValue.h"

#include "shared/field/DateFields.h"

namespace casebase {

namespace {

template <class T> int threeWay(const T &a, const T &b)
{
    return a < b ? -1 : b < a ? 1 : 0;
}

} // namespace

bool isError(const FormulaValue &value)
{
    return std::holds_alternative<FormulaError>(value);
}

bool isTrue(const FormulaValue &value)
{
    if (const auto *on = std::get_if<bool>(&value)) {
        return *on;
    }
    if (const auto *number = std::get_if<double>(&value)) {
        return *number != 0;
    }
    if (const auto *text = std::get_if<QString>(&value)) {
        return !text->isEmpty();
    }
    return std::holds_alternative<Moment>(value);
}

QString asText(const FormulaValue &value, const FormulaContext &context)
{
    if (const auto *text = std::get_if<QString>(&value)) {
        return *text;
    }
    if (const auto *number = std::get_if<double>(&value)) {
        return QString::number(*number, 'g', 15);
    }
    if (const auto *on = std::get_if<bool>(&value)) {
        return *on ? QStringLiteral("1") : QStringLiteral("0");
    }
    if (const auto *moment = std::get_if<Moment>(&value)) {
        return toQDateTime(*moment, context.zone).toString(QStringLiteral("yyyy-MM-dd HH:mm"));
    }
    const auto *error = std::get_if<FormulaError>(&value);
    return error ? error->code : QString();
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
        return parseNumber(*text, QLocale::c());
    }
    return std::holds_alternative<Empty>(value) ? std::optional(0.0) : std::nullopt;
}

std::optional<Moment> asMoment(const FormulaValue &value, const FormulaContext &context)
{
    if (const auto *moment = std::get_if<Moment>(&value)) {
        return *moment;
    }
    if (const auto *text = std::get_if<QString>(&value)) {
        static const People nobody;
        return parseMoment(*text, {nobody, QLocale::c(), context.zone, context.nowMs});
    }
    return std::nullopt;
}

int compareValues(const FormulaValue &a, const FormulaValue &b, const FormulaContext &context)
{
    if (std::holds_alternative<Moment>(a) || std::holds_alternative<Moment>(b)) {
        const auto left = asMoment(a, context);
        const auto right = asMoment(b, context);
        if (left && right) {
            return threeWay(*left, *right);
        }
        return left ? 1 : right ? -1 : 0;
    }
    const bool numeric = std::holds_alternative<double>(a) || std::holds_alternative<bool>(a)
        || std::holds_alternative<double>(b) || std::holds_alternative<bool>(b);
    if (numeric) {
        const auto left = asNumber(a);
        const auto right = asNumber(b);
        if (left && right) {
            return threeWay(*left, *right);
        }
    }
    return threeWay(asText(a, context), asText(b, context));
}

} // namespace casebase
