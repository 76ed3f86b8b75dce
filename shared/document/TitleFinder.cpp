// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/document/TitleFinder.h"

namespace casebase {

std::optional<RecordId> TitleFinder::find(const LinkOptions &link, const QString &title) const
{
    const TableData *data = m_document.table(link.table);
    if (!data) {
        return std::nullopt;
    }
    const std::pair place(link.table, link.shown);
    if (!m_records.contains(place)) {
        QHash<QString, RecordId> &records = m_records[place];
        for (Row row = 0; row < data->rowCount(); ++row) {
            const QString each = data->isAlive(row)
                ? recordTitle(*data, row, m_document.people(), QTimeZone::utc(), link.shown)
                : QString();
            if (!each.isEmpty() && !records.contains(each.toLower())) {
                records.insert(each.toLower(), data->recordId(row));
            }
        }
    }
    const auto &records = m_records[place];
    const auto found = records.constFind(title.simplified().toLower());
    return found == records.cend() ? std::nullopt : std::optional(*found);
}

QString recordTitle(
    const TableData &table, Row row, const People &people, const QTimeZone &zone, FieldId shown)
{
    const Field *title = table.definition().titleField(shown);
    return title ? fieldType(title->kind)
                       .format(table.value(row, *title), *title, {people, QLocale::c(), zone})
                       .simplified()
                 : QString();
}

} // namespace casebase
