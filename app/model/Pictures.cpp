// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/model/Pictures.h"

#include <QBuffer>
#include <QFutureWatcher>
#include <QImageReader>
#include <QtConcurrentRun>

namespace casebase {

namespace {

constexpr int KeptKilobytes = 96 * 1024;
constexpr int RetryMs = 15000;
constexpr qint64 MostBytes = 20 * 1024 * 1024; ///< Of a file that is fetched to be shown small.

} // namespace

QImage Pictures::decoded(const QByteArray &bytes, int side)
{
    QBuffer buffer;
    buffer.setData(bytes);
    buffer.open(QIODevice::ReadOnly);
    QImageReader reader(&buffer);
    reader.setAutoTransform(true);
    // By what it is, not by what it was declared as: nothing else is decoded.
    static const QList<QByteArray> formats{"png", "jpeg", "gif", "bmp", "webp", "ico"};
    if (!formats.contains(reader.format())) {
        return {};
    }
    const QSize whole = reader.size();
    if (whole.width() > side || whole.height() > side) {
        reader.setScaledSize(whole.scaled(side, side, Qt::KeepAspectRatio));
    }
    return reader.read();
}

Pictures::Pictures(HttpClient &http, QObject *parent)
    : QObject(parent)
    , m_http(http)
    , m_kept(KeptKilobytes)
{
    QImageReader::setAllocationLimit(256);
}

bool Pictures::isPicture(const Attachment &file)
{
    static const QStringList shown{QStringLiteral("image/png"), QStringLiteral("image/jpeg"),
        QStringLiteral("image/gif"), QStringLiteral("image/bmp"), QStringLiteral("image/webp"),
        QStringLiteral("image/x-icon")};
    return shown.contains(file.mimeType) && file.size <= MostBytes;
}

QPixmap Pictures::picture(const Attachment &file)
{
    if (const QPixmap *kept = m_kept.object(file.id)) {
        return *kept;
    }
    const bool isDue = m_failed.value(file.id).hasExpired();
    if (isPicture(file) && !m_asked.contains(file.id) && isDue) {
        fetch(file.id);
    }
    return {};
}

void Pictures::keep(FileId file, const QPixmap &picture)
{
    const int kilobytes = picture.width() * picture.height() * 4 / 1024 + 1;
    m_kept.insert(file, new QPixmap(picture), kilobytes);
}

void Pictures::fetch(FileId file)
{
    m_asked.insert(file);
    m_http.download(QStringLiteral("/api/attachments/") + file.text(), this,
        [this, file](const Result<QByteArray> &bytes) {
            if (!bytes) {
                m_asked.remove(file);
                m_failed.insert(file, QDeadlineTimer(RetryMs)); // The network may come back.
                return;
            }
            auto *watcher = new QFutureWatcher<QImage>(this);
            connect(watcher, &QFutureWatcher<QImage>::finished, this, [this, watcher, file] {
                watcher->deleteLater();
                m_asked.remove(file);
                const QImage image = watcher->result();
                if (image.isNull()) {
                    m_failed.insert(file, QDeadlineTimer(QDeadlineTimer::Forever));
                    return;
                }
                keep(file, QPixmap::fromImage(image));
                Q_EMIT loaded(file);
            });
            watcher->setFuture(
                QtConcurrent::run([bytes = bytes.value()] { return decoded(bytes); }));
        });
}

} // namespace casebase
