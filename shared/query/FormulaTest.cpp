// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/query/FormulaTest.h"

#include "shared/field/FieldType.h"
#include "shared/formula/Function.h"
#include "shared/query/ColumnTest.h"

namespace casebase {

namespace {

constexpr std::string_view Comparisons[] = {"=", "!=", "<", "<=", ">", ">="};

bool isNamed(const Expression &expression, std::string_view name)
{
    return expression.kind == Expression::Kind::Call && name == expression.function->name;
}

bool isComparison(const Expression &expression)
{
    return std::any_of(std::begin(Comparisons), std::end(Comparisons),
        [&](std::string_view name) { return isNamed(expression, name); });
}

/// Can it yield an error? Then OR and NOT of it are not what they are of its truth.
bool mayFail(const Expression &expression)
{
    if (expression.kind != Expression::Kind::Call) {
        return isError(expression.literal);
    }
    const bool isLogic = isComparison(expression) || isNamed(expression, "AND")
        || isNamed(expression, "OR") || isNamed(expression, "NOT");
    return !isLogic
        || std::any_of(expression.arguments.cbegin(), expression.arguments.cend(), mayFail);
}

/// A comparison of one field with one constant.
struct Comparison {
    const Function *function;
    const Field *field;
    FormulaValue constant;
    bool isFieldFirst;

    bool holds(
        const FormulaValue &value, const TableData &table, const FormulaContext &context) const
    {
        const FormulaValues arguments =
            isFieldFirst ? FormulaValues{value, constant} : FormulaValues{constant, value};
        return isTrue(function->call(arguments, {context, table, 0}));
    }
};

std::optional<Comparison> comparisonOf(const Expression &expression, const TableData &table)
{
    if (!isComparison(expression) || expression.arguments.size() != 2) {
        return std::nullopt;
    }
    using Kind = Expression::Kind;
    const Expression &left = expression.arguments[0];
    const Expression &right = expression.arguments[1];
    const bool isFieldFirst = left.kind == Kind::FieldValue && right.kind == Kind::Literal;
    const bool isFieldLast = left.kind == Kind::Literal && right.kind == Kind::FieldValue;
    const Field *field = table.definition().field(isFieldFirst ? left.field
            : isFieldLast                                      ? right.field
                                                               : FieldId());
    const FormulaValue &constant = isFieldFirst ? right.literal : left.literal;
    if (!field || isError(constant)) {
        return std::nullopt;
    }
    return Comparison{expression.function, field, constant, isFieldFirst};
}

/// Rows whose value passes; empty ones as well if blank compares so.
RowTest withEmpties(RowTest test, const Comparison &comparison, const TableData &table,
    const FormulaContext &context)
{
    return comparison.holds(FormulaValue(), table, context)
        ? anyOf({std::move(test), inverseOf(filledTest(table, *comparison.field))})
        : test;
}

RowTest numberTest(const NumberColumn *column, const Comparison &comparison, double constant)
{
    const std::string_view name = comparison.function->name;
    const bool isFirst = comparison.isFieldFirst;
    if (name == "=") {
        return valueTest(column, [constant](double value) { return value == constant; });
    }
    if (name == "!=") {
        return valueTest(column, [constant](double value) { return value != constant; });
    }
    if (name == (isFirst ? "<" : ">")) {
        return valueTest(column, [constant](double value) { return value < constant; });
    }
    if (name == (isFirst ? "<=" : ">=")) {
        return valueTest(column, [constant](double value) { return value <= constant; });
    }
    if (name == (isFirst ? ">" : "<")) {
        return valueTest(column, [constant](double value) { return value > constant; });
    }
    return valueTest(column, [constant](double value) { return value >= constant; });
}

/// Each option or person is compared once.
RowTest choiceTest(const CodeColumn &column, const Comparison &comparison, const TableData &table,
    const People &people, const FormulaContext &context)
{
    const Field &field = *comparison.field;
    const FieldContext shown{people, QLocale::c(), context.zone, context.nowMs};
    std::vector<bool> chosen(size_t(column.dictionary().size()), false);
    for (size_t code = 1; code < chosen.size(); ++code) {
        const IdBits &id = column.dictionary()[qsizetype(code)];
        const Value value =
            valueTypeOf(field.kind) == ValueType::Person ? Value(UserId(id)) : Value(OptionId(id));
        chosen[code] =
            comparison.holds(fieldType(field.kind).format(value, field, shown), table, context);
    }
    return codeTest(&column, std::move(chosen));
}

std::optional<RowTest> columnTest(const Expression &expression, const TableData &table,
    const People &people, const FormulaContext &context)
{
    const auto comparison = comparisonOf(expression, table);
    const Column *column = comparison ? table.column(comparison->field->id) : nullptr;
    if (!column) {
        return std::nullopt;
    }
    const auto *constant = std::get_if<double>(&comparison->constant);
    if (isTypedNumber(comparison->field->kind) && constant) {
        return withEmpties(numberTest(&std::get<NumberColumn>(*column), *comparison, *constant),
            *comparison, table, context);
    }
    if (const auto *codes = std::get_if<CodeColumn>(column)) {
        return withEmpties(
            choiceTest(*codes, *comparison, table, people, context), *comparison, table, context);
    }
    return std::nullopt;
}

} // namespace

RowTest formulaTest(const Expression &expression, const TableData &table, const People &people,
    const FormulaContext &context)
{
    const bool isAnd = isNamed(expression, "AND");
    if (isAnd
        || ((isNamed(expression, "OR") || isNamed(expression, "NOT")) && !mayFail(expression))) {
        QList<RowTest> tests;
        for (const Expression &argument : expression.arguments) {
            tests += formulaTest(argument, table, people, context);
        }
        return isAnd                     ? allOf(tests)
            : isNamed(expression, "NOT") ? inverseOf(tests.first())
                                         : anyOf(tests);
    }
    if (const auto test = columnTest(expression, table, people, context)) {
        return *test;
    }
    return [expression, &table, &people, context](
               Row row) { return isTrue(evaluate(expression, table, row, people, context)); };
}

} // namespace casebase
