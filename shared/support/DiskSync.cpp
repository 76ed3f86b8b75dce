// SPDX-License-Identifier: GPL-3.0-or-later
// The calls that make files durable: POSIX and Windows side by side.
#include "shared/support/DiskSync.h"

#include <QFile>

#if defined(Q_OS_WIN)
#include <io.h>
#else
#include <fcntl.h>
#include <unistd.h>
#endif

namespace casebase {

namespace {

Error unsynced(const QString &what)
{
    return {ErrorCode::Storage, {}, QStringLiteral("%1 cannot be synced").arg(what)};
}

} // namespace

Done syncToDisk(QFileDevice &file)
{
    if (!file.flush()) {
        return unsynced(file.fileName());
    }
#if defined(Q_OS_WIN)
    const bool isSynced = _commit(file.handle()) == 0;
#elif defined(Q_OS_MACOS)
    // fsync only reaches the drive's own cache there.
    const bool isSynced = ::fcntl(file.handle(), F_FULLFSYNC) == 0 || ::fsync(file.handle()) == 0;
#else
    const bool isSynced = ::fsync(file.handle()) == 0;
#endif
    return isSynced ? Done(Ok) : unsynced(file.fileName());
}

Done syncFolder(const QString &path)
{
#if defined(Q_OS_WIN)
    Q_UNUSED(path)
    return Ok;
#else
    const int folder = ::open(QFile::encodeName(path).constData(), O_RDONLY);
    const bool isSynced = folder >= 0 && ::fsync(folder) == 0;
    if (folder >= 0) {
        ::close(folder);
    }
    return isSynced ? Done(Ok) : unsynced(path);
#endif
}

} // namespace casebase
