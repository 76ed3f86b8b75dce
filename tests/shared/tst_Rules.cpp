// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/document/Adopt.h"
#include "shared/document/Invert.h"
#include "shared/document/Plan.h"
#include "shared/document/PlanRules.h"
#include "shared/field/SelectFields.h"
#include "shared/query/Match.h"
#include "shared/support/ErrorText.h"
#include "shared/support/Text.h"

#include <QElapsedTimer>
#include <QTest>

using namespace casebase;

/// What fields demand of their values: refused where it is written, left alone where it was before.
class RulesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void required_atBirth_andWhenEmptied();
    void required_whatWasEmptyBefore_stays();
    void required_links_areAskedForAtBothEnds();
    void unique_amongOthers_andWithinOneRequest();
    void unique_valuesChangePlaces_inOneRequest();
    void unique_ofDeletedRecords_areFree_untilTheyComeBack();
    void unique_isRefusedToAFieldThatHasTwoAlike();
    void unique_afterAChangeOfKind();
    void pattern_isForTheWhole_andSaysWhy();
    void pattern_thatIsNone_isRefused();
    void condition_readsTheRecordAsItIsInTheEnd();
    void condition_whoseFieldIsGone_isOutOfForce();
    void notNegative_isHeld();
    void options_comeWithValues_whereTheFieldTakesThem();
    void rules_goWithWhatCannotHaveThem();
    void rulesThatWarn_takeEverything_andTellWhatBreaksThem();
    void rulesThatWarn_untilTheyRefuse();
    void whatBreaksRules_isFoundAsOneByOne();
    void default_isWhatAFormulaMakesOfTheRecord();

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
    Done setRules(int field, const ValueRules &rules);
    static RecordId recordId(quint64 n) { return RecordId(IdBits{5, n}); }
    static FieldId fieldId(int n) { return FieldId(IdBits{2, quint64(n)}); }
    Value value(quint64 record, int field);
    /// The numbers of the records that a filter finds to break the rules of the field.
    QList<quint64> breaking(int field) const;
    /// What one record breaks, as people read it.
    QString broken(quint64 record, int field) const;

    const TableId m_table{IdBits{1, 1}};
    Document m_document;
};

namespace {

ValueRules required()
{
    return {true, false, {}, {}, {}};
}

ValueRules unique()
{
    return {false, true, {}, {}, {}};
}

ValueRules pattern(const QString &text, const QString &message = {})
{
    return {false, false, text, {}, message};
}

ValueRules condition(const QString &text, const QString &message = {})
{
    return {false, false, {}, text, message};
}

QString sentence(const Result<ChangeSet> &result)
{
    return result ? QString() : englishSentence(result.error());
}

} // namespace

void RulesTest::init()
{
    m_document = Document();
    Table table;
    table.id = m_table;
    table.name = QStringLiteral("t");
    const std::pair<const char *, FieldKind> fields[] = {{"name", FieldKind::SingleLineText},
        {"code", FieldKind::SingleLineText}, {"from", FieldKind::Number},
        {"to", FieldKind::Number}};
    for (const auto &[name, kind] : fields) {
        Field field;
        field.id = fieldId(int(table.fields.size()) + 1);
        field.name = QString::fromLatin1(name);
        field.kind = kind;
        field.precision = -1;
        table.fields += field;
    }
    QVERIFY(change({PutTable{table}}));
    QVERIFY(create(1, {{fieldId(1), QStringLiteral("one")}, {fieldId(2), QStringLiteral("A-1")}}));
    QVERIFY(create(2, {{fieldId(1), QStringLiteral("two")}}));
}

Result<ChangeSet> RulesTest::change(const QList<Operation> &operations)
{
    const Stamp stamp{UserId(IdBits{9, 9}), 5000};
    const quint64 revision = m_document.revision() + 1;
    TRY_SET(const ChangeSet changes, plan(m_document, operations, {stamp, false}, revision));
    adopt(m_document, changes, stamp, revision, {stamp.timeMs, QTimeZone::utc()});
    return changes;
}

Done RulesTest::setRules(int field, const ValueRules &rules)
{
    Field changed = *m_document.table(m_table)->definition().field(fieldId(field));
    changed.rules = rules;
    TRY(change({PutField{m_table, changed}}));
    return Ok;
}

Value RulesTest::value(quint64 record, int field)
{
    const TableData &table = *m_document.table(m_table);
    return table.value(*table.row(recordId(record)), *table.definition().field(fieldId(field)));
}

QList<quint64> RulesTest::breaking(int field) const
{
    const TableData &table = *m_document.table(m_table);
    const Filter filter{Filter::Kind::Test, {}, fieldId(field), FilterOp::BreaksRules, {}, {}};
    const auto test =
        compileFilter(filter, table, {{m_document.people()}, UserId(), Qt::Monday, &m_document});
    QList<quint64> found;
    for (const Row row : matchingRows(table, test.value())) {
        found += table.recordId(row).bits().noise;
    }
    return found;
}

QString RulesTest::broken(quint64 record, int field) const
{
    const TableData &table = *m_document.table(m_table);
    const QList<BrokenRule> all = brokenRules(m_document, table, {*table.row(recordId(record))},
        {*table.definition().field(fieldId(field))}, {m_document.people()});
    return all.isEmpty() ? QString() : englishSentence(all.first().error);
}

void RulesTest::rulesThatWarn_takeEverything_andTellWhatBreaksThem()
{
    ValueRules rules = required();
    rules.isUnique = true;
    rules.pattern = QStringLiteral("[A-Z]-\\d");
    rules.condition = QStringLiteral("{code}!=\"Z-0\"");
    rules.message = QStringLiteral("no zeros");
    rules.onlyWarns = true;
    QVERIFY(setRules(2, rules));
    QCOMPARE(breaking(2), QList<quint64>{2}); // It was there before, empty.
    QVERIFY(!m_document.table(m_table)->definition().field(fieldId(2))->isAskedFor());
    QVERIFY(create(3, {}));
    QVERIFY(create(4, {{fieldId(2), QStringLiteral("a-1")}}));
    QVERIFY(create(5, {{fieldId(2), QStringLiteral("Z-0")}}));
    QVERIFY(create(6, {{fieldId(2), QStringLiteral("B-1")}}));
    QCOMPARE(breaking(2), (QList<quint64>{1, 2, 3, 4, 5}));
    QVERIFY(broken(1, 2).contains(QLatin1String("A-1"))); // a-1 is the same
    QVERIFY(broken(2, 2).contains(QLatin1String("code")));
    QVERIFY(broken(4, 2).contains(QLatin1String("no zeros"))); // It has another form, too.
    QVERIFY(broken(5, 2).contains(QLatin1String("no zeros")));
    QVERIFY(broken(6, 2).isEmpty());
    QVERIFY(edit(4, 2, QStringLiteral("C-1")));
    QVERIFY(edit(2, 2, QStringLiteral("D-1")));
    QCOMPARE(breaking(2), (QList<quint64>{3, 5}));
    QVERIFY(edit(2, 2, QStringLiteral("C-1")));
    QCOMPARE(breaking(2), (QList<quint64>{2, 3, 4, 5}));
    QVERIFY(change({DeleteRecords{m_table, {recordId(4)}}}));
    QCOMPARE(breaking(2), (QList<quint64>{3, 5}));
}

void RulesTest::rulesThatWarn_untilTheyRefuse()
{
    ValueRules rules = unique();
    rules.onlyWarns = true;
    QVERIFY(setRules(2, rules));
    QVERIFY(edit(2, 2, QStringLiteral("a-1")));
    rules.onlyWarns = false;
    const Done refused = setRules(2, rules);
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::ValueTaken);
    QVERIFY(edit(2, 2, QStringLiteral("A-2")));
    QVERIFY(setRules(2, rules));
    QVERIFY(!edit(2, 2, QStringLiteral("a-1")));
    // A field without rules does not warn of any.
    ValueRules none;
    none.onlyWarns = true;
    QVERIFY(setRules(2, none));
    QVERIFY(m_document.table(m_table)->definition().field(fieldId(2))->rules.isEmpty());
    QCOMPARE(breaking(2), QList<quint64>());
}

/// By the filter, which counts values once, and each record by itself, which looks for others.
void RulesTest::whatBreaksRules_isFoundAsOneByOne()
{
    quint32 seed = 7;
    const auto random = [&seed](quint32 limit) {
        seed = seed * 1664525 + 1013904223;
        return (seed >> 16) % limit;
    };
    QList<NewRecord> records;
    for (quint64 n = 10; n < 210; ++n) {
        NewRecord record{recordId(n), {}};
        if (random(8) > 0) {
            record.values += FieldValue{
                fieldId(2), QStringLiteral("%1-%2").arg(QChar(u'A' + random(40))).arg(random(5))};
        }
        record.values += FieldValue{fieldId(3), double(random(9))};
        record.values += FieldValue{fieldId(4), double(random(9))};
        records += record;
    }
    QVERIFY(change({CreateRecords{m_table, records}}));
    for (int round = 0; round < 16; ++round) {
        ValueRules rules;
        rules.onlyWarns = true;
        rules.isRequired = round & 1;
        rules.isUnique = round & 2;
        rules.pattern = round & 4 ? QStringLiteral("[A-M]-[0-3]") : QString();
        rules.condition = round & 8 ? QStringLiteral("{to}>={from}") : QString();
        QVERIFY(setRules(2, rules));
        QList<quint64> expected;
        const TableData &table = *m_document.table(m_table);
        for (Row row = 0; row < table.rowCount(); ++row) {
            const quint64 n = table.recordId(row).bits().noise;
            if (!broken(n, 2).isEmpty()) {
                expected += n;
            }
        }
        QCOMPARE(breaking(2), expected);
        QCOMPARE(expected.isEmpty(), round == 0);
    }
}

void RulesTest::notNegative_isHeld()
{
    QVERIFY(edit(2, 3, -4.0));
    ValueRules rules;
    rules.isNotNegative = true;
    QVERIFY(setRules(3, rules));
    QCOMPARE(breaking(3), QList<quint64>{2}); // It was there before.
    const auto refused = edit(1, 3, -0.5);
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::ValueRefused);
    QVERIFY(sentence(refused).contains(QLatin1String("below zero")));
    QVERIFY(edit(1, 3, 0.0));
    QVERIFY(edit(1, 3, 0.5));
    QVERIFY(setRules(2, rules)); // Texts have no sign.
    QVERIFY(m_document.table(m_table)->definition().field(fieldId(2))->rules.isEmpty());
}

void RulesTest::options_comeWithValues_whereTheFieldTakesThem()
{
    Field colour;
    colour.id = fieldId(9);
    colour.name = QStringLiteral("colour");
    colour.kind = FieldKind::MultipleSelects;
    colour.options = {Option{OptionId(IdBits{3, 1}), QStringLiteral("Red"), QStringLiteral("red")}};
    colour.takesNewOptions = true;
    QVERIFY(change({PutField{m_table, colour}}));
    const auto now = [this] { return *m_document.table(m_table)->definition().field(fieldId(9)); };
    QVERIFY(now().takesNewOptions);
    Field extended = now();
    OptionMaker maker(extended);
    maker.add(QStringLiteral("red, blue，Green, BLUE"));
    maker.addName(QString(NameLimit + 1, u'x')); // no name that an option could have
    maker.addName(QStringLiteral("a") + QChar(0));
    QCOMPARE(extended.options.size(), 3);
    const auto typed = fieldType(colour.kind)
                           .parse(QStringLiteral("blue, green"), extended, {m_document.people()});
    QVERIFY(typed);
    const EditCells write{m_table, {CellEdit{recordId(1), colour.id, typed.value(), {}}}, false};
    QVERIFY(!change({write})); // They have to be made before.
    const auto done = change({AddOptions{colour.id, extended.options.mid(1)}, write});
    QVERIFY(done);
    QCOMPARE(now().options.size(), 3);
    // Another who was away at the time makes the same.
    QVERIFY(change({AddOptions{colour.id, extended.options.mid(1)}}));
    QCOMPARE(now().options, extended.options);
    // Undo empties the cell, and leaves the options to those who use them by now.
    QVERIFY(change(invert(done.value())));
    QVERIFY(isEmpty(value(1, 9)));
    QCOMPARE(now().options, extended.options);
    // What has been renamed is not meant by its old name, and both have ids of their own.
    Field renamed = now();
    renamed.options[1].name = QStringLiteral("navy");
    QVERIFY(change({PutField{m_table, renamed}}));
    Field again = now();
    OptionMaker(again).addName(QStringLiteral("Blue"));
    QCOMPARE(again.options.size(), 4);
    QVERIFY(again.options.last().id != again.options[1].id);
    QCOMPARE(again.optionNamed(QStringLiteral("blue"))->id, again.options.last().id);
    QVERIFY(change({AddOptions{colour.id, again.options.mid(3)}}));
    QCOMPARE(now().options, again.options);
    // An option that somebody else has made of the same name stands beside it: values that wait
    // to be sent name it by its id.
    const Option other{OptionId(IdBits{3, 8}), QStringLiteral("GREEN"), QStringLiteral("teal")};
    QVERIFY(change({AddOptions{colour.id, {other}}}));
    QCOMPARE(now().options.size(), 5);
    QCOMPARE(now().option(other.id)->name, QStringLiteral("GREEN 2"));
    QVERIFY(change(
        {EditCells{m_table, {CellEdit{recordId(2), colour.id, Options{other.id}, {}}}, false}}));
    // Undo of values that brought options is refused once somebody else has written there.
    Field more = now();
    OptionMaker(more).addName(QStringLiteral("pink"));
    const auto brought = change({AddOptions{colour.id, more.options.mid(5)},
        EditCells{m_table,
            {CellEdit{recordId(1), colour.id, Options{more.options.last().id}, Value()}}, false}});
    QVERIFY(brought);
    QVERIFY(edit(1, 9, Options{other.id}));
    const auto late = change(invert(brought.value()));
    QVERIFY(!late);
    QCOMPARE(late.error().code, ErrorCode::ChangedSince);
    QCOMPARE(value(1, 9), Value(Options{other.id}));
    // Beside a parent nobody would say what they go with, and other kinds have no options.
    QVERIFY(!change({AddOptions{fieldId(2), extended.options}}));
    QVERIFY(!change({AddOptions{fieldId(77), extended.options}}));
    Field parent = colour;
    parent.id = fieldId(10);
    parent.name = QStringLiteral("parent");
    parent.kind = FieldKind::SingleSelect;
    QVERIFY(change({PutField{m_table, parent}}));
    Field child = now();
    child.parent = parent.id;
    QVERIFY(change({PutField{m_table, child}}));
    QVERIFY(!now().takesNewOptions);
}

void RulesTest::required_atBirth_andWhenEmptied()
{
    QVERIFY(setRules(2, required()));
    const auto born = create(3, {{fieldId(1), QStringLiteral("three")}});
    QVERIFY(!born);
    QCOMPARE(born.error().code, ErrorCode::MissingValue);
    QVERIFY2(sentence(born).contains(QLatin1String("code")), qPrintable(sentence(born)));
    QVERIFY(create(3, {{fieldId(2), QStringLiteral("x")}}));
    QCOMPARE(edit(3, 2, {}).error().code, ErrorCode::MissingValue);
    QCOMPARE(value(3, 2), Value(QStringLiteral("x")));
    // Filled in the same request is filled; what a default gives counts.
    QVERIFY(change({CreateRecords{
                        m_table, {NewRecord{recordId(4), {{fieldId(2), QStringLiteral("y")}}}}},
        EditCells{m_table, {CellEdit{recordId(4), fieldId(2), QStringLiteral("z"), {}}}, false}}));
    QVERIFY(!change({EditCells{m_table, {CellEdit{recordId(4), fieldId(2), Value(), {}}}, false},
        EditCells{m_table, {CellEdit{recordId(4), fieldId(1), QStringLiteral("n"), {}}}, false}}));
    Field withDefault = *m_document.table(m_table)->definition().field(fieldId(2));
    withDefault.defaultValue = {DefaultValue::Kind::Fixed, QStringLiteral("new")};
    QVERIFY(change({PutField{m_table, withDefault}}));
    QVERIFY(create(5, {}));
}

void RulesTest::required_whatWasEmptyBefore_stays()
{
    QVERIFY(setRules(2, required()));
    QVERIFY(edit(2, 1, QStringLiteral("renamed"))); // its code was empty before
    QVERIFY(edit(2, 2, QStringLiteral("B")));
    QVERIFY(!edit(2, 2, {}));
    const auto gone = change({DeleteRecords{m_table, {recordId(1)}}});
    QVERIFY(gone);
    QVERIFY(change(invert(gone.value())));
}

void RulesTest::required_links_areAskedForAtBothEnds()
{
    Table other;
    other.id = TableId(IdBits{1, 2});
    other.name = QStringLiteral("u");
    Field title;
    title.id = fieldId(21);
    title.name = QStringLiteral("title");
    other.fields += title;
    Field link;
    link.id = fieldId(22);
    link.name = QStringLiteral("up");
    link.kind = FieldKind::Links;
    link.link = {m_table, fieldId(23), true, false, WhenGone::Unlink};
    QVERIFY(change({PutTable{other}, PutField{other.id, link}}));
    QVERIFY(change({CreateRecords{
        other.id, {NewRecord{recordId(50), {{link.id, Links{{recordId(1), {}}}}}}}}}));
    QVERIFY(setRules(23, required()));
    QVERIFY(!create(3, {}));
    QVERIFY(create(3, {{fieldId(23), Links{{recordId(50), {}}}}}));
    // Taking it away from over there empties it here.
    QVERIFY(!change({EditCells{
        other.id, {CellEdit{recordId(50), link.id, Links{{recordId(3), {}}}, {}}}, false}}));
    QVERIFY(change({EditCells{other.id,
        {CellEdit{recordId(50), link.id,
            Links{{recordId(1), {}}, {recordId(3), {}}, {recordId(2), {}}}, {}}},
        false}}));
}

void RulesTest::unique_amongOthers_andWithinOneRequest()
{
    QVERIFY(setRules(2, unique()));
    const auto taken = edit(2, 2, QStringLiteral("a-1")); // letters in any case
    QVERIFY(!taken);
    QCOMPARE(taken.error().code, ErrorCode::ValueTaken);
    QVERIFY(sentence(taken).contains(QLatin1String("a-1"))
        || sentence(taken).contains(QLatin1String("A-1")));
    QVERIFY(edit(2, 2, QStringLiteral("A-2")));
    QVERIFY(edit(2, 2, QStringLiteral("A-2 "))); // its own value is not another's
    QVERIFY(!change({CreateRecords{m_table,
        {NewRecord{recordId(3), {{fieldId(2), QStringLiteral("new")}}},
            NewRecord{recordId(4), {{fieldId(2), QStringLiteral("NEW")}}}}}}));
    QVERIFY(!change({CreateRecords{m_table,
        {NewRecord{recordId(3), {{fieldId(2), QStringLiteral("other")}}},
            NewRecord{recordId(4), {{fieldId(2), QStringLiteral("A-1")}}}}}}));
    QVERIFY(create(3, {})); // Empty ones are not alike.
    QVERIFY(create(4, {}));
    QVERIFY(setRules(3, unique()));
    QVERIFY(edit(1, 3, 7.5));
    QVERIFY(!edit(2, 3, 7.5));
    QVERIFY(!create(5, {{fieldId(3), 7.5}}));
    QVERIFY(edit(2, 3, 7.25));
}

void RulesTest::unique_valuesChangePlaces_inOneRequest()
{
    QVERIFY(setRules(2, unique()));
    QVERIFY(edit(2, 2, QStringLiteral("A-2")));
    QVERIFY(change({EditCells{m_table,
        {CellEdit{recordId(1), fieldId(2), QStringLiteral("A-2"), {}},
            CellEdit{recordId(2), fieldId(2), QStringLiteral("A-1"), {}}},
        false}}));
    QCOMPARE(value(2, 2), Value(QStringLiteral("A-1")));
}

void RulesTest::unique_ofDeletedRecords_areFree_untilTheyComeBack()
{
    QVERIFY(setRules(2, unique()));
    const auto gone = change({DeleteRecords{m_table, {recordId(1)}}});
    QVERIFY(gone);
    QVERIFY(edit(2, 2, QStringLiteral("A-1")));
    QCOMPARE(change(invert(gone.value())).error().code, ErrorCode::ValueTaken);
    QVERIFY(edit(2, 2, QStringLiteral("A-3")));
    QVERIFY(change(invert(gone.value())));
}

void RulesTest::unique_isRefusedToAFieldThatHasTwoAlike()
{
    QVERIFY(edit(2, 2, QStringLiteral("a-1")));
    const Done refused = setRules(2, unique());
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::ValueTaken);
    QVERIFY(change({DeleteRecords{m_table, {recordId(2)}}}));
    QVERIFY(setRules(2, unique()));
}

void RulesTest::unique_afterAChangeOfKind()
{
    QVERIFY(setRules(2, unique()));
    QVERIFY(edit(1, 2, QStringLiteral("1")));
    QVERIFY(edit(2, 2, QStringLiteral("1.0"))); // as text another one
    Field number = *m_document.table(m_table)->definition().field(fieldId(2));
    number.kind = FieldKind::Number;
    QVERIFY(!change({PutField{m_table, number}}));
    QVERIFY(edit(2, 2, QStringLiteral("2")));
    QVERIFY(change({PutField{m_table, number}}));
    QVERIFY(!edit(2, 2, 1.0));
}

void RulesTest::pattern_isForTheWhole_andSaysWhy()
{
    QVERIFY(setRules(2, pattern(QStringLiteral("[A-Z]-\\d+"))));
    QVERIFY(edit(1, 2, QStringLiteral("B-22")));
    const auto refused = edit(1, 2, QStringLiteral("xB-22"));
    QCOMPARE(refused.error().code, ErrorCode::ValueRefused);
    QVERIFY2(sentence(refused).contains(QLatin1String("form")), qPrintable(sentence(refused)));
    QVERIFY(edit(1, 2, {})); // Empty is no form.
    QVERIFY(setRules(2, pattern(QStringLiteral("\\d{4}"), QStringLiteral("four digits"))));
    QVERIFY2(sentence(edit(1, 2, QStringLiteral("12"))).contains(QLatin1String("four digits")),
        qPrintable(sentence(edit(1, 2, QStringLiteral("12")))));
    // One that would take ages elsewhere.
    QVERIFY(setRules(2, pattern(QStringLiteral("(a+)+b"))));
    QElapsedTimer timer;
    timer.start();
    QVERIFY(!edit(1, 2, QString(30'000, u'a')));
    QVERIFY(timer.elapsed() < 1000);
}

void RulesTest::pattern_thatIsNone_isRefused()
{
    QVERIFY(!setRules(2, pattern(QStringLiteral("("))));
    QVERIFY(!setRules(2, pattern(QString(501, u'a'))));
    QVERIFY(!setRules(2, condition(QStringLiteral("{nope}>1"))));
    QVERIFY(!setRules(2, condition(QStringLiteral("{from}>"))));
}

void RulesTest::condition_readsTheRecordAsItIsInTheEnd()
{
    QVERIFY(setRules(4,
        condition(QStringLiteral("OR({to}=BLANK(),{to}>={from})"),
            QStringLiteral("the end is before the beginning"))));
    QVERIFY(edit(1, 3, 5.0));
    const auto refused = edit(1, 4, 4.0);
    QCOMPARE(refused.error().code, ErrorCode::ValueRefused);
    QVERIFY(sentence(refused).contains(QLatin1String("before the beginning")));
    QVERIFY(edit(1, 4, 6.0));
    QVERIFY(!edit(1, 3, 7.0)); // also when the other one is written
    QVERIFY(change({EditCells{m_table,
        {CellEdit{recordId(1), fieldId(3), 7.0, {}}, CellEdit{recordId(1), fieldId(4), 8.0, {}}},
        false}}));
    QVERIFY(!create(3, {{fieldId(3), 3.0}, {fieldId(4), 2.0}}));
    QVERIFY(edit(1, 1, QStringLiteral("free"))); // It does not read that.
    // Renaming what it reads changes nothing.
    Field from = *m_document.table(m_table)->definition().field(fieldId(3));
    from.name = QStringLiteral("begin");
    QVERIFY(change({PutField{m_table, from}}));
    QVERIFY(!edit(1, 4, 1.0));
}

void RulesTest::condition_whoseFieldIsGone_isOutOfForce()
{
    QVERIFY(setRules(4, condition(QStringLiteral("{to}>{from}"))));
    Field from = *m_document.table(m_table)->definition().field(fieldId(3));
    from.isTrashed = true;
    QVERIFY(!edit(1, 4, -1.0));
    QVERIFY(change({PutField{m_table, from}}));
    QVERIFY(edit(1, 4, -1.0));
}

void RulesTest::rules_goWithWhatCannotHaveThem()
{
    const ValueRules all{true, true, QStringLiteral("a"), {}, QStringLiteral("m")};
    QVERIFY(setRules(2, all));
    QCOMPARE(m_document.table(m_table)->definition().field(fieldId(2))->rules, all);
    Field flag = *m_document.table(m_table)->definition().field(fieldId(2));
    flag.kind = FieldKind::Checkbox;
    QVERIFY(change({PutField{m_table, flag}}));
    QCOMPARE(m_document.table(m_table)->definition().field(fieldId(2))->rules, ValueRules());
    QVERIFY(create(3, {}));
}

void RulesTest::default_isWhatAFormulaMakesOfTheRecord()
{
    const auto setDefault = [this](int field, const QString &formula) -> Done {
        Field changed = *m_document.table(m_table)->definition().field(fieldId(field));
        changed.defaultValue = {DefaultValue::Kind::Formula, formula};
        TRY(change({PutField{m_table, changed}}));
        return Ok;
    };
    QVERIFY(setDefault(4, QStringLiteral("{from}*2")));
    QVERIFY(setDefault(2, QStringLiteral("UPPER({name})&\"-\"&{from}")));
    QVERIFY(!setDefault(3, QStringLiteral("{nope}")));
    QVERIFY(create(3, {{fieldId(1), QStringLiteral("three")}, {fieldId(3), 4.0}}));
    QCOMPARE(value(3, 4), Value(8.0));
    QCOMPARE(value(3, 2), Value(QStringLiteral("THREE-4")));
    QVERIFY(create(4, {{fieldId(3), 5.0}, {fieldId(4), 1.0}, {fieldId(2), Value()}}));
    QCOMPARE(value(4, 4), Value(1.0)); // What is given counts, also empty.
    QCOMPARE(value(4, 2), Value());
    QVERIFY(edit(3, 3, 100.0));
    QCOMPARE(value(3, 4), Value(8.0)); // It begins so, and stays.
    // What the field cannot take is nothing; if it must have a value, the record is refused.
    QVERIFY(setDefault(4, QStringLiteral("1/0")));
    QVERIFY(create(5, {}));
    QCOMPARE(value(5, 4), Value());
    Field strict = *m_document.table(m_table)->definition().field(fieldId(4));
    strict.rules = required();
    QVERIFY(change({PutField{m_table, strict}}));
    QVERIFY(!create(6, {}));
    QVERIFY(setDefault(4, QStringLiteral("IF({from}=BLANK(),7,{from})")));
    QVERIFY(create(6, {}));
    QCOMPARE(value(6, 4), Value(7.0));
    QVERIFY(setDefault(1, QStringLiteral("\"by \"&ME()")));
    QVERIFY(!setDefault(2, QStringLiteral("IF(IS_DUPLICATE({name}),1,2)")));
    QVERIFY(change({PutPerson{
        Person{UserId(IdBits{9, 9}), QStringLiteral("ann"), QStringLiteral("Ann"), Role::Owner}}}));
    QVERIFY(create(8, {}));
    QCOMPARE(value(8, 1), Value(QStringLiteral("by Ann")));
    // Renamed fields are still found; a deleted record comes back as it was.
    Field from = *m_document.table(m_table)->definition().field(fieldId(3));
    from.name = QStringLiteral("begin");
    QVERIFY(change({PutField{m_table, from}}));
    QVERIFY(create(7, {{fieldId(3), 3.0}}));
    QCOMPARE(value(7, 4), Value(3.0));
    const auto gone = change({DeleteRecords{m_table, {recordId(7)}}});
    QVERIFY(gone && edit(6, 3, 1.0));
    QVERIFY(change(invert(gone.value())));
    QCOMPARE(value(7, 4), Value(3.0));
}

QTEST_GUILESS_MAIN(RulesTest)
#include "tst_Rules.moc"
