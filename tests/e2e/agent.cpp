// SPDX-License-Identifier: GPL-3.0-or-later
// A client without a window, for tests that kill it, cut its network and damage its files: a real
// Session over a real socket. It edits the table "t" of the first base and keeps a ledger, one JSON
// line each: what it asked for (once it is on the client's disk), and what became of that.
#include "app/net/SocketTransport.h"
#include "app/session/Session.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QCryptographicHash>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRandomGenerator>

#include <cstdio>

using namespace casebase;

namespace {

const QStringList Names{QStringLiteral("title"), QStringLiteral("a"), QStringLiteral("b"),
    QStringLiteral("c"), QStringLiteral("d")};

QString textOf(const Value &value)
{
    const auto *text = std::get_if<QString>(&value);
    return text ? *text : QString();
}

/// What a request of the agent writes into the first field that it touches.
QString markOf(const Request &request)
{
    const auto *edit = std::get_if<Edit>(&request);
    const Operation *first = edit ? &edit->operations.first() : nullptr;
    Value value;
    if (const auto *create = first ? std::get_if<CreateRecords>(first) : nullptr) {
        value = create->records.first().values.first().value;
    } else if (const auto *cells = first ? std::get_if<EditCells>(first) : nullptr) {
        value = cells->cells.first().value;
    }
    return textOf(value);
}

/// Prints what waits in all bases.
void inspect(const Session &session)
{
    QJsonArray waiting;
    for (const Pending &each : session.allWaiting()) {
        waiting += markOf(each.request);
    }
    const QJsonObject said{{QStringLiteral("waiting"), waiting},
        {QStringLiteral("salvaged"), session.salvage().has_value()}};
    std::puts(QJsonDocument(said).toJson(QJsonDocument::Compact).constData());
}

class Agent final : public QObject {
public:
    Agent(Session &session, const QCommandLineParser &options)
        : m_session(session)
        , m_random(options.value(QStringLiteral("seed")).toUInt())
        , m_prefix(QStringLiteral("agent") + options.value(QStringLiteral("seed")) + u'-'
              + options.value(QStringLiteral("run")))
        , m_left(options.value(QStringLiteral("operations")).toInt())
        , m_pasteRows(options.value(QStringLiteral("paste")).toInt())
        , m_ledger(options.value(QStringLiteral("ledger")))
    {
        if (!m_ledger.open(QIODevice::WriteOnly | QIODevice::Append | QIODevice::Unbuffered)) {
            qFatal("the ledger cannot be written");
        }
        connect(&session, &Session::connectionChanged, this, &Agent::look);
        connect(&session, &Session::changed, this, &Agent::look);
        connect(&m_tick, &QTimer::timeout, this, &Agent::act);
        m_tick.start(options.value(QStringLiteral("pause")).toInt());
        if (const auto &salvage = session.salvage()) {
            write({{QStringLiteral("salvaged"), salvage->recovered},
                {QStringLiteral("kept"), salvage->keptAt},
                {QStringLiteral("foreign"), salvage->isForeign}});
        }
        for (const QString &mark : waiting()) {
            m_waiting.insert(mark);
            write({{QStringLiteral("found"), mark}});
        }
    }

private:
    void write(const QJsonObject &line)
    {
        m_ledger.write(QJsonDocument(line).toJson(QJsonDocument::Compact) + '\n');
    }

    BaseId base() const
    {
        const auto &bases = m_session.bases();
        return bases.isEmpty() ? BaseId() : bases.first().id;
    }

    QStringList waiting() const
    {
        QStringList marks;
        const Replica *replica = m_session.replica(base());
        for (const Pending &each : replica ? replica->pending() : QList<Pending>()) {
            marks += each.refusal ? QString() : markOf(each.request);
        }
        return marks;
    }

    /// Writes down what became of the requests that waited.
    void look()
    {
        const QStringList marks = waiting();
        const QSet<QString> now(marks.cbegin(), marks.cend());
        QHash<QString, Error> refused;
        for (const Pending &each : m_session.refused()) {
            refused.insert(markOf(each.request), *each.refusal);
        }
        for (const QString &mark : m_waiting - now) {
            write({{refused.contains(mark) ? QStringLiteral("refused") : QStringLiteral("acked"),
                       mark},
                {QStringLiteral("code"), int(refused.value(mark).code)}});
        }
        m_waiting = now;
        const Connection connection = m_session.connection();
        if (connection != m_connection) {
            m_connection = connection;
            write({{QStringLiteral("online"), connection == Connection::Online},
                {QStringLiteral("at"), m_session.clock().nowMs()}});
        }
    }

    void act()
    {
        const Document *document = m_session.document(base());
        const TableData *table = document ? document->tableNamed(QStringLiteral("t")) : nullptr;
        if (!table) {
            return;
        }
        if (m_left == 0) {
            if (m_session.isCaughtUp(base()) && m_session.waitingCount() == 0) {
                finish(*table);
            }
            return;
        }
        m_left -= m_left > 0 ? 1 : 0;
        const QString mark = QStringLiteral("%1-%2").arg(m_prefix).arg(++m_counter);
        const QList<RecordId> own = ownRecords(*table);
        const int choice = m_random.bounded(20);
        const Table &definition = table->definition();
        if (choice < 9 && !own.isEmpty()) {
            return ask(mark, QStringLiteral("edit"),
                editAll(definition, own[m_random.bounded(int(own.size()))], mark));
        }
        if (choice == 19 && m_pasteRows > 0) {
            return ask(mark, QStringLiteral("paste"), create(definition, m_pasteRows, mark));
        }
        ask(mark, QStringLiteral("create"), create(definition, 1, mark));
    }

    QList<RecordId> ownRecords(const TableData &table) const
    {
        const Field &title = *table.definition().fieldNamed(Names[0]);
        const Field &last = *table.definition().fieldNamed(Names[4]);
        const QString own = m_prefix.section(u'-', 0, 0) + u'-';
        QList<RecordId> records;
        for (Row row = 0; row < table.rowCount(); ++row) {
            if (table.isAlive(row) && textOf(table.value(row, title)).startsWith(own)
                && !isEmpty(table.value(row, last))) {
                records += table.recordId(row);
            }
        }
        return records;
    }

    Edit create(const Table &table, int count, const QString &mark)
    {
        CreateRecords create{table.id, {}};
        for (int i = 0; i < count; ++i) {
            NewRecord record{m_session.ids().next<RecordId>(), {}};
            for (const QString &name : count == 1 ? Names : Names.mid(0, 1)) {
                record.values += FieldValue{table.fieldNamed(name)->id, Value(mark)};
            }
            create.records += record;
        }
        return {{create}};
    }

    static Edit editAll(const Table &table, RecordId record, const QString &mark)
    {
        EditCells edit{table.id, {}, false};
        for (const QString &name : Names) {
            edit.cells += CellEdit{record, table.fieldNamed(name)->id, Value(mark), {}};
        }
        return {{edit}};
    }

    void ask(const QString &mark, const QString &kind, const Edit &edit)
    {
        QString record;
        if (const auto *cells = std::get_if<EditCells>(&edit.operations.first())) {
            record = cells->cells.first().record.text();
        } else if (const auto *create = std::get_if<CreateRecords>(&edit.operations.first())) {
            record = create->records.first().id.text();
        }
        write({{QStringLiteral("asking"), mark}, {QStringLiteral("kind"), kind},
            {QStringLiteral("record"), record}});
        const auto done = m_session.submit(base(), edit);
        if (!done) {
            write({{QStringLiteral("failed"), mark},
                {QStringLiteral("code"), int(done.error().code)}});
            return;
        }
        m_waiting.insert(mark);
        write({{QStringLiteral("saved"), mark}, {QStringLiteral("kind"), kind},
            {QStringLiteral("record"), record}, {QStringLiteral("at"), m_session.clock().nowMs()}});
        look();
    }

    /// All that was asked for is settled: prints what the client shows, to be compared.
    void finish(const TableData &table)
    {
        m_tick.stop();
        QStringList lines;
        for (Row row = 0; row < table.rowCount(); ++row) {
            if (table.isAlive(row)) {
                QStringList line{table.recordId(row).text()};
                for (const QString &name : Names) {
                    line += textOf(table.value(row, *table.definition().fieldNamed(name)));
                }
                lines += line.join(u'|');
            }
        }
        lines.sort();
        QJsonArray refused;
        for (const Pending &each : m_session.refused()) {
            refused += markOf(each.request);
        }
        const QByteArray hash =
            QCryptographicHash::hash(lines.join(u'\n').toUtf8(), QCryptographicHash::Sha256)
                .toHex();
        const QByteArray said = QJsonDocument(
            QJsonObject{{QStringLiteral("rows"), lines.size()},
                {QStringLiteral("hash"), QString::fromLatin1(hash)},
                {QStringLiteral("refused"),
                    refused}}).toJson(QJsonDocument::Compact);
        std::puts(said.constData());
        QCoreApplication::exit(0);
    }

    Session &m_session;
    QRandomGenerator m_random;
    QString m_prefix;
    int m_left;
    int m_pasteRows;
    int m_counter = 0;
    QFile m_ledger;
    QTimer m_tick;
    QSet<QString> m_waiting;
    Connection m_connection = Connection::Offline;
};

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    QCommandLineParser options;
    for (const char *name : {"folder", "server", "token", "user", "ledger"}) {
        options.addOption({QString::fromLatin1(name), {}, QString::fromLatin1(name)});
    }
    options.addOption({QStringLiteral("seed"), {}, QStringLiteral("N"), QStringLiteral("1")});
    options.addOption({QStringLiteral("run"), {}, QStringLiteral("N"), QStringLiteral("1")});
    // -1 goes on until it is killed; 0 only waits until everything is settled.
    options.addOption({QStringLiteral("operations"), {}, QStringLiteral("N"), QStringLiteral("0")});
    options.addOption({QStringLiteral("pause"), {}, QStringLiteral("MS"), QStringLiteral("10")});
    options.addOption({QStringLiteral("paste"), {}, QStringLiteral("ROWS"), QStringLiteral("0")});
    options.addOption(
        QCommandLineOption(QStringLiteral("inspect"), QStringLiteral("Says what waits.")));
    options.process(application);

    const SystemClock clock;
    IdSource ids(clock);
    auto session = Session::create(
        {options.value(QStringLiteral("folder")), QUrl(options.value(QStringLiteral("server"))),
            options.value(QStringLiteral("token")),
            UserId::fromText(options.value(QStringLiteral("user"))).value_or(UserId()),
            QStringLiteral("agent")},
        std::make_unique<SocketTransport>(), clock, ids, std::make_unique<ThreadQueue>());
    if (!session) {
        std::fprintf(stderr, "error %d: %s\n", int(session.error().code),
            qPrintable(session.error().detail));
        return 1;
    }
    if (options.isSet(QStringLiteral("inspect"))) {
        inspect(*session.value());
        return 0;
    }
    const Agent agent(*session.value(), options);
    session.value()->connectToServer();
    return QCoreApplication::exec();
}
