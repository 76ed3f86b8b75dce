// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/net/FrontServer.h"

#include "server/http/HttpConnection.h"
#include "server/sync/SocketLink.h"

#include <QFile>
#include <QSslKey>
#include <QSslServer>

namespace casebase {

namespace {

constexpr int ConnectionLimit = 2200;
constexpr int PeerLimit = 600;

} // namespace

FrontServer::FrontServer(Api &api, SyncHub &hub)
    : m_api(api)
    , m_hub(hub)
    , m_server(std::make_unique<QTcpServer>())
    , m_sockets(QStringLiteral("casebase"), QWebSocketServer::NonSecureMode)
{
    m_sockets.setSupportedSubprotocols({QStringLiteral("casebase.v1+json")});
    connect(&m_sockets, &QWebSocketServer::newConnection, this, [this] {
        while (QWebSocket *socket = m_sockets.nextPendingConnection()) {
            new SocketLink(m_hub, socket, this);
        }
    });
}

Done FrontServer::useTls(const QString &certificateFile, const QString &keyFile)
{
    QFile certificate(certificateFile);
    QFile key(keyFile);
    if (!certificate.open(QIODevice::ReadOnly) || !key.open(QIODevice::ReadOnly)) {
        return Error{ErrorCode::FileInvalid,
            {QStringLiteral("0"), QStringLiteral("the certificate or key cannot be opened")}, {}};
    }
    const QList<QSslCertificate> chain = QSslCertificate::fromDevice(&certificate);
    const QByteArray keyBytes = key.readAll();
    QSslKey privateKey(keyBytes, QSsl::Rsa);
    if (privateKey.isNull()) {
        privateKey = QSslKey(keyBytes, QSsl::Ec);
    }
    if (chain.isEmpty() || privateKey.isNull()) {
        return Error{ErrorCode::FileInvalid,
            {QStringLiteral("1"), QStringLiteral("no PEM certificate or key is in it")}, {}};
    }
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setLocalCertificateChain(chain);
    configuration.setPrivateKey(privateKey);
    configuration.setProtocol(QSsl::TlsV1_2OrLater);
    auto server = std::make_unique<QSslServer>();
    server->setSslConfiguration(configuration);
    m_server = std::move(server);
    m_isTls = true;
    return Ok;
}

Done FrontServer::listen(const QString &address)
{
    const qsizetype colon = address.lastIndexOf(u':');
    bool ok = false;
    const quint16 port = address.mid(colon + 1).toUShort(&ok);
    QString host = address.left(colon);
    host = host == u"localhost" ? QStringLiteral("127.0.0.1") : host.remove(u'[').remove(u']');
    const QHostAddress hostAddress(host);
    if (colon < 0 || !ok || hostAddress.isNull()) {
        return Error{ErrorCode::Invalid,
            {QStringLiteral("--listen takes ADDRESS:PORT, not “%1”").arg(address)}, {}};
    }
    connect(
        m_server.get(), &QTcpServer::pendingConnectionAvailable, this, &FrontServer::onConnection);
    m_server->setListenBacklogSize(512);
    m_server->setMaxPendingConnections(512);
    if (!m_server->listen(hostAddress, port)) {
        return Error{ErrorCode::Network, {m_server->errorString()}, {}};
    }
    return Ok;
}

QString FrontServer::url() const
{
    const QHostAddress address = m_server->serverAddress();
    const QString host = address.protocol() == QAbstractSocket::IPv6Protocol
        ? u'[' + address.toString() + u']'
        : address.toString();
    return QStringLiteral("%1://%2:%3")
        .arg(m_isTls ? QStringLiteral("https") : QStringLiteral("http"), host)
        .arg(m_server->serverPort());
}

void FrontServer::onConnection()
{
    while (QTcpSocket *socket = m_server->nextPendingConnection()) {
        const QString peer = socket->peerAddress().toString();
        int total = 0;
        for (const int count : std::as_const(m_perPeer)) {
            total += count;
        }
        if (total >= ConnectionLimit || m_perPeer.value(peer) >= PeerLimit) {
            socket->abort();
            socket->deleteLater();
            continue;
        }
        ++m_perPeer[peer];
        // Replies and deltas are small and wanted at once.
        socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
        // A web socket cuts all signals of the socket that it takes over, but not of its child.
        connect(new QObject(socket), &QObject::destroyed, this, [this, peer] {
            if (--m_perPeer[peer] == 0) {
                m_perPeer.remove(peer);
            }
        });
        auto *connection = new HttpConnection(
            socket,
            [this](const HttpRequest &request, const HttpResponder &respond) {
                m_api.handle(request, respond);
            },
            this);
        connect(connection, &HttpConnection::upgradeRequested, &m_sockets,
            &QWebSocketServer::handleConnection);
    }
}

void FrontServer::drain()
{
    m_server->close();
    m_hub.closeAll();
    for (HttpConnection *connection : findChildren<HttpConnection *>()) {
        connection->drain();
    }
}

bool FrontServer::isIdle() const
{
    return findChildren<HttpConnection *>().isEmpty();
}

} // namespace casebase
