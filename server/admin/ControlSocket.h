// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/admin/Commands.h"
#include "shared/support/Mailbox.h"

#include <QLocalServer>

namespace casebase {

/// Lets commands on the same computer, by the same user, reach the server that holds the store.
class ControlSocket final : public QObject {
    Q_OBJECT
public:
    explicit ControlSocket(ServerCore &core);
    Done listen();

private:
    void onConnection();
    void answer(int number, const CommandResult &result);
    ServerCore &m_core;
    QLocalServer m_server;
    QHash<int, QLocalSocket *> m_sockets; ///< Those that wait, by the number of their command.
    int m_lastNumber = 0;
    Mailbox m_mailbox;
};

/// Has the server that serves this directory run the command. Nothing if none answers.
std::optional<CommandResult> runThroughServer(const QString &folder, const Command &command);

} // namespace casebase
