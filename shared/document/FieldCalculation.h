// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/document/Document.h"
#include "shared/document/Formulas.h"
#include "shared/formula/Batch.h"

namespace casebase {

/// A computed cell that has become different.
struct ComputedChange {
    Row row;
    CellChange change;
};

/// One formula in the records of its table, or the titles of one link field.
class FieldCalculation {
public:
    /// Borrows all; `context` has the document as its tables.
    FieldCalculation(
        Document &document, const CompiledFormula &formula, const FormulaContext &context);

    /// Computes those records; which became different, but for the rows in `unnoted`, which are
    /// sorted. The values are told of the first `listed` only.
    std::vector<ComputedChange> compute(
        const std::vector<Row> &rows, const std::vector<Row> &unnoted, qsizetype listed);
    /// Computes all records.
    void computeAll();
    /// What was computed holds until then.
    qint64 nextExpiryMs() const { return m_nextExpiryMs; }

private:
    struct Cell {
        Value value;
        std::optional<qint64> untilMs;
    };
    /// What a block of rows has come to.
    struct Block {
        std::unique_ptr<NumberBlock> numbers; ///< Of the rows that are known.
        RowMask known;
        std::vector<std::vector<std::pair<Row, quint64>>> keys; ///< Of each of the keyed calls.
        std::vector<std::pair<Row, Cell>> cells; ///< Of the others.
    };
    /// What the last record came to, for others of which the same must come.
    struct Last {
        std::optional<QByteArray> links; ///< Where it leads.
        Cell cell;
        QList<std::optional<QString>> titles;
    };
    void bringUpTo(Last &last, Row row, const Field *link) const;
    Cell computed(Row row) const;
    quint64 keyOf(const KeyedRead &read, Row row) const;
    void keepKeys(Row row);
    void store(Row row, const Cell &cell);
    void noteExpiry(const Cell &cell);
    QList<std::optional<QString>> titles(Row row) const;
    void computeBlocks();
    RowMask aliveIn(size_t block) const;
    Block computedBlock(size_t block, const BlockNumbers *numbers, const BlockFlags *flags) const;
    void storeBlock(size_t block, const Block &computed);

    Document &m_document;
    const CompiledFormula &m_formula;
    TableData &m_table;
    const Field m_field;
    const People &m_people;
    const FormulaContext &m_context;
    qint64 m_nextExpiryMs = FormulaRun::Always;
};

} // namespace casebase
