// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/support/Text.h"
#include "shared/transfer/Import.h"

#include <QRandomGenerator>
#include <QTest>

using namespace casebase;

class TransferTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void csv_isReadAsWritten();
    void csv_broken_saysWhere();
    void csv_separatorsInQuotes_doNotCount();
    void csv_longNames_areCutOnce();
    void csv_oneWideRow_makesNoOtherWide();
    void csv_manyColumnsOfOneName_takeNoLongerThanOthers();
    void csv_ofAnyCells_isReadAsWritten();
    void numbers_thatProgramsWrite_areWhatTheLongWayFinds();
    void columns_areGuessedFromAllRows();
    void csv_inGb18030_isUnderstood();
    void rowsThatDoNotFit_areReported();
    void cellsThatDoNotFit_areReported();
    void choicesThatDoNotGoTogether_areReported();
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

void TransferTest::csv_longNames_areCutOnce()
{
    const QString word(NameLimit - 11, u'a');
    const QString names = word + QStringLiteral(" and more,") + word + QStringLiteral("\U0001F600");
    const auto csv = parseCsv((names + u',' + names + u'\n').toUtf8());
    QVERIFY(csv);
    QCOMPARE(csv.value().header, // no space at the end, no half of a character
        QStringList({word, word + QStringLiteral(" 2"), word + QStringLiteral(" 3"),
            word + QStringLiteral(" 4")}));
    const auto again = parseCsv(csv.value().header.join(u',').toUtf8());
    QCOMPARE(again.value().header, csv.value().header);
}

void TransferTest::csv_oneWideRow_makesNoOtherWide()
{
    const auto csv = parseCsv("a,b\n" + QByteArray(5000, ',') + "\n1,2\n");
    QVERIFY(csv);
    QCOMPARE(csv.value().faults.size(), 1);
    QCOMPARE(csv.value().rows.size(), 1);
    QVERIFY(csv.value().rows.first().capacity() < 100);
}

void TransferTest::csv_manyColumnsOfOneName_takeNoLongerThanOthers()
{
    const int columns = 100'000; // Each looking through those before it would take minutes.
    const auto csv = parseCsv(QByteArray("a,").repeated(columns - 1) + "A");
    QVERIFY(csv);
    QCOMPARE(csv.value().header.last(), QStringLiteral("A %1").arg(columns));
    QCOMPARE(QSet<QString>(csv.value().header.begin(), csv.value().header.end()).size(), columns);
}

void TransferTest::csv_ofAnyCells_isReadAsWritten()
{
    QRandomGenerator random(4);
    const QString letters = QStringLiteral("ab \",;\n\r客");
    for (int round = 0; round < 3000; ++round) {
        QByteArray file = "a,b,c";
        QList<QStringList> rows;
        QList<int> lines;
        int line = 1;
        for (int r = random.bounded(4); r >= 0; --r) {
            QStringList row;
            file += random.bounded(2) ? "\n" : "\r\n";
            lines += ++line;
            for (int c = 0; c < 3; ++c) {
                QString cell;
                for (int i = random.bounded(6); i > 0; --i) {
                    cell += letters[random.bounded(int(letters.size()))];
                }
                line += int(cell.count(u'\n'));
                row += cell;
                cell.replace(u'"', QLatin1String("\"\""));
                file += (c ? ",\"" : "\"") + cell.toUtf8() + '"';
            }
            rows += row;
        }
        const auto csv = parseCsv(file);
        QVERIFY2(csv, file.constData());
        QVERIFY2(csv.value().rows == rows, file.constData());
        QCOMPARE(csv.value().lines, lines);
        // What is open at the end is told, not swallowed.
        QVERIFY(!parseCsv(file + "\n\"open"));
    }
}

void TransferTest::numbers_thatProgramsWrite_areWhatTheLongWayFinds()
{
    QRandomGenerator random(5);
    const QString letters = QStringLiteral("0123456789..-");
    for (int round = 0; round < 50000; ++round) {
        QString text;
        for (int i = random.bounded(12); i >= 0; --i) {
            text += letters[random.bounded(int(letters.size()))];
        }
        // A space in front makes no other number of it, and takes the long way.
        QVERIFY2(parseNumber(text, QLocale::c()) == parseNumber(u' ' + text, QLocale::c()),
            qUtf8Printable(text));
        QVERIFY2(parseNumber(text, QLocale(QLocale::German))
                == parseNumber(u' ' + text, QLocale(QLocale::German)),
            qUtf8Printable(text));
    }
}

void TransferTest::columns_areGuessedFromAllRows()
{
    // The one cell that tells is far behind what one thread takes at once.
    QByteArray file = "name,number,day,choice,yes\n";
    for (int i = 0; i < 20000; ++i) {
        const bool isOdd = i == 19000;
        file += "n" + QByteArray::number(i) + (isOdd ? ",word" : ",12.5") + ",2026-11-"
            + QByteArray::number(10 + i % 9) + (isOdd ? " 10:30" : "")
            + (i < 9000 ? ",first" : ",second") + (i % 2 ? ",yes\n" : ",no\n");
    }
    const FieldContext context{m_people};
    const ImportPlan plan =
        guessedImport(parseCsv(file).value(), QStringLiteral("t"), context, m_ids);
    const FieldKind kinds[] = {FieldKind::SingleLineText, FieldKind::SingleSelect,
        FieldKind::DateTime, FieldKind::SingleSelect, FieldKind::Checkbox};
    for (qsizetype i = 0; i < 5; ++i) {
        QCOMPARE(plan.table.fields[i].kind, kinds[i]);
    }
    QCOMPARE(plan.table.fields[3].options[0].name, QStringLiteral("first"));
    QCOMPARE(plan.table.fields[3].options[1].name, QStringLiteral("second"));
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
    const CreateRecords create =
        RowImport(csv.value(), plan, nullptr).next(10, context, m_ids, faults);
    QCOMPARE(create.records.size(), 3);
    QCOMPARE(create.records[1].values.size(), 1);
    QCOMPARE(create.records[2].values.size(), 1);
    QCOMPARE(faults.size(), 1);
    QCOMPARE(faults.first().line, 3);
    QCOMPARE(faults.first().text, QStringLiteral("two"));
}

void TransferTest::choicesThatDoNotGoTogether_areReported()
{
    const auto csv = parseCsv("name,city,region\na,Harbin,north\nb,Canton,north\nc,Harbin,\n");
    QVERIFY(csv);
    Table table;
    table.id = m_ids.next<TableId>();
    for (const QString &name : csv.value().header) {
        Field field;
        field.id = m_ids.next<FieldId>();
        field.name = name;
        table.fields += field;
    }
    const auto option = [this](const char *name) {
        return Option{m_ids.next<OptionId>(), QString::fromLatin1(name), {}};
    };
    Field &city = table.fields[1];
    Field &region = table.fields[2];
    city.kind = region.kind = FieldKind::SingleSelect;
    region.options = {option("north"), option("south")};
    city.options = {option("Harbin"), option("Canton")};
    city.parent = region.id;
    city.options[0].under = {region.options[0].id};
    city.options[1].under = {region.options[1].id};
    const ImportPlan plan = matchedImport(csv.value(), table);
    QList<ImportFault> faults;
    const CreateRecords create =
        RowImport(csv.value(), plan, nullptr).next(10, {m_people}, m_ids, faults);
    QCOMPARE(create.records.size(), 3);
    QCOMPARE(create.records[0].values[1].value, Value(city.options[0].id));
    QCOMPARE(create.records[1].values[1].value, Value());
    QCOMPARE(create.records[2].values[1].value, Value());
    QCOMPARE(faults.size(), 2);
    QCOMPARE(faults[0].line, 3);
    QCOMPARE(faults[0].column, QStringLiteral("city"));
    QCOMPARE(faults[0].text, QStringLiteral("Canton"));
    QCOMPARE(faults[1].error.code, ErrorCode::OptionElsewhere);
}

void TransferTest::formulas_areDisarmedOnExport()
{
    QCOMPARE(csvCell(QStringLiteral("=1+1")), QStringLiteral("'=1+1"));
    QCOMPARE(csvCell(QStringLiteral("-5")), QStringLiteral("-5"));
    QCOMPARE(csvCell(QStringLiteral("a,\"b\"")), QStringLiteral("\"a,\"\"b\"\"\""));
    // Whatever was disarmed reads as it was, and what only begins with an apostrophe stays.
    for (const char *text : {"=1+1", "+86 138", "@x", "-x", "-5", "'=1", "''=1", "'", "''", "'a",
             "'-5", "", "a", "\tx"}) {
        const QString plain = QString::fromLatin1(text);
        QCOMPARE(cellText(csvCell(plain)), plain);
    }
}

QTEST_GUILESS_MAIN(TransferTest)
#include "tst_Transfer.moc"
