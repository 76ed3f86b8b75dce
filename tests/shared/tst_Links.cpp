// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/document/Adopt.h"
#include "shared/document/Invert.h"
#include "shared/document/Plan.h"
#include "shared/document/TitleFinder.h"
#include "shared/formula/Expression.h"

#include <QTest>

using namespace casebase;

/// Links between tables: seen from both ends, whatever happens to either; and what is computed
/// through them.
class LinksTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void link_isSeenFromBothEnds();
    void reverse_isEditedToo();
    void title_followsTheRecord();
    void title_isTheFieldThatTheLinkShows();
    void title_thatCannotBe_isRefused();
    void onlyNew_linksWhatIsMadeWithIt();
    void deleted_isNotShownAndComesBack();
    void single_takesOneOnly();
    void single_isKeptWhenSeveralComeBack();
    void ids_areOfOneFieldOnly();
    void table_linksToItself();
    void foreign_isRefused();
    void gone_forbidsOrCascades();
    void lookups_followEveryEdit();
    void key_findsARecordOfAnyTable();
    void key_isReadAndNamedAsAField();
    void undo_takesBackBothEnds();
    void field_goesWithItsOtherEnd();
    void names_becomeLinks();
    void circle_overTablesIsRefused();
    void limit_isHeldFromBothEnds();
    void limit_ofAView_followsTheView();
    void limit_thatCannotBe_isRefused();
    void examples_canBeRead();

private:
    Result<ChangeSet> change(const QList<Operation> &operations);
    Done put(const Table &table, Field field);
    Done link(TableId table, RecordId record, FieldId field, const QList<RecordId> &to);
    QString shown(TableId table, RecordId record, FieldId field) const;
    Value value(TableId table, RecordId record, FieldId field) const;
    const Field &field(TableId table, FieldId field) const
    {
        return *m_document.table(table)->definition().field(field);
    }
    void verifyFresh() const;

    const TableId m_cases{IdBits{1, 1}};
    const TableId m_customers{IdBits{1, 2}};
    const FieldId m_title{IdBits{2, 1}};
    const FieldId m_amount{IdBits{2, 2}};
    const FieldId m_customer{IdBits{2, 3}};
    const FieldId m_name{IdBits{2, 4}};
    const FieldId m_phone{IdBits{2, 5}};
    const FieldId m_back{IdBits{2, 6}};
    const RecordId m_a{IdBits{3, 1}};
    const RecordId m_b{IdBits{3, 2}};
    const RecordId m_c{IdBits{3, 3}};
    const RecordId m_wang{IdBits{4, 1}};
    const RecordId m_li{IdBits{4, 2}};
    Document m_document;
    FormulaContext m_now{1795309200000, QTimeZone("Asia/Shanghai")};
    quint64 m_revision = 0;
};

Result<ChangeSet> LinksTest::change(const QList<Operation> &operations)
{
    const Stamp stamp{UserId(IdBits{9, 9}), m_now.nowMs};
    TRY_SET(const ChangeSet changes,
        plan(m_document, operations, {stamp, false, QLocale::c(), m_now.zone}, m_revision + 1));
    adopt(m_document, changes, stamp, ++m_revision, m_now);
    verifyFresh();
    return changes;
}

/// What has been brought up to date is what comes out anew.
void LinksTest::verifyFresh() const
{
    Document fresh = m_document;
    calculateAll(fresh, m_now);
    for (const TableId id : fresh.liveTables()) {
        const TableData &table = *m_document.table(id);
        for (const Field &each : table.definition().liveFields()) {
            for (Row row = 0; row < table.rowCount(); ++row) {
                if (table.isAlive(row)) {
                    const FieldType &type = fieldType(each.kind);
                    const FieldContext context{m_document.people()};
                    QCOMPARE(type.format(table.value(row, each), each, context),
                        type.format(fresh.table(id)->value(row, each), each, context));
                    QCOMPARE(table.allLinks(row, each), fresh.table(id)->allLinks(row, each));
                }
            }
        }
    }
    QCOMPARE(brokenLinks(m_document), QStringList());
}

Done LinksTest::put(const Table &table, Field field)
{
    TRY(change({PutField{table.id, field}}));
    return Ok;
}

Done LinksTest::link(TableId table, RecordId record, FieldId field, const QList<RecordId> &to)
{
    Links links;
    for (const RecordId each : to) {
        links += Link{each, {}};
    }
    TRY(change({EditCells{table, {{record, field, links, {}}}}}));
    return Ok;
}

QString LinksTest::shown(TableId table, RecordId record, FieldId id) const
{
    const Field &shownField = field(table, id);
    return fieldType(shownField.kind)
        .format(value(table, record, id), shownField, {m_document.people()});
}

Value LinksTest::value(TableId table, RecordId record, FieldId id) const
{
    const TableData &data = *m_document.table(table);
    return data.value(*data.row(record), field(table, id));
}

void LinksTest::init()
{
    m_document = {};
    m_revision = 0;
    const auto made = [](FieldId id, const char *name, FieldKind kind) {
        Field field;
        field.id = id;
        field.name = QString::fromUtf8(name);
        field.kind = kind;
        return field;
    };
    Table cases;
    cases.id = m_cases;
    cases.name = QStringLiteral("cases");
    cases.fields = {made(m_title, "title", FieldKind::SingleLineText),
        made(m_amount, "amount", FieldKind::Number)};
    Table customers;
    customers.id = m_customers;
    customers.name = QStringLiteral("customers");
    customers.fields = {made(m_name, "name", FieldKind::SingleLineText),
        made(m_phone, "phone", FieldKind::SingleLineText)};
    Field customer = made(m_customer, "customer", FieldKind::Links);
    customer.link.table = m_customers;
    customer.link.reverse = m_back;
    customer.link.isSingle = true;
    const auto done = change({PutTable{cases}, PutTable{customers}, PutField{m_cases, customer},
        CreateRecords{m_cases,
            {{m_a, {{m_title, QStringLiteral("A")}, {m_amount, 10.0}}},
                {m_b, {{m_title, QStringLiteral("B")}, {m_amount, 20.0}}},
                {m_c, {{m_title, QStringLiteral("C")}, {m_amount, 40.0}}}}},
        CreateRecords{m_customers,
            {{m_wang, {{m_name, QStringLiteral("王")}, {m_phone, QStringLiteral("138")}}},
                {m_li, {{m_name, QStringLiteral("李")}, {m_phone, QStringLiteral("139")}}}}}});
    QVERIFY2(done, done ? "" : qUtf8Printable(done.error().arguments.join(u' ')));
}

void LinksTest::link_isSeenFromBothEnds()
{
    QCOMPARE(field(m_customers, m_back).name, QStringLiteral("cases"));
    QVERIFY(link(m_cases, m_a, m_customer, {m_wang}));
    QVERIFY(link(m_cases, m_b, m_customer, {m_wang}));
    QCOMPARE(shown(m_cases, m_a, m_customer), QStringLiteral("王"));
    QCOMPARE(shown(m_customers, m_wang, m_back), QStringLiteral("A, B"));
    QVERIFY(link(m_cases, m_a, m_customer, {m_li}));
    QCOMPARE(shown(m_customers, m_wang, m_back), QStringLiteral("B"));
    QCOMPARE(shown(m_customers, m_li, m_back), QStringLiteral("A"));
    QVERIFY(link(m_cases, m_a, m_customer, {}));
    QVERIFY(isEmpty(value(m_customers, m_li, m_back)));
}

void LinksTest::reverse_isEditedToo()
{
    QVERIFY(link(m_customers, m_wang, m_back, {m_a, m_c}));
    QCOMPARE(shown(m_cases, m_c, m_customer), QStringLiteral("王"));
    QVERIFY(link(m_customers, m_wang, m_back, {m_c}));
    QVERIFY(isEmpty(value(m_cases, m_a, m_customer)));
    const Done taken = link(m_customers, m_li, m_back, {m_c});
    QVERIFY(!taken && taken.error().code == ErrorCode::LinkTaken);
    QCOMPARE(
        taken.error().arguments, QStringList({QStringLiteral("customer"), QStringLiteral("C")}));
}

void LinksTest::title_followsTheRecord()
{
    QVERIFY(link(m_cases, m_a, m_customer, {m_wang}));
    QVERIFY(change({EditCells{m_customers, {{m_wang, m_name, QStringLiteral("王芳"), {}}}}}));
    QCOMPARE(shown(m_cases, m_a, m_customer), QStringLiteral("王芳"));
    QVERIFY(change({EditCells{m_customers, {{m_wang, m_name, Value(), {}}}}}));
    QCOMPARE(std::get<Links>(value(m_cases, m_a, m_customer)).size(), 1);
}

void LinksTest::title_isTheFieldThatTheLinkShows()
{
    QVERIFY(link(m_cases, m_a, m_customer, {m_wang}));
    Field customer = field(m_cases, m_customer);
    customer.link.shown = m_phone;
    QVERIFY(put(m_document.table(m_cases)->definition(), customer));
    QCOMPARE(shown(m_cases, m_a, m_customer), QStringLiteral("138"));
    QCOMPARE(shown(m_customers, m_wang, m_back), QStringLiteral("A")); // The other end's own.
    QVERIFY(change({EditCells{m_customers, {{m_wang, m_phone, QStringLiteral("137"), {}}}}}));
    QCOMPARE(shown(m_cases, m_a, m_customer), QStringLiteral("137"));
    QVERIFY(link(m_cases, m_b, m_customer, {m_li}));
    QCOMPARE(shown(m_cases, m_b, m_customer), QStringLiteral("139"));
    // Names that are typed are looked for there.
    const FieldContext typing{m_document.people(), QLocale::c(), QTimeZone::utc(), 0,
        std::make_shared<TitleFinder>(m_document)};
    const auto found = fieldType(FieldKind::Links)
                           .parse(QStringLiteral("139"), field(m_cases, m_customer), typing);
    QVERIFY(found);
    QCOMPARE(std::get<Links>(found.value()).first().record, m_li);
    QVERIFY(!fieldType(FieldKind::Links)
                 .parse(QStringLiteral("李"), field(m_cases, m_customer), typing));
    // While it is in the trash, the first field stands for it.
    Field phone = field(m_customers, m_phone);
    phone.isTrashed = true;
    QVERIFY(change({PutField{m_customers, phone}}));
    QCOMPARE(shown(m_cases, m_a, m_customer), QStringLiteral("王"));
    phone.isTrashed = false;
    QVERIFY(change({PutField{m_customers, phone}}));
    QCOMPARE(shown(m_cases, m_a, m_customer), QStringLiteral("137"));
    customer.link.shown = {};
    QVERIFY(put(m_document.table(m_cases)->definition(), customer));
    QCOMPARE(shown(m_cases, m_a, m_customer), QStringLiteral("王"));
}

void LinksTest::title_thatCannotBe_isRefused()
{
    Field customer = field(m_cases, m_customer);
    const auto refusal = [&](FieldId wanted) {
        customer.link.shown = wanted;
        const Done done = put(m_document.table(m_cases)->definition(), customer);
        return done ? QStringLiteral("taken") : done.error().arguments.join(u' ');
    };
    QVERIFY(refusal(m_title).contains(m_title.text())); // of another table
    QVERIFY(refusal(m_back).contains(m_back.text())); // a link, which has no words of its own
    Field about;
    about.id = FieldId(IdBits{2, 30});
    about.name = QStringLiteral("about");
    about.formula = QStringLiteral("{cases}.{customer}&\"\"");
    QVERIFY(put(m_document.table(m_customers)->definition(), about));
    QVERIFY(refusal(about.id).contains(QStringLiteral("→"))); // It reads how the link is called.
    QCOMPARE(refusal(m_phone), QStringLiteral("taken"));
}

/// From the end that says so; from the other one, records are chosen as ever.
void LinksTest::onlyNew_linksWhatIsMadeWithIt()
{
    const auto refused = [](const Done &done) {
        return !done && done.error().code == ErrorCode::LinkNotOffered;
    };
    QVERIFY(link(m_customers, m_wang, m_back, {m_a}));
    Field back = field(m_customers, m_back);
    back.link.onlyNew = true;
    QVERIFY(put(m_document.table(m_customers)->definition(), back));
    QVERIFY(refused(link(m_customers, m_li, m_back, {m_b})));
    QVERIFY(refused(link(m_customers, m_wang, m_back, {m_a, m_b})));
    const RecordId made(IdBits{3, 9});
    const CreateRecords create{m_cases, {{made, {{m_title, QStringLiteral("new")}}}}};
    QVERIFY(change({create,
        EditCells{m_customers, {{m_wang, m_back, Links{{m_a, {}}, {made, {}}}, {}}}, false}}));
    QCOMPARE(shown(m_customers, m_wang, m_back), QStringLiteral("A, new"));
    QVERIFY(link(m_cases, m_b, m_customer, {m_li}));
    // A link that was taken away comes back only by undo.
    const auto gone = change({EditCells{m_customers, {{m_wang, m_back, Links{{made, {}}}, {}}}}});
    QVERIFY(gone);
    QVERIFY(refused(link(m_customers, m_wang, m_back, {m_a, made})));
    QVERIFY(change(invert(gone.value())));
    QCOMPARE(shown(m_customers, m_wang, m_back), QStringLiteral("A, new"));
    const RecordId person(IdBits{4, 9});
    const auto bearing =
        change({CreateRecords{m_customers, {{person, {{m_back, Links{{m_c, {}}}}}}}}});
    QVERIFY(!bearing && bearing.error().code == ErrorCode::LinkNotOffered);
}

void LinksTest::deleted_isNotShownAndComesBack()
{
    QVERIFY(link(m_cases, m_a, m_customer, {m_wang}));
    QVERIFY(change({DeleteRecords{m_customers, {m_wang}}}));
    QVERIFY(isEmpty(value(m_cases, m_a, m_customer)));
    QVERIFY(change({RestoreRecords{m_customers, {m_wang}}}));
    QCOMPARE(shown(m_cases, m_a, m_customer), QStringLiteral("王"));
    QVERIFY(change({DeleteRecords{m_cases, {m_a}}}));
    QVERIFY(isEmpty(value(m_customers, m_wang, m_back)));
    QVERIFY(change({RestoreRecords{m_cases, {m_a}}}));
    QCOMPARE(shown(m_customers, m_wang, m_back), QStringLiteral("A"));
}

void LinksTest::single_takesOneOnly()
{
    const Done two = link(m_cases, m_a, m_customer, {m_wang, m_li});
    QVERIFY(!two && two.error().code == ErrorCode::TooManyLinks);
    Field back = field(m_customers, m_back);
    QVERIFY(link(m_customers, m_wang, m_back, {m_a, m_b}));
    back.link.isSingle = true;
    const Done narrowed = put(m_document.table(m_customers)->definition(), back);
    QVERIFY(!narrowed && narrowed.error().code == ErrorCode::TooManyLinks);
    QVERIFY(link(m_customers, m_wang, m_back, {m_a}));
    QVERIFY(put(m_document.table(m_customers)->definition(), back));
    const Done taken = link(m_cases, m_b, m_customer, {m_wang});
    QVERIFY(!taken && taken.error().code == ErrorCode::LinkTaken);
    // Another takes the place of one that is away: that stays with the other.
    QVERIFY(change({DeleteRecords{m_cases, {m_a}}}));
    QVERIFY(link(m_cases, m_b, m_customer, {m_wang}));
    QVERIFY(change({RestoreRecords{m_cases, {m_a}}}));
    QVERIFY(isEmpty(value(m_cases, m_a, m_customer)));
    QCOMPARE(shown(m_customers, m_wang, m_back), QStringLiteral("B"));
}

/// Of two that held the same place one after the other, one gets it when both come back at once.
void LinksTest::single_isKeptWhenSeveralComeBack()
{
    Field back = field(m_customers, m_back);
    back.link.isSingle = true;
    QVERIFY(put(m_document.table(m_customers)->definition(), back));
    for (const RecordId record : {m_a, m_b}) {
        QVERIFY(link(m_cases, record, m_customer, {m_wang}));
        QVERIFY(change({DeleteRecords{m_cases, {record}}}));
    }
    QVERIFY(change({RestoreRecords{m_cases, {m_b, m_a}}}));
    QCOMPARE(shown(m_customers, m_wang, m_back), QStringLiteral("B"));
    QVERIFY(isEmpty(value(m_cases, m_a, m_customer)));
}

/// Fields are known by their ids in all tables of a base.
void LinksTest::ids_areOfOneFieldOnly()
{
    Field twin;
    twin.id = m_phone;
    twin.name = QStringLiteral("twin");
    QVERIFY(!put(m_document.table(m_cases)->definition(), twin));
    Field links;
    links.id = FieldId(IdBits{6, 1});
    links.name = QStringLiteral("links");
    links.kind = FieldKind::Links;
    links.link.table = m_customers;
    for (const FieldId reverse : {m_title, m_phone, m_back, links.id, FieldId()}) {
        links.link.reverse = reverse;
        QVERIFY(!put(m_document.table(m_cases)->definition(), links));
    }
    links.link.reverse = FieldId(IdBits{6, 2});
    links.defaultValue = {DefaultValue::Kind::Fixed, Links{{m_wang, {}}}};
    QVERIFY(!put(m_document.table(m_cases)->definition(), links)); // no default leads anywhere
    links.defaultValue = {};
    QVERIFY(put(m_document.table(m_cases)->definition(), links));
}

/// Also to the same table, and from new records to one another.
void LinksTest::table_linksToItself()
{
    Field parent;
    parent.id = FieldId(IdBits{6, 1});
    parent.name = QStringLiteral("parent");
    parent.kind = FieldKind::Links;
    parent.link.table = m_cases;
    parent.link.reverse = FieldId(IdBits{6, 2});
    parent.link.isSingle = true;
    QVERIFY(put(m_document.table(m_cases)->definition(), parent));
    const RecordId one(IdBits{3, 7});
    const RecordId two(IdBits{3, 8});
    QVERIFY(change({CreateRecords{m_cases,
        {{one, {{m_title, QStringLiteral("1")}, {parent.id, Links{{two, {}}}}}},
            {two, {{m_title, QStringLiteral("2")}, {parent.id, Links{{m_a, {}}}}}}}}}));
    QCOMPARE(shown(m_cases, one, parent.id), QStringLiteral("2"));
    QCOMPARE(shown(m_cases, two, parent.link.reverse), QStringLiteral("1"));
    QCOMPARE(shown(m_cases, m_a, parent.link.reverse), QStringLiteral("2"));
    Field grand;
    grand.id = FieldId(IdBits{6, 3});
    grand.name = QStringLiteral("grandparent");
    grand.formula = QStringLiteral("{parent}.{parent}.{title}");
    QVERIFY(put(m_document.table(m_cases)->definition(), grand));
    QCOMPARE(shown(m_cases, one, grand.id), QStringLiteral("A"));
    QVERIFY(change({EditCells{m_cases, {{m_a, m_title, QStringLiteral("A+"), {}}}}}));
    QCOMPARE(shown(m_cases, one, grand.id), QStringLiteral("A+"));
}

void LinksTest::foreign_isRefused()
{
    for (const RecordId record : {m_b, RecordId(IdBits{7, 7}), RecordId()}) {
        const Done done = link(m_cases, m_a, m_customer, {record});
        QVERIFY(!done && done.error().code == ErrorCode::LinkToNothing);
    }
    QVERIFY(change({DeleteRecords{m_customers, {m_li}}}));
    QVERIFY(!link(m_cases, m_a, m_customer, {m_li}));
}

void LinksTest::gone_forbidsOrCascades()
{
    QVERIFY(link(m_customers, m_wang, m_back, {m_a, m_b}));
    Field customer = field(m_cases, m_customer);
    customer.link.whenGone = WhenGone::Forbid;
    QVERIFY(put(m_document.table(m_cases)->definition(), customer));
    const auto forbidden = change({DeleteRecords{m_customers, {m_wang}}});
    QVERIFY(!forbidden && forbidden.error().code == ErrorCode::StillLinked);
    QVERIFY(change({DeleteRecords{m_customers, {m_li}}}));
    customer.link.whenGone = WhenGone::Cascade;
    QVERIFY(put(m_document.table(m_cases)->definition(), customer));
    const auto gone = change({DeleteRecords{m_customers, {m_wang}}});
    QVERIFY(gone);
    QVERIFY(!m_document.table(m_cases)->aliveRow(m_a));
    QVERIFY(m_document.table(m_cases)->aliveRow(m_c));
    QVERIFY(change(invert(gone.value())));
    QCOMPARE(shown(m_customers, m_wang, m_back), QStringLiteral("A, B"));
}

void LinksTest::lookups_followEveryEdit()
{
    const auto formula = [](quint64 id, const char *name, FieldKind kind, const char *text) {
        Field field;
        field.id = FieldId(IdBits{5, id});
        field.name = QString::fromUtf8(name);
        field.kind = kind;
        field.formula = QString::fromUtf8(text);
        return field;
    };
    const Table &cases = m_document.table(m_cases)->definition();
    const Table &customers = m_document.table(m_customers)->definition();
    const Field phone = formula(1, "phone", FieldKind::SingleLineText, "{customer}.{phone}");
    const Field total = formula(2, "total", FieldKind::Number, "SUM({cases}.{amount})");
    const Field large = formula(3, "large", FieldKind::Number, "COUNTLINKS({cases},{amount}>15)");
    const Field most =
        formula(4, "most", FieldKind::SingleLineText, "FINDMAX({cases},{amount},{title})");
    const Field twice = formula(5, "of all", FieldKind::Number, "{customer}.{total}*2");
    for (const Field &each : {total, large, most}) {
        const Done done = put(customers, each);
        QVERIFY2(done, done ? "" : qUtf8Printable(done.error().arguments.join(u' ')));
    }
    for (const Field &each : {phone, twice}) {
        const Done done = put(cases, each);
        QVERIFY2(done, done ? "" : qUtf8Printable(done.error().arguments.join(u' ')));
    }
    QVERIFY(link(m_cases, m_a, m_customer, {m_wang}));
    QCOMPARE(shown(m_cases, m_a, phone.id), QStringLiteral("138"));
    QVERIFY(link(m_customers, m_wang, m_back, {m_a, m_b}));
    QCOMPARE(value(m_customers, m_wang, total.id), Value(30.0));
    QCOMPARE(value(m_customers, m_wang, large.id), Value(1.0));
    QCOMPARE(shown(m_customers, m_wang, most.id), QStringLiteral("B"));
    QCOMPARE(value(m_cases, m_b, twice.id), Value(60.0));
    QVERIFY(change({EditCells{m_cases, {{m_a, m_amount, 25.0, {}}}}}));
    QCOMPARE(value(m_cases, m_b, twice.id), Value(90.0));
    QCOMPARE(shown(m_customers, m_wang, most.id), QStringLiteral("A"));
    QVERIFY(change({EditCells{m_customers, {{m_wang, m_phone, QStringLiteral("150"), {}}}}}));
    QCOMPARE(shown(m_cases, m_b, phone.id), QStringLiteral("150"));
    QVERIFY(change({DeleteRecords{m_cases, {m_a}}}));
    QCOMPARE(value(m_cases, m_b, twice.id), Value(40.0));
}

void LinksTest::key_findsARecordOfAnyTable()
{
    Field phone;
    phone.id = FieldId(IdBits{5, 1});
    phone.name = QStringLiteral("found");
    phone.formula = QStringLiteral("LOOKUP({title},{customers}.{name},{phone},\"none\")");
    QVERIFY(put(m_document.table(m_cases)->definition(), phone));
    const auto found = [&](RecordId record) { return shown(m_cases, record, phone.id); };
    QCOMPARE(found(m_a), QStringLiteral("none"));

    // Here: another key, in other letters and with blanks; there: the key, the value, the record.
    const auto set = [this](TableId table, RecordId record, FieldId cell, const char *text) {
        QVERIFY(change({EditCells{table, {{record, cell, QString::fromUtf8(text), {}}}}}));
    };
    set(m_cases, m_a, m_title, "王");
    set(m_cases, m_b, m_title, "Zhao");
    QCOMPARE(found(m_a), QStringLiteral("138"));
    QCOMPARE(found(m_b), QStringLiteral("none"));
    set(m_customers, m_li, m_name, "ZHAO ");
    QCOMPARE(found(m_b), QStringLiteral("139"));
    set(m_customers, m_li, m_phone, "137");
    QCOMPARE(found(m_b), QStringLiteral("137"));
    set(m_customers, m_wang, m_name, "zhao"); // Two of that name: the one with the lower id.
    QCOMPARE(found(m_a), QStringLiteral("none"));
    QCOMPARE(found(m_b), QStringLiteral("138"));
    QVERIFY(change({DeleteRecords{m_customers, {m_wang}}}));
    QCOMPARE(found(m_b), QStringLiteral("137"));
    QVERIFY(change({RestoreRecords{m_customers, {m_wang}}}));
    QCOMPARE(found(m_b), QStringLiteral("138"));
    const RecordId first(IdBits{3, 9});
    QVERIFY(change({CreateRecords{m_customers,
        {{first, {{m_name, QStringLiteral("zhao")}, {m_phone, QStringLiteral("100")}}}}}}));
    QCOMPARE(found(m_b), QStringLiteral("100"));

    // What is looked up may be computed, and in a number what a text says is found.
    Field length = phone;
    length.id = FieldId(IdBits{5, 2});
    length.name = QStringLiteral("length");
    length.kind = FieldKind::Number;
    length.formula = QStringLiteral("LEN({name})*10");
    QVERIFY(put(m_document.table(m_customers)->definition(), length));
    phone.formula = QStringLiteral("XLOOKUP({amount},{customers}.{length},{customers}.{name})");
    QVERIFY(put(m_document.table(m_cases)->definition(), phone));
    QCOMPARE(found(m_c), QStringLiteral("zhao"));
    set(m_customers, first, m_name, "x");
    QCOMPARE(found(m_a), QStringLiteral("x"));
    QVERIFY(isEmpty(value(m_cases, m_b, phone.id)));

    // A field that is gone is a fault, not an empty cell.
    Field trashed = field(m_customers, length.id);
    trashed.isTrashed = true;
    QVERIFY(put(m_document.table(m_customers)->definition(), trashed));
    QVERIFY(isFault(value(m_cases, m_a, phone.id)));
}

void LinksTest::key_isReadAndNamedAsAField()
{
    const Table &cases = m_document.table(m_cases)->definition();
    const QString formula = QStringLiteral("LOOKUP({title},{customers}.{name},{phone})");
    const auto kept = withIds(formula, cases, &m_document);
    QVERIFY(kept);
    QVERIFY(kept.value().contains(m_customers.text()));
    Table renamed = m_document.table(m_customers)->definition();
    renamed.name = QStringLiteral("people");
    QVERIFY(change({PutTable{renamed}}));
    QCOMPARE(withNames(kept.value(), cases, &m_document),
        QStringLiteral("LOOKUP({title},{people}.{name},{phone})"));

    // From a linked record there is no way back to who looks.
    const auto nested =
        parseExpression(QStringLiteral("LOOKUP({cases},XLOOKUP({title},{people}.{name},{phone}))"),
            m_document.table(m_customers)->definition(), &m_document);
    QVERIFY(!nested);
    for (const char *wrong : {"XLOOKUP({title},{nowhere}.{name},{phone})",
             "XLOOKUP({title},{people},{phone})", "XLOOKUP({title},{people}.{name})",
             "XLOOKUP({title},{people}.{nothing},{phone})", "XLOOKUP({title}"}) {
        QVERIFY2(!parseExpression(QString::fromUtf8(wrong), cases, &m_document), wrong);
    }

    // One that finds itself by what it computes goes round in a circle.
    Field circle;
    circle.id = FieldId(IdBits{5, 1});
    circle.name = QStringLiteral("circle");
    circle.formula = QStringLiteral("XLOOKUP({title},{cases}.{circle},{title})");
    QVERIFY(!put(cases, circle));
}

void LinksTest::undo_takesBackBothEnds()
{
    QVERIFY(link(m_customers, m_wang, m_back, {m_a}));
    const auto moved = change({EditCells{m_cases, {{m_a, m_customer, Links{{m_li, {}}}, {}}}}});
    QVERIFY(moved);
    QVERIFY(change(invert(moved.value())));
    QCOMPARE(shown(m_customers, m_wang, m_back), QStringLiteral("A"));
    QVERIFY(isEmpty(value(m_customers, m_li, m_back)));
}

void LinksTest::field_goesWithItsOtherEnd()
{
    QVERIFY(link(m_customers, m_wang, m_back, {m_a}));
    Field back = field(m_customers, m_back);
    back.isTrashed = true;
    QVERIFY(put(m_document.table(m_customers)->definition(), back));
    QVERIFY(field(m_cases, m_customer).isTrashed);
    back.isTrashed = false;
    QVERIFY(put(m_document.table(m_customers)->definition(), back));
    QVERIFY(!field(m_cases, m_customer).isTrashed);
    QCOMPARE(shown(m_cases, m_a, m_customer), QStringLiteral("王"));
    Table customers = m_document.table(m_customers)->definition();
    customers.isTrashed = true;
    const auto gone = change({PutTable{customers}});
    QVERIFY(gone);
    QVERIFY(field(m_cases, m_customer).isTrashed);
    QVERIFY(change(invert(gone.value())));
    QVERIFY(!field(m_cases, m_customer).isTrashed);
    QCOMPARE(shown(m_customers, m_wang, m_back), QStringLiteral("A"));
}

void LinksTest::names_becomeLinks()
{
    Field text;
    text.id = FieldId(IdBits{6, 1});
    text.name = QStringLiteral("who");
    QVERIFY(put(m_document.table(m_cases)->definition(), text));
    QVERIFY(change({EditCells{m_cases,
        {{m_a, text.id, QStringLiteral("李"), {}}, {m_b, text.id, QStringLiteral("谁"), {}}}}}));
    Field links = text;
    links.kind = FieldKind::Links;
    links.link.table = m_customers;
    links.link.reverse = FieldId(IdBits{6, 2});
    const auto converted = change({PutField{m_cases, links}});
    QVERIFY(converted);
    QCOMPARE(shown(m_cases, m_a, text.id), QStringLiteral("李"));
    QVERIFY(isEmpty(value(m_cases, m_b, text.id)));
    QVERIFY(change(invert(converted.value())));
    QCOMPARE(shown(m_cases, m_a, text.id), QStringLiteral("李"));
    QCOMPARE(shown(m_cases, m_b, text.id), QStringLiteral("谁"));
}

void LinksTest::circle_overTablesIsRefused()
{
    Field total;
    total.id = FieldId(IdBits{5, 1});
    total.name = QStringLiteral("total");
    total.kind = FieldKind::Number;
    total.formula = QStringLiteral("SUM({cases}.{amount})");
    QVERIFY(put(m_document.table(m_customers)->definition(), total));
    Field amount = field(m_cases, m_amount);
    amount.formula = QStringLiteral("{customer}.{total}+1");
    const Done done = put(m_document.table(m_cases)->definition(), amount);
    QVERIFY(!done && done.error().code == ErrorCode::FieldFormulaInvalid);
    QCOMPARE(done.error().arguments.last(), QStringLiteral("amount → customers.total → amount"));
}

/// A link {Cases} with the fields that the examples of functions name.
/// A link leads where its field lets it, whichever end it is made from; what was linked stays.
void LinksTest::limit_isHeldFromBothEnds()
{
    const auto refused = [](const Done &done) {
        return !done && done.error().code == ErrorCode::LinkNotOffered;
    };
    QVERIFY(link(m_cases, m_c, m_customer, {m_li}));
    Field customer = field(m_cases, m_customer);
    customer.link.condition = QStringLiteral("STARTS_WITH({title},LEFT({name},1))");
    QVERIFY(put(m_document.table(m_cases)->definition(), customer));
    QVERIFY(
        field(m_cases, m_customer).link.condition.contains(m_name.text())); // free to be renamed
    QVERIFY(change({EditCells{m_cases, {{m_a, m_title, QStringLiteral("wet parcel"), {}}}}}));
    const QString wang = QStringLiteral("Wang");
    QVERIFY(change({EditCells{
        m_customers, {{m_wang, m_name, wang, {}}, {m_li, m_name, QStringLiteral("Li"), {}}}}}));
    QVERIFY(link(m_cases, m_a, m_customer, {m_wang}));
    QVERIFY(refused(link(m_cases, m_b, m_customer, {m_wang})));
    QVERIFY(refused(link(m_customers, m_wang, m_back, {m_a, m_b})));
    QVERIFY(link(m_customers, m_wang, m_back, {}));
    QVERIFY(link(m_customers, m_wang, m_back, {m_a}));
    // The record and its link in one request are looked at as they are in the end.
    const RecordId made(IdBits{3, 9});
    QVERIFY(refused([&]() -> Done {
        TRY(change({CreateRecords{m_cases,
            {{made, {{m_title, QStringLiteral("x")}, {m_customer, Links{{m_wang, {}}}}}}}}}));
        return Ok;
    }()));
    QVERIFY(change({CreateRecords{m_cases, {{made, {{m_customer, Links{{m_wang, {}}}}}}}},
        EditCells{m_cases, {{made, m_title, QStringLiteral("wrong size"), {}}}}}));
    // What is linked stays, though it would not be offered any more.
    QVERIFY(change({EditCells{m_cases, {{made, m_title, QStringLiteral("other"), {}}}}}));
    QCOMPARE(shown(m_cases, m_c, m_customer), QStringLiteral("Li"));
    // Without the field that it reads, the condition is out of force.
    Field name = field(m_customers, m_name);
    name.isTrashed = true;
    QVERIFY(change({PutField{m_customers, name}}));
    QVERIFY(link(m_cases, m_b, m_customer, {m_wang}));
}

void LinksTest::limit_ofAView_followsTheView()
{
    View view;
    view.id = ViewId(IdBits{6, 1});
    view.name = QStringLiteral("with a phone");
    Filter test;
    test.kind = Filter::Kind::Test;
    test.field = m_phone;
    test.op = FilterOp::IsNotEmpty;
    view.filter.children = {test};
    QVERIFY(change({PutView{m_customers, view}}));
    Field customer = field(m_cases, m_customer);
    customer.link.view = view.id;
    QVERIFY(put(m_document.table(m_cases)->definition(), customer));
    QVERIFY(change({EditCells{
        m_customers, {{m_wang, m_phone, QStringLiteral("1"), {}}, {m_li, m_phone, Value(), {}}}}}));
    QVERIFY(link(m_cases, m_a, m_customer, {m_wang}));
    QVERIFY(!link(m_cases, m_b, m_customer, {m_li}));
    view.filter.children.first().op = FilterOp::IsEmpty;
    QVERIFY(change({PutView{m_customers, view}}));
    QVERIFY(!link(m_cases, m_b, m_customer, {m_wang}));
    QVERIFY(link(m_cases, m_b, m_customer, {m_li}));
    QVERIFY(change({RemoveView{m_customers, view.id}}));
    QVERIFY(link(m_cases, m_b, m_customer, {m_wang}));
}

void LinksTest::limit_thatCannotBe_isRefused()
{
    const Table &cases = m_document.table(m_cases)->definition();
    Field customer = field(m_cases, m_customer);
    customer.link.condition = QStringLiteral("{nothing}=1");
    QVERIFY(!put(cases, customer));
    customer.link.condition.clear();
    customer.link.view = ViewId(IdBits{6, 7});
    QVERIFY(!put(cases, customer));
}

void LinksTest::examples_canBeRead()
{
    Field back = field(m_customers, m_back);
    back.name = QStringLiteral("Cases");
    QVERIFY(put(m_document.table(m_customers)->definition(), back));
    QList<Operation> operations;
    for (const char *name : {"State", "Date"}) {
        Field field;
        field.id = FieldId(IdBits{8, quint64(operations.size() + 1)});
        field.name = QString::fromUtf8(name);
        operations += PutField{m_cases, field};
    }
    QVERIFY(change(operations));
    int read = 0;
    for (const Function *function : allFunctions()) {
        if (function->enters != Enters::Nothing) {
            const auto parsed = parseExpression(QString::fromUtf8(function->example),
                m_document.table(m_customers)->definition(), &m_document);
            QVERIFY2(parsed, function->example);
            ++read;
        }
    }
    QCOMPARE(read, 6);
}

QTEST_GUILESS_MAIN(LinksTest)
#include "tst_Links.moc"
