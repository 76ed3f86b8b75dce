// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/document/Adopt.h"
#include "shared/document/Convert.h"
#include "shared/document/Invert.h"
#include "shared/document/Plan.h"
#include "shared/field/SelectFields.h"
#include "shared/query/Match.h"

#include <QTest>

using namespace casebase;

/// The departments of a base and the fields that hold them.
class DepartmentsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void field_offersTheDepartmentsOfTheBase();
    void change_reachesAllFields_andCellsStay();
    void closed_isNotOffered_andStaysWhereItIs();
    void gone_isNoDefault();
    void used_isNotRemoved();
    void tree_thatCannotBe_isRefused();
    void texts_becomeDepartments_andOthersAreLost();
    void change_isUndone_andNeverOverOthers();

private:
    Result<ChangeSet> change(const QList<Operation> &operations);
    Done set(RecordId record, const QString &text);
    QString shown(RecordId record) const;
    const Field &field() const { return *m_document.table(m_id)->definition().field(m_field); }
    static Department department(quint64 id, const char *name, quint64 parent = 0)
    {
        return {OptionId(IdBits{4, id}), QString::fromUtf8(name),
            parent == 0 ? OptionId() : OptionId(IdBits{4, parent}), {}, false};
    }

    const TableId m_id{IdBits{1, 1}};
    const FieldId m_title{IdBits{2, 1}};
    const FieldId m_field{IdBits{2, 2}};
    const RecordId m_a{IdBits{3, 1}};
    const RecordId m_b{IdBits{3, 2}};
    const UserId m_ann{IdBits{9, 9}};
    QList<Department> m_all;
    Document m_document;
    FormulaContext m_now{1795309200000, QTimeZone::utc()};
    quint64 m_revision = 0;
};

void DepartmentsTest::init()
{
    m_document = {};
    m_revision = 0;
    m_document.putPerson({m_ann, QStringLiteral("ann"), QStringLiteral("Ann"), Role::Owner});
    m_all = {department(1, "Service"), department(2, "Sales"), department(3, "North", 1),
        department(4, "North", 2), department(5, "Repair", 1)};
    m_all[0].head = m_ann;
    Table table;
    table.id = m_id;
    table.name = QStringLiteral("cases");
    Field title;
    title.id = m_title;
    title.name = QStringLiteral("title");
    Field made;
    made.id = m_field;
    made.name = QStringLiteral("department");
    made.kind = FieldKind::Department;
    table.fields = {title, made};
    QVERIFY(change(
        {PutDepartments{m_all}, PutTable{table}, CreateRecords{m_id, {{m_a, {}}, {m_b, {}}}}}));
}

Result<ChangeSet> DepartmentsTest::change(const QList<Operation> &operations)
{
    const Stamp stamp{m_ann, m_now.nowMs};
    TRY_SET(const ChangeSet changes,
        plan(m_document, operations, {stamp, false, QLocale::c(), m_now.zone}, m_revision + 1));
    adopt(m_document, changes, stamp, ++m_revision, m_now);
    return changes;
}

Done DepartmentsTest::set(RecordId record, const QString &text)
{
    TRY_SET(const Value value, fieldType(field().kind).parse(text, field(), {m_document.people()}));
    TRY(change({EditCells{m_id, {{record, m_field, value, {}}}}}));
    return Ok;
}

QString DepartmentsTest::shown(RecordId record) const
{
    const TableData &table = *m_document.table(m_id);
    return fieldType(field().kind)
        .format(table.value(*table.row(record), field()), field(), {m_document.people()});
}

void DepartmentsTest::field_offersTheDepartmentsOfTheBase()
{
    QStringList names;
    for (const Option &option : field().options) {
        names += option.name;
    }
    // Each behind what it is a part of; two of one name by their paths.
    QCOMPARE(names,
        QStringList({QStringLiteral("Service"), QStringLiteral("Service / North"),
            QStringLiteral("Repair"), QStringLiteral("Sales"), QStringLiteral("Sales / North")}));
    QVERIFY(set(m_a, QStringLiteral("sales / north")));
    QCOMPARE(shown(m_a), QStringLiteral("Sales / North"));
    QVERIFY(!set(m_a, QStringLiteral("North")));
    // Options of its own it cannot have.
    Field own = field();
    own.options = {{OptionId(IdBits{4, 77}), QStringLiteral("Mine"), QStringLiteral("red")}};
    QVERIFY(change({PutField{m_id, own}}));
    QCOMPARE(field().options.size(), 5);
    QCOMPARE(shown(m_a), QStringLiteral("Sales / North"));
}

void DepartmentsTest::change_reachesAllFields_andCellsStay()
{
    QVERIFY(set(m_a, QStringLiteral("Repair")));
    m_all[4].name = QStringLiteral("  Workshop ");
    m_all[4].parent = m_all[1].id;
    QVERIFY(change({PutDepartments{m_all}}));
    QCOMPARE(shown(m_a), QStringLiteral("Workshop"));
    QCOMPARE(m_document.departments().path(m_all[4].id), QStringLiteral("Sales / Workshop"));
    const TableData &table = *m_document.table(m_id);
    Filter filter;
    filter.kind = Filter::Kind::Test;
    filter.field = m_field;
    filter.op = FilterOp::Is;
    filter.operand.values = {Value(m_all[4].id)};
    const auto test = compileFilter(filter, table, {{m_document.people()}, m_ann});
    QVERIFY(test);
    QCOMPARE(matchingRows(table, test.value()), std::vector<Row>({*table.row(m_a)}));
}

void DepartmentsTest::closed_isNotOffered_andStaysWhereItIs()
{
    QVERIFY(set(m_a, QStringLiteral("Repair")));
    m_all[4].isClosed = true;
    QVERIFY(change({PutDepartments{m_all}}));
    const auto offered = [this](const Value &now) {
        const QList<Option> options = choosableOptions(field(), now, {});
        return std::any_of(options.cbegin(), options.cend(),
            [this](const Option &option) { return option.id == m_all[4].id; });
    };
    QVERIFY(!offered({}));
    QVERIFY(offered(m_all[4].id));
    QCOMPARE(shown(m_a), QStringLiteral("Repair"));
}

void DepartmentsTest::gone_isNoDefault()
{
    const auto makes = [this](quint64 n) {
        const RecordId record(IdBits{3, n});
        const auto made = change({CreateRecords{m_id, {{record, {}}}}});
        return made ? shown(record) : QStringLiteral("refused");
    };
    Field made = field();
    made.defaultValue = {DefaultValue::Kind::Fixed, m_all[4].id};
    QVERIFY(change({PutField{m_id, made}}));
    QCOMPARE(makes(11), QStringLiteral("Repair"));
    QList<Department> closed = m_all;
    closed[4].isClosed = true;
    QVERIFY(change({PutDepartments{closed}}));
    QCOMPARE(makes(12), QString());
    // One that no record holds, and that is removed.
    made = field();
    made.defaultValue = {DefaultValue::Kind::Fixed, m_all[3].id};
    QVERIFY(change({PutField{m_id, made}}));
    closed.removeAt(3);
    QVERIFY(change({PutDepartments{closed}}));
    QCOMPARE(makes(13), QString());
}

void DepartmentsTest::used_isNotRemoved()
{
    QVERIFY(set(m_a, QStringLiteral("Repair")));
    QList<Department> fewer = m_all.mid(0, 4);
    const auto refused = change({PutDepartments{fewer}});
    QVERIFY(!refused && refused.error().code == ErrorCode::DepartmentInUse);
    QCOMPARE(refused.error().arguments,
        QStringList({QStringLiteral("Repair"), QStringLiteral("cases.department")}));
    // A deleted record may come back, so that it counts, too.
    QVERIFY(change({DeleteRecords{m_id, {m_a}}}));
    QVERIFY(!change({PutDepartments{fewer}}));
    QVERIFY(change({RestoreRecords{m_id, {m_a}}}));
    QVERIFY(set(m_a, QStringLiteral("Sales")));
    QVERIFY(change({PutDepartments{fewer}}));
    QCOMPARE(field().options.size(), 4);
}

void DepartmentsTest::tree_thatCannotBe_isRefused()
{
    const auto refuses = [this](const QList<Department> &all, ErrorCode code) {
        const auto done = change({PutDepartments{all}});
        return !done && done.error().code == code;
    };
    QList<Department> all = m_all;
    all[0].parent = all[2].id; // which is a part of it
    QVERIFY(refuses(all, ErrorCode::Invalid));
    all = m_all;
    all[2].parent = OptionId(IdBits{4, 99});
    QVERIFY(refuses(all, ErrorCode::Invalid));
    all = m_all;
    all[4].name = QStringLiteral("NORTH");
    QVERIFY(refuses(all, ErrorCode::NameTaken));
    all = m_all;
    all[4].name = QStringLiteral("  ");
    QVERIFY(refuses(all, ErrorCode::NameEmpty));
    all = m_all;
    all[4].id = all[3].id;
    QVERIFY(refuses(all, ErrorCode::NameTaken));
    all = m_all;
    all[4].head = UserId(IdBits{9, 1});
    QVERIFY(refuses(all, ErrorCode::UnknownPerson));
    all.clear();
    for (int i = 0; i <= DepartmentLevels; ++i) {
        all += department(quint64(i) + 1, "x", quint64(i));
    }
    QVERIFY(refuses(all, ErrorCode::Invalid));
    all.removeLast();
    QVERIFY(change({PutDepartments{all}}));
    all.clear();
    for (int i = 0; i <= DepartmentsPerBase; ++i) {
        all += department(quint64(i) + 1, qPrintable(QString::number(i)));
    }
    QVERIFY(refuses(all, ErrorCode::TooMany));
}

void DepartmentsTest::texts_becomeDepartments_andOthersAreLost()
{
    QVERIFY(change({EditCells{m_id,
        {{m_a, m_title, QStringLiteral("repair"), {}},
            {m_b, m_title, QStringLiteral("nowhere"), {}}}}}));
    Field title = *m_document.table(m_id)->definition().field(m_title);
    Field made = title;
    made.kind = FieldKind::Department;
    made.options = m_document.departments().options();
    const Conversion conversion =
        convertField(*m_document.table(m_id), title, made, {m_document.people()});
    QCOMPARE(conversion.field.options.size(), 5);
    QCOMPARE(conversion.converted, 1);
    QCOMPARE(conversion.lost.size(), 1);
    QVERIFY(change({PutField{m_id, made}}));
    const TableData &table = *m_document.table(m_id);
    QCOMPARE(table.value(*table.row(m_a), *table.definition().field(m_title)), Value(m_all[4].id));
    // And back: a plain select keeps what there is.
    made = *table.definition().field(m_title);
    made.kind = FieldKind::SingleSelect;
    QVERIFY(change({PutField{m_id, made}}));
    QCOMPARE(table.definition().field(m_title)->options.size(), 5);
    QVERIFY(change({PutDepartments{{}}})); // nothing stands in the way any more
    QCOMPARE(m_document.table(m_id)->value(
                 *table.row(m_a), *m_document.table(m_id)->definition().field(m_title)),
        Value(m_all[4].id));
}

void DepartmentsTest::change_isUndone_andNeverOverOthers()
{
    QList<Department> other = m_all;
    other[0].name = QStringLiteral("Care");
    const auto changes = change({PutDepartments{other, m_all}});
    QVERIFY(changes);
    QCOMPARE(field().options[0].name, QStringLiteral("Care"));
    const auto late = change({PutDepartments{m_all, m_all}});
    QVERIFY(!late && late.error().code == ErrorCode::ChangedSince);
    QVERIFY(change(invert(changes.value())));
    QCOMPARE(m_document.departments().all(), m_all);
    QCOMPARE(field().options[0].name, QStringLiteral("Service"));
}

QTEST_GUILESS_MAIN(DepartmentsTest)
#include "tst_Departments.moc"
