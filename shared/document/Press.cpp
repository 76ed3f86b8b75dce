// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/document/Press.h"

#include "shared/formula/Asker.h"
#include "shared/formula/CellValue.h"
#include "shared/formula/Expression.h"

namespace casebase {

namespace {

/// The formulas of a button, read and evaluated in one record.
class RecordFormulas {
public:
    RecordFormulas(const Document &document, const TableData &table, Row row, UserId presser,
        const FormulaContext &now)
        : m_document(document)
        , m_table(table)
        , m_row(row)
        , m_asker(presser)
        , m_now(now)
    {
        m_now.tables = &document;
        m_now.asker = &m_asker;
    }

    Result<FormulaValue> value(const QString &formula) const
    {
        FormulaRun run(m_now);
        return value(formula, run);
    }

    Result<QString> text(const QString &formula) const
    {
        FormulaRun run(m_now);
        TRY_SET(const FormulaValue result, value(formula, run));
        return asText(result, run).trimmed();
    }

    /// The value as the field takes it.
    Result<Value> valueFor(
        const Field &field, const QString &formula, const FieldContext &context) const
    {
        FormulaRun run(m_now);
        TRY_SET(const FormulaValue result, value(formula, run));
        if (isBlank(result)) {
            return Value();
        }
        const Value cell = cellOf(result, field.kind, run);
        if (isFault(cell)) {
            return faultOf(std::get<Fault>(cell), formula);
        }
        const auto *text = std::get_if<QString>(&cell);
        const FieldType &type = fieldType(field.kind);
        return text ? type.parse(*text, field, context) : type.accept(cell, field, context);
    }

private:
    Result<FormulaValue> value(const QString &formula, FormulaRun &run) const
    {
        const auto expression = parseExpression(formula, m_table.definition(), &m_document);
        if (!expression) {
            return Error{ErrorCode::FieldFormulaInvalid, expression.error().arguments, {}};
        }
        const FormulaValue result =
            evaluate(expression.value(), m_table, m_row, m_document.people(), run);
        const auto *fault = std::get_if<Fault>(&result);
        return fault ? faultOf(*fault, formula) : Result<FormulaValue>(result);
    }

    Error faultOf(Fault fault, const QString &formula) const
    {
        return {ErrorCode::FormulaFault,
            {withNames(formula, m_table.definition(), &m_document).left(80), faultCode(fault)}, {}};
    }

    const Document &m_document;
    const TableData &m_table;
    Row m_row;
    Asker m_asker;
    FormulaContext m_now;
};

Result<Pressed> edits(const RecordFormulas &formulas, const Table &table, RecordId record,
    const ButtonAction &action, const FieldContext &context)
{
    EditCells edit{table.id, {}, false};
    for (const ButtonSetting &each : action.settings) {
        const Field *field = table.field(each.field);
        if (!field || field->isTrashed) {
            return Error{ErrorCode::UnknownField, {each.field.text()}, {}};
        }
        TRY_SET(const Value value, formulas.valueFor(*field, each.formula, context));
        edit.cells += CellEdit{record, each.field, value, {}};
    }
    return Pressed(Request(Edit{{edit}}));
}

} // namespace

bool isOffered(const Document &document, TableId tableId, RecordId record, FieldId button,
    UserId presser, FormulaContext now)
{
    const TableData *table = document.table(tableId);
    const auto row = table ? table->aliveRow(record) : std::nullopt;
    const Field *field = row ? table->definition().field(button) : nullptr;
    if (!field || field->kind != FieldKind::Button) {
        return false;
    }
    if (field->button.condition.isEmpty()) {
        return true;
    }
    const auto met =
        RecordFormulas(document, *table, *row, presser, now).value(field->button.condition);
    return met && isTrue(met.value());
}

Result<Pressed> press(const Document &document, TableId tableId, RecordId record, FieldId button,
    UserId presser, InstanceId instance, const FieldContext &fields, FormulaContext now)
{
    const TableData *table = document.table(tableId);
    const auto row = table ? table->aliveRow(record) : std::nullopt;
    if (!row) {
        return Error{ErrorCode::UnknownRecord, {record.text()}, {}};
    }
    const Field *field = table->definition().field(button);
    if (!field || field->isTrashed || field->kind != FieldKind::Button) {
        return Error{ErrorCode::UnknownField, {button.text()}, {}};
    }
    const ButtonAction &action = field->button;
    if (!isOffered(document, tableId, record, button, presser, now)) {
        return Error{ErrorCode::ButtonNotOffered, {field->name}, {}};
    }
    const RecordFormulas formulas(document, *table, *row, presser, now);
    switch (action.kind) {
    case ButtonAction::Kind::OpenLink: {
        TRY_SET(const QString link, formulas.text(action.link));
        return Pressed(link);
    }
    case ButtonAction::Kind::EditFields:
        return edits(formulas, table->definition(), record, action, fields);
    case ButtonAction::Kind::StartWorkflow:
        return Pressed(Request(StartWorkflow{instance, tableId, action.workflow, record}));
    }
    return Error{ErrorCode::UnknownField, {button.text()}, {}};
}

} // namespace casebase
