// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/admin/Backup.h"

#include "server/store/Store.h"
#include "shared/support/DiskSync.h"
#include "shared/support/PrivateFiles.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QUuid>

namespace casebase {

namespace {

Error notABackup(const QString &path, const QString &why)
{
    return {ErrorCode::FileInvalid, {QStringLiteral("1"), why}, path};
}

/// Copies the bytes of every attachment that the copied state knows into the copy.
Done addAttachments(Database &copy, const FileStore &files)
{
    TRY(copy.begin());
    TRY(copy.run(
        QStringLiteral("CREATE TABLE backup_blob (hash TEXT PRIMARY KEY, body BLOB NOT NULL)")));
    QStringList hashes;
    {
        TRY_SET(Rows rows, copy.query(QStringLiteral("SELECT DISTINCT hash FROM file")));
        while (rows.next()) {
            hashes += rows->text(0);
        }
        TRY(rows.done());
    }
    for (const QString &hash : std::as_const(hashes)) {
        TRY_SET(const QByteArray bytes, files.get(hash));
        TRY_SET(const auto insert,
            copy.statement(QStringLiteral("INSERT INTO backup_blob (hash, body) VALUES (?, ?)")));
        const QByteArray name = hash.toLatin1();
        insert->bindText(0, name);
        insert->bindBytes(1, bytes);
        TRY(insert->run());
    }
    return copy.commit();
}

Done writeCopy(const QString &databasePath, const FileStore &files, const QString &partial)
{
    {
        TRY_SET(const auto source, Database::openSqlite(databasePath, OpenMode::ReadOnly));
        TRY(source->copyTo(partial));
    }
    TRY_SET(const auto copy, Database::openSqlite(partial));
    TRY(addAttachments(*copy, files));
    TRY_SET(const auto verdict, copy->text(QStringLiteral("PRAGMA integrity_check(1)")));
    if (verdict != QStringLiteral("ok")) {
        return Error{ErrorCode::Damaged, {}, verdict.value_or(QString())};
    }
    // One file, without a log beside it.
    TRY(copy->text(QStringLiteral("PRAGMA journal_mode=DELETE")));
    return Ok;
}

Done extractAttachments(Database &store, const FileStore &files)
{
    TRY_SET(Rows rows, store.query(QStringLiteral("SELECT hash, body FROM backup_blob")));
    while (rows.next()) {
        TRY_SET(const QString hash, files.put(rows->bytes(1)));
        if (hash != rows->text(0)) {
            return notABackup(rows->text(0), QStringLiteral("an attachment in it is damaged"));
        }
    }
    return rows.done();
}

Done makeItsOwn(Database &database)
{
    Store store(database);
    TRY(database.begin());
    TRY_SET(const QString before, store.setting(QStringLiteral("timeline")));
    TRY(store.setSetting(QStringLiteral("restoredFrom"), before));
    TRY(store.setSetting(
        QStringLiteral("timeline"), QUuid::createUuid().toString(QUuid::WithoutBraces)));
    TRY_SET(const QList<BaseRow> bases, store.bases());
    for (const BaseRow &base : bases) {
        TRY(store.setSetting(
            QStringLiteral("restoredAt ") + base.id.text(), QString::number(base.revision)));
    }
    TRY(database.run(QStringLiteral("DROP TABLE backup_blob")));
    return database.commit();
}

} // namespace

Done backUp(const QString &databasePath, const FileStore &files, const QString &target)
{
    if (QFile::exists(target)) {
        return Error{ErrorCode::Exists, {target}, {}};
    }
    const QString partial = target + QStringLiteral(".partial");
    QFile::remove(partial);
    if (!makePrivateFile(partial)) {
        return Error{ErrorCode::NotWritable, {partial}, {}};
    }
    const Done written = writeCopy(databasePath, files, partial);
    if (!written) {
        for (const char *suffix : {"", "-wal", "-shm", "-journal"}) {
            QFile::remove(partial + QLatin1String(suffix));
        }
        return written;
    }
    QFile file(partial);
    if (!file.open(QIODevice::ReadWrite)) {
        return Error{ErrorCode::Storage, {}, file.errorString()};
    }
    TRY(syncToDisk(file));
    file.close();
    if (!QFile::rename(partial, target)) {
        return Error{ErrorCode::Exists, {target}, {}};
    }
    return syncFolder(QFileInfo(target).absolutePath());
}

Done restoreBackup(const QString &source, const QString &folder)
{
    if (!makePrivateFolder(folder) || !QDir(folder).isEmpty()) {
        return Error{ErrorCode::Exists, {QStringLiteral("Something in %1").arg(folder)}, {}};
    }
    const QString partial = folder + QStringLiteral("/casebase.db.partial");
    if (!QFile::copy(source, partial)) {
        return notABackup(source, QStringLiteral("it cannot be opened or copied"));
    }
    {
        TRY_SET(const auto database, Database::openSqlite(partial));
        TRY_SET(const qint64 known,
            database->integer(QStringLiteral("SELECT count(*) FROM sqlite_master WHERE name IN "
                                             "('backup_blob', 'migration', 'commits')")));
        if (known != 3) {
            return notABackup(source, QStringLiteral("it is no backup of Casebase"));
        }
        TRY(extractAttachments(*database, FileStore(folder + QStringLiteral("/files"))));
        TRY(makeItsOwn(*database));
        TRY(database->text(QStringLiteral("PRAGMA journal_mode=DELETE")));
    }
    if (!QFile::rename(partial, folder + QStringLiteral("/casebase.db"))) {
        return Error{ErrorCode::Storage, {}, partial};
    }
    return syncFolder(folder);
}

} // namespace casebase
