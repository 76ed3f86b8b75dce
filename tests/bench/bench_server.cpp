// SPDX-License-Identifier: GPL-3.0-or-later
// The server as a program of its own, driven over loopback: commits, imports, queries, broadcasts
// and snapshots, each against a limit of the same run.
#include "shared/protocol/Message.h"
#include "shared/support/IdSource.h"
#include "tests/bench/Bench.h"
#include "tests/bench/RawSocket.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QDir>
#include <QJsonDocument>
#include <QProcess>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QThread>
#include <QUrl>

#include <unistd.h>

using namespace casebase;
using namespace casebase::bench;

namespace {

const QString AdminPassword = QStringLiteral("a long password");
constexpr int SocketsPerUser = 18;

/// A server process with a store of its own.
class ServerProcess {
public:
    explicit ServerProcess(const QString &folder)
        : m_folder(folder)
    {
        QFile password(folder + QStringLiteral("/password"));
        if (!password.open(QIODevice::WriteOnly)) {
            qFatal("benchmark: no folder");
        }
        password.write(AdminPassword.toUtf8());
        password.close();
        command({QStringLiteral("init"), QStringLiteral("--admin"), QStringLiteral("admin"),
            QStringLiteral("--password-file"), password.fileName()});
        start();
    }
    ~ServerProcess() { stop(); }

    void start()
    {
        QElapsedTimer timer;
        timer.start();
        m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_process.start(program(),
            {QStringLiteral("serve"), QStringLiteral("--data"), data(), QStringLiteral("--listen"),
                QStringLiteral("127.0.0.1:0")});
        while (!m_process.canReadLine()) {
            if (!m_process.waitForReadyRead(120000)) {
                qFatal("benchmark: the server does not start");
            }
        }
        m_url = QUrl(QString::fromUtf8(m_process.readLine().trimmed().split(' ').last()));
        startMs = double(timer.nsecsElapsed()) / 1e6;
    }
    void stop()
    {
        m_process.terminate();
        m_process.waitForFinished(20000);
    }
    QByteArray command(QStringList arguments)
    {
        QProcess process;
        arguments.insert(1, QStringLiteral("--data"));
        arguments.insert(2, data());
        process.start(program(), arguments);
        process.waitForFinished(600000);
        if (process.exitCode() != 0) {
            qFatal("benchmark: %s", process.readAllStandardError().constData());
        }
        return process.readAllStandardOutput();
    }
    QUrl url() const { return m_url; }
    qint64 pid() const { return m_process.processId(); }
    QString data() const { return m_folder + QStringLiteral("/data"); }
    double startMs = 0;

private:
    static QString program()
    {
        return QCoreApplication::applicationDirPath() + QStringLiteral("/casebase-server");
    }
    QString m_folder;
    QProcess m_process;
    QUrl m_url;
};

/// One kept connection for HTTP.
class Http {
public:
    Http(const QUrl &url, const QString &token)
        : m_token(token.toLatin1())
    {
        m_sockets.push_back(std::make_unique<RawSocket>(quint16(url.port())));
    }
    static QByteArray request(const QByteArray &token, const QByteArray &method,
        const QByteArray &path, const QByteArray &body)
    {
        return method + ' ' + path + " HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer " + token
            + "\r\nContent-Type: application/json\r\nContent-Length: "
            + QByteArray::number(body.size()) + "\r\n\r\n" + body;
    }
    /// The body of the reply, if all of it is there.
    static std::optional<QByteArray> take(RawSocket &socket)
    {
        QByteArray &input = socket.input();
        const qsizetype end = input.indexOf("\r\n\r\n");
        if (end < 0) {
            return std::nullopt;
        }
        const qsizetype at = input.indexOf("Content-Length: ") + 16;
        const qsizetype length = input.mid(at, input.indexOf('\r', at) - at).toLongLong();
        if (input.size() < end + 4 + length) {
            return std::nullopt;
        }
        if (!input.startsWith("HTTP/1.1 2")) {
            qFatal("benchmark: %s", input.left(600).constData());
        }
        const QByteArray body = input.mid(end + 4, length);
        input.remove(0, end + 4 + length);
        return body;
    }
    QByteArray call(const QByteArray &method, const QByteArray &path, const QByteArray &body = {})
    {
        m_sockets.front()->write(request(m_token, method, path, body));
        std::optional<QByteArray> reply;
        RawSocket::run(
            m_sockets, [&](size_t) { reply = take(*m_sockets.front()); },
            [&] { return reply.has_value(); });
        return *reply;
    }
    QJsonObject json(const QByteArray &method, const QByteArray &path, const QJsonObject &body = {})
    {
        const QByteArray bytes =
            body.isEmpty() ? QByteArray() : QJsonDocument(body).toJson(QJsonDocument::Compact);
        return QJsonDocument::fromJson(call(method, path, bytes)).object();
    }

private:
    QByteArray m_token;
    std::vector<std::unique_ptr<RawSocket>> m_sockets;
};

/// Sends so many requests over so many connections, each waiting for its reply.
/// Requests per second; replies go to `onReply`.
double callMany(const QUrl &url, int connections, int count,
    const std::function<QByteArray(int)> &request,
    const std::function<void(const QByteArray &)> &onReply = {})
{
    std::vector<std::unique_ptr<RawSocket>> sockets;
    for (int i = 0; i < connections; ++i) {
        sockets.push_back(std::make_unique<RawSocket>(quint16(url.port())));
    }
    int sent = 0;
    int answered = 0;
    const double seconds = secondsOf([&] {
        for (auto &socket : sockets) {
            if (sent < count) {
                socket->write(request(sent++));
            }
        }
        RawSocket::run(
            sockets,
            [&](size_t i) {
                while (const auto reply = Http::take(*sockets[i])) {
                    ++answered;
                    if (onReply) {
                        onReply(*reply);
                    }
                    if (sent < count) {
                        sockets[i]->write(request(sent++));
                    }
                }
            },
            [&] { return answered >= count; });
    });
    return count / seconds;
}

QString signIn(const QUrl &url, const QString &user, const QString &password)
{
    Http http(url, {});
    return http
        .json("POST", "/api/session",
            {{QStringLiteral("username"), user}, {QStringLiteral("password"), password}})
        .value(QLatin1String("token"))
        .toString();
}

struct BenchTable {
    QByteArray base;
    QByteArray table;
    QHash<QString, FieldId> fields;
    QList<RecordId> records;
};

QJsonObject sampleDefinition(const QString &name)
{
    QJsonArray fields;
    const auto add = [&](const char *field, const char *type, const QJsonObject &options = {}) {
        QJsonObject json{{QStringLiteral("name"), QLatin1String(field)},
            {QStringLiteral("type"), QLatin1String(type)}};
        if (!options.isEmpty()) {
            json.insert(QStringLiteral("options"), options);
        }
        fields += json;
    };
    const auto choices = [](const QString &field) {
        QJsonArray list;
        for (const QString &each : sampleOptions(field)) {
            list += QJsonObject{{QStringLiteral("name"), each}};
        }
        return QJsonObject{{QStringLiteral("choices"), list}};
    };
    add("name", "singleLineText");
    add("code", "singleLineText");
    add("notes", "multilineText");
    for (const char *select : {"kind", "status", "source"}) {
        add(select, "singleSelect", choices(QLatin1String(select)));
    }
    add("opened", "dateTime");
    add("closed", "dateTime");
    add("amount", "number", {{QStringLiteral("precision"), 2}});
    add("score", "number", {{QStringLiteral("precision"), 8}});
    add("urgent", "checkbox");
    add("count", "number", {{QStringLiteral("precision"), 0}});
    return {{QStringLiteral("name"), name}, {QStringLiteral("fields"), fields}};
}

QByteArray createBody(QRandomGenerator &random, int first, int count)
{
    QJsonArray records;
    for (int i = 0; i < count; ++i) {
        const SampleRow row = sampleRow(random, first + i);
        const auto option = [](const char *field, int index) {
            return sampleOptions(QLatin1String(field))[index];
        };
        const auto time = [](qint64 ms) {
            return QDateTime::fromMSecsSinceEpoch(ms, Qt::UTC).toString(Qt::ISODateWithMs);
        };
        QJsonObject fields{{QStringLiteral("name"), row.name}, {QStringLiteral("code"), row.code},
            {QStringLiteral("notes"), row.notes},
            {QStringLiteral("kind"), option("kind", row.kind)},
            {QStringLiteral("status"), option("status", row.status)},
            {QStringLiteral("source"), option("source", row.source)},
            {QStringLiteral("opened"), time(row.openedMs)},
            {QStringLiteral("closed"), time(row.closedMs)}, {QStringLiteral("amount"), row.amount},
            {QStringLiteral("score"), row.score}, {QStringLiteral("urgent"), row.isUrgent},
            {QStringLiteral("count"), row.count}};
        records += QJsonObject{{QStringLiteral("fields"), fields}};
    }
    return QJsonDocument(QJsonObject{{QStringLiteral("records"), records}})
        .toJson(QJsonDocument::Compact);
}

BenchTable makeTable(Http &http, const QString &name)
{
    BenchTable made;
    const QJsonObject base = http.json("POST", "/v0/meta/bases",
        {{QStringLiteral("name"), name},
            {QStringLiteral("tables"), QJsonArray{sampleDefinition(name)}}});
    made.base = base.value(QLatin1String("id")).toString().toLatin1();
    const QJsonObject table = base.value(QLatin1String("tables")).toArray().first().toObject();
    made.table = table.value(QLatin1String("id")).toString().toLatin1();
    for (const QJsonValue &field : http.json("GET", "/v0/meta/bases/" + made.base + "/tables")
                                       .value(QLatin1String("tables"))
                                       .toArray()
                                       .first()
                                       .toObject()
                                       .value(QLatin1String("fields"))
                                       .toArray()) {
        made.fields.insert(field.toObject().value(QLatin1String("name")).toString(),
            FieldId::fromText(field.toObject().value(QLatin1String("id")).toString())
                .value_or(FieldId()));
    }
    return made;
}

/// Creates rows over /v0, a thousand to a request, two requests under way. Rows per second.
double fillTable(const QUrl &url, const QString &token, BenchTable &table, int rows)
{
    QRandomGenerator random(7);
    QList<QByteArray> bodies;
    for (int first = 0; first < rows; first += 1000) {
        bodies += createBody(random, first, std::min(1000, rows - first));
    }
    const QByteArray path = "/v0/" + table.base + '/' + table.table;
    QList<QByteArray> replies;
    const double requests = callMany(
        url, 2, int(bodies.size()),
        [&](int i) { return Http::request(token.toLatin1(), "POST", path, bodies[i]); },
        [&](const QByteArray &reply) { replies += reply; });
    for (const QByteArray &reply : replies) {
        for (const QJsonValue &record :
            QJsonDocument::fromJson(reply).object().value(QLatin1String("records")).toArray()) {
            table.records +=
                RecordId::fromText(record.toObject().value(QLatin1String("id")).toString())
                    .value_or(RecordId());
        }
    }
    return requests * rows / double(bodies.size());
}

/// Clients on the sync socket that do as little as they can.
class Followers {
public:
    Followers(const QUrl &server, const QStringList &tokens, int count, bool mayCompress = false)
        : m_ids(m_clock)
    {
        for (int i = 0; i < count; ++i) {
            m_sockets.push_back(std::make_unique<RawSocket>(quint16(server.port())));
            m_devices += m_ids.next<DeviceId>();
            m_counters += 0;
            upgradeToSync(*m_sockets.back());
            send(size_t(i),
                Hello{ProtocolVersion, m_devices.last(), tokens[i / SocketsPerUser], mayCompress,
                    true, mayCompress});
        }
        std::vector<int> greeted(size_t(count), 0);
        run([&](size_t i, const QByteArray &) { greeted[i] = 1; },
            [&] { return std::count(greeted.begin(), greeted.end(), 1) == count; });
    }
    void open(BaseId base, quint64 since, const QString &timeline)
    {
        for (size_t i = 0; i < m_sockets.size(); ++i) {
            send(i, Open{base, timeline, since});
        }
    }
    void submit(size_t i, BaseId base, const Request &request)
    {
        send(i, Submit{base, {m_devices[qsizetype(i)], ++m_counters[qsizetype(i)]}, request});
    }
    void run(const std::function<void(size_t, const QByteArray &)> &onFrame,
        const std::function<bool()> &isDone)
    {
        RawSocket::run(
            m_sockets,
            [&](size_t i) {
                while (const auto frame = takeFrame(*m_sockets[i])) {
                    onFrame(i, *frame);
                }
            },
            isDone);
    }
    size_t size() const { return m_sockets.size(); }
    QByteArray device(size_t i) const { return m_devices[qsizetype(i)].text().toLatin1(); }

private:
    void send(size_t i, const Message &message)
    {
        writeFrame(*m_sockets[i], encodeMessage(message, false));
    }
    SystemClock m_clock;
    IdSource m_ids;
    std::vector<std::unique_ptr<RawSocket>> m_sockets;
    QList<DeviceId> m_devices;
    QList<quint64> m_counters;
};

struct Crowd {
    QStringList tokens;
};

Crowd makePeople(ServerProcess &server, Http &http, const QByteArray &base, int count)
{
    Crowd people;
    QJsonArray members =
        http.json("GET", "/api/" + base + "/members").value(QLatin1String("members")).toArray();
    for (int i = 0; i < count; ++i) {
        const QString name =
            QStringLiteral("%1-%2").arg(QString::fromLatin1(base.right(6)).toLower()).arg(i);
        http.json("POST", "/api/users",
            {{QStringLiteral("username"), name}, {QStringLiteral("name"), name},
                {QStringLiteral("password"), AdminPassword}});
        people.tokens += signIn(server.url(), name, AdminPassword);
        members += QJsonObject{
            {QStringLiteral("user"), name}, {QStringLiteral("role"), QStringLiteral("editor")}};
    }
    http.call("PUT", "/api/" + base + "/members", QJsonDocument(members).toJson());
    return people;
}

Edit cellEdit(const BenchTable &table, RecordId record, double value)
{
    return Edit{{EditCells{*TableId::fromLatin1(table.table),
        {CellEdit{record, table.fields.value(QStringLiteral("amount")), value, {}}}, false}}};
}

/// Where the base is now, so that whoever opens it there gets nothing but deltas.
std::pair<quint64, QString> headOf(
    const ServerProcess &server, const BenchTable &table, const QString &token)
{
    Http http(server.url(), token);
    const QJsonObject head = http.json("GET", "/api/" + table.base + "/changes?since=999999999");
    return {quint64(head.value(QLatin1String("revision")).toDouble()),
        head.value(QLatin1String("timeline")).toString()};
}

/// Opens the base for all and waits until each is told so.
void openAll(Followers &followers, const ServerProcess &server, const BenchTable &table,
    const QString &token)
{
    const auto [revision, timeline] = headOf(server, table, token);
    followers.open(*BaseId::fromLatin1(table.base), revision, timeline);
    size_t opened = 0;
    followers.run(
        [&](size_t, const QByteArray &) { ++opened; }, [&] { return opened >= followers.size(); });
}

/// Clients that each wait for their own acknowledgement before the next edit, while all get the
/// edits of all. Edits per second; the times to the acknowledgement in ms go to `latencies`.
double syncCommits(const ServerProcess &server, const BenchTable &table, const Crowd &people,
    int clients, int commits, std::vector<double> &latencies)
{
    const BaseId base = *BaseId::fromLatin1(table.base);
    Followers followers(server.url(), people.tokens, clients);
    openAll(followers, server, table, people.tokens.first());
    QList<QByteArray> devices;
    for (size_t i = 0; i < followers.size(); ++i) {
        devices += followers.device(i);
    }
    QRandomGenerator random(3);
    std::vector<QElapsedTimer> timers(followers.size());
    int sent = 0;
    int acknowledged = 0;
    const auto sendNext = [&](size_t i) {
        if (sent < commits) {
            timers[i].start();
            const RecordId record = table.records[random.bounded(int(table.records.size()))];
            followers.submit(i, base, cellEdit(table, record, 1e6 + ++sent));
        }
    };
    const double seconds = secondsOf([&] {
        for (size_t i = 0; i < followers.size(); ++i) {
            sendNext(i);
        }
        followers.run(
            [&](size_t i, const QByteArray &frame) {
                // Frames are searched, not read: reading what all clients get in one process would
                // measure this program. A frame with the own device is the acknowledgement.
                if (frame.contains(devices[qsizetype(i)])) {
                    ++acknowledged;
                    latencies.push_back(double(timers[i].nsecsElapsed()) / 1e6);
                    sendNext(i);
                } else if (frame.contains("rejected") || frame.contains("failure")) {
                    qFatal("benchmark: an edit was refused: %s", frame.left(300).constData());
                }
            },
            [&] { return acknowledged >= commits; });
    });
    return commits / seconds;
}

double patchCommits(const ServerProcess &server, const QString &token, const BenchTable &table,
    int connections, int commits)
{
    QRandomGenerator random(5);
    return callMany(server.url(), connections, commits, [&](int i) {
        const RecordId record = table.records[random.bounded(int(table.records.size()))];
        return Http::request(token.toLatin1(), "PATCH",
            "/v0/" + table.base + '/' + table.table + '/' + record.text().toLatin1(),
            "{\"fields\":{\"amount\":" + QByteArray::number(2000000 + i) + "}}");
    });
}

double medianCallMs(
    Http &http, const QByteArray &method, const QByteArray &path, const QByteArray &body, int times)
{
    std::vector<double> ms;
    for (int i = 0; i < times; ++i) {
        ms.push_back(secondsOf([&] { http.call(method, path, body); }) * 1e3);
    }
    return median(std::move(ms));
}

/// Two ends of so many loopback connections.
struct SocketPairs {
    std::vector<std::unique_ptr<RawSocket>> readers;
    std::vector<std::unique_ptr<RawSocket>> writers;

    explicit SocketPairs(int count)
    {
        QTcpServer server;
        server.setListenBacklogSize(count + 1);
        server.listen(QHostAddress::LocalHost);
        for (int i = 0; i < count; ++i) {
            readers.push_back(std::make_unique<RawSocket>(server.serverPort()));
            server.waitForNewConnection(5000);
            QTcpSocket *socket = server.nextPendingConnection();
            writers.push_back(RawSocket::adopt(dup(int(socket->socketDescriptor()))));
            delete socket; // Three descriptors for each of 500 were more than a process may have.
        }
    }
};

/// Milliseconds from writing to the last of so many bare sockets having read the same bytes.
double bareBroadcastMs(int listeners, const QByteArray &bytes)
{
    SocketPairs pairs(listeners);
    std::vector<double> ms;
    for (int round = 0; round < 31; ++round) {
        ms.push_back(1e3 * secondsOf([&] {
            for (auto &writer : pairs.writers) {
                writer->write(bytes);
            }
            int whole = 0;
            RawSocket::run(
                pairs.readers,
                [&](size_t i) {
                    if (pairs.readers[i]->input().size() >= bytes.size()) {
                        pairs.readers[i]->input().clear();
                        ++whole;
                    }
                },
                [&] { return whole == listeners; });
        }));
    }
    return median(std::move(ms));
}

/// The same from an edit of the first of them to the last having its delta. Each value is new: what
/// changes nothing is told to nobody.
double broadcastMs(const ServerProcess &server, const BenchTable &table, const Crowd &people,
    int listeners, qsizetype &frameBytes)
{
    Followers followers(server.url(), people.tokens, listeners);
    openAll(followers, server, table, people.tokens.first());
    std::vector<double> ms;
    for (int round = 0; round < 31; ++round) {
        ms.push_back(1e3 * secondsOf([&] {
            followers.submit(0, *BaseId::fromLatin1(table.base),
                cellEdit(table, table.records[round], 3e6 + listeners * 100 + round));
            size_t reached = 0;
            followers.run(
                [&](size_t, const QByteArray &frame) {
                    if (frame.contains("delta")) {
                        ++reached;
                        frameBytes = frame.size();
                    }
                },
                [&] { return reached >= followers.size(); });
        }));
    }
    return median(std::move(ms));
}

struct SnapshotCost {
    double seconds = 0;
    qint64 bytes = 0;
    QList<QByteArray> frames;
};

SnapshotCost receiveSnapshot(
    const ServerProcess &server, const BenchTable &table, const QString &token)
{
    Followers follower(server.url(), {token}, 1, true);
    bool isWhole = false;
    SnapshotCost cost;
    cost.seconds = secondsOf([&] {
        follower.open(*BaseId::fromLatin1(table.base), 0, {});
        follower.run(
            [&](size_t, const QByteArray &frame) {
                cost.bytes += frame.size();
                cost.frames += frame;
                if (frame.size() < 100000) { // only the last part is small
                    const auto messages = decodeMessages(frame, qsizetype(1) << 30);
                    isWhole =
                        messages && std::holds_alternative<SnapshotEnd>(messages.value().last());
                }
            },
            [&] { return isWhole; });
    });
    return cost;
}

/// Seconds to write the same bytes to a socket and read them at the other end.
double bareTransfer(const QList<QByteArray> &frames)
{
    SocketPairs pair(1);
    std::unique_ptr<QThread> writer(QThread::create([&] {
        for (const QByteArray &frame : frames) {
            pair.writers.front()->write(frame);
        }
    }));
    qsizetype missing = 0;
    for (const QByteArray &frame : frames) {
        missing += frame.size();
    }
    const double seconds = secondsOf([&] {
        writer->start();
        RawSocket::run(
            pair.readers,
            [&](size_t) {
                missing -= pair.readers.front()->input().size();
                pair.readers.front()->input().clear();
            },
            [&] { return missing <= 0; });
    });
    writer->wait();
    return seconds;
}

QByteArray sampleCsv(int rows)
{
    QRandomGenerator random(9);
    QByteArray csv =
        "name,code,notes,kind,status,source,opened,closed,amount,score,urgent,count\r\n";
    for (int i = 0; i < rows; ++i) {
        const SampleRow row = sampleRow(random, i);
        const auto time = [](qint64 ms) {
            return QDateTime::fromMSecsSinceEpoch(ms, Qt::UTC)
                .toString(QStringLiteral("yyyy-MM-dd hh:mm"));
        };
        csv += QStringList{row.name, row.code, row.notes,
                   sampleOptions(QStringLiteral("kind"))[row.kind],
                   sampleOptions(QStringLiteral("status"))[row.status],
                   sampleOptions(QStringLiteral("source"))[row.source], time(row.openedMs),
                   time(row.closedMs), QString::number(row.amount), QString::number(row.score),
                   row.isUrgent ? QStringLiteral("true") : QStringLiteral("false"),
                   QString::number(row.count)}
                   .join(u',')
                   .toUtf8()
            + "\r\n";
    }
    return csv;
}

void benchCommits(
    Report &report, const QString &folder, ServerProcess &server, Http &admin, const QString &token)
{
    BenchTable table = makeTable(admin, QStringLiteral("commits"));
    fillTable(server.url(), token, table, 10000);
    const Crowd people = makePeople(server, admin, table.base, 29);
    for (const int clients : {1, 16, 100, 500}) {
        QThread::sleep(1); // the connections of the last round have gone
        const double raw =
            rawCommits(folder, 10000 + clients, std::min(clients, 64), clients == 1 ? 2000 : 40000);
        const int commits = clients == 1 ? 1500 : 20000;
        std::vector<double> latencies;
        const double ours = syncCommits(server, table, people, clients, commits, latencies);
        report.speed(QStringLiteral("durable edits over sync, %1 client(s)").arg(clients), ours,
            raw, "/s", clients == 16 ? 0.3 : 0, clients == 16 ? 0.6 : 0);
        if (clients == 1) {
            report.cost(QStringLiteral("one edit to its acknowledgement, p50"), median(latencies),
                1000 / raw, "ms", 3, 1.5);
            report.note(QStringLiteral("one edit to its acknowledgement, p99"),
                percentile(latencies, 0.99), "ms");
        }
    }
    const double raw16 = rawCommits(folder, 10017, 16, 40000);
    report.speed(QStringLiteral("PATCH /v0, 16 connections"),
        patchCommits(server, token, table, 16, 10000), raw16, "/s", 0.1, 0.25);
}

void benchBroadcast(Report &report, ServerProcess &server, Http &admin, const QString &token)
{
    BenchTable table = makeTable(admin, QStringLiteral("broadcast"));
    fillTable(server.url(), token, table, 10000);
    const Crowd people = makePeople(server, admin, table.base, 29);
    for (const int listeners : {100, 500}) {
        QThread::sleep(1);
        qsizetype frame = 200;
        const double ours = broadcastMs(server, table, people, listeners, frame);
        report.cost(QStringLiteral("commit to the last of %1 subscribers").arg(listeners), ours,
            bareBroadcastMs(listeners, QByteArray(frame, 'x')), "ms", listeners == 500 ? 3 : 0,
            listeners == 500 ? 1.5 : 0);
    }
}

void benchQueries(Report &report, const ServerProcess &server, const QString &token,
    const BenchTable &table, int rows)
{
    Http http(server.url(), token);
    const QByteArray path = "/v0/" + table.base + '/' + table.table;
    const bool isMeasured = rows == 100000;
    const double must = isMeasured ? 3 : 0;
    const double aim = isMeasured ? 1 : 0;
    const auto add = [&](const char *what, double ms) {
        report.value(QStringLiteral("%1 of %2 rows").arg(QLatin1String(what)).arg(rows), ms, "ms",
            must, aim);
    };
    add("list page of 100, filtered and sorted,",
        medianCallMs(http, "GET",
            path + "?filterByFormula="
                + QUrl::toPercentEncoding(QStringLiteral("AND({amount}>500,{status}=\"status 1\")"))
                + "&sort%5B0%5D%5Bfield%5D=score&sort%5B0%5D%5Bdirection%5D=desc&pageSize=100",
            {}, 31));
    const QByteArray query = "/api/" + table.base + '/' + table.table + "/query";
    add("group with counts,",
        medianCallMs(http, "POST", query, R"({"group": [{"field": "status"}]})", 31));
    add("group by choice and month with sums,",
        medianCallMs(http, "POST", query,
            R"({"group": [{"field": "status"}, {"field": "opened", "by": "month"}],
                "aggregate": [{"field": "amount", "fn": "sum"}]})",
            31));
    add("text search, 100 hits,",
        medianCallMs(http, "GET",
            "/api/" + table.base + "/search?q=" + QUrl::toPercentEncoding(QStringLiteral("冰袋")),
            {}, 31));
    add("text search, no hit,",
        medianCallMs(http, "GET",
            "/api/" + table.base
                + "/search?q=" + QUrl::toPercentEncoding(QStringLiteral("找不到的词")),
            {}, 31));
    add("text search in any case, no hit,",
        medianCallMs(http, "GET", "/api/" + table.base + "/search?q=nowhere", {}, 31));
}

/// How long the event loop lets a small question wait while something large goes on.
void benchBlocks(Report &report, const ServerProcess &server, Http &admin, const QString &token)
{
    BenchTable table = makeTable(admin, QStringLiteral("blocks"));
    fillTable(server.url(), token, table, 100000);
    const QByteArray base = "/api/" + table.base + '/';
    const QByteArray csv = sampleCsv(30000); // as much as one import may hold
    const QByteArray file(50 << 20, 'x');
    const auto call = [&](const char *method, const QByteArray &path, const QByteArray &body) {
        Http(server.url(), token).call(method, path, body);
    };
    const std::pair<const char *, std::function<void()>> works[] = {
        {"nothing", [] { QThread::sleep(2); }},
        {"an import of 30,000 rows", [&] { call("POST", base + "imported/import", csv); }},
        {"an upload of 50 MB", [&] { call("POST", base + "attachments?name=large", file); }},
        {"an export of 100,000 rows", [&] { call("GET", base + table.table + "/export", {}); }},
        {"groups of 100,000 rows, ten times",
            [&] {
                for (int i = 0; i < 10; ++i) {
                    call("POST", base + table.table + "/query",
                        R"({"group": [{"field": "name"}], "aggregate": []})");
                }
            }},
        {"ten snapshots of 100,000 rows",
            [&] {
                for (int i = 0; i < 10; ++i) {
                    receiveSnapshot(server, table, token);
                }
            }},
    };
    for (const auto &[what, work] : works) {
        const std::unique_ptr<QThread> worker(QThread::create(work));
        std::vector<double> waits;
        worker->start();
        while (!worker->isFinished()) {
            waits.push_back(1e3 * secondsOf([&] { admin.call("GET", "/api/openapi.json"); }));
            QThread::usleep(500);
        }
        worker->wait();
        const QString name = QStringLiteral("a small answer during %1, ").arg(QLatin1String(what));
        report.note(name + QStringLiteral("p99"), percentile(waits, 0.99), "ms");
        report.note(name + QStringLiteral("longest"), percentile(std::move(waits), 1), "ms");
    }
}

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    const QStringList wanted = QCoreApplication::arguments().mid(1);
    const auto isWanted = [&](const char *name) {
        return wanted.isEmpty() || wanted.contains(QLatin1String(name));
    };
    QTemporaryDir folder;
    ServerProcess server(folder.path());
    Report report(QStringLiteral("Server"));
    report.value(QStringLiteral("server idle, resident"), double(residentBytes(server.pid())) / 1e6,
        "MB", 60, 30);
    const QString token = signIn(server.url(), QStringLiteral("admin"), AdminPassword);
    Http admin(server.url(), token);
    if (isWanted("commits")) {
        benchCommits(report, folder.path(), server, admin, token);
    }
    if (isWanted("broadcast")) {
        benchBroadcast(report, server, admin, token);
    }
    if (isWanted("import")) {
        const double raw = rawInserts(folder.path(), 100000);
        BenchTable table = makeTable(admin, QStringLiteral("bulk"));
        report.speed(QStringLiteral("bulk create of 100,000 x 12 over /v0"),
            fillTable(server.url(), token, table, 100000), raw, "/s", 0.1, 0.25);
        QFile csv(folder.filePath(QStringLiteral("sample.csv")));
        if (csv.open(QIODevice::WriteOnly)) {
            csv.write(sampleCsv(100000));
            csv.close();
        }
        makeTable(admin, QStringLiteral("imported")); // a base of its own
        const double seconds = secondsOf([&] {
            server.command({QStringLiteral("import"), QStringLiteral("--base"),
                QStringLiteral("imported"), QStringLiteral("--table"), QStringLiteral("rows"),
                QStringLiteral("--create"), csv.fileName()});
        });
        report.speed(QStringLiteral("casebase-server import of 100,000 x 12"), 100000 / seconds,
            raw, "/s", 0.1, 0.25);
        benchQueries(report, server, token, table, 100000);
    }
    if (isWanted("blocks")) {
        benchBlocks(report, server, admin, token);
    }
    if (isWanted("queries")) {
        BenchTable table = makeTable(admin, QStringLiteral("small"));
        fillTable(server.url(), token, table, 10000);
        benchQueries(report, server, token, table, 10000);
    }
    if (isWanted("million")) {
        BenchTable table = makeTable(admin, QStringLiteral("million"));
        report.note(QStringLiteral("create of 1,000,000 x 12 over /v0"),
            fillTable(server.url(), token, table, 1000000), "/s");
        benchQueries(report, server, token, table, 1000000);
        server.stop();
        server.start();
        report.value(
            QStringLiteral("server start with 1,000,000 records"), server.startMs / 1e3, "s", 5, 2);
        const SnapshotCost early = receiveSnapshot(server, table, token);
        report.note(QStringLiteral("snapshot of 1,000,000 x 12, at once after the start"),
            early.seconds, "s");
        std::vector<double> seconds;
        std::vector<double> limits;
        for (int round = 0; round < 9; ++round) {
            const SnapshotCost snapshot = receiveSnapshot(server, table, token);
            seconds.push_back(snapshot.seconds);
            limits.push_back(bareTransfer(snapshot.frames));
        }
        report.note(
            QStringLiteral("snapshot of 1,000,000 x 12, bytes"), double(early.bytes) / 1e6, "MB");
        report.cost(QStringLiteral("snapshot of 1,000,000 x 12"), median(std::move(seconds)),
            median(std::move(limits)), "s", 4, 2);
        report.cost(QStringLiteral("server memory for 1,000,000 x 12, with packed pieces"),
            double(residentBytes(server.pid())) / 1e6, 241, "MB", 2, 1.3);
    }
    return 0;
}
