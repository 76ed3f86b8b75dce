// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/formula/RuleTest.h"

#include "shared/columns/Tables.h"

namespace casebase {

namespace {

template <class IsAlike>
std::optional<Row> otherRow(const TableData &table, Row own, IsAlike isAlike)
{
    for (Row row = 0; row < table.rowCount(); ++row) {
        if (row != own && isAlike(row) && table.isAlive(row)) {
            return row;
        }
    }
    return std::nullopt;
}

} // namespace

std::optional<Row> rowAlike(const TableData &table, const Field &field, Row own)
{
    if (valueTypeOf(field.kind) == ValueType::Sealed) {
        const QByteArray key = uniqueKey(table.value(own, field));
        return otherRow(table, own,
            [&](Row row) { return !key.isEmpty() && uniqueKey(table.value(row, field)) == key; });
    }
    if (const BytesColumn *texts = table.texts(field)) {
        const QByteArray text = texts->at(own).toByteArray();
        return otherRow(table, own, [&](Row row) {
            const QByteArrayView other = texts->at(row);
            return !text.isEmpty() && other.size() == text.size()
                && qstrnicmp(other.data(), other.size(), text.data(), text.size()) == 0;
        });
    }
    const Value value = table.value(own, field);
    return otherRow(
        table, own, [&](Row row) { return !isEmpty(value) && table.value(row, field) == value; });
}

ConditionTest::ConditionTest(
    const TableData &table, const Field &field, const People &people, const FormulaContext &context)
    : m_table(table)
    , m_field(field)
    , m_people(people)
{
    const auto condition =
        parseExpression(field.rules.condition, table.definition(), context.tables);
    if (!field.rules.condition.isEmpty() && condition) {
        m_condition = condition.value();
    }
}

QSet<FieldId> ConditionTest::fields() const
{
    QSet<FieldId> fields{m_field.id};
    const TableId home = m_table.definition().id;
    for (const FieldRead &each :
        m_condition ? fieldsRead(*m_condition, home) : QList<FieldRead>()) {
        if (!each.isForeign()) {
            fields.insert(each.field);
        } else if (!each.path.isEmpty() && each.keyed < 0) {
            fields.insert(each.path.first());
        }
    }
    return fields;
}

Done ConditionTest::operator()(Row row, FormulaRun &run) const
{
    if (!m_condition) {
        return Ok;
    }
    const FormulaValue met = evaluate(*m_condition, m_table, row, m_people, run);
    const auto *fault = std::get_if<Fault>(&met);
    if (isTrue(met) || (fault && *fault == Fault::MissingField)) {
        return Ok;
    }
    const QString shown =
        fieldType(m_field.kind).format(m_table.value(row, m_field), m_field, {m_people}).left(80);
    return Error{ErrorCode::ValueRefused,
        {m_field.name, shown,
            m_field.rules.message.isEmpty()
                ? QStringLiteral("the condition of the field is not met")
                : m_field.rules.message},
        {}};
}

RuleTest::RuleTest(const TableData &table, const Field &field, const People &people,
    const FormulaContext &context, Asked asked)
    : m_table(table)
    , m_field(field)
    , m_fields{people}
    , m_form(field)
    , m_condition(table, field, people, context)
{
    if (!field.rules.isUnique || asked == Asked::Once) {
        return;
    }
    m_counts.emplace();
    for (Row row = 0; row < table.rowCount(); ++row) {
        if (table.isAlive(row)) {
            ++(*m_counts)[uniqueKey(table.value(row, field))];
        }
    }
}

bool RuleTest::isTaken(Row row, const Value &value) const
{
    const QByteArray key = uniqueKey(value);
    return !key.isEmpty()
        && (m_counts ? m_counts->value(key) > 1 : rowAlike(m_table, m_field, row).has_value());
}

Done RuleTest::operator()(Row row, FormulaRun &run) const
{
    const Value value = m_table.value(row, m_field);
    TRY(m_form(value, m_fields));
    if (m_field.rules.isUnique && isTaken(row, value)) {
        const QString shown = fieldType(m_field.kind).format(value, m_field, m_fields).left(80);
        return Error{ErrorCode::ValueTaken, {m_field.name, shown}, {}};
    }
    return m_condition(row, run);
}

} // namespace casebase
