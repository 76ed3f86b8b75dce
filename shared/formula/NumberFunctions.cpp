// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/formula/Function.h"

#include "shared/field/FieldType.h"

#include <cmath>

namespace casebase {

namespace {

using enum FormulaType;

FormulaValue checked(double number)
{
    // Minus zero would show as -0.
    return std::isfinite(number) ? FormulaValue(number + 0.0) : FormulaValue(Fault::NotANumber);
}

/// Arguments that are no numbers make the result blank.
template <class Compute> FormulaValue unary(Arguments &v, Compute compute)
{
    const auto number = v.number(0);
    return number ? checked(compute(*number)) : FormulaValue();
}

template <class Compute> FormulaValue binary(Arguments &v, Compute compute)
{
    const auto left = v.number(0);
    const auto right = v.number(1);
    return left && right ? checked(compute(*left, *right)) : FormulaValue();
}

template <class Compute> FormulaValue divided(Arguments &v, Compute compute)
{
    return v.number(0) && v.number(1) == 0.0 ? FormulaValue(Fault::DivideByZero)
                                             : binary(v, compute);
}

/// The nearest number of 15 decimal digits: 65.115 × 100 is 6511.5, though its binary form lies
/// below.
double decimal(double number)
{
    return QByteArray::number(number, 'g', 15).toDouble();
}

/// Rounds in decimal, to places that may be negative.
template <class Rounding> FormulaValue rounded(Arguments &v, Rounding rounding)
{
    const double places = std::clamp(std::trunc(v.number(1).value_or(0)), -300.0, 300.0);
    return unary(v, [&](double number) {
        const double scale = std::pow(10.0, std::abs(places));
        const double scaled = places < 0 ? number / scale : number * scale;
        if (!std::isfinite(scaled)) {
            return number; // It has no digits so far behind the point.
        }
        const double whole = rounding(decimal(scaled));
        return places < 0 ? whole * scale : whole / scale;
    });
}

/// To a multiple of the second argument.
template <class Rounding> FormulaValue stepped(Arguments &v, Rounding rounding)
{
    const double step = v.size() > 1 ? std::abs(v.number(1).value_or(1)) : 1;
    return unary(v, [&](double number) {
        return step == 0 ? 0 : decimal(rounding(decimal(number / step)) * step);
    });
}

double awayFromZero(double number)
{
    return number < 0 ? std::floor(number) : std::ceil(number);
}

/// Away from zero to the next whole number that leaves that rest on division by two.
double toParity(double number, double rest)
{
    const double whole = awayFromZero(decimal(number));
    return std::abs(std::fmod(whole, 2)) == rest ? whole : whole + (number < 0 ? -1 : 1);
}

double modulo(double a, double b)
{
    return a - b * std::floor(a / b);
}

FormulaValue logarithm(Arguments &v, CallContext &)
{
    const double base = v.size() > 1 ? v.number(1).value_or(0) : 10;
    return unary(v, [base](double number) { return decimal(std::log(number) / std::log(base)); });
}

/// The number in a text: all of it, or the first that stands in it.
FormulaValue numberIn(Arguments &v, CallContext &)
{
    if (const auto number = v.number(0)) {
        return isBlank(v[0]) ? FormulaValue() : *number;
    }
    const QString text = v.text(0);
    qsizetype from = 0;
    while (from < text.size() && !(text[from] >= u'0' && text[from] <= u'9')) {
        ++from;
    }
    qsizetype to = from;
    while (to < text.size() && ((text[to] >= u'0' && text[to] <= u'9') || text[to] == u'.')) {
        ++to;
    }
    if (from == to) {
        return {};
    }
    const bool isNegative = from > 0 && (text[from - 1] == u'-' || text[from - 1] == u'−');
    bool ok = false;
    const double number = QStringView(text).mid(from, to - from).toDouble(&ok);
    return ok ? FormulaValue(isNegative ? -number : number) : FormulaValue();
}

/// A function of the standard library.
template <double (*Compute)(double)> FormulaValue computed(Arguments &v, CallContext &)
{
    return unary(v, Compute);
}

} // namespace

QList<Function> numberFunctions()
{
    return {
        {"+", "", 2, 2, Number,
            [](Arguments &v, CallContext &) { return binary(v, std::plus<>()); }, "", ""},
        {"-", "", 2, 2, Number,
            [](Arguments &v, CallContext &) { return binary(v, std::minus<>()); }, "", ""},
        {"*", "", 2, 2, Number,
            [](Arguments &v, CallContext &) { return binary(v, std::multiplies<>()); }, "", ""},
        {"/", "", 2, 2, Number,
            [](Arguments &v, CallContext &) { return divided(v, std::divides<>()); }, "", ""},
        {"%", "", 2, 2, Number, [](Arguments &v, CallContext &) { return divided(v, modulo); }, "",
            ""},
        {"^", "", 2, 2, Number,
            [](Arguments &v, CallContext &) {
                return binary(v, [](double a, double b) { return std::pow(a, b); });
            },
            "", ""},
        {"NEGATE", "", 1, 1, Number,
            [](Arguments &v, CallContext &) { return unary(v, std::negate<>()); }, "", ""},
        {"ABS", "number", 1, 1, Number, computed<std::abs>,
            QT_TRANSLATE_NOOP("Function", "The number without its sign."), "ABS({Difference})"},
        {"SIGN", "number", 1, 1, Number,
            [](Arguments &v, CallContext &) {
                return unary(v, [](double a) { return a > 0 ? 1.0 : a < 0 ? -1.0 : 0.0; });
            },
            QT_TRANSLATE_NOOP("Function", "1, 0 or -1, as the number is above, at or below zero."),
            "SIGN({Difference})"},
        {"INT", "number", 1, 1, Number, computed<std::floor>,
            QT_TRANSLATE_NOOP(
                "Function", "The greatest whole number that is not above the number."),
            "INT(-3.14)"},
        {"FLOOR", "number, [step]", 1, 2, Number,
            [](Arguments &v, CallContext &) {
                return stepped(v, [](double a) { return std::floor(a); });
            },
            QT_TRANSLATE_NOOP("Function", "Rounds down to a multiple of the step."),
            "FLOOR(7.3,0.5)"},
        {"CEILING", "number, [step]", 1, 2, Number,
            [](Arguments &v, CallContext &) {
                return stepped(v, [](double a) { return std::ceil(a); });
            },
            QT_TRANSLATE_NOOP("Function", "Rounds up to a multiple of the step."),
            "CEILING(7.3,0.5)"},
        {"EVEN", "number", 1, 1, Number,
            [](Arguments &v, CallContext &) {
                return unary(v, [](double a) { return toParity(a, 0); });
            },
            QT_TRANSLATE_NOOP("Function", "Rounds away from zero to an even number."),
            "EVEN(2.14)"},
        {"ODD", "number", 1, 1, Number,
            [](Arguments &v, CallContext &) {
                return unary(v, [](double a) { return toParity(a, 1); });
            },
            QT_TRANSLATE_NOOP("Function", "Rounds away from zero to an odd number."), "ODD(-2.14)"},
        {"ROUND", "number, [places]", 1, 2, Number,
            [](Arguments &v, CallContext &) {
                return rounded(v, [](double a) { return std::round(a); });
            },
            QT_TRANSLATE_NOOP("Function", "Rounds to so many places, half away from zero."),
            "ROUND(65.115,2)"},
        {"ROUNDUP", "number, [places]", 1, 2, Number,
            [](Arguments &v, CallContext &) { return rounded(v, awayFromZero); },
            QT_TRANSLATE_NOOP("Function", "Rounds away from zero to so many places."),
            "ROUNDUP(3.141,2)"},
        {"ROUNDDOWN", "number, [places]", 1, 2, Number,
            [](Arguments &v, CallContext &) {
                return rounded(v, [](double a) { return std::trunc(a); });
            },
            QT_TRANSLATE_NOOP("Function", "Rounds toward zero to so many places."),
            "ROUNDDOWN(-3.15)"},
        {"SQRT", "number", 1, 1, Number, computed<std::sqrt>,
            QT_TRANSLATE_NOOP("Function", "The square root."), "SQRT(81)"},
        {"POWER", "base, exponent", 2, 2, Number,
            [](Arguments &v, CallContext &) {
                return binary(v, [](double a, double b) { return std::pow(a, b); });
            },
            QT_TRANSLATE_NOOP("Function", "The base to the power of the exponent."), "POWER(2,10)"},
        {"EXP", "number", 1, 1, Number, computed<std::exp>,
            QT_TRANSLATE_NOOP("Function", "e to the power of the number."), "EXP(1)"},
        {"LN", "number", 1, 1, Number, computed<std::log>,
            QT_TRANSLATE_NOOP("Function", "The natural logarithm."), "LN(10)"},
        {"LOG", "number, [base]", 1, 2, Number, logarithm,
            QT_TRANSLATE_NOOP("Function", "The logarithm to the base, which is 10 if left out."),
            "LOG(81,3)"},
        {"LG", "number", 1, 1, Number, computed<std::log10>,
            QT_TRANSLATE_NOOP("Function", "The logarithm to base 10."), "LG(1000)"},
        {"PI", "", 0, 0, Number,
            [](Arguments &, CallContext &) { return FormulaValue(std::acos(-1.0)); },
            QT_TRANSLATE_NOOP("Function", "The ratio of a circle's circumference to its diameter."),
            "PI()"},
        {"MOD", "number, divisor", 2, 2, Number,
            [](Arguments &v, CallContext &) { return divided(v, modulo); },
            QT_TRANSLATE_NOOP("Function", "The rest of a division, with the sign of the divisor."),
            "MOD(-5,2)"},
        {"VALUE", "text", 1, 1, Number, numberIn,
            QT_TRANSLATE_NOOP("Function", "The number that stands in a text."),
            "VALUE(\"RMA 456.5\")"},
    };
}

} // namespace casebase
