// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/http/Api.h"
#include "server/sync/SyncHub.h"

#include <QTcpServer>
#include <QWebSocketServer>

namespace casebase {

/// One port for everything: HTTP, and sync sockets after their upgrade.
class FrontServer final : public QObject {
    Q_OBJECT
public:
    FrontServer(Api &api, SyncHub &hub);

    /// HOST:PORT; port 0 takes a free one.
    Done listen(const QString &address);
    /// With a certificate and key in PEM files, every connection is encrypted.
    Done useTls(const QString &certificateFile, const QString &keyFile);
    QString url() const;
    /// Takes no more connections, lets replies finish, closes sync sockets.
    void drain();
    bool isIdle() const;

private:
    void onConnection();

    Api &m_api;
    SyncHub &m_hub;
    std::unique_ptr<QTcpServer> m_server;
    QWebSocketServer m_sockets;
    QHash<QString, int> m_perPeer;
    bool m_isTls = false;
};

} // namespace casebase
