// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/document/Recalculate.h"

#include "shared/document/Formulas.h"

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

class TableCalculation {
public:
    TableCalculation(
        Document &document, TableId id, const FormulaContext &context, Recalculated &result)
        : m_table(document.writeTable(id))
        , m_formulas(document.formulas(id))
        , m_people(document.people())
        , m_context(context)
        , m_result(result)
    {
    }

    void run(Dirty dirty)
    {
        std::sort(dirty.records.begin(), dirty.records.end());
        for (const CompiledFormula &formula : m_formulas) {
            const Field &field = *m_table.definition().field(formula.field);
            const bool isWhole = dirty.isAll || dirty.formulas.contains(formula.field)
                || dirty.fields.intersects(formula.reads);
            if (isWhole) {
                computeAll(formula, field);
                dirty.fields += formula.field;
                continue;
            }
            for (const Row row : rowsFor(formula, dirty)) {
                const Cell cell = computed(formula, field, row);
                if (store(field, row, cell) && !isNew(dirty, row)) {
                    dirty.cells[formula.field].push_back(row);
                }
            }
        }
        flush();
    }

    qint64 nextExpiryMs() const { return m_nextExpiryMs; }

private:
    static bool isNew(const Dirty &dirty, Row row)
    {
        return std::binary_search(dirty.records.cbegin(), dirty.records.cend(), row);
    }

    std::vector<Row> rowsFor(const CompiledFormula &formula, const Dirty &dirty) const
    {
        std::vector<Row> rows = dirty.records;
        const auto add = [&rows](const std::vector<Row> &more) {
            rows.insert(rows.end(), more.cbegin(), more.cend());
        };
        for (auto each = dirty.cells.cbegin(); each != dirty.cells.cend(); ++each) {
            if (formula.reads.contains(each.key())) {
                add(*each);
            }
        }
        if (formula.readsRecord) {
            add(dirty.touched);
        }
        if (dirty.dueMs > 0) {
            add(dueRows(formula.field, dirty.dueMs));
        }
        std::sort(rows.begin(), rows.end());
        rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
        return rows;
    }

    std::vector<Row> dueRows(FieldId field, qint64 nowMs) const
    {
        std::vector<Row> rows;
        const auto &chunks = m_table.expiries(field)->chunks();
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

    Cell computed(const CompiledFormula &formula, const Field &field, Row row) const
    {
        FormulaRun run(m_context);
        const FormulaValue value = evaluate(formula.expression, m_table, row, m_people, run);
        const qint64 untilMs = run.untilMs; // Making a cell of it may ask for less.
        Cell cell{cellOf(value, field.kind, run), {}};
        const qint64 end = std::min(untilMs, run.untilMs);
        if (end != FormulaRun::Always) {
            cell.untilMs = end;
        }
        return cell;
    }

    /// True if the cell became different.
    bool store(const Field &field, Row row, const Cell &cell)
    {
        if (!m_table.isAlive(row)) {
            return false; // It is computed when it comes back.
        }
        m_nextExpiryMs = std::min(m_nextExpiryMs, cell.untilMs.value_or(FormulaRun::Always));
        Value before = m_table.value(row, field);
        const bool isOther = before != cell.value;
        m_table.setComputed(row, field, cell.value, cell.untilMs);
        if (isOther) {
            note({m_table.recordId(row), field.id, std::move(before), cell.value});
        }
        return isOther;
    }

    void note(CellChange change)
    {
        if (m_changes.cells.size() < CellsListed) {
            m_changes.cells += std::move(change);
        } else {
            m_result.isWide = true;
        }
    }

    void flush()
    {
        if (!m_changes.cells.isEmpty()) {
            m_changes.table = m_table.definition().id;
            // Cells of one record stand together.
            std::stable_sort(m_changes.cells.begin(), m_changes.cells.end(),
                [](const CellChange &a, const CellChange &b) { return a.record < b.record; });
            m_result.cells += std::move(m_changes);
        }
    }

    /// All records, a block at a time where the formula allows it, on all threads that are idle.
    void computeAll(const CompiledFormula &formula, const Field &field)
    {
        m_result.isWide = true;
        const auto numbers = valueTypeOf(field.kind) == ValueType::Number
            ? blockNumbers(formula.expression, m_table, m_people, m_context)
            : nullptr;
        const auto flags = field.kind == FieldKind::Checkbox
            ? blockFlags(formula.expression, m_table, m_people, m_context)
            : nullptr;
        const size_t blocks = (m_table.rowCount() + RowMask::Rows - 1) / RowMask::Rows;
        for (size_t first = 0; first < blocks; first += BlocksAtOnce) {
            const size_t count = std::min(BlocksAtOnce, blocks - first);
            std::vector<Block> computed(count);
            inParallel(count, [&](size_t i) {
                computed[i] = computedBlock(formula, field, first + i, numbers.get(), flags.get());
                return true;
            });
            for (size_t i = 0; i < count; ++i) {
                storeBlock(field, first + i, computed[i]);
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

    Block computedBlock(const CompiledFormula &formula, const Field &field, size_t block,
        const BlockNumbers *numbers, const BlockFlags *flags) const
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
            result.cells.push_back({first + Row(i), computed(formula, field, first + Row(i))});
        });
        return result;
    }

    void storeBlock(const Field &field, size_t block, const Block &computed)
    {
        if (computed.numbers) {
            m_table.setComputedNumbers(block, field, computed.numbers->values.data(),
                computed.numbers->present, computed.known);
        }
        for (const auto &[row, cell] : computed.cells) {
            m_nextExpiryMs = std::min(m_nextExpiryMs, cell.untilMs.value_or(FormulaRun::Always));
            m_table.setComputed(row, field, cell.value, cell.untilMs);
        }
    }

    TableData &m_table;
    const Formulas &m_formulas;
    const People &m_people;
    const FormulaContext &m_context;
    Recalculated &m_result;
    RecordChanges m_changes;
    qint64 m_nextExpiryMs = FormulaRun::Always;
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
        if (!table || m_document.formulas(changes.table).isEmpty()) {
            return;
        }
        Dirty &dirty = m_dirty[changes.table];
        for (const RecordChange &each : changes.records) {
            const auto row = each.isAlive ? table->row(each.record) : std::nullopt;
            if (row) {
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

    void operator()(const TableChange &change)
    {
        if (!change.after || m_document.formulas(change.after->id).isEmpty()) {
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
            }
        }
    }

    /// Their names stand in texts.
    void operator()(const PersonChange &change)
    {
        if (change.before && change.before->name == change.after.name) {
            return;
        }
        for (const TableId id : m_document.tables()) {
            if (m_document.formulas(id).isEmpty()) {
                continue;
            }
            for (const Field &field : m_document.table(id)->definition().fields) {
                if (valueTypeOf(field.kind) == ValueType::Person) {
                    m_dirty[id].fields += field.id;
                }
            }
        }
    }

    void operator()(const InstanceChange &) { }

    const QHash<TableId, Dirty> &dirty() const { return m_dirty; }

private:
    const Document &m_document;
    QHash<TableId, Dirty> m_dirty;
};

Recalculated calculated(
    Document &document, const QHash<TableId, Dirty> &dirty, const FormulaContext &context)
{
    Recalculated result;
    for (auto each = dirty.cbegin(); each != dirty.cend(); ++each) {
        TableCalculation table(document, each.key(), context, result);
        table.run(*each);
        document.noteExpiry(table.nextExpiryMs());
    }
    return result;
}

/// The earliest of all expiries, looked up anew.
qint64 earliestExpiry(const Document &document)
{
    qint64 earliest = FormulaRun::Always;
    for (const TableId id : document.tables()) {
        for (const CompiledFormula &formula : document.formulas(id)) {
            const auto &chunks = document.table(id)->expiries(formula.field)->chunks();
            for (size_t block = 0; block < chunks.limit(); ++block) {
                const auto *chunk = chunks.chunk(block);
                for (size_t i = 0; chunk && i < IntegerColumn::ChunkRows; ++i) {
                    if (chunk->present.at(i)) {
                        earliest = std::min(earliest, chunk->values[i]);
                    }
                }
            }
        }
    }
    return earliest;
}

} // namespace

Recalculated recalculate(Document &document, const ChangeSet &facts, const FormulaContext &context)
{
    if (!document.hasFormulas()) {
        return {};
    }
    Collector collector(document);
    for (const Change &change : facts.changes) {
        std::visit(collector, change);
    }
    return calculated(document, collector.dirty(), context);
}

void calculateAll(Document &document, const FormulaContext &context)
{
    QHash<TableId, Dirty> dirty;
    for (const TableId id : document.tables()) {
        document.compile(id);
        if (!document.formulas(id).isEmpty()) {
            dirty[id].isAll = true;
        }
    }
    calculated(document, dirty, context);
}

Recalculated passTime(Document &document, const FormulaContext &context)
{
    if (context.nowMs < document.nextExpiryMs()) {
        return {};
    }
    QHash<TableId, Dirty> dirty;
    for (const TableId id : document.tables()) {
        if (!document.formulas(id).isEmpty()) {
            dirty[id].dueMs = context.nowMs;
        }
    }
    document.forgetExpiry();
    Recalculated result = calculated(document, dirty, context);
    document.noteExpiry(earliestExpiry(document));
    return result;
}

} // namespace casebase
