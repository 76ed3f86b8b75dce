// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/support/Result.h"

#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QUrl>

#include <functional>

namespace casebase {

/// Calls of the server's API. Answers come on the caller's thread, unless `context` went away.
class HttpClient final : public QObject {
    Q_OBJECT
public:
    using Handler = std::function<void(const Result<QJsonObject> &)>;
    using BytesHandler = std::function<void(const Result<QByteArray> &)>;

    explicit HttpClient(const QUrl &server, QObject *parent = nullptr);
    void setToken(const QString &token) { m_token = token; }

    void get(const QString &path, QObject *context, Handler handler);
    void post(const QString &path, const QJsonObject &body, QObject *context, Handler handler);
    void upload(const QString &path, const QByteArray &bytes, const QString &mimeType,
        QObject *context, Handler handler);
    void download(const QString &path, QObject *context, BytesHandler handler);

private:
    QNetworkRequest request(const QString &path) const;
    QUrl m_server;
    QString m_token;
    QNetworkAccessManager m_network;
};

} // namespace casebase
