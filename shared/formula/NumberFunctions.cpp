// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/formula/Function.h"

#include <cmath>

namespace casebase {

namespace {

using Values = const FormulaValues &;
using Context = const CallContext &;

FormulaValue checked(double number)
{
    return std::isfinite(number) ? FormulaValue(number)
                                 : FormulaValue(FormulaError{QStringLiteral("#NUM!")});
}

/// Arguments that are no numbers make the result blank.
template <class Compute> FormulaValue unary(Values v, Compute compute)
{
    const auto number = asNumber(v[0]);
    return number ? checked(compute(*number)) : FormulaValue();
}

template <class Compute> FormulaValue binary(Values v, Compute compute)
{
    const auto left = asNumber(v[0]);
    const auto right = asNumber(v[1]);
    return left && right ? checked(compute(*left, *right)) : FormulaValue();
}

/// Rounds in decimal: 65.115 to two places is 65.12, though its binary form lies below.
template <class Rounding> FormulaValue rounded(Values v, Rounding rounding)
{
    const double places = v.size() > 1 ? asNumber(v[1]).value_or(0) : 0;
    const double scale = std::pow(10.0, std::trunc(places));
    return unary(v, [&](double number) {
        const double scaled = number * scale;
        const double nearest = std::round(scaled * 1e6) / 1e6;
        return rounding(std::abs(scaled) < 1e9 ? nearest : scaled) / scale;
    });
}

double awayFromZero(double number)
{
    return number < 0 ? std::floor(number) : std::ceil(number);
}

template <class Fold> FormulaValue folded(Values v, Fold fold)
{
    std::optional<double> result;
    for (const FormulaValue &value : v) {
        const auto number = std::holds_alternative<Empty>(value) ? std::nullopt : asNumber(value);
        if (number) {
            result = result ? fold(*result, *number) : *number;
        }
    }
    return result ? checked(*result) : FormulaValue(0.0);
}

FormulaValue average(Values v, Context)
{
    double sum = 0;
    int count = 0;
    for (const FormulaValue &value : v) {
        const auto number = std::holds_alternative<Empty>(value) ? std::nullopt : asNumber(value);
        sum += number.value_or(0);
        count += number ? 1 : 0;
    }
    return count ? checked(sum / count) : FormulaValue(FormulaError{QStringLiteral("#DIV/0!")});
}

} // namespace

QList<Function> numberFunctions()
{
    return {
        {"+", 2, 2, false,
            [](Values v, Context) { return binary(v, [](double a, double b) { return a + b; }); }},
        {"-", 2, 2, false,
            [](Values v, Context) { return binary(v, [](double a, double b) { return a - b; }); }},
        {"*", 2, 2, false,
            [](Values v, Context) { return binary(v, [](double a, double b) { return a * b; }); }},
        {"/", 2, 2, false,
            [](Values v, Context) {
                if (asNumber(v[1]) == 0.0) {
                    return FormulaValue(FormulaError{QStringLiteral("#DIV/0!")});
                }
                return binary(v, [](double a, double b) { return a / b; });
            }},
        {"NEGATE", 1, 1, false,
            [](Values v, Context) { return unary(v, [](double a) { return -a; }); }},
        {"ABS", 1, 1, false,
            [](Values v, Context) { return unary(v, [](double a) { return std::abs(a); }); }},
        {"INT", 1, 1, false,
            [](Values v, Context) { return unary(v, [](double a) { return std::floor(a); }); }},
        {"FLOOR", 1, 2, false,
            [](Values v, Context) {
                const double step = v.size() > 1 ? asNumber(v[1]).value_or(1) : 1;
                return unary(v, [&](double a) { return std::floor(a / step) * step; });
            }},
        {"CEILING", 1, 2, false,
            [](Values v, Context) {
                const double step = v.size() > 1 ? asNumber(v[1]).value_or(1) : 1;
                return unary(v, [&](double a) { return std::ceil(a / step) * step; });
            }},
        {"ROUND", 1, 2, false,
            [](Values v, Context) { return rounded(v, [](double a) { return std::round(a); }); }},
        {"ROUNDUP", 1, 2, false, [](Values v, Context) { return rounded(v, awayFromZero); }},
        {"ROUNDDOWN", 1, 2, false,
            [](Values v, Context) { return rounded(v, [](double a) { return std::trunc(a); }); }},
        {"SQRT", 1, 1, false,
            [](Values v, Context) { return unary(v, [](double a) { return std::sqrt(a); }); }},
        {"POWER", 2, 2, false,
            [](Values v, Context) {
                return binary(v, [](double a, double b) { return std::pow(a, b); });
            }},
        {"MOD", 2, 2, false,
            [](Values v, Context) {
                return binary(v, [](double a, double b) { return a - b * std::floor(a / b); });
            }},
        {"SUM", 1, -1, false,
            [](Values v, Context) { return folded(v, [](double a, double b) { return a + b; }); }},
        {"MIN", 1, -1, false,
            [](Values v, Context) {
                return folded(v, [](double a, double b) { return std::min(a, b); });
            }},
        {"MAX", 1, -1, false,
            [](Values v, Context) {
                return folded(v, [](double a, double b) { return std::max(a, b); });
            }},
        {"AVERAGE", 1, -1, false, average},
        {"VALUE", 1, 1, false,
            [](Values v, Context) {
                const auto number = asNumber(v[0]);
                return number ? FormulaValue(*number) : FormulaValue();
            }},
    };
}

} // namespace casebase
