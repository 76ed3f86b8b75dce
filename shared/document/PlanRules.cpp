// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/document/PlanRules.h"

#include "shared/field/ValueRules.h"
#include "shared/formula/Expression.h"

namespace casebase {

namespace {

/// What was written into one table.
struct Written {
    QSet<RecordId> born;
    QSet<RecordId> restored;
    QHash<RecordId, QSet<FieldId>> cells; ///< Of records that were there before.
};

bool hasRules(const Table &table)
{
    return !table.isTrashed
        && std::any_of(table.fields.cbegin(), table.fields.cend(),
            [](const Field &field) { return !field.isTrashed && !field.rules.isEmpty(); });
}

QSet<RecordId> recordsOf(const Value &value)
{
    QSet<RecordId> records;
    if (const auto *links = std::get_if<Links>(&value)) {
        for (const Link &link : *links) {
            records.insert(link.record);
        }
    }
    return records;
}

class WrittenCells {
public:
    explicit WrittenCells(const Document &document)
        : m_document(document)
    {
    }

    void add(const RecordChanges &changes)
    {
        const TableData *table = m_document.table(changes.table);
        if (!table) {
            return;
        }
        const bool counts = hasRules(table->definition());
        QSet<RecordId> whole;
        for (const RecordChange &each : changes.records) {
            whole.insert(each.record);
            if (counts && each.isAlive) {
                Written &written = m_tables[changes.table];
                (each.isNew ? written.born : written.restored).insert(each.record);
            }
        }
        for (const CellChange &cell : changes.cells) {
            if (counts && !whole.contains(cell.record)) {
                m_tables[changes.table].cells[cell.record].insert(cell.field);
            }
            addOtherEnd(table->definition(), cell);
        }
    }

    const QHash<TableId, Written> &tables() const { return m_tables; }

private:
    /// Of a link that is written, both ends are.
    void addOtherEnd(const Table &table, const CellChange &cell)
    {
        const Field *field = table.field(cell.field);
        const TableData *far = field && field->kind == FieldKind::Links
            ? m_document.table(field->link.table)
            : nullptr;
        if (far && hasRules(far->definition())) {
            for (const RecordId record : recordsOf(cell.before) + recordsOf(cell.after)) {
                m_tables[field->link.table].cells[record].insert(field->link.reverse);
            }
        }
    }

    const Document &m_document;
    QHash<TableId, Written> m_tables;
};

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
        const auto found = keys.size() == 1 ? rowLike(keys.cbegin().value()) : rowAmong(keys);
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

    /// Another row with the value of this one: the usual case, in a hundredth of the time.
    std::optional<Row> rowLike(Row own) const
    {
        const auto find = [&](auto isAlike) -> std::optional<Row> {
            for (Row row = 0; row < m_table.rowCount(); ++row) {
                if (row != own && isAlike(row) && m_table.isAlive(row)) {
                    return row;
                }
            }
            return std::nullopt;
        };
        if (const BytesColumn *texts = m_table.texts(m_field)) {
            const QByteArray text = texts->at(own).toByteArray();
            return find([&](Row row) {
                const QByteArrayView other = texts->at(row);
                return other.size() == text.size()
                    && qstrnicmp(other.data(), other.size(), text.data(), text.size()) == 0;
            });
        }
        const Value value = m_table.value(own, m_field);
        return find([&](Row row) { return m_table.value(row, m_field) == value; });
    }

    const TableData &m_table;
    const Field &m_field;
};

/// The rules of one table, on what was written into it.
class TableCheck {
public:
    TableCheck(const Document &document, const TableData &table, const Written &written,
        const FieldContext &fields, const FormulaContext &formulas)
        : m_document(document)
        , m_table(table)
        , m_written(written)
        , m_fields(fields)
        , m_formulas(formulas)
    {
        m_formulas.tables = &document;
    }

    Done check(const Field &field) const
    {
        const ValueCheck form(field);
        const QList<Row> rows = rowsWritten({field.id});
        for (const Row row : rows) {
            TRY(form(m_table.value(row, field), m_fields));
        }
        if (field.rules.isUnique) {
            const auto taken = Holders(m_table, field).taken(rows + rowsOf(m_written.restored));
            if (taken) {
                return Error{ErrorCode::ValueTaken, {field.name, shown(*taken, field)}, {}};
            }
        }
        return field.rules.condition.isEmpty() ? Done(Ok) : checkCondition(field);
    }

private:
    QString shown(const Value &value, const Field &field) const
    {
        return fieldType(field.kind).format(value, field, m_fields).left(80);
    }

    QList<Row> rowsOf(const QSet<RecordId> &records) const
    {
        QList<Row> rows;
        for (const RecordId record : records) {
            if (const auto row = m_table.aliveRow(record)) {
                rows += *row;
            }
        }
        return rows;
    }

    /// Of new records, and of those in which one of the fields was written. In order, so that the
    /// same is told everywhere.
    QList<Row> rowsWritten(const QSet<FieldId> &fields) const
    {
        QList<Row> rows = rowsOf(m_written.born);
        for (auto each = m_written.cells.cbegin(); each != m_written.cells.cend(); ++each) {
            const auto row = each->intersects(fields) ? m_table.aliveRow(each.key()) : std::nullopt;
            if (row) {
                rows += *row;
            }
        }
        std::sort(rows.begin(), rows.end());
        return rows;
    }

    Done checkCondition(const Field &field) const
    {
        const auto condition =
            parseExpression(field.rules.condition, m_table.definition(), &m_document);
        if (!condition) {
            return Ok; // It has been accepted, so what it leads to is gone: it is out of force.
        }
        QSet<FieldId> read{field.id};
        for (const FieldRead &each : fieldsRead(condition.value(), m_table.definition().id)) {
            read.insert(each.path.isEmpty() ? each.field : each.path.first());
        }
        for (const Row row : rowsWritten(read)) {
            FormulaRun run(m_formulas);
            const FormulaValue met =
                evaluate(condition.value(), m_table, row, m_document.people(), run);
            const auto *fault = std::get_if<Fault>(&met);
            if (fault && *fault == Fault::MissingField) {
                return Ok; // The same.
            }
            if (!isTrue(met)) {
                return Error{ErrorCode::ValueRefused,
                    {field.name, shown(m_table.value(row, field), field),
                        field.rules.message.isEmpty()
                            ? QStringLiteral("the condition of the field is not met")
                            : field.rules.message},
                    {}};
            }
        }
        return Ok;
    }

    const Document &m_document;
    const TableData &m_table;
    const Written &m_written;
    const FieldContext &m_fields;
    FormulaContext m_formulas;
};

} // namespace

bool touchesRules(const Document &document, const ChangeSet &changes)
{
    const auto counts = [&](TableId id) {
        const TableData *table = document.table(id);
        return table && hasRules(table->definition());
    };
    return std::any_of(changes.changes.cbegin(), changes.changes.cend(), [&](const Change &change) {
        const auto *records = std::get_if<RecordChanges>(&change);
        const TableData *table = records ? document.table(records->table) : nullptr;
        if (!table) {
            return false;
        }
        const QList<Field> &fields = table->definition().fields;
        return counts(records->table)
            || std::any_of(fields.cbegin(), fields.cend(), [&](const Field &field) {
                   return field.kind == FieldKind::Links && counts(field.link.table);
               });
    });
}

Done checkRules(const Document &after, const ChangeSet &changes, const FieldContext &fields,
    const FormulaContext &formulas)
{
    WrittenCells cells(after);
    for (const Change &change : changes.changes) {
        if (const auto *records = std::get_if<RecordChanges>(&change)) {
            cells.add(*records);
        }
    }
    for (const TableId id : after.tables()) {
        const auto written = cells.tables().constFind(id);
        if (written == cells.tables().cend()) {
            continue;
        }
        const TableData &table = *after.table(id);
        const TableCheck check(after, table, *written, fields, formulas);
        for (const Field &field : table.definition().fields) {
            if (!field.isTrashed && !field.rules.isEmpty()) {
                TRY(check.check(field));
            }
        }
    }
    return Ok;
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
