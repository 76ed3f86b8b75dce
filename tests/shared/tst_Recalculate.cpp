// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/columns/TableChunks.h"
#include "shared/document/Adopt.h"
#include "shared/document/Invert.h"
#include "shared/document/Plan.h"
#include "shared/formula/Expression.h"
#include "shared/support/ErrorText.h"

#include <QRandomGenerator>
#include <QTest>

using namespace casebase;

/// Formula fields: what they come to after any sequence of edits is what they come to anew.
class RecalculateTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void edits_recomputeWhatDependsOnThem();
    void result_isShownAsItsKind();
    void fault_isAValue();
    void circle_isRefusedWithItsPath();
    void field_inTheTrashIsAFault();
    void rename_changesNoFormula();
    void conversion_keepsWhatWasShown();
    void undo_bringsBackWhatWasTyped();
    void computed_isNotWritable();
    void time_flipsTheCellsThatAreDue();
    void pieces_leaveComputedFieldsOut();
    void anyEdits_giveWhatComputingAnewGives();

private:
    Field &addField(const QString &name, FieldKind kind, const QString &formula = {});
    Result<ChangeSet> change(const QList<Operation> &operations);
    Done put(const Field &field);
    Field field(const char *name) const;
    Value value(Row row, const char *name) const;
    void verifyFresh() const;

    const TableId m_id{IdBits{1, 1}};
    Table m_table;
    Document m_document;
    FormulaContext m_now{1795309200000, QTimeZone("Asia/Shanghai")}; // 2026-11-22 09:00
    quint64 m_revision = 1;
    quint64 m_nextId = 100;
    Recalculated m_computed;
};

Field &RecalculateTest::addField(const QString &name, FieldKind kind, const QString &formula)
{
    Field added;
    added.id = FieldId(IdBits{2, ++m_nextId});
    added.name = name;
    added.kind = kind;
    added.precision = -1;
    added.formula = formula;
    m_table.fields += added;
    return m_table.fields.last();
}

void RecalculateTest::init()
{
    m_table = {};
    m_document = {};
    m_revision = 1;
    m_table.id = m_id;
    m_table.name = QStringLiteral("cases");
    addField(QStringLiteral("name"), FieldKind::SingleLineText);
    addField(QStringLiteral("a"), FieldKind::Number);
    addField(QStringLiteral("b"), FieldKind::Number);
    addField(QStringLiteral("due"), FieldKind::DateTime);
    addField(QStringLiteral("twice"), FieldKind::Number, QStringLiteral("{sum}*2"));
    addField(QStringLiteral("sum"), FieldKind::Number, QStringLiteral("{a}+{b}"));
    addField(QStringLiteral("share"), FieldKind::Percent, QStringLiteral("{a}/{b}"));
    addField(QStringLiteral("label"), FieldKind::SingleLineText,
        QStringLiteral("IF({late},\"late \",\"\")&{name}"));
    addField(QStringLiteral("late"), FieldKind::Checkbox, QStringLiteral("AND({due},{due}<NOW())"));
    QVERIFY(change({PutTable{m_table}}));
    CreateRecords create{m_id, {}};
    for (quint64 i = 0; i < 5; ++i) {
        NewRecord record{RecordId(IdBits{5, i}), {}};
        record.values += FieldValue{field("name").id, QStringLiteral("case %1").arg(i)};
        record.values += FieldValue{field("a").id, double(i)};
        record.values += FieldValue{field("b").id, 2.0 * double(i)};
        create.records += record;
    }
    QVERIFY(change({create}));
}

Result<ChangeSet> RecalculateTest::change(const QList<Operation> &operations)
{
    const PlanContext context{{UserId(IdBits{9, 9}), m_now.nowMs}, false, QLocale::c(), m_now.zone};
    TRY_SET(ChangeSet facts, plan(m_document, operations, context, m_revision + 1));
    m_computed = adopt(m_document, facts, context.stamp, ++m_revision, m_now);
    return facts;
}

Done RecalculateTest::put(const Field &changed)
{
    const auto done = change({PutField{m_id, changed}});
    return done ? Done(Ok) : done.error();
}

Field RecalculateTest::field(const char *name) const
{
    const TableData *table = m_document.table(m_id);
    const Field *found =
        table ? table->definition().fieldNamed(QString::fromLatin1(name)) : nullptr;
    return found ? *found : Field();
}

Value RecalculateTest::value(Row row, const char *name) const
{
    return m_document.table(m_id)->value(row, field(name));
}

/// All cells are what computing all of it anew gives.
void RecalculateTest::verifyFresh() const
{
    Document fresh = m_document;
    calculateAll(fresh, m_now);
    const TableData &kept = *m_document.table(m_id);
    const TableData &anew = *fresh.table(m_id);
    for (Row row = 0; row < kept.rowCount(); ++row) {
        for (const Field &each : kept.definition().fields) {
            if (kept.isAlive(row) && !each.isTrashed) {
                QVERIFY2(kept.value(row, each) == anew.value(row, each),
                    qPrintable(QStringLiteral("%1 of row %2").arg(each.name).arg(row)));
            }
        }
    }
}

void RecalculateTest::edits_recomputeWhatDependsOnThem()
{
    QCOMPARE(value(2, "sum"), Value(6.0));
    QCOMPARE(value(2, "twice"), Value(12.0));
    const auto facts = change(
        {EditCells{m_id, {CellEdit{RecordId(IdBits{5, 2}), field("a").id, 10.0, {}}}, false}});
    QVERIFY(facts);
    QCOMPARE(std::get<RecordChanges>(facts.value().changes[0]).cells.size(), 1);
    QCOMPARE(value(2, "sum"), Value(14.0));
    QCOMPARE(value(2, "twice"), Value(28.0));
    // It is told what became different, and nothing else was looked at.
    QCOMPARE(m_computed.cells.size(), 1);
    QCOMPARE(m_computed.cells[0].cells.size(), 3); // sum, twice and share
    QVERIFY(!m_computed.isWide);
    QVERIFY(change({EditCells{
        m_id, {CellEdit{RecordId(IdBits{5, 2}), field("due").id, Moment{9}, {}}}, false}}));
    QCOMPARE(value(2, "label"), Value(QStringLiteral("late case 2")));
    verifyFresh();
}

void RecalculateTest::result_isShownAsItsKind()
{
    Field made = field("sum");
    made.id = FieldId(IdBits{2, 900});
    made.name = QStringLiteral("made");
    const auto as = [&](const char *formula, FieldKind kind) -> Value {
        made.formula = QString::fromUtf8(formula);
        made.kind = kind;
        const Done done = put(made);
        return done ? value(3, "made")
                    : Value(QStringLiteral("refused: ") + englishSentence(done.error()));
    };
    QCOMPARE(as("{a}*2", FieldKind::Currency), Value(6.0));
    QCOMPARE(as("{a}>2", FieldKind::Checkbox), Value(true));
    QCOMPARE(as("{a}>3", FieldKind::Checkbox), Value());
    QCOMPARE(as("DATE(2026,11,22)", FieldKind::Date), Value(Date{20779}));
    QCOMPARE(as("DATE(2026,11,22)", FieldKind::DateTime), Value(Moment{1795276800000}));
    QCOMPARE(as("NOW()", FieldKind::DateTime), Value(Moment{m_now.nowMs}));
    QCOMPARE(as("NOW()", FieldKind::Date), Value(Date{20779}));
    QCOMPARE(as("{name}", FieldKind::SingleLineText), Value(QStringLiteral("case 3")));
    QCOMPARE(as("IF({a}>9,1,\"x\")", FieldKind::SingleLineText), Value(QStringLiteral("x")));
    QCOMPARE(as("IF({a}>9,1,\"x\")", FieldKind::Number), Value(Fault::NotANumber));
    QVERIFY(
        std::get<QString>(as("{name}", FieldKind::Number)).startsWith(QLatin1String("refused")));
    QVERIFY(
        std::get<QString>(as("{a}", FieldKind::AutoNumber)).startsWith(QLatin1String("refused")));
    QVERIFY(std::get<QString>(as("{a", FieldKind::Number)).contains(QLatin1String("character")));
    QVERIFY(std::get<QString>(as("{a", FieldKind::Number)).contains(QLatin1String("missing")));
}

void RecalculateTest::fault_isAValue()
{
    QCOMPARE(value(0, "share"), Value(Fault::DivideByZero));
    QVERIFY(m_document.table(m_id)->hasValue(0, field("share")));
    QCOMPARE(fieldType(FieldKind::Percent)
                 .format(value(0, "share"), field("share"), {m_document.people()}),
        QStringLiteral("#DIV/0!"));
    Field reads = field("sum");
    reads.id = FieldId(IdBits{2, 901});
    reads.name = QStringLiteral("reads");
    reads.formula = QStringLiteral("IFERROR({share},-1)+1");
    QVERIFY(put(reads));
    QCOMPARE(value(0, "reads"), Value(0.0));
    QCOMPARE(value(1, "reads"), Value(1.5));
}

void RecalculateTest::circle_isRefusedWithItsPath()
{
    Field sum = field("sum");
    sum.formula = QStringLiteral("{twice}+1");
    const Done circle = put(sum);
    QVERIFY(!circle);
    QCOMPARE(circle.error().code, ErrorCode::FieldFormulaInvalid);
    QVERIFY(englishSentence(circle.error()).contains(QStringLiteral("sum → twice → sum")));
    sum.formula = QStringLiteral("{sum}+1");
    QVERIFY(!put(sum));
    Table ring = m_table;
    ring.id = TableId(IdBits{1, 2});
    ring.name = QStringLiteral("ring");
    ring.fields[5].formula = QStringLiteral("{twice}");
    QVERIFY(!change({PutTable{ring}}));
    verifyFresh();
}

void RecalculateTest::field_inTheTrashIsAFault()
{
    Field a = field("a");
    a.isTrashed = true;
    QVERIFY(put(a));
    QCOMPARE(value(2, "sum"), Value(Fault::MissingField));
    QCOMPARE(value(2, "twice"), Value(Fault::MissingField));
    Field sum = field("sum");
    sum.name = QStringLiteral("renamed all the same");
    QVERIFY(put(sum));
    a.isTrashed = false;
    QVERIFY(put(a));
    QCOMPARE(value(2, "twice"), Value(12.0));
    verifyFresh();
}

void RecalculateTest::rename_changesNoFormula()
{
    const QString formula = field("sum").formula;
    QVERIFY(!formula.contains(QLatin1String("{a}")));
    Field a = field("a");
    a.name = QStringLiteral("金额 (元)");
    QVERIFY(put(a));
    QCOMPARE(field("sum").formula, formula);
    QCOMPARE(withNames(formula, m_document.table(m_id)->definition()),
        QStringLiteral("{金额 (元)}+{b}"));
    QCOMPARE(value(2, "sum"), Value(6.0));
}

void RecalculateTest::conversion_keepsWhatWasShown()
{
    Field share = field("share");
    share.formula.clear();
    share.kind = FieldKind::Number;
    const auto facts = change({PutField{m_id, share}});
    QVERIFY(facts);
    QCOMPARE(value(1, "share"), Value(0.5));
    QCOMPARE(value(0, "share"), Value()); // A fault becomes nothing.
    for (const CellChange &cell : std::get<RecordChanges>(facts.value().changes[1]).cells) {
        QVERIFY(isEmpty(cell.before)); // What was computed is no fact.
    }
    QVERIFY(change(invert(facts.value())));
    QCOMPARE(value(0, "share"), Value(Fault::DivideByZero));
    QCOMPARE(value(1, "share"), Value(0.5));
    verifyFresh();
}

void RecalculateTest::undo_bringsBackWhatWasTyped()
{
    Field b = field("b");
    b.formula = QStringLiteral("{a}*100");
    const auto facts = change({PutField{m_id, b}});
    QVERIFY(facts);
    QCOMPARE(value(3, "b"), Value(300.0));
    QCOMPARE(value(3, "sum"), Value(303.0));
    QVERIFY(change(invert(facts.value())));
    QCOMPARE(value(3, "b"), Value(6.0));
    QCOMPARE(value(3, "sum"), Value(9.0));
    verifyFresh();
}

void RecalculateTest::computed_isNotWritable()
{
    const auto edited = change(
        {EditCells{m_id, {CellEdit{RecordId(IdBits{5, 2}), field("sum").id, 1.0, {}}}, false}});
    QVERIFY(!edited);
    QCOMPARE(edited.error().code, ErrorCode::ReadOnlyField);
    const auto made = change({CreateRecords{
        m_id, {NewRecord{RecordId(IdBits{5, 99}), {FieldValue{field("sum").id, 1.0}}}}}});
    QVERIFY(!made);
    QCOMPARE(made.error().code, ErrorCode::ReadOnlyField);
}

void RecalculateTest::time_flipsTheCellsThatAreDue()
{
    EditCells edit{m_id, {}, false};
    for (quint64 i = 0; i < 5; ++i) {
        edit.cells += CellEdit{
            RecordId(IdBits{5, i}), field("due").id, Moment{m_now.nowMs + qint64(i) * 60000}, {}};
    }
    QVERIFY(change({edit}));
    QCOMPARE(value(1, "late"), Value());
    QCOMPARE(m_document.nextExpiryMs(), m_now.nowMs + 1); // Equal now, and later after it.
    m_now.nowMs += 1;
    QCOMPARE(passTime(m_document, m_now).cells[0].cells.size(), 2); // late and label
    QCOMPARE(value(0, "late"), Value(true));
    QCOMPARE(value(0, "label"), Value(QStringLiteral("late case 0")));
    m_now.nowMs += 5000;
    QVERIFY(passTime(m_document, m_now).cells.isEmpty());
    m_now.nowMs += 2 * 60000;
    const Recalculated later = passTime(m_document, m_now);
    QCOMPARE(later.cells[0].cells.size(), 4); // Two records, and nobody asked the other ones.
    QCOMPARE(value(2, "late"), Value(true));
    QCOMPARE(value(3, "late"), Value());
    verifyFresh();
    m_now.nowMs += 10 * 60000;
    passTime(m_document, m_now);
    QCOMPARE(m_document.nextExpiryMs(), FormulaRun::Always); // All are late for ever.
    verifyFresh();
}

void RecalculateTest::pieces_leaveComputedFieldsOut()
{
    const TableData &table = *m_document.table(m_id);
    TableData copy = TableChunks::begin(table.definition(), table.rowCount());
    for (const ChunkKey &key : TableChunks::keys(table)) {
        QVERIFY(key.column != field("sum").id.text());
        QVERIFY(TableChunks::put(copy, key, TableChunks::bytes(table, key)));
    }
    QVERIFY(!TableChunks::put(
        copy, {field("sum").id.text(), 0}, TableChunks::bytes(table, {field("a").id.text(), 0})));
    QVERIFY(TableChunks::finish(copy));
    Document loaded;
    loaded.writeTable(m_id) = copy;
    calculateAll(loaded, m_now);
    QCOMPARE(loaded.table(m_id)->value(2, field("twice")), Value(12.0));
}

void RecalculateTest::anyEdits_giveWhatComputingAnewGives()
{
    QRandomGenerator random(7);
    const QStringList formulas{QStringLiteral("{a}-{b}"), QStringLiteral("{a}/{b}"),
        QStringLiteral("IF(AND({a}>1,{name}=\"x\"),{b}*2,BLANK())"), QStringLiteral("ABS({share})"),
        QStringLiteral("IF({late},1,0)+{sum}"), QStringLiteral("LEN({label})"),
        QStringLiteral("DATETIME_DIFF(NOW(),{due},'minutes')"),
        QStringLiteral("YEAR(LAST_MODIFIED_TIME())+{b}"),
        QStringLiteral("XLOOKUP({a},{cases}.{b},{share}+{cases}.{a},{b})"),
        QStringLiteral("LOOKUP({label}&\"\",{cases}.{label},LEN({name}))")};
    QList<RecordId> records;
    for (quint64 i = 0; i < 5; ++i) {
        records += RecordId(IdBits{5, i});
    }
    Field made = field("sum");
    made.id = FieldId(IdBits{2, 950});
    made.name = QStringLiteral("made");
    for (int step = 0; step < 400; ++step) {
        m_now.nowMs += random.bounded(90000);
        const RecordId record = records[random.bounded(int(records.size()))];
        if (step == 100) {
            Field keyed = made; // Together with whatever the other one is then.
            keyed.id = FieldId(IdBits{2, 951});
            keyed.name = QStringLiteral("keyed");
            keyed.formula = QStringLiteral("XLOOKUP({b}-1,{cases}.{sum},{a}*10,-1)");
            QVERIFY(put(keyed));
        }
        switch (random.bounded(8)) {
        case 0:
            records += RecordId(IdBits{6, quint64(step)});
            QVERIFY(change({CreateRecords{m_id, {NewRecord{records.last(), {}}}}}));
            break;
        case 1:
            QVERIFY(change({DeleteRecords{m_id, {record}}}));
            break;
        case 2:
            QVERIFY(change({RestoreRecords{m_id, {record}}}));
            break;
        case 3:
            made.formula = formulas[random.bounded(int(formulas.size()))];
            QVERIFY(put(made));
            break;
        default: {
            const auto row = m_document.table(m_id)->aliveRow(record);
            if (!row) {
                break;
            }
            const Value values[] = {Value(QStringLiteral("x")), Value(double(random.bounded(4))),
                Value(double(random.bounded(4))),
                Value(Moment{m_now.nowMs + random.bounded(400000) - 200000})};
            const int which = random.bounded(4);
            QVERIFY(change({EditCells{m_id,
                {CellEdit{record, m_table.fields[which].id,
                    random.bounded(5) == 0 ? Value() : values[which], {}}},
                false}}));
        }
        }
        passTime(m_document, m_now);
        verifyFresh();
    }
}

QTEST_GUILESS_MAIN(RecalculateTest)
#include "tst_Recalculate.moc"
