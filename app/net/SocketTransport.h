// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/net/Transport.h"

#include <QTimer>
#include <QWebSocket>

namespace casebase {

/// A web socket to /sync. Notices within ten seconds that the network went away silently.
class SocketTransport final : public Transport {
    Q_OBJECT
public:
    explicit SocketTransport(QObject *parent = nullptr);
    void open(const QUrl &url) override;
    void close() override;
    void send(const QByteArray &bytes) override;

private:
    void reportClosed(const QString &reason);

    QWebSocket m_socket;
    QTimer m_ping;
    bool m_isWanted = false;
    bool m_sawPong = true;
};

} // namespace casebase
