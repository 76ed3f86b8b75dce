// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/protocol/Message.h"
#include "tests/support/Cases.h"

#include <QDir>
#include <QRandomGenerator>
#include <QTest>

using namespace casebase;

/// A server that says what it should not: the client does not crash, and writes nothing anywhere
/// but in its folder.
class HostileServerTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void serverThatLies_doesNoHarm_data();
    void serverThatLies_doesNoHarm();
};

namespace {

/// What a server may send instead of a message: it again, late, for another base, with other
/// revisions, of unknown things, cut off, or with other bytes.
class Liar {
public:
    Liar(quint32 seed, IdSource &ids)
        : m_random(seed)
        , m_ids(ids)
    {
    }

    QList<QByteArray> operator()(const QByteArray &bytes)
    {
        m_heard += bytes;
        switch (m_random.bounded(12)) {
        case 0:
            return {bytes, bytes};
        case 1:
            return {};
        case 2:
            return {m_heard[m_random.bounded(int(m_heard.size()))], bytes};
        case 3:
            return {bytes.left(m_random.bounded(int(bytes.size() + 1)))};
        case 4: {
            QByteArray other = bytes;
            for (int i = 0; i < 3 && !other.isEmpty(); ++i) {
                other[m_random.bounded(int(other.size()))] = char(m_random.bounded(256));
            }
            return {other};
        }
        case 5:
        case 6:
        case 7: {
            auto message = decodeMessage(bytes, MessageLimit);
            if (!message) {
                return {bytes};
            }
            Message other = message.value();
            std::visit([this](auto &each) { twist(each); }, other);
            return {encodeMessage(other, false)};
        }
        default:
            return {bytes};
        }
    }

private:
    quint64 number()
    {
        const quint64 numbers[] = {0, 1, 2, 7, 1ULL << 31, 1ULL << 53, 1ULL << 63, ~0ULL};
        return numbers[m_random.bounded(8)];
    }
    bool isTurn() { return m_random.bounded(3) == 0; }

    template <class Any> void twist(Any &any)
    {
        if constexpr (requires { any.base; }) {
            any.base = m_random.bounded(4) == 0 ? m_ids.next<BaseId>() : any.base;
        }
        if constexpr (requires { any.revision; }) {
            any.revision = isTurn() ? number() : any.revision;
        }
        if constexpr (requires { any.request.counter; }) {
            any.request.counter = isTurn() ? number() : any.request.counter;
        }
        if constexpr (requires { any.isSnapshot; }) {
            any.isSnapshot = isTurn() ? !any.isSnapshot : any.isSnapshot;
            any.restoredAt = isTurn() ? number() : 0;
            any.restoredFrom = isTurn() ? any.timeline : any.restoredFrom;
        }
        if constexpr (requires { any.rows; }) {
            any.rows = isTurn() ? number() : any.rows;
        }
        if constexpr (requires { any.index; }) {
            any.index = isTurn() ? qint32(number()) : any.index;
            any.column = isTurn() ? QStringLiteral("../../x") : any.column;
        }
        if constexpr (requires { any.counter; }) {
            any.counter = isTurn() ? number() : any.counter;
        }
        if constexpr (requires { any.commit; }) {
            twistCommit(any.commit);
        }
    }

    void twistCommit(Commit &commit)
    {
        commit.revision = isTurn() ? number() : commit.revision;
        for (Change &change : commit.changes.changes) {
            if (auto *records = std::get_if<RecordChanges>(&change)) {
                records->table = isTurn() ? m_ids.next<TableId>() : records->table;
                for (CellChange &cell : records->cells) {
                    cell.record = isTurn() ? m_ids.next<RecordId>() : cell.record;
                    cell.field = isTurn() ? m_ids.next<FieldId>() : cell.field;
                    cell.after = isTurn() ? Value(1e300) : cell.after;
                }
                for (RecordChange &record : records->records) {
                    record.isAlive = isTurn() ? !record.isAlive : record.isAlive;
                }
                if (isTurn()) {
                    records->records += records->records;
                }
            } else if (auto *table = std::get_if<TableChange>(&change); table && table->after) {
                for (Field &field : table->after->fields) {
                    field.kind = isTurn() ? FieldKind::SingleSelect : field.kind;
                }
                if (isTurn()) {
                    table->after->fields.clear();
                }
            }
        }
    }

    QRandomGenerator m_random;
    IdSource &m_ids;
    QList<QByteArray> m_heard;
};

} // namespace

void HostileServerTest::serverThatLies_doesNoHarm_data()
{
    QTest::addColumn<quint32>("seed");
    for (quint32 seed = 1; seed <= 25; ++seed) {
        QTest::addRow("seed %u", seed) << seed;
    }
}

void HostileServerTest::serverThatLies_doesNoHarm()
{
    QFETCH(quint32, seed);
    QRandomGenerator random(seed);
    World world(seed);
    WorldClient &ann = world.add(QStringLiteral("ann"), Role::Owner);
    makeCases(ann, world);
    makeWorkflow(ann, world, {ann.user()});
    QList<RecordId> records;
    for (int i = 0; i < 30; ++i) {
        records += ann.create(Cases, {{QStringLiteral("title"), QString::number(i)}});
    }
    world.settle();
    WorldClient &bob = world.add(QStringLiteral("bob"));
    const QString outside = QFileInfo(bob.folder()).absolutePath();
    const QStringList before = QDir(outside).entryList(QDir::AllEntries | QDir::NoDotAndDotDot);
    bob.twist(Liar(seed, ann.session().ids()));
    for (int step = 0; step < 60; ++step) {
        const RecordId record = records[random.bounded(30)];
        const Done edited = ann.edit(Cases, record, QStringLiteral("title"), QString::number(step));
        Q_UNUSED(edited)
        if (bob.session().document(world.base()) && bob.document().tableNamed(Cases)) {
            const Done written =
                bob.edit(Cases, record, QStringLiteral("amount"), QString::number(step));
            Q_UNUSED(written) // with what the server says, it may not fit
        }
        if (random.bounded(8) == 0) {
            bob.goOffline();
            bob.goOnline();
        }
        if (random.bounded(12) == 0) {
            bob.killAndRestart();
            bob.twist(Liar(seed + 1000 + quint32(step), ann.session().ids()));
        }
        world.settle();
        world.clock.advanceMs(1000);
    }
    QCOMPARE(QDir(outside).entryList(QDir::AllEntries | QDir::NoDotAndDotDot), before);
    // What it was told is gone with its cache; then it is as everybody else.
    bob.twist({});
    bob.goOffline();
    bob.forget();
    world.settle();
    QVERIFY(bob.session().document(world.base()));
    QVERIFY(world.allEqual());
}

QTEST_GUILESS_MAIN(HostileServerTest)
#include "tst_HostileServer.moc"
