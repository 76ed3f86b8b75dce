// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/admin/ControlSocket.h"

#include <QCryptographicHash>
#include <QDir>
#include <QJsonDocument>
#include <QLocalSocket>

namespace casebase {

namespace {

constexpr int AnswerMs = 600000;

/// Short, because names of local sockets are limited to about 100 bytes.
QString socketName(const QString &folder)
{
    const QByteArray path = QDir(folder).canonicalPath().toUtf8();
    return QStringLiteral("casebase-")
        + QString::fromLatin1(
            QCryptographicHash::hash(path, QCryptographicHash::Sha256).left(10).toHex());
}

CommandResult resultFrom(const QJsonObject &json)
{
    return {json.value(QLatin1String("exit")).toInt(1),
        json.value(QLatin1String("output")).toString(),
        json.value(QLatin1String("errors")).toString()};
}

QByteArray line(const QJsonObject &json)
{
    return QJsonDocument(json).toJson(QJsonDocument::Compact) + '\n';
}

} // namespace

ControlSocket::ControlSocket(ServerCore &core)
    : m_core(core)
{
    m_server.setSocketOptions(QLocalServer::UserAccessOption);
    connect(&m_server, &QLocalServer::newConnection, this, &ControlSocket::onConnection);
}

Done ControlSocket::listen()
{
    const QString name = socketName(m_core.folder());
    QLocalServer::removeServer(name); // left by a crash: the lock says nobody else serves this
    if (!m_server.listen(name)) {
        return Error{ErrorCode::Network, {m_server.errorString()}, {}};
    }
    return Ok;
}

void ControlSocket::onConnection()
{
    QLocalSocket *socket = m_server.nextPendingConnection();
    const int number = ++m_lastNumber;
    m_sockets.insert(number, socket);
    connect(socket, &QLocalSocket::disconnected, this, [this, number] {
        if (QLocalSocket *ended = m_sockets.take(number)) {
            ended->deleteLater();
        }
    });
    connect(socket, &QLocalSocket::readyRead, this, [this, socket, number] {
        if (!socket->canReadLine()) {
            return;
        }
        const Command command =
            Command::fromJson(QJsonDocument::fromJson(socket->readLine()).object());
        // Commands wait for the writer and hash passwords: not on this thread.
        WorkerPool::forLongWork().post([this, command, number] {
            const CommandResult result = runOnCore(command, m_core);
            m_mailbox.post([this, number, result] { answer(number, result); });
        });
    });
}

void ControlSocket::answer(int number, const CommandResult &result)
{
    if (QLocalSocket *socket = m_sockets.value(number)) {
        socket->write(line({{QStringLiteral("exit"), result.exitCode},
            {QStringLiteral("output"), result.output}, {QStringLiteral("errors"), result.errors}}));
        socket->disconnectFromServer();
    }
}

std::optional<CommandResult> runThroughServer(const QString &folder, const Command &command)
{
    QLocalSocket socket;
    socket.connectToServer(socketName(folder));
    if (!socket.waitForConnected(2000)) {
        return std::nullopt;
    }
    Command absolute = command;
    for (QString &argument : absolute.arguments) {
        if (command.name == u"import" || command.name == u"export") {
            argument = QDir::current().absoluteFilePath(argument);
        }
    }
    socket.write(line(absolute.toJson()));
    while (!socket.canReadLine()) {
        if (!socket.waitForReadyRead(AnswerMs)) {
            return CommandResult{1, {}, QStringLiteral("the server did not answer\n")};
        }
    }
    return resultFrom(QJsonDocument::fromJson(socket.readLine()).object());
}

} // namespace casebase
