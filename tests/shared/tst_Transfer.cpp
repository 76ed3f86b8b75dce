// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/transfer/Import.h"

#include <QTest>

using namespace casebase;

class TransferTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void csv_isReadAsWritten();
    void csv_broken_saysWhere();
    void csv_separatorsInQuotes_doNotCount();
    void csv_inGb18030_isUnderstood();
    void rowsThatDoNotFit_areReported();
    void cellsThatDoNotFit_areReported();
    void formulas_areDisarmedOnExport();

private:
    SystemClock m_clock;
    IdSource m_ids{m_clock, 1};
    People m_people;
};

void TransferTest::csv_isReadAsWritten()
{
    const auto csv = parseCsv("\xEF\xBB\xBF"
                              "a;b;a\r\n1;\"two\nlines; \"\"quoted\"\"\";3\r\n;;\n");
    QVERIFY(csv);
    QCOMPARE(csv.value().header,
        QStringList({QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("a 2")}));
    QCOMPARE(csv.value().rows.size(), 2);
    QCOMPARE(csv.value().rows[0][1], QStringLiteral("two\nlines; \"quoted\""));
    QCOMPARE(csv.value().lines, QList<int>({2, 4}));
}

void TransferTest::csv_broken_saysWhere()
{
    const auto open = parseCsv("a,b\n1,2\n3,\"never ends\n4,5\n");
    QVERIFY(!open);
    QCOMPARE(open.error().code, ErrorCode::FileInvalid);
    QCOMPARE(open.error().arguments.first(), QStringLiteral("3"));
    QVERIFY(!parseCsv("  \n"));
}

void TransferTest::csv_separatorsInQuotes_doNotCount()
{
    const auto csv = parseCsv("\"a; b; c\nd;\",e\n1,2\n");
    QVERIFY(csv);
    QCOMPARE(csv.value().header.size(), 2);
    QCOMPARE(csv.value().rows.size(), 1);
}

void TransferTest::csv_inGb18030_isUnderstood()
{
    const auto csv = parseCsv("\xbf\xcd\xbb\xa7,b\n\xcd\xf5,1\n");
    QVERIFY(csv);
    QCOMPARE(csv.value().header.first(), QStringLiteral("客户"));
    QCOMPARE(csv.value().rows[0][0], QStringLiteral("王"));
}

void TransferTest::rowsThatDoNotFit_areReported()
{
    const auto csv = parseCsv("a,b\n1,2\n1,2,3\n4,5\n");
    QVERIFY(csv);
    QCOMPARE(csv.value().rows.size(), 2);
    QCOMPARE(csv.value().faults.size(), 1);
    QCOMPARE(csv.value().faults.first().first, 3);
}

void TransferTest::cellsThatDoNotFit_areReported()
{
    const auto csv = parseCsv("name,amount\nx,1\ny,two\nz,?\n");
    QVERIFY(csv);
    const FieldContext context{m_people};
    ImportPlan plan = guessedImport(csv.value(), QStringLiteral("t"), context, m_ids);
    QCOMPARE(plan.columns[1].field.kind, FieldKind::SingleLineText);
    plan.columns[1].field =
        fieldForColumn(csv.value(), 1, plan.columns[1].field, FieldKind::Number);
    QList<ImportFault> faults;
    const CreateRecords create = importedRecords(csv.value(), plan, 0, 10, context, m_ids, faults);
    QCOMPARE(create.records.size(), 3);
    QCOMPARE(create.records[1].values.size(), 1);
    QCOMPARE(create.records[2].values.size(), 1);
    QCOMPARE(faults.size(), 1);
    QCOMPARE(faults.first().line, 3);
    QCOMPARE(faults.first().text, QStringLiteral("two"));
}

void TransferTest::formulas_areDisarmedOnExport()
{
    QCOMPARE(csvCell(QStringLiteral("=1+1")), QStringLiteral("'=1+1"));
    QCOMPARE(csvCell(QStringLiteral("-5")), QStringLiteral("-5"));
    QCOMPARE(csvCell(QStringLiteral("a,\"b\"")), QStringLiteral("\"a,\"\"b\"\"\""));
}

QTEST_GUILESS_MAIN(TransferTest)
#include "tst_Transfer.moc"
