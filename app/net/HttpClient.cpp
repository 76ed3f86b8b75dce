// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/net/HttpClient.h"

#include "shared/support/ErrorText.h"

#include <QJsonDocument>
#include <QNetworkReply>
#include <QPointer>

namespace casebase {

namespace {

constexpr int TimeoutMs = 15000;

Error errorOf(QNetworkReply *reply, const QByteArray &body)
{
    const QJsonObject json = QJsonDocument::fromJson(body).object();
    const QString type =
        json.value(QLatin1String("error")).toObject().value(QLatin1String("type")).toString();
    for (const ErrorText &text : allErrorTexts()) {
        if (type == QLatin1String(text.type)) {
            return {text.code, {QString::fromLatin1(reply->rawHeader("Retry-After"))}, {}};
        }
    }
    return {ErrorCode::Network, {reply->errorString()}, {}};
}

/// Once the reply is there: the bytes, or why not.
void whenFinished(QNetworkReply *reply, QObject *context, HttpClient::BytesHandler handler)
{
    QObject::connect(reply, &QNetworkReply::finished, reply,
        [reply, target = QPointer(context), handler = std::move(handler)] {
            reply->deleteLater();
            if (!target) {
                return;
            }
            const QByteArray body = reply->readAll();
            if (reply->error() != QNetworkReply::NoError) {
                return handler(errorOf(reply, body));
            }
            handler(body);
        });
}

HttpClient::BytesHandler jsonHandler(HttpClient::Handler handler)
{
    return [handler = std::move(handler)](const Result<QByteArray> &body) {
        handler(body ? Result<QJsonObject>(QJsonDocument::fromJson(body.value()).object())
                     : body.error());
    };
}

} // namespace

HttpClient::HttpClient(const QUrl &server, QObject *parent)
    : QObject(parent)
    , m_server(server)
{
    m_network.setTransferTimeout(TimeoutMs);
}

QNetworkRequest HttpClient::request(const QString &path) const
{
    QUrl url = m_server;
    url.setPath(path.section(u'?', 0, 0));
    url.setQuery(path.section(u'?', 1));
    QNetworkRequest request(url);
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    request.setHeader(QNetworkRequest::ContentTypeHeader, QStringLiteral("application/json"));
    if (!m_token.isEmpty()) {
        request.setRawHeader("Authorization", "Bearer " + m_token.toLatin1());
    }
    return request;
}

void HttpClient::get(const QString &path, QObject *context, Handler handler)
{
    whenFinished(m_network.get(request(path)), context, jsonHandler(std::move(handler)));
}

void HttpClient::post(
    const QString &path, const QJsonObject &body, QObject *context, Handler handler)
{
    whenFinished(m_network.post(request(path), QJsonDocument(body).toJson(QJsonDocument::Compact)),
        context, jsonHandler(std::move(handler)));
}

void HttpClient::upload(const QString &path, const QByteArray &bytes, const QString &mimeType,
    QObject *context, Handler handler)
{
    QNetworkRequest posted = request(path);
    posted.setHeader(QNetworkRequest::ContentTypeHeader, mimeType);
    posted.setTransferTimeout(10 * TimeoutMs);
    whenFinished(m_network.post(posted, bytes), context, jsonHandler(std::move(handler)));
}

void HttpClient::download(const QString &path, QObject *context, BytesHandler handler)
{
    whenFinished(m_network.get(request(path)), context, std::move(handler));
}

} // namespace casebase
