// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/formula/Expression.h"

#include <QTest>

using namespace casebase;

class FormulaTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void value_isAsPinned_data();
    void value_isAsPinned();
    void error_namesTheCharacter_data();
    void error_namesTheCharacter();
    void nesting_isLimited();

private:
    TableData m_table;
    People m_people;
    FormulaContext m_context{1795309200000, QTimeZone("Asia/Shanghai")};
};

void FormulaTest::initTestCase()
{
    Table table;
    table.id = TableId(IdBits{1, 1});
    const std::pair<const char *, FieldKind> fields[] = {{"Name", FieldKind::SingleLineText},
        {"售后处理时长(小时)", FieldKind::Number}, {"处理状态", FieldKind::SingleSelect},
        {"Done", FieldKind::Checkbox}, {"When", FieldKind::Date}, {"Blank", FieldKind::Number}};
    quint64 id = 1;
    for (const auto &[name, kind] : fields) {
        Field field;
        field.id = FieldId(IdBits{2, id++});
        field.name = QString::fromUtf8(name);
        field.kind = kind;
        table.fields += field;
    }
    table.fields[2].options = {{OptionId(IdBits{3, 1}), QStringLiteral("Open"), {}}};
    m_table.setDefinition(table);
    const Row row = m_table.insert(RecordId(IdBits{4, 1}), true, {1000, {}, 2000, {}, 1});
    m_table.setValue(row, table.fields[0], QStringLiteral("Ann & Bob"));
    m_table.setValue(row, table.fields[1], 13.0);
    m_table.setValue(row, table.fields[2], OptionId(IdBits{3, 1}));
    m_table.setValue(row, table.fields[3], true);
    m_table.setValue(row, table.fields[4], Date{20779}); // 2026-11-22
}

void FormulaTest::value_isAsPinned_data()
{
    QTest::addColumn<QString>("formula");
    QTest::addColumn<QString>("result");
    const std::pair<const char *, const char *> rows[] = {{"1+2*3", "7"}, {"(1+2)*3", "9"},
        {"-2*-3", "6"}, {"\"a\"&1", "a1"}, {"1=1", "1"}, {"1<>1", "0"}, {"{Name}", "Ann & Bob"},
        {"if(and({处理状态}!=\"Completed\",{售后处理时长(小时)}>12),\"🔴Timeout\",blank())",
            "🔴Timeout"},
        {"IF({Blank}=0,'zero','x')", "zero"}, {"1+{Blank}", "1"}, {"{Blank}=BLANK()", "1"},
        {"int(-3.14)", "-4"}, {"rounddown(-3.15)", "-3"}, {"ROUND(65.115, 2)", "65.12"},
        {"round(99.1, -2)", "100"}, {"mod(-5, 2)", "1"}, {"1/0", "#DIV/0!"},
        {"IFERROR(1/0, \"e\")", "e"}, {"IS_ERROR(0/0)", "1"}, {"AND(1,\"\",2)", "0"},
        {"OR(0,{Done})", "1"}, {"XOR(1,1)", "0"}, {"NOT(0)", "1"}, {"find(\"x\",\"abc\")", "0"},
        {"FIND(\"b\",\"abc\")", "2"}, {"replace(\"abcdef\",2,3,\"X\")", "aXef"},
        {"SUBSTITUTE(\"a-b-c\",\"-\",\"+\",2)", "a-b+c"}, {"value(\"123\")", "123"},
        {"LEN({Name})", "9"}, {"upper(left({Name},3))", "ANN"}, {"sum(1,\"\",2)", "3"},
        {"AVERAGE(1,BLANK(),3)", "2"}, {"YEAR({When})", "2026"}, {"WEEKDAY({When})", "7"},
        {"DATETIME_DIFF(\"2026-11-23\",{When},'days')", "1"},
        {"DATETIME_DIFF({When},\"2026-11-23\")", "-86400"},
        {"DATESTR(DATEADD(\"2026-03-31\",-1,'months'))", "2026-02-28"},
        {"IS_BEFORE({When},NOW())", "1"}, {"IS_SAME({When},TODAY(),'day')", "1"},
        {"SWITCH({处理状态},\"Open\",1,\"Closed\",2)", "1"}, {"RECORD_ID()", "rec00000040000001"},
        {"Name", "Ann & Bob"}, {"（1＋2）", "3"}, {"\"a\\\"b\"", "a\"b"}};
    for (const auto &[formula, result] : rows) {
        QTest::addRow("%s", formula) << QString::fromUtf8(formula) << QString::fromUtf8(result);
    }
}

void FormulaTest::value_isAsPinned()
{
    QFETCH(QString, formula);
    QFETCH(QString, result);
    const auto expression = parseExpression(formula, m_table.definition());
    QVERIFY2(expression, expression ? "" : qUtf8Printable(expression.error().arguments.join(u' ')));
    QCOMPARE(
        asText(evaluate(expression.value(), m_table, 0, m_people, m_context), m_context), result);
}

void FormulaTest::error_namesTheCharacter_data()
{
    QTest::addColumn<QString>("formula");
    QTest::addColumn<QString>("at");
    const std::pair<const char *, const char *> rows[] = {{"", "1"}, {"1+", "3"}, {"{Nope}", "1"},
        {"1 + {Nope}", "5"}, {"FOO(1)", "1"}, {"IF(1)", "1"}, {"(1", "3"}, {"1 2", "3"},
        {"\"abc", "5"}, {"{Name", "6"}, {"IF(1,2,3,4)", "1"}};
    for (const auto &[formula, at] : rows) {
        QTest::addRow("%s", formula) << QString::fromUtf8(formula) << QString::fromLatin1(at);
    }
}

void FormulaTest::error_namesTheCharacter()
{
    QFETCH(QString, formula);
    QFETCH(QString, at);
    const auto expression = parseExpression(formula, m_table.definition());
    QVERIFY(!expression);
    QCOMPARE(expression.error().code, ErrorCode::FormulaInvalid);
    QCOMPARE(expression.error().arguments.first(), at);
}

void FormulaTest::nesting_isLimited()
{
    const QString deep = QString(5000, u'(') + u'1' + QString(5000, u')');
    QVERIFY(!parseExpression(deep, m_table.definition()));
    for (const char *sign : {"+", "*", "&", "=", "-"}) {
        const QString chain = QString::fromLatin1(sign).prepend(u'1').repeated(30000) + u'1';
        const auto parsed = parseExpression(chain, m_table.definition());
        QVERIFY(!parsed);
        QVERIFY(parsed.error().arguments.value(1).contains(QStringLiteral("500")));
    }
    QVERIFY(parseExpression(QStringLiteral("1+").repeated(500) + u'1', m_table.definition()));
}

QTEST_GUILESS_MAIN(FormulaTest)
#include "tst_Formula.moc"
