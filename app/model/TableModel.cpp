// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/model/TableModel.h"

#include "app/model/LinkChoices.h"
#include "shared/field/SelectFields.h"

#include <QFutureWatcher>
#include <QtConcurrentRun>

namespace casebase {

namespace {

constexpr Row RowsForWorker = 20000;
/// More records than that at once are cheaper to sort in anew, for large tables on a worker.
constexpr qsizetype TouchedForRebuild = 16;
constexpr qsizetype CellsLooked = 10000; ///< More of them are in more records than that.

/// By the sort keys, then by age: the order of sortRows().
bool isBefore(
    const TableData &table, const QList<SortKey> &keys, Row a, Row b, const QueryContext &context)
{
    for (const SortKey &key : keys) {
        const Field *field = table.definition().field(key.field);
        if (!field || field->isTrashed) {
            continue;
        }
        const Value left = table.value(a, *field);
        const Value right = table.value(b, *field);
        const bool isLess = key.order == Qt::AscendingOrder;
        const bool hasLeft = !isEmpty(left) && !isFault(left);
        const bool hasRight = !isEmpty(right) && !isFault(right);
        if (field->kind == FieldKind::Checkbox) {
            if (hasLeft != hasRight) {
                return hasRight == isLess;
            }
        } else if (hasLeft != hasRight) {
            return hasLeft; // empties last, both ways
        } else if (hasLeft) {
            int order = fieldType(field->kind).compare(left, right, *field, context.fields);
            if (order == 0 && std::holds_alternative<QString>(left)) {
                order = std::get<QString>(left).compare(std::get<QString>(right)); // "a" and "A"
            }
            if (order != 0) {
                return (order < 0) == isLess;
            }
        }
    }
    return table.recordId(a) < table.recordId(b);
}

} // namespace

std::vector<Row> projectedRows(
    const TableData &table, const Projection &projection, const QueryContext &context)
{
    RowTest test = compileKeptFilter(projection.filter, table, context);
    if (!projection.search.trimmed().isEmpty()) {
        test = allOf({test, containsText(projection.search, table, projection.fields, context)});
    }
    std::vector<Row> rows = matchingRows(table, test);
    sortByAge(rows, table);
    sortRows(rows, table, projection.sort, context);
    return rows;
}

TableModel::TableModel(Session &session, BaseId base, TableId table, QObject *parent)
    : QAbstractTableModel(parent)
    , m_session(session)
    , m_base(base)
    , m_tableId(table)
{
    connect(&m_session, &Session::changed, this, &TableModel::onChanged);
    connect(&m_session, &Session::timePassed, this, &TableModel::onTimePassed);
    if (const Document *document = m_session.document(m_base)) {
        m_document = *document;
    }
    updateFields();
    connect(&m_marks, &RuleMarks::changed, this, [this] {
        if (rowCount() > 0 && columnCount() > 0) {
            Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
        }
    });
}

const TableData *TableModel::data() const
{
    return m_document.table(m_tableId);
}

QueryContext TableModel::queryContext(const Document &document) const
{
    const FieldContext session = m_session.fieldContext(m_base);
    return {{document.people(), session.locale, session.zone, session.nowMs}, m_session.me(),
        Qt::Monday, &document, m_horizon};
}

void TableModel::setProjection(const Projection &projection)
{
    m_projection = projection;
    forgetColours();
    const auto follows = [this](const Filter &filter) {
        return data() && followsLinks(filter, data()->definition(), &m_document);
    };
    const auto asksOfAll = [this](const Filter &filter) {
        return data() && comparesRecords(filter, data()->definition(), &m_document);
    };
    const auto anyOf = [&projection](const auto &holds) {
        return holds(projection.filter)
            || std::any_of(projection.colours.cbegin(), projection.colours.cend(),
                [&holds](const ColourRule &rule) { return holds(rule.condition); });
    };
    m_followsLinks = anyOf(follows);
    m_asksOfAll = anyOf(asksOfAll);
    if (updateFields()) {
        beginResetModel();
        endResetModel();
        Q_EMIT fieldsChanged();
    }
    rebuild();
}

QList<Field> TableModel::shownFields(const Document &document) const
{
    const TableData *table = document.table(m_tableId);
    QList<Field> shown;
    for (const FieldId id : table ? m_projection.fields : QList<FieldId>()) {
        const Field *field = table->definition().field(id);
        if (field && !field->isTrashed) {
            shown += *field;
        }
    }
    return shown;
}

bool TableModel::updateFields()
{
    const QList<Field> shown = shownFields(m_document);
    if (shown == m_fieldDefinitions) {
        return false;
    }
    m_fieldDefinitions = shown;
    m_fields.clear();
    for (const Field &field : shown) {
        m_fields += field.id;
    }
    return true;
}

const Field *TableModel::field(int column) const
{
    return column >= 0 && column < m_fieldDefinitions.size() ? &m_fieldDefinitions[column]
                                                             : nullptr;
}

RecordId TableModel::record(int row) const
{
    return row >= 0 && row < rowCount() ? data()->recordId(m_rows[size_t(row)]) : RecordId();
}

int TableModel::rowOf(RecordId record) const
{
    const auto row = data() ? data()->row(record) : std::nullopt;
    return row ? placeOf(*data(), *row, queryContext(m_document)) : -1;
}

int TableModel::placeOf(const TableData &table, Row row, const QueryContext &context) const
{
    const int place = insertionPoint(table, row, context);
    if (place < rowCount() && m_rows[size_t(place)] == row) {
        return place;
    }
    // Not shown, or what it is sorted by has changed without it, as the name of an option.
    const auto found = std::find(m_rows.cbegin(), m_rows.cend(), row);
    return found == m_rows.cend() ? -1 : int(found - m_rows.cbegin());
}

Value TableModel::value(int row, int column) const
{
    const Field *shown = field(column);
    return shown && row >= 0 && row < rowCount() ? data()->value(m_rows[size_t(row)], *shown)
                                                 : Value();
}

QString TableModel::text(int row, int column) const
{
    const Field *shown = field(column);
    return shown
        ? fieldType(shown->kind).format(value(row, column), *shown, m_session.fieldContext(m_base))
        : QString();
}

QString TableModel::wholeText(int row, int column) const
{
    const Field *shown = field(column);
    Field whole = shown ? *shown : Field();
    whole.place = PlacePart::All;
    return shown
        ? fieldType(whole.kind).format(value(row, column), whole, m_session.fieldContext(m_base))
        : QString();
}

QString TableModel::colour(int row, ColourRule::Part part, FieldId field) const
{
    if (m_projection.colours.isEmpty() || row < 0 || row >= rowCount()) {
        return {};
    }
    if (!m_colouring) {
        m_colourHorizon = std::make_shared<Horizon>();
        QueryContext context = queryContext(m_document);
        context.horizon = m_colourHorizon;
        m_colouring.emplace(m_projection.colours, *data(), context);
    }
    return m_colouring->colour(m_rows[size_t(row)], part, field);
}

/// They are made anew from the records as they are now.
void TableModel::forgetColours()
{
    m_colouring.reset();
    m_colourHorizon.reset();
}

void TableModel::lookForMarks()
{
    QList<Field> warning;
    std::copy_if(m_fieldDefinitions.cbegin(), m_fieldDefinitions.cend(),
        std::back_inserter(warning), [](const Field &field) { return field.rules.onlyWarns; });
    m_marks.look(m_document, m_tableId, warning, m_session.me(), m_session.fieldContext(m_base));
}

bool TableModel::isWarned(int row, int column) const
{
    const Field *shown = field(column);
    return shown && shown->rules.onlyWarns && row >= 0 && row < rowCount()
        && m_marks.isMarked(shown->id, m_rows[size_t(row)]);
}

QString TableModel::warning(int row, int column) const
{
    const QList<BrokenRule> broken = isWarned(row, column)
        ? brokenRules(m_document, *data(), {m_rows[size_t(row)]}, {*field(column)},
            m_session.fieldContext(m_base))
        : QList<BrokenRule>();
    return broken.isEmpty() ? QString() : warningText(broken.first().error);
}

bool TableModel::isEditable(int column) const
{
    const Field *shown = field(column);
    const Person *me = m_document.people().person(m_session.me());
    return shown && me && me->role >= Role::Editor && !shown->isSystem && !shown->isComputed();
}

bool TableModel::asksForValues() const
{
    const QList<Field> fields = data() ? data()->definition().fields : QList<Field>();
    return std::any_of(
        fields.cbegin(), fields.cend(), [](const Field &field) { return field.isAskedFor(); });
}

Field TableModel::choosable(int row, int column) const
{
    const TableData *table = m_document.table(m_tableId);
    Field result = table ? withLiveTies(*field(column), table->definition()) : *field(column);
    const Field *parent = table ? table->definition().field(result.parent) : nullptr;
    result.options = choosableOptions(
        result, value(row, column), parent ? table->value(m_rows[size_t(row)], *parent) : Value());
    return result;
}

LinkChoices *TableModel::linkChoices(int row, int column) const
{
    const Field *shown = field(column);
    return shown && shown->kind == FieldKind::Links
        ? new LinkChoices(m_session, m_base, m_tableId, record(row), *shown)
        : nullptr;
}

int TableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int TableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_fields.size());
}

QVariant TableModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid()) {
        return {};
    }
    switch (role) {
    case Qt::DisplayRole:
    case Qt::EditRole:
        return text(index.row(), index.column());
    case Qt::ToolTipRole:
        return warning(index.row(), index.column());
    case RecordRole:
        return record(index.row()).text();
    case PendingRole: {
        const Replica *replica = m_session.replica(m_base);
        return replica && replica->isPending(record(index.row()), m_fields[index.column()]);
    }
    default:
        return {};
    }
}

QVariant TableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (role != Qt::DisplayRole) {
        return {};
    }
    const Field *shown = orientation == Qt::Horizontal ? field(section) : nullptr;
    return shown ? QVariant(shown->name) : QVariant(section + 1);
}

Qt::ItemFlags TableModel::flags(const QModelIndex &index) const
{
    const Qt::ItemFlags flags = QAbstractTableModel::flags(index);
    return index.isValid() && isEditable(index.column()) ? flags | Qt::ItemIsEditable : flags;
}

bool TableModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    const Field *shown = field(index.column());
    if (role != Qt::EditRole || !shown) {
        return false;
    }
    const auto parsed =
        fieldType(shown->kind).parse(value.toString(), *shown, m_session.fieldContext(m_base));
    if (!parsed) {
        Q_EMIT refused(parsed.error());
        return false;
    }
    const EditCells edit{m_tableId,
        {CellEdit{record(index.row()), shown->id, parsed.value(),
            this->value(index.row(), index.column())}},
        false};
    const auto submitted = m_session.submit(m_base, Edit{{edit}});
    if (!submitted) {
        Q_EMIT refused(submitted.error());
    }
    return bool(submitted);
}

void TableModel::rebuild()
{
    const Document *document = m_session.document(m_base);
    if (!document || !document->table(m_tableId)) {
        return take(document ? *document : Document(), {});
    }
    const quint64 generation = ++m_generation;
    m_horizon = std::make_shared<Horizon>();
    if (document->table(m_tableId)->rowCount() < RowsForWorker) {
        return take(*document,
            projectedRows(*document->table(m_tableId), m_projection, queryContext(*document)));
    }
    m_isBusy = true;
    Q_EMIT busyChanged();
    auto *watcher = new QFutureWatcher<std::vector<Row>>(this);
    connect(watcher, &QFutureWatcher<std::vector<Row>>::finished, this,
        [this, watcher, generation, copy = *document] {
            if (generation == m_generation) {
                take(copy, watcher->result());
            }
            watcher->deleteLater();
        });
    // The copy shares all columns with the original and keeps them as they are.
    watcher->setFuture(QtConcurrent::run(
        [copy = *document, id = m_tableId, projection = m_projection, me = m_session.me(),
            fields = m_session.fieldContext(m_base), horizon = m_horizon] {
            const QueryContext context{{copy.people(), fields.locale, fields.zone, fields.nowMs},
                me, Qt::Monday, &copy, horizon};
            return projectedRows(*copy.table(id), projection, context);
        }));
}

void TableModel::take(const Document &document, std::vector<Row> rows)
{
    const bool differ = shownFields(document) != m_fieldDefinitions;
    if (differ || rows != m_rows) {
        beginResetModel();
        m_document = document;
        forgetColours();
        m_rows = std::move(rows);
        updateFields();
        endResetModel();
    } else { // What the person is at stays as it is.
        m_document = document;
        forgetColours();
        if (!m_rows.empty() && !m_fields.isEmpty()) {
            Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
        }
    }
    lookForMarks();
    m_isBusy = false;
    Q_EMIT busyChanged();
    if (differ) {
        Q_EMIT fieldsChanged();
    }
    const Document *now = m_session.document(m_base);
    if (now && now->revision() != m_document.revision()) {
        rebuild(); // something came while the worker was at it
    }
}

void TableModel::onTimePassed()
{
    const qint64 nowMs = m_session.fieldContext(m_base).nowMs;
    if (m_horizon && m_horizon->ms() <= nowMs && !m_isBusy) {
        rebuild();
    }
    if (m_marks.holdsUntilMs() <= nowMs) {
        lookForMarks();
    }
    if (m_colourHorizon && m_colourHorizon->ms() <= nowMs && rowCount() > 0 && columnCount() > 0) {
        forgetColours();
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
    }
}

void TableModel::onChanged(BaseId base, const ReplicaChange &change)
{
    if (base != m_base) {
        return;
    }
    bool isWhole = change.isReset;
    QList<RecordId> touched;
    for (const Change &each : change.changes.changes) {
        if (const auto *records = std::get_if<RecordChanges>(&each)) {
            isWhole = isWhole || (records->table != m_tableId && m_followsLinks);
            if (records->table == m_tableId) {
                isWhole = isWhole || m_asksOfAll
                    || records->cells.size() + records->records.size() > CellsLooked;
                for (const RecordChange &record : records->records) {
                    touched += record.record;
                }
                for (const CellChange &cell : isWhole ? QList<CellChange>() : records->cells) {
                    if (touched.isEmpty() || touched.last() != cell.record) {
                        touched += cell.record;
                    }
                }
            }
        } else if (const auto *table = std::get_if<TableChange>(&each)) {
            isWhole = isWhole || (table->after && table->after->id == m_tableId);
        } else {
            isWhole = isWhole || std::holds_alternative<PersonChange>(each);
        }
    }
    if (isWhole || touched.size() > TouchedForRebuild || m_isBusy || !data()) {
        return rebuild();
    }
    const Document before = std::exchange(m_document, *m_session.document(m_base));
    forgetColours();
    if (!touched.isEmpty()) {
        update(before, touched);
    }
    const bool hasConditions =
        std::any_of(m_fieldDefinitions.cbegin(), m_fieldDefinitions.cend(), [](const Field &field) {
            return field.rules.onlyWarns && !field.rules.condition.isEmpty();
        });
    if (!touched.isEmpty() || hasConditions) { // which may read other tables
        lookForMarks();
    }
}

int TableModel::insertionPoint(const TableData &table, Row row, const QueryContext &context) const
{
    const auto at = std::lower_bound(m_rows.cbegin(), m_rows.cend(), row,
        [&](Row a, Row b) { return isBefore(table, m_projection.sort, a, b, context); });
    return int(at - m_rows.cbegin());
}

void TableModel::update(const Document &before, const QList<RecordId> &touched)
{
    const TableData &table = *data();
    const QueryContext context = queryContext(m_document);
    const RowTest filter = compileKeptFilter(m_projection.filter, table, context);
    const RowTest found = containsText(m_projection.search, table, m_projection.fields, context);
    // The rows stand in the order of their values before; all that changed leave before one enters.
    const TableData &tableBefore = *before.table(m_tableId);
    std::vector<Row> entering;
    for (const RecordId record : QSet<RecordId>(touched.cbegin(), touched.cend())) {
        const auto row = table.row(record);
        if (!row) {
            continue;
        }
        const int old = *row < tableBefore.rowCount() ? placeOf(tableBefore, *row, context) : -1;
        const bool isShown = table.isAlive(*row) && filter(*row) && found(*row);
        const bool stays = touched.size() == 1 ? old >= 0 && fitsAt(old, *row, context)
                                               : old >= 0 && isSortedAlike(tableBefore, *row);
        if (stays && isShown) {
            Q_EMIT dataChanged(index(old, 0), index(old, std::max(0, columnCount() - 1)));
            continue;
        }
        if (old >= 0) {
            beginRemoveRows({}, old, old);
            m_rows.erase(m_rows.begin() + old);
            endRemoveRows();
        }
        if (isShown) {
            entering.push_back(*row);
        }
    }
    for (const Row row : entering) {
        const int place = insertionPoint(table, row, context);
        beginInsertRows({}, place, place);
        m_rows.insert(m_rows.begin() + place, row);
        endInsertRows();
    }
}

bool TableModel::isSortedAlike(const TableData &before, Row row) const
{
    return std::all_of(
        m_projection.sort.cbegin(), m_projection.sort.cend(), [&](const SortKey &key) {
            const Field *field = data()->definition().field(key.field);
            return !field || before.value(row, *field) == data()->value(row, *field);
        });
}

bool TableModel::fitsAt(int place, Row row, const QueryContext &context) const
{
    const auto isAhead = [&](Row a, Row b) {
        return isBefore(*data(), m_projection.sort, a, b, context);
    };
    return (place == 0 || !isAhead(row, m_rows[size_t(place) - 1]))
        && (place + 1 == rowCount() || !isAhead(m_rows[size_t(place) + 1], row));
}

} // namespace casebase
