// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/record/FilesArchive.h"

#include "shared/support/FileName.h"

#include <QFile>
#include <QFileInfo>
#include <QFutureWatcher>
#include <QtConcurrentRun>

#include <zip.h>

namespace casebase {

namespace {

Error cannotWrite(const QString &target, const char *why)
{
    return {ErrorCode::FileNotWritten, {QFileInfo(target).fileName(), QString::fromUtf8(why)}, {}};
}

/// The name with a number before its ending, from 2 on.
QString numbered(const QString &name, int number)
{
    const QFileInfo info(name);
    const QString ending = info.suffix().isEmpty() ? QString() : u'.' + info.suffix();
    return QStringLiteral("%1 (%2)%3").arg(name.chopped(ending.size())).arg(number).arg(ending);
}

} // namespace

Done writeArchive(const QString &target, const QList<ArchivedFile> &files)
{
    int fault = 0;
    zip_t *archive = zip_open(target.toUtf8().constData(), ZIP_CREATE | ZIP_TRUNCATE, &fault);
    if (!archive) {
        zip_error_t error;
        zip_error_init_with_code(&error, fault);
        const Error refusal = cannotWrite(target, zip_error_strerror(&error));
        zip_error_fini(&error);
        return refusal;
    }
    for (const ArchivedFile &file : files) {
        zip_source_t *source = zip_source_file(archive, file.path.toUtf8().constData(), 0, -1);
        if (!source
            || zip_file_add(archive, file.name.toUtf8().constData(), source, ZIP_FL_ENC_UTF_8)
                < 0) {
            const Error refusal = cannotWrite(target, zip_strerror(archive));
            zip_source_free(source);
            zip_discard(archive);
            return refusal;
        }
    }
    if (zip_close(archive) < 0) { // writes a file beside it and renames that
        const Error refusal = cannotWrite(target, zip_strerror(archive));
        zip_discard(archive);
        return refusal;
    }
    return Ok;
}

FilesArchive::FilesArchive(HttpClient &http, const QString &target, QObject *parent)
    : QObject(parent)
    , m_http(http)
    , m_target(target)
{
}

void FilesArchive::add(const QString &folder, const Attachments &files)
{
    for (const Attachment &file : files) {
        const QString wanted = safeFileName(folder) + u'/' + safeFileName(file.name);
        QString name = wanted;
        for (int number = 2; m_names.contains(name.toLower()); ++number) {
            name = numbered(wanted, number);
        }
        m_names.insert(name.toLower()); // Some systems do not tell letters from capitals.
        m_wanted += file.id;
        m_files += ArchivedFile{name, m_folder.filePath(QString::number(m_files.size()))};
    }
}

FilesArchive::~FilesArchive()
{
    delete m_progress;
}

void FilesArchive::start(QWidget *window)
{
    m_progress = new QProgressDialog(
        tr("Fetching %n file(s)…", nullptr, count()), tr("Cancel"), 0, count(), window);
    m_progress->setMinimumDuration(400);
    m_progress->setAutoReset(false);
    connect(m_progress, &QProgressDialog::canceled, this, [this] {
        blockSignals(true); // An answer may be on its way.
        deleteLater();
    });
    fetchNext();
}

void FilesArchive::fetchNext()
{
    m_progress->setValue(int(m_next));
    if (m_next == m_files.size()) {
        return write();
    }
    m_http.download(QStringLiteral("/api/attachments/") + m_wanted[m_next].text(), this,
        [this](const Result<QByteArray> &bytes) {
            QFile file(m_files[m_next].path);
            const bool isKept = bytes && file.open(QIODevice::WriteOnly)
                && file.write(bytes.value()) == bytes.value().size() && file.flush();
            if (!isKept) {
                Q_EMIT finished(bytes
                        ? cannotWrite(m_target, file.errorString().toUtf8().constData())
                        : bytes.error());
                return deleteLater();
            }
            ++m_next;
            fetchNext();
        });
}

void FilesArchive::write()
{
    auto *watcher = new QFutureWatcher<Done>(this);
    connect(watcher, &QFutureWatcher<Done>::finished, this, [this, watcher] {
        Q_EMIT finished(watcher->result());
        deleteLater();
    });
    watcher->setFuture(QtConcurrent::run(
        [target = m_target, files = m_files] { return writeArchive(target, files); }));
}

} // namespace casebase
