// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/columns/RecordIndex.h"
#include "shared/schema/Table.h"

namespace casebase {

class RowMask;

using NumberColumn = FixedColumn<double>;
using IntegerColumn = FixedColumn<qint64>;
using FaultColumn = FixedColumn<quint8>;
using Column = std::variant<BytesColumn, NumberColumn, IntegerColumn, BitColumn, CodeColumn>;

/// What every record has besides its fields.
struct RecordMeta {
    qint64 createdMs = 0;
    UserId createdBy;
    qint64 modifiedMs = 0;
    UserId modifiedBy;
    quint64 revision = 0; ///< Of the last commit that touched the record.
};

/// One table: its definition and its records, in typed columns. A value that is cheap to copy.
/// Deleted records keep their row and cells and are not alive.
class TableData {
public:
    const Table &definition() const { return m_definition; }
    /// Adds and drops columns so that there is one for each field that has values of its own. A
    /// field whose kind needs another column, or which becomes computed or stored, starts empty.
    void setDefinition(const Table &definition);

    Row rowCount() const { return m_rowCount; }
    qsizetype aliveCount() const { return m_aliveCount; }
    bool isAlive(Row row) const { return m_alive.at(row); }
    RecordId recordId(Row row) const { return RecordId(m_ids.at(row)); }
    /// The row of the record, alive or not.
    std::optional<Row> row(RecordId record) const { return m_index.find(record.bits(), m_ids); }
    std::optional<Row> aliveRow(RecordId record) const;
    RecordMeta meta(Row row) const;
    Value value(Row row, const Field &field) const;
    /// Is value() something else than Empty? Without making it.
    bool hasValue(Row row, const Field &field) const;
    /// Of links: the kept ones, to deleted records, too, of which value() shows nothing.
    Links allLinks(Row row, const Field &field) const;
    /// The records of allLinks(), as packedLinks() has them: the same bytes lead to the same ones.
    /// Until the field is written.
    QByteArrayView linkedBytes(Row row, const Field &field) const;
    /// The column whose text the field shows, for fields of text, of links and of sensitive text;
    /// otherwise null. Of links it holds a line for each, of sensitive text the mask.
    const BytesColumn *texts(const Field &field) const;
    /// Null for what every record knows of itself.
    const Column *column(FieldId field) const;
    /// Which rows of a computed field hold a fault instead, and which; null if it is not computed.
    const FaultColumn *faults(FieldId field) const;
    /// Until when computed values hold, in ms since 1970, where they do not hold for ever; null if
    /// the field is not computed.
    const IntegerColumn *expiries(FieldId field) const;
    const BitColumn &alive() const { return m_alive; }
    /// The days or milliseconds that the field shows; null if it is no date and no moment.
    const IntegerColumn *integers(const Field &field) const;
    /// The options or people that the field shows; null if it does not show one of them.
    const CodeColumn *codes(const Field &field) const;
    /// The rows stand in the order of their ids.
    bool isInOrder() const { return m_isInOrder; }
    double lastNumber(FieldId autoNumber) const { return m_lastNumbers.value(autoNumber); }

    Row insert(RecordId record, bool isAlive, const RecordMeta &meta);
    void setAlive(Row row, bool isAlive);
    void setValue(Row row, const Field &field, const Value &value);
    /// A value of a computed field, which may be a fault, and until when it holds if not for ever.
    void setComputed(
        Row row, const Field &field, const Value &value, std::optional<qint64> untilMs);
    /// The same for the numbers of a block of rows: of `rows`, those in `present` hold one, for
    /// ever.
    void setComputedNumbers(size_t block, const Field &field, const double *numbers,
        const RowMask &present, const RowMask &rows);
    /// The titles of allLinks(), nothing for those that lead to deleted records. True if they
    /// became different.
    bool setTitles(Row row, const Field &field, const QList<std::optional<QString>> &titles);
    void touch(Row row, qint64 timeMs, UserId actor, quint64 revision);

private:
    friend class TableChunks;
    struct Computed {
        FaultColumn faults;
        IntegerColumn expiries;
    };
    struct Entry {
        FieldId field;
        Column column;
        bool isStored = true;
        std::optional<Computed> computed; ///< Of fields with a formula.
        /// Of links: of each its title and a line break, or Gone. Of sensitive texts: the mask.
        BytesColumn shown;
    };
    const Entry *entry(FieldId field) const;
    Entry *writableEntry(FieldId field);

    Table m_definition;
    std::vector<Entry> m_columns;
    Row m_rowCount = 0;
    qsizetype m_aliveCount = 0;
    bool m_isInOrder = true;
    FixedColumn<IdBits> m_ids;
    BitColumn m_alive;
    IntegerColumn m_created;
    CodeColumn m_createdBy;
    IntegerColumn m_modified;
    CodeColumn m_modifiedBy;
    IntegerColumn m_revision;
    RecordIndex m_index;
    QHash<FieldId, double> m_lastNumbers;
};

/// The empty column that the field is kept in; nothing for what has none.
std::optional<Column> emptyColumn(const Field &field);

} // namespace casebase
