// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/document/PlanRules.h"

#include "shared/document/WrittenCells.h"
#include "shared/field/SelectFields.h"
#include "shared/formula/KeyFinder.h"
#include "shared/formula/RuleTest.h"

namespace casebase {

namespace {

/// Looks for records of the table that have one of the keys and are not among those looked at.
class Holders {
public:
    Holders(const TableData &table, const Field &field)
        : m_table(table)
        , m_field(field)
    {
    }

    /// The value that another record has, or that two of the rows have.
    std::optional<Value> taken(const QList<Row> &rows) const
    {
        QHash<QByteArray, Row> keys;
        for (const Row row : rows) {
            const Value value = m_table.value(row, m_field);
            const QByteArray key = uniqueKey(value);
            const auto known = keys.constFind(key);
            if (!key.isEmpty() && known != keys.cend() && *known != row) {
                return value;
            }
            if (!key.isEmpty()) {
                keys.insert(key, row);
            }
        }
        if (keys.isEmpty()) {
            return std::nullopt;
        }
        const auto found =
            keys.size() == 1 ? rowAlike(m_table, m_field, keys.cbegin().value()) : rowAmong(keys);
        return found ? std::optional(m_table.value(*found, m_field)) : std::nullopt;
    }

private:
    std::optional<Row> rowAmong(const QHash<QByteArray, Row> &keys) const
    {
        for (Row row = 0; row < m_table.rowCount(); ++row) {
            if (m_table.isAlive(row)) {
                const auto key = keys.constFind(uniqueKey(m_table.value(row, m_field)));
                if (key != keys.cend() && *key != row) {
                    return row;
                }
            }
        }
        return std::nullopt;
    }

    const TableData &m_table;
    const Field &m_field;
};

/// The rules of one table, on what was written into it.
class TableCheck {
public:
    TableCheck(const Document &document, const TableData &table, const WrittenCells &written,
        const FieldContext &fields, const FormulaContext &formulas)
        : m_people(document.people())
        , m_table(table)
        , m_written(written)
        , m_fields(fields)
        , m_formulas(formulas)
        , m_finder(document.people(), {formulas.nowMs, formulas.zone, &document})
    {
        m_formulas.tables = &document;
        m_formulas.finder = &m_finder;
    }

    Done check(const Field &field) const
    {
        TRY(checkParent(field));
        TRY(checkReason(field));
        return field.rules.onlyWarns ? Done(Ok) : checkValues(field);
    }

private:
    Done checkValues(const Field &field) const
    {
        const ValueCheck form(field);
        const QList<Row> rows = rowsWritten({field.id});
        for (const Row row : rows) {
            TRY(form(m_table.value(row, field), m_fields));
        }
        if (field.rules.isUnique) {
            const auto taken = Holders(m_table, field).taken(rows + rowsRestored());
            if (taken) {
                return Error{ErrorCode::ValueTaken, {field.name, shown(*taken, field)}, {}};
            }
        }
        return field.rules.condition.isEmpty() ? Done(Ok) : checkCondition(field);
    }

    QString shown(const Value &value, const Field &field) const
    {
        return fieldType(field.kind).format(value, field, m_fields).left(80);
    }

    QList<Row> rowsWritten(const QSet<FieldId> &fields) const
    {
        return m_written.rows(m_table, fields);
    }

    QList<Row> rowsRestored() const
    {
        QList<Row> rows;
        for (const RecordId record : m_written.restored) {
            if (const auto row = m_table.aliveRow(record)) {
                rows += *row;
            }
        }
        return rows;
    }

    /// An option stands only beside one that it goes with.
    Done checkParent(const Field &field) const
    {
        const Field *parent = m_table.definition().field(field.parent);
        if (!parent || parent->isTrashed) {
            return Ok;
        }
        for (const Row row : rowsWritten({field.id, parent->id})) {
            const Value value = m_table.value(row, field);
            const Value above = m_table.value(row, *parent);
            if (fittingUnder(value, field, above) != value) {
                return Error{ErrorCode::OptionElsewhere,
                    {field.name, shown(value, field), parent->name,
                        isEmpty(above) ? QStringLiteral("—") : shown(above, *parent)},
                    {}};
            }
        }
        return Ok;
    }

    /// Some states are entered only by whoever says why, in the same request.
    Done checkReason(const Field &field) const
    {
        const Field *reason = m_table.definition().field(field.reason);
        if (!reason || reason->isTrashed) {
            return Ok;
        }
        for (const Row row : rowsWritten({field.id})) {
            const auto cells = m_written.cells.constFind(m_table.recordId(row));
            const Value value = m_table.value(row, field);
            const auto *id = std::get_if<OptionId>(&value);
            const Option *state = id ? field.option(*id) : nullptr;
            const bool isSaid = cells == m_written.cells.cend()
                || (cells->contains(reason->id) && m_table.hasValue(row, *reason));
            if (state && state->asksReason && !isSaid) {
                return Error{ErrorCode::ReasonMissing, {field.name, state->name, reason->name}, {}};
            }
        }
        return Ok;
    }

    Done checkCondition(const Field &field) const
    {
        const ConditionTest isMet(m_table, field, m_people, m_formulas);
        for (const Row row : rowsWritten(isMet.fields())) {
            FormulaRun run(m_formulas);
            TRY(isMet(row, run));
        }
        return Ok;
    }

    const People &m_people;
    const TableData &m_table;
    const WrittenCells &m_written;
    const FieldContext &m_fields;
    FormulaContext m_formulas;
    KeyFinder m_finder;
};

} // namespace

Done checkRules(const Document &after, const ChangeSet &changes, const FieldContext &fields,
    const FormulaContext &formulas)
{
    const auto tables = writtenCells(after, changes);
    for (const TableId id : after.tables()) {
        const auto written = tables.constFind(id);
        if (written == tables.cend()) {
            continue;
        }
        const TableData &table = *after.table(id);
        const TableCheck check(after, table, *written, fields, formulas);
        for (const Field &field : table.definition().fields) {
            if (field.isRuled()) {
                TRY(check.check(field));
            }
        }
    }
    return Ok;
}

QList<BrokenRule> brokenRules(const Document &document, const TableData &table,
    const QList<Row> &rows, const QList<Field> &fields, const FieldContext &context)
{
    constexpr qsizetype FewRows = 20;
    FormulaContext formulas{context.nowMs, context.zone, &document};
    KeyFinder finder(document.people(), formulas);
    formulas.finder = &finder;
    QList<BrokenRule> broken;
    for (const Field &field : fields) {
        const RuleTest areMet(table, field, document.people(), formulas,
            rows.size() > FewRows ? RuleTest::Asked::OfAll : RuleTest::Asked::Once);
        for (const Row row : rows) {
            FormulaRun run(formulas);
            const Done met = areMet(row, run);
            if (!met) {
                broken += BrokenRule{table.recordId(row), field.id, met.error()};
            }
        }
    }
    return broken;
}

std::optional<Value> valueOfTwo(
    const TableData &table, const Field &field, const QHash<RecordId, Value> &become)
{
    QSet<QByteArray> keys;
    for (Row row = 0; row < table.rowCount(); ++row) {
        if (!table.isAlive(row)) {
            continue;
        }
        const auto other = become.constFind(table.recordId(row));
        const Value value = other == become.cend() ? table.value(row, field) : *other;
        const QByteArray key = uniqueKey(value);
        if (!key.isEmpty() && keys.contains(key)) {
            return value;
        }
        keys.insert(key);
    }
    return std::nullopt;
}

} // namespace casebase
