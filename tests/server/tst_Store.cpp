// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/admin/Backup.h"
#include "server/admin/Commands.h"
#include "server/admin/Template.h"
#include "shared/sql/Database.h"

#include "server/store/Store.h"
#include "shared/support/IdSource.h"
#include "tests/support/TestClock.h"

#include <QDir>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

using namespace casebase;

class StoreTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void create_twice_isRefused();
    void open_busyDirectory_namesTheHolder();
    void open_newerStore_isRefusedUntouched();
    void open_nothing_saysSo();
    void demo_hasWhatItPromises();
    void accounts_signInIsThrottledAndSecretsAreHashed();
    void passwordChange_endsSessions();
    void viewsInTheDatabase_haveThePeoplesNames();
    void log_isFoundByRequestAndByRecord_overRestartsAndFailures();
    void uploads_thatNoCellHolds_goAfterAWeek();
    void filesOfTheStore_areForItsOwnerOnly();
};

namespace {

Command initCommand(const QTemporaryDir &folder, bool isDemo)
{
    Command command;
    command.name = QStringLiteral("init");
    command.options = {{QStringLiteral("data"), {folder.filePath(QStringLiteral("data"))}},
        {QStringLiteral("admin"), {QStringLiteral("admin")}},
        {QStringLiteral("password-file"), {QStringLiteral("given")}}};
    command.password = QStringLiteral("correct horse battery");
    if (isDemo) {
        command.options.insert(QStringLiteral("demo"), {QString()});
    }
    return command;
}

QString dataOf(const QTemporaryDir &folder)
{
    return folder.filePath(QStringLiteral("data"));
}

} // namespace

void StoreTest::create_twice_isRefused()
{
    QTemporaryDir folder;
    QCOMPARE(runInit(initCommand(folder, false)).exitCode, 0);
    const CommandResult again = runInit(initCommand(folder, false));
    QCOMPARE(again.exitCode, 1);
    QVERIFY(again.errors.contains(QStringLiteral("exists already")));
    Command weak = initCommand(folder, false);
    weak.password = QStringLiteral("short");
    QCOMPARE(runInit(weak).exitCode, 1);
}

void StoreTest::open_busyDirectory_namesTheHolder()
{
    QTemporaryDir folder;
    QCOMPARE(runInit(initCommand(folder, false)).exitCode, 0);
    const auto first = ServerCore::open(dataOf(folder));
    QVERIFY(first);
    const auto second = ServerCore::open(dataOf(folder));
    QVERIFY(!second);
    QCOMPARE(second.error().code, ErrorCode::Busy);
    QVERIFY(second.error().arguments.value(1).contains(
        QString::number(QCoreApplication::applicationPid())));
}

void StoreTest::open_newerStore_isRefusedUntouched()
{
    QTemporaryDir folder;
    QCOMPARE(runInit(initCommand(folder, false)).exitCode, 0);
    {
        const auto database = Database::openSqlite(dataOf(folder) + QStringLiteral("/casebase.db"));
        QVERIFY(database);
        QVERIFY(database.value()->run(
            QStringLiteral("INSERT INTO migration (number, name) VALUES (999, 'future')")));
    }
    const auto opened = ServerCore::open(dataOf(folder));
    QVERIFY(!opened);
    QCOMPARE(opened.error().code, ErrorCode::NewerVersion);
}

void StoreTest::open_nothing_saysSo()
{
    QTemporaryDir folder;
    const auto opened = ServerCore::open(folder.filePath(QStringLiteral("nowhere")));
    QVERIFY(!opened);
    QCOMPARE(opened.error().code, ErrorCode::NotFound);
}

void StoreTest::demo_hasWhatItPromises()
{
    QTemporaryDir folder;
    const CommandResult made = runInit(initCommand(folder, true));
    QVERIFY2(made.exitCode == 0, qUtf8Printable(made.errors));
    QCOMPARE(made.output.count(u'\n'), 9); // one line, and eight people with passwords
    const auto core = ServerCore::open(dataOf(folder));
    QVERIFY(core);
    const Snapshot document =
        core.value()->host().snapshot(core.value()->host().bases().first().id);
    QCOMPARE(document->tableNamed(QStringLiteral("售后审批管理"))->aliveCount(), 500);
    QCOMPARE(document->tableNamed(QStringLiteral("客户信息管理"))->aliveCount(), 200);
    QCOMPARE(document->people().all().size(), 9);
    int running = 0;
    for (const Instance &instance : document->instances()) {
        running += instance.isRunning() ? 1 : 0;
    }
    QVERIFY(running >= 10);
    QVERIFY(document->instances().size() > running);
    const QStringList first = made.output.split(u'\n')[1].split(u'\t');
    QVERIFY(core.value()->accounts().signIn(first[0], first[1], QStringLiteral("::1")));
}

void StoreTest::accounts_signInIsThrottledAndSecretsAreHashed()
{
    QTemporaryDir folder;
    QCOMPARE(runInit(initCommand(folder, false)).exitCode, 0);
    auto core = ServerCore::open(dataOf(folder));
    QVERIFY(core);
    Accounts &accounts = core.value()->accounts();
    const QString peer = QStringLiteral("127.0.0.1");
    const auto good =
        accounts.signIn(QStringLiteral("Admin"), QStringLiteral("correct horse battery"), peer);
    QVERIFY(good);
    QVERIFY(accounts.caller(good.value().secret));
    QVERIFY(!accounts.caller(good.value().caller.token.hash)); // what lies on disk opens nothing
    for (int i = 0; i < 10; ++i) {
        const auto bad = accounts.signIn(QStringLiteral("admin"), QStringLiteral("wrong"), peer);
        QCOMPARE(bad.error().code, ErrorCode::WrongPassword);
    }
    const auto throttled =
        accounts.signIn(QStringLiteral("admin"), QStringLiteral("correct horse battery"), peer);
    QVERIFY(!throttled);
    QCOMPARE(throttled.error().code, ErrorCode::Throttled);
    core = Error{}; // the server ends and starts again
    const auto again = ServerCore::open(dataOf(folder));
    QVERIFY(again);
    const auto still = again.value()->accounts().signIn(
        QStringLiteral("admin"), QStringLiteral("correct horse battery"), peer);
    QVERIFY(!still);
    QCOMPARE(still.error().code, ErrorCode::Throttled);
}

void StoreTest::passwordChange_endsSessions()
{
    QTemporaryDir folder;
    QCOMPARE(runInit(initCommand(folder, false)).exitCode, 0);
    auto core = ServerCore::open(dataOf(folder));
    QVERIFY(core);
    Accounts &accounts = core.value()->accounts();
    const Account admin = *accounts.accountNamed(QStringLiteral("admin"));
    const auto session = accounts.signIn(
        QStringLiteral("admin"), QStringLiteral("correct horse battery"), QStringLiteral("::1"));
    const auto token = accounts.createToken(admin.id, QStringLiteral("ci"), Scopes(Scope::Read));
    QVERIFY(session && token);
    QStringList closed;
    accounts.setRevokedHandler([&](const QStringList &ids) { closed += ids; });
    QVERIFY(accounts.setPassword(admin.id, QStringLiteral("another long one")));
    QVERIFY(!accounts.caller(session.value().secret));
    QVERIFY(accounts.caller(token.value().secret));
    QCOMPARE(closed.size(), 1);
}

void StoreTest::viewsInTheDatabase_haveThePeoplesNames()
{
    QTemporaryDir folder;
    QCOMPARE(runInit(initCommand(folder, true)).exitCode, 0);
    const auto database = Database::openSqlite(dataOf(folder) + QStringLiteral("/casebase.db"));
    QVERIFY(database);
    const auto view = database.value()->text(QStringLiteral(
        "SELECT name FROM sqlite_master WHERE type = 'view' AND name LIKE '%售后审批管理%'"));
    QVERIFY(view && view.value());
    const auto count =
        database.value()->integer(QStringLiteral("SELECT count(*) FROM %1 WHERE \"类型\" = '退款'")
                                      .arg(quotedName(*view.value())));
    QVERIFY(count);
    QVERIFY(count.value() > 50);
}

void StoreTest::log_isFoundByRequestAndByRecord_overRestartsAndFailures()
{
    QTemporaryDir folder;
    const auto database = Database::openSqlite(folder.filePath(QStringLiteral("log.db"))).value();
    QVERIFY(migrate(*database, QStringLiteral(":/sql"), folder.path()));
    const TestClock clock;
    IdSource ids(clock, 7);
    QRandomGenerator random(11);
    const QList<BaseId> bases{ids.next<BaseId>(), ids.next<BaseId>()};
    const auto table = ids.next<TableId>();
    const auto field = ids.next<FieldId>();
    QList<RecordId> records;
    QList<DeviceId> devices;
    for (int i = 0; i < 60; ++i) {
        records += ids.next<RecordId>();
        devices += ids.next<DeviceId>();
    }
    auto store = std::make_unique<Store>(*database);
    QHash<BaseId, quint64> revisions;
    QHash<std::pair<BaseId, RecordId>, QList<quint64>> touched; // what should be found
    QHash<std::pair<BaseId, RequestId>, quint64> made;
    QHash<DeviceId, quint64> counters;
    for (const BaseId base : bases) {
        QVERIFY(store->createBase(base, base.text()));
    }
    for (int round = 0; round < 400; ++round) {
        const BaseId base = bases[random.bounded(2)];
        auto nextRevisions = revisions;
        auto nextTouched = touched;
        auto nextMade = made;
        auto nextCounters = counters;
        QVERIFY(database->begin());
        for (int i = random.bounded(30); i >= 0; --i) {
            Commit commit;
            commit.revision = ++nextRevisions[base];
            const DeviceId device = devices[random.bounded(int(devices.size()))];
            commit.request = {device, nextCounters[device] += 1 + random.bounded(2)};
            RecordChanges changes{table, {}, {}};
            for (int k = random.bounded(4); k >= 0; --k) {
                const RecordId record = records[random.bounded(int(records.size()))];
                if (random.bounded(3) == 0) {
                    changes.records += RecordChange{record, random.bounded(2) == 0, false, 0, {}};
                } else {
                    changes.cells += CellChange{record, field, Value(), Value(1.0)};
                }
                QList<quint64> &of = nextTouched[{base, record}];
                if (of.isEmpty() || of.first() != commit.revision) {
                    of.prepend(commit.revision);
                }
            }
            commit.changes.changes += changes;
            nextMade.insert({base, commit.request}, commit.revision);
            QVERIFY(store->append(base, {commit, QStringLiteral("h")}, {}));
        }
        QVERIFY(store->setRevision(base, nextRevisions[base]));
        if (random.bounded(5) == 0) {
            database->rollback();
            store->forget();
        } else {
            QVERIFY(database->commit());
            revisions = nextRevisions;
            touched = nextTouched;
            made = nextMade;
            counters = nextCounters;
        }
        if (random.bounded(20) == 0) {
            store = std::make_unique<Store>(*database);
        }
        const RecordId record = records[random.bounded(int(records.size()))];
        const auto history = store->historyOf(base, table, 0, record, 1000000);
        QVERIFY(history);
        QList<quint64> found;
        for (const Commit &commit : history.value()) {
            found += commit.revision;
        }
        QCOMPARE(found, touched.value({base, record}));
        const DeviceId device = devices[random.bounded(int(devices.size()))];
        QCOMPARE(store->lastCounter(device).value(), counters.value(device));
        for (quint64 counter = 1; counter <= counters.value(device) + 1; ++counter) {
            const auto commit = store->commitOf(base, {device, counter});
            QVERIFY(commit);
            QCOMPARE(commit.value() ? commit.value()->commit.revision : 0,
                made.value({base, {device, counter}}, 0));
        }
    }
    QVERIFY(database->integer(QStringLiteral("SELECT count(*) FROM request")).value() > 1000);
    QVERIFY(
        database->integer(QStringLiteral("SELECT max(revision - indexed) FROM base")).value() > 0);
}

void StoreTest::uploads_thatNoCellHolds_goAfterAWeek()
{
    QTemporaryDir folder;
    QVERIFY(ServerCore::create(dataOf(folder)));
    TestClock clock;
    auto opened = ServerCore::open(dataOf(folder), std::make_unique<ManualQueue>(), clock, 1);
    QVERIFY(opened);
    ServerCore &core = *opened.value();
    auto &writer = static_cast<ManualQueue &>(core.writer());
    const UserId owner = core.host().ids().next<UserId>();
    BaseId base;
    core.host().createBase(QStringLiteral("b"),
        {{owner, QStringLiteral("ann"), QStringLiteral("Ann"), Role::Owner}},
        [&](const Result<BaseId> &made) { base = made.value(); });
    writer.run();
    const auto uploaded = [&](const QByteArray &bytes) {
        const Attachment file{core.host().ids().next<FileId>(), QStringLiteral("f"), bytes.size(),
            QStringLiteral("text/plain")};
        const QString hash = core.files().put(bytes).value();
        const Done added =
            core.host().store().files().add({file, hash, base}, owner, clock.nowMs());
        return added ? file : Attachment();
    };
    const auto hours = [&](const QByteArray &bytes, int count) {
        const QString hash = FileStore::hashOf(bytes);
        QFile file(ServerCore::filesPath(core.folder()) + u'/' + hash.left(2) + u'/' + hash);
        return file.open(QIODevice::ReadWrite)
            && file.setFileTime(QDateTime::currentDateTime().addSecs(-3600 * count),
                QFileDevice::FileModificationTime);
    };
    const auto isThere = [&](const QByteArray &bytes) {
        return bool(core.files().get(FileStore::hashOf(bytes)));
    };
    Table table;
    table.id = core.host().ids().next<TableId>();
    table.name = QStringLiteral("t");
    table.fields += Field();
    table.fields[0].id = core.host().ids().next<FieldId>();
    table.fields[0].name = QStringLiteral("file");
    table.fields[0].kind = FieldKind::Attachments;
    const NewRecord record{
        core.host().ids().next<RecordId>(), {{table.fields[0].id, Attachments{uploaded("kept")}}}};
    Result<Outcome> outcome = Error{};
    core.host().submit({owner}, base, core.host().nextRequestId(),
        Edit{{PutTable{table}, CreateRecords{table.id, {record}}}},
        [&](const Result<Outcome> &said) { outcome = said; });
    writer.run();
    QVERIFY(outcome);
    const Attachment forgotten = uploaded("forgotten");
    QVERIFY(core.files().put("left by a crash"));
    QVERIFY(core.files().put("came just now"));
    QVERIFY(hours("kept", 2) && hours("forgotten", 2) && hours("left by a crash", 2));
    QVERIFY(core.removeUnusedFiles());
    QVERIFY(isThere("kept") && isThere("forgotten") && isThere("came just now"));
    QVERIFY(!isThere("left by a crash"));
    clock.advanceMs(8LL * 24 * 3600 * 1000);
    QVERIFY(core.removeUnusedFiles());
    QVERIFY(!core.host().store().files().file(forgotten.id).value());
    QVERIFY(isThere("forgotten")); // a backup may still want it
    QVERIFY(core.files().put("forgotten")); // somebody sends it again, and names it in a moment
    QVERIFY(core.removeUnusedFiles());
    QVERIFY(isThere("forgotten"));
    QVERIFY(hours("forgotten", 2));
    QVERIFY(core.removeUnusedFiles());
    QVERIFY(!isThere("forgotten"));
    QVERIFY(isThere("kept"));
    QVERIFY(core.host()
                .store()
                .files()
                .file(std::get<Attachments>(record.values[0].value)[0].id)
                .value());
}

void StoreTest::filesOfTheStore_areForItsOwnerOnly()
{
    QTemporaryDir folder;
    QFile::setPermissions(folder.path(), QFile::permissions(folder.path()) | QFile::ReadOther);
    QVERIFY(ServerCore::create(dataOf(folder)));
    const QString backup = folder.filePath(QStringLiteral("backup"));
    QVERIFY(backUp(ServerCore::databasePath(dataOf(folder)),
        FileStore(ServerCore::filesPath(dataOf(folder))), backup));
    QVERIFY(restoreBackup(backup, folder.filePath(QStringLiteral("restored"))));
    // A folder that somebody made, with something in it, stays as it is; what comes into it does
    // not.
    const QString shared = folder.filePath(QStringLiteral("shared"));
    QVERIFY(QDir().mkpath(shared + QStringLiteral("/something")));
    const QFile::Permissions before = QFile::permissions(shared) | QFile::ReadOther;
    QFile::setPermissions(shared, before);
    QVERIFY(ServerCore::create(shared));
    QCOMPARE(QFile::permissions(shared), before);
    const QFile::Permissions others = QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup
        | QFile::ReadOther | QFile::WriteOther | QFile::ExeOther;
    for (const QString &path : {dataOf(folder), backup, folder.filePath(QStringLiteral("restored")),
             ServerCore::databasePath(shared), ServerCore::filesPath(shared)}) {
        QVERIFY2(!(QFile::permissions(path) & others), qPrintable(path));
    }
}

QTEST_GUILESS_MAIN(StoreTest)
#include "tst_Store.moc"
