// SPDX-License-Identifier: GPL-3.0-or-later
// The client with a table of 10,000, 100,000 and 1,000,000 x 12: from the cache to the first paint,
// memory, edits of others arriving in a sorted and filtered view, frames of a scroll. Without a
// display; painting is done by the processor either way.
#include "app/grid/GridPane.h"
#include "app/net/HttpClient.h"
#include "app/shell/MainWindow.h"
#include "shared/protocol/Message.h"
#include "tests/bench/Bench.h"

#include <QApplication>
#include <QDir>
#include <QProcess>
#include <QScrollBar>
#include <QTemporaryDir>
#include <QThread>

#include <cstdio>

using namespace casebase;
using namespace casebase::bench;

namespace {

constexpr qint64 PlainBytesOfRow = 241;
const BaseId TheBase(IdBits{1, 1});
const UserId TheUser(IdBits{2, 1});

FieldId fieldId(int number)
{
    return FieldId(IdBits{4, quint64(number)});
}

Table sampleTableDefinition()
{
    Table table;
    table.id = TableId(IdBits{3, 1});
    table.name = QStringLiteral("t");
    const std::pair<const char *, FieldKind> fields[] = {{"name", FieldKind::SingleLineText},
        {"code", FieldKind::SingleLineText}, {"notes", FieldKind::MultilineText},
        {"kind", FieldKind::SingleSelect}, {"status", FieldKind::SingleSelect},
        {"source", FieldKind::SingleSelect}, {"opened", FieldKind::DateTime},
        {"closed", FieldKind::DateTime}, {"amount", FieldKind::Number},
        {"score", FieldKind::Number}, {"urgent", FieldKind::Checkbox},
        {"count", FieldKind::Number}};
    int number = 0;
    for (const auto &[name, kind] : fields) {
        Field field;
        field.id = fieldId(number);
        field.name = QString::fromLatin1(name);
        field.kind = kind;
        quint64 option = 0;
        if (kind == FieldKind::SingleSelect) {
            for (const QString &each : sampleOptions(field.name)) {
                field.options += Option{OptionId(IdBits{quint64(100 + number), ++option}), each,
                    QStringLiteral("blue")};
            }
        }
        table.fields += field;
        ++number;
    }
    View view;
    view.id = ViewId(IdBits{5, 1});
    view.name = QStringLiteral("all");
    table.views += view;
    return table;
}

Document sampleDocument(int rows)
{
    Document document;
    document.putPerson({TheUser, QStringLiteral("ann"), QStringLiteral("Ann"), Role::Owner});
    const Table definition = sampleTableDefinition();
    TableData &table = document.writeTable(definition.id);
    table.setDefinition(definition);
    QRandomGenerator random(7);
    for (int i = 0; i < rows; ++i) {
        const SampleRow sample = sampleRow(random, i);
        RecordMeta meta;
        meta.createdBy = meta.modifiedBy = TheUser;
        meta.createdMs = meta.modifiedMs = sample.openedMs;
        meta.revision = 1;
        const Row row = table.insert(RecordId(IdBits{quint64(1000 + i), 1}), true, meta);
        const auto option = [&](int field, int index) {
            return Value(definition.fields[field].options[index].id);
        };
        const Value values[] = {sample.name, sample.code, sample.notes, option(3, sample.kind),
            option(4, sample.status), option(5, sample.source), Moment{sample.openedMs},
            Moment{sample.closedMs}, sample.amount, sample.score, sample.isUrgent,
            double(sample.count)};
        for (int f = 0; f < definition.fields.size(); ++f) {
            table.setValue(row, definition.fields[f], values[f]);
        }
    }
    document.setRevision(1);
    return document;
}

/// Says what a server would say.
class ScriptedTransport final : public Transport {
public:
    void open(const QUrl &) override { }
    void close() override { }
    void send(const QByteArray &) override { }
    void say(const Message &message) { Q_EMIT received(encodeMessage(message, true)); }
};

struct Client {
    Theme theme{false};
    SystemClock clock;
    IdSource ids{clock};
    ScriptedTransport *transport = new ScriptedTransport; ///< The session's.
    std::unique_ptr<Session> session;
    HttpClient http{QUrl(QStringLiteral("http://127.0.0.1:1"))};
    std::unique_ptr<MainWindow> window;

    explicit Client(const QString &folder)
    {
        session = std::move(
            Session::create({folder, QUrl(QStringLiteral("http://127.0.0.1:1")), {}, TheUser,
                                QStringLiteral("Ann")},
                std::unique_ptr<Transport>(transport), clock, ids, std::make_unique<ThreadQueue>()))
                      .value();
        window =
            std::make_unique<MainWindow>(theme, *session, http, [this](QWidget *parent) -> Pane * {
                auto *page = qobject_cast<TablePage *>(parent);
                return new GridPane(theme, page->undo(), page->pictures(), parent);
            });
        window->resize(1440, 900);
        window->show();
    }
    GridView &grid() const { return *window->findChild<GridView *>(); }
    /// Until the grid shows rows and has painted them.
    void waitForRows()
    {
        while (!window->findChild<GridView *>() || !grid().model()
            || grid().model()->rowCount() == 0) {
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents, 50);
        }
        window->grab();
    }
    void project(const Projection &projection)
    {
        auto *model = qobject_cast<TableModel *>(grid().model());
        model->setProjection(projection);
        while (model->isBusy()) {
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents, 50);
        }
    }
};

/// In a process of its own, which has nothing but the client in it: prints how long it took to the
/// first paint and the memory after it.
int openOnly(const QString &folder)
{
    const qint64 before = residentBytes(QCoreApplication::applicationPid());
    double seconds = 0;
    std::unique_ptr<Client> client;
    seconds = secondsOf([&] {
        client = std::make_unique<Client>(folder);
        client->waitForRows();
    });
    std::printf("%f %lld\n", seconds,
        static_cast<long long>(residentBytes(QCoreApplication::applicationPid()) - before));
    std::fflush(stdout);
    std::_Exit(0);
}

void fillCache(const QString &folder, int rows)
{
    auto cache = std::move(Cache::open(folder + QStringLiteral("/cache.db"), TheUser)).value();
    const Done saved =
        cache->save({TheBase, QStringLiteral("b"), QStringLiteral("t"), sampleDocument(rows)});
    if (!saved) {
        qFatal("no cache: %s", qUtf8Printable(saved.error().detail));
    }
}

/// Seconds and bytes of three processes that open the folder.
std::pair<double, double> openInProcess(const QString &folder)
{
    std::vector<double> seconds;
    std::vector<double> bytes;
    for (int round = 0; round < 3; ++round) {
        QProcess process;
        process.start(QCoreApplication::applicationFilePath(), {QStringLiteral("open"), folder});
        process.waitForFinished(60000);
        const QList<QByteArray> said = process.readAllStandardOutput().trimmed().split(' ');
        seconds.push_back(said.value(0).toDouble());
        bytes.push_back(said.value(1).toDouble());
    }
    return {median(seconds), median(bytes)};
}

/// What windows and fonts take, whatever the table.
double bytesOfAnEmptyClient()
{
    QTemporaryDir folder;
    fillCache(folder.path(), 10);
    return openInProcess(folder.path()).second;
}

void measureFrames(Report &report, Client &client, const QString &size)
{
    QRandomGenerator random(13);
    QImage screen(client.grid().viewport()->size(), QImage::Format_RGB32);
    std::vector<double> frames;
    GridView &grid = client.grid();
    QScrollBar *bar = grid.verticalScrollBar();
    for (int i = 0; i < 300; ++i) {
        bar->setValue(
            i % 3 == 2 ? random.bounded(bar->maximum() + 1) : bar->value() + bar->singleStep() * 3);
        frames.push_back(secondsOf([&] { grid.viewport()->render(&screen); }) * 1e3);
    }
    report.value(QStringLiteral("one frame of a scroll at %1, p99").arg(size),
        percentile(frames, 0.99), "ms", 8, 4);
    report.note(QStringLiteral("the same, p50"), median(frames), "ms");
}

/// Lets the event loop run until the condition holds: the longest time that it could not answer a
/// key, in milliseconds.
template <class Condition> double longestBlock(Condition isDone)
{
    double longest = 0;
    while (!isDone()) {
        longest = std::max(
            longest, secondsOf([] { QCoreApplication::processEvents(QEventLoop::AllEvents, 1); }));
        QThread::msleep(1);
    }
    return longest * 1e3;
}

/// A number field becomes text, by this person: worked out, sent, and come back from the server.
void measureSchemaChange(Report &report, Client &client, const QString &size)
{
    Field field = sampleTableDefinition().fields[8];
    field.kind = FieldKind::SingleLineText;
    const TableId table = sampleTableDefinition().id;
    const quint64 revision = client.session->replica(TheBase)->confirmed().revision();
    Commit commit;
    bool isAnswered = false;
    double block = 0;
    const double seconds = secondsOf([&] {
        block = secondsOf([&] {
            client.session->submitLater(
                TheBase, Edit{{PutField{table, field}}}, [&](const Result<ChangeSet> &made) {
                    commit.changes = made.value();
                    isAnswered = true;
                });
        }) * 1e3;
        block = std::max(block, longestBlock([&] { return isAnswered; }));
    });
    report.note(QStringLiteral("number to text at %1").arg(size), seconds, "s");
    report.value(QStringLiteral("the same, longest block of the interface"), block, "ms", 100, 8);
    commit.revision = revision + 1;
    commit.stamp = {TheUser, client.clock.nowMs()};
    commit.request = {DeviceId(IdBits{9, 9}), 1};
    block = secondsOf([&] { client.transport->say(Delta{TheBase, commit}); }) * 1e3;
    report.note(QStringLiteral("the same, written as the server does"), block, "ms");
    block = longestBlock([&] {
        return client.session->replica(TheBase)->confirmed().revision() == revision + 1
            && !qobject_cast<TableModel *>(client.grid().model())->isBusy();
    });
    report.value(QStringLiteral("come back from the server, longest block"), block, "ms", 100, 8);
}

void measure(Report &report, int rows, double emptyBytes)
{
    const QString size = QLocale::c().toString(rows);
    QTemporaryDir folder;
    fillCache(folder.path(), rows);
    const auto [seconds, bytes] = openInProcess(folder.path());
    report.value(QStringLiteral("from the cache to the first paint, %1 x 12").arg(size), seconds,
        "s", 1, 0.3);
    report.cost(QStringLiteral("memory of %1 x 12 in the client").arg(size),
        (bytes - emptyBytes) / 1e6, double(rows) * PlainBytesOfRow / 1e6, "MB", 2, 1.3);

    Client client(folder.path());
    client.waitForRows();
    Projection projection;
    projection.filter.kind = Filter::Kind::Test;
    projection.filter.field = fieldId(8);
    projection.filter.op = FilterOp::Greater;
    projection.filter.operand.values = {Value(100.0)};
    projection.sort = {{fieldId(0), Qt::AscendingOrder}, {fieldId(8), Qt::DescendingOrder}};
    for (int f = 0; f < 12; ++f) {
        projection.fields += fieldId(f);
    }
    client.project(projection);
    client.transport->say(Opened{TheBase, QStringLiteral("t"), 1, false, {}, 0});

    QRandomGenerator random(11);
    std::vector<double> edits;
    quint64 revision = 1;
    const Table definition = sampleTableDefinition();
    for (int i = 0; i < 300; ++i) {
        const TableData &table = *client.session->document(TheBase)->table(definition.id);
        const Row row = Row(random.bounded(rows));
        // Into and out of the filter, and to another place in the order.
        const bool isName = i % 2 == 0;
        const Field &field = definition.fields[isName ? 0 : 8];
        const Value after = isName ? Value(QStringLiteral("name %1").arg(random.bounded(100000)))
                                   : Value(double(random.bounded(1000)));
        Commit commit;
        commit.revision = ++revision;
        commit.stamp = {TheUser, client.clock.nowMs()};
        commit.request = {DeviceId(IdBits{9, 9}), revision};
        RecordChanges changes;
        changes.table = definition.id;
        changes.cells +=
            CellChange{table.recordId(row), field.id, table.value(row, field), after, false};
        commit.changes.changes += changes;
        const Delta delta{TheBase, commit};
        edits.push_back(secondsOf([&] { client.transport->say(delta); }) * 1e3);
        QCoreApplication::processEvents();
    }
    report.value(
        QStringLiteral("edit of another arriving in a sorted, filtered view of %1, p50").arg(size),
        median(edits), "ms", 2, 0.5);
    report.note(QStringLiteral("the same, p99"), percentile(edits, 0.99), "ms");

    measureFrames(report, client, size);
    measureSchemaChange(report, client, size);
}
} // namespace

int main(int argc, char *argv[])
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.value(1) == u"open") {
        return openOnly(arguments.value(2));
    }
    if (arguments.value(1) == u"fill") { // for a profile of the above
        fillCache(arguments.value(2), arguments.value(3).toInt());
        return 0;
    }
    if (arguments.value(1) == u"scroll") {
        Report report(QStringLiteral("scroll"));
        Client client(arguments.value(2));
        client.waitForRows();
        measureFrames(report, client, QString());
        return 0;
    }
    if (arguments.value(1) == u"schema") {
        Report report(QStringLiteral("schema"));
        Client client(arguments.value(2));
        client.waitForRows();
        client.transport->say(Opened{TheBase, QStringLiteral("t"), 1, false, {}, 0});
        measureSchemaChange(report, client, QString());
        return 0;
    }
    Report report(QStringLiteral("client"));
    const double emptyBytes = bytesOfAnEmptyClient();
    report.note(QStringLiteral("memory of an empty client"), emptyBytes / 1e6, "MB");
    for (const int rows : {10000, 100000, 1000000}) {
        measure(report, rows, emptyBytes);
    }
    return 0;
}
