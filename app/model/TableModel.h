// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/model/RuleMarks.h"
#include "app/session/Session.h"
#include "shared/query/Colouring.h"
#include "shared/query/Sort.h"

#include <QAbstractTableModel>

namespace casebase {

class LinkChoices;

/// What of a table is shown, in which order.
struct Projection {
    Filter filter;
    QList<SortKey> sort;
    QList<FieldId> fields; ///< Visible ones, in order.
    QString search;
    QList<ColourRule> colours = {};
    friend bool operator==(const Projection &, const Projection &) = default;
};

/// The records of one table through one projection, live. Reacts to the session and to nothing
/// else; writes through the session only. Large tables are filtered and sorted on a worker.
class TableModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum DataRole { RecordRole = Qt::UserRole, ValueRole, PendingRole };

    TableModel(Session &session, BaseId base, TableId table, QObject *parent = nullptr);

    BaseId base() const { return m_base; }
    TableId table() const { return m_tableId; }
    Session &session() const { return m_session; }
    /// Null if the table is gone.
    const TableData *data() const;
    const Projection &projection() const { return m_projection; }
    void setProjection(const Projection &projection);

    const QList<FieldId> &fields() const { return m_fields; }
    const Field *field(int column) const;
    RecordId record(int row) const;
    int rowOf(RecordId record) const;
    Value value(int row, int column) const;
    QString text(int row, int column) const;
    /// The same, to be pasted elsewhere: all of a place, whatever is shown of it.
    QString wholeText(int row, int column) const;
    /// What the rules colour that part of the record; empty for nothing.
    QString colour(int row, ColourRule::Part part, FieldId field = {}) const;
    /// The value breaks the rules of its field, which only warn.
    bool isWarned(int row, int column) const;
    /// What it breaks, for people; empty if it breaks nothing.
    QString warning(int row, int column) const;
    bool isEditable(int column) const;
    /// A new record has to say something from the start, shown here or not.
    bool asksForValues() const;
    /// The field of the column with the options that can be chosen in the row.
    Field choosable(int row, int column) const;
    /// What a cell of links can lead to, for whoever takes it over; null for other
    /// columns.
    LinkChoices *linkChoices(int row, int column) const;
    /// True while a worker sorts or filters.
    bool isBusy() const { return m_isBusy; }

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    /// Parses as the field's type does; a refusal is told by refused().
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;

Q_SIGNALS:
    void refused(const Error &error);
    void busyChanged();
    /// The fields, their order or kinds are different.
    void fieldsChanged();

private:
    void onChanged(BaseId base, const ReplicaChange &change);
    void rebuild();
    void forgetColours();
    void lookForMarks();
    /// Asks again once time alone may have changed what is shown.
    void onTimePassed();
    void take(const Document &document, std::vector<Row> rows);
    void update(const Document &before, const QList<RecordId> &touched);
    /// Where the row stands in the order of these values; -1 if it is not shown.
    int placeOf(const TableData &table, Row row, const QueryContext &context) const;
    bool fitsAt(int place, Row row, const QueryContext &context) const;
    bool isSortedAlike(const TableData &before, Row row) const;
    bool updateFields();
    QList<Field> shownFields(const Document &document) const;
    QueryContext queryContext(const Document &document) const;
    int insertionPoint(const TableData &table, Row row, const QueryContext &context) const;

    Session &m_session;
    BaseId m_base;
    TableId m_tableId;
    Projection m_projection;
    Document m_document; ///< What `m_rows` was made from.
    QList<FieldId> m_fields;
    QList<Field> m_fieldDefinitions;
    std::vector<Row> m_rows;
    std::shared_ptr<Horizon> m_horizon; ///< Until when `m_rows` are right.
    mutable std::optional<Colouring> m_colouring; ///< Of `m_document`, once it is asked for.
    mutable std::shared_ptr<Horizon> m_colourHorizon; ///< Until when it is right.
    RuleMarks m_marks; ///< Of the fields whose rules only warn.
    bool m_followsLinks = false; ///< The filter or a colour reads other tables.
    bool m_asksOfAll = false; ///< The filter or a colour compares records with all others.
    bool m_isBusy = false;
    quint64 m_generation = 0;
};

/// The rows of the table that the projection shows, sorted.
std::vector<Row> projectedRows(
    const TableData &table, const Projection &projection, const QueryContext &context);

} // namespace casebase
