// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/support/Result.h"

#include <QByteArray>

namespace casebase {

/// Bytes of attachments on disk, named by their content: the same file is stored once. A file is on
/// disk before its hash is returned. Any thread may use it.
class FileStore {
public:
    explicit FileStore(const QString &folder);
    /// The hash that names the bytes.
    Result<QString> put(const QByteArray &bytes) const;
    Result<QByteArray> get(const QString &hash) const;
    static QString hashOf(const QByteArray &bytes);

private:
    QString path(const QString &hash) const;
    QString m_folder;
};

} // namespace casebase
