// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/net/HttpClient.h"
#include "shared/value/Value.h"

#include <QCache>
#include <QDeadlineTimer>
#include <QHash>
#include <QPixmap>
#include <QSet>

namespace casebase {

/// Attached pictures, small enough to be shown in cells and on cards: fetched from the server when
/// they are first asked for, decoded on a worker, kept while there is room.
class Pictures final : public QObject {
    Q_OBJECT
public:
    static constexpr int Side = 480; ///< Pixels, at most, of either side.

    explicit Pictures(HttpClient &http, QObject *parent = nullptr);

    /// The picture if it is here; otherwise null, and loaded() tells when it has come.
    QPixmap picture(const Attachment &file);
    /// The picture, upright and at most so many pixels wide and high; null for what is none.
    static QImage decoded(const QByteArray &bytes, int side = Side);
    /// Whether a file of that type can be shown here.
    static bool isPicture(const Attachment &file);

Q_SIGNALS:
    void loaded(FileId file);

private:
    void fetch(FileId file);
    void keep(FileId file, const QPixmap &picture);

    HttpClient &m_http;
    QCache<FileId, QPixmap> m_kept;
    QSet<FileId> m_asked;
    QHash<FileId, QDeadlineTimer> m_failed; ///< And when to try again.
};

} // namespace casebase
