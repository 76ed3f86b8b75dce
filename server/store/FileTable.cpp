// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/FileTable.h"

namespace casebase {

FileTable::FileTable(Database &database)
    : m_database(database)
{
}

Done FileTable::add(const StoredFile &added, UserId by, qint64 nowMs)
{
    const Attachment &file = added.file;
    return m_database.run(
        QStringLiteral("INSERT INTO file (id, hash, name, size, type, base, account, created, "
                       "used) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0)"),
        {file.id.text(), added.hash, file.name, file.size, file.mimeType, added.base.text(),
            by.text(), nowMs});
}

Result<std::optional<StoredFile>> FileTable::file(FileId id)
{
    TRY_SET(Rows row,
        m_database.query(
            QStringLiteral("SELECT name, size, type, hash, base FROM file WHERE id = ?"),
            {id.text()}));
    std::optional<StoredFile> found;
    if (row.next()) {
        found = StoredFile{{id, row->text(0), row->integer(1), row->text(2)}, row->text(3),
            BaseId::fromText(row->text(4)).value_or(BaseId())};
    }
    TRY(row.done());
    return found;
}

Done FileTable::markUsed(FileId id)
{
    return m_database.run(
        QStringLiteral("UPDATE file SET used = 1 WHERE id = ? AND used = 0"), {id.text()});
}

Done FileTable::removeUnused(qint64 beforeMs)
{
    return m_database.run(
        QStringLiteral("DELETE FROM file WHERE used = 0 AND created < ?"), {beforeMs});
}

Result<QSet<QString>> FileTable::hashes()
{
    TRY_SET(Rows rows, m_database.query(QStringLiteral("SELECT DISTINCT hash FROM file")));
    QSet<QString> found;
    while (rows.next()) {
        found += rows->text(0);
    }
    TRY(rows.done());
    return found;
}

} // namespace casebase
