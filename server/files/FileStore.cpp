// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/files/FileStore.h"

#include "shared/support/DiskSync.h"

#include <QCryptographicHash>
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>
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

/// Says of bytes that are there already that they came again, now.
bool FileStore::isRenewed(const QString &hash) const
{
    const QMutexLocker lock(&m_mutex);
    QFile file(path(hash));
    return file.open(QIODevice::ReadWrite | QIODevice::ExistingOnly)
        && file.setFileTime(QDateTime::currentDateTime(), QFileDevice::FileModificationTime);
}

Result<QString> FileStore::put(const QByteArray &bytes) const
{
    const QString hash = hashOf(bytes);
    if (!isRenewed(hash)) {
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

void FileStore::removeUnnamed(const QSet<QString> &named, const QDateTime &before) const
{
    QDirIterator files(m_folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QString each = files.next();
        if (named.contains(files.fileName())) {
            continue;
        }
        const QMutexLocker lock(&m_mutex);
        if (QFileInfo(each).lastModified() < before) {
            QFile::remove(each);
        }
    }
}

} // namespace casebase
