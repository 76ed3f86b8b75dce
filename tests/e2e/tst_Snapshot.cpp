// SPDX-License-Identifier: GPL-3.0-or-later
// A base on its way to a newcomer: made by the server's SnapshotStream, put together by the client.
#include "server/sync/SnapshotPacker.h"
#include "server/sync/SnapshotStream.h"
#include "tests/support/World.h"

#include <QTest>

using namespace casebase;

namespace {

const QString Cases = QStringLiteral("cases");
constexpr qsizetype PartBytes = 4096;

/// Cases of every kind of column, several chunks of each, made by ann.
void makeCases(WorldClient &ann, World &world, int count)
{
    IdSource &ids = ann.session().ids();
    Table table;
    table.id = ids.next<TableId>();
    table.name = Cases;
    const std::pair<const char *, FieldKind> fields[] = {{"title", FieldKind::SingleLineText},
        {"amount", FieldKind::Number}, {"kind", FieldKind::SingleSelect},
        {"urgent", FieldKind::Checkbox}, {"opened", FieldKind::DateTime},
        {"agent", FieldKind::Person}};
    for (const auto &[name, kind] : fields) {
        Field field;
        field.id = ids.next<FieldId>();
        field.name = QString::fromLatin1(name);
        field.kind = kind;
        table.fields += field;
    }
    const Option refund{ids.next<OptionId>(), QStringLiteral("refund"), QStringLiteral("red")};
    table.fields[2].options = {refund};
    QVERIFY(ann.ask(Edit{{PutTable{table}}}));
    CreateRecords create{table.id, {}};
    for (int i = 0; i < count; ++i) {
        const Value values[] = {QStringLiteral("case %1").arg(i), i * 1.5, refund.id, i % 3 == 0,
            Moment{1000000LL * i}, ann.user()};
        NewRecord record{ids.next<RecordId>(), {}};
        for (qsizetype f = 0; f < table.fields.size(); ++f) {
            record.values += FieldValue{table.fields[f].id, values[f]};
        }
        create.records += record;
    }
    QVERIFY(ann.ask(Edit{{create}}));
    world.settle();
}

QList<Message> messagesOf(World &world, const FrameFormat &format)
{
    const Snapshot snapshot = world.snapshot();
    SnapshotStream stream(world.base(),
        *VisibleDocument::of(*snapshot, {snapshot->people().all().first().id}), format);
    QList<Message> messages;
    for (;;) {
        const QList<QByteArray> frames = stream.next(PartBytes);
        if (frames.isEmpty()) {
            return messages;
        }
        for (const QByteArray &frame : frames) {
            messages += decodeMessages(frame, qsizetype(1) << 24).value();
        }
    }
}

/// Nothing if it could not be put together.
std::optional<QString> assembled(const QList<Message> &messages)
{
    ManualQueue queue;
    Mailbox home;
    IncomingSnapshot incoming(queue, home.address());
    std::optional<QString> result;
    for (const Message &message : messages) {
        if (const auto *table = std::get_if<SnapshotTable>(&message)) {
            incoming.add(*table);
        } else if (const auto *piece = std::get_if<SnapshotPiece>(&message)) {
            incoming.add(*piece);
        } else {
            incoming.finish(std::get<SnapshotEnd>(message), {}, {}, [&](const auto &arrived) {
                result =
                    arrived ? std::optional(fingerprint(arrived.value().document)) : std::nullopt;
            });
        }
    }
    queue.run();
    QCoreApplication::processEvents();
    return result;
}

int packedCount(const QList<Message> &messages)
{
    return int(std::count_if(messages.cbegin(), messages.cend(), [](const Message &message) {
        const auto *piece = std::get_if<SnapshotPiece>(&message);
        return piece && piece->isPacked;
    }));
}

} // namespace

class SnapshotTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyFormat_givesTheBase_alsoAfterEdits();
    void packedAhead_isWhatIsSent();
    void whatFollowsASnapshot_waitsForIt();
    void brokenPiece_isAskedForAgain();
    void connectionLost_whileItIsPutTogether_beginsAnew();
};

void SnapshotTest::everyFormat_givesTheBase_alsoAfterEdits()
{
    World world;
    WorldClient &ann = world.add(QStringLiteral("ann"), Role::Owner);
    makeCases(ann, world, 5000);
    for (int round = 0; round < 6; ++round) {
        const QString wanted = fingerprint(*world.snapshot());
        QCOMPARE(assembled(messagesOf(world, {false, false, false, false})), wanted);
        QCOMPARE(assembled(messagesOf(world, {false, true, true, false})), wanted);
        const QList<Message> packed = messagesOf(world, {false, true, true, true});
        QVERIFY(packedCount(packed) > 50);
        QCOMPARE(assembled(packed), wanted);
        const TableData &table = ann.table(Cases);
        const RecordId record = table.recordId(Row(round * 911));
        QVERIFY(ann.edit(Cases, record, table.definition().fields[round].name,
            round == 2       ? QString()
                : round == 3 ? QStringLiteral("1")
                : round == 4 ? QStringLiteral("2026-01-02 10:00")
                : round == 5 ? QString()
                             : QStringLiteral("42")));
        QVERIFY(ann.remove(Cases, table.recordId(Row(round * 37 + 1))));
        world.settle();
    }
}

void SnapshotTest::packedAhead_isWhatIsSent()
{
    World world;
    WorldClient &ann = world.add(QStringLiteral("ann"), Role::Owner);
    makeCases(ann, world, 3000);
    {
        const SnapshotPacker packer(world.core().host());
        WorkerPool::forLongWork().waitForDone();
    }
    const Snapshot snapshot = world.snapshot();
    for (const TableId id : snapshot->tables()) {
        const TableData &table = *snapshot->table(id);
        for (const ChunkKey &key : TableChunks::keys(table)) {
            const ColumnChunk *chunk = TableChunks::chunk(table, key);
            QVERIFY(!chunk || chunk->packed.isKept());
            QCOMPARE(decompressed(packedPiece(table, key), qsizetype(1) << 24).value(),
                TableChunks::bytes(table, key));
        }
    }
    QCOMPARE(
        assembled(messagesOf(world, {false, true, true, true})), fingerprint(*world.snapshot()));
}

void SnapshotTest::whatFollowsASnapshot_waitsForIt()
{
    World world;
    WorldClient &ann = world.add(QStringLiteral("ann"), Role::Owner);
    WorldClient &bob = world.add(QStringLiteral("bob"));
    makeCases(ann, world, 300);
    const QList<Message> messages = messagesOf(world, {false, true, true, true});
    const quint64 revision = world.snapshot()->revision();
    const RecordId record = ann.table(Cases).recordId(7);
    QVERIFY(ann.edit(Cases, record, QStringLiteral("title"), QStringLiteral("later")));
    world.settle();
    const auto later = world.core().host().store().commitsSince(world.base(), revision, 10);
    QCOMPARE(later.value().size(), 1);

    // The server sends the base as it was, and the commit after it in the same moment.
    bob.receive(Opened{world.base(), world.core().host().timeline(), revision, true, {}, 0});
    for (const Message &message : messages) {
        bob.receive(message);
    }
    bob.receive(Delta{world.base(), later.value().first()});
    world.settle();
    QCOMPARE(bob.text(Cases, record, QStringLiteral("title")), QStringLiteral("later"));
    QVERIFY(world.allEqual());
}

void SnapshotTest::brokenPiece_isAskedForAgain()
{
    World world;
    WorldClient &ann = world.add(QStringLiteral("ann"), Role::Owner);
    WorldClient &bob = world.add(QStringLiteral("bob"));
    makeCases(ann, world, 300);
    QList<Message> messages = messagesOf(world, {false, true, true, true});
    for (Message &message : messages) {
        if (auto *piece = std::get_if<SnapshotPiece>(&message); piece && piece->index == 0) {
            piece->bytes.chop(3);
        }
    }
    QVERIFY(!assembled(messages));
    QTest::ignoreMessage(
        QtWarningMsg, QRegularExpression(QStringLiteral("a snapshot cannot be read.*")));
    bob.receive(Opened{
        world.base(), world.core().host().timeline(), world.snapshot()->revision(), true, {}, 0});
    for (const Message &message : std::as_const(messages)) {
        bob.receive(message);
    }
    world.settle();
    QCOMPARE(bob.session().connection(), Connection::Offline); // and tries again by and by
    QVERIFY(bob.edit(
        Cases, bob.table(Cases).recordId(3), QStringLiteral("title"), QStringLiteral("meanwhile")));
    bob.goOnline();
    world.settle();
    QVERIFY(world.allEqual());
    QCOMPARE(ann.text(Cases, ann.table(Cases).recordId(3), QStringLiteral("title")),
        QStringLiteral("meanwhile"));
}

void SnapshotTest::connectionLost_whileItIsPutTogether_beginsAnew()
{
    World world;
    WorldClient &ann = world.add(QStringLiteral("ann"), Role::Owner);
    WorldClient &bob = world.add(QStringLiteral("bob"));
    makeCases(ann, world, 300);
    bob.receive(Opened{
        world.base(), world.core().host().timeline(), world.snapshot()->revision(), true, {}, 0});
    for (const Message &message : messagesOf(world, {false, true, true, true})) {
        bob.receive(message);
    }
    bob.goOffline(); // what was put together is nobody's now
    QVERIFY(ann.edit(
        Cases, ann.table(Cases).recordId(5), QStringLiteral("title"), QStringLiteral("meanwhile")));
    world.settle();
    bob.goOnline();
    world.settle();
    QVERIFY(world.allEqual());
}

QTEST_MAIN(SnapshotTest)
#include "tst_Snapshot.moc"
