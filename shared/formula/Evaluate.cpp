// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/field/DateFields.h"
#include "shared/formula/Expression.h"
#include "shared/formula/Function.h"

#include <algorithm>

namespace casebase {

namespace {

FormulaValue fieldValue(const TableData &table, Row row, const Field &field, const People &people,
    const FormulaContext &context)
{
    const Value value = table.value(row, field);
    if (isTypedNumber(field.kind)) {
        return isEmpty(value) ? FormulaValue() : std::get<double>(value);
    }
    switch (field.kind) {
    case FieldKind::Checkbox:
        return !isEmpty(value);
    case FieldKind::AutoNumber:
        if (field.prefix.isEmpty()) {
            return isEmpty(value) ? FormulaValue() : std::get<double>(value);
        }
        break;
    case FieldKind::Date:
        if (const auto *date = std::get_if<Date>(&value)) {
            return Moment{toQDate(*date).startOfDay(context.zone).toMSecsSinceEpoch()};
        }
        return {};
    case FieldKind::DateTime:
    case FieldKind::CreatedTime:
    case FieldKind::ModifiedTime: {
        const auto *moment = std::get_if<Moment>(&value);
        return moment ? FormulaValue(*moment) : FormulaValue();
    }
    default:
        break;
    }
    if (isEmpty(value)) {
        return {};
    }
    return fieldType(field.kind)
        .format(value, field, {people, QLocale::c(), context.zone, context.nowMs});
}

} // namespace

FormulaValue evaluate(const Expression &expression, const TableData &table, Row row,
    const People &people, const FormulaContext &context)
{
    switch (expression.kind) {
    case Expression::Kind::Literal:
        return expression.literal;
    case Expression::Kind::FieldValue: {
        const Field *field = table.definition().field(expression.field);
        return field ? fieldValue(table, row, *field, people, context) : FormulaValue();
    }
    case Expression::Kind::Call:
        break;
    }
    FormulaValues arguments;
    arguments.reserve(expression.arguments.size());
    for (const Expression &argument : expression.arguments) {
        arguments += evaluate(argument, table, row, people, context);
    }
    if (!expression.function->seesErrors) {
        const auto error = std::find_if(arguments.cbegin(), arguments.cend(), isError);
        if (error != arguments.cend()) {
            return *error;
        }
    }
    return expression.function->call(arguments, {context, table, row});
}

} // namespace casebase
