// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/document/Adopt.h"
#include "shared/document/Convert.h"
#include "shared/document/Invert.h"
#include "shared/document/Plan.h"
#include "shared/field/SelectFields.h"
#include "shared/support/ErrorText.h"

#include <QTest>

using namespace casebase;

/// What fields have to do with others of their record: states and their reasons, cascades, and
/// times that tell of the changes of some fields.
class TiesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void state_goesOnlyWhereItMay();
    void state_twoMovesInOneRequest_areTwoMoves();
    void state_isNotEmptied_andNotTakenBack();
    void state_withoutLimits_goesAnywhere();
    void state_ofAnOptionThatIsGone_mayGoAnywhere();
    void state_thatBecomesPartOfAnother_isNoMove();
    void reason_isWrittenInTheSameStep();
    void cascade_refusesWhatDoesNotGoTogether();
    void cascade_emptiesWhatNoLongerFits_andUndoBringsItBack();
    void cascade_overThreeLevels_andSeveralChoices();
    void cascade_defaultThatDoesNotFit_isLeftOut();
    void cascade_thatDependsOnItself_isRefused();
    void cascade_offersWhatCanBeChosen();
    void watched_tellsTheLastChangeOfItsFieldsOnly();
    void watched_countsWhatFollows_andUndo();
    void watched_ofOldRecords_isTheirLastChange();
    void watched_ofLinks_countsBothEnds();
    void ties_goWithWhatCannotHaveThem();

private:
    Result<ChangeSet> change(const QList<Operation> &operations);
    Result<ChangeSet> edit(quint64 record, int field, const Value &value)
    {
        return change(
            {EditCells{m_table, {CellEdit{recordId(record), fieldId(field), value, {}}}, false}});
    }
    Result<ChangeSet> create(quint64 record, const QList<FieldValue> &values)
    {
        return change({CreateRecords{m_table, {NewRecord{recordId(record), values}}}});
    }
    Result<ChangeSet> put(const Field &field) { return change({PutField{m_table, field}}); }
    Field field(int n) const { return *m_document.table(m_table)->definition().field(fieldId(n)); }
    static RecordId recordId(quint64 n) { return RecordId(IdBits{5, n}); }
    static FieldId fieldId(int n) { return FieldId(IdBits{2, quint64(n)}); }
    static OptionId option(int n) { return OptionId(IdBits{3, quint64(n)}); }
    Value value(quint64 record, int field) const;
    void hangUnder(int child, int parent, const QHash<int, QList<int>> &under);
    void limitMoves();
    void addWatcher(int id, FieldKind kind, const QList<FieldId> &watched);

    const TableId m_table{IdBits{1, 1}};
    const UserId m_me{IdBits{9, 9}};
    Document m_document;
    qint64 m_nowMs = 5000;
};

namespace {

// Fields.
constexpr int Name = 1, State = 2, Why = 3, Region = 4, City = 5, Streets = 6, Since = 7;
// Options.
constexpr int Open = 1, Working = 2, Done_ = 3, North = 11, South = 12, Harbin = 21, Canton = 22,
              Anywhere = 23, First = 31, Second = 32;

QString sentence(const Result<ChangeSet> &result)
{
    return result ? QString() : englishSentence(result.error());
}

} // namespace

void TiesTest::init()
{
    m_document = Document();
    m_nowMs = 5000;
    Table table;
    table.id = m_table;
    table.name = QStringLiteral("t");
    const auto add = [&](int id, const char *name, FieldKind kind,
                         const QList<std::pair<int, const char *>> &options) {
        Field made;
        made.id = fieldId(id);
        made.name = QString::fromLatin1(name);
        made.kind = kind;
        for (const auto &[optionId, optionName] : options) {
            made.options +=
                Option{option(optionId), QString::fromLatin1(optionName), QStringLiteral("red")};
        }
        table.fields += made;
    };
    add(Name, "name", FieldKind::SingleLineText, {});
    add(State, "state", FieldKind::State, {{Open, "open"}, {Working, "working"}, {Done_, "done"}});
    add(Why, "why", FieldKind::SingleLineText, {});
    add(Region, "region", FieldKind::SingleSelect, {{North, "north"}, {South, "south"}});
    add(City, "city", FieldKind::SingleSelect,
        {{Harbin, "Harbin"}, {Canton, "Canton"}, {Anywhere, "anywhere"}});
    add(Streets, "streets", FieldKind::MultipleSelects, {{First, "first"}, {Second, "second"}});
    QVERIFY(change({PutTable{table}}));
    QVERIFY(create(1, {{fieldId(Name), QStringLiteral("one")}}));
}

Result<ChangeSet> TiesTest::change(const QList<Operation> &operations)
{
    const Stamp stamp{m_me, m_nowMs};
    const quint64 revision = m_document.revision() + 1;
    TRY_SET(const ChangeSet changes, plan(m_document, operations, {stamp, false}, revision));
    adopt(m_document, changes, stamp, revision, {stamp.timeMs, QTimeZone::utc()});
    return changes;
}

Value TiesTest::value(quint64 record, int id) const
{
    const TableData &table = *m_document.table(m_table);
    return table.value(*table.row(recordId(record)), field(id));
}

void TiesTest::hangUnder(int child, int parent, const QHash<int, QList<int>> &under)
{
    Field tied = field(child);
    tied.parent = fieldId(parent);
    for (Option &each : tied.options) {
        for (const int above : under.value(int(each.id.bits().noise))) {
            each.under += option(above);
        }
    }
    QVERIFY(put(tied));
}

/// open → working → open or done, and no further.
void TiesTest::limitMoves()
{
    Field state = field(State);
    state.limitsMoves = true;
    state.options[0].next = {option(Working)};
    state.options[1].next = {option(Open), option(Done_)};
    QVERIFY(put(state));
}

void TiesTest::addWatcher(int id, FieldKind kind, const QList<FieldId> &watched)
{
    Field since;
    since.id = fieldId(id);
    since.name = QStringLiteral("watcher %1").arg(id);
    since.kind = kind;
    since.watched = watched;
    QVERIFY(put(since));
}

void TiesTest::state_goesOnlyWhereItMay()
{
    limitMoves();
    QVERIFY(edit(1, State, option(Open))); // from nothing anywhere
    const auto refused = edit(1, State, option(Done_));
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::MoveNotAllowed);
    QCOMPARE(sentence(refused),
        QStringLiteral("“state” does not go from “open” to “done”. From there it may go to: "
                       "working."));
    QVERIFY(edit(1, State, option(Open))); // it stays
    QVERIFY(edit(1, State, option(Working)));
    QVERIFY(edit(1, State, option(Done_)));
    const auto ended = edit(1, State, option(Open));
    QVERIFY2(sentence(ended).endsWith(QStringLiteral("—.")), qPrintable(sentence(ended)));
    QCOMPARE(value(1, State), Value(option(Done_)));
    QVERIFY(create(2, {{fieldId(State), option(Done_)}}));
}

void TiesTest::state_twoMovesInOneRequest_areTwoMoves()
{
    limitMoves();
    QVERIFY(edit(1, State, option(Open)));
    const auto step = [](int to) { return CellEdit{recordId(1), fieldId(State), option(to), {}}; };
    QVERIFY(!change({EditCells{m_table, {step(Done_), step(Working)}, false}}));
    QVERIFY(change({EditCells{m_table, {step(Working), step(Done_)}, false}}));
    QCOMPARE(value(1, State), Value(option(Done_)));
}

void TiesTest::state_isNotEmptied_andNotTakenBack()
{
    limitMoves();
    QVERIFY(edit(1, State, option(Open)));
    QVERIFY(!edit(1, State, {}));
    const auto moved = edit(1, State, option(Working));
    QVERIFY(change(invert(moved.value()))); // it may go back by itself
    QVERIFY(edit(1, State, option(Working)));
    const auto done = edit(1, State, option(Done_));
    QCOMPARE(change(invert(done.value())).error().code, ErrorCode::MoveNotAllowed);
    // Nor by a request that says it only puts back what a change of the field has made.
    const CellEdit back{recordId(1), fieldId(State), option(Open), std::nullopt};
    QCOMPARE(change({EditCells{m_table, {back}, true}}).error().code, ErrorCode::MoveNotAllowed);
    // What deletes and restores the record does not move it.
    const auto gone = change({DeleteRecords{m_table, {recordId(1)}}});
    QVERIFY(change(invert(gone.value())));
    QCOMPARE(value(1, State), Value(option(Done_)));
}

void TiesTest::state_withoutLimits_goesAnywhere()
{
    QVERIFY(edit(1, State, option(Done_)));
    QVERIFY(edit(1, State, option(Open)));
    QVERIFY(edit(1, State, {}));
}

void TiesTest::state_ofAnOptionThatIsGone_mayGoAnywhere()
{
    limitMoves();
    QVERIFY(edit(1, State, option(Open)));
    Field state = field(State);
    state.options.removeAt(0);
    QVERIFY(put(state));
    QCOMPARE(value(1, State), Value());
    QVERIFY(!field(State).options[0].next.contains(option(Open)));
    QVERIFY(edit(1, State, option(Done_)));
}

void TiesTest::state_thatBecomesPartOfAnother_isNoMove()
{
    limitMoves();
    QVERIFY(create(2, {{fieldId(State), option(Done_)}}));
    Field state = field(State);
    QList<Operation> merge =
        mergeOptions(*m_document.table(m_table), state, {{option(Done_), option(Open)}});
    state.options.removeAt(2);
    merge += PutField{m_table, state};
    const auto merged = change(merge);
    QVERIFY2(merged, qPrintable(sentence(merged)));
    QCOMPARE(value(2, State), Value(option(Open)));
    QVERIFY(field(State).limitsMoves);
    QCOMPARE(field(State).options[0].next, QList<OptionId>{option(Working)});
    const auto back = change(invert(merged.value()));
    QVERIFY2(back, qPrintable(sentence(back)));
    QCOMPARE(value(2, State), Value(option(Done_)));
    QCOMPARE(field(State).options.size(), 3);
    QVERIFY(field(State).limitsMoves);
}

void TiesTest::reason_isWrittenInTheSameStep()
{
    Field state = field(State);
    state.reason = fieldId(Why);
    state.options[2].asksReason = true;
    QVERIFY(put(state));
    QVERIFY(edit(1, Why, QStringLiteral("an older reason")));
    QVERIFY(edit(1, State, option(Working)));
    const auto refused = edit(1, State, option(Done_));
    QCOMPARE(refused.error().code, ErrorCode::ReasonMissing);
    QVERIFY(sentence(refused).contains(QStringLiteral("“why”")));
    const auto move = [this](const Value &why) {
        return change({EditCells{m_table,
            {CellEdit{recordId(1), fieldId(State), option(Done_), {}},
                CellEdit{recordId(1), fieldId(Why), why, {}}},
            false}});
    };
    QVERIFY(!move({}));
    QVERIFY(move(QStringLiteral("repaired")));
    QVERIFY(edit(1, Name, QStringLiteral("renamed"))); // it is so already
    QVERIFY(edit(1, State, option(Open)));
    QVERIFY(create(2, {{fieldId(State), option(Done_)}})); // born so, not moved there
    // A field that takes no text takes no reasons.
    state.reason = fieldId(Region);
    QVERIFY(!put(state));
}

void TiesTest::cascade_refusesWhatDoesNotGoTogether()
{
    hangUnder(City, Region, {{Harbin, {North}}, {Canton, {South}}});
    QVERIFY(edit(1, Region, option(North)));
    const auto refused = edit(1, City, option(Canton));
    QCOMPARE(refused.error().code, ErrorCode::OptionElsewhere);
    QCOMPARE(sentence(refused),
        QStringLiteral("“Canton” is no choice for “city” while “region” is “north”. Choose "
                       "another, or change “region” first."));
    QVERIFY(edit(1, City, option(Harbin)));
    QVERIFY(edit(1, City, option(Anywhere)));
    QVERIFY(!create(2, {{fieldId(City), option(Canton)}})); // under nothing
    QVERIFY(create(2, {{fieldId(City), option(Canton)}, {fieldId(Region), option(South)}}));
    QVERIFY(create(3, {{fieldId(City), option(Anywhere)}}));
    QVERIFY(change({EditCells{m_table,
        {CellEdit{recordId(2), fieldId(City), option(Harbin), {}},
            CellEdit{recordId(2), fieldId(Region), option(North), {}}},
        false}}));
}

void TiesTest::cascade_emptiesWhatNoLongerFits_andUndoBringsItBack()
{
    hangUnder(City, Region, {{Harbin, {North}}, {Canton, {South}}});
    QVERIFY(create(2, {{fieldId(City), option(Canton)}, {fieldId(Region), option(South)}}));
    const auto moved = edit(2, Region, option(North));
    QVERIFY(moved);
    QCOMPARE(value(2, City), Value());
    const auto back = change(invert(moved.value()));
    QVERIFY2(back, qPrintable(sentence(back)));
    QCOMPARE(value(2, Region), Value(option(South)));
    QCOMPARE(value(2, City), Value(option(Canton)));
    QVERIFY(change(invert(back.value())));
    QCOMPARE(value(2, Region), Value(option(North)));
    QCOMPARE(value(2, City), Value());
    // A city that must be there cannot be lost on the way.
    QVERIFY(edit(2, Region, option(South)));
    QVERIFY(edit(2, City, option(Canton)));
    Field city = field(City);
    city.rules.isRequired = true;
    QVERIFY(put(city));
    QCOMPARE(edit(2, Region, option(North)).error().code, ErrorCode::MissingValue);
}

void TiesTest::cascade_overThreeLevels_andSeveralChoices()
{
    // The grandchild stands before its parent among the fields.
    Field streets = field(Streets);
    QVERIFY(change({PutField{m_table, streets, 0}, PutField{m_table, field(Name), 0}}));
    hangUnder(City, Region, {{Harbin, {North}}, {Canton, {South}}});
    hangUnder(Streets, City, {{First, {Canton}}});
    QVERIFY(create(2,
        {{fieldId(Region), option(South)}, {fieldId(City), option(Canton)},
            {fieldId(Streets), Options{option(First), option(Second)}}}));
    QVERIFY(edit(2, Region, option(North)));
    QCOMPARE(value(2, City), Value());
    QCOMPARE(value(2, Streets), Value(Options{option(Second)}));
    QVERIFY(!edit(2, Streets, Options{option(First)}));
}

void TiesTest::cascade_defaultThatDoesNotFit_isLeftOut()
{
    hangUnder(City, Region, {{Harbin, {North}}, {Canton, {South}}});
    Field city = field(City);
    city.defaultValue = {DefaultValue::Kind::Fixed, option(Harbin)};
    QVERIFY(put(city));
    QVERIFY(create(2, {{fieldId(Region), option(North)}}));
    QCOMPARE(value(2, City), Value(option(Harbin)));
    QVERIFY(create(3, {{fieldId(Region), option(South)}}));
    QCOMPARE(value(3, City), Value());
}

void TiesTest::cascade_thatDependsOnItself_isRefused()
{
    hangUnder(City, Region, {});
    Field region = field(Region);
    region.parent = fieldId(City);
    QVERIFY(!put(region));
    region.parent = region.id;
    QVERIFY(!put(region));
    region.parent = fieldId(Name);
    QVERIFY(!put(region));
}

void TiesTest::cascade_offersWhatCanBeChosen()
{
    hangUnder(City, Region, {{Harbin, {North}}, {Canton, {South}}});
    const auto names = [](const QList<Option> &options) {
        QStringList result;
        for (const Option &each : options) {
            result += each.name;
        }
        return result.join(u' ');
    };
    QCOMPARE(
        names(choosableOptions(field(City), {}, option(North))), QStringLiteral("Harbin anywhere"));
    QCOMPARE(names(choosableOptions(field(City), option(Canton), option(North))),
        QStringLiteral("Harbin Canton anywhere"));
    QCOMPARE(
        names(choosableOptions(field(City), {}, {})), QStringLiteral("Harbin Canton anywhere"));
    // What decided has gone to the trash: nothing decides any more, here and in the plan.
    Field region = field(Region);
    region.isTrashed = true;
    QVERIFY(put(region));
    const Table &table = m_document.table(m_table)->definition();
    QCOMPARE(names(choosableOptions(withLiveTies(field(City), table), {}, {})),
        QStringLiteral("Harbin Canton anywhere"));
    QVERIFY(edit(1, City, option(Canton)));
    limitMoves();
    QCOMPARE(
        names(choosableOptions(field(State), option(Open), {})), QStringLiteral("open working"));
    QCOMPARE(names(choosableOptions(field(State), {}, {})), QStringLiteral("open working done"));
}

void TiesTest::watched_tellsTheLastChangeOfItsFieldsOnly()
{
    addWatcher(Since, FieldKind::ModifiedTime, {fieldId(State)});
    addWatcher(8, FieldKind::ModifiedBy, {fieldId(State)});
    m_nowMs = 6000;
    QVERIFY(create(2, {{fieldId(Name), QStringLiteral("two")}}));
    QCOMPARE(value(2, Since), Value()); // it has no state yet
    m_nowMs = 7000;
    QVERIFY(create(3, {{fieldId(State), option(Open)}}));
    QCOMPARE(value(3, Since), Value(Moment{7000}));
    QCOMPARE(value(3, 8), Value(m_me));
    m_nowMs = 8000;
    QVERIFY(edit(3, Name, QStringLiteral("renamed")));
    QCOMPARE(value(3, Since), Value(Moment{7000}));
    QVERIFY(edit(3, State, option(Open))); // no change
    QCOMPARE(value(3, Since), Value(Moment{7000}));
    QVERIFY(edit(3, State, option(Working)));
    QCOMPARE(value(3, Since), Value(Moment{8000}));
    const auto written = edit(3, Since, Moment{1});
    QCOMPARE(written.error().code, ErrorCode::ReadOnlyField);
}

void TiesTest::watched_countsWhatFollows_andUndo()
{
    hangUnder(City, Region, {{Harbin, {North}}});
    addWatcher(Since, FieldKind::ModifiedTime, {fieldId(City)});
    QVERIFY(create(2, {{fieldId(City), option(Harbin)}, {fieldId(Region), option(North)}}));
    m_nowMs = 6000;
    const auto moved = edit(2, Region, option(South)); // takes the city away
    QCOMPARE(value(2, Since), Value(Moment{6000}));
    m_nowMs = 7000;
    const auto back = change(invert(moved.value()));
    QVERIFY2(back, qPrintable(sentence(back)));
    QCOMPARE(value(2, City), Value(option(Harbin)));
    QCOMPARE(value(2, Since), Value(Moment{7000}));
}

void TiesTest::watched_ofOldRecords_isTheirLastChange()
{
    m_nowMs = 6000;
    QVERIFY(edit(1, Name, QStringLiteral("renamed")));
    m_nowMs = 9000;
    addWatcher(Since, FieldKind::ModifiedTime, {fieldId(State)});
    QCOMPARE(value(1, Since), Value(Moment{6000}));
    // Taken back and made again; and of all fields it has no values of its own.
    Field since = field(Since);
    since.watched.clear();
    const auto all = put(since);
    QVERIFY(all);
    QCOMPARE(value(1, Since), Value(Moment{m_document.table(m_table)->meta(0).modifiedMs}));
    const auto back = change(invert(all.value()));
    QVERIFY2(back, qPrintable(sentence(back)));
    QCOMPARE(field(Since).watched, QList<FieldId>{fieldId(State)});
    QVERIFY(!isEmpty(value(1, Since)));
    Field other = field(Since);
    other.kind = FieldKind::DateTime;
    const Value before = value(1, Since);
    const auto retyped = put(other);
    QVERIFY(retyped);
    QCOMPARE(value(1, Since), before);
    QVERIFY(change(invert(retyped.value())));
    QVERIFY(!isEmpty(value(1, Since)));
}

void TiesTest::watched_ofLinks_countsBothEnds()
{
    Field link;
    link.id = fieldId(40);
    link.name = QStringLiteral("up");
    link.kind = FieldKind::Links;
    link.link = {m_table, fieldId(41), true, false, WhenGone::Unlink};
    QVERIFY(put(link));
    addWatcher(Since, FieldKind::ModifiedTime, {fieldId(41)});
    QVERIFY(create(2, {}));
    m_nowMs = 6000;
    QVERIFY(edit(1, 40, Links{{recordId(2), {}}}));
    QCOMPARE(value(2, Since), Value(Moment{6000}));
    QVERIFY(value(1, Since) != Value(Moment{6000}));
}

void TiesTest::ties_goWithWhatCannotHaveThem()
{
    limitMoves();
    hangUnder(State, Region, {{Open, {North}}});
    Field plain = field(State);
    plain.kind = FieldKind::SingleLineText;
    QVERIFY(put(plain));
    QVERIFY(!field(State).limitsMoves);
    QVERIFY(field(State).parent.isNull());
    Field watching = field(Name);
    watching.watched = {fieldId(State)};
    QVERIFY(put(watching));
    QVERIFY(field(Name).watched.isEmpty());
    Field since;
    since.id = fieldId(Since);
    since.name = QStringLiteral("since");
    since.kind = FieldKind::ModifiedTime;
    since.watched = {fieldId(99)};
    QVERIFY(!put(since));
}

QTEST_GUILESS_MAIN(TiesTest)
#include "tst_Ties.moc"
