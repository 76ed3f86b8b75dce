// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/field/DateFields.h"
#include "shared/formula/CellValue.h"
#include "shared/formula/Expression.h"

namespace casebase {

namespace {

FormulaValue evaluated(const Expression &expression, CallContext &context)
{
    switch (expression.kind) {
    case Expression::Kind::Literal:
        return expression.literal;
    case Expression::Kind::FieldValue: {
        const Field *field = context.table.definition().field(expression.field);
        return field && !field->isTrashed
            ? readCell(context.table, context.row, *field, context.people, context.run)
            : FormulaValue(Fault::MissingField);
    }
    case Expression::Kind::Name:
        return context.names[expression.name];
    case Expression::Kind::Call:
        break;
    }
    if (!context.run.spend(0)) {
        return Fault::TooComplex;
    }
    Arguments arguments(expression, context);
    if (!expression.function->seesFaults) {
        if (const FormulaValue *fault = arguments.fault()) {
            return *fault;
        }
    }
    FormulaValue result = expression.function->call(arguments, context);
    if (const auto *text = std::get_if<QString>(&result);
        text && !context.run.spend(text->size())) {
        return Fault::TooComplex;
    }
    return result;
}

void collectFields(QSet<FieldId> &fields, const Expression &expression)
{
    if (expression.kind == Expression::Kind::FieldValue) {
        fields += expression.field;
    }
    for (const Expression &argument : expression.arguments) {
        collectFields(fields, argument);
    }
}

} // namespace

Arguments::Arguments(const Expression &call, CallContext &context)
    : m_call(call)
    , m_context(context)
{
    m_values.resize(call.arguments.size());
}

qsizetype Arguments::size() const
{
    return m_values.size();
}

const FormulaValue &Arguments::operator[](qsizetype i)
{
    std::optional<FormulaValue> &value = m_values[i];
    if (!value) {
        value = evaluated(m_call.arguments[i], m_context);
    }
    return *value;
}

const FormulaValue *Arguments::fault()
{
    for (qsizetype i = 0; i < size(); ++i) {
        if (isFault((*this)[i])) {
            return &*m_values[i];
        }
    }
    return nullptr;
}

QString Arguments::text(qsizetype i)
{
    return i < size() ? asText((*this)[i], m_context.run) : QString();
}

std::optional<double> Arguments::number(qsizetype i)
{
    return i < size() ? asNumber((*this)[i]) : std::nullopt;
}

std::optional<Moment> Arguments::moment(qsizetype i, qint64 grainMs)
{
    return i < size() ? asMoment((*this)[i], m_context.run, grainMs) : std::nullopt;
}

std::optional<QDateTime> Arguments::dateTime(qsizetype i, qint64 grainMs)
{
    const auto when = moment(i, grainMs);
    return when ? std::optional(toQDateTime(*when, m_context.run.zone)) : std::nullopt;
}

qsizetype Arguments::count(qsizetype i, qsizetype fallback)
{
    const auto value = number(i);
    return value ? qsizetype(std::clamp(*value, 0.0, 1e6)) : fallback;
}

FormulaValue evaluate(const Expression &expression, const TableData &table, Row row,
    const People &people, FormulaRun &run)
{
    run.steps = FormulaRun::StepLimit;
    run.untilMs = FormulaRun::Always;
    CallContext context{run, table, row, people, {}};
    return evaluated(expression, context);
}

QSet<FieldId> fieldsRead(const Expression &expression)
{
    QSet<FieldId> fields;
    collectFields(fields, expression);
    return fields;
}

} // namespace casebase
