// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/World.h"

#include "server/admin/Backup.h"
#include "server/auth/Password.h"
#include "server/sync/ClientLink.h"
#include "shared/field/FieldType.h"
#include "shared/protocol/Message.h"

#include <QCoreApplication>
#include <QDir>
#include <QTest>

namespace casebase {

/// Both ends of one connection: what one sends lies in a queue until the World delivers it.
class WorldClient::Wire final : public Transport {
public:
    explicit Wire(World &world)
        : m_world(world)
    {
    }
    ~Wire() override { cut(); }

    void open(const QUrl &) override { m_isWanted = true; }
    void close() override { cut(); }
    void send(const QByteArray &bytes) override
    {
        if (m_link) {
            m_toServer.push_back(bytes);
        }
    }

    void cut()
    {
        m_isWanted = false;
        m_link.reset();
        m_toServer.clear();
        m_toClient.clear();
    }

    /// Delivers what is under way; how much that was.
    int deliver()
    {
        int count = 0;
        if (m_isWanted && !m_link && isPlugged) {
            m_isWanted = false;
            m_link = std::make_unique<ClientLink>(m_world.hub(), m_serverEnd);
            Q_EMIT opened();
            ++count;
        }
        for (; !m_toServer.empty() && m_link && mayPass(); ++count) {
            const QByteArray bytes = m_toServer.front();
            m_toServer.pop_front();
            m_link->onMessage(bytes);
        }
        for (; !m_toClient.empty() && mayPass(); ++count) {
            const QByteArray bytes = m_toClient.front();
            m_toClient.pop_front();
            for (const QByteArray &each : twist ? twist(bytes) : QList<QByteArray>{bytes}) {
                Q_EMIT received(each);
            }
        }
        return count;
    }

    bool isPlugged = true;
    std::function<QList<QByteArray>(const QByteArray &)> twist;
    std::optional<int> passing; ///< So many messages pass; then the connection breaks.
    void receive(const QByteArray &bytes) { m_toClient.push_back(bytes); }

private:
    bool mayPass()
    {
        if (passing && (*passing)-- == 0) {
            passing.reset();
            isPlugged = false;
            cut();
            Q_EMIT closed({});
            return false;
        }
        return true;
    }

    /// What the server's link writes to.
    class ServerEnd final : public LinkTransport {
    public:
        explicit ServerEnd(Wire &wire)
            : m_wire(wire)
        {
        }
        void send(const QByteArray &bytes) override { m_wire.m_toClient.push_back(bytes); }
        void close(int, const QString &) override { }
        qint64 waitingBytes() const override { return 0; }
        bool isJson() const override { return false; }

    private:
        Wire &m_wire;
    };

    World &m_world;
    bool m_isWanted = false;
    ServerEnd m_serverEnd{*this};
    std::unique_ptr<ClientLink> m_link;
    std::deque<QByteArray> m_toServer;
    std::deque<QByteArray> m_toClient;
};

WorldClient::WorldClient(World &world, const QString &name)
    : clock(world.clock)
    , m_world(world)
    , m_name(name)
{
}

WorldClient::~WorldClient() = default;

void WorldClient::open()
{
    auto wire = std::make_unique<Wire>(m_world);
    m_wire = wire.get();
    auto background = std::make_unique<ManualQueue>();
    m_background = background.get();
    auto session = Session::create({folder(), {}, m_token, m_user, m_name}, std::move(wire), clock,
        *m_world.m_ids, std::move(background));
    if (!session) {
        qFatal("no session: %s", qUtf8Printable(session.error().detail));
    }
    m_session = std::move(session).value();
    m_undo = std::make_unique<UndoStack>(*m_session);
    QObject::connect(m_session.get(), &Session::refusedByServer, m_session.get(),
        [this](BaseId, const Error &error) { refusals += error; });
    QObject::connect(m_session.get(), &Session::noticed, m_session.get(),
        [this](BaseId, InstanceId, bool isTask) {
            notices += isTask ? QStringLiteral("task") : QStringLiteral("ended");
        });
    m_session->connectToServer();
}

int WorldClient::deliverAll()
{
    return m_wire ? m_wire->deliver() : 0;
}

void WorldClient::receive(const Message &message)
{
    m_wire->receive(encodeMessage(message, false));
}

void WorldClient::twist(std::function<QList<QByteArray>(const QByteArray &)> twist)
{
    m_wire->twist = std::move(twist);
}

QString WorldClient::folder() const
{
    return m_world.m_folder.filePath(m_name);
}

const Document &WorldClient::document()
{
    return *m_session->document(m_world.base());
}

const TableData &WorldClient::table(const QString &name)
{
    return *document().tableNamed(name);
}

void WorldClient::goOffline()
{
    m_wire->isPlugged = false;
    m_session->disconnectFromServer();
}

void WorldClient::breakAfter(int messages)
{
    m_wire->passing = messages;
}

void WorldClient::goOnline()
{
    m_wire->passing.reset();
    m_wire->isPlugged = true;
    m_session->connectToServer();
}

void WorldClient::killAndRestart()
{
    m_undo.reset();
    m_session.reset();
    open();
}

void WorldClient::forget()
{
    m_undo.reset();
    m_session.reset();
    QDir(folder()).removeRecursively();
    open();
}

FieldId WorldClient::field(const QString &tableName, const QString &name)
{
    const Field *found = table(tableName).definition().fieldNamed(name);
    return found ? found->id : FieldId();
}

RecordId WorldClient::create(
    const QString &tableName, const QList<std::pair<QString, QString>> &values)
{
    NewRecord record{m_session->ids().next<RecordId>(), {}};
    const Table &definition = table(tableName).definition();
    for (const auto &[name, text] : values) {
        const Field &each = *definition.fieldNamed(name);
        const auto value =
            fieldType(each.kind).parse(text, each, m_session->fieldContext(m_world.base()));
        record.values += FieldValue{each.id, value ? value.value() : Value()};
    }
    const auto done = m_undo->perform(
        m_world.base(), {CreateRecords{definition.id, {record}}}, QStringLiteral("create"));
    return done ? record.id : RecordId();
}

Done WorldClient::edit(
    const QString &tableName, RecordId record, const QString &name, const QString &text)
{
    const TableData &data = table(tableName);
    const Field *found = data.definition().fieldNamed(name);
    const auto row = data.aliveRow(record);
    if (!found || !row) {
        return Error{ErrorCode::UnknownRecord, {record.text()}, {}};
    }
    TRY_SET(const Value value,
        fieldType(found->kind).parse(text, *found, m_session->fieldContext(m_world.base())));
    TRY(m_undo->perform(m_world.base(),
        {EditCells{data.definition().id,
            {CellEdit{record, found->id, value, data.value(*row, *found)}}, false}},
        QStringLiteral("edit")));
    return Ok;
}

Done WorldClient::remove(const QString &tableName, RecordId record)
{
    TRY(m_undo->perform(m_world.base(), {DeleteRecords{table(tableName).definition().id, {record}}},
        QStringLiteral("delete")));
    return Ok;
}

Done WorldClient::ask(const Request &request)
{
    TRY(m_session->submit(m_world.base(), request));
    return Ok;
}

QString WorldClient::text(const QString &tableName, RecordId record, const QString &name)
{
    const TableData &data = table(tableName);
    const auto row = data.aliveRow(record);
    const Field *found = data.definition().fieldNamed(name);
    return row && found
        ? fieldType(found->kind)
              .format(data.value(*row, *found), *found, m_session->fieldContext(m_world.base()))
        : QStringLiteral("<gone>");
}

World::World(quint32 seed)
{
    m_ids = std::make_unique<IdSource>(clock, seed);
    m_data = m_folder.filePath(QStringLiteral("server"));
    const Done created = ServerCore::create(m_data);
    if (!created) {
        qFatal("no store: %s", qUtf8Printable(created.error().detail));
    }
    openServer(true);
}

World::~World()
{
    m_clients.clear();
    m_hub.reset();
}

void World::openServer(bool isNew)
{
    auto queue = std::make_unique<ManualQueue>();
    m_writer = queue.get();
    static quint32 seeds = 100;
    auto core = ServerCore::open(m_data, std::move(queue), m_serverClock, ++seeds);
    if (!core) {
        qFatal("no server: %s", qUtf8Printable(core.error().detail));
    }
    m_core = std::move(core).value();
    m_hub = std::make_unique<SyncHub>(
        m_core->host(), m_core->accounts(), [](const std::function<void()> &job) { job(); });
    m_core->host().setListener(m_hub.get());
    if (isNew) {
        m_core->host().createBase(QStringLiteral("test"), {},
            [this](const Result<BaseId> &base) { m_base = base.value(); });
        m_writer->run();
    }
}

QString World::backUpServer()
{
    const QString path = m_data + QStringLiteral("-backup-") + QString::number(clock.nowMs());
    const Done written = backUp(ServerCore::databasePath(m_data), m_core->files(), path);
    if (!written) {
        qFatal("no backup: %s", qUtf8Printable(written.error().detail));
    }
    return path;
}

void World::restoreServer(const QString &backup)
{
    m_data += QStringLiteral("-restored");
    const Done restored = restoreBackup(backup, m_data);
    if (!restored) {
        qFatal("no restore: %s", qUtf8Printable(restored.error().detail));
    }
    restartServer();
}

void World::restartServer()
{
    for (auto &[name, client] : m_clients) {
        client->m_wire->cut();
        client->m_session->disconnectFromServer();
    }
    m_core->host().setListener(nullptr);
    m_hub.reset();
    m_core.reset();
    openServer(false);
    for (auto &[name, client] : m_clients) {
        client->goOnline();
    }
}

Result<Outcome> World::submit(UserId user, const Request &request)
{
    Result<Outcome> result = Error{};
    m_core->host().submit({user}, m_base, m_core->host().nextRequestId(), request,
        [&](const Result<Outcome> &outcome) { result = outcome; });
    m_writer->run();
    settle();
    return result;
}

WorldClient &World::add(const QString &name, Role role)
{
    auto account = m_core->accounts().accountNamed(name);
    if (!account) {
        account = m_core->accounts()
                      .add(name, name, {}, QStringLiteral("a long password"), false)
                      .value();
    }
    m_core->host().submit({account->id, AllScopes, true}, m_base, m_core->host().nextRequestId(),
        Edit{{PutPerson{{account->id, name, name, role}}}}, {});
    m_writer->run();
    auto client = std::make_unique<WorldClient>(*this, name);
    client->m_user = account->id;
    client->m_token = m_core->accounts().createToken(account->id, name, AllScopes).value().secret;
    client->open();
    WorldClient &added = *client;
    m_clients[name] = std::move(client);
    settle();
    return added;
}

void World::settle()
{
    for (int quiet = 0; quiet < 3;) {
        bool moved = false;
        for (auto &[name, client] : m_clients) {
            moved = client->deliverAll() > 0 || moved;
            moved = client->m_background->run() || moved;
        }
        moved = m_writer->run() || moved;
        QCoreApplication::processEvents();
        quiet = moved ? 0 : quiet + 1;
    }
}

bool World::allEqual()
{
    const QString wanted = fingerprint(*snapshot());
    bool equal = true;
    for (auto &[name, client] : m_clients) {
        const Replica *replica = client->session().replica(m_base);
        if (client->session().connection() != Connection::Online || !replica) {
            continue;
        }
        for (const Document *document : {&replica->confirmed(), &replica->document()}) {
            if (fingerprint(*document) != wanted) {
                qWarning("%s shows something else:\n%s\nthe server:\n%s", qUtf8Printable(name),
                    qUtf8Printable(fingerprint(*document).left(2000)),
                    qUtf8Printable(wanted.left(2000)));
                equal = false;
            }
        }
    }
    return equal;
}

QString fingerprint(const Document &document)
{
    QString text = QStringLiteral("revision %1\n").arg(document.revision());
    for (const TableId id : document.tables()) {
        const TableData &table = *document.table(id);
        text += QString::fromLatin1(encodeTable(table.definition()).toHex()) + u'\n';
        QMap<RecordId, Row> rows;
        for (Row row = 0; row < table.rowCount(); ++row) {
            if (table.isAlive(row)) {
                rows.insert(table.recordId(row), row);
            }
        }
        for (const Row row : std::as_const(rows)) {
            const RecordMeta meta = table.meta(row);
            text += QStringLiteral("%1 %2 %3 %4 %5")
                        .arg(table.recordId(row).text())
                        .arg(meta.createdMs)
                        .arg(meta.modifiedMs)
                        .arg(meta.revision)
                        .arg(meta.modifiedBy.text());
            for (const Field &field : table.definition().fields) {
                const Value value = table.value(row, field);
                text += u'|' + fieldType(field.kind).format(value, field, {document.people()});
            }
            text += u'\n';
        }
    }
    QMap<InstanceId, QByteArray> instances;
    for (const Instance &instance : document.instances()) {
        instances.insert(instance.id, encodeInstance(instance).toHex());
    }
    for (const QByteArray &each : std::as_const(instances)) {
        text += QString::fromLatin1(each) + u'\n';
    }
    for (const Person &person : document.people().all()) {
        text += person.username + QString::number(int(person.role)) + u'\n';
    }
    return text;
}

} // namespace casebase
