// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/files/FileStore.h"

#include "shared/support/DiskSync.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QSaveFile>

namespace casebase {

FileStore::FileStore(const QString &folder)
    : m_folder(folder)
{
}

QString FileStore::path(const QString &hash) const
{
    return m_folder + u'/' + hash.left(2) + u'/' + hash;
}

Result<QString> FileStore::put(const QByteArray &bytes) const
{
    const QString hash = hashOf(bytes);
    if (!QFile::exists(path(hash))) {
        QDir().mkpath(m_folder + u'/' + hash.left(2));
        QSaveFile file(path(hash)); // writes beside it, syncs, renames
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size()
            || !file.commit()) {
            return Error{ErrorCode::Storage, {}, file.errorString()};
        }
    }
    // Its name too must be there before anything in the database names it; whoever wrote the same
    // bytes before may not have come to that.
    TRY(syncFolder(m_folder + u'/' + hash.left(2)));
    TRY(syncFolder(m_folder));
    return hash;
}

QString FileStore::hashOf(const QByteArray &bytes)
{
    return QString::fromLatin1(QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex());
}

Result<QByteArray> FileStore::get(const QString &hash) const
{
    QFile file(path(hash));
    if (!file.open(QIODevice::ReadOnly)) {
        return Error{ErrorCode::NotFound, {QStringLiteral("The file")}, file.errorString()};
    }
    return file.readAll();
}

} // namespace casebase
