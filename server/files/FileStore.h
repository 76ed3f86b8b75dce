// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/support/Result.h"

#include <QByteArray>
#include <QDateTime>
#include <QMutex>
#include <QSet>

namespace casebase {

/// Bytes of attachments on disk, named by their content: the same file is stored once. A file is on
/// disk before its hash is returned. Any thread may use it.
class FileStore {
public:
    explicit FileStore(const QString &folder);
    /// The hash that names the bytes.
    Result<QString> put(const QByteArray &bytes) const;
    Result<QByteArray> get(const QString &hash) const;
    /// Removes the bytes that nothing names, unless they came, or came again, after that moment.
    void removeUnnamed(const QSet<QString> &named, const QDateTime &before) const;
    static QString hashOf(const QByteArray &bytes);

private:
    QString path(const QString &hash) const;
    bool isRenewed(const QString &hash) const;
    QString m_folder;
    mutable QMutex m_mutex; ///< What is about to be named again is not removed.
};

} // namespace casebase
