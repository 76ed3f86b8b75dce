// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/document/Recalculate.h"

#include "shared/document/Formulas.h"
#include "shared/document/TitleFinder.h"

#include "shared/formula/Batch.h"
#include "shared/formula/CellValue.h"
#include "shared/support/Parallel.h"

#include <algorithm>

namespace casebase {

namespace {

constexpr qsizetype CellsListed = 20000; ///< Who looks at more looks at everything.
constexpr size_t BlocksAtOnce = 64;

struct Cell {
    Value value;
    std::optional<qint64> untilMs;
};

/// What has to be computed anew in one table.
struct Dirty {
    bool isAll = false;
    QSet<FieldId> fields; ///< In all records, because the definition of the field changed.
    QHash<FieldId, std::vector<Row>> cells;
    std::vector<Row> records; ///< In all fields.
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
    std::sort(rows.begin(), rows.end());
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
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
            for (const Link &link : reverse ? table->allLinks(row, *reverse) : Links()) {
                if (const auto there = step->first->row(link.record)) {
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
            if (isWhole(formula)) {
                TableCalculation(m_document, formula, m_context, *this).computeAll();
                m_dirty[formula.table].fields += formula.field;
            } else if (const std::vector<Row> rows = rowsFor(formula); !rows.empty()) {
                TableCalculation(m_document, formula, m_context, *this).compute(rows);
            }
        }
        return takeResult();
    }

    bool isNew(TableId table, Row row) const
    {
        const auto dirty = m_dirty.constFind(table);
        return dirty != m_dirty.cend()
            && std::binary_search(dirty->records.cbegin(), dirty->records.cend(), row);
    }
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
    void noteAll() { m_isWide = true; }
    void noteExpiry(qint64 ms) { m_document.noteExpiry(ms); }

private:
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
                append(rows,
                    TableCalculation::dueRows(
                        *m_document.table(formula.table), formula.field, own->dueMs));
            }
        }
        for (const FieldRead &read : formula.foreign) {
            const auto there = m_dirty.constFind(read.table);
            if (there != m_dirty.cend()) {
                const std::vector<Row> from =
                    read.field.isNull() ? there->touched : there->cells.value(read.field);
                append(rows,
                    from.empty() ? from : rowsAlong(m_document, formula.table, read.path, from));
            }
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

    /// One formula in the records of its table.
    class TableCalculation {
    public:
        TableCalculation(Document &document, const CompiledFormula &formula,
            const FormulaContext &context, Calculation &whole)
            : m_document(document)
            , m_formula(formula)
            , m_table(document.writeTable(formula.table))
            , m_field(*m_table.definition().field(formula.field))
            , m_people(document.people())
            , m_context(context)
            , m_whole(whole)
        {
        }

        void compute(const std::vector<Row> &rows)
        {
            for (const Row row : rows) {
                if (!m_table.isAlive(row)) {
                    continue; // It is computed when it comes back.
                }
                m_formula.isTitles ? storeTitles(row) : store(row, computed(row));
            }
        }

        /// All records, a block at a time where the formula allows it, on all threads that are
        /// idle.
        void computeAll()
        {
            m_whole.noteAll();
            if (m_formula.isTitles) {
                for (Row row = 0; row < m_table.rowCount(); ++row) {
                    m_table.setTitles(row, m_field, titles(row));
                }
                return;
            }
            computeBlocks();
        }

        static std::vector<Row> dueRows(const TableData &table, FieldId field, qint64 nowMs)
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

    private:
        Cell computed(Row row) const
        {
            FormulaRun run(m_context);
            const FormulaValue value = evaluate(m_formula.expression, m_table, row, m_people, run);
            const qint64 untilMs = run.untilMs; // Making a cell of it may ask for less.
            Cell cell{cellOf(value, m_field.kind, run), {}};
            const qint64 end = std::min(untilMs, run.untilMs);
            if (end != FormulaRun::Always) {
                cell.untilMs = end;
            }
            return cell;
        }

        void store(Row row, const Cell &cell)
        {
            m_whole.noteExpiry(cell.untilMs.value_or(FormulaRun::Always));
            Value before = m_table.value(row, m_field);
            const bool isOther = before != cell.value;
            m_table.setComputed(row, m_field, cell.value, cell.untilMs);
            if (isOther && !m_whole.isNew(m_formula.table, row)) {
                m_whole.note(m_formula.table, row,
                    {m_table.recordId(row), m_field.id, std::move(before), cell.value});
            }
        }

        QList<std::optional<QString>> titles(Row row) const
        {
            QList<std::optional<QString>> titles;
            const TableData *far = m_document.table(m_field.link.table);
            for (const Link &link : m_table.allLinks(row, m_field)) {
                const auto there = far ? far->aliveRow(link.record) : std::nullopt;
                titles += there ? std::optional(recordTitle(*far, *there, m_people, m_context.zone))
                                : std::nullopt;
            }
            return titles;
        }

        void storeTitles(Row row)
        {
            Value before = m_table.value(row, m_field);
            const bool isOther = m_table.setTitles(row, m_field, titles(row));
            if (isOther && !m_whole.isNew(m_formula.table, row)) {
                m_whole.note(m_formula.table, row,
                    {m_table.recordId(row), m_field.id, std::move(before),
                        m_table.value(row, m_field)});
            }
        }

        void computeBlocks()
        {
            const auto numbers = valueTypeOf(m_field.kind) == ValueType::Number
                ? blockNumbers(m_formula.expression, m_table, m_people, m_context)
                : nullptr;
            const auto flags = m_field.kind == FieldKind::Checkbox
                ? blockFlags(m_formula.expression, m_table, m_people, m_context)
                : nullptr;
            const size_t blocks = (m_table.rowCount() + RowMask::Rows - 1) / RowMask::Rows;
            for (size_t first = 0; first < blocks; first += BlocksAtOnce) {
                const size_t count = std::min(BlocksAtOnce, blocks - first);
                std::vector<Block> computed(count);
                inParallel(count, [&](size_t i) {
                    computed[i] = computedBlock(first + i, numbers.get(), flags.get());
                    return true;
                });
                for (size_t i = 0; i < count; ++i) {
                    storeBlock(first + i, computed[i]);
                }
            }
        }

        /// What a block of rows has come to.
        struct Block {
            std::unique_ptr<NumberBlock> numbers; ///< Of the rows that are known.
            RowMask known;
            std::vector<std::pair<Row, Cell>> cells; ///< Of the others.
        };

        RowMask aliveIn(size_t block) const
        {
            constexpr size_t Blocks = BitColumn::ChunkRows / RowMask::Rows;
            RowMask alive;
            if (const auto *chunk = m_table.alive().chunks().chunk(block / Blocks)) {
                std::copy_n(chunk->bits.words.cbegin() + (block % Blocks) * RowMask::Words,
                    RowMask::Words, alive.words.begin());
            }
            return alive;
        }

        Block computedBlock(
            size_t block, const BlockNumbers *numbers, const BlockFlags *flags) const
        {
            const Row first = Row(block * RowMask::Rows);
            Block result;
            RowMask unsure;
            RowMask rest = aliveIn(block); // For evaluate(), a row at a time.
            if (numbers) {
                result.numbers = std::make_unique<NumberBlock>();
                numbers->read(block, *result.numbers, unsure);
                result.known = rest;
                result.known -= unsure;
                rest &= unsure;
            } else if (flags) {
                const RowMask yes = flags->read(block, unsure);
                RowMask sure = rest;
                eachRow(sure -= unsure, [&](size_t i) {
                    result.cells.push_back(
                        {first + Row(i), Cell{yes.at(i) ? Value(true) : Value(), {}}});
                });
                rest &= unsure;
            }
            eachRow(rest, [&](size_t i) {
                result.cells.push_back({first + Row(i), computed(first + Row(i))});
            });
            return result;
        }

        void storeBlock(size_t block, const Block &computed)
        {
            if (computed.numbers) {
                m_table.setComputedNumbers(block, m_field, computed.numbers->values.data(),
                    computed.numbers->present, computed.known);
            }
            for (const auto &[row, cell] : computed.cells) {
                m_whole.noteExpiry(cell.untilMs.value_or(FormulaRun::Always));
                m_table.setComputed(row, m_field, cell.value, cell.untilMs);
            }
        }

        const Document &m_document;
        const CompiledFormula &m_formula;
        TableData &m_table;
        const Field m_field;
        const People &m_people;
        const FormulaContext &m_context;
        Calculation &m_whole;
    };

    Document &m_document;
    DirtyTables m_dirty;
    FormulaContext m_context;
    QHash<TableId, RecordChanges> m_changes;
    bool m_isWide = false;
};

/// Does a formula see the difference? Names and descriptions are for people.
bool isSeen(const Field &before, const Field &after)
{
    Field same = after;
    same.name = before.name;
    same.description = before.description;
    same.defaultValue = before.defaultValue;
    return same != before;
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
            if (row && each.isAlive) {
                dirty.records.push_back(*row);
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
        if (primary && primaryBefore && primary->id != primaryBefore->id) {
            dirty.fields += primary->id; // Links to the table show another field.
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
                if (valueTypeOf(field.kind) == ValueType::Person) {
                    m_dirty[id].fields += field.id;
                }
            }
        }
    }

    void operator()(const InstanceChange &) { }

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
