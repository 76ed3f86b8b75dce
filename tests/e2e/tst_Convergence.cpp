// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/document/Adopt.h"
#include "tests/support/World.h"

#include <QRandomGenerator>
#include <QTest>

using namespace casebase;

/// Seeded chaos: several clients, offline phases, restarts, conflicting edits, deletes, schema
/// edits, undo; afterwards all show the same, and the log replays to it.
class ConvergenceTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void chaos_thenAllEqual_data();
    void chaos_thenAllEqual();
};

namespace {

const QString TestTable = QStringLiteral("t");

void makeTable(WorldClient &ann, World &world)
{
    IdSource &ids = ann.session().ids();
    Table table;
    table.id = ids.next<TableId>();
    table.name = TestTable;
    const std::pair<const char *, FieldKind> fields[] = {{"a", FieldKind::SingleLineText},
        {"b", FieldKind::Number}, {"c", FieldKind::SingleLineText}, {"n", FieldKind::AutoNumber}};
    for (const auto &[name, kind] : fields) {
        Field field;
        field.id = ids.next<FieldId>();
        field.name = QString::fromLatin1(name);
        field.kind = kind;
        table.fields += field;
    }
    QVERIFY(ann.ask(Edit{{PutTable{table}}}));
    world.settle();
}

void oneStep(World &world, WorldClient &client, QRandomGenerator &random, bool isOwner)
{
    const TableData *table = client.document().tableNamed(TestTable);
    if (!table) {
        return;
    }
    const Row rows = table->rowCount();
    const RecordId record = rows > 0 ? table->recordId(Row(random.bounded(int(rows)))) : RecordId();
    switch (random.bounded(16)) {
    case 0:
        client.goOffline();
        break;
    case 1:
        client.goOnline();
        break;
    case 2:
        client.killAndRestart();
        break;
    case 3: {
        const Done removed = client.remove(TestTable, record);
        Q_UNUSED(removed)
        break;
    }
    case 4: {
        const Done undone = client.undo().undo();
        Q_UNUSED(undone)
        break;
    }
    case 5:
        if (isOwner) {
            Field field = table->definition().fields[2];
            field.kind =
                field.kind == FieldKind::Number ? FieldKind::SingleLineText : FieldKind::Number;
            field.name = QStringLiteral("c%1").arg(random.bounded(100));
            const Done changed = client.ask(Edit{{PutField{table->definition().id, field}}});
            Q_UNUSED(changed)
        }
        break;
    case 6:
    case 7:
    case 8:
        client.create(TestTable, {{QStringLiteral("a"), QString::number(random.bounded(1000))}});
        break;
    default: {
        const QString name = table->definition().fields[random.bounded(3)].name;
        const Done edited =
            client.edit(TestTable, record, name, QString::number(random.bounded(100)));
        Q_UNUSED(edited)
    }
    }
    world.clock.advanceMs(random.bounded(1000));
    if (random.bounded(4) == 0) {
        world.settle();
    }
}

} // namespace

void ConvergenceTest::chaos_thenAllEqual_data()
{
    QTest::addColumn<quint32>("seed");
    const int seeds = qEnvironmentVariableIsSet("CASEBASE_SEEDS")
        ? qEnvironmentVariableIntValue("CASEBASE_SEEDS")
        : 8;
    for (int seed = 1; seed <= seeds; ++seed) {
        QTest::addRow("seed %d", seed) << quint32(seed);
    }
}

void ConvergenceTest::chaos_thenAllEqual()
{
    QFETCH(quint32, seed);
    QRandomGenerator random(seed);
    World world(seed);
    WorldClient &ann = world.add(QStringLiteral("ann"), Role::Owner);
    makeTable(ann, world);
    QList<WorldClient *> clients{&ann};
    for (const char *name : {"bob", "cat", "dan"}) {
        clients += &world.add(QString::fromLatin1(name));
    }
    for (int step = 0; step < 250; ++step) {
        const int who = random.bounded(int(clients.size()));
        oneStep(world, *clients[who], random, who == 0);
    }
    for (WorldClient *client : std::as_const(clients)) {
        client->goOnline();
    }
    world.settle();
    QVERIFY(world.allEqual());
    const auto log = world.core().host().store().commitsSince(world.base(), 0, 100000);
    QVERIFY(log);
    Document replayed;
    quint64 expected = 1;
    for (const Commit &commit : log.value()) {
        QCOMPARE(commit.revision, expected++);
        adopt(replayed, commit.changes, commit.stamp, commit.revision);
    }
    QCOMPARE(fingerprint(replayed), fingerprint(*world.snapshot()));
    world.restartServer();
    world.settle();
    QCOMPARE(fingerprint(*world.snapshot()), fingerprint(replayed));
    QVERIFY(world.allEqual());
}

QTEST_GUILESS_MAIN(ConvergenceTest)
#include "tst_Convergence.moc"
