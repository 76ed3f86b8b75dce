// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/net/SocketTransport.h"

namespace casebase {

namespace {

constexpr int PingMs = 5000; // a silent network is noticed within twice this
constexpr quint64 MessageSizeLimit = 64ULL * 1024 * 1024;

} // namespace

SocketTransport::SocketTransport(QObject *parent)
    : Transport(parent)
{
    m_socket.setMaxAllowedIncomingFrameSize(MessageSizeLimit);
    m_socket.setMaxAllowedIncomingMessageSize(MessageSizeLimit);
    connect(&m_socket, &QWebSocket::connected, this, [this] {
        m_sawPong = true;
        Q_EMIT opened();
    });
    connect(&m_socket, &QWebSocket::binaryMessageReceived, this, &Transport::received);
    connect(&m_socket, &QWebSocket::pong, this, [this] { m_sawPong = true; });
    connect(&m_socket, &QWebSocket::disconnected, this,
        [this] { reportClosed(m_socket.closeReason()); });
    connect(&m_socket, qOverload<QAbstractSocket::SocketError>(&QWebSocket::error), this,
        [this] { reportClosed(m_socket.errorString()); });
    connect(&m_ping, &QTimer::timeout, this, [this] {
        if (!m_sawPong) {
            m_socket.abort();
            return reportClosed(tr("no answer"));
        }
        m_sawPong = false;
        if (m_socket.state() == QAbstractSocket::ConnectedState) {
            m_socket.ping();
        }
    });
}

void SocketTransport::open(const QUrl &url)
{
    m_isWanted = true;
    m_sawPong = true; // two rounds to connect
    m_ping.start(PingMs);
    m_socket.open(url);
}

void SocketTransport::close()
{
    m_isWanted = false;
    m_ping.stop();
    m_socket.abort();
}

void SocketTransport::send(const QByteArray &bytes)
{
    m_socket.sendBinaryMessage(bytes);
}

void SocketTransport::reportClosed(const QString &reason)
{
    m_ping.stop();
    if (m_isWanted) {
        m_isWanted = false;
        Q_EMIT closed(reason);
    }
}

} // namespace casebase
