// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/document/LinkIndex.h"

#include <algorithm>
#include <map>

namespace casebase {

namespace {

bool leadsTo(const Links &links, RecordId record)
{
    return std::any_of(
        links.cbegin(), links.cend(), [record](const Link &link) { return link.record == record; });
}

/// The ends that lead back are in the order of the ids, so that all replicas have the same.
bool isBefore(const Link &a, const Link &b)
{
    return a.record < b.record;
}

/// By record of the far table: which records lead there.
std::map<Row, Links> leadingBack(const TableData &near, const Field &kept, const TableData &far)
{
    std::map<Row, Links> back;
    for (Row row = 0; row < near.rowCount(); ++row) {
        for (const Link &link : near.allLinks(row, kept)) {
            if (const auto there = far.row(link.record)) {
                back[*there] += Link{near.recordId(row), {}};
            }
        }
    }
    for (auto &[row, links] : back) {
        std::sort(links.begin(), links.end(), isBefore);
    }
    return back;
}

} // namespace

void relink(Document &document, RecordId record, const Field &kept, const Links &before,
    const Links &after, QHash<TableId, LinkCells> &touched)
{
    const TableData *data = document.table(kept.link.table);
    const Field *found = data ? data->definition().field(kept.link.reverse) : nullptr;
    if (!found) {
        return;
    }
    const Field reverse = *found;
    TableData &far = document.writeTable(kept.link.table);
    std::vector<Row> &rows = touched[kept.link.table][reverse.id];
    const auto change = [&](RecordId to, bool isLinked) {
        const auto row = far.row(to);
        if (!row) {
            return;
        }
        Links back = far.allLinks(*row, reverse);
        const Link own{record, {}};
        const auto at = std::lower_bound(back.begin(), back.end(), own, isBefore);
        const bool isThere = at != back.end() && at->record == record;
        if (isThere != isLinked) {
            if (isLinked) {
                back.insert(at, own);
            } else {
                back.erase(at);
            }
            far.setValue(*row, reverse, back.isEmpty() ? Value() : Value(std::move(back)));
            rows.push_back(*row);
        }
    };
    for (const Link &link : before) {
        if (!leadsTo(after, link.record)) {
            change(link.record, false);
        }
    }
    for (const Link &link : after) {
        if (!leadsTo(before, link.record)) {
            change(link.record, true);
        }
    }
}

void relinkAll(Document &document, TableId table, const Field &reverse)
{
    const TableData *near = document.table(reverse.link.table);
    const Field *kept = near ? near->definition().field(reverse.link.reverse) : nullptr;
    if (!kept || kept->kind != FieldKind::Links) {
        return;
    }
    const auto back = leadingBack(*near, *kept, *document.table(table));
    TableData &far = document.writeTable(table);
    for (Row row = 0; row < far.rowCount(); ++row) {
        const auto found = back.find(row);
        far.setValue(row, reverse, found == back.cend() ? Value() : Value(found->second));
    }
}

QStringList brokenLinks(const Document &document)
{
    QStringList faults;
    for (const TableId id : document.tables()) {
        const TableData &near = *document.table(id);
        for (const Field &kept : near.definition().fields) {
            if (kept.kind != FieldKind::Links || !kept.link.isKept) {
                continue;
            }
            const QString where = near.definition().name + u'.' + kept.name;
            const TableData *far = document.table(kept.link.table);
            const Field *reverse = far ? far->definition().field(kept.link.reverse) : nullptr;
            const bool isPair = reverse && reverse->kind == FieldKind::Links
                && reverse->link.table == id && reverse->link.reverse == kept.id
                && !reverse->link.isKept;
            if (!isPair) {
                // Both ends have become something else together, or have gone.
                if (!kept.isTrashed) {
                    faults += QStringLiteral("%1 has no field that leads back").arg(where);
                }
                continue;
            }
            for (Row row = 0; row < near.rowCount(); ++row) {
                for (const Link &link : near.allLinks(row, kept)) {
                    if (!far->row(link.record)) {
                        faults += QStringLiteral("%1 of %2 leads to %3, which is no record")
                                      .arg(where, near.recordId(row).text(), link.record.text());
                    }
                }
            }
            const auto back = leadingBack(near, kept, *far);
            for (Row row = 0; row < far->rowCount(); ++row) {
                const auto found = back.find(row);
                if (far->allLinks(row, *reverse)
                    != (found == back.cend() ? Links() : found->second)) {
                    faults += QStringLiteral("the ends of %1 differ at %2")
                                  .arg(where, far->recordId(row).text());
                }
            }
        }
    }
    return faults;
}

} // namespace casebase
