// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/formula/Expression.h"
#include "shared/support/ErrorText.h"

#include <QElapsedTimer>
#include <QFile>
#include <QRegularExpression>
#include <QTest>

using namespace casebase;

class FormulaTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void value_isAsPinned_data();
    void value_isAsPinned();
    void type_followsFromTheText_data();
    void type_followsFromTheText();
    void time_flipsWhenItSays_data();
    void time_flipsWhenItSays();
    void names_becomeIdsAndBack();
    void hostile_costsItsAuthorAnError();
    void functions_areDescribed();
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
    table.name = QStringLiteral("Cases");
    const std::pair<const char *, FieldKind> fields[] = {{"Name", FieldKind::SingleLineText},
        {"售后处理时长(小时)", FieldKind::Number}, {"处理状态", FieldKind::SingleSelect},
        {"Done", FieldKind::Checkbox}, {"When", FieldKind::Date}, {"Blank", FieldKind::Number},
        {"Tags", FieldKind::MultipleSelects}};
    quint64 id = 1;
    for (const auto &[name, kind] : fields) {
        Field field;
        field.id = FieldId(IdBits{2, id++});
        field.name = QString::fromUtf8(name);
        field.kind = kind;
        table.fields += field;
    }
    table.fields[2].options = {{OptionId(IdBits{3, 1}), QStringLiteral("Open"), {}}};
    table.fields[6].options = {{OptionId(IdBits{3, 2}), QStringLiteral("red"), {}},
        {OptionId(IdBits{3, 3}), QStringLiteral("blue"), {}}};
    m_table.setDefinition(table);
    const Row row = m_table.insert(RecordId(IdBits{4, 1}), true, {1000, {}, 2000, {}, 1});
    m_table.setValue(row, table.fields[0], QStringLiteral("Ann & Bob"));
    m_table.setValue(row, table.fields[1], 13.0);
    m_table.setValue(row, table.fields[2], OptionId(IdBits{3, 1}));
    m_table.setValue(row, table.fields[3], true);
    m_table.setValue(row, table.fields[4], Date{20779}); // 2026-11-22
    m_table.setValue(row, table.fields[6], Options{OptionId(IdBits{3, 2}), OptionId(IdBits{3, 3})});
}

void FormulaTest::value_isAsPinned_data()
{
    QTest::addColumn<QString>("formula");
    QTest::addColumn<QString>("result");
    QFile file(QFINDTESTDATA("../data/formula/cases.txt"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    while (!file.atEnd()) {
        const QString line = QString::fromUtf8(file.readLine()).chopped(1);
        if (line.startsWith(u'#')) {
            continue;
        }
        const QStringList cells = line.split(u'\t');
        QCOMPARE(cells.size(), 3); // The last says where the result is from.
        QTest::newRow(qPrintable(cells[0])) << cells[0] << cells[1];
    }
}

void FormulaTest::value_isAsPinned()
{
    QFETCH(QString, formula);
    QFETCH(QString, result);
    const auto expression = parseExpression(formula, m_table.definition());
    if (result == u"!") {
        QVERIFY(!expression);
        return;
    }
    QVERIFY2(expression, expression ? "" : qUtf8Printable(englishSentence(expression.error())));
    FormulaRun run(m_context);
    const FormulaValue value = evaluate(expression.value(), m_table, 0, m_people, run);
    if (result == u"<blank>") {
        QVERIFY2(isBlank(value), qUtf8Printable(asText(value, run)));
        return;
    }
    QCOMPARE(asText(value, run), result.replace(QLatin1String("\\n"), QLatin1String("\n")));
}

/// The kind that a formula is shown as first says what its text alone tells of its type.
void FormulaTest::type_followsFromTheText_data()
{
    QTest::addColumn<QString>("formula");
    QTest::addColumn<FormulaType>("type");
    using enum FormulaType;
    const std::pair<const char *, FormulaType> rows[] = {{"1+{Blank}", Number}, {"\"a\"&1", Text},
        {"{Name}", Text}, {"{Done}", Flag}, {"1>2", Flag}, {"{When}", FormulaType::Date},
        {"NOW()", DateTime}, {"TODAY()", FormulaType::Date}, {"BLANK()", Blank},
        {"DATEADD({When},1,'days')", FormulaType::Date}, {"DATEADD({When},1,'hours')", DateTime},
        {"DATEADD(NOW(),1,'days')", DateTime}, {"IF(1,2,BLANK())", Number}, {"IF(1,2,\"a\")", Any},
        {"IF(1,{When},NOW())", DateTime}, {"SWITCH({Name},\"a\",1,\"b\",2,0)", Number},
        {"IFS(1,\"a\",2,\"b\")", Text}, {"LET(x,1,x&\"\")", Text}, {"MAX(1,2)", Number},
        {"MAX({When},TODAY())", FormulaType::Date}, {"{Tags}", List}, {"IFERROR(1/0,0)", Number}};
    for (const auto &[formula, type] : rows) {
        QTest::addRow("%s", formula) << QString::fromUtf8(formula) << type;
    }
}

void FormulaTest::type_followsFromTheText()
{
    QFETCH(QString, formula);
    QFETCH(FormulaType, type);
    const auto expression = parseExpression(formula, m_table.definition());
    QVERIFY(expression);
    QCOMPARE(expression.value().type, type);
}

/// What depends on the time says until when it holds, to the millisecond: before, it is the same;
/// from then on, another.
void FormulaTest::time_flipsWhenItSays_data()
{
    QTest::addColumn<QString>("formula");
    for (const char *formula :
        {"NOW()<\"2026-11-22 09:45\"", "NOW()>\"2026-11-22 09:45\"", "NOW()=\"2026-11-22 09:45\"",
            "DATETIME_DIFF(NOW(),{When},'hours')", "DATETIME_DIFF({When},NOW(),'hours')",
            "DATETIME_DIFF(NOW(),{When},'minutes')", "DATETIME_DIFF(\"2026-11-30\",NOW(),'days')",
            "DATETIME_DIFF(NOW(),\"2026-11-30\",'days')",
            "DATETIME_DIFF(NOW(),\"2026-10-31 12:00\",'months')",
            "IF(DATETIME_DIFF(NOW(),\"2026-11-21 23:30\",'hours')>12,\"late\",\"\")", "TODAY()",
            "DAY(NOW())", "HOUR(NOW())", "NOW()&\"\"",
            "DATEADD(NOW(),2,'hours')>\"2026-11-22 12:00\"", "IS_SAME(NOW(),\"2026-11-23\",'day')",
            "BIRTHDAY_IN(\"1990-11-25\",2)", "DATETIME_FORMAT(NOW(),\"HH:mm\")",
            "WITHIN(\"2026-11-24\",\"tomorrow\")", "BEFORE(NOW(),\"2026-11-23\")",
            "\"tomorrow\"<DATE(2026,11,24)"}) {
        QTest::newRow(formula) << QString::fromLatin1(formula);
    }
}

void FormulaTest::time_flipsWhenItSays()
{
    QFETCH(QString, formula);
    const auto expression = parseExpression(formula, m_table.definition());
    QVERIFY(expression);
    FormulaContext context = m_context;
    const auto textAt = [&](qint64 ms, qint64 *untilMs) {
        context.nowMs = ms;
        FormulaRun run(context);
        const QString text = asText(evaluate(expression.value(), m_table, 0, m_people, run), run);
        *untilMs = run.untilMs;
        return text;
    };
    qint64 untilMs = 0;
    qint64 ignored = 0;
    qint64 now = m_context.nowMs + 1234;
    int flips = 0;
    for (int i = 0; i < 40; ++i) {
        const QString text = textAt(now, &untilMs);
        if (untilMs == FormulaRun::Always) {
            break;
        }
        QVERIFY(untilMs > now);
        for (const qint64 between : {now, now + (untilMs - now) / 3, untilMs - 1}) {
            QCOMPARE(textAt(between, &ignored), text);
        }
        flips += textAt(untilMs, &ignored) == text ? 0 : 1;
        now = untilMs;
    }
    QVERIFY(flips > 0);
}

/// Names become ids and back, and nothing else of the text changes.
void FormulaTest::names_becomeIdsAndBack()
{
    const Table &table = m_table.definition();
    const QString text =
        QStringLiteral("if( {Name} = 'x', Blank , {售后处理时长(小时)} ) & \"{Name}\"");
    const auto stored = withIds(text, table);
    QVERIFY(stored);
    QVERIFY(!stored.value().contains(QStringLiteral("售后")));
    QVERIFY(stored.value().contains(QStringLiteral("\"{Name}\"")));
    QCOMPARE(withNames(stored.value(), table),
        QStringLiteral("if( {Name} = 'x', {Blank} , {售后处理时长(小时)} ) & \"{Name}\""));
    Table renamed = table;
    renamed.fields[0].name = QStringLiteral("a}b\\c");
    const QString shown = withNames(stored.value(), renamed);
    QVERIFY(shown.contains(QStringLiteral("{a\\}b\\\\c}")));
    QCOMPARE(withIds(shown, renamed).value(), stored.value());
}

void FormulaTest::hostile_costsItsAuthorAnError()
{
    FormulaRun run(m_context);
    QString nested = QStringLiteral("REPT(\"a\",200000)");
    for (int i = 0; i < 60; ++i) {
        nested = QStringLiteral("SUBSTITUTE(%1,\"a\",\"b\")").arg(nested);
    }
    QElapsedTimer timer;
    timer.start();
    for (const QString &each : {nested, QStringLiteral("REPT(REPT(\"x\",1000),1000)"),
             QStringLiteral("REGEX_REPLACE(REPT(\"a\",200000),\"a\",REPT(\"b\",1000))"),
             QStringLiteral("WORKDAY(\"2026-01-01\",1e9)"),
             QStringLiteral("WORKHOURS_DIFF(\"1000-01-01\",\"9000-01-01\")")}) {
        const auto expression = parseExpression(each, m_table.definition());
        QVERIFY2(expression, qUtf8Printable(each.left(60)));
        const FormulaValue value = evaluate(expression.value(), m_table, 0, m_people, run);
        QCOMPARE(asText(value, run), QStringLiteral("#LIMIT!"));
    }
    QVERIFY(timer.elapsed() < 2000);
}

/// Each function says what it does, and its example can be read.
void FormulaTest::functions_areDescribed()
{
    const QList<const Function *> functions = allFunctions();
    QVERIFY(functions.size() >= 110);
    for (const Function *function : functions) {
        if (function->enters != Enters::Nothing) {
            continue; // Links need a second table: tst_Links.
        }
        Table table;
        const QString example = QString::fromUtf8(function->example);
        static const QRegularExpression named(QStringLiteral("\\{([^}]+)\\}"));
        for (auto match = named.globalMatch(example); match.hasNext();) {
            Field field;
            field.id = FieldId(IdBits{2, quint64(table.fields.size() + 1)});
            field.name = match.next().captured(1);
            table.fields += field;
        }
        const auto parsed = parseExpression(example, table);
        QVERIFY2(parsed, qUtf8Printable(example));
        QVERIFY(example.contains(QString::fromLatin1(function->name)));
    }
}

void FormulaTest::error_namesTheCharacter_data()
{
    QTest::addColumn<QString>("formula");
    QTest::addColumn<QString>("at");
    const std::pair<const char *, const char *> rows[] = {{"", "1"}, {"1+", "3"}, {"{Nope}", "1"},
        {"1 + {Nope}", "5"}, {"FOO(1)", "1"}, {"IF(1)", "1"}, {"(1", "3"}, {"1 2", "3"},
        {"\"abc", "5"}, {"{Name", "6"}, {"IF(1,2,3,4)", "1"}, {"Cases&1", "6"},
        {"{Cases}.{Nope}", "9"}};
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
