// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/net/HttpClient.h"
#include "shared/value/Value.h"

#include <QPointer>
#include <QProgressDialog>
#include <QTemporaryDir>

namespace casebase {

/// A file that goes into an archive, by its name there: folders with slashes.
struct ArchivedFile {
    QString name;
    QString path; ///< On this computer.
};

/// Writes a ZIP archive, or nothing at all; names have to differ. On any thread.
Done writeArchive(const QString &target, const QList<ArchivedFile> &files);

/// Fetches attachments from the server, one after the other, and puts them into a ZIP archive.
/// Deletes itself once it is done.
class FilesArchive final : public QObject {
    Q_OBJECT
public:
    /// A folder for each of the records that have files, named after it.
    FilesArchive(HttpClient &http, const QString &target, QObject *parent);
    ~FilesArchive() override;
    void add(const QString &folder, const Attachments &files);
    int count() const { return int(m_files.size()); }
    /// Shows how far it is, if that takes a while, to somebody who may cancel it: then the target
    /// stays as it was, and nothing is told.
    void start(QWidget *window);

Q_SIGNALS:
    void finished(const casebase::Done &done);

private:
    void fetchNext();
    void write();

    HttpClient &m_http;
    QString m_target;
    QTemporaryDir m_folder;
    QList<FileId> m_wanted; ///< Of each of the files below.
    QList<ArchivedFile> m_files;
    QSet<QString> m_names;
    qsizetype m_next = 0;
    QPointer<QProgressDialog> m_progress;
};

} // namespace casebase
