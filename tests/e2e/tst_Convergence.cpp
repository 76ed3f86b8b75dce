// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/document/Adopt.h"
#include "shared/support/ErrorText.h"
#include "tests/support/World.h"

#include <QRandomGenerator>
#include <QTest>

using namespace casebase;

/// Seeded chaos: ten clients with wrong clocks, offline phases, restarts, conflicting edits,
/// deletes, schema edits, undo; afterwards all show the same, the log replays to it, and nothing
/// that was typed has vanished.
class ConvergenceTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void chaos_thenAllEqual_data();
    void chaos_thenAllEqual();
};

namespace {

const QString TestTable = QStringLiteral("t");

/// A cascade, a state with limited moves, and the time when either was changed.
void addTies(Table &table, IdSource &ids)
{
    const auto add = [&](const char *name, FieldKind kind, std::initializer_list<const char *> of) {
        Field field;
        field.id = ids.next<FieldId>();
        field.name = QString::fromLatin1(name);
        field.kind = kind;
        for (const char *each : of) {
            field.options +=
                Option{ids.next<OptionId>(), QString::fromLatin1(each), QStringLiteral("red")};
        }
        table.fields += field;
        return field;
    };
    const Field region = add("region", FieldKind::SingleSelect, {"north", "south"});
    Field city = add("city", FieldKind::SingleSelect, {"Harbin", "Canton"});
    Field state = add("state", FieldKind::State, {"open", "working", "closed"});
    Field since = add("since", FieldKind::ModifiedTime, {});
    city.parent = region.id;
    state.limitsMoves = true;
    for (int i = 0; i < 2; ++i) {
        city.options[i].under = {region.options[i].id};
        state.options[i].next = {state.options[i + 1].id};
    }
    since.watched = {city.id, state.id};
    for (const Field &field : {city, state, since}) {
        *std::find_if(table.fields.begin(), table.fields.end(),
            [&](const Field &each) { return each.id == field.id; }) = field;
    }
}

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
    addTies(table, ids);
    // One record above, many below, and what formulas make of both ends.
    Field above;
    above.id = ids.next<FieldId>();
    above.name = QStringLiteral("above");
    above.kind = FieldKind::Links;
    above.link = {table.id, ids.next<FieldId>(), true, true, WhenGone::Unlink};
    Field below;
    below.id = above.link.reverse;
    below.name = QStringLiteral("below");
    below.kind = FieldKind::Links;
    below.link = {table.id, above.id, false, false, WhenGone::Unlink};
    QList<Operation> operations{
        PutTable{table}, PutField{table.id, above}, PutField{table.id, below}};
    const std::pair<const char *, const char *> formulas[] = {{"path", "{above}.{a} & \"/\" & {a}"},
        {"sum", "ROLLUP({below},{b},\"sum\") + COUNTLINKS({below})"}};
    for (const auto &[name, text] : formulas) {
        Field formula;
        formula.id = ids.next<FieldId>();
        formula.name = QString::fromLatin1(name);
        formula.formula = QString::fromLatin1(text);
        formula.kind = formula.name == u"sum" ? FieldKind::Number : FieldKind::SingleLineText;
        operations += PutField{table.id, formula};
    }
    const Done made = ann.ask(Edit{operations});
    QVERIFY2(made, made ? "" : qUtf8Printable(englishSentence(made.error())));
    world.settle();
}

constexpr qint64 DayMs = 24LL * 3600 * 1000;

/// What was typed into the field "a", each text once, and what its author saw there before.
using Typed = QHash<QString, QString>;

class Chaos {
public:
    Chaos(World &world, quint32 seed)
        : m_world(world)
        , m_random(seed)
    {
    }

    void oneStep(WorldClient &client, bool isOwner)
    {
        m_table = client.document().tableNamed(TestTable);
        if (!m_table) {
            return;
        }
        const Row rows = m_table->rowCount();
        const RecordId record =
            rows > 0 ? m_table->recordId(Row(m_random.bounded(int(rows)))) : RecordId();
        change(client, isOwner, record, m_random.bounded(26));
        m_world.clock.advanceMs(m_random.bounded(1000));
        if (m_random.bounded(4) == 0) {
            m_world.settle();
        }
        if (m_random.bounded(150) == 0) {
            m_world.restartServer();
        }
    }
    const Typed &typed() const { return m_typed; }

private:
    void change(WorldClient &client, bool isOwner, RecordId record, int what)
    {
        switch (what) {
        case 0:
            return client.goOffline();
        case 1:
            return client.goOnline();
        case 2:
            return client.killAndRestart();
        case 3:
            return ignored(client.remove(TestTable, record));
        case 4:
            return ignored(client.undo().undo());
        case 5:
            return isOwner ? changeField(client) : void();
        case 6: // clocks are wrong, and jump
            client.clock.setSkewMs((m_random.bounded(4000) - 400) * DayMs);
            return m_world.serverClock().setSkewMs((m_random.bounded(3) - 1) * DayMs);
        case 7:
        case 8:
        case 9:
            client.create(TestTable, {{QStringLiteral("a"), nextText()}});
            return;
        case 10:
        case 11:
            return linkAbove(client, record);
        case 12:
            return linkBelow(client, record);
        case 13:
        case 14:
            return choose(client, record, "region");
        case 15:
            return choose(client, record, "city");
        case 16:
            return choose(client, record, "state");
        default:
            edit(client, record, m_table->definition().fields[m_random.bounded(3)].name);
        }
    }

    static void ignored(const Done &done) { Q_UNUSED(done) } // refused is as good

    QString nextText() { return QStringLiteral("text %1").arg(++m_texts); }

    void edit(WorldClient &client, RecordId record, const QString &field)
    {
        if (field != u"a") {
            return ignored(
                client.edit(TestTable, record, field, QString::number(m_random.bounded(100))));
        }
        const QString before = client.text(TestTable, record, field);
        const QString text = nextText();
        if (client.edit(TestTable, record, field, text)) {
            m_typed.insert(text, before);
        }
    }

    Link anyRecord()
    {
        return {m_table->recordId(Row(m_random.bounded(int(m_table->rowCount())))), {}};
    }

    void writeLinks(WorldClient &client, RecordId record, const char *field, const Links &links)
    {
        const Field &definition = *m_table->definition().fieldNamed(QString::fromLatin1(field));
        ignored(client.ask(Edit{{EditCells{m_table->definition().id,
            {CellEdit{record, definition.id, links.isEmpty() ? Value() : Value(links),
                m_table->value(*m_table->row(record), definition)}},
            false}}}));
    }

    void linkAbove(WorldClient &client, RecordId record)
    {
        if (!record.isNull()) {
            writeLinks(
                client, record, "above", m_random.bounded(4) == 0 ? Links() : Links{anyRecord()});
        }
    }

    void choose(WorldClient &client, RecordId record, const char *name)
    {
        const Field &field = *m_table->definition().fieldNamed(QString::fromLatin1(name));
        if (!record.isNull()) {
            ignored(client.edit(TestTable, record, field.name,
                field.options[m_random.bounded(int(field.options.size()))].name));
        }
    }

    /// Takes records from whoever had them.
    void linkBelow(WorldClient &client, RecordId record)
    {
        Links links;
        for (int n = record.isNull() ? 0 : m_random.bounded(4); n > 0; --n) {
            links += anyRecord();
        }
        if (!record.isNull()) {
            writeLinks(client, record, "below", links);
        }
    }

    void changeField(WorldClient &client)
    {
        Field field = m_table->definition().fields[2];
        field.kind =
            field.kind == FieldKind::Number ? FieldKind::SingleLineText : FieldKind::Number;
        field.name = QStringLiteral("c%1").arg(m_random.bounded(100));
        ignored(client.ask(Edit{{PutField{m_table->definition().id, field}}}));
    }

    World &m_world;
    QRandomGenerator m_random;
    const TableData *m_table = nullptr;
    Typed m_typed;
    int m_texts = 0;
};

QString textOf(const Value &value)
{
    const auto *text = std::get_if<QString>(&value);
    return text ? *text : QString();
}

/// The revisions in a record's history.
QSet<quint64> historyOf(World &world, RecordId record)
{
    const TableData &table = *world.snapshot()->tableNamed(TestTable);
    QSet<quint64> revisions;
    const auto row = table.row(record);
    const auto history = row ? world.core().host().store().historyOf(
                             world.base(), table.definition().id, *row, record, 10000)
                             : Result<QList<Commit>>(QList<Commit>());
    for (const Commit &each : history ? history.value() : QList<Commit>()) {
        revisions.insert(each.revision);
    }
    return revisions;
}

/// Everything that was typed was stored once or refused to its author's face; what was written over
/// is in the record's history; and whoever wrote over what they had not seen was told.
void verifyHistory(
    World &world, const QList<Commit> &log, const Typed &typed, const QList<WorldClient *> &clients)
{
    const Table &table = world.snapshot()->tableNamed(TestTable)->definition();
    const FieldId field = table.fields[0].id;
    QHash<RecordId, QString> current;
    QHash<QString, int> stored;
    for (const Commit &commit : log) {
        for (const Change &change : commit.changes.changes) {
            const auto *records = std::get_if<RecordChanges>(&change);
            for (const CellChange &cell : records ? records->cells : QList<CellChange>()) {
                if (cell.field != field) {
                    continue;
                }
                const QString before = textOf(cell.before);
                const QString after = textOf(cell.after);
                QCOMPARE(before, current.value(cell.record));
                current.insert(cell.record, after);
                QVERIFY(historyOf(world, cell.record).contains(commit.revision));
                if (typed.contains(after) && !stored.contains(after)) {
                    QCOMPARE(cell.overwroteUnseen, before != typed.value(after));
                }
                ++stored[after];
            }
        }
    }
    QSet<QString> refused;
    for (WorldClient *client : clients) {
        for (const Pending &each : client->session().refused()) {
            const auto &edit = std::get<Edit>(each.request);
            if (const auto *cells = std::get_if<EditCells>(&edit.operations.first())) {
                refused.insert(textOf(cells->cells.first().value));
            }
        }
    }
    for (auto each = typed.cbegin(); each != typed.cend(); ++each) {
        QVERIFY2(stored.contains(each.key()) || refused.contains(each.key()),
            qPrintable(each.key() + QStringLiteral(" vanished")));
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
    for (int n = 1; n < 10; ++n) {
        clients += &world.add(QStringLiteral("client%1").arg(n));
    }
    Chaos chaos(world, seed);
    for (int step = 0; step < 250; ++step) {
        const int who = random.bounded(int(clients.size()));
        chaos.oneStep(*clients[who], who == 0);
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
        adopt(replayed, commit.changes, commit.stamp, commit.revision, {});
    }
    QCOMPARE(fingerprint(replayed), fingerprint(*world.snapshot()));
    verifyHistory(world, log.value(), chaos.typed(), clients);
    world.restartServer();
    world.settle();
    QCOMPARE(fingerprint(*world.snapshot()), fingerprint(replayed));
    QVERIFY(world.allEqual());
}

QTEST_GUILESS_MAIN(ConvergenceTest)
#include "tst_Convergence.moc"
