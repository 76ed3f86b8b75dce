// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/document/TitleFinder.h"

namespace casebase {

std::optional<RecordId> TitleFinder::find(TableId table, const QString &title) const
{
    const TableData *data = m_document.table(table);
    if (!data) {
        return std::nullopt;
    }
    if (!m_records.contains(table)) {
        QHash<QString, RecordId> &records = m_records[table];
        for (Row row = 0; row < data->rowCount(); ++row) {
            const QString each =
                data->isAlive(row) ? recordTitle(*data, row, m_document.people()) : QString();
            if (!each.isEmpty() && !records.contains(each.toLower())) {
                records.insert(each.toLower(), data->recordId(row));
            }
        }
    }
    const auto &records = m_records[table];
    const auto found = records.constFind(title.simplified().toLower());
    return found == records.cend() ? std::nullopt : std::optional(*found);
}

QString recordTitle(const TableData &table, Row row, const People &people, const QTimeZone &zone)
{
    const Field *primary = table.definition().primaryField();
    return primary ? fieldType(primary->kind)
                         .format(table.value(row, *primary), *primary, {people, QLocale::c(), zone})
                         .simplified()
                   : QString();
}

} // namespace casebase
