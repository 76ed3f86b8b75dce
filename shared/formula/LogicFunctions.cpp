// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/formula/Function.h"

#include <algorithm>

namespace casebase {

namespace {

using Values = const FormulaValues &;
using Context = const CallContext &;

template <class Compare> FormulaValue compared(Values v, Context c, Compare compare)
{
    return compare(compareValues(v[0], v[1], c.formula), 0);
}

FormulaValue chosen(Values v, Context c)
{
    for (qsizetype i = 1; i + 1 < v.size(); i += 2) {
        if (compareValues(v[0], v[i], c.formula) == 0) {
            return v[i + 1];
        }
    }
    return v.size() % 2 == 0 ? v.last() : FormulaValue();
}

} // namespace

QList<Function> logicFunctions()
{
    return {
        {"=", 2, 2, false, [](Values v, Context c) { return compared(v, c, std::equal_to<>()); }},
        {"!=", 2, 2, false,
            [](Values v, Context c) { return compared(v, c, std::not_equal_to<>()); }},
        {"<", 2, 2, false, [](Values v, Context c) { return compared(v, c, std::less<>()); }},
        {"<=", 2, 2, false,
            [](Values v, Context c) { return compared(v, c, std::less_equal<>()); }},
        {">", 2, 2, false, [](Values v, Context c) { return compared(v, c, std::greater<>()); }},
        {">=", 2, 2, false,
            [](Values v, Context c) { return compared(v, c, std::greater_equal<>()); }},
        {"IF", 2, 3, true,
            [](Values v, Context) {
                return isError(v[0]) ? v[0]
                    : isTrue(v[0])   ? v[1]
                    : v.size() > 2   ? v[2]
                                     : FormulaValue();
            }},
        {"SWITCH", 3, -1, false, chosen},
        {"AND", 1, -1, false,
            [](Values v, Context) {
                return FormulaValue(std::all_of(v.cbegin(), v.cend(), isTrue));
            }},
        {"OR", 1, -1, false,
            [](Values v, Context) {
                return FormulaValue(std::any_of(v.cbegin(), v.cend(), isTrue));
            }},
        {"XOR", 1, -1, false,
            [](Values v, Context) {
                return FormulaValue(std::count_if(v.cbegin(), v.cend(), isTrue) % 2 == 1);
            }},
        {"NOT", 1, 1, false, [](Values v, Context) { return FormulaValue(!isTrue(v[0])); }},
        {"TRUE", 0, 0, false, [](Values, Context) { return FormulaValue(true); }},
        {"FALSE", 0, 0, false, [](Values, Context) { return FormulaValue(false); }},
        {"BLANK", 0, 0, false, [](Values, Context) { return FormulaValue(); }},
        {"IS_BLANK", 1, 1, false,
            [](Values v, Context c) { return FormulaValue(asText(v[0], c.formula).isEmpty()); }},
        {"ERROR", 0, 1, true,
            [](Values, Context) { return FormulaValue(FormulaError{QStringLiteral("#ERROR!")}); }},
        {"IS_ERROR", 1, 1, true, [](Values v, Context) { return FormulaValue(isError(v[0])); }},
        {"IFERROR", 2, 2, true, [](Values v, Context) { return isError(v[0]) ? v[1] : v[0]; }},
    };
}

} // namespace casebase
