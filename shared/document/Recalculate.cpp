// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/document/Recalculate.h"

#include "shared/document/FieldCalculation.h"
#include "shared/formula/KeyFinder.h"
#include "shared/value/Packed.h"

#include <algorithm>
#include <numeric>

namespace casebase {

namespace {

constexpr qsizetype CellsListed = 20000; ///< Who looks at more looks at everything.

/// What has to be computed anew in one table.
struct Dirty {
    bool isAll = false;
    QSet<FieldId> fields; ///< In all records, because the definition of the field changed.
    QHash<FieldId, std::vector<Row>> cells;
    std::vector<Row> records; ///< In all fields.
    std::vector<Row> gone; ///< Deleted.
    QSet<FieldId> formulas; ///< In all records, because the formula changed.
    std::vector<Row> touched; ///< When and by whom it was changed became different.
    qint64 dueMs = 0; ///< What held until then.
};

using DirtyTables = QHash<TableId, Dirty>;

void append(std::vector<Row> &rows, const std::vector<Row> &more)
{
    rows.insert(rows.end(), more.cbegin(), more.cend());
}

void makeUnique(std::vector<Row> &rows)
{
    if (!std::is_sorted(rows.cbegin(), rows.cend())) {
        std::sort(rows.begin(), rows.end());
    }
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
}

/// Which records hold what has held until now.
std::vector<Row> dueRows(const TableData &table, FieldId field, qint64 nowMs)
{
    std::vector<Row> rows;
    const auto &chunks = table.expiries(field)->chunks();
    for (size_t block = 0; block < chunks.limit(); ++block) {
        const auto *chunk = chunks.chunk(block);
        for (size_t i = 0; chunk && i < IntegerColumn::ChunkRows; ++i) {
            if (chunk->present.at(i) && chunk->values[i] <= nowMs) {
                rows.push_back(Row(block * IntegerColumn::ChunkRows + i));
            }
        }
    }
    return rows;
}

/// Which records of the first table lead to those rows of the last, along the links.
std::vector<Row> rowsAlong(
    const Document &document, TableId home, const QList<FieldId> &path, std::vector<Row> rows)
{
    QList<std::pair<const TableData *, const Field *>> steps; // each table and its link
    const TableData *table = document.table(home);
    for (const FieldId link : path) {
        const Field *field = table ? table->definition().field(link) : nullptr;
        if (!field) {
            return {};
        }
        steps += std::pair(table, field);
        table = document.table(field->link.table);
    }
    for (auto step = steps.crbegin(); table && step != steps.crend(); ++step) {
        const Field *reverse = table->definition().field(step->second->link.reverse);
        std::vector<Row> nearer;
        for (const Row row : rows) {
            const QByteArrayView linked =
                reverse ? table->linkedBytes(row, *reverse) : QByteArrayView();
            for (const RecordId record : unpackedRecords(linked)) {
                if (const auto there = step->first->row(record)) {
                    nearer.push_back(*there);
                }
            }
        }
        makeUnique(nearer);
        rows = std::move(nearer);
        table = step->first;
    }
    return rows;
}

/// Computes what is dirty, formula by formula; what becomes different makes others dirty.
class Calculation {
public:
    Calculation(Document &document, DirtyTables dirty, const FormulaContext &context)
        : m_document(document)
        , m_dirty(std::move(dirty))
        , m_context(context)
    {
        m_context.tables = &document;
    }

    Recalculated run()
    {
        for (Dirty &dirty : m_dirty) {
            std::sort(dirty.records.begin(), dirty.records.end());
        }
        const auto formulas = m_document.sharedFormulas(); // tables may be copied meanwhile
        for (const CompiledFormula &formula : *formulas) {
            for (const KeyedRead &read : formula.keyed) {
                refreshKeys(read);
            }
            if (isWhole(formula)) {
                FieldCalculation field(m_document, formula, m_context);
                field.computeAll();
                m_dirty[formula.table].fields += formula.field;
                m_isWide = true;
                m_document.noteExpiry(field.nextExpiryMs());
            } else if (const std::vector<Row> rows = rowsFor(formula); !rows.empty()) {
                FieldCalculation field(m_document, formula, m_context);
                const qsizetype listed = m_changes[formula.table].cells.size();
                for (ComputedChange &each : field.compute(rows, m_dirty[formula.table].records,
                         std::max<qsizetype>(0, CellsListed - listed))) {
                    note(formula.table, each.row, std::move(each.change));
                }
                m_document.noteExpiry(field.nextExpiryMs());
            }
        }
        return takeResult();
    }

private:
    void note(TableId table, Row row, CellChange change)
    {
        m_dirty[table].cells[change.field].push_back(row);
        RecordChanges &changes = m_changes[table];
        if (changes.cells.size() < CellsListed) {
            changes.cells += std::move(change);
        } else {
            m_isWide = true;
        }
    }

    /// Brings the index of what the field says up to date with what has been computed until now.
    void refreshKeys(const KeyedRead &read)
    {
        const TableData *table = m_document.table(read.table);
        const Field *field = table ? table->definition().field(read.field) : nullptr;
        if (!field || m_keyChanges.contains(read.field)) {
            return;
        }
        std::vector<quint64> &changes = m_keyChanges[read.field];
        const Dirty dirty = m_dirty.value(read.table);
        const bool isNew =
            !m_document.keys(read.field) || dirty.isAll || dirty.fields.contains(read.field);
        std::vector<Row> rows = dirty.cells.value(read.field);
        append(rows, dirty.records);
        append(rows, dirty.gone);
        if (isNew) {
            m_document.forgetKeys({read.field});
            rows.resize(table->rowCount());
            std::iota(rows.begin(), rows.end(), Row(0));
        } else if (rows.empty()) {
            return;
        }
        KeyIndex &keys = m_document.writeKeys({read.field});
        for (const Row row : rows) {
            const quint64 before = keys.at(row);
            const quint64 after = keyHash(*table, row, *field, m_document.people(), m_context);
            keys.set(row, after, *table);
            if (!isNew && before != after) {
                changes.push_back(before);
                changes.push_back(after);
            }
        }
    }

    /// The rows of which that key of the formula is one of those.
    std::vector<Row> rowsWithKeys(
        const CompiledFormula &formula, int keyed, const std::vector<quint64> &hashes) const
    {
        std::vector<Row> rows;
        const KeyIndex *own = m_document.keys(Document::Keyed{formula.field, keyed});
        for (const quint64 hash : own ? hashes : std::vector<quint64>()) {
            for (const KeyIndex::Entry &entry : own->rows(hash)) {
                rows.push_back(entry.row);
            }
        }
        return rows;
    }

    /// The rows of the formula from which those, in which it reads, are reached.
    std::vector<Row> rowsFrom(
        const CompiledFormula &formula, const FieldRead &read, const std::vector<Row> &far) const
    {
        if (far.empty() || read.keyed < 0) {
            return far.empty() ? far : rowsAlong(m_document, formula.table, read.path, far);
        }
        const KeyedRead &found = formula.keyed[read.keyed];
        const KeyIndex *keys = m_document.keys(found.field);
        std::vector<quint64> hashes;
        for (const Row row : rowsAlong(m_document, found.table, read.path, far)) {
            hashes.push_back(keys ? keys->at(row) : KeyIndex::NoKey);
        }
        return rowsWithKeys(formula, read.keyed, hashes);
    }

    bool isWhole(const CompiledFormula &formula) const
    {
        const auto own = m_dirty.constFind(formula.table);
        if (own != m_dirty.cend()
            && (own->isAll || own->formulas.contains(formula.field)
                || own->fields.intersects(formula.reads))) {
            return true;
        }
        return std::any_of(
            formula.foreign.cbegin(), formula.foreign.cend(), [this](const FieldRead &read) {
                const auto there = m_dirty.constFind(read.table);
                return there != m_dirty.cend() && there->fields.contains(read.field);
            });
    }

    std::vector<Row> rowsFor(const CompiledFormula &formula) const
    {
        std::vector<Row> rows;
        const auto own = m_dirty.constFind(formula.table);
        if (own != m_dirty.cend()) {
            rows = own->records;
            for (auto each = own->cells.cbegin(); each != own->cells.cend(); ++each) {
                if (formula.reads.contains(each.key())) {
                    append(rows, *each);
                }
            }
            if (formula.readsRecord) {
                append(rows, own->touched);
            }
            if (own->dueMs > 0 && !formula.isTitles) {
                append(rows, dueRows(*m_document.table(formula.table), formula.field, own->dueMs));
            }
        }
        for (const FieldRead &read : formula.foreign) {
            const auto there = m_dirty.constFind(read.table);
            if (there != m_dirty.cend()) {
                const std::vector<Row> from =
                    read.field.isNull() ? there->touched : there->cells.value(read.field);
                append(rows, rowsFrom(formula, read, from));
            }
        }
        for (int keyed = 0; keyed < formula.keyed.size(); ++keyed) {
            append(
                rows, rowsWithKeys(formula, keyed, m_keyChanges.value(formula.keyed[keyed].field)));
        }
        makeUnique(rows);
        return rows;
    }

    Recalculated takeResult()
    {
        Recalculated result{{}, m_isWide};
        for (auto each = m_changes.begin(); each != m_changes.end(); ++each) {
            each->table = each.key();
            // Cells of one record stand together.
            std::stable_sort(each->cells.begin(), each->cells.end(),
                [](const CellChange &a, const CellChange &b) { return a.record < b.record; });
            result.cells += std::move(*each);
        }
        return result;
    }

    Document &m_document;
    DirtyTables m_dirty;
    FormulaContext m_context;
    QHash<TableId, RecordChanges> m_changes;
    QHash<FieldId, std::vector<quint64>> m_keyChanges; ///< Keys that came or went, in fields.
    bool m_isWide = false;
};

/// Does a formula see the difference? Names and descriptions are for people.
bool isSeen(const Field &before, const Field &after)
{
    Field same = after;
    same.name = before.name;
    same.description = before.description;
    same.defaultValue = before.defaultValue;
    same.rules = before.rules;
    return same != before;
}

/// A field is deleted, or comes back.
bool comesOrGoes(const Table &after, const std::optional<Table> &before)
{
    return before
        && std::any_of(after.fields.cbegin(), after.fields.cend(), [&](const Field &field) {
               const Field *earlier = before->field(field.id);
               return earlier && earlier->isTrashed != field.isTrashed;
           });
}

class Collector {
public:
    explicit Collector(const Document &document)
        : m_document(document)
    {
    }

    void operator()(const RecordChanges &changes)
    {
        const TableData *table = m_document.table(changes.table);
        if (!table) {
            return;
        }
        Dirty &dirty = m_dirty[changes.table];
        for (const RecordChange &each : changes.records) {
            const auto row = table->row(each.record);
            if (row) {
                (each.isAlive ? dirty.records : dirty.gone).push_back(*row);
            }
        }
        const bool hasRecords = !changes.records.isEmpty();
        QSet<RecordId> whole;
        for (const RecordChange &each : changes.records) {
            whole += each.record;
        }
        std::optional<Row> row;
        RecordId last;
        for (const CellChange &cell : changes.cells) {
            if (hasRecords && whole.contains(cell.record)) {
                continue;
            }
            if (cell.record != last) {
                row = table->row(cell.record);
                last = cell.record;
                if (row) {
                    dirty.touched.push_back(*row);
                }
            }
            if (row) {
                dirty.cells[cell.field].push_back(*row);
            }
        }
    }

    /// Links to records that have gone or come back show other records.
    void addLinksTo(const RecordChanges &changes)
    {
        const TableData *table = m_document.table(changes.table);
        for (const Field &field : table ? table->definition().fields : QList<Field>()) {
            const TableData *far =
                field.kind == FieldKind::Links ? m_document.table(field.link.table) : nullptr;
            for (const RecordChange &each : far ? changes.records : QList<RecordChange>()) {
                const auto row = each.isNew ? std::nullopt : table->row(each.record);
                for (const Link &link : row ? table->allLinks(*row, field) : Links()) {
                    if (const auto there = far->row(link.record)) {
                        m_dirty[field.link.table].cells[field.link.reverse].push_back(*there);
                    }
                }
            }
        }
    }

    void add(const QHash<TableId, LinkCells> &relinked)
    {
        for (auto table = relinked.cbegin(); table != relinked.cend(); ++table) {
            for (auto field = table->cbegin(); field != table->cend(); ++field) {
                append(m_dirty[table.key()].cells[field.key()], *field);
            }
        }
    }

    void operator()(const TableChange &change)
    {
        if (!change.after) {
            return;
        }
        Dirty &dirty = m_dirty[change.after->id];
        for (const Field &field : change.after->fields) {
            const Field *before = change.before ? change.before->field(field.id) : nullptr;
            if (!before || isSeen(*before, field)) {
                dirty.fields += field.id;
                if (!field.formula.isEmpty()) {
                    dirty.formulas += field.id;
                }
                if (field.kind == FieldKind::Links && !field.link.isKept && !field.isTrashed) {
                    m_reverse += std::pair(change.after->id, field);
                }
            }
        }
        const Field *primary = change.after->primaryField();
        const Field *primaryBefore = change.before ? change.before->primaryField() : nullptr;
        const bool isOther = primaryBefore && primary && primary->id != primaryBefore->id;
        if (primary && (isOther || comesOrGoes(*change.after, change.before))) {
            dirty.fields += primary->id; // Links to the table may show another field.
        }
    }

    /// Their names stand in texts.
    void operator()(const PersonChange &change)
    {
        if (change.before && change.before->name == change.after.name) {
            return;
        }
        for (const TableId id : m_document.tables()) {
            for (const Field &field : m_document.table(id)->definition().fields) {
                const ValueType type = valueTypeOf(field.kind);
                if (type == ValueType::Person || type == ValueType::Persons) {
                    m_dirty[id].fields += field.id;
                }
            }
        }
    }

    void operator()(const InstanceChange &) { }
    void operator()(const DepartmentsChange &) { } // Fields that name them have changed, too.

    const DirtyTables &dirty() const { return m_dirty; }
    /// Ends of links that have to be made from the other ends, with their tables.
    const QList<std::pair<TableId, Field>> &reverse() const { return m_reverse; }

private:
    const Document &m_document;
    DirtyTables m_dirty;
    QList<std::pair<TableId, Field>> m_reverse;
};

/// The earliest of all expiries, looked up anew.
qint64 earliestExpiry(const Document &document)
{
    qint64 earliest = FormulaRun::Always;
    for (const CompiledFormula &formula : document.formulas()) {
        if (formula.isTitles) {
            continue;
        }
        const auto &chunks = document.table(formula.table)->expiries(formula.field)->chunks();
        for (size_t block = 0; block < chunks.limit(); ++block) {
            const auto *chunk = chunks.chunk(block);
            for (size_t i = 0; chunk && i < IntegerColumn::ChunkRows; ++i) {
                if (chunk->present.at(i)) {
                    earliest = std::min(earliest, chunk->values[i]);
                }
            }
        }
    }
    return earliest;
}

} // namespace

Recalculated recalculate(Document &document, const ChangeSet &facts,
    const QHash<TableId, LinkCells> &relinked, const FormulaContext &context)
{
    if (document.formulas().isEmpty()) {
        return {};
    }
    Collector collector(document);
    for (const Change &change : facts.changes) {
        std::visit(collector, change);
    }
    collector.add(relinked);
    for (const auto &[table, field] : collector.reverse()) {
        relinkAll(document, table, field);
    }
    for (const Change &change : facts.changes) {
        if (const auto *records = std::get_if<RecordChanges>(&change)) {
            collector.addLinksTo(*records);
        }
    }
    return Calculation(document, collector.dirty(), context).run();
}

void calculateAll(Document &document, const FormulaContext &context)
{
    document.compile();
    document.forgetKeys();
    for (const TableId id : document.tables()) {
        const QList<Field> fields = document.table(id)->definition().fields;
        for (const Field &field : fields) {
            if (field.kind == FieldKind::Links && !field.link.isKept) {
                relinkAll(document, id, field); // in the trash, too: it may come back
            }
        }
    }
    DirtyTables dirty;
    for (const CompiledFormula &formula : document.formulas()) {
        dirty[formula.table].isAll = true;
    }
    Calculation(document, dirty, context).run();
}

Recalculated passTime(Document &document, const FormulaContext &context)
{
    if (context.nowMs < document.nextExpiryMs()) {
        return {};
    }
    DirtyTables dirty;
    for (const CompiledFormula &formula : document.formulas()) {
        dirty[formula.table].dueMs = context.nowMs;
    }
    document.forgetExpiry();
    Recalculated result = Calculation(document, dirty, context).run();
    document.noteExpiry(earliestExpiry(document));
    return result;
}

} // namespace casebase
