// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/field/SelectFields.h"
#include "shared/transfer/Import.h"
#include "tests/support/Cases.h"

#include <QFile>
#include <QRandomGenerator>
#include <QTest>

using namespace casebase;

class StoriesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void restoredServer_changesSinceAreOfferedAgain();
    void restoredServer_isAskedAbout_andNothingIsMixed();
    void restoredServer_offersGoOutBeforeWhatWaits();
    void storageFails_laterRequestsDoNotOvertake();
    void edit_isOnTheOtherScreen();
    void edit_whileOffline_goesOutOnceWhenPluggedIn();
    void kill_withChangesWaiting_keepsThem();
    void sameRequest_sentTwice_isAppliedOnce();
    void anothersAnswer_isNotTaken();
    void requestThatNoMessageHolds_isRefusedAtOnce();
    void linkInThePlaceOfAnother_getsNothingOfIt();
    void sameCell_editedByTwo_serverOrderWinsAndIsMarked();
    void undo_takesBack_andIsRefusedAfterSomebodyElse();
    void delete_undo_bringsValuesBack();
    void reader_mayLookAndNotTouch();
    void editor_makesOptions_whereTheFieldTakesThem();
    void stranger_seesNothing_andLosesAccessAtOnce();
    void schema_changesWhileOthersWork();
    void fieldChanges_underTyping_loseNothing_data();
    void fieldChanges_underTyping_loseNothing();
    void defaults_areGivenOnce_byWhoeverMakesTheRecord();
    void retype_undo_restoresExactly();
    void approval_walksThroughNodes();
    void approval_byTwoAtOnce_oneWins();
    void approval_ofChangedContent_isRefused();
    void formula_isTheSameForAll();
    void approval_offline_goesOutLater();
    void approval_ofSomebodyWhoHasLeft_isRefused();
    void workflowFields_cannotBeWrittenByHand();
    void serverRestart_keepsEverything();
    void clientRestart_readsItsCache();
    void import_ofRealData_convertsAndReaches();
    void presence_isShownAndGoes();
    void refusedChange_isKeptWithItsReason();
    void refusedFirst_restGoesOn_andWhatHangsOnItWaitsWithIt();
    void chainOfRequests_keepsItsOrder_whereverTheConnectionBreaks();
    void massRemoval_standsStill_untilSomebodySays_data();
    void massRemoval_standsStill_untilSomebodySays();
    void massRemoval_bySnapshot_standsStill();
    void massRemoval_ofTwoTables_isAskedAboutTwice_data();
    void massRemoval_ofTwoTables_isAskedAboutTwice();
    void fewRemovals_orOnesOwn_areNotAskedAbout();
    void autoNumbers_ofTwoOfflineClients_areUnique();
};

void StoriesTest::edit_isOnTheOtherScreen()
{
    World world;
    WorldClient &ann = world.add(QStringLiteral("ann"), Role::Owner);
    WorldClient &bob = world.add(QStringLiteral("bob"));
    makeCases(ann, world);
    const RecordId record =
        ann.create(Cases, {{QStringLiteral("title"), QStringLiteral("broken box")}});
    QVERIFY(ann.session().waitingCount() == 1);
    world.settle();
    QCOMPARE(bob.text(Cases, record, QStringLiteral("title")), QStringLiteral("broken box"));
    QVERIFY(bob.edit(Cases, record, QStringLiteral("amount"), QStringLiteral("¥1,200")));
    world.settle();
    QCOMPARE(ann.text(Cases, record, QStringLiteral("amount")), QStringLiteral("1,200.00"));
    QCOMPARE(ann.session().waitingCount(), 0);
    QVERIFY(world.allEqual());
}

void StoriesTest::edit_whileOffline_goesOutOnceWhenPluggedIn()
{
    World world;
    WorldClient &ann = world.add(QStringLiteral("ann"), Role::Owner);
    WorldClient &bob = world.add(QStringLiteral("bob"));
    makeCases(ann, world);
    const RecordId record = ann.create(Cases, {{QStringLiteral("title"), QStringLiteral("one")}});
    world.settle();
    ann.goOffline();
    QVERIFY(ann.edit(Cases, record, QStringLiteral("title"), QStringLiteral("two")));
    const RecordId fresh = ann.create(Cases, {{QStringLiteral("title"), QStringLiteral("new")}});
    QVERIFY(bob.edit(Cases, record, QStringLiteral("amount"), QStringLiteral("7")));
    world.settle();
    QCOMPARE(ann.session().waitingCount(), 2);
    QCOMPARE(bob.text(Cases, record, QStringLiteral("title")), QStringLiteral("one"));
    const quint64 before = world.snapshot()->revision();
    ann.goOnline();
    world.settle();
    QCOMPARE(world.snapshot()->revision(), before + 2);
    QCOMPARE(ann.session().waitingCount(), 0);
    QCOMPARE(bob.text(Cases, fresh, QStringLiteral("title")), QStringLiteral("new"));
    QCOMPARE(ann.text(Cases, record, QStringLiteral("amount")), QStringLiteral("7.00"));
    QVERIFY(world.allEqual());
}

void StoriesTest::kill_withChangesWaiting_keepsThem()
{
    World world;
    WorldClient &ann = world.add(QStringLiteral("ann"), Role::Owner);
    makeCases(ann, world);
    ann.session().flushCache();
    ann.goOffline();
    const RecordId record = ann.create(Cases, {{QStringLiteral("title"), QStringLiteral("kept")}});
    ann.killAndRestart();
    QCOMPARE(ann.session().waitingCount(), 1);
    QCOMPARE(ann.text(Cases, record, QStringLiteral("title")), QStringLiteral("kept"));
    const quint64 before = world.snapshot()->revision();
    world.settle();
    QCOMPARE(world.snapshot()->revision(), before + 1);
    QCOMPARE(ann.session().waitingCount(), 0);
    ann.killAndRestart();
    world.settle();
    QCOMPARE(world.snapshot()->revision(), before + 1);
    QVERIFY(world.allEqual());
}

void StoriesTest::sameRequest_sentTwice_isAppliedOnce()
{
    World world;
    WorldClient &ann = world.add(QStringLiteral("ann"), Role::Owner);
    makeCases(ann, world);
    const CreateRecords create{
        ann.table(Cases).definition().id, {NewRecord{ann.session().ids().next<RecordId>(), {}}}};
    const RequestId id{ann.session().ids().next<DeviceId>(), 1};
    QList<Result<Outcome>> outcomes;
    const auto note = [&](const Result<Outcome> &outcome) { outcomes += outcome; };
    world.core().host().submit({ann.user()}, world.base(), id, Edit{{create}}, note);
    world.core().host().submit({ann.user()}, world.base(), id, Edit{{create}}, note);
    world.core().host().submit({ann.user()}, world.base(), id, Edit{}, note);
    world.settle();
    QCOMPARE(outcomes.size(), 3);
    QVERIFY(outcomes[0] && outcomes[1]);
    QVERIFY(outcomes[1].value().isRepeated);
    QCOMPARE(outcomes[1].value().revision, outcomes[0].value().revision);
    QVERIFY(!outcomes[2]);
    QCOMPARE(outcomes[2].error().code, ErrorCode::OperationReused);
    QVERIFY(world.allEqual());
}

void StoriesTest::anothersAnswer_isNotTaken()
{
    World world;
    WorldClient &ann = world.add(QStringLiteral("ann"), Role::Owner);
    makeCases(ann, world);
    const RecordId record = ann.create(Cases, {{QStringLiteral("title"), QStringLiteral("one")}});
    QCOMPARE(ann.session().waitingCount(), 1);
    const RequestId answered{
        ann.session().ids().next<DeviceId>(), ann.session().allWaiting().first().counter};
    ann.receive(Accepted{world.base(), answered, 99});
    ann.receive(Rejected{world.base(), answered, {ErrorCode::Forbidden, {}, {}}});
    ann.deliverAll();
    QCOMPARE(ann.session().waitingCount(), 1);
    QVERIFY(ann.refusals.isEmpty());
    world.settle();
    QCOMPARE(ann.session().waitingCount(), 0);
    QVERIFY(world.snapshot()->tableNamed(Cases)->aliveRow(record));
}

/// In the outbox it would wait for ever, and everything after it.
void StoriesTest::requestThatNoMessageHolds_isRefusedAtOnce()
{
    World world;
    WorldClient &ann = world.add(QStringLiteral("ann"), Role::Owner);
    makeCases(ann, world);
    const RecordId record = ann.create(Cases, {{QStringLiteral("title"), QStringLiteral("one")}});
    world.settle();
    const TableData &cases = *ann.document().tableNamed(Cases);
    EditCells edit{cases.definition().id, {}, false};
    const QString text(1000, u'x');
    for (int i = 0; i < 17'000; ++i) {
        edit.cells += CellEdit{record, cases.definition().fields[0].id, text, {}};
    }
    const Done refused = ann.ask(Edit{{edit}});
    QVERIFY(!refused && refused.error().code == ErrorCode::TooLarge);
    QCOMPARE(ann.session().waitingCount(), 0);
    QCOMPARE(ann.text(Cases, record, QStringLiteral("title")), QStringLiteral("one"));
    edit.cells.resize(10'000);
    QVERIFY(ann.ask(Edit{{edit}}));
    world.settle();
    QCOMPARE(ann.session().waitingCount(), 0);
    QVERIFY(world.allEqual());
}

void StoriesTest::linkInThePlaceOfAnother_getsNothingOfIt()
{
    struct Heard final : LinkTransport {
        void send(const QByteArray &bytes) override
        {
            messages += decodeMessage(bytes, MessageLimit).value();
        }
        void close(int, const QString &) override { }
        qint64 waitingBytes() const override { return 0; }
        bool isJson() const override { return false; }
        QList<Message> messages;
    };
    World world;
    WorldClient &ann = world.add(QStringLiteral("ann"), Role::Owner);
    world.settle();
    const QString token =
        world.core().accounts().createToken(ann.user(), {}, AllScopes).value().secret;
    const auto hello = [&](DeviceId device) {
        return encodeMessage(Hello{ProtocolVersion, device, token, false, false}, false);
    };
    Heard heard[2];
    std::optional<ClientLink> link; // Whatever comes into it has the same address.
    link.emplace(world.hub(), heard[0]);
    const auto first = ann.session().ids().next<DeviceId>();
    link->onMessage(hello(first));
    world.settle();
    QCOMPARE(heard[0].messages.size(), 1);
    link->onMessage(encodeMessage(Submit{world.base(), {first, 1}, Edit{}}, false));
    link.reset();
    link.emplace(world.hub(), heard[1]);
    link->onMessage(hello(ann.session().ids().next<DeviceId>()));
    world.settle();
    QCOMPARE(heard[1].messages.size(), 1);
    QVERIFY(std::holds_alternative<Welcome>(heard[1].messages.first()));
    QCOMPARE(std::get<Welcome>(heard[1].messages.first()).counter, quint64(0));
}

void StoriesTest::sameCell_editedByTwo_serverOrderWinsAndIsMarked()
{
    World world;
    WorldClient &ann = world.add(QStringLiteral("ann"), Role::Owner);
    WorldClient &bob = world.add(QStringLiteral("bob"));
    makeCases(ann, world);
    const RecordId record = ann.create(Cases, {{QStringLiteral("title"), QStringLiteral("one")}});
    world.settle();
    int marked = 0;
    QObject::connect(&ann.session(), &Session::overwritten, &ann.session(), [&] { ++marked; });
    QVERIFY(ann.edit(Cases, record, QStringLiteral("title"), QStringLiteral("from ann")));
    QVERIFY(bob.edit(Cases, record, QStringLiteral("title"), QStringLiteral("from bob")));
    world.settle();
    QCOMPARE(ann.text(Cases, record, QStringLiteral("title")),
        bob.text(Cases, record, QStringLiteral("title")));
    QCOMPARE(marked, 1);
    const auto history = world.core().host().store().historyOf(
        world.base(), ann.table(Cases).definition().id, *ann.table(Cases).row(record), record, 10);
    QVERIFY(history);
    QCOMPARE(history.value().size(), 3); // both edits are found, whoever won
    QVERIFY(world.allEqual());
}

void StoriesTest::undo_takesBack_andIsRefusedAfterSomebodyElse()
{
    World world;
    WorldClient &ann = world.add(QStringLiteral("ann"), Role::Owner);
    WorldClient &bob = world.add(QStringLiteral("bob"));
    makeCases(ann, world);
    const RecordId record = ann.create(Cases, {{QStringLiteral("title"), QStringLiteral("one")}});
    world.settle();
    QVERIFY(ann.edit(Cases, record, QStringLiteral("title"), QStringLiteral("two")));
    world.settle();
    QVERIFY(ann.undo().undo());
    world.settle();
    QCOMPARE(bob.text(Cases, record, QStringLiteral("title")), QStringLiteral("one"));
    QVERIFY(ann.undo().redo());
    world.settle();
    QCOMPARE(bob.text(Cases, record, QStringLiteral("title")), QStringLiteral("two"));
    QVERIFY(bob.edit(Cases, record, QStringLiteral("title"), QStringLiteral("three")));
    world.settle();
    const Done undone = ann.undo().undo();
    QVERIFY(!undone);
    QCOMPARE(undone.error().code, ErrorCode::ChangedSince);
    QCOMPARE(ann.text(Cases, record, QStringLiteral("title")), QStringLiteral("three"));
    QVERIFY(world.allEqual());
}

void StoriesTest::delete_undo_bringsValuesBack()
{
    World world;
    WorldClient &ann = world.add(QStringLiteral("ann"), Role::Owner);
    WorldClient &bob = world.add(QStringLiteral("bob"));
    makeCases(ann, world);
    const RecordId record = ann.create(Cases,
        {{QStringLiteral("title"), QStringLiteral("one")},
            {QStringLiteral("kind"), QStringLiteral("repair")}});
    world.settle();
    QVERIFY(bob.remove(Cases, record));
    world.settle();
    QCOMPARE(ann.text(Cases, record, QStringLiteral("title")), QStringLiteral("<gone>"));
    WorldClient &cat = world.add(QStringLiteral("cat")); // never saw it
    QVERIFY(bob.undo().undo());
    world.settle();
    for (WorldClient *each : {&ann, &bob, &cat}) {
        QCOMPARE(each->text(Cases, record, QStringLiteral("kind")), QStringLiteral("repair"));
    }
    QVERIFY(world.allEqual());
}

void StoriesTest::reader_mayLookAndNotTouch()
{
    World world;
    WorldClient &ann = world.add(QStringLiteral("ann"), Role::Owner);
    WorldClient &rea = world.add(QStringLiteral("rea"), Role::Reader);
    makeCases(ann, world);
    const RecordId record = ann.create(Cases, {{QStringLiteral("title"), QStringLiteral("one")}});
    world.settle();
    QCOMPARE(rea.text(Cases, record, QStringLiteral("title")), QStringLiteral("one"));
    const Done edited = rea.edit(Cases, record, QStringLiteral("title"), QStringLiteral("mine"));
    QVERIFY(!edited);
    QCOMPARE(edited.error().code, ErrorCode::Forbidden);
    // Past the client's own check the server says the same.
    const auto forced =
        world.submit(rea.user(), Edit{{DeleteRecords{ann.table(Cases).definition().id, {record}}}});
    QVERIFY(!forced);
    QCOMPARE(forced.error().code, ErrorCode::Forbidden);
    QVERIFY(world.allEqual());
}

void StoriesTest::editor_makesOptions_whereTheFieldTakesThem()
{
    World world;
    WorldClient &ann = world.add(QStringLiteral("ann"), Role::Owner);
    WorldClient &bob = world.add(QStringLiteral("bob"));
    WorldClient &cat = world.add(QStringLiteral("cat"));
    makeCases(ann, world);
    const RecordId record = ann.create(Cases, {{QStringLiteral("title"), QStringLiteral("one")}});
    const RecordId other = ann.create(Cases, {{QStringLiteral("title"), QStringLiteral("two")}});
    world.settle();
    const auto kind = [](WorldClient &client) {
        return *client.table(Cases).definition().fieldNamed(QStringLiteral("kind"));
    };
    const qsizetype known = kind(ann).options.size();
    const auto write = [&](WorldClient &client, RecordId where, const QString &name) {
        Field extended = kind(client);
        OptionMaker(extended).add(name);
        return client.undo().perform(world.base(),
            {AddOptions{extended.id, extended.options.mid(kind(client).options.size())},
                EditCells{client.table(Cases).definition().id,
                    {CellEdit{where, extended.id, extended.optionNamed(name)->id, {}}}, false}},
            name);
    };
    const auto closed = write(bob, record, QStringLiteral("swap"));
    QVERIFY(!closed);
    QCOMPARE(closed.error().code, ErrorCode::Forbidden);
    Field open = kind(ann);
    open.takesNewOptions = true;
    QVERIFY(ann.ask(Edit{{PutField{ann.table(Cases).definition().id, open}}}));
    world.settle();
    // Both while they hear of nobody, one of them in other letters.
    bob.goOffline();
    cat.goOffline();
    QVERIFY(write(bob, record, QStringLiteral("swap")));
    QVERIFY(write(bob, other, QStringLiteral("gift")));
    QVERIFY(write(cat, other, QStringLiteral("Swap")));
    bob.goOnline();
    cat.goOnline();
    world.settle();
    for (WorldClient *each : {&ann, &bob, &cat}) {
        QCOMPARE(kind(*each).options.size(), known + 2);
        QCOMPARE(each->text(Cases, record, QStringLiteral("kind")), QStringLiteral("swap"));
        QCOMPARE(each->text(Cases, other, QStringLiteral("kind")), QStringLiteral("swap"));
    }
    QVERIFY(bob.refusals.isEmpty() && cat.refusals.isEmpty());
    // Undo takes the value back and leaves the option.
    QVERIFY(cat.undo().undo());
    world.settle();
    QCOMPARE(ann.text(Cases, other, QStringLiteral("kind")), QString());
    QCOMPARE(kind(ann).options.size(), known + 2);
    QVERIFY(world.allEqual());
}

void StoriesTest::stranger_seesNothing_andLosesAccessAtOnce()
{
    World world;
    WorldClient &ann = world.add(QStringLiteral("ann"), Role::Owner);
    WorldClient &sam = world.add(QStringLiteral("sam"), Role::None);
    makeCases(ann, world);
    QVERIFY(sam.session().bases().isEmpty());
    WorldClient &bob = world.add(QStringLiteral("bob"));
    QCOMPARE(bob.session().bases().size(), 1);
    QVERIFY(ann.ask(
        Edit{{PutPerson{{bob.user(), QStringLiteral("bob"), QStringLiteral("bob"), Role::None}}}}));
    world.settle();
    QVERIFY(bob.session().bases().isEmpty());
    const quint64 known = bob.session().replica(world.base())->confirmed().revision();
    ann.create(Cases, {{QStringLiteral("title"), QStringLiteral("secret")}});
    world.settle();
    QCOMPARE(bob.session().replica(world.base())->confirmed().revision(), known);
    const auto asked = world.submit(bob.user(), Edit{});
    QVERIFY(!asked);
    QCOMPARE(asked.error().code, ErrorCode::NotFound);
}

void StoriesTest::schema_changesWhileOthersWork()
{
    World world;
    WorldClient &ann = world.add(QStringLiteral("ann"), Role::Owner);
    WorldClient &bob = world.add(QStringLiteral("bob"));
    makeCases(ann, world);
    const RecordId record = bob.create(Cases, {{QStringLiteral("title"), QStringLiteral("one")}});
    world.settle();
    const TableId table = ann.table(Cases).definition().id;
    Field title = *ann.table(Cases).definition().fieldNamed(QStringLiteral("title"));
    title.name = QStringLiteral("subject");
    QVERIFY(ann.undo().perform(world.base(), {PutField{table, title}}, QStringLiteral("rename")));
    QVERIFY(bob.edit(Cases, record, QStringLiteral("title"), QStringLiteral("typed meanwhile")));
    world.settle();
    QCOMPARE(bob.text(Cases, record, QStringLiteral("subject")), QStringLiteral("typed meanwhile"));
    title.isTrashed = true;
    QVERIFY(!ann.ask(Edit{{PutField{table, title}}})
        || ann.table(Cases).definition().primaryField()->name == QStringLiteral("amount"));
    world.settle();
    QVERIFY(!bob.table(Cases).definition().fieldNamed(QStringLiteral("subject")));
    title.isTrashed = false;
    QVERIFY(ann.ask(Edit{{PutField{table, title}}}));
    world.settle();
    QCOMPARE(bob.text(Cases, record, QStringLiteral("subject")), QStringLiteral("typed meanwhile"));
    Table trashed = ann.table(Cases).definition();
    trashed.isTrashed = true;
    QVERIFY(ann.undo().perform(world.base(), {PutTable{trashed}}, QStringLiteral("delete")));
    world.settle();
    QVERIFY(!bob.document().tableNamed(Cases));
    QVERIFY(ann.undo().undo());
    world.settle();
    QCOMPARE(bob.text(Cases, record, QStringLiteral("subject")), QStringLiteral("typed meanwhile"));
    QVERIFY(world.allEqual());
}

namespace {

/// Every text that the log has in that field, and every one in what the server refused.
QSet<QString> textsKept(World &world, FieldId field, const QList<WorldClient *> &clients)
{
    QSet<QString> texts;
    const auto keep = [&](FieldId of, const Value &value) {
        if (const auto *text = std::get_if<QString>(&value); text && of == field) {
            texts += *text;
        }
    };
    const auto log = world.core().host().store().commitsSince(world.base(), 0, 100000);
    for (const Commit &commit : log ? log.value() : QList<Commit>()) {
        for (const Change &change : commit.changes.changes) {
            const auto *records = std::get_if<RecordChanges>(&change);
            for (const CellChange &cell : records ? records->cells : QList<CellChange>()) {
                keep(cell.field, cell.before);
                keep(cell.field, cell.after);
            }
        }
    }
    for (WorldClient *client : clients) {
        for (const Pending &each : client->session().refused()) {
            const auto &operations = std::get<Edit>(each.request).operations;
            for (const CellEdit &cell : std::get<EditCells>(operations.first()).cells) {
                keep(cell.field, cell.value);
            }
        }
    }
    return texts;
}

} // namespace

void StoriesTest::fieldChanges_underTyping_loseNothing_data()
{
    QTest::addColumn<quint32>("seed");
    for (quint32 seed = 1; seed <= 5; ++seed) {
        QTest::addRow("seed %u", seed) << seed;
    }
}

void StoriesTest::fieldChanges_underTyping_loseNothing()
{
    QFETCH(quint32, seed);
    QRandomGenerator random(seed);
    World world(seed);
    WorldClient &ann = world.add(QStringLiteral("ann"), Role::Owner);
    makeCases(ann, world);
    QList<WorldClient *> typists;
    for (int i = 0; i < 7; ++i) {
        typists += &world.add(QStringLiteral("agent %1").arg(i));
    }
    QList<RecordId> records;
    for (int i = 0; i < 20; ++i) {
        records += ann.create(Cases, {});
    }
    world.settle();
    typists[5]->goOffline();
    typists[6]->goOffline();
    const TableId table = ann.table(Cases).definition().id;
    const FieldId title = ann.field(Cases, QStringLiteral("title"));
    QSet<QString> typed;
    for (int step = 0; step < 300; ++step) {
        WorldClient &client = *typists[random.bounded(int(typists.size()))];
        const Field *shown = client.table(Cases).definition().field(title);
        const QString text = QString::number(1000 + step)
            + (step % 3 == 0 ? QString() : QStringLiteral(" and a word"));
        if (shown && !shown->isTrashed && shown->kind == FieldKind::SingleLineText
            && client.edit(Cases, records[random.bounded(20)], shown->name, text)) {
            typed += text;
        }
        if (step % 10 == 5) {
            Field field = *ann.table(Cases).definition().field(title);
            field.name = QStringLiteral("title %1").arg(step);
            field.kind = random.bounded(2) ? FieldKind::Number : FieldKind::SingleLineText;
            field.isTrashed = random.bounded(3) == 0;
            Table moved = ann.table(Cases).definition();
            std::reverse(moved.fields.begin(), moved.fields.end());
            const Done changed = ann.ask(Edit{{PutField{table, field}}});
            const Done reordered = ann.ask(Edit{{PutTable{moved}}});
            Q_UNUSED(changed) // refused is as good
            Q_UNUSED(reordered)
        }
        if (random.bounded(3) == 0) {
            world.settle();
        }
        world.clock.advanceMs(2000); // ten minutes in all
    }
    typists[5]->goOnline();
    typists[6]->goOnline();
    world.settle();
    QVERIFY(world.allEqual());
    QVERIFY(typed.size() > 100);
    const QSet<QString> kept = textsKept(world, title, typists);
    for (const QString &text : std::as_const(typed)) {
        QVERIFY2(kept.contains(text), qPrintable(text));
    }
}

void StoriesTest::defaults_areGivenOnce_byWhoeverMakesTheRecord()
{
    World world;
    WorldClient &ann = world.add(QStringLiteral("ann"), Role::Owner);
    WorldClient &bob = world.add(QStringLiteral("bob"));
    makeCases(ann, world);
    const QString kind = QStringLiteral("kind");
    const QString agent = QStringLiteral("agent");
    const Table before = ann.table(Cases).definition();
    Field choice = *before.fieldNamed(kind);
    choice.defaultValue = {DefaultValue::Kind::Fixed, choice.options[1].id};
    Field person = *before.fieldNamed(agent);
    person.defaultValue = {DefaultValue::Kind::Me, {}};
    QVERIFY(ann.ask(Edit{{PutField{before.id, choice}, PutField{before.id, person}}}));
    world.settle();
    bob.goOffline();
    const RecordId made = bob.create(Cases, {{QStringLiteral("title"), QStringLiteral("a")}});
    QCOMPARE(bob.text(Cases, made, kind), QStringLiteral("repair")); // shown at once
    QCOMPARE(bob.text(Cases, made, agent), QStringLiteral("bob"));
    bob.goOnline();
    world.settle();
    QCOMPARE(ann.text(Cases, made, agent), QStringLiteral("bob"));
    QVERIFY(bob.edit(Cases, made, kind, QString()));
    QVERIFY(bob.remove(Cases, made));
    QVERIFY(bob.undo().undo());
    world.settle();
    QCOMPARE(ann.text(Cases, made, kind), QString()); // it was brought back, not made
    // In a file a blank is a blank; a column that is not there is not given.
    const CsvTable csv = parseCsv("title,kind\nb,\nc,refund\n").value();
    QList<ImportFault> faults;
    const ImportPlan plan = matchedImport(csv, ann.table(Cases).definition());
    const CreateRecords rows =
        RowImport(csv, plan, nullptr)
            .next(2, ann.session().fieldContext(world.base()), ann.session().ids(), faults);
    QVERIFY(ann.ask(Edit{{rows}}));
    world.settle();
    QCOMPARE(bob.text(Cases, rows.records[0].id, kind), QString());
    QCOMPARE(bob.text(Cases, rows.records[0].id, agent), QStringLiteral("ann"));
    QCOMPARE(bob.text(Cases, rows.records[1].id, kind), QStringLiteral("refund"));
    // The option goes, and the default with it.
    choice = *ann.table(Cases).definition().fieldNamed(kind);
    choice.options.removeAt(1);
    QVERIFY(ann.ask(Edit{{PutField{before.id, choice}}}));
    world.settle();
    QVERIFY(bob.table(Cases).definition().fieldNamed(kind)->defaultValue == DefaultValue());
    choice.defaultValue = {DefaultValue::Kind::Fixed, OptionId(IdBits{1, 1})};
    QVERIFY(!ann.ask(Edit{{PutField{before.id, choice}}}));
    QVERIFY(world.allEqual());
}

void StoriesTest::retype_undo_restoresExactly()
{
    World world;
    WorldClient &ann = world.add(QStringLiteral("ann"), Role::Owner);
    WorldClient &bob = world.add(QStringLiteral("bob"));
    makeCases(ann, world);
    QList<RecordId> records;
    for (const char *title : {"12", "1,234.5", "not a number", "¥7"}) {
        records += ann.create(Cases, {{QStringLiteral("title"), QString::fromUtf8(title)}});
    }
    world.settle();
    Field title = *ann.table(Cases).definition().fieldNamed(QStringLiteral("title"));
    title.kind = FieldKind::Number;
    title.precision = -1;
    const TableId table = ann.table(Cases).definition().id;
    QVERIFY(ann.undo().perform(world.base(), {PutField{table, title}}, QStringLiteral("retype")));
    world.settle();
    QCOMPARE(bob.text(Cases, records[1], QStringLiteral("title")), QStringLiteral("1,234.5"));
    QCOMPARE(bob.text(Cases, records[2], QStringLiteral("title")), QString());
    QVERIFY(ann.undo().undo());
    world.settle();
    QCOMPARE(bob.text(Cases, records[2], QStringLiteral("title")), QStringLiteral("not a number"));
    QCOMPARE(bob.text(Cases, records[3], QStringLiteral("title")), QStringLiteral("¥7"));
    for (int again = 0; again < 2; ++again) {
        QVERIFY(ann.undo().redo()); // What the fields held in between is no number.
        world.settle();
        QCOMPARE(bob.text(Cases, records[3], QStringLiteral("title")), QStringLiteral("7"));
        QVERIFY(ann.undo().undo());
        world.settle();
        QCOMPARE(bob.text(Cases, records[3], QStringLiteral("title")), QStringLiteral("¥7"));
        QCOMPARE(
            bob.text(Cases, records[2], QStringLiteral("title")), QStringLiteral("not a number"));
    }
    QVERIFY(world.allEqual());
}

void StoriesTest::approval_walksThroughNodes()
{
    World world;
    WorldClient &ann = world.add(QStringLiteral("ann"), Role::Owner);
    WorldClient &lea = world.add(QStringLiteral("lea"));
    WorldClient &fin = world.add(QStringLiteral("fin"), Role::Reader);
    makeCases(ann, world);
    const WorkflowId workflow = makeWorkflow(ann, world, {lea.user()});
    QVERIFY(!workflow.isNull());
    QVERIFY(fin.table(Cases).definition().fieldNamed(QStringLiteral("state")));
    const RecordId record = ann.create(Cases,
        {{QStringLiteral("title"), QStringLiteral("one")},
            {QStringLiteral("agent"), QStringLiteral("fin")}});
    world.settle();
    const auto instance = ann.session().ids().next<InstanceId>();
    const TableId table = ann.table(Cases).definition().id;
    QVERIFY(ann.ask(StartWorkflow{instance, table, workflow, record}));
    world.settle();
    QCOMPARE(fin.text(Cases, record, QStringLiteral("state")), QStringLiteral("running"));
    QCOMPARE(fin.text(Cases, record, QStringLiteral("node")), QStringLiteral("Lead"));
    QCOMPARE(lea.notices, QList<QString>{QStringLiteral("task")});
    // A second start on a running record is refused.
    QVERIFY(
        ann.ask(StartWorkflow{ann.session().ids().next<InstanceId>(), table, workflow, record}));
    world.settle();
    QCOMPARE(ann.refusals.value(0).code, ErrorCode::AlreadyRunning);
    world.clock.advanceMs(28 * 60000);
    QVERIFY(lea.ask(
        ActOnTask{taskOf(lea, instance), instance, TaskVerb::Approve, QStringLiteral("fine"),
            {FieldValue{ann.field(Cases, QStringLiteral("amount")), Value(168.0)}}, 0}));
    world.settle();
    QCOMPARE(ann.text(Cases, record, QStringLiteral("node")), QStringLiteral("Finance"));
    QCOMPARE(ann.text(Cases, record, QStringLiteral("amount")), QStringLiteral("168.00"));
    QCOMPARE(fin.notices, QList<QString>{QStringLiteral("task")});
    // Nobody approves with an edit that the node does not allow, and nobody rejects without a word.
    QVERIFY(fin.ask(ActOnTask{taskOf(fin, instance), instance, TaskVerb::Reject, {}, {}, 0}));
    world.settle();
    QCOMPARE(fin.refusals.value(0).code, ErrorCode::CommentNeeded);
    QVERIFY(fin.ask(ActOnTask{
        taskOf(fin, instance), instance, TaskVerb::Reject, QStringLiteral("no receipt"), {}, 0}));
    world.settle();
    QCOMPARE(ann.text(Cases, record, QStringLiteral("state")), QStringLiteral("rejected"));
    QCOMPARE(ann.text(Cases, record, QStringLiteral("node")), QStringLiteral("end"));
    QCOMPARE(ann.notices, QList<QString>{QStringLiteral("ended")});
    const Instance &ended = *ann.document().instance(instance);
    QCOMPARE(ended.steps.size(), 2);
    QCOMPARE(ended.steps[0].leftMs - ended.steps[0].enteredMs, 28 * 60000);
    QCOMPARE(ended.steps[1].tasks[0].comment, QStringLiteral("no receipt"));
    QVERIFY(world.allEqual());
}

void StoriesTest::approval_byTwoAtOnce_oneWins()
{
    World world;
    WorldClient &ann = world.add(QStringLiteral("ann"), Role::Owner);
    WorldClient &lea = world.add(QStringLiteral("lea"));
    WorldClient &max = world.add(QStringLiteral("max"));
    makeCases(ann, world);
    const auto [record, instance] =
        startApproval(ann, world, makeWorkflow(ann, world, {lea.user(), max.user()}));
    QVERIFY(lea.ask(ActOnTask{taskOf(lea, instance), instance, TaskVerb::Approve, {}, {}, 0}));
    QVERIFY(max.ask(
        ActOnTask{taskOf(max, instance), instance, TaskVerb::Reject, QStringLiteral("no"), {}, 0}));
    world.settle();
    QCOMPARE(lea.refusals.size() + max.refusals.size(), 1);
    WorldClient &loser = lea.refusals.isEmpty() ? max : lea;
    const QString winner = lea.refusals.isEmpty() ? QStringLiteral("lea") : QStringLiteral("max");
    QCOMPARE(loser.refusals[0].code, ErrorCode::AlreadyDecided);
    QCOMPARE(loser.refusals[0].arguments.value(0), winner);
    QVERIFY(world.allEqual());
}

void StoriesTest::approval_ofChangedContent_isRefused()
{
    World world;
    WorldClient &ann = world.add(QStringLiteral("ann"), Role::Owner);
    WorldClient &lea = world.add(QStringLiteral("lea"));
    makeCases(ann, world);
    const WorkflowId workflow = makeWorkflow(ann, world, {lea.user()});
    const RecordId record = ann.create(Cases, {{QStringLiteral("title"), QStringLiteral("one")}});
    const auto instance = ann.session().ids().next<InstanceId>();
    QVERIFY(ann.ask(StartWorkflow{instance, ann.table(Cases).definition().id, workflow, record}));
    world.settle();
    const TableData &table = lea.table(Cases);
    const quint64 seen = table.meta(*table.row(record)).revision;
    QVERIFY(ann.edit(Cases, record, QStringLiteral("title"), QStringLiteral("swapped")));
    QVERIFY(lea.ask(ActOnTask{taskOf(lea, instance), instance, TaskVerb::Approve, {}, {}, seen}));
    world.settle();
    QCOMPARE(lea.refusals.value(0).code, ErrorCode::ChangedSince);
    QCOMPARE(ann.text(Cases, record, QStringLiteral("state")), QStringLiteral("running"));
    QVERIFY(world.allEqual());
}

/// A formula that an owner makes is computed in front of everybody, offline too, and follows the
/// clock without a message.
void StoriesTest::formula_isTheSameForAll()
{
    World world;
    WorldClient &ann = world.add(QStringLiteral("ann"), Role::Owner);
    WorldClient &bob = world.add(QStringLiteral("bob"));
    makeCases(ann, world);
    const RecordId record = ann.create(Cases,
        {{ann.session()
                 .document(world.base())
                 ->tableNamed(Cases)
                 ->definition()
                 .primaryField()
                 ->name,
             QStringLiteral("c")},
            {QStringLiteral("amount"), QStringLiteral("3")}});
    IdSource ids(world.clock, 77);
    Field size = newField(ids, QStringLiteral("size"), FieldKind::SingleLineText);
    size.formula = QStringLiteral("IF({amount}>10,\"large\",\"small\")");
    Field age = newField(ids, QStringLiteral("age"), FieldKind::Number);
    age.formula = QStringLiteral("DATETIME_DIFF(NOW(),CREATED_TIME(),'minutes')");
    const TableId table = ann.session().document(world.base())->tableNamed(Cases)->definition().id;
    QVERIFY(ann.ask(Edit{{PutField{table, size}, PutField{table, age}}}));
    QCOMPARE(ann.text(Cases, record, QStringLiteral("size")), QStringLiteral("small"));
    world.settle();
    QCOMPARE(bob.text(Cases, record, QStringLiteral("size")), QStringLiteral("small"));
    bob.goOffline();
    QVERIFY(bob.edit(Cases, record, QStringLiteral("amount"), QStringLiteral("12")));
    QCOMPARE(bob.text(Cases, record, QStringLiteral("size")), QStringLiteral("large"));
    QVERIFY(!bob.edit(Cases, record, QStringLiteral("size"), QStringLiteral("huge")));
    bob.goOnline();
    world.settle();
    QCOMPARE(ann.text(Cases, record, QStringLiteral("size")), QStringLiteral("large"));
    QVERIFY(world.allEqual());

    const quint64 revision = world.snapshot()->revision();
    world.clock.advanceMs(5 * 60 * 1000);
    for (WorldClient *client : {&ann, &bob}) {
        client->session().passTime();
        QCOMPARE(client->text(Cases, record, QStringLiteral("age")), QStringLiteral("5"));
    }
    world.core().host().passTime();
    world.settle();
    const TableData &cases = *world.snapshot()->tableNamed(Cases);
    QCOMPARE(cases.value(*cases.row(record), *cases.definition().fieldNamed(QStringLiteral("age"))),
        Value(5.0));
    QCOMPARE(world.snapshot()->revision(), revision);
    QVERIFY(world.allEqual());

    bob.killAndRestart(); // Computed again from what the cache holds.
    QCOMPARE(bob.text(Cases, record, QStringLiteral("size")), QStringLiteral("large"));
    world.restartServer();
    world.settle();
    QVERIFY(world.allEqual());
    // Taken back, the amounts and what was typed are as they were.
    QVERIFY(bob.edit(Cases, record, QStringLiteral("amount"), QStringLiteral("1")));
    world.settle();
    QCOMPARE(ann.text(Cases, record, QStringLiteral("size")), QStringLiteral("small"));
}

void StoriesTest::approval_offline_goesOutLater()
{
    World world;
    WorldClient &ann = world.add(QStringLiteral("ann"), Role::Owner);
    WorldClient &lea = world.add(QStringLiteral("lea"));
    makeCases(ann, world);
    const auto [record, instance] =
        startApproval(ann, world, makeWorkflow(ann, world, {lea.user()}));
    lea.goOffline();
    const TaskId task = taskOf(lea, instance);
    QVERIFY(lea.ask(ActOnTask{task, instance, TaskVerb::Approve, {}, {}, 0}));
    QVERIFY(lea.session().replica(world.base())->isDecided(task));
    world.settle();
    QCOMPARE(ann.text(Cases, record, QStringLiteral("node")), QStringLiteral("Lead"));
    lea.goOnline();
    world.settle();
    QCOMPARE(ann.text(Cases, record, QStringLiteral("node")), QStringLiteral("Finance"));
    QVERIFY(world.allEqual());
}

void StoriesTest::approval_ofSomebodyWhoHasLeft_isRefused()
{
    World world;
    WorldClient &ann = world.add(QStringLiteral("ann"), Role::Owner);
    WorldClient &lea = world.add(QStringLiteral("lea"));
    WorldClient &max = world.add(QStringLiteral("max"));
    makeCases(ann, world);
    const auto [record, instance] =
        startApproval(ann, world, makeWorkflow(ann, world, {lea.user(), max.user()}));
    lea.goOffline();
    QVERIFY(lea.ask(ActOnTask{taskOf(lea, instance), instance, TaskVerb::Approve, {}, {}, 0}));
    QVERIFY(world.submit(ann.user(),
        Edit{{PutPerson{
            {lea.user(), lea.session().userName(), lea.session().userName(), Role::None}}}}));
    lea.goOnline();
    world.settle();
    QCOMPARE(ann.text(Cases, record, QStringLiteral("node")), QStringLiteral("Lead"));
    QCOMPARE(lea.session().refused().size(), 1);
    lea.session().retryRefused(lea.session().refused().first().counter);
    world.settle();
    QCOMPARE(ann.text(Cases, record, QStringLiteral("node")), QStringLiteral("Lead"));
    QCOMPARE(lea.session().refused().size(), 1);
    QVERIFY(max.ask(ActOnTask{taskOf(max, instance), instance, TaskVerb::Approve, {}, {}, 0}));
    world.settle();
    QCOMPARE(ann.text(Cases, record, QStringLiteral("node")), QStringLiteral("Finance"));
}

void StoriesTest::workflowFields_cannotBeWrittenByHand()
{
    World world;
    WorldClient &ann = world.add(QStringLiteral("ann"), Role::Owner);
    makeCases(ann, world);
    makeWorkflow(ann, world, {ann.user()});
    const RecordId record = ann.create(Cases, {{QStringLiteral("title"), QStringLiteral("one")}});
    const Done written = ann.edit(Cases, record, QStringLiteral("node"), QStringLiteral("Finance"));
    QVERIFY(!written);
    QCOMPARE(written.error().code, ErrorCode::ReadOnlyField);
    const auto forged = world.submit(ann.user(), Edit{{PutInstance{Instance()}}});
    QVERIFY(!forged);
    QCOMPARE(forged.error().code, ErrorCode::Forbidden);
}

void StoriesTest::serverRestart_keepsEverything()
{
    World world;
    WorldClient &ann = world.add(QStringLiteral("ann"), Role::Owner);
    makeCases(ann, world);
    makeWorkflow(ann, world, {ann.user()});
    for (int i = 0; i < 300; ++i) {
        ann.create(Cases,
            {{QStringLiteral("title"), QStringLiteral("case %1").arg(i)},
                {QStringLiteral("kind"), QStringLiteral("refund")}});
    }
    world.settle();
    const QString before = fingerprint(*world.snapshot());
    world.restartServer();
    world.settle();
    QCOMPARE(fingerprint(*world.snapshot()), before);
    const RecordId record = ann.create(Cases, {{QStringLiteral("title"), QStringLiteral("after")}});
    world.settle();
    QCOMPARE(ann.text(Cases, record, QStringLiteral("number")), QStringLiteral("0301"));
    QVERIFY(world.allEqual());
}

void StoriesTest::clientRestart_readsItsCache()
{
    World world;
    WorldClient &ann = world.add(QStringLiteral("ann"), Role::Owner);
    makeCases(ann, world);
    RecordId record;
    for (int i = 0; i < 700; ++i) {
        record = ann.create(Cases, {{QStringLiteral("title"), QStringLiteral("case %1").arg(i)}});
    }
    world.settle();
    ann.session().flushCache();
    QVERIFY(ann.edit(Cases, record, QStringLiteral("title"), QStringLiteral("later")));
    world.settle();
    ann.session().flushCache();
    const QString before = fingerprint(ann.document());
    ann.goOffline();
    ann.killAndRestart();
    QCOMPARE(fingerprint(ann.document()), before);
    world.settle();
    QVERIFY(world.allEqual());
}

void StoriesTest::import_ofRealData_convertsAndReaches()
{
    QFile file(QStringLiteral(CASEBASE_SOURCE "/tests/data/incidents.csv"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const auto csv = parseCsv(file.readAll());
    QVERIFY(csv);
    World world;
    WorldClient &ann = world.add(QStringLiteral("ann"), Role::Owner);
    WorldClient &bob = world.add(QStringLiteral("bob"));
    const FieldContext context = ann.session().fieldContext(world.base());
    const ImportPlan plan =
        guessedImport(csv.value(), QStringLiteral("incidents"), context, ann.session().ids());
    QList<ImportFault> faults;
    QVERIFY(ann.ask(Edit{{PutTable{plan.table},
        RowImport(csv.value(), plan, nullptr)
            .next(csv.value().rows.size(), context, ann.session().ids(), faults)}}));
    world.settle();
    QVERIFY(faults.isEmpty());
    const TableData &table = bob.table(QStringLiteral("incidents"));
    QCOMPARE(table.aliveCount(), csv.value().rows.size());
    const auto kind = [&](const char *name) {
        return table.definition().fieldNamed(QString::fromLatin1(name))->kind;
    };
    QCOMPARE(kind("number"), FieldKind::SingleLineText);
    QCOMPARE(kind("incident_state"), FieldKind::SingleSelect);
    QCOMPARE(kind("active"), FieldKind::Checkbox);
    QCOMPARE(kind("sys_mod_count"), FieldKind::Number);
    QCOMPARE(kind("opened_at"), FieldKind::DateTime);
    QCOMPARE(bob.text(QStringLiteral("incidents"), table.recordId(0), QStringLiteral("opened_at")),
        QStringLiteral("2016-02-29 01:16"));
    QCOMPARE(bob.text(QStringLiteral("incidents"), table.recordId(0), QStringLiteral("cmdb_ci")),
        QString());
    QVERIFY(world.allEqual());
}

void StoriesTest::presence_isShownAndGoes()
{
    World world;
    WorldClient &ann = world.add(QStringLiteral("ann"), Role::Owner);
    WorldClient &bob = world.add(QStringLiteral("bob"));
    makeCases(ann, world);
    const TableId table = ann.table(Cases).definition().id;
    ann.session().showPresence(Presence{world.base(), {}, {}, table, {}, {}, true});
    world.settle();
    QCOMPARE(bob.session().presences(world.base()).size(), 1);
    QCOMPARE(bob.session().presences(world.base()).first().user, ann.user());
    QVERIFY(ann.session().presences(world.base()).isEmpty());
    // Who comes later is told, too.
    WorldClient &cat = world.add(QStringLiteral("cat"));
    QCOMPARE(cat.session().presences(world.base()).size(), 1);
    ann.goOffline();
    world.settle();
    QVERIFY(bob.session().presences(world.base()).isEmpty());
}

void StoriesTest::refusedChange_isKeptWithItsReason()
{
    World world;
    WorldClient &ann = world.add(QStringLiteral("ann"), Role::Owner);
    WorldClient &bob = world.add(QStringLiteral("bob"));
    makeCases(ann, world);
    const RecordId record = ann.create(Cases, {{QStringLiteral("title"), QStringLiteral("one")}});
    const RecordId other = ann.create(Cases, {{QStringLiteral("title"), QStringLiteral("two")}});
    world.settle();
    bob.goOffline();
    QVERIFY(bob.edit(Cases, record, QStringLiteral("title"), QStringLiteral("lost?")));
    QVERIFY(bob.edit(Cases, other, QStringLiteral("title"), QStringLiteral("fine")));
    QVERIFY(ann.remove(Cases, record));
    world.settle();
    bob.goOnline();
    world.settle();
    QCOMPARE(bob.session().refused().size(), 1);
    QCOMPARE(bob.session().refused().first().refusal->code, ErrorCode::UnknownRecord);
    QCOMPARE(ann.text(Cases, other, QStringLiteral("title")), QStringLiteral("fine"));
    bob.killAndRestart();
    world.settle();
    QCOMPARE(bob.session().refused().size(), 1);
    bob.session().discardRefused(bob.session().refused().first().counter);
    QVERIFY(bob.session().refused().isEmpty());
    QVERIFY(world.allEqual());
}

void StoriesTest::refusedFirst_restGoesOn_andWhatHangsOnItWaitsWithIt()
{
    World world;
    WorldClient &ann = world.add(QStringLiteral("ann"), Role::Owner);
    WorldClient &bob = world.add(QStringLiteral("bob"));
    makeCases(ann, world);
    QList<RecordId> records;
    for (int i = 0; i < 40; ++i) {
        records += ann.create(Cases, {});
    }
    world.settle();
    bob.goOffline();
    // The first of 200 will be refused for ever, since its field goes; the next hangs on it.
    const RecordId poisoned = bob.create(Cases,
        {{QStringLiteral("title"), QStringLiteral("new")},
            {QStringLiteral("amount"), QStringLiteral("5")}});
    QVERIFY(bob.edit(Cases, poisoned, QStringLiteral("title"), QStringLiteral("renamed")));
    for (int i = 0; i < 198; ++i) {
        QVERIFY(bob.edit(Cases, records[i % 40], QStringLiteral("title"), QString::number(i)));
    }
    const TableId table = ann.table(Cases).definition().id;
    Field amount = *ann.table(Cases).definition().fieldNamed(QStringLiteral("amount"));
    amount.isTrashed = true;
    QVERIFY(ann.undo().perform(
        world.base(), {PutField{table, amount}}, QStringLiteral("delete field")));
    world.settle();
    bob.goOnline();
    world.settle();
    for (int i = 0; i < 40; ++i) {
        QCOMPARE(ann.text(Cases, records[i], QStringLiteral("title")),
            QString::number(i + (i < 38 ? 160 : 120)));
    }
    QCOMPARE(bob.session().waitingCount(), 0);
    QList<Pending> refused = bob.session().refused();
    QCOMPARE(refused.size(), 2);
    QCOMPARE(refused[0].refusal->code, ErrorCode::UnknownField);
    QCOMPARE(refused[1].refusal->code, ErrorCode::UnknownRecord);
    QVERIFY(world.allEqual());

    // What kept them is gone: both go out again, in their order.
    QVERIFY(ann.undo().undo());
    world.settle();
    for (const Pending &each : std::as_const(refused)) {
        bob.session().retryRefused(each.counter);
    }
    world.settle();
    QVERIFY(bob.session().refused().isEmpty());
    QCOMPARE(ann.text(Cases, poisoned, QStringLiteral("title")), QStringLiteral("renamed"));
    QCOMPARE(ann.text(Cases, poisoned, QStringLiteral("amount")), QStringLiteral("5.00"));
    QVERIFY(world.allEqual());
}

void StoriesTest::chainOfRequests_keepsItsOrder_whereverTheConnectionBreaks()
{
    World world;
    WorldClient &ann = world.add(QStringLiteral("ann"), Role::Owner);
    WorldClient &bob = world.add(QStringLiteral("bob"));
    makeCases(ann, world);
    const WorkflowId workflow = makeWorkflow(ann, world, {ann.user()});
    const TableId table = ann.table(Cases).definition().id;
    QRandomGenerator random(5);
    int broken = 0;
    for (int round = 0; round < 40; ++round) {
        const quint64 before = world.snapshot()->revision();
        bob.goOffline();
        // Each of these hangs on the one before it.
        const RecordId record = bob.create(Cases, {{QStringLiteral("title"), QStringLiteral("a")}});
        QVERIFY(bob.edit(Cases, record, QStringLiteral("title"), QStringLiteral("b")));
        QVERIFY(bob.edit(Cases, record, QStringLiteral("agent"), QStringLiteral("bob")));
        const auto instance = bob.session().ids().next<InstanceId>();
        QVERIFY(bob.ask(StartWorkflow{instance, table, workflow, record}));
        const RecordId gone = bob.create(Cases, {{QStringLiteral("title"), QStringLiteral("c")}});
        QVERIFY(bob.edit(Cases, gone, QStringLiteral("title"), QStringLiteral("d")));
        QVERIFY(bob.remove(Cases, gone));
        for (int breaks = 0; breaks < 12; ++breaks) {
            bob.goOnline();
            bob.breakAfter(round < 16 ? round : 1 + random.bounded(20));
            world.settle();
            broken += bob.session().connection() == Connection::Offline ? 1 : 0;
        }
        bob.goOnline();
        world.settle();
        QCOMPARE(bob.session().waitingCount(), 0);
        QVERIFY(bob.session().refused().isEmpty());
        QCOMPARE(world.snapshot()->revision(), before + 7); // each once
        QCOMPARE(ann.text(Cases, record, QStringLiteral("title")), QStringLiteral("b"));
        QCOMPARE(ann.text(Cases, record, QStringLiteral("node")), QStringLiteral("Lead"));
        QVERIFY(!ann.table(Cases).aliveRow(gone));
        QVERIFY(world.allEqual());
    }
    QVERIFY2(broken > 150, qPrintable(QString::number(broken)));
}

namespace {

QList<RecordId> makeMany(WorldClient &ann, World &world, int count)
{
    CreateRecords create{ann.table(Cases).definition().id, {}};
    QList<RecordId> records;
    for (int i = 0; i < count; ++i) {
        records += ann.session().ids().next<RecordId>();
        create.records += NewRecord{records.last(),
            {{ann.field(Cases, QStringLiteral("title")), QStringLiteral("case %1").arg(i)}}};
    }
    [&] { QVERIFY(ann.ask(Edit{{create}})); }();
    world.settle();
    return records;
}

} // namespace

void StoriesTest::massRemoval_standsStill_untilSomebodySays_data()
{
    QTest::addColumn<int>("atOnce");
    QTest::addColumn<bool>("bringsBack");
    QTest::newRow("at once, goes on") << 160 << false;
    QTest::newRow("at once, is brought back") << 160 << true;
    QTest::newRow("one after another, goes on") << 1 << false;
    QTest::newRow("one after another, is brought back") << 1 << true;
}

void StoriesTest::massRemoval_standsStill_untilSomebodySays()
{
    QFETCH(const int, atOnce);
    QFETCH(const bool, bringsBack);
    World world;
    WorldClient &ann = world.add(QStringLiteral("ann"), Role::Owner);
    WorldClient &bob = world.add(QStringLiteral("bob"));
    makeCases(ann, world);
    const QList<RecordId> records = makeMany(ann, world, 200);
    const TableId table = ann.table(Cases).definition().id;
    for (int i = 0; i < 160; i += atOnce) {
        QVERIFY(ann.ask(Edit{{DeleteRecords{table, records.mid(i, atOnce)}}}));
    }
    world.settle();
    const auto &removal = bob.session().removal(world.base());
    QVERIFY(removal);
    QCOMPARE(removal->tableName, Cases);
    QCOMPARE(removal->by, ann.user());
    QCOMPARE(removal->of, 200);
    QCOMPARE(removal->records.size(), 160); // with those that wait
    QCOMPARE(bob.table(Cases).aliveCount(), atOnce == 160 ? 200 : 100);
    QVERIFY(!bob.session().isCaughtUp(world.base()));

    // Work goes on meanwhile, in both directions, and nothing is mixed up by it.
    QVERIFY(bob.edit(Cases, records[199], QStringLiteral("title"), QStringLiteral("by bob")));
    QVERIFY(ann.edit(Cases, records[198], QStringLiteral("title"), QStringLiteral("by ann")));
    world.settle();
    QCOMPARE(ann.text(Cases, records[199], QStringLiteral("title")), QStringLiteral("by bob"));

    // The question is asked again after the network was away.
    bob.goOffline();
    QVERIFY(!bob.session().removal(world.base()));
    bob.goOnline();
    world.settle();
    QVERIFY(bob.session().removal(world.base()));

    QVERIFY(bob.session().answerRemoval(
        world.base(), bringsBack ? RemovalAnswer::BringBack : RemovalAnswer::GoOn));
    QVERIFY(!bob.session().removal(world.base()));
    world.settle();
    QCOMPARE(bob.text(Cases, records[198], QStringLiteral("title")), QStringLiteral("by ann"));
    QCOMPARE(ann.table(Cases).aliveCount(), bringsBack ? 200 : 40);
    QVERIFY(world.allEqual());
    const QDir folder(bob.session().settings().folder);
    QCOMPARE(folder.entryList({QStringLiteral("cache-before-removal-*.db")}).size(), 1);
    world.clock.advanceMs(31LL * 24 * 3600 * 1000);
    bob.killAndRestart();
    world.settle();
    QVERIFY(folder.entryList({QStringLiteral("cache-before-removal-*.db")}).isEmpty());
    QVERIFY(world.allEqual());
}

void StoriesTest::massRemoval_bySnapshot_standsStill()
{
    World world;
    WorldClient &ann = world.add(QStringLiteral("ann"), Role::Owner);
    WorldClient &bob = world.add(QStringLiteral("bob"));
    makeCases(ann, world);
    const QList<RecordId> records = makeMany(ann, world, 300);
    const TableId table = ann.table(Cases).definition().id;
    bob.goOffline();
    QVERIFY(ann.ask(Edit{{DeleteRecords{table, records.mid(0, 250)}}}));
    makeMany(ann, world, 250); // As many as before, and others.
    for (int i = 0; i < 2100; ++i) { // more than are caught up with one by one
        QVERIFY(ann.edit(Cases, records[299], QStringLiteral("title"), QString::number(i)));
        if (i % 500 == 0) {
            world.settle();
            world.clock.advanceMs(1000); // as many as the server takes from one client
        }
    }
    world.settle();
    bob.goOnline();
    world.settle();
    QVERIFY(bob.session().removal(world.base()));
    QCOMPARE(bob.session().removal(world.base())->records.size(), 250);
    QCOMPARE(bob.table(Cases).aliveCount(), 300);
    QVERIFY(ann.edit(Cases, records[299], QStringLiteral("title"), QStringLiteral("last")));
    world.settle();
    QVERIFY(bob.session().answerRemoval(world.base(), RemovalAnswer::BringBack));
    world.settle();
    QCOMPARE(bob.text(Cases, records[299], QStringLiteral("title")), QStringLiteral("last"));
    QCOMPARE(ann.table(Cases).aliveCount(), 550);
    QVERIFY(world.allEqual());
}

void StoriesTest::massRemoval_ofTwoTables_isAskedAboutTwice_data()
{
    QTest::addColumn<bool>("bySnapshot");
    QTest::newRow("one commit") << false;
    QTest::newRow("a snapshot") << true;
}

void StoriesTest::massRemoval_ofTwoTables_isAskedAboutTwice()
{
    QFETCH(const bool, bySnapshot);
    World world;
    WorldClient &ann = world.add(QStringLiteral("ann"), Role::Owner);
    WorldClient &bob = world.add(QStringLiteral("bob"));
    makeCases(ann, world);
    const QList<RecordId> records = makeMany(ann, world, 150);
    IdSource &ids = ann.session().ids();
    Table other;
    other.id = ids.next<TableId>();
    other.name = QStringLiteral("other");
    other.fields = {newField(ids, QStringLiteral("title"), FieldKind::SingleLineText)};
    CreateRecords create{other.id, {}};
    QList<RecordId> others;
    for (int i = 0; i < 150; ++i) {
        others += ids.next<RecordId>();
        create.records += NewRecord{others.last(), {}};
    }
    QVERIFY(ann.ask(Edit{{PutTable{other}, create}}));
    world.settle();
    if (bySnapshot) {
        bob.goOffline();
    }
    const TableId table = ann.table(Cases).definition().id;
    QVERIFY(ann.ask(Edit{{DeleteRecords{table, records}, DeleteRecords{other.id, others}}}));
    for (int i = 0; bySnapshot && i < 2100; ++i) {
        ann.create(Cases, {});
        if (i % 500 == 0) {
            world.settle();
            world.clock.advanceMs(1000);
        }
    }
    world.settle();
    bob.goOnline();
    world.settle();
    // Brought back in one, given up in the other; nothing goes before both are answered.
    QVERIFY(bob.session().removal(world.base()));
    const TableId first = bob.session().removal(world.base())->table;
    QVERIFY(bob.session().answerRemoval(
        world.base(), first == table ? RemovalAnswer::BringBack : RemovalAnswer::GoOn));
    world.settle();
    QVERIFY(bob.session().removal(world.base()));
    QVERIFY(bob.session().removal(world.base())->table != first);
    QCOMPARE(bob.table(Cases).aliveCount(), 150);
    QCOMPARE(bob.table(QStringLiteral("other")).aliveCount(), 150);
    QVERIFY(bob.session().answerRemoval(
        world.base(), first == table ? RemovalAnswer::GoOn : RemovalAnswer::BringBack));
    QVERIFY(!bob.session().removal(world.base()));
    world.settle();
    QCOMPARE(ann.table(QStringLiteral("other")).aliveCount(), 0);
    QCOMPARE(ann.table(Cases).aliveCount(), bySnapshot ? 2250 : 150);
    QVERIFY(world.allEqual());
    const QDir folder(bob.session().settings().folder);
    QCOMPARE(folder.entryList({QStringLiteral("cache-before-removal-*.db")}).size(), 1);
}

void StoriesTest::fewRemovals_orOnesOwn_areNotAskedAbout()
{
    World world;
    WorldClient &ann = world.add(QStringLiteral("ann"), Role::Owner);
    WorldClient &bob = world.add(QStringLiteral("bob"));
    makeCases(ann, world);
    const QList<RecordId> records = makeMany(ann, world, 400);
    const TableId table = ann.table(Cases).definition().id;
    QVERIFY(ann.ask(Edit{{DeleteRecords{table, records.mid(0, 200)}}})); // half, not more
    world.settle();
    QVERIFY(world.allEqual());
    QVERIFY(ann.ask(Edit{{RestoreRecords{table, records.mid(0, 200)}}}));
    QVERIFY(ann.ask(Edit{{DeleteRecords{table, records.mid(200, 200)}}})); // others came back
    world.settle();
    QVERIFY(world.allEqual());
    world.clock.advanceMs(11 * 60 * 1000);
    QVERIFY(ann.ask(Edit{{DeleteRecords{table, records.mid(0, 100)}}})); // a hundred, not more
    world.settle();
    QVERIFY(world.allEqual());
    world.clock.advanceMs(11 * 60 * 1000);
    QVERIFY(bob.ask(Edit{{DeleteRecords{table, records.mid(100, 100)}}}));
    world.settle();
    QVERIFY(!bob.session().removal(world.base()));
    QVERIFY(world.allEqual());
}

void StoriesTest::autoNumbers_ofTwoOfflineClients_areUnique()
{
    World world;
    WorldClient &ann = world.add(QStringLiteral("ann"), Role::Owner);
    WorldClient &bob = world.add(QStringLiteral("bob"));
    makeCases(ann, world);
    ann.goOffline();
    bob.goOffline();
    QList<RecordId> records;
    for (int i = 0; i < 5; ++i) {
        records += ann.create(Cases, {});
        records += bob.create(Cases, {});
    }
    ann.goOnline();
    bob.goOnline();
    world.settle();
    QSet<QString> numbers;
    for (const RecordId record : std::as_const(records)) {
        numbers.insert(ann.text(Cases, record, QStringLiteral("number")));
    }
    QCOMPARE(numbers.size(), 10);
    QVERIFY(world.allEqual());
}

void StoriesTest::restoredServer_changesSinceAreOfferedAgain()
{
    World world;
    WorldClient &ann = world.add(QStringLiteral("ann"), Role::Owner);
    WorldClient &bob = world.add(QStringLiteral("bob"));
    makeCases(ann, world);
    const QString title = QStringLiteral("title");
    const RecordId record = ann.create(Cases, {{title, QStringLiteral("before")}});
    world.settle();
    const QString backup = world.backUpServer();
    QVERIFY(ann.edit(Cases, record, title, QStringLiteral("after")));
    const RecordId fresh = bob.create(Cases, {{title, QStringLiteral("new")}});
    world.settle();
    QCOMPARE(ann.session().waitingCount(), 0);
    bob.goOffline();
    world.restoreServer(backup);
    bob.killAndRestart(); // what was acknowledged is remembered over a restart of the client
    world.settle();
    // Both show what the server has, and hold what it lost.
    QVERIFY(world.allEqual());
    QCOMPARE(ann.text(Cases, record, title), QStringLiteral("before"));
    QCOMPARE(ann.session().refused().size(), 1);
    QCOMPARE(ann.session().refused().first().refusal->code, ErrorCode::Restored);
    QCOMPARE(bob.session().refused().size(), 1);
    ann.session().retryRefused(ann.session().refused().first().counter);
    bob.session().retryRefused(bob.session().refused().first().counter);
    world.settle();
    QVERIFY(world.allEqual());
    QCOMPARE(bob.text(Cases, record, title), QStringLiteral("after"));
    QCOMPARE(ann.text(Cases, fresh, title), QStringLiteral("new"));
    QVERIFY(ann.session().refused().isEmpty());
    QCOMPARE(ann.session().waitingCount(), 0);
}

/// What is shown of the store as it was must not be taken for the store as it is.
void StoriesTest::restoredServer_isAskedAbout_andNothingIsMixed()
{
    const QString title = QStringLiteral("title");
    World world;
    WorldClient &ann = world.add(QStringLiteral("ann"), Role::Owner);
    WorldClient &bob = world.add(QStringLiteral("bob"));
    makeCases(ann, world);
    const RecordId record = ann.create(Cases, {{title, QStringLiteral("before")}});
    world.settle();
    const QString backup = world.backUpServer();
    makeMany(ann, world, 200);
    world.restoreServer(backup);
    bob.goOffline();
    world.settle();
    QVERIFY(ann.session().answerRemoval(world.base(), RemovalAnswer::GoOn));
    for (int i = 0; i < 3; ++i) { // The revisions go past the one that bob knows.
        QVERIFY(ann.edit(Cases, record, title, QString::number(i)));
    }
    world.settle();
    QVERIFY(world.allEqual());
    for (int i = 0; i < 2; ++i) {
        bob.goOnline();
        world.settle();
        QVERIFY(bob.session().removal(world.base()));
        QVERIFY(!bob.session().removal(world.base())->isInTrash);
        QCOMPARE(bob.table(Cases).aliveCount(), 201);
        bob.goOffline();
        bob.killAndRestart();
        world.settle();
    }
    QVERIFY(bob.session().removal(world.base()));
    QVERIFY(bob.session().answerRemoval(world.base(), RemovalAnswer::GoOn));
    QVERIFY(ann.edit(Cases, record, title, QStringLiteral("last")));
    world.settle();
    QCOMPARE(bob.text(Cases, record, title), QStringLiteral("last"));
    QVERIFY(world.allEqual());
}

void StoriesTest::restoredServer_offersGoOutBeforeWhatWaits()
{
    World world;
    WorldClient &ann = world.add(QStringLiteral("ann"), Role::Owner);
    makeCases(ann, world);
    const QString title = QStringLiteral("title");
    world.settle();
    const QString backup = world.backUpServer();
    const RecordId lost = ann.create(Cases, {{title, QStringLiteral("lost")}});
    world.settle();
    ann.goOffline();
    const RecordId later = ann.create(Cases, {{title, QStringLiteral("later")}});
    world.restoreServer(backup);
    Database &database = world.core().host().store().database();
    QVERIFY(database.run(QStringLiteral("PRAGMA query_only=ON"))); // so that the later one waits
    world.settle();
    QCOMPARE(ann.session().refused().size(), 1);
    ann.session().retryRefused(ann.session().refused().first().counter);
    QVERIFY(database.run(QStringLiteral("PRAGMA query_only=OFF")));
    QTest::qWait(2200);
    world.settle();
    QCOMPARE(ann.session().waitingCount(), 0);
    QVERIFY(world.allEqual());
    QCOMPARE(ann.text(Cases, lost, title), QStringLiteral("lost"));
    QCOMPARE(ann.text(Cases, later, title), QStringLiteral("later"));
}

void StoriesTest::storageFails_laterRequestsDoNotOvertake()
{
    World world;
    WorldClient &ann = world.add(QStringLiteral("ann"), Role::Owner);
    makeCases(ann, world);
    const QString title = QStringLiteral("title");
    Database &database = world.core().host().store().database();
    QVERIFY(database.run(QStringLiteral("PRAGMA query_only=ON"))); // every write fails from now on
    const RecordId record = ann.create(Cases, {{title, QStringLiteral("one")}});
    world.settle();
    QCOMPARE(ann.session().waitingCount(), 1);
    QVERIFY(world.snapshot()->tableNamed(Cases)->aliveCount() == 0);
    QVERIFY(database.run(QStringLiteral("PRAGMA query_only=OFF")));
    // An edit of the record that is not there yet must wait for it, not be refused.
    QVERIFY(ann.edit(Cases, record, title, QStringLiteral("two")));
    world.settle();
    QTest::qWait(2200); // the client tries again by itself
    world.settle();
    QCOMPARE(ann.session().waitingCount(), 0);
    QVERIFY(ann.refusals.isEmpty());
    QVERIFY(world.allEqual());
    QCOMPARE(ann.text(Cases, record, title), QStringLiteral("two"));
}

QTEST_GUILESS_MAIN(StoriesTest)
#include "tst_Stories.moc"
