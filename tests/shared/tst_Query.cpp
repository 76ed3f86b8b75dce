// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/field/DateFields.h"
#include "shared/formula/RelativeDates.h"
#include "shared/query/FilterText.h"
#include "shared/query/FormulaTest.h"
#include "shared/query/Sort.h"
#include "shared/query/TextScan.h"

#include <QRandomGenerator>
#include <QTest>

using namespace casebase;

namespace {

const FieldId Name(IdBits{2, 1});
const FieldId Amount(IdBits{2, 2});
const FieldId Kind(IdBits{2, 3});
const FieldId When(IdBits{2, 4});
const FieldId Checked(IdBits{2, 5});
const FieldId Tags(IdBits{2, 6});
const OptionId Refund(IdBits{3, 1});
const OptionId Repair(IdBits{3, 2});

/// How many parts of the filter are no conditions as the filter bar has them.
int formulasIn(const Filter &filter)
{
    int count = filter.kind == Filter::Kind::Formula ? 1 : 0;
    for (const Filter &child : filter.children) {
        count += formulasIn(child);
    }
    return count;
}

} // namespace

class QueryTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void relativeDates_areAsPinned_data();
    void relativeDates_areAsPinned();
    void filter_keepsTheRightRows_data();
    void filter_keepsTheRightRows();
    void sort_putsEmptiesLastBothWays();
    void search_ignoresCase();
    void blocks_keepWhatRowsKeep();
    void filterText_readsBack_data();
    void filterText_readsBack();
    void filterText_meansWhatTheFilterDoes();
    void filterText_keepsWhatIsNoCondition();
    void condition_thatCannotBeAsked_isOutOfForce();
    void formulas_knowWhoAsks();
    void parts_keepWhatRowsKeep();
    void formulas_overColumnsAreWhatTheyAreRowByRow();
    void textScan_findsWhatQStringFinds();

private:
    QueryContext context() const
    {
        return {{m_people, QLocale(), QTimeZone("Asia/Shanghai"), 1795309200000}, {}};
    }
    QString names(const std::vector<Row> &rows) const;
    TableData randomTable(int rows) const;
    /// Each operator of each field that there is.
    QList<Filter> allTests(const TableData &table) const;
    TableData tableOfAllTypes(People &people) const;
    QList<Filter> allConditions(const TableData &table, const QueryContext &asked) const;
    TableData m_table;
    People m_people;
};

void QueryTest::initTestCase()
{
    Table table;
    const std::pair<FieldId, FieldKind> fields[] = {{Name, FieldKind::SingleLineText},
        {Amount, FieldKind::Number}, {Kind, FieldKind::SingleSelect}, {When, FieldKind::Date},
        {Checked, FieldKind::Checkbox}, {Tags, FieldKind::MultipleSelects}};
    for (const auto &[id, kind] : fields) {
        Field field;
        field.id = id;
        field.kind = kind;
        field.options = {
            {Refund, QStringLiteral("zz refund"), {}}, {Repair, QStringLiteral("aa repair"), {}}};
        table.fields += field;
    }
    m_table.setDefinition(table);
    struct Sample {
        const char *name;
        std::optional<double> amount;
        Value kind;
        int day;
        bool done;
        Value tags;
    };
    const Sample samples[] = {{"a10", 3, Repair, 20779, true, Options{Refund, Repair}},
        {"a2", 1, Refund, 20778, false, Options{Refund}}, {"", {}, {}, 0, false, {}},
        {"B1", 2, Refund, 20750, true, Options{Repair}}};
    quint64 n = 1;
    for (const Sample &sample : samples) {
        const Row row = m_table.insert(RecordId(IdBits{4, n++}), true, {});
        m_table.setValue(
            row, table.fields[0], *sample.name ? Value(QString::fromLatin1(sample.name)) : Value());
        m_table.setValue(row, table.fields[1], sample.amount ? Value(*sample.amount) : Value());
        m_table.setValue(row, table.fields[2], sample.kind);
        m_table.setValue(row, table.fields[3], sample.day ? Value(Date{sample.day}) : Value());
        m_table.setValue(row, table.fields[4], sample.done ? Value(true) : Value());
        m_table.setValue(row, table.fields[5], sample.tags);
    }
}

QString QueryTest::names(const std::vector<Row> &rows) const
{
    QStringList result;
    for (const Row row : rows) {
        const Value value = m_table.value(row, m_table.definition().fields[0]);
        result += isEmpty(value) ? QStringLiteral("-") : std::get<QString>(value);
    }
    return result.join(u' ');
}

void QueryTest::relativeDates_areAsPinned_data()
{
    using K = RelativeDate::Kind;
    QTest::addColumn<RelativeDate>("relative");
    QTest::addColumn<QString>("first");
    QTest::addColumn<QString>("last");
    const auto row = [](const char *name, K kind, TimeUnit unit, int count, const char *first,
                         const char *last) {
        QTest::newRow(name) << RelativeDate{kind, unit, count} << QString::fromLatin1(first)
                            << QString::fromLatin1(last);
    };
    // Sunday 2026-11-22, weeks from Monday.
    row("this week", K::This, TimeUnit::Weeks, 1, "2026-11-16", "2026-11-22");
    row("past week", K::Past, TimeUnit::Weeks, 1, "2026-11-09", "2026-11-15");
    row("past month", K::Past, TimeUnit::Months, 1, "2026-10-01", "2026-10-31");
    row("past year", K::Past, TimeUnit::Years, 1, "2025-01-01", "2025-12-31");
    row("next 7 days", K::Next, TimeUnit::Days, 7, "2026-11-22", "2026-11-29");
    row("past 7 days", K::Past, TimeUnit::Days, 7, "2026-11-15", "2026-11-22");
    row("tomorrow", K::Tomorrow, TimeUnit::Days, 1, "2026-11-23", "2026-11-23");
    row("this quarter", K::This, TimeUnit::Quarters, 1, "2026-10-01", "2026-12-31");
    row("9 months ago", K::Ago, TimeUnit::Months, 9, "2026-02-22", "2026-02-22");
}

void QueryTest::relativeDates_areAsPinned()
{
    QFETCH(RelativeDate, relative);
    QFETCH(QString, first);
    QFETCH(QString, last);
    const DayRange range = rangeOf(relative, fromQDate(QDate(2026, 11, 22)), Qt::Monday);
    QCOMPARE(toQDate(Date{range.first}).toString(Qt::ISODate), first);
    QCOMPARE(toQDate(Date{range.end - 1}).toString(Qt::ISODate), last);
}

void QueryTest::filter_keepsTheRightRows_data()
{
    using enum FilterOp;
    // Shared with nobody: a pointer, because QTest looks too deep into a type that contains itself.
    QTest::addColumn<std::shared_ptr<Filter>>("filter");
    QTest::addColumn<QString>("expected");
    const auto test = [](FieldId field, FilterOp op, const QList<Value> &values = {}) {
        Filter filter;
        filter.kind = Filter::Kind::Test;
        filter.field = field;
        filter.op = op;
        filter.operand.values = values;
        return filter;
    };
    const auto row = [](const char *name, const Filter &filter, const char *expected) {
        QTest::newRow(name) << std::make_shared<Filter>(filter) << QString::fromLatin1(expected);
    };
    row("contains", test(Name, Contains, {QStringLiteral("A")}), "a10 a2");
    row("contains not includes empty", test(Name, DoesNotContain, {QStringLiteral("a")}), "- B1");
    row("is not includes empty", test(Name, IsNot, {QStringLiteral("a2")}), "a10 - B1");
    row("empty", test(Name, IsEmpty), "-");
    row("number", test(Amount, GreaterOrEqual, {2.0}), "a10 B1");
    row("number not", test(Amount, NotEqual, {1.0}), "a10 - B1");
    row("select", test(Kind, Is, {Refund}), "a2 B1");
    row("select any", test(Kind, IsAnyOf, {Refund, Repair}), "a10 a2 B1");
    row("select none", test(Kind, IsNoneOf, {Refund}), "a10 -");
    row("has all", test(Tags, HasAllOf, {Refund, Repair}), "a10");
    row("has any", test(Tags, HasAnyOf, {Repair}), "a10 B1");
    row("exactly", test(Tags, IsExactly, {Options{Repair, Refund}}), "a10");
    row("has none", test(Tags, HasNoneOf, {Refund}), "- B1");
    row("checked", test(Checked, IsNotEmpty), "a10 B1");
    row("before", test(When, Before, {Date{20779}}), "a2 B1");
    row("on or before", test(When, OnOrBefore, {Date{20779}}), "a10 a2 B1");
    Filter today = test(When, Within);
    today.operand.relative = RelativeDate{};
    row("today", today, "a10");
    Filter any;
    any.kind = Filter::Kind::Any;
    Filter all;
    all.children = {test(Amount, Less, {3.0}), test(Checked, IsNotEmpty)};
    any.children = {test(Name, IsEmpty), all};
    row("nested", any, "- B1");
    Filter nothing;
    nothing.kind = Filter::Kind::Any;
    row("empty any", nothing, "");
    row("empty all", Filter(), "a10 a2 - B1");
}

void QueryTest::filter_keepsTheRightRows()
{
    QFETCH(std::shared_ptr<Filter>, filter);
    QFETCH(QString, expected);
    const auto test = compileFilter(*filter, m_table, context());
    QVERIFY(test);
    QCOMPARE(names(matchingRows(m_table, test.value())), expected);
}

void QueryTest::sort_putsEmptiesLastBothWays()
{
    const auto sorted = [&](FieldId field, Qt::SortOrder order) {
        std::vector<Row> rows{0, 1, 2, 3};
        sortRows(rows, m_table, {SortKey{field, order}}, context());
        return names(rows);
    };
    QCOMPARE(sorted(Name, Qt::AscendingOrder), QStringLiteral("a2 a10 B1 -"));
    QCOMPARE(sorted(Name, Qt::DescendingOrder), QStringLiteral("B1 a10 a2 -"));
    QCOMPARE(sorted(Amount, Qt::AscendingOrder), QStringLiteral("a2 B1 a10 -"));
    QCOMPARE(sorted(Amount, Qt::DescendingOrder), QStringLiteral("a10 B1 a2 -"));
    // By the order of the options, not by their names.
    QCOMPARE(sorted(Kind, Qt::AscendingOrder), QStringLiteral("a2 B1 a10 -"));
    // Unchecked is a value: first when ascending.
    QCOMPARE(sorted(Checked, Qt::AscendingOrder), QStringLiteral("a2 - a10 B1"));
    QCOMPARE(sorted(When, Qt::DescendingOrder), QStringLiteral("a10 a2 B1 -"));
}

void QueryTest::search_ignoresCase()
{
    const RowTest test = containsText(QStringLiteral(" REPAIR "), m_table, {Name, Kind}, context());
    QCOMPARE(names(matchingRows(m_table, test)), QStringLiteral("a10"));
}

TableData QueryTest::randomTable(int rows) const
{
    QRandomGenerator random(5);
    TableData table;
    table.setDefinition(m_table.definition());
    const QStringList words{QStringLiteral("Refund"), QStringLiteral("退款"), QString(),
        QStringLiteral("parcel 12"), QStringLiteral("ünder")};
    const auto definition = [&](FieldId id) { return *table.definition().field(id); };
    for (int i = 0; i < rows; ++i) {
        const Row row =
            table.insert(RecordId(IdBits{quint64(i) + 1, 1}), random.bounded(9) != 0, {});
        const QString text = words[random.bounded(5)] + words[random.bounded(5)];
        table.setValue(row, definition(Name), text.isEmpty() ? Value() : Value(text));
        if (random.bounded(4) != 0) {
            table.setValue(row, definition(Amount), double(random.bounded(5)));
        }
        const Value kinds[] = {Value(), Refund, Repair};
        table.setValue(row, definition(Kind), kinds[random.bounded(3)]);
        table.setValue(row, definition(When),
            random.bounded(3) == 0 ? Value() : Value(Date{20700 + random.bounded(100)}));
        table.setValue(row, definition(Checked), random.bounded(2) ? Value(true) : Value());
    }
    return table;
}

QList<Filter> QueryTest::allTests(const TableData &table) const
{
    QList<Filter> tests;
    for (const Field &field : table.definition().fields) {
        for (const FilterOp op : operatorsFor(field.kind)) {
            Filter test;
            test.kind = Filter::Kind::Test;
            test.field = field.id;
            test.op = op;
            test.operand.values = {field.id == Name ? Value(QStringLiteral("refund"))
                    : field.id == Amount            ? Value(2.0)
                    : field.id == When              ? Value(Date{20750})
                    : field.id == Checked           ? Value(true)
                                                    : Value(Refund)};
            if (compileFilter(test, table, context())) {
                tests += test;
            }
        }
    }
    return tests;
}

void QueryTest::blocks_keepWhatRowsKeep()
{
    // 5,000 random rows, some dead: a whole table must be filtered as one row after another.
    QRandomGenerator random(5);
    const TableData table = randomTable(5000);
    const QList<Filter> tests = allTests(table);
    QVERIFY(tests.size() > 30);
    for (int i = 0; i < 400; ++i) {
        Filter filter;
        filter.kind = random.bounded(2) ? Filter::Kind::All : Filter::Kind::Any;
        for (int k = random.bounded(3); k >= 0; --k) {
            filter.children += tests[random.bounded(int(tests.size()))];
        }
        RowTest test = compileFilter(filter, table, context()).value();
        test = random.bounded(3) == 0 ? inverseOf(test) : test;
        std::vector<Row> wanted;
        for (Row row = 0; row < table.rowCount(); ++row) {
            if (table.isAlive(row) && test(row)) {
                wanted.push_back(row);
            }
        }
        QCOMPARE(matchingRows(table, test), wanted);
    }
}

/// A table with a field of each kind of value, named, and records that hold all sorts of things.
TableData QueryTest::tableOfAllTypes(People &people) const
{
    Table definition;
    const std::pair<const char *, FieldKind> fields[] = {{"Title", FieldKind::SingleLineText},
        {"Amount", FieldKind::Number}, {"State", FieldKind::SingleSelect}, {"Due", FieldKind::Date},
        {"At", FieldKind::DateTime}, {"Done", FieldKind::Checkbox},
        {"Tags", FieldKind::MultipleSelects}, {"Agent", FieldKind::Person},
        {"Team {all}", FieldKind::Persons}, {"Share", FieldKind::Percent},
        {"Note", FieldKind::MultilineText}};
    for (const auto &[name, kind] : fields) {
        Field field;
        field.id = FieldId(IdBits{9, quint64(definition.fields.size()) + 1});
        field.name = QString::fromLatin1(name);
        field.kind = kind;
        field.options = {
            {Refund, QStringLiteral("refund \"now\""), {}}, {Repair, QStringLiteral("repair"), {}}};
        definition.fields += field;
    }
    for (const char *name : {"Ann", "Bob", "Cid"}) {
        const quint64 n = quint64(people.all().size()) + 1;
        people.put({UserId(IdBits{7, n}), {}, QString::fromLatin1(name), Role::Editor});
    }
    TableData table;
    table.setDefinition(definition);
    QRandomGenerator random(11);
    const qint64 now = context().fields.nowMs;
    for (quint64 n = 1; n <= 300; ++n) {
        const Row row = table.insert(RecordId(IdBits{4, n}), true, {});
        const auto put = [&](const char *name, const Value &value) {
            if (random.bounded(4) != 0) {
                table.setValue(
                    row, *table.definition().fieldNamed(QString::fromLatin1(name)), value);
            }
        };
        const Options options[] = {{Refund}, {Repair}, {Refund, Repair}};
        const UserId ann(IdBits{7, 1});
        const UserId bob(IdBits{7, 2});
        const UserId other(IdBits{7, 3});
        const Persons persons[] = {{ann}, {bob}, {bob, ann}, {other}};
        put("Title",
            QStringList{QStringLiteral("a\\b \"c\""), QStringLiteral("Refund"),
                QStringLiteral("refund"), QStringLiteral("other")}[random.bounded(4)]);
        put("Amount", double(random.bounded(5)) - 2);
        put("State", random.bounded(2) ? Refund : Repair);
        put("Due", Date{qint32(now / 86400000) + random.bounded(30) - 15});
        put("At", Moment{now + (random.bounded(60) - 30) * 43200000LL});
        put("Done", true);
        put("Tags", options[random.bounded(3)]);
        put("Agent", persons[random.bounded(2)].first());
        put("Team {all}", persons[random.bounded(4)]);
        put("Share", random.bounded(4) / 10.0);
        put("Note", QStringLiteral("two\nlines %1").arg(random.bounded(3)));
    }
    return table;
}

/// Each operator of each field, with each sort of operand.
QList<Filter> QueryTest::allConditions(const TableData &table, const QueryContext &asked) const
{
    const Date today{qint32(asked.fields.nowMs / 86400000)};
    const auto operandsOf = [&](const Field &field) -> QList<Operand> {
        switch (valueTypeOf(field.kind)) {
        case ValueType::Text:
            return {{{QStringLiteral("refund")}}, {{QStringLiteral("a\\b \"C\"")}},
                {{QStringLiteral("two\nLINES")}}};
        case ValueType::Number:
            return {{{0.0}}, {{0.1}}, {{-1.0}}, {{1.0 / 3}}, {{2.0}}};
        case ValueType::Flag:
            return {{{true}}, {{Value()}}};
        case ValueType::Date:
        case ValueType::Moment: {
            QList<Operand> all{{{today}}, {{today, Date{today.day + 3}}}};
            for (int kind = 0; kind <= int(RelativeDate::Kind::FromNow); ++kind) {
                const auto named = RelativeDate::Kind(kind);
                const bool isPlain = named <= RelativeDate::Kind::Yesterday;
                all += {{}, false,
                    RelativeDate{named, isPlain ? TimeUnit::Days : TimeUnit::Weeks,
                        isPlain || named == RelativeDate::Kind::This ? 1 : 2}};
            }
            return all;
        }
        case ValueType::Option:
            return {{{Refund}}, {{Refund, Repair}}};
        case ValueType::Options:
            return {{{Refund}}, {{Refund, Repair}}};
        case ValueType::Person:
        case ValueType::Persons:
            return {{{UserId(IdBits{7, 1})}}, {{}, true}, {{UserId(IdBits{7, 2})}, true}};
        default:
            return {};
        }
    };
    QList<Filter> all;
    for (const Field &field : table.definition().fields) {
        for (const FilterOp op : operatorsFor(field.kind)) {
            const bool needsNone = op == FilterOp::IsEmpty || op == FilterOp::IsNotEmpty
                || op == FilterOp::IsDuplicate;
            for (const Operand &operand :
                needsNone ? QList<Operand>{Operand()} : operandsOf(field)) {
                Filter test;
                test.kind = Filter::Kind::Test;
                test.field = field.id;
                test.op = op;
                test.operand = operand;
                if (compileFilter(test, table, asked)) {
                    all += test;
                }
            }
        }
    }
    return all;
}

void QueryTest::filterText_readsBack_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("formulas"); // parts that are no conditions of the filter bar
    const auto row = [](const char *text, int formulas = 0) {
        QTest::newRow(text) << QString::fromUtf8(text) << formulas;
    };
    row("AND({State} = \"repair\", {Amount} > 3)");
    row("OR(HAS_ANY({State}, \"repair\", \"refund \\\"now\\\"\"), NOT({Done}))");
    row("{Done}");
    row("{Agent} = ME()");
    row("HAS_ANY({Team \\{all\\}}, ME(), \"Ann\")", 0);
    row("WITHIN({Due}, \"past 7 days\")");
    row("WITHIN({At}, \"2026-11-01\", \"2026-11-09\")");
    row("AND({Amount} < 5, IS_NOT_BLANK({Amount}))");
    row("AND({Amount} < 5, {Done})", 1); // a blank is less than 5 in a formula
    row("OR({Amount} * 2 > 3, AND({Done}, LEN({Title}) > 3))", 2);
    row("CONTAINS({Title}, \"x\")");
    row("NOT(IS_DUPLICATE({Title}))", 1);
    row("IS_DUPLICATE({Title})");
}

void QueryTest::filterText_readsBack()
{
    QFETCH(QString, text);
    QFETCH(int, formulas);
    People people;
    const TableData table = tableOfAllTypes(people);
    QueryContext asked{{people, QLocale(), QTimeZone("Asia/Shanghai"), context().fields.nowMs},
        UserId(IdBits{7, 1})};
    const auto filter = filterFromText(text, table.definition(), asked);
    QVERIFY2(filter, qUtf8Printable(text));
    QCOMPARE(formulasIn(filter.value()), formulas);
    if (!text.contains(QLatin1String("all"))) { // where brackets need not be written so
        QCOMPARE(filterText(filter.value(), table.definition(), asked), text);
    }
}

void QueryTest::filterText_meansWhatTheFilterDoes()
{
    People people;
    const TableData table = tableOfAllTypes(people);
    const QueryContext asked{
        {people, QLocale(), QTimeZone("Asia/Shanghai"), context().fields.nowMs},
        UserId(IdBits{7, 1})};
    const QList<Filter> conditions = allConditions(table, asked);
    QVERIFY(conditions.size() > 150);
    QRandomGenerator random(7);
    const std::function<Filter(int)> made = [&](int depth) {
        if (depth == 0 || random.bounded(3) == 0) {
            return conditions[random.bounded(int(conditions.size()))];
        }
        Filter group;
        group.kind = random.bounded(2) ? Filter::Kind::All : Filter::Kind::Any;
        for (int i = random.bounded(4); i >= 0; --i) {
            group.children += made(depth - 1);
        }
        return group;
    };
    QList<Filter> filters = conditions;
    for (int i = 0; i < 200; ++i) {
        filters += made(2);
    }
    for (const Filter &filter : std::as_const(filters)) {
        const QString text = filterText(filter, table.definition(), asked);
        const auto wanted = matchingRows(table, compileFilter(filter, table, asked).value());
        const auto expression = parseExpression(text, table.definition());
        QVERIFY2(expression, qUtf8Printable(text));
        QVERIFY2(matchingRows(table, formulaTest(expression.value(), table, asked)) == wanted,
            qUtf8Printable(text));
        const auto read = filterFromText(text, table.definition(), asked);
        QVERIFY2(read, qUtf8Printable(text));
        QVERIFY2(matchingRows(table, compileFilter(read.value(), table, asked).value()) == wanted,
            qUtf8Printable(text));
        QCOMPARE(filterText(read.value(), table.definition(), asked), text);
        QVERIFY2(formulasIn(read.value()) == 0, qUtf8Printable(text));
    }
}

void QueryTest::filterText_keepsWhatIsNoCondition()
{
    People people;
    const TableData table = tableOfAllTypes(people);
    Table definition = table.definition();
    const auto filter =
        filterFromText(QStringLiteral("{Amount}+1 > 2 && {Done}"), definition, context());
    QVERIFY(filter);
    QCOMPARE(filter.value().children.size(), 2);
    QCOMPARE(filter.value().children[0].kind, Filter::Kind::Formula);
    definition.fields[1].name = QStringLiteral("Sum"); // what it refers to is kept by its id
    QCOMPARE(filterText(filter.value(), definition, context()),
        QStringLiteral("AND({Sum}+1 > 2, {Done})"));
    const auto wrong = filterFromText(QStringLiteral("{Done} && {Nothing}"), definition, context());
    QVERIFY(!wrong);
    QCOMPARE(wrong.error().arguments.first(), QStringLiteral("11"));
}

void QueryTest::condition_thatCannotBeAsked_isOutOfForce()
{
    const auto test = [](FieldId field, FilterOp op, const QList<Value> &values) {
        Filter filter;
        filter.kind = Filter::Kind::Test;
        filter.field = field;
        filter.op = op;
        filter.operand.values = values;
        return filter;
    };
    const auto group = [](Filter::Kind kind, const QList<Filter> &children) {
        Filter filter;
        filter.kind = kind;
        filter.children = children;
        return filter;
    };
    const auto kept = [this](const Filter &filter) {
        return names(matchingRows(m_table, compileKeptFilter(filter, m_table, context())));
    };
    const Filter gone = test(FieldId(IdBits{9, 9}), FilterOp::Is, {Value(1.0)});
    const Filter refund = test(Kind, FilterOp::Is, {Value(Refund)});
    const QString all = names(matchingRows(m_table, always()));
    const QString refunds = kept(refund);
    QVERIFY(refunds != all);
    using enum Filter::Kind;
    QCOMPARE(kept(gone), all);
    QCOMPARE(kept(group(All, {gone, refund})), refunds);
    QCOMPARE(kept(group(Any, {gone, refund})), refunds);
    QCOMPARE(kept(group(All, {group(Any, {gone}), refund})), refunds);
    QCOMPARE(kept(group(Any, {group(All, {gone, gone})})), all);
    QCOMPARE(kept(group(Any, {group(All, {gone, gone}), refund})), refunds);
    QCOMPARE(kept({}), all);
    QCOMPARE(kept(group(Any, {})), names({}));
    // A formula, too, if what it reads has been deleted since.
    Filter formula;
    formula.kind = Formula;
    formula.formula = u'{' + m_table.definition().fields[0].id.text() + QStringLiteral("}=\"x\"");
    QCOMPARE(kept(formula), names({}));
    Table without = m_table.definition();
    without.fields[0].isTrashed = true;
    TableData table = m_table;
    table.setDefinition(without);
    const auto keptWithout = [&](const Filter &filter) {
        return names(matchingRows(table, compileKeptFilter(filter, table, context())));
    };
    QCOMPARE(keptWithout(formula), all);
    QCOMPARE(keptWithout(group(All, {formula, refund})), refunds);
    // Somebody who asks now is told.
    QVERIFY(!compileFilter(group(All, {gone, refund}), m_table, context()));
}

void QueryTest::formulas_knowWhoAsks()
{
    People people;
    const TableData table = tableOfAllTypes(people);
    const auto count = [&](const char *text, UserId me) {
        const QueryContext asked{{people}, me};
        const auto expression = parseExpression(QString::fromLatin1(text), table.definition());
        return matchingRows(table, formulaTest(expression.value(), table, asked)).size();
    };
    const UserId ann(IdBits{7, 1});
    const UserId bob(IdBits{7, 2});
    const size_t anns = count("{Agent}=\"Ann\"", {});
    QVERIFY(anns > 0 && anns != count("{Agent}=\"Bob\"", {}));
    QCOMPARE(count("{Agent}=ME()", ann), anns);
    QCOMPARE(count("{Agent}=ME()", bob), count("{Agent}=\"Bob\"", {}));
    QCOMPARE(count("{Agent}=ME()", UserId(IdBits{7, 99})), size_t(0)); // nobody of this base
    QCOMPARE(count("NOT(IS_DUPLICATE(RECORD_ID()))", ann), size_t(0)); // a field is asked for
    QCOMPARE(count("IS_DUPLICATE({Title})", ann), count("IS_NOT_BLANK({Title})", ann));
}

void QueryTest::parts_keepWhatRowsKeep()
{
    // More rows than one thread takes at once: several look, and the result is as of one.
    const TableData table = randomTable(50000);
    QList<RowTest> tests;
    for (const Filter &filter : allTests(table)) {
        tests += compileFilter(filter, table, context()).value();
    }
    tests += containsText(QStringLiteral("parcel"), table, {Name, Kind, When}, context());
    Table named = table.definition();
    named.fields[0].name = QStringLiteral("name");
    for (const char *text : {"FIND(\"12\", {name})", "LOWER({name})=\"refund\""}) {
        tests += formulaTest(
            parseExpression(QString::fromLatin1(text), named).value(), table, context());
    }
    for (const RowTest &test : tests) {
        std::vector<Row> wanted;
        for (Row row = 0; row < table.rowCount(); ++row) {
            if (table.isAlive(row) && test(row)) {
                wanted.push_back(row);
            }
        }
        QCOMPARE(matchingRows(table, test), wanted);
        for (const size_t limit : {size_t(0), size_t(1), size_t(100), size_t(20000)}) {
            const std::vector<Row> first(
                wanted.cbegin(), wanted.cbegin() + qsizetype(std::min(limit, wanted.size())));
            QCOMPARE(matchingRows(table, test, limit), first);
        }
    }
    QVERIFY(matchingRows(table, always(), 10, QDeadlineTimer(0)).size() <= 10);
}

void QueryTest::formulas_overColumnsAreWhatTheyAreRowByRow()
{
    QRandomGenerator random(7);
    Table definition = m_table.definition();
    for (Field &field : definition.fields) {
        field.name = field.id == Amount ? QStringLiteral("amount")
            : field.id == Kind          ? QStringLiteral("kind")
            : field.id == Name          ? QStringLiteral("name")
                                        : field.id.text();
    }
    TableData table;
    table.setDefinition(definition);
    for (int i = 0; i < 3000; ++i) {
        const Row row = table.insert(RecordId(IdBits{quint64(i) + 1, 1}), true, {});
        const Value amounts[] = {Value(), 0.0, 1.0, 2.5};
        table.setValue(row, *definition.field(Amount), amounts[random.bounded(4)]);
        const Value kinds[] = {Value(), Refund, Repair};
        table.setValue(row, *definition.field(Kind), kinds[random.bounded(3)]);
        table.setValue(row, *definition.field(Name), Value(QString::number(random.bounded(3))));
    }
    const QStringList simple{QStringLiteral("{amount}>1"), QStringLiteral("{amount}<=0"),
        QStringLiteral("0={amount}"), QStringLiteral("2<{amount}"), QStringLiteral("{amount}!=1"),
        QStringLiteral("{kind}=\"zz refund\""), QStringLiteral("{kind}!=\"aa repair\""),
        QStringLiteral("{kind}=\"\""), QStringLiteral("{kind}=BLANK()"),
        QStringLiteral("{name}=\"1\""), QStringLiteral("{amount}=\"1\""),
        QStringLiteral("1/{amount}>0"), QStringLiteral("{amount}"), QStringLiteral("LEN({name})"),
        QStringLiteral("IF({amount}>1,{amount}*2,1/{amount})<3"),
        QStringLiteral("{amount}*1e200*1e200>{amount}"), QStringLiteral("-{amount}+2={amount}"),
        QStringLiteral("IF({kind}=\"\",{amount})"), QStringLiteral("{name}!=\"2\"")};
    const FormulaContext formula;
    for (int i = 0; i < 300; ++i) {
        const auto any = [&] { return simple[random.bounded(int(simple.size()))]; };
        QString text = any();
        for (int depth = random.bounded(3); depth > 0; --depth) {
            const QStringList shapes{QStringLiteral("AND(%1,%2)"), QStringLiteral("OR(%1,%2)"),
                QStringLiteral("NOT(%1)")};
            const QString shape = shapes[random.bounded(3)];
            text = shape.contains(QLatin1String("%2")) ? shape.arg(text, any()) : shape.arg(text);
        }
        const auto expression = parseExpression(text, definition);
        QVERIFY2(expression, qUtf8Printable(text));
        std::vector<Row> wanted;
        for (Row row = 0; row < table.rowCount(); ++row) {
            FormulaRun run(formula);
            if (isTrue(evaluate(expression.value(), table, row, m_people, run))) {
                wanted.push_back(row);
            }
        }
        QVERIFY2(matchingRows(table, formulaTest(expression.value(), table, context())) == wanted,
            qUtf8Printable(text));
    }
}

void QueryTest::textScan_findsWhatQStringFinds()
{
    QRandomGenerator random(6);
    const QString letters = QStringLiteral("aAbB 退款12冰袋.");
    const auto text = [&](int longest) {
        QString made;
        for (int i = random.bounded(longest); i >= 0; --i) {
            made += letters[random.bounded(int(letters.size()))];
        }
        return made;
    };
    for (int i = 0; i < 20000; ++i) {
        const QString needle = text(4);
        const QString hay = text(i % 50 == 0 ? 400 : 20);
        const auto scan = TextScan::create(needle);
        QVERIFY(scan);
        const bool found = scan->find(hay.toUtf8()) >= 0;
        QVERIFY2(found == hay.contains(needle, Qt::CaseInsensitive), qUtf8Printable(needle));
    }
    QVERIFY(!TextScan::create(QStringLiteral("Ünder"))); // needs more than bytes
}

QTEST_GUILESS_MAIN(QueryTest)
#include "tst_Query.moc"
