// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/sync/SocketLink.h"

#include "server/sync/SyncHub.h"

namespace casebase {

namespace {

constexpr qint64 FarewellBytes = 1024 * 1024;
constexpr int HelloMs = 5000;
constexpr int PingMs = 15000; // who does not answer is cut off within twice this

} // namespace

SocketLink::SocketLink(SyncHub &hub, QWebSocket *socket, QObject *parent)
    : QObject(parent)
    , m_socket(socket)
    , m_isJson(socket->subprotocol() == u"casebase.v1+json")
    , m_link(hub, *this)
{
    m_socket->setParent(this);
    m_socket->setMaxAllowedIncomingFrameSize(MessageLimitBeforeHello);
    m_socket->setMaxAllowedIncomingMessageSize(MessageLimitBeforeHello);
    connect(m_socket, &QWebSocket::binaryMessageReceived, this, &SocketLink::receive);
    connect(m_socket, &QWebSocket::textMessageReceived, this,
        [this](const QString &text) { receive(text.toUtf8()); });
    connect(m_socket, &QWebSocket::disconnected, this, &QObject::deleteLater);
    connect(m_socket, &QWebSocket::pong, this, [this] { m_isAlive = true; });
    connect(m_socket, &QWebSocket::bytesWritten, this, [this] { m_link.onRoom(); });
    m_helloDeadline.setSingleShot(true);
    connect(&m_helloDeadline, &QTimer::timeout, this, [this] {
        if (!m_link.isSignedIn()) {
            m_link.close(1008, QStringLiteral("no hello"));
        }
    });
    m_helloDeadline.start(HelloMs);
    connect(&m_ping, &QTimer::timeout, this, [this] {
        if (!m_isAlive) {
            return m_socket->abort();
        }
        m_isAlive = false;
        m_socket->ping();
    });
    m_ping.start(PingMs);
}

void SocketLink::receive(const QByteArray &bytes)
{
    m_isAlive = true;
    m_link.onMessage(bytes);
    if (m_link.isSignedIn()) {
        m_socket->setMaxAllowedIncomingFrameSize(MessageLimit * 16);
        m_socket->setMaxAllowedIncomingMessageSize(MessageLimit * 16);
    }
}

void SocketLink::send(const QByteArray &bytes)
{
    if (m_isJson) {
        m_socket->sendTextMessage(QString::fromUtf8(bytes));
    } else {
        m_socket->sendBinaryMessage(bytes);
    }
}

void SocketLink::close(int code, const QString &reason)
{
    if (m_socket->bytesToWrite() > FarewellBytes) {
        // It does not read: a farewell would wait behind all the rest, and so would the memory.
        return m_socket->abort();
    }
    m_socket->close(QWebSocketProtocol::CloseCode(code), reason);
}

qint64 SocketLink::waitingBytes() const
{
    return m_socket->bytesToWrite();
}

} // namespace casebase
