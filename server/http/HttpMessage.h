// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/support/Result.h"

#include <QJsonObject>
#include <QUrlQuery>

#include <functional>

namespace casebase {

/// One request, complete.
struct HttpRequest {
    QByteArray method;
    QString path; ///< Decoded, begins with "/".
    QUrlQuery query;
    QHash<QByteArray, QByteArray> headers; ///< Names in lower case.
    QByteArray body;
    QString peer;
};

struct HttpReply {
    int status = 200;
    QByteArray contentType = "application/json; charset=utf-8";
    QByteArray body;
    QList<std::pair<QByteArray, QByteArray>> headers;
};

/// To be called once, on any thread.
using HttpResponder = std::function<void(HttpReply)>;

HttpReply jsonReply(const QJsonObject &object, int status = 200);
/// The error shape of the API.
HttpReply errorReply(const Error &error);
/// The body as an object: within limits, UTF-8, without duplicate keys.
Result<QJsonObject> jsonBody(const HttpRequest &request);
/// "/a/b" to {"a", "b"}.
QStringList pathParts(const QString &path);

} // namespace casebase
