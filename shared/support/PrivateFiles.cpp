// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/support/PrivateFiles.h"

#include <QDir>
#include <QFile>

namespace casebase {

bool makePrivateFolder(const QString &path)
{
    if (!QDir().mkpath(path)) {
        return false;
    }
    if (QDir(path).isEmpty(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot)) {
        QFile::setPermissions(
            path, QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner);
    }
    return true;
}

bool makePrivateFile(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly, QFileDevice::ReadOwner | QFileDevice::WriteOwner);
}

} // namespace casebase
