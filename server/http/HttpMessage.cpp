// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/HttpMessage.h"

#include "shared/support/ErrorText.h"

#include <QJsonDocument>

#include <algorithm>

namespace casebase {

namespace {

constexpr int DepthLimit = 32;
constexpr int ValueLimit = 400000; // a thousand records of four hundred values

/// Looks over the bytes of a document that is known to be well formed: nesting and doubled keys,
/// which Qt accepts silently.
class JsonInspector {
public:
    explicit JsonInspector(QByteArrayView bytes)
        : m_bytes(bytes)
    {
    }

    Done inspect()
    {
        bool expectsKey = false;
        for (m_at = 0; m_at < m_bytes.size(); ++m_at) {
            const char c = m_bytes[m_at];
            if (c == '{' || c == '[') {
                m_levels.push_back({c == '{', m_keys.size()});
                expectsKey = c == '{';
                if (m_levels.size() > DepthLimit) {
                    return Error{ErrorCode::Invalid,
                        {QStringLiteral("JSON nested deeper than %1").arg(DepthLimit)}, {}};
                }
            } else if ((c == '}' || c == ']') && !m_levels.empty()) {
                TRY(leaveLevel());
                expectsKey = false;
            } else if (c == ',') {
                if (++m_values > ValueLimit) {
                    return Error{ErrorCode::TooMany,
                        {QStringLiteral("values in the JSON"), QString::number(ValueLimit)}, {}};
                }
                expectsKey = !m_levels.empty() && m_levels.back().isObject;
            } else if (c == '"') {
                const QByteArrayView text = string();
                if (expectsKey) {
                    m_keys.push_back(text);
                    expectsKey = false;
                }
            }
        }
        return Ok;
    }

private:
    /// An object or an array that is not closed yet.
    struct Level {
        bool isObject;
        size_t firstKey; ///< Its keys are those from here.
    };

    Done leaveLevel()
    {
        const auto first = m_keys.begin() + qsizetype(m_levels.back().firstKey);
        std::sort(first, m_keys.end());
        const auto twice = std::adjacent_find(first, m_keys.end());
        if (twice != m_keys.end()) {
            return Error{ErrorCode::Invalid,
                {QStringLiteral("the key “%1” stands twice").arg(QString::fromUtf8(*twice))}, {}};
        }
        m_keys.erase(first, m_keys.end());
        m_levels.pop_back();
        return Ok;
    }

    QByteArrayView string()
    {
        const qsizetype start = ++m_at;
        while (m_at < m_bytes.size() && m_bytes[m_at] != '"') {
            m_at += m_bytes[m_at] == '\\' ? 2 : 1;
        }
        return m_bytes.sliced(start, std::min(m_at, m_bytes.size()) - start);
    }

    QByteArrayView m_bytes;
    qsizetype m_at = 0;
    int m_values = 0;
    std::vector<Level> m_levels;
    std::vector<QByteArrayView> m_keys; ///< Of all that is open.
};

} // namespace

HttpReply jsonReply(const QJsonObject &object, int status)
{
    HttpReply reply;
    reply.status = status;
    reply.body = QJsonDocument(object).toJson(QJsonDocument::Compact);
    return reply;
}

HttpReply errorReply(const Error &error)
{
    const ErrorText &text = errorText(error.code);
    HttpReply reply =
        jsonReply({{QStringLiteral("error"),
                      QJsonObject{{QStringLiteral("type"), QString::fromLatin1(text.type)},
                          {QStringLiteral("message"), englishSentence(error)}}}},
            text.httpStatus);
    if (text.httpStatus == 429 || text.httpStatus == 503) {
        const QByteArray seconds = error.arguments.value(0).toLatin1();
        reply.headers += {"Retry-After", seconds.toInt() > 0 ? seconds : QByteArray("2")};
    }
    if (!error.detail.isEmpty()) {
        qInfo("http error %s: %s", text.type, qUtf8Printable(error.detail));
    }
    return reply;
}

Result<QJsonObject> jsonBody(const HttpRequest &request)
{
    if (request.body.trimmed().isEmpty()) {
        return QJsonObject();
    }
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(request.body, &error);
    if (error.error != QJsonParseError::NoError || !document.isObject()) {
        return Error{ErrorCode::Protocol,
            {QStringLiteral("the body is not a JSON object (at byte %1)").arg(error.offset)}, {}};
    }
    TRY(JsonInspector(request.body).inspect());
    return document.object();
}

QStringList pathParts(const QString &path)
{
    return path.split(u'/', Qt::SkipEmptyParts);
}

} // namespace casebase
