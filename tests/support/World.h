// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/model/UndoStack.h"
#include "app/session/Session.h"
#include "server/admin/ServerCore.h"
#include "server/sync/SyncHub.h"
#include "tests/support/TestClock.h"

#include <QTemporaryDir>

#include <deque>

namespace casebase {

class World;

/// One person at one computer: a real Session over memory instead of a socket.
class WorldClient {
public:
    WorldClient(World &world, const QString &name);
    ~WorldClient();

    Session &session() { return *m_session; }
    UndoStack &undo() { return *m_undo; }
    const Document &document();
    const TableData &table(const QString &name);
    UserId user() const { return m_user; }

    void goOffline();
    void goOnline();
    /// The connection breaks once so many messages have passed, to the server or from it.
    void breakAfter(int messages);
    /// As when the program is killed: nothing is written that was not, and it starts again.
    void killAndRestart();
    /// The same, and its files are gone.
    void forget();

    RecordId create(const QString &table, const QList<std::pair<QString, QString>> &values);
    /// Types a text into a cell; the Error if it is refused.
    Done edit(const QString &table, RecordId record, const QString &field, const QString &text);
    Done remove(const QString &table, RecordId record);
    Done ask(const Request &request);
    QString text(const QString &table, RecordId record, const QString &field);
    FieldId field(const QString &table, const QString &name);
    int deliverAll();
    /// As if the server had sent it.
    void receive(const Message &message);
    /// Instead of each message that the server sends, what the test makes of it. Until undone with
    /// nothing.
    void twist(std::function<QList<QByteArray>(const QByteArray &)> twist);
    QString folder() const;

    SkewedClock clock; ///< Of this computer.
    QList<Error> refusals; ///< What the server refused later.
    QList<QString> notices;

private:
    friend class World;
    class Wire;
    void open();

    World &m_world;
    QString m_name;
    UserId m_user;
    QString m_token;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<UndoStack> m_undo;
    Wire *m_wire = nullptr; ///< Belongs to the session, as does the next.
    ManualQueue *m_background = nullptr;
};

/// A real server core and several clients in one process, in simulated time, over a network that
/// does what a test wants.
class World {
public:
    explicit World(quint32 seed = 1);
    ~World();

    /// Makes an account, a member of the base with that role, and a client for it.
    WorldClient &add(const QString &name, Role role = Role::Editor);
    WorldClient &client(const QString &name) { return *m_clients.at(name); }
    /// Until nobody has anything to say.
    void settle();
    /// All clients that are online show what the server has.
    bool allEqual();
    /// The server ends and starts again from its files.
    void restartServer();
    /// Writes a backup of the server to a new file; its path.
    QString backUpServer();
    /// The server ends, and another one starts from the backup.
    void restoreServer(const QString &backup);

    ServerCore &core() { return *m_core; }
    SyncHub &hub() { return *m_hub; }
    BaseId base() const { return m_base; }
    Snapshot snapshot() { return m_core->host().snapshot(m_base); }
    TestClock clock;
    SkewedClock &serverClock() { return m_serverClock; }
    /// Sends a request as that person without a client, as HTTP would.
    Result<Outcome> submit(UserId user, const Request &request);

private:
    friend class WorldClient;
    void openServer(bool isNew);

    QTemporaryDir m_folder;
    QString m_data; ///< Where the server's store is.
    SkewedClock m_serverClock{clock};
    std::unique_ptr<IdSource> m_ids;
    ManualQueue *m_writer = nullptr;
    std::unique_ptr<ServerCore> m_core;
    std::unique_ptr<SyncHub> m_hub;
    BaseId m_base;
    std::map<QString, std::unique_ptr<WorldClient>> m_clients;
};

/// Everything that two documents of one base have in common when they are equal, as text.
QString fingerprint(const Document &document);

} // namespace casebase
