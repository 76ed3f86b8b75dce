// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/formula/Expression.h"

namespace casebase {

namespace {

FormulaType merged(FormulaType a, FormulaType b)
{
    const auto isTime = [](FormulaType type) {
        return type == FormulaType::Date || type == FormulaType::DateTime;
    };
    return a == b || b == FormulaType::Blank ? a
        : a == FormulaType::Blank            ? b
        : isTime(a) && isTime(b)             ? FormulaType::DateTime
                                             : FormulaType::Any;
}

/// Units of which adding some to a date gives a date again.
bool isWholeDays(const Expression &unit)
{
    const auto *text = std::get_if<QString>(&unit.literal);
    static const QStringList parts{QStringLiteral("h"), QStringLiteral("m"), QStringLiteral("s"),
        QStringLiteral("ms"), QStringLiteral("hour"), QStringLiteral("minute"),
        QStringLiteral("second"), QStringLiteral("millisecond")};
    if (unit.kind != Expression::Kind::Literal || !text) {
        return false;
    }
    const QString singular =
        text->size() > 2 && text->endsWith(u's') ? text->chopped(1).toLower() : text->toLower();
    return *text == QLatin1String("M") || !parts.contains(singular);
}

} // namespace

FormulaType resultType(const Function &function, const QList<Expression> &arguments)
{
    FormulaType type = FormulaType::Blank;
    const auto add = [&](qsizetype i) { type = merged(type, arguments[i].type); };
    const qsizetype count = arguments.size();
    switch (function.yields) {
    case Yields::Own:
        return function.type;
    case Yields::ArgumentsFromSecond:
        for (qsizetype i = 1; i < count; ++i) {
            add(i);
        }
        return type;
    case Yields::EverySecond: {
        // IFS: condition, value, …; SWITCH: what, case, value, …, [otherwise].
        const bool isSwitch = std::string_view(function.name) == "SWITCH";
        for (qsizetype i = isSwitch ? 2 : 1; i < count; i += 2) {
            add(i);
        }
        if (isSwitch && count % 2 == 0) {
            add(count - 1);
        }
        return type;
    }
    case Yields::Arguments:
        for (qsizetype i = 0; i < count; ++i) {
            add(i);
        }
        return type;
    case Yields::LastArgument:
        return arguments.last().type;
    case Yields::Extreme:
        for (qsizetype i = 0; i < count; ++i) {
            add(i);
        }
        return type == FormulaType::Date || type == FormulaType::DateTime ? type
                                                                          : FormulaType::Number;
    case Yields::Second:
        return arguments[0].isSingleLink ? arguments[1].type : FormulaType::List;
    case Yields::Third:
        return arguments[2].type;
    case Yields::ThirdOrLast:
        return count > 3 ? merged(arguments[2].type, arguments[3].type) : arguments[2].type;
    case Yields::Rolled: {
        const auto *name = std::get_if<QString>(&arguments[2].literal);
        return name && name->compare(QLatin1String("concatenate"), Qt::CaseInsensitive) == 0
            ? FormulaType::Text
            : FormulaType::Number;
    }
    case Yields::Shifted:
        return arguments[0].type == FormulaType::Date && (count < 3 || isWholeDays(arguments[2]))
            ? FormulaType::Date
            : FormulaType::DateTime;
    }
    return FormulaType::Any;
}

} // namespace casebase
