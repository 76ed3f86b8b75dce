// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/formula/Function.h"

#include <functional>

namespace casebase {

namespace {

using enum FormulaType;

template <class Compare> FormulaValue compared(Arguments &v, CallContext &c)
{
    return Compare()(compareValues(v[0], v[1], c.run), 0);
}

FormulaValue chosen(Arguments &v, CallContext &)
{
    if (isFault(v[0]) || isTrue(v[0])) {
        return isFault(v[0]) ? v[0] : v[1];
    }
    return v.size() > 2 ? v[2] : FormulaValue();
}

FormulaValue firstTrue(Arguments &v, CallContext &)
{
    for (qsizetype i = 0; i + 1 < v.size(); i += 2) {
        if (isFault(v[i]) || isTrue(v[i])) {
            return isFault(v[i]) ? v[i] : v[i + 1];
        }
    }
    return {};
}

FormulaValue switched(Arguments &v, CallContext &c)
{
    for (qsizetype i = 1; i + 1 < v.size() && !isFault(v[0]); i += 2) {
        if (isFault(v[i]) || compareValues(v[0], v[i], c.run) == 0) {
            return isFault(v[i]) ? v[i] : v[i + 1];
        }
    }
    return isFault(v[0]) ? v[0] : v.size() % 2 == 0 ? v.last() : FormulaValue();
}

qsizetype countTrue(Arguments &v)
{
    qsizetype count = 0;
    for (qsizetype i = 0; i < v.size(); ++i) {
        count += isTrue(v[i]) ? 1 : 0;
    }
    return count;
}

FormulaValue allTrue(Arguments &v, CallContext &)
{
    return countTrue(v) == v.size();
}

FormulaValue anyTrue(Arguments &v, CallContext &)
{
    return countTrue(v) > 0;
}

FormulaValue firstFilled(Arguments &v, CallContext &)
{
    for (qsizetype i = 0; i < v.size(); ++i) {
        if (!isBlank(v[i])) {
            return v[i];
        }
    }
    return {};
}

FormulaValue withNamed(Arguments &v, CallContext &c)
{
    const qsizetype outer = c.names.size();
    for (qsizetype i = 0; i + 1 < v.size(); ++i) {
        c.names.append(v[i]);
    }
    FormulaValue result = v.last();
    c.names.resize(outer);
    return result;
}

} // namespace

QList<Function> logicFunctions()
{
    return {
        {"=", "", 2, 2, Flag, compared<std::equal_to<>>, "", ""},
        {"!=", "", 2, 2, Flag, compared<std::not_equal_to<>>, "", ""},
        {"<", "", 2, 2, Flag, compared<std::less<>>, "", ""},
        {"<=", "", 2, 2, Flag, compared<std::less_equal<>>, "", ""},
        {">", "", 2, 2, Flag, compared<std::greater<>>, "", ""},
        {">=", "", 2, 2, Flag, compared<std::greater_equal<>>, "", ""},
        {"&&", "", 2, 2, Flag, allTrue, "", ""},
        {"||", "", 2, 2, Flag, anyTrue, "", ""},
        {"IF", "condition, value, [otherwise]", 2, 3, Any, chosen,
            QT_TRANSLATE_NOOP(
                "Function", "The value if the condition is true, otherwise the other one."),
            "IF({Amount}>1000,\"large\",\"small\")", true, Yields::ArgumentsFromSecond},
        {"IFS", "condition, value, …", 2, -1, Any, firstTrue,
            QT_TRANSLATE_NOOP("Function", "The value behind the first condition that is true."),
            "IFS({Score}>=90,\"A\",{Score}>=60,\"B\",TRUE(),\"C\")", true, Yields::EverySecond},
        {"SWITCH", "value, case, result, …, [otherwise]", 3, -1, Any, switched,
            QT_TRANSLATE_NOOP("Function", "The result behind the case that equals the value."),
            "SWITCH({State},\"open\",1,\"closed\",2,0)", true, Yields::EverySecond},
        {"AND", "condition, …", 1, -1, Flag, allTrue,
            QT_TRANSLATE_NOOP("Function", "True if all conditions are true."),
            "AND({Done},{Amount}>0)"},
        {"OR", "condition, …", 1, -1, Flag, anyTrue,
            QT_TRANSLATE_NOOP("Function", "True if one condition is true."),
            "OR({Urgent},{Amount}>1000)"},
        {"XOR", "condition, …", 1, -1, Flag,
            [](Arguments &v, CallContext &) { return FormulaValue(countTrue(v) % 2 == 1); },
            QT_TRANSLATE_NOOP("Function", "True if an odd number of conditions is true."),
            "XOR({A},{B})"},
        {"NOT", "condition", 1, 1, Flag,
            [](Arguments &v, CallContext &) { return FormulaValue(!isTrue(v[0])); },
            QT_TRANSLATE_NOOP("Function", "True if the condition is false."), "NOT({Done})"},
        {"TRUE", "", 0, 0, Flag, [](Arguments &, CallContext &) { return FormulaValue(true); },
            QT_TRANSLATE_NOOP("Function", "True."), "TRUE()"},
        {"FALSE", "", 0, 0, Flag, [](Arguments &, CallContext &) { return FormulaValue(false); },
            QT_TRANSLATE_NOOP("Function", "False."), "FALSE()"},
        {"BLANK", "", 0, 0, Blank, [](Arguments &, CallContext &) { return FormulaValue(); },
            QT_TRANSLATE_NOOP("Function", "No value: the cell stays empty."),
            "IF({Done},BLANK(),\"open\")"},
        {"IS_BLANK", "value", 1, 1, Flag,
            [](Arguments &v, CallContext &) { return FormulaValue(isBlank(v[0])); },
            QT_TRANSLATE_NOOP("Function", "True if there is no value."), "IS_BLANK({Due})"},
        {"IS_NOT_BLANK", "value", 1, 1, Flag,
            [](Arguments &v, CallContext &) { return FormulaValue(!isBlank(v[0])); },
            QT_TRANSLATE_NOOP("Function", "True if there is a value."), "IS_NOT_BLANK({Due})"},
        {"COALESCE", "value, …", 1, -1, Any, firstFilled,
            QT_TRANSLATE_NOOP("Function", "The first value that is not blank."),
            "COALESCE({Nickname},{Name})", true, Yields::Arguments},
        {"ERROR", "[reason]", 0, 1, Blank,
            [](Arguments &, CallContext &) { return FormulaValue(Fault::Error); },
            QT_TRANSLATE_NOOP("Function", "An error, shown in the cell."),
            "IF({Amount}<0,ERROR(),{Amount})", true},
        {"IS_ERROR", "value", 1, 1, Flag,
            [](Arguments &v, CallContext &) { return FormulaValue(isFault(v[0])); },
            QT_TRANSLATE_NOOP("Function", "True if the value is an error."), "IS_ERROR({A}/{B})",
            true},
        {"IFERROR", "value, otherwise", 2, 2, Any,
            [](Arguments &v, CallContext &) { return isFault(v[0]) ? v[1] : v[0]; },
            QT_TRANSLATE_NOOP("Function", "The value, or the other one if it is an error."),
            "IFERROR({A}/{B},0)", true, Yields::Arguments},
        {"LET", "name, value, …, result", 1, -1, Any, withNamed,
            QT_TRANSLATE_NOOP(
                "Function", "Names values, so that the result can use each of them several times."),
            "LET(gross,{Price}*1.13,IF(gross>100,gross,100))", true, Yields::LastArgument},
    };
}

} // namespace casebase
