// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/HttpConnection.h"

#include <QUrl>

#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

namespace casebase {

namespace http = boost::beast::http;

namespace {

constexpr std::uint32_t HeaderLimit = 16 * 1024;
constexpr std::ptrdiff_t FieldLimit = 100;
constexpr qsizetype TargetLimit = 8 * 1024;
constexpr std::uint64_t BodyLimit = 10 * 1024 * 1024;
constexpr std::uint64_t UploadLimit = 200 * 1024 * 1024;
constexpr int HeaderMs = 10000;
constexpr int IdleMs = 75000;
constexpr int BodyCheckMs = 5000;
constexpr qint64 BodyBytesPerCheck = 5 * 1024; // 1 KiB a second; who sends less holds a place only

bool isUpload(const QByteArray &target)
{
    return target.startsWith("/api/")
        && (target.contains("/attachments") || target.contains("/import"));
}

QByteArray bytesOf(boost::string_view text)
{
    return QByteArray(text.data(), qsizetype(text.size()));
}

const char *reason(int status)
{
    const auto text = http::obsolete_reason(http::int_to_status(unsigned(status)));
    return text.data();
}

} // namespace

struct HttpConnection::Parsing {
    http::request_parser<http::string_body> parser;
    QByteArray pending;
};

HttpConnection::HttpConnection(QTcpSocket *socket, HttpHandler handler, QObject *parent)
    : QObject(parent)
    , m_socket(socket)
    , m_handler(std::move(handler))
{
    m_socket->setParent(this);
    m_deadline.setSingleShot(true);
    connect(&m_deadline, &QTimer::timeout, this, &HttpConnection::onDeadline);
    connect(m_socket, &QTcpSocket::readyRead, this, &HttpConnection::onReadyRead);
    connect(m_socket, &QTcpSocket::disconnected, this, &QObject::deleteLater);
    m_deadline.start(HeaderMs);
    if (m_socket->bytesAvailable() > 0) {
        QMetaObject::invokeMethod(this, &HttpConnection::onReadyRead, Qt::QueuedConnection);
    }
}

HttpConnection::~HttpConnection() = default;

void HttpConnection::onDeadline()
{
    if (m_isBusy) {
        return;
    }
    const bool isInBody = m_parsing && m_parsing->parser.is_header_done();
    if (isInBody && m_bodyBytes >= BodyBytesPerCheck) {
        m_bodyBytes = 0;
        return m_deadline.start(BodyCheckMs);
    }
    if (isInBody) {
        return refuse(408, "REQUEST_TIMEOUT",
            QStringLiteral("The body came too slowly. Send at least 1 KiB a second."));
    }
    m_socket->abort();
}

void HttpConnection::drain()
{
    m_isDraining = true;
    if (!m_isBusy) {
        m_socket->disconnectFromHost();
    }
}

void HttpConnection::onReadyRead()
{
    if (m_isBusy) {
        return; // One request at a time; the socket keeps the rest.
    }
    if (m_isFirst) {
        const QByteArray head = m_socket->peek(HeaderLimit);
        if (!head.contains("\r\n\r\n") && head.startsWith("GET /sync")) {
            return; // The whole header must be there to hand it on unread.
        }
        m_isFirst = false;
        if (isUpgrade()) {
            m_deadline.stop();
            disconnect(m_socket, nullptr, this, nullptr);
            QTcpSocket *socket = m_socket;
            socket->setParent(nullptr);
            Q_EMIT upgradeRequested(socket);
            deleteLater();
            return;
        }
    }
    read();
}

bool HttpConnection::isUpgrade()
{
    const QByteArray head = m_socket->peek(HeaderLimit);
    const qsizetype end = head.indexOf("\r\n\r\n");
    if (end < 0 || !(head.startsWith("GET /sync ") || head.startsWith("GET /sync?"))) {
        return false;
    }
    const QByteArray lower = head.left(end).toLower();
    // Browsers name where a page came from; no page of ours speaks this protocol.
    return lower.contains("\r\nupgrade: websocket") && !lower.contains("\r\norigin:");
}

void HttpConnection::read()
{
    if (!m_parsing) {
        m_parsing = std::make_unique<Parsing>();
        m_parsing->parser.header_limit(HeaderLimit);
        m_parsing->parser.body_limit(UploadLimit);
        m_parsing->parser.eager(true);
    }
    const QByteArray arrived = m_socket->readAll();
    m_bodyBytes += arrived.size();
    m_parsing->pending += arrived;
    auto &parser = m_parsing->parser;
    while (!m_parsing->pending.isEmpty() && !parser.is_done()) {
        boost::system::error_code error;
        const size_t used = parser.put(boost::asio::const_buffer(m_parsing->pending.constData(),
                                           size_t(m_parsing->pending.size())),
            error);
        m_parsing->pending.remove(0, qsizetype(used));
        if (error == http::error::need_more) {
            if (m_parsing->pending.size() > HeaderLimit && !parser.is_header_done()) {
                return refuse(431, "HEADER_TOO_LARGE", QStringLiteral("The header is too large."));
            }
            break;
        }
        if (error == http::error::header_limit) {
            return refuse(431, "HEADER_TOO_LARGE", QStringLiteral("The header is too large."));
        }
        if (error == http::error::body_limit) {
            return refuse(413, "REQUEST_TOO_LARGE", QStringLiteral("The body is too large."));
        }
        if (error) {
            return refuse(400, "BAD_REQUEST", QStringLiteral("The request cannot be read."));
        }
        if (used == 0) {
            break;
        }
    }
    if (parser.is_header_done() && !isUpload(bytesOf(parser.get().target()))) {
        const auto length = parser.content_length();
        if ((length && *length > BodyLimit) || parser.get().body().size() > BodyLimit) {
            return refuse(413, "REQUEST_TOO_LARGE",
                QStringLiteral("The body is too large; the limit is 10 MiB."));
        }
    }
    if (parser.is_done()) {
        dispatch();
    } else if (parser.is_header_done() && !m_isInBody) {
        m_isInBody = true;
        m_bodyBytes = 0;
        m_deadline.start(BodyCheckMs);
    }
}

void HttpConnection::dispatch()
{
    const auto &message = m_parsing->parser.get();
    const QByteArray target = bytesOf(message.target());
    HttpRequest request;
    request.method = bytesOf(message.method_string());
    bool hasBadHeader = false;
    if (target.size() > TargetLimit) {
        return refuse(414, "ADDRESS_TOO_LONG",
            QStringLiteral("The address is longer than %1 bytes; POST …/listRecords takes long "
                           "filters in its body.")
                .arg(TargetLimit));
    }
    if (std::distance(message.begin(), message.end()) > FieldLimit) {
        return refuse(431, "HEADER_TOO_LARGE",
            QStringLiteral("The header has more than %1 fields.").arg(FieldLimit));
    }
    for (const auto &field : message) {
        const QByteArray name = bytesOf(field.name_string()).toLower();
        const QByteArray value = bytesOf(field.value());
        // Any other coding leaves open where the body ends (RFC 9112, 6.3).
        hasBadHeader = hasBadHeader || value.contains('\0')
            || (name == "transfer-encoding" && value.trimmed().toLower() != "chunked");
        request.headers.insert(name, value);
    }
    const bool knowsMethod =
        QList<QByteArray>{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}.contains(
            request.method);
    if (hasBadHeader || !target.startsWith('/') || target.contains("%00")
        || (message.version() == 11 && !request.headers.contains("host"))) {
        return refuse(400, "BAD_REQUEST", QStringLiteral("The request cannot be read."));
    }
    if (!knowsMethod) {
        return refuse(405, "METHOD_NOT_ALLOWED", QStringLiteral("This method is not known here."));
    }
    const qsizetype question = target.indexOf('?');
    request.path = QUrl::fromPercentEncoding(question < 0 ? target : target.left(question));
    if (question >= 0) {
        // In queries "+" is a space, as forms and URLSearchParams write it.
        request.query = QUrlQuery(QString::fromUtf8(target.mid(question + 1).replace('+', "%20")));
    }
    m_keepAlive = message.keep_alive() && !m_isDraining;
    m_isHead = request.method == "HEAD";
    request.body = QByteArray::fromStdString(message.body());
    request.peer = m_socket->peerAddress().toString();
    const QByteArray rest = m_parsing->pending;
    m_parsing.reset();
    if (!rest.isEmpty()) {
        m_parsing = std::make_unique<Parsing>();
        m_parsing->parser.header_limit(HeaderLimit);
        m_parsing->parser.body_limit(UploadLimit);
        m_parsing->parser.eager(true);
        m_parsing->pending = rest;
    }
    m_isBusy = true;
    m_isInBody = false;
    m_deadline.stop();
    m_handler(request, [this, address = m_mailbox.address()](HttpReply reply) {
        address.post([this, reply = std::move(reply)] { send(reply); });
    });
}

void HttpConnection::send(const HttpReply &reply)
{
    QByteArray head = "HTTP/1.1 " + QByteArray::number(reply.status) + ' ' + reason(reply.status)
        + "\r\nContent-Type: " + reply.contentType
        + "\r\nContent-Length: " + QByteArray::number(reply.body.size())
        + "\r\nX-Content-Type-Options: nosniff\r\nCache-Control: no-store\r\n";
    for (const auto &[name, value] : reply.headers) {
        head += name + ": " + value + "\r\n";
    }
    head += m_keepAlive ? "Connection: keep-alive\r\n\r\n" : "Connection: close\r\n\r\n";
    m_socket->write(m_isHead ? head : head + reply.body);
    m_isBusy = false;
    if (!m_keepAlive || m_isDraining) {
        m_socket->disconnectFromHost();
        return;
    }
    m_deadline.start(IdleMs);
    if (m_socket->bytesAvailable() > 0 || m_parsing) {
        QMetaObject::invokeMethod(this, &HttpConnection::onReadyRead, Qt::QueuedConnection);
    }
}

void HttpConnection::refuse(int status, const char *type, const QString &message)
{
    m_keepAlive = false;
    send(jsonReply({{QStringLiteral("error"),
                       QJsonObject{{QStringLiteral("type"), QString::fromLatin1(type)},
                           {QStringLiteral("message"), message}}}},
        status));
}

} // namespace casebase
