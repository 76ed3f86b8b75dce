// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/document/FieldCalculation.h"

#include "shared/document/TitleFinder.h"
#include "shared/formula/CellValue.h"
#include "shared/formula/KeyFinder.h"
#include "shared/support/Parallel.h"

#include <algorithm>

namespace casebase {

namespace {

constexpr size_t BlocksAtOnce = 64;

} // namespace

FieldCalculation::FieldCalculation(
    Document &document, const CompiledFormula &formula, const FormulaContext &context)
    : m_document(document)
    , m_formula(formula)
    , m_table(document.writeTable(formula.table))
    , m_field(*m_table.definition().field(formula.field))
    , m_people(document.people())
    , m_context(context)
{
}

std::vector<ComputedChange> FieldCalculation::compute(
    const std::vector<Row> &rows, const std::vector<Row> &unnoted, qsizetype listed)
{
    std::vector<ComputedChange> changes;
    const Field *link = m_table.definition().field(m_formula.onlyLink);
    Last last;
    for (const Row row : rows) {
        if (!m_table.isAlive(row)) {
            continue; // It is computed when it comes back.
        }
        keepKeys(row);
        bringUpTo(last, row, link);
        const bool isNoted = !std::binary_search(unnoted.cbegin(), unnoted.cend(), row);
        const bool isListed = isNoted && qsizetype(changes.size()) < listed;
        Value before = isListed || !m_formula.isTitles ? m_table.value(row, m_field) : Value();
        bool isOther = false;
        if (m_formula.isTitles) {
            isOther = m_table.setTitles(row, m_field, last.titles);
        } else {
            isOther = before != last.cell.value;
            store(row, last.cell);
        }
        if (isOther && isNoted) {
            changes.push_back({row, {m_table.recordId(row), m_field.id, {}, {}}});
        }
        if (isOther && isListed) {
            changes.back().change.before = std::move(before);
            changes.back().change.after = m_table.value(row, m_field);
        }
    }
    return changes;
}

/// Computes the row, unless it must come to the same as the one before.
void FieldCalculation::bringUpTo(Last &last, Row row, const Field *link) const
{
    if (link) {
        const QByteArrayView links = m_table.linkedBytes(row, *link);
        if (last.links == links) {
            return;
        }
        last.links = links.toByteArray();
    }
    if (m_formula.isTitles) {
        last.titles = titles(row);
    } else {
        last.cell = computed(row);
    }
}

void FieldCalculation::computeAll()
{
    if (!m_formula.isTitles) {
        return computeBlocks();
    }
    for (Row row = 0; row < m_table.rowCount(); ++row) {
        m_table.setTitles(row, m_field, titles(row));
    }
}

FieldCalculation::Cell FieldCalculation::computed(Row row) const
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

/// What the record looks for in the other table.
quint64 FieldCalculation::keyOf(const KeyedRead &read, Row row) const
{
    FormulaRun run(m_context);
    return keyHash(keyText(evaluate(read.key, m_table, row, m_people, run), run));
}

/// Notes it, so that what becomes different there finds its way back.
void FieldCalculation::keepKeys(Row row)
{
    for (int call = 0; call < m_formula.keyed.size(); ++call) {
        m_document.writeKeys({m_formula.field, call})
            .set(row, keyOf(m_formula.keyed[call], row), m_table);
    }
}

void FieldCalculation::store(Row row, const Cell &cell)
{
    noteExpiry(cell);
    m_table.setComputed(row, m_field, cell.value, cell.untilMs);
}

void FieldCalculation::noteExpiry(const Cell &cell)
{
    m_nextExpiryMs = std::min(m_nextExpiryMs, cell.untilMs.value_or(FormulaRun::Always));
}

QList<std::optional<QString>> FieldCalculation::titles(Row row) const
{
    QList<std::optional<QString>> titles;
    const TableData *far = m_document.table(m_field.link.table);
    for (const Link &link : m_table.allLinks(row, m_field)) {
        const auto there = far ? far->aliveRow(link.record) : std::nullopt;
        titles += there
            ? std::optional(recordTitle(*far, *there, m_people, m_context.zone, m_field.link.shown))
            : std::nullopt;
    }
    return titles;
}

/// A block at a time where the formula allows it, on all threads that are idle.
void FieldCalculation::computeBlocks()
{
    const auto numbers = valueTypeOf(m_field.kind) == ValueType::Number
        ? blockNumbers(m_formula.expression, m_table, m_people, m_context)
        : nullptr;
    const auto flags = m_field.kind == FieldKind::Checkbox
        ? blockFlags(m_formula.expression, m_table, m_people, m_context)
        : nullptr;
    for (int call = 0; call < m_formula.keyed.size(); ++call) {
        m_document.forgetKeys({m_formula.field, call});
    }
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

RowMask FieldCalculation::aliveIn(size_t block) const
{
    constexpr size_t Blocks = BitColumn::ChunkRows / RowMask::Rows;
    RowMask alive;
    if (const auto *chunk = m_table.alive().chunks().chunk(block / Blocks)) {
        std::copy_n(chunk->bits.words.cbegin() + (block % Blocks) * RowMask::Words, RowMask::Words,
            alive.words.begin());
    }
    return alive;
}

FieldCalculation::Block FieldCalculation::computedBlock(
    size_t block, const BlockNumbers *numbers, const BlockFlags *flags) const
{
    const Row first = Row(block * RowMask::Rows);
    Block result;
    RowMask unsure;
    RowMask rest = aliveIn(block); // For evaluate(), a row at a time.
    for (const KeyedRead &read : m_formula.keyed) {
        auto &keys = result.keys.emplace_back();
        eachRow(rest,
            [&](size_t i) { keys.emplace_back(first + Row(i), keyOf(read, first + Row(i))); });
    }
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
            result.cells.push_back({first + Row(i), Cell{yes.at(i) ? Value(true) : Value(), {}}});
        });
        rest &= unsure;
    }
    eachRow(rest, [&](size_t i) {
        result.cells.push_back({first + Row(i), computed(first + Row(i))});
    });
    return result;
}

void FieldCalculation::storeBlock(size_t block, const Block &computed)
{
    if (computed.numbers) {
        m_table.setComputedNumbers(block, m_field, computed.numbers->values.data(),
            computed.numbers->present, computed.known);
    }
    for (int call = 0; call < int(computed.keys.size()); ++call) {
        KeyIndex &keys = m_document.writeKeys({m_formula.field, call});
        for (const auto &[row, hash] : computed.keys[call]) {
            keys.set(row, hash, m_table);
        }
    }
    for (const auto &[row, cell] : computed.cells) {
        noteExpiry(cell);
        m_table.setComputed(row, m_field, cell.value, cell.untilMs);
    }
}

} // namespace casebase
