// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/document/Adopt.h"
#include "shared/document/PlanLinks.h"
#include "shared/document/PlanSecrets.h"
#include "shared/field/AutoNumberField.h"
#include "shared/field/DateFields.h"
#include "shared/field/SelectFields.h"
#include "shared/formula/Asker.h"
#include "shared/formula/CellValue.h"
#include "shared/formula/Expression.h"
#include "shared/formula/KeyFinder.h"

namespace casebase {

namespace {

Result<const Field *> writableField(const PlanStep &step, const Table &table, FieldId id)
{
    const Field *field = table.field(id);
    if (!field || field->isTrashed) {
        return Error{ErrorCode::UnknownField, {id.text()}, {}};
    }
    if (field->isComputed() || (field->isSystem && !step.context.isSystem)) {
        return Error{ErrorCode::ReadOnlyField, {field->name}, {}};
    }
    return field;
}

Result<Value> acceptedValue(const PlanStep &step, const CellPlace &place, const Field &field,
    const Value &value, const Value &before)
{
    return field.kind == FieldKind::Sensitive || std::holds_alternative<Sealed>(value)
        ? acceptedSecret(step, place, field, value, before)
        : fieldType(field.kind).accept(value, field, step.fields);
}

Error tooManyCells()
{
    return {ErrorCode::TooMany, {QStringLiteral("cells"), QString::number(CellsPerRequest)}, {}};
}

Value linksValue(const Links &links)
{
    return links.isEmpty() ? Value() : Value(links);
}

/// All that is stored in the record, as changes from or to empty.
void appendAllCells(QList<CellChange> &cells, const TableData &table, Row row, bool isRestored)
{
    for (const Field &field : table.definition().fields) {
        if (!field.isStored()) {
            continue;
        }
        const Value value = field.kind == FieldKind::Links ? linksValue(table.allLinks(row, field))
                                                           : table.value(row, field);
        if (!isEmpty(value)) {
            cells += isRestored ? CellChange{table.recordId(row), field.id, {}, value}
                                : CellChange{table.recordId(row), field.id, value, {}};
        }
    }
}

Value defaultOf(const PlanStep &step, const Field &field)
{
    const Stamp &stamp = step.context.stamp;
    switch (field.defaultValue.kind) {
    case DefaultValue::Kind::Nothing:
        break;
    case DefaultValue::Kind::Formula:
        break; // once the record is there
    case DefaultValue::Kind::Fixed:
        return field.defaultValue.value;
    case DefaultValue::Kind::Me:
        return field.kind == FieldKind::Persons ? Value(Persons{stamp.actor}) : Value(stamp.actor);
    case DefaultValue::Kind::Now:
        return field.kind == FieldKind::Date
            ? Value(fromQDate(toQDateTime(Moment{stamp.timeMs}, step.fields.zone).date()))
            : Value(Moment{stamp.timeMs});
    }
    return {};
}

/// The value that the formula of a default comes to, if the field takes it.
Value computedDefault(const PlanStep &step, const Expression &expression, const TableData &table,
    Row row, const Field &field, FormulaRun &run)
{
    const FormulaValue result = evaluate(expression, table, row, step.document.people(), run);
    const FieldType &type = fieldType(field.kind);
    const Value value = cellOf(result, field.kind, run);
    const auto *text = std::get_if<QString>(&value);
    const auto accepted =
        text ? type.parse(*text, field, step.fields) : type.accept(value, field, step.fields);
    return isFault(value) || !accepted ? Value() : accepted.value();
}

/// Formulas see the new records as they are with all that was given, and with plain defaults.
void addComputedDefaults(const PlanStep &step, TableId id,
    const QHash<FieldId, QList<RecordId>> &records, QList<Change> &changes)
{
    const Stamp &stamp = step.context.stamp;
    const FormulaContext now{stamp.timeMs, step.context.zone};
    Document after = step.document;
    adopt(after, {changes}, stamp, after.revision() + 1, now);
    const TableData &table = *after.table(id);
    FormulaContext formulas{stamp.timeMs, step.context.zone, &after};
    KeyFinder finder(after.people(), formulas);
    formulas.finder = &finder;
    Asker maker(stamp.actor);
    formulas.asker = &maker;
    QList<CellChange> cells;
    for (const Field &field : table.definition().fields) {
        const auto wanted = records.constFind(field.id);
        const auto *text = std::get_if<QString>(&field.defaultValue.value);
        if (wanted == records.cend() || !text) {
            continue;
        }
        const auto expression = parseExpression(*text, table.definition(), &after);
        for (const RecordId record : expression ? *wanted : QList<RecordId>()) {
            FormulaRun run(formulas);
            const Value value =
                computedDefault(step, expression.value(), table, *table.row(record), field, run);
            if (!isEmpty(value)) {
                cells += CellChange{record, field.id, {}, value};
            }
        }
    }
    for (Change &change : changes) {
        if (auto *made = std::get_if<RecordChanges>(&change); made && made->table == id) {
            made->cells += std::exchange(cells, {});
        }
    }
}

} // namespace

Result<QList<Change>> planCreate(const PlanStep &step, const CreateRecords &op)
{
    TRY_SET(const TableData *table, liveTable(step, op.table));
    const Table &definition = table->definition();
    RecordChanges changes{op.table, {}, {}};
    LinkPlan links(step);
    QSet<RecordId> created;
    QHash<FieldId, QList<RecordId>> computed; // The fields of new records with a formula to begin.
    qsizetype numbered = 0;
    qsizetype values = 0;
    for (const NewRecord &record : op.records) {
        values += record.values.size();
    }
    changes.records.reserve(op.records.size());
    changes.cells.reserve(values);
    created.reserve(op.records.size());
    for (const NewRecord &record : op.records) {
        links.addRecord(record.id); // They may lead to one another.
    }
    for (const NewRecord &record : op.records) {
        if (record.id.isNull() || table->row(record.id) || created.contains(record.id)) {
            return Error{ErrorCode::Exists, {record.id.text()}, {}};
        }
        created.insert(record.id);
        changes.records += RecordChange{
            record.id, true, true, step.context.stamp.timeMs, step.context.stamp.actor};
        QSet<FieldId> given;
        for (const FieldValue &each : record.values) {
            TRY_SET(const Field *field, writableField(step, definition, each.field));
            TRY_SET(Value value,
                acceptedValue(step, {op.table, record.id, field->id}, *field, each.value, {}));
            if (given.contains(each.field)) {
                return Error{ErrorCode::Invalid, {field->name}, {}};
            }
            given.insert(each.field);
            if (field->kind == FieldKind::Links) {
                TRY(links.set(*table, record.id, *field, value));
            } else if (!isEmpty(value)) {
                changes.cells += CellChange{record.id, each.field, {}, std::move(value)};
            }
        }
        ++numbered;
        for (const Field &field : definition.fields) {
            const auto kind = field.isTrashed || given.contains(field.id)
                ? DefaultValue::Kind::Nothing
                : field.defaultValue.kind;
            if (kind == DefaultValue::Kind::Formula) {
                computed[field.id] += record.id;
            } else if (kind != DefaultValue::Kind::Nothing) {
                changes.cells += CellChange{record.id, field.id, {}, defaultOf(step, field)};
            }
            if (field.kind == FieldKind::AutoNumber) {
                const double firstNumber = field.isDaily
                    ? numberBeforeDay(step.context.stamp.timeMs, step.fields.zone)
                    : 0;
                changes.cells += CellChange{record.id, field.id, {},
                    std::max(table->lastNumber(field.id), firstNumber) + double(numbered)};
            }
        }
        if (changes.cells.size() > CellsPerRequest) {
            return tooManyCells();
        }
    }
    QList<Change> all = links.take(std::move(changes));
    if (!computed.isEmpty()) {
        addComputedDefaults(step, op.table, computed, all);
    }
    return all;
}

Result<QList<Change>> planEdit(const PlanStep &step, const EditCells &op)
{
    TRY_SET(const TableData *table, liveTable(step, op.table));
    if (op.cells.size() > CellsPerRequest) {
        return tooManyCells();
    }
    RecordChanges changes{op.table, {}, {}};
    LinkPlan links(step);
    QHash<std::pair<RecordId, FieldId>, qsizetype> edited;
    for (const CellEdit &edit : op.cells) {
        // Taking back a change of kind puts back what deleted records and numbered fields held,
        // too.
        const bool isRestored = op.onlyIfUnchanged && !edit.seen;
        const Field *field = table->definition().field(edit.field);
        if (op.onlyIfUnchanged && field && !field->watched.isEmpty()) {
            continue; // That something is taken back is a change as well.
        }
        const bool isNumbered = isRestored && field && field->kind == FieldKind::AutoNumber;
        if (!isNumbered) {
            TRY_SET(field, writableField(step, table->definition(), edit.field));
        }
        const auto row = isRestored ? table->row(edit.record) : table->aliveRow(edit.record);
        if (!row) {
            return Error{ErrorCode::UnknownRecord, {edit.record.text()}, {}};
        }
        const bool isNumber = isEmpty(edit.value) || std::holds_alternative<double>(edit.value);
        Value before = table->value(*row, *field);
        const CellPlace place{op.table, edit.record, edit.field};
        TRY_SET(Value value,
            isNumbered && isNumber ? Result<Value>(edit.value)
                                   : acceptedValue(step, place, *field, edit.value, before));
        // What a change of the field has made of a state is put back with it; that is no move.
        const bool isPutBack = isRestored && step.reshaped.contains(edit.field);
        if (!isPutBack && !step.context.isSystem) {
            const auto moved = edited.constFind({edit.record, edit.field});
            TRY(checkMove(
                *field, moved == edited.cend() ? before : changes.cells[*moved].after, value));
        }
        if (field->kind == FieldKind::Links) {
            const bool isSeen = !edit.seen || *edit.seen == before
                || *edit.seen == linksValue(table->allLinks(*row, *field));
            if (!isSeen && op.onlyIfUnchanged) {
                return Error{ErrorCode::ChangedSince, {field->name}, {}};
            }
            TRY(links.set(*table, edit.record, *field, value, op.onlyIfUnchanged));
            continue;
        }
        const bool unseen = edit.seen && !isSame(step, place, *edit.seen, before);
        if (unseen && op.onlyIfUnchanged) {
            return Error{ErrorCode::ChangedSince, {field->name}, {}};
        }
        const auto earlier = edited.constFind({edit.record, edit.field});
        if (earlier != edited.cend()) {
            changes.cells[*earlier].after = std::move(value);
        } else if (value != before) {
            edited.insert({edit.record, edit.field}, changes.cells.size());
            changes.cells +=
                CellChange{edit.record, edit.field, std::move(before), std::move(value), unseen};
        }
    }
    return links.take(std::move(changes));
}

Result<QList<Change>> planDelete(const PlanStep &step, const DeleteRecords &op)
{
    TRY_SET(const TableData *table, liveTable(step, op.table));
    for (const RecordId record : op.records) {
        if (!table->row(record)) {
            return Error{ErrorCode::UnknownRecord, {record.text()}, {}};
        }
    }
    TRY_SET(const auto going, recordsThatGo(step, op.table, op.records));
    QList<Change> all;
    for (const auto &[id, records] : going) {
        const TableData &data = *step.document.table(id);
        RecordChanges changes{id, {}, {}};
        QSet<RecordId> gone;
        for (const RecordId record : records) {
            const Row row = *data.row(record);
            if (data.isAlive(row) && !gone.contains(record)) {
                gone.insert(record);
                const RecordMeta meta = data.meta(row);
                changes.records +=
                    RecordChange{record, false, false, meta.createdMs, meta.createdBy};
                appendAllCells(changes.cells, data, row, false);
            }
        }
        if (!changes.records.isEmpty()) {
            all += std::move(changes);
        }
    }
    return all;
}

Result<QList<Change>> planRestore(const PlanStep &step, const RestoreRecords &op)
{
    TRY_SET(const TableData *table, liveTable(step, op.table));
    RecordChanges changes{op.table, {}, {}};
    QSet<RecordId> back;
    for (const RecordId record : op.records) {
        const auto row = table->row(record);
        if (!row) {
            return Error{ErrorCode::UnknownRecord, {record.text()}, {}};
        }
        if (!table->isAlive(*row) && !back.contains(record)) {
            back.insert(record);
            const RecordMeta meta = table->meta(*row);
            changes.records += RecordChange{record, true, false, meta.createdMs, meta.createdBy};
            appendAllCells(changes.cells, *table, *row, true);
        }
    }
    QList<RecordId> restored; // in the order in which they were asked for, everywhere
    for (const RecordChange &each : std::as_const(changes.records)) {
        restored += each.record;
    }
    changes.cells += linksGivenUp(step, *table, restored);
    return changes.records.isEmpty() ? QList<Change>() : QList<Change>{std::move(changes)};
}

} // namespace casebase
