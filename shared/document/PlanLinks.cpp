// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/document/PlanLinks.h"

#include "shared/document/TitleFinder.h"

#include <algorithm>

namespace casebase {

namespace {

bool leadsTo(const Links &links, RecordId record)
{
    return std::any_of(
        links.cbegin(), links.cend(), [record](const Link &link) { return link.record == record; });
}

Error leadsNowhere(const Field &field)
{
    return {ErrorCode::Invalid, {QStringLiteral("the link field “%1”").arg(field.name)}, {}};
}

/// What people know the record by.
QString titleOf(const Document &document, const TableData &table, RecordId record)
{
    const auto row = table.row(record);
    const QString title = row ? recordTitle(table, *row, document.people()) : QString();
    return title.isEmpty() ? record.text() : title;
}

QString freeName(const Table &table, const QString &wanted)
{
    QString name = wanted;
    for (int number = 2; table.fieldNamed(name); ++number) {
        name = QStringLiteral("%1 %2").arg(wanted).arg(number);
    }
    return name;
}

} // namespace

Result<LinkPlan::Ends> LinkPlan::ends(const TableData &table, const Field &field) const
{
    const TableData *far = m_document.table(field.link.table);
    const Field *reverse = far ? far->definition().field(field.link.reverse) : nullptr;
    if (!reverse || reverse->isTrashed || reverse->kind != FieldKind::Links) {
        return leadsNowhere(field);
    }
    return Ends{table, *far, *reverse};
}

bool LinkPlan::isAlive(const TableData &table, RecordId record) const
{
    return m_born.contains(record) || table.aliveRow(record).has_value();
}

Links LinkPlan::shown(const Links &links, const TableData &far) const
{
    Links result = links;
    result.removeIf([&](const Link &link) { return !isAlive(far, link.record); });
    return result;
}

LinkPlan::Cell &LinkPlan::kept(const TableData &table, RecordId record, const Field &field)
{
    const auto known = m_cellOf.constFind({field.id, record});
    if (known != m_cellOf.cend()) {
        return m_cells[*known];
    }
    const auto row = table.row(record);
    const Links links = row ? table.allLinks(*row, field) : Links();
    m_cellOf.insert({field.id, record}, m_cells.size());
    m_cells.push_back({table.definition().id, record, field.id, links, links});
    return m_cells.back();
}

/// Those whose kept field leads to the record now, with what this operation has planned.
std::vector<RecordId> LinkPlan::linkedFrom(
    const TableData &far, RecordId record, const Field &reverse, const Field &kept) const
{
    std::vector<RecordId> found;
    const auto stillLeads = [&](RecordId from) {
        const auto planned = m_cellOf.constFind({kept.id, from});
        return planned == m_cellOf.cend() || leadsTo(m_cells[*planned].after, record);
    };
    const auto row = far.row(record);
    for (const Link &link : row ? far.allLinks(*row, reverse) : Links()) {
        if (stillLeads(link.record)) {
            found.push_back(link.record);
        }
    }
    for (const RecordId from : m_gained.value({kept.id, record})) {
        if (stillLeads(from) && std::find(found.begin(), found.end(), from) == found.end()) {
            found.push_back(from);
        }
    }
    return found;
}

Error LinkPlan::taken(const TableData &table, RecordId record, const Field &field) const
{
    return {ErrorCode::LinkTaken, {field.name, titleOf(m_document, table, record)}, {}};
}

Done LinkPlan::setKept(
    const Ends &ends, RecordId record, const Field &field, const Links &links, bool isRestored)
{
    const Links before = kept(ends.near, record, field).after;
    for (const Link &link : links) {
        if (leadsTo(before, link.record) && isAlive(ends.far, link.record)) {
            continue;
        }
        if (!isAlive(ends.far, link.record)) {
            if (!isRestored || !ends.far.row(link.record)) {
                return Error{ErrorCode::LinkToNothing, {field.name, link.record.text()}, {}};
            }
            continue;
        }
        if (ends.reverse.link.isSingle) {
            const auto others = linkedFrom(ends.far, link.record, ends.reverse, field);
            const bool isTaken = std::any_of(others.cbegin(), others.cend(),
                [&](RecordId other) { return other != record && isAlive(ends.near, other); });
            if (isTaken) {
                return taken(ends.far, link.record, ends.reverse);
            }
        }
        m_gained[{field.id, link.record}] += record;
    }
    kept(ends.near, record, field).after = links;
    return Ok;
}

Done LinkPlan::setReverse(const Ends &ends, RecordId record, const Field &field, const Links &links)
{
    const Field &keeper = ends.reverse;
    const auto before = linkedFrom(ends.near, record, field, keeper);
    for (const RecordId from : before) {
        if (!leadsTo(links, from) && isAlive(ends.far, from)) {
            kept(ends.far, from, keeper).after.removeIf([record](const Link &link) {
                return link.record == record;
            });
        }
    }
    for (const Link &link : links) {
        if (std::find(before.cbegin(), before.cend(), link.record) != before.cend()) {
            continue;
        }
        if (!isAlive(ends.far, link.record)) {
            return Error{ErrorCode::LinkToNothing, {field.name, link.record.text()}, {}};
        }
        Cell &cell = kept(ends.far, link.record, keeper);
        if (keeper.link.isSingle && !shown(cell.after, ends.near).isEmpty()) {
            return taken(ends.far, link.record, keeper);
        }
        if (cell.after.size() >= LinksPerCell) {
            return Error{ErrorCode::TooManyLinks, {keeper.name, QString::number(LinksPerCell)}, {}};
        }
        cell.after += Link{record, {}};
        m_gained[{keeper.id, record}] += link.record;
    }
    return Ok;
}

/// The links that come are to records that this request has made.
Done LinkPlan::checkNew(
    const Ends &ends, RecordId record, const Field &field, const Links &links) const
{
    const auto row = ends.near.row(record);
    const Links before = row ? ends.near.allLinks(*row, field) : Links();
    const auto old = std::find_if(links.cbegin(), links.cend(), [&](const Link &link) {
        return !leadsTo(before, link.record) && !m_born.contains(link.record)
            && !m_bornBefore.contains(link.record);
    });
    return old == links.cend() ? Done(Ok)
                               : Error{ErrorCode::LinkNotOffered,
                                   {field.name, titleOf(m_document, ends.far, old->record)}, {}};
}

Done LinkPlan::set(const TableData &table, RecordId record, const Field &field, const Value &value,
    bool isRestored)
{
    TRY_SET(const Ends both, ends(table, field));
    const auto *links = std::get_if<Links>(&value);
    if (links && field.link.onlyNew && !isRestored) {
        TRY(checkNew(both, record, field, *links));
    }
    return field.link.isKept ? setKept(both, record, field, links ? *links : Links(), isRestored)
                             : setReverse(both, record, field, links ? *links : Links());
}

QList<Change> LinkPlan::take(RecordChanges own)
{
    QList<RecordChanges> others;
    const auto value = [](const Links &links) { return links.isEmpty() ? Value() : Value(links); };
    for (const Cell &cell : m_cells) {
        if (cell.before == cell.after) {
            continue;
        }
        RecordChanges *changes = cell.table == own.table ? &own : nullptr;
        for (RecordChanges &each : others) {
            changes = each.table == cell.table ? &each : changes;
        }
        if (!changes) {
            others += RecordChanges{cell.table, {}, {}};
            changes = &others.last();
        }
        changes->cells +=
            CellChange{cell.record, cell.field, value(cell.before), value(cell.after)};
    }
    QList<Change> result;
    if (!own.records.isEmpty() || !own.cells.isEmpty()) {
        result += std::move(own);
    }
    for (RecordChanges &each : others) {
        result += std::move(each);
    }
    return result;
}

Result<QList<std::pair<TableId, QList<RecordId>>>> recordsThatGo(
    const PlanStep &step, TableId table, const QList<RecordId> &records)
{
    QList<std::pair<TableId, QList<RecordId>>> waiting{{table, records}};
    QList<std::pair<TableId, QList<RecordId>>> going;
    QSet<RecordId> seen(records.cbegin(), records.cend());
    struct Hold {
        QString title;
        QString table;
        RecordId by;
    };
    QList<Hold> holds;
    while (!waiting.isEmpty()) {
        const auto [id, some] = waiting.takeFirst();
        const TableData &data = *step.document.table(id);
        for (const Field &field : data.definition().fields) {
            const TableData *far = field.kind == FieldKind::Links && !field.isTrashed
                ? step.document.table(field.link.table)
                : nullptr;
            const Field *reverse = far ? far->definition().field(field.link.reverse) : nullptr;
            if (!reverse || reverse->link.whenGone == WhenGone::Unlink) {
                continue;
            }
            QList<RecordId> more;
            for (const RecordId record : some) {
                const auto row = data.aliveRow(record);
                for (const Link &link : row ? data.allLinks(*row, field) : Links()) {
                    if (!far->aliveRow(link.record) || seen.contains(link.record)) {
                        continue;
                    }
                    if (reverse->link.whenGone == WhenGone::Forbid) {
                        holds += Hold{titleOf(step.document, data, record), far->definition().name,
                            link.record};
                    } else {
                        seen.insert(link.record);
                        more += link.record;
                    }
                }
            }
            if (!more.isEmpty()) {
                waiting += std::pair(far->definition().id, more);
            }
        }
        going += std::pair(id, some);
    }
    for (const Hold &hold : holds) {
        if (!seen.contains(hold.by)) { // unless it goes, too
            return Error{ErrorCode::StillLinked, {hold.title, hold.table}, {}};
        }
    }
    return going;
}

QList<CellChange> linksGivenUp(
    const PlanStep &step, const TableData &table, const QList<RecordId> &restored)
{
    QList<CellChange> cells;
    for (const Field &field : table.definition().fields) {
        const TableData *far =
            field.kind == FieldKind::Links && !field.isTrashed && field.link.isKept
            ? step.document.table(field.link.table)
            : nullptr;
        const Field *reverse = far ? far->definition().field(field.link.reverse) : nullptr;
        if (!reverse || !reverse->link.isSingle) {
            continue;
        }
        QSet<RecordId> taken; // by those that come back with it
        for (const RecordId record : restored) {
            const Links before = table.allLinks(*table.row(record), field);
            Links after = before;
            after.removeIf([&](const Link &link) {
                const auto row = far->row(link.record);
                const Links others = row ? far->allLinks(*row, *reverse) : Links();
                return taken.contains(link.record)
                    || std::any_of(others.cbegin(), others.cend(), [&](const Link &other) {
                           return other.record != record
                               && table.aliveRow(other.record).has_value();
                       });
            });
            for (const Link &link : std::as_const(after)) {
                taken += link.record;
            }
            if (after.size() < before.size()) {
                cells +=
                    CellChange{record, field.id, before, after.isEmpty() ? Value() : Value(after)};
            }
        }
    }
    return cells;
}

Table *TableEdits::table(TableId id)
{
    const auto known = std::find_if(
        m_tables.begin(), m_tables.end(), [id](const Table &each) { return each.id == id; });
    if (known != m_tables.end()) {
        return &*known;
    }
    const TableData *data = m_document.table(id);
    if (!data) {
        return nullptr;
    }
    m_tables.push_back(data->definition());
    return &m_tables.back();
}

QList<Change> TableEdits::take()
{
    QList<Change> changes;
    for (Table &table : m_tables) {
        const Table &before = m_document.table(table.id)->definition();
        if (before != table) {
            changes += TableChange{before, std::move(table)};
        }
    }
    return changes;
}

Done settleReverse(TableEdits &edits, const Table &table, const Field &field, const Field *before)
{
    const bool isLink = field.kind == FieldKind::Links;
    const bool wasLink = before && before->kind == FieldKind::Links;
    const LinkOptions &link = isLink ? field.link : wasLink ? before->link : field.link;
    if (!isLink && !wasLink) {
        return Ok;
    }
    const bool isSamePlace = wasLink && before->link.table == link.table
        && before->link.reverse == link.reverse && before->link.isKept == link.isKept;
    if (isLink && wasLink && !isSamePlace) {
        return Error{ErrorCode::Invalid,
            {QStringLiteral("where a link leads is settled when it is made")}, {}};
    }
    Table *far = edits.table(link.table);
    if (!far || (far->isTrashed && isLink && !field.isTrashed)) {
        return Error{ErrorCode::UnknownTable, {link.table.text()}, {}};
    }
    const auto found = std::find_if(far->fields.begin(), far->fields.end(),
        [&](const Field &each) { return each.id == link.reverse; });
    if (found != far->fields.end()) {
        const bool isOther = found->kind == FieldKind::Links && found->link.table == table.id
            && found->link.reverse == field.id && found->link.isKept != link.isKept;
        if (!isOther || found->id == field.id) {
            return leadsNowhere(field);
        }
        const bool isTrashed = !isLink || field.isTrashed;
        if (found->isTrashed && !isTrashed) {
            found->name = freeName(*far, found->name);
        }
        found->isTrashed = isTrashed;
        return far->primaryField() ? Done(Ok) : Error{ErrorCode::LastField, {found->name}, {}};
    }
    const bool isTaken = edits.document().hasFieldElsewhere(far->id, link.reverse)
        || link.reverse == field.id
        || std::any_of(far->fields.cbegin(), far->fields.cend(), [&](const Field &each) {
               return each.id.text().compare(link.reverse.text(), Qt::CaseInsensitive) == 0;
           });
    if (link.reverse.isNull() || !isLink || field.isTrashed || isTaken) {
        return leadsNowhere(field);
    }
    if (far->fields.size() >= FieldsPerTable) {
        return Error{
            ErrorCode::TooMany, {QStringLiteral("fields"), QString::number(FieldsPerTable)}, {}};
    }
    Field reverse;
    reverse.id = link.reverse;
    reverse.kind = FieldKind::Links;
    reverse.name = freeName(*far, table.name);
    reverse.link = {table.id, field.id, !link.isKept, false, WhenGone::Unlink};
    far->fields += reverse;
    return Ok;
}

Done settleAllReverses(TableEdits &edits, TableId id)
{
    Table &table = *edits.table(id);
    for (Field &field : table.fields) {
        Table *far = field.kind == FieldKind::Links && field.link.table != id
            ? edits.table(field.link.table)
            : nullptr;
        if (!far || far->isTrashed) {
            continue;
        }
        for (Field &reverse : far->fields) {
            if (reverse.id != field.link.reverse) {
                continue;
            }
            if (!table.isTrashed && field.isTrashed && !reverse.isTrashed) {
                field.name = freeName(table, field.name);
                field.isTrashed = false; // The other table had been in the trash meanwhile.
            } else if (!field.isTrashed && reverse.isTrashed != table.isTrashed) {
                reverse.name = table.isTrashed ? reverse.name : freeName(*far, reverse.name);
                reverse.isTrashed = table.isTrashed;
            }
        }
        if (!far->primaryField()) {
            return Error{ErrorCode::LastField, {field.name}, {}};
        }
    }
    return Ok;
}

} // namespace casebase
