// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/sync/ClientLink.h"

#include <QTimer>
#include <QWebSocket>

namespace casebase {

/// A sync connection over a web socket, with its limits and deadlines. Deletes itself at the end.
class SocketLink final : public QObject, private LinkTransport {
    Q_OBJECT
public:
    SocketLink(SyncHub &hub, QWebSocket *socket, QObject *parent);

private:
    void send(const QByteArray &bytes) override;
    void close(int code, const QString &reason) override;
    qint64 waitingBytes() const override;
    bool isJson() const override { return m_isJson; }
    void receive(const QByteArray &bytes);

    QWebSocket *m_socket;
    bool m_isJson;
    QTimer m_helloDeadline;
    QTimer m_ping;
    bool m_isAlive = true;
    ClientLink m_link;
};

} // namespace casebase
