// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/field/ValueRules.h"
#include "shared/formula/Expression.h"

/// Whether what stands in the records of a table meets the rules of its field. All borrow what they
/// are given.
namespace casebase {

/// Another record with the value of this one, as far as a unique field can tell.
std::optional<Row> rowAlike(const TableData &table, const Field &field, Row own);

/// The condition of a field. One that cannot be read, or reads a field that is gone, is out of
/// force.
class ConditionTest {
public:
    ConditionTest(const TableData &table, const Field &field, const People &people,
        const FormulaContext &context);
    /// The fields of the record on which it depends, with the field itself.
    QSet<FieldId> fields() const;
    /// ValueRefused
    Done operator()(Row row, FormulaRun &run) const;

private:
    const TableData &m_table;
    const Field &m_field;
    const People &m_people;
    std::optional<Expression> m_condition;
};

/// All rules of a field.
class RuleTest {
public:
    /// Of how many records it will be asked: whether others have a value is counted once, or looked
    /// for each time.
    enum class Asked { Once, OfAll };

    RuleTest(const TableData &table, const Field &field, const People &people,
        const FormulaContext &context, Asked asked);
    /// MissingValue, ValueTaken, ValueRefused: the first rule that the record breaks.
    Done operator()(Row row, FormulaRun &run) const;

private:
    bool isTaken(Row row, const Value &value) const;

    const TableData &m_table;
    const Field &m_field;
    FieldContext m_fields;
    ValueCheck m_form;
    ConditionTest m_condition;
    std::optional<QHash<QByteArray, int>> m_counts; ///< Of the keys of all records.
};

} // namespace casebase
