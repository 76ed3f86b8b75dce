// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/http/HttpMessage.h"
#include "shared/support/Mailbox.h"

#include <QTcpSocket>
#include <QTimer>

#include <memory>

namespace casebase {

/// Takes a request that is complete; answers through the responder.
using HttpHandler = std::function<void(const HttpRequest &, HttpResponder)>;

/// One connection of a client: reads requests strictly and within limits, one at a time, writes
/// replies, and ends what is slow, broken or idle. Deletes itself when the socket closes.
class HttpConnection final : public QObject {
    Q_OBJECT
public:
    HttpConnection(QTcpSocket *socket, HttpHandler handler, QObject *parent);
    ~HttpConnection() override;

    /// Stops after the reply that is being made, if any.
    void drain();

Q_SIGNALS:
    /// The client asks for a sync socket; nothing of the request was read. Who handles it takes the
    /// socket over.
    void upgradeRequested(QTcpSocket *socket);

private:
    void onReadyRead();
    bool isUpgrade();
    void onDeadline();
    void read();
    void dispatch();
    void send(const HttpReply &reply);
    void refuse(int status, const char *type, const QString &message);

    struct Parsing;
    QTcpSocket *m_socket;
    HttpHandler m_handler;
    std::unique_ptr<Parsing> m_parsing;
    QTimer m_deadline;
    Mailbox m_mailbox; ///< For replies that are made on other threads.
    bool m_isFirst = true;
    bool m_isBusy = false;
    bool m_isDraining = false;
    bool m_keepAlive = true;
    bool m_isHead = false;
    bool m_isInBody = false;
    qint64 m_bodyBytes = 0; ///< Since the rate was checked last.
};

} // namespace casebase
