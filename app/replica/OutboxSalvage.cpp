// SPDX-License-Identifier: GPL-3.0-or-later
// Opening an outbox whose file is damaged or not one's own. Whatever moment the program is killed
// at, either the old file or the finished new one is there to go on with.
#include "app/replica/OutboxRow.h"
#include "shared/support/DiskSync.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

namespace casebase {

namespace {

QString logOf(const QString &path)
{
    return path + QStringLiteral("-wal");
}

/// The file and what SQLite keeps beside it.
void removeAll(const QString &path)
{
    for (const QString &each : {path, logOf(path), path + QStringLiteral("-shm")}) {
        QFile::remove(each);
    }
}

QString freeName(const QString &path, bool isForeign)
{
    const QFileInfo file(path);
    const QString name =
        QStringLiteral("%1/%2-%3-%4")
            .arg(file.path(), file.completeBaseName(),
                isForeign ? QStringLiteral("of-another-account") : QStringLiteral("damaged"),
                QDateTime::currentDateTime().toString(QStringLiteral("yyyyMMdd-hhmmss")));
    QString free = name + QStringLiteral(".db");
    for (int n = 2; QFileInfo::exists(free); ++n) {
        free = QStringLiteral("%1-%2.db").arg(name).arg(n);
    }
    return free;
}

/// It is there and can be read as a file.
bool isUsable(const QString &path)
{
    const QFileInfo file(path);
    return !file.exists() || (file.isFile() && file.isReadable());
}

/// A file can be written to the folder now.
bool takesFiles(const QString &folder)
{
    const QString path = folder + QStringLiteral("/outbox.probe");
    QSaveFile file(path);
    const bool isTaken = file.open(QIODevice::WriteOnly) && file.write("x") == 1 && file.commit();
    QFile::remove(path);
    return isTaken;
}

/// Keeps the file and its log as they are under another name: copied, or renamed where they cannot
/// be read.
Done keepAs(const QString &path, const QString &kept)
{
    const std::pair<QString, QString> files[] = {{path, kept}, {logOf(path), logOf(kept)}};
    for (const auto &[from, to] : files) {
        if (QFileInfo::exists(from)
            && !(isUsable(from) ? QFile::copy(from, to) : QFile::rename(from, to))) {
            return Error{ErrorCode::Storage, {}, to};
        }
    }
    return syncFolder(QFileInfo(path).path());
}

/// The undamaged requests of a file, by number: read from both ends, as far as the damage.
QMap<quint64, OutboxRow> wholeRows(const QString &path)
{
    QMap<quint64, OutboxRow> whole;
    const auto kept = Database::openSqlite(path, OpenMode::ReadOnly);
    for (const char *direction : {"", " DESC"}) {
        auto found = kept
            ? kept.value()->query(QLatin1String(OutboxRow::Select) + QLatin1String(direction))
            : Result<Rows>(kept.error());
        if (!found) {
            break;
        }
        for (Rows rows = std::move(found).value(); rows.next();) {
            const OutboxRow row(*rows);
            if (row.isWhole() && !row.device.isEmpty()) {
                whole.insert(row.counter, row);
            }
        }
    }
    return whole;
}

/// Puts the finished file in the place of the old one.
Done moveInto(const QString &finished, const QString &path)
{
    removeAll(path); // the old log must not meet the new file
    if (!QFile::rename(finished, path)) {
        return Error{ErrorCode::Storage, {}, path};
    }
    return syncFolder(QFileInfo(path).path());
}

} // namespace

Result<std::unique_ptr<Outbox>> Outbox::open(const QString &path, UserId owner, DeviceId newDevice)
{
    const QString finished = path + QStringLiteral(".new");
    if (QFileInfo::exists(finished)) { // killed while it replaced the file
        TRY(moveInto(finished, path));
    }
    auto outbox = openFile(path, owner, newDevice);
    Done usable = outbox ? outbox.value()->verify() : Done(outbox.error());
    if (usable) {
        return outbox;
    }
    const bool isForeign = usable.error().code == ErrorCode::Forbidden;
    // If the disk takes other files, the fault is in this one. A full disk is none. Of a version
    // that is not known, a newer program or a flipped bit, what can be read is taken over as well.
    const bool isDamaged = usable.error().code == ErrorCode::Damaged
        || usable.error().code == ErrorCode::NewerVersion
        || (usable.error().code == ErrorCode::Storage && takesFiles(QFileInfo(path).path()));
    if (!isForeign && !isDamaged) {
        return usable.error();
    }
    if (outbox) {
        newDevice = outbox.value()->m_device;
        outbox = Error{};
    }
    TRY_SET(const Salvage salvage, replaceFile(path, owner, isForeign));
    TRY_SET(auto fresh, openFile(path, owner, newDevice));
    fresh->m_salvage = salvage;
    return fresh;
}

Result<Salvage> Outbox::replaceFile(const QString &path, UserId owner, bool isForeign)
{
    Salvage salvage{freeName(path, isForeign), 0, isForeign};
    TRY(keepAs(path, salvage.keptAt));
    const QMap<quint64, OutboxRow> rows =
        isForeign ? QMap<quint64, OutboxRow>() : wholeRows(salvage.keptAt);
    // Requests keep their numbers only together with the device that they are numbers of.
    const auto device = rows.isEmpty() ? std::nullopt : DeviceId::fromText(rows.first().device);
    if (!device) {
        removeAll(path);
        return salvage;
    }
    const QString unfinished = path + QStringLiteral(".salvage");
    removeAll(unfinished);
    TRY_SET(auto fresh, openFile(unfinished, owner, *device));
    const Done written = fresh->inTransaction([&]() -> Done {
        for (const OutboxRow &row : rows) {
            const auto pending = row.pending();
            if (pending && row.device == device->text()) {
                TRY(fresh->insert(*pending));
                ++salvage.recovered;
            }
        }
        return Ok;
    });
    TRY(written);
    fresh.reset(); // closing moves its log into the file
    const QString finished = path + QStringLiteral(".new");
    if (!QFile::rename(unfinished, finished)) {
        return Error{ErrorCode::Storage, {}, unfinished};
    }
    TRY(syncFolder(QFileInfo(path).path()));
    TRY(moveInto(finished, path));
    return salvage;
}

} // namespace casebase
