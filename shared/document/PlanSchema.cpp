// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/document/AcceptField.h"
#include "shared/document/Convert.h"
#include "shared/document/PlanLinks.h"
#include "shared/document/PlanRules.h"
#include "shared/document/PlanSecrets.h"
#include "shared/field/AutoNumberField.h"
#include "shared/field/SelectFields.h"
#include "shared/formula/Expression.h"
#include "shared/support/Text.h"

#include <algorithm>

namespace casebase {

namespace {

/// Whether an id is there twice, or two differ only by case: columns of a database are named by
/// them, and it does not tell such names apart.
bool hasIdTwice(const QList<Field> &fields)
{
    QSet<QString> seen;
    for (const Field &field : fields) {
        seen.insert(field.id.text().toLower());
    }
    return seen.size() < fields.size();
}

/// If values are to be unique from now on, they have to be already.
Done checkUnique(const TableData &table, const Field &field, const Field &before,
    const QList<CellChange> &converted)
{
    const bool becomesUnique = field.rules.isUnique && !field.rules.onlyWarns
        && (!before.rules.isUnique || before.rules.onlyWarns || before.kind != field.kind
            || before.sensitive != field.sensitive);
    if (!becomesUnique) {
        return Ok;
    }
    QHash<RecordId, Value> become;
    for (const CellChange &cell : converted) {
        become.insert(cell.record, cell.after);
    }
    const auto value = valueOfTwo(table, before, become);
    return value ? Error{ErrorCode::ValueTaken,
               {field.name, fieldType(field.kind).format(*value, field, {People()}).left(80)}, {}}
                 : Done(Ok);
}

/// Cells that hold an option which the field no longer has.
QList<CellChange> cellsWithoutOptions(const TableData &table, const Field &from, const Field &to)
{
    QList<CellChange> cells;
    const bool removed = std::any_of(from.options.cbegin(), from.options.cend(),
        [&](const Option &option) { return !to.option(option.id); });
    for (Row row = 0; removed && row < table.rowCount(); ++row) {
        const Value before = table.value(row, from);
        Value after = before;
        if (const auto *single = std::get_if<OptionId>(&before)) {
            after = to.option(*single) ? before : Value();
        } else if (const auto *several = std::get_if<Options>(&before)) {
            Options kept = *several;
            kept.removeIf([&](OptionId id) { return !to.option(id); });
            after = kept.isEmpty() ? Value() : Value(kept);
        }
        if (after != before) {
            cells += CellChange{table.recordId(row), from.id, before, after};
        }
    }
    return cells;
}

/// One after the other, each day's for themselves if they are daily, in place of what the field
/// held before, if there was one.
QList<CellChange> numbersForAll(
    const TableData &table, const Field &field, const Field *before, const QTimeZone &zone)
{
    QList<CellChange> cells;
    QHash<double, int> ofDay;
    for (Row row = 0; row < table.rowCount(); ++row) {
        const double first = field.isDaily ? numberBeforeDay(table.meta(row).createdMs, zone) : 0;
        cells += CellChange{table.recordId(row), field.id,
            before && before->isStored() ? table.value(row, *before) : Value(),
            first + ++ofDay[first]};
    }
    return cells;
}

/// When or by whom each record was changed last in any field: since then it has not been changed in
/// those that count from now on.
QList<CellChange> knownChanges(const TableData &table, const Field &field, const Field *before)
{
    QList<CellChange> cells;
    for (Row row = 0; row < table.rowCount(); ++row) {
        const RecordMeta meta = table.meta(row);
        cells += CellChange{table.recordId(row), field.id,
            before && before->isStored() ? table.value(row, *before) : Value(),
            valueTypeOf(field.kind) == ValueType::Moment ? Value(Moment{meta.modifiedMs})
                                                         : Value(meta.modifiedBy)};
    }
    return cells;
}

/// What a formula has taken the place of.
QList<CellChange> cellsCleared(const TableData &table, const Field &field)
{
    QList<CellChange> cells;
    for (Row row = 0; row < table.rowCount(); ++row) {
        Value before = table.value(row, field);
        if (!isEmpty(before)) {
            cells += CellChange{table.recordId(row), field.id, std::move(before), {}};
        }
    }
    return cells;
}

/// What the field that takes the place of another one comes to hold.
Result<QList<CellChange>> cellsConverted(
    const PlanStep &step, const TableData &table, const Field &from, Field &to)
{
    if (!to.isStored()) {
        return from.isStored() ? cellsCleared(table, from) : QList<CellChange>();
    }
    const bool isOtherSecret = to.kind == FieldKind::Sensitive && to.sensitive != from.sensitive;
    if (from.kind == to.kind && from.formula.isEmpty() && !isOtherSecret) {
        to.isSystem = from.isSystem;
        return cellsWithoutOptions(table, from, to);
    }
    if (step.context.progress) {
        step.context.progress->begin(0.5, table.rowCount());
    }
    TRY_SET(Conversion conversion,
        from.kind == FieldKind::Sensitive || to.kind == FieldKind::Sensitive
            ? convertSecrets(step, table, from, to)
            : Result<Conversion>(
                convertField(table, from, to, step.fields, step.context.progress)));
    to = conversion.field;
    if (!from.isStored()) {
        for (CellChange &cell : conversion.cells) {
            cell.before = {}; // What was computed, or kept at the other end, is no fact here.
        }
    }
    return std::move(conversion.cells);
}

QList<Change> asChanges(const Table &before, Table after, TableId id, QList<CellChange> cells)
{
    QList<Change> changes;
    if (before != after) {
        changes += TableChange{before, std::move(after)};
    }
    if (!cells.isEmpty()) {
        changes += RecordChanges{id, {}, std::move(cells)};
    }
    return changes;
}

Result<QList<Change>> planNewTable(const PlanStep &step, Table table)
{
    if (step.document.tables().size() >= TablesPerBase) {
        return Error{
            ErrorCode::TooMany, {QStringLiteral("tables"), QString::number(TablesPerBase)}, {}};
    }
    if (table.fields.size() > FieldsPerTable) {
        return Error{
            ErrorCode::TooMany, {QStringLiteral("fields"), QString::number(FieldsPerTable)}, {}};
    }
    if (!table.primaryField()) {
        return Error{ErrorCode::MissingValue, {QStringLiteral("fields")}, {}};
    }
    if (step.document.hasTableLike(table.id)) {
        return Error{ErrorCode::Invalid, {QStringLiteral("the id of the table")}, {}};
    }
    if (hasIdTwice(table.fields)) {
        return Error{ErrorCode::Invalid, {QStringLiteral("two fields of one id")}, {}};
    }
    if (std::any_of(table.fields.cbegin(), table.fields.cend(),
            [](const Field &each) { return each.kind == FieldKind::Links; })) {
        // Each has another end: it is made with its field, once the table is there.
        return Error{ErrorCode::Invalid, {QStringLiteral("a link field of a new table")}, {}};
    }
    for (Field &field : table.fields) {
        TRY_SET(field, acceptedField(step.document, table, field, nullptr));
        TRY_SET(field.defaultValue, acceptedDefault(step, field, nullptr));
    }
    for (Field &field : table.fields) {
        TRY_SET(field.formula, acceptedFormula(table, field, step.document));
        TRY(acceptFormulas(field, table, nullptr, step.document));
    }
    return QList<Change>{TableChange{{}, std::move(table)}};
}

Result<Table> withField(const Table &before, const Field &field, int position)
{
    Table after = before;
    qsizetype at = after.fields.size();
    for (qsizetype i = 0; i < after.fields.size(); ++i) {
        if (after.fields[i].id == field.id) {
            at = i;
            after.fields.removeAt(i);
            break;
        }
    }
    if (before.fields.size() >= FieldsPerTable && !before.field(field.id)) {
        return Error{
            ErrorCode::TooMany, {QStringLiteral("fields"), QString::number(FieldsPerTable)}, {}};
    }
    const qsizetype wanted = position < 0 ? at : qsizetype(position);
    after.fields.insert(std::clamp<qsizetype>(wanted, 0, after.fields.size()), field);
    if (!after.primaryField()) {
        return Error{ErrorCode::LastField, {field.name}, {}};
    }
    if (!before.field(field.id) && hasIdTwice(after.fields)) {
        return Error{ErrorCode::Invalid, {QStringLiteral("two fields of one id")}, {}};
    }
    return after;
}

/// The formula as the table will hold it. One that was there stays, whatever became of the fields
/// that it reads.
Result<QString> formulaOf(
    const PlanStep &step, const Table &before, const Field &field, int position)
{
    const Field *existing = before.field(field.id);
    const bool isKept =
        existing && existing->formula == field.formula && existing->kind == field.kind;
    if (field.isTrashed || field.formula.isEmpty() || isKept) {
        return field.formula;
    }
    TRY_SET(const Table after, withField(before, field, position));
    return acceptedFormula(after, field, step.document);
}

/// A link field may lead to one record only if none leads to more.
Done checkLinks(const TableData &table, const Field &field, const Field *existing)
{
    const bool becomesSingle = existing && existing->kind == FieldKind::Links
        && field.kind == FieldKind::Links && field.link.isSingle && !existing->link.isSingle;
    for (Row row = 0; becomesSingle && row < table.rowCount(); ++row) {
        const Value value = table.isAlive(row) ? table.value(row, *existing) : Value();
        const auto *links = std::get_if<Links>(&value);
        if (links && links->size() > 1) {
            return Error{ErrorCode::TooManyLinks, {field.name, QStringLiteral("1")}, {}};
        }
    }
    return Ok;
}

Done checkWorkflow(const Table &table, const Workflow &workflow)
{
    const auto broken = [](const QString &why) {
        return Error{ErrorCode::WorkflowInvalid, {why}, {}};
    };
    const Field *state = table.field(workflow.stateField);
    const Field *node = table.field(workflow.nodeField);
    if (!state || state->kind != FieldKind::SingleSelect || !state->isSystem
        || state->options.size() < 4 || !node || node->kind != FieldKind::SingleLineText
        || !node->isSystem) {
        return broken(QStringLiteral("its state or node field is not in the table"));
    }
    if (workflow.versions.isEmpty() || workflow.versions.last().nodes.isEmpty()) {
        return broken(QStringLiteral("it has no node; add one approval"));
    }
    QSet<QString> ids;
    for (const WorkflowNode &each : workflow.versions.last().nodes) {
        if (each.id.isEmpty() || ids.contains(each.id) || each.name.trimmed().isEmpty()) {
            return broken(QStringLiteral("every node needs an id of its own and a name"));
        }
        ids.insert(each.id);
        if (each.assignees.isEmpty()) {
            return broken(QStringLiteral("node “%1” has nobody to decide").arg(each.name));
        }
        for (const Assignee &assignee : each.assignees) {
            const Field *field = table.field(assignee.field);
            const bool isPerson = field && !field->isTrashed
                && (field->kind == FieldKind::Person || field->kind == FieldKind::Persons
                    || field->kind == FieldKind::CreatedBy);
            if (assignee.person.isNull() && !isPerson) {
                return broken(
                    QStringLiteral("node “%1” names a field that holds no person").arg(each.name));
            }
        }
    }
    return Ok;
}

} // namespace

Result<QList<Change>> planTable(const PlanStep &step, const PutTable &op)
{
    Table table = op.table;
    TRY_SET(table.name, acceptedName(table.name));
    for (const TableId each : step.document.liveTables()) {
        const Table &other = step.document.table(each)->definition();
        if (!table.isTrashed && each != table.id
            && other.name.compare(table.name, Qt::CaseInsensitive) == 0) {
            return Error{ErrorCode::NameTaken, {table.name}, {}};
        }
    }
    const TableData *existing = step.document.table(table.id);
    if (!existing) {
        return planNewTable(step, std::move(table));
    }
    Table after = existing->definition();
    after.name = table.name;
    after.description = table.description;
    after.position = table.position;
    after.isTrashed = table.isTrashed;
    TableEdits edits(step.document);
    *edits.table(table.id) = after;
    if (existing->definition().isTrashed != after.isTrashed) {
        TRY(settleAllReverses(edits, table.id));
    }
    return edits.take();
}

Result<QList<Change>> planField(const PlanStep &step, const PutField &op)
{
    TRY_SET(const TableData *table, liveTable(step, op.table));
    const Table &before = table->definition();
    const Field *existing = before.field(op.field.id);
    TRY_SET(Field field, acceptedField(step.document, before, op.field, existing));
    if (existing && existing->isSystem && !step.context.isSystem
        && (field.kind != existing->kind || !field.formula.isEmpty()
            || field.options.size() < existing->options.size())) {
        return Error{ErrorCode::ReadOnlyField, {existing->name}, {}};
    }
    QList<CellChange> cells;
    TRY_SET(field.formula, formulaOf(step, before, field, op.position));
    if (existing) {
        TRY_SET(cells, cellsConverted(step, *table, *existing, field));
    }
    TRY_SET(field.defaultValue, acceptedDefault(step, field, existing));
    if (field.kind == FieldKind::AutoNumber
        && (!existing || existing->kind != field.kind || existing->isDaily != field.isDaily)) {
        cells = numbersForAll(*table, field, existing, step.fields.zone);
    }
    if (!field.watched.isEmpty()
        && (!existing || existing->kind != field.kind || existing->watched != field.watched)) {
        cells = knownChanges(*table, field, existing);
    }
    TRY(checkLinks(*table, field, existing));
    TRY_SET(const Table after, withField(before, field, op.position));
    TRY(acceptFormulas(field, after, existing, step.document));
    if (existing) {
        TRY(checkUnique(*table, field, *existing, cells));
    }
    TableEdits edits(step.document);
    TRY_SET(*edits.table(op.table), withField(before, field, op.position));
    TRY(settleReverse(edits, before, field, existing));
    QList<Change> changes = edits.take();
    if (!cells.isEmpty()) {
        changes += RecordChanges{op.table, {}, std::move(cells)};
    }
    return changes;
}

Result<QList<Change>> planOptions(const PlanStep &step, const AddOptions &op)
{
    const TableData *table = step.document.tableOf(op.field);
    const Field *field = table ? table->definition().field(op.field) : nullptr;
    if (!field || field->isTrashed) {
        return Error{ErrorCode::UnknownField, {op.field.text()}, {}};
    }
    if (!mayTakeNewOptions(field->kind) || field->isSystem || field->isComputed()) {
        return Error{ErrorCode::ReadOnlyField, {field->name}, {}};
    }
    Field extended = *field;
    for (const Option &option : op.options) {
        if (extended.option(option.id)) {
            continue;
        }
        QString name = option.name;
        for (int number = 2; extended.optionNamed(name); ++number) {
            name = QStringLiteral("%1 %2").arg(option.name).arg(number);
        }
        extended.options += Option{option.id, name, option.colour};
    }
    return extended == *field ? Result<QList<Change>>(QList<Change>())
                              : planField(step, PutField{table->definition().id, extended});
}

namespace {

/// The filter with ids for the names in its formulas, if they can be read.
Result<Filter> acceptedFilter(const Filter &filter, const Table &table, const Document &document)
{
    Filter accepted = filter;
    if (filter.kind == Filter::Kind::Formula) {
        TRY_SET(accepted.formula, withIds(filter.formula, table, &document));
    }
    for (Filter &child : accepted.children) {
        TRY_SET(child, acceptedFilter(child, table, document));
    }
    return accepted;
}

Result<QList<ColourRule>> acceptedColours(
    const QList<ColourRule> &rules, const Table &table, const Document &document)
{
    if (rules.size() > ColourRulesPerView) {
        return Error{ErrorCode::TooMany,
            {QStringLiteral("colour rules"), QString::number(ColourRulesPerView)}, {}};
    }
    QList<ColourRule> accepted = rules;
    for (ColourRule &rule : accepted) {
        TRY_SET(rule.condition, acceptedFilter(rule.condition, table, document));
        if (rule.colour.size() > NameLimit || !storableText(rule.colour)) {
            return Error{ErrorCode::Invalid, {QStringLiteral("the colour of a rule")}, {}};
        }
        if (rule.part != ColourRule::Part::Cell) {
            rule.field = {};
        } else if (!table.field(rule.field)) {
            return Error{ErrorCode::UnknownField, {rule.field.text()}, {}};
        }
    }
    return accepted;
}

} // namespace

Result<QList<Change>> planView(const PlanStep &step, const PutView &op)
{
    TRY_SET(const TableData *table, liveTable(step, op.table));
    View view = op.view;
    const auto *known = table->definition().view(view.id);
    if (!known || known->filter != view.filter) {
        TRY_SET(view.filter, acceptedFilter(view.filter, table->definition(), step.document));
    }
    if (!known || known->colours != view.colours) {
        TRY_SET(view.colours, acceptedColours(view.colours, table->definition(), step.document));
    }
    TRY_SET(view.name, acceptedName(view.name));
    Table after = table->definition();
    if (isNameTaken(after.views, view.name, view.id)) {
        return Error{ErrorCode::NameTaken, {view.name}, {}};
    }
    const auto found = std::find_if(after.views.begin(), after.views.end(),
        [&](const View &each) { return each.id == view.id; });
    if (found == after.views.end()) {
        after.views += view;
    } else {
        *found = view;
    }
    return asChanges(table->definition(), std::move(after), op.table, {});
}

Result<QList<Change>> planRemoveView(const PlanStep &step, const RemoveView &op)
{
    TRY_SET(const TableData *table, liveTable(step, op.table));
    Table after = table->definition();
    after.views.removeIf([&](const View &each) { return each.id == op.view; });
    return asChanges(table->definition(), std::move(after), op.table, {});
}

Result<QList<Change>> planWorkflow(const PlanStep &step, const PutWorkflow &op)
{
    TRY_SET(const TableData *table, liveTable(step, op.table));
    Workflow workflow = op.workflow;
    TRY_SET(workflow.name, acceptedName(workflow.name));
    TRY(checkWorkflow(table->definition(), workflow));
    Table after = table->definition();
    if (isNameTaken(after.workflows, workflow.name, workflow.id)) {
        return Error{ErrorCode::NameTaken, {workflow.name}, {}};
    }
    const QList<WorkflowNode> nodes = workflow.versions.last().nodes;
    const auto found = std::find_if(after.workflows.begin(), after.workflows.end(),
        [&](const Workflow &each) { return each.id == workflow.id; });
    if (found == after.workflows.end()) {
        workflow.versions = {WorkflowVersion{1, nodes}};
        after.workflows += workflow;
    } else {
        workflow.versions = found->versions;
        if (workflow.versions.last().nodes != nodes) {
            workflow.versions += WorkflowVersion{workflow.versions.last().number + 1, nodes};
        }
        *found = workflow;
    }
    return asChanges(table->definition(), std::move(after), op.table, {});
}

} // namespace casebase
