// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/field/DateFields.h"
#include "shared/query/Group.h"

#include <QMap>
#include <QRandomGenerator>
#include <QTest>

#include <algorithm>
#include <set>

using namespace casebase;

namespace {

const FieldId Name(IdBits{2, 1});
const FieldId Amount(IdBits{2, 2});
const FieldId Kind(IdBits{2, 3});
const FieldId When(IdBits{2, 4});
const FieldId At(IdBits{2, 5});
const FieldId Checked(IdBits{2, 6});
const FieldId Tags(IdBits{2, 7});
const FieldId Files(IdBits{2, 8});
const OptionId Refund(IdBits{3, 1});
const OptionId Repair(IdBits{3, 2});
const OptionId Advice(IdBits{3, 3});

Table definition()
{
    const std::pair<FieldId, FieldKind> fields[] = {{Name, FieldKind::SingleLineText},
        {Amount, FieldKind::Number}, {Kind, FieldKind::SingleSelect}, {When, FieldKind::Date},
        {At, FieldKind::DateTime}, {Checked, FieldKind::Checkbox},
        {Tags, FieldKind::MultipleSelects}, {Files, FieldKind::Attachments}};
    Table table;
    for (const auto &[id, kind] : fields) {
        Field field;
        field.id = id;
        field.kind = kind;
        field.options = {{Refund, QStringLiteral("refund"), {}},
            {Repair, QStringLiteral("repair"), {}}, {Advice, QStringLiteral("advice"), {}}};
        table.fields += field;
    }
    return table;
}

} // namespace

class GroupTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void groups_areInTheOrderOfTheirKeys();
    void groups_areWhatCountingByHandGives();
    void moments_fallIntoTheDaysOfTheZone();
    void pivot_isItsGroups();
    void whatAFieldDoesNotAllow_isRefused();
    void noKeys_areOneGroup();
    void sums_keepSmallParts();
    void largeTables_areGroupedInParts_alike();

private:
    QueryContext context(const char *zone = "Europe/Berlin") const
    {
        return {{m_people, QLocale(), QTimeZone(zone), 1795309200000}, {}};
    }
    const Field &field(FieldId id) const { return *m_table.definition().field(id); }
    /// What makes rows one group, found the long way.
    QString keyText(Row row, const GroupKey &key) const;
    QString keyText(const Value &value, const GroupKey &key) const;
    TableData m_table;
    People m_people;
};

void GroupTest::initTestCase()
{
    QRandomGenerator random(8);
    m_table.setDefinition(definition());
    const Value kinds[] = {Value(), Refund, Repair, Advice};
    const Value tags[] = {Value(), Options{Refund}, Options{Refund, Repair},
        Options{Repair, Refund}, Options{Advice, Refund, Repair}};
    const double amounts[] = {-1.5, 0, -0.0, 3, 3.25, 1e12, 5e-324, 2.5e-323};
    for (int i = 0; i < 3000; ++i) {
        const Row row =
            m_table.insert(RecordId(IdBits{quint64(i) + 1, 1}), random.bounded(9) != 0, {});
        const auto set = [&](FieldId id, const Value &value) {
            m_table.setValue(row, field(id), random.bounded(5) ? value : Value());
        };
        set(Name, QStringLiteral("n%1").arg(random.bounded(300)));
        set(Amount, amounts[random.bounded(8)]);
        set(Kind, kinds[random.bounded(4)]);
        set(When, Date{20000 + random.bounded(1500)});
        // Hours around every change of the clocks, too.
        set(At,
            Moment{(20000 + random.bounded(1500)) * 86400000LL + random.bounded(86400) * 1000LL});
        set(Checked, true);
        set(Tags, tags[random.bounded(5)]);
    }
}

QString GroupTest::keyText(const Value &value, const GroupKey &key) const
{
    const auto *options = std::get_if<Options>(&value);
    if (options) {
        QStringList ids;
        for (const OptionId id : *options) {
            ids += id.text();
        }
        ids.sort();
        return ids.join(u' ');
    }
    const auto *number = std::get_if<double>(&value);
    if (number) {
        return QString::number(*number + 0.0, 'g', 17);
    }
    const auto *date = std::get_if<Date>(&value);
    if (key.period != Period::Exact && date) {
        return toQDate(*date).toString(Qt::ISODate);
    }
    return isEmpty(value)
        ? QString()
        : fieldType(field(key.field).kind).format(value, field(key.field), context("UTC").fields);
}

QString GroupTest::keyText(Row row, const GroupKey &key) const
{
    const Value value = m_table.value(row, field(key.field));
    if (key.period == Period::Exact || isEmpty(value)) {
        return keyText(value, key);
    }
    const auto *moment = std::get_if<Moment>(&value);
    QDate day = moment ? QDateTime::fromMSecsSinceEpoch(moment->ms, context().fields.zone).date()
                       : toQDate(std::get<Date>(value));
    while ((key.period == Period::Week && day.dayOfWeek() != Qt::Monday)
        || (key.period == Period::Month && day.day() != 1)
        || (key.period == Period::Quarter && (day.day() != 1 || day.month() % 3 != 1))
        || (key.period == Period::Year && day.dayOfYear() != 1)) {
        day = day.addDays(-1);
    }
    return day.toString(Qt::ISODate);
}

void GroupTest::groups_areInTheOrderOfTheirKeys()
{
    const auto keys = [&](const QList<GroupKey> &levels) {
        QStringList texts;
        const auto groups = groupRows(m_table, always(), levels, {}, context());
        for (const Group &group : groups.value().groups) {
            QStringList parts;
            for (qsizetype i = 0; i < levels.size(); ++i) {
                const QString text = keyText(group.keys[i], levels[i]);
                parts += text.isEmpty() ? QStringLiteral("-") : text;
            }
            texts += parts.join(u'/');
        }
        return texts;
    };
    // Choices in their order, not by name; nothing comes last both ways.
    QCOMPARE(keys({{Kind}}).join(u' '), QStringLiteral("refund repair advice -"));
    QCOMPARE(keys({{Kind, Period::Exact, Qt::DescendingOrder}}).join(u' '),
        QStringLiteral("advice repair refund -"));
    const QStringList years = keys({{When, Period::Year, Qt::DescendingOrder}, {Kind}});
    QCOMPARE(years.first(), QStringLiteral("2028-01-01/refund"));
    QCOMPARE(years.mid(years.size() - 5).join(u' '),
        QStringLiteral("2024-01-01/- -/refund -/repair -/advice -/-"));
    QStringList months = keys({{At, Period::Month}});
    QCOMPARE(months.takeLast(), QStringLiteral("-"));
    QVERIFY(std::is_sorted(months.cbegin(), months.cend()));
    const QStringList names = keys({{Name}});
    QVERIFY(names.indexOf(QStringLiteral("n9")) < names.indexOf(QStringLiteral("n10")));
}

void GroupTest::groups_areWhatCountingByHandGives()
{
    using enum AggregateFunction;
    QRandomGenerator random(9);
    const QList<GroupKey> levels{{Name}, {Amount}, {Kind}, {When}, {When, Period::Week},
        {When, Period::Quarter}, {At}, {At, Period::Day}, {At, Period::Month}, {Checked}, {Tags}};
    const QList<Aggregate> aggregates{{Count, {}}, {Filled, Kind}, {Empty, Name}, {Unique, Tags},
        {Unique, Amount}, {Sum, Amount}, {Average, Amount}, {Median, Amount}, {Min, Amount},
        {Max, When}};
    for (int round = 0; round < 60; ++round) {
        QList<GroupKey> keys;
        for (int i = random.bounded(4); i > 0; --i) {
            keys += levels[random.bounded(int(levels.size()))];
        }
        const RowTest test =
            round % 2 ? always() : RowTest([](Row row) { return row % 3 != 0 && row > 900; });
        QMap<QStringList, std::vector<Row>> wanted;
        for (Row row = 0; row < m_table.rowCount(); ++row) {
            QStringList key;
            for (const GroupKey &level : keys) {
                key += keyText(row, level);
            }
            if (m_table.isAlive(row) && test(row)) {
                wanted[key].push_back(row);
            }
        }
        const auto made = groupRows(m_table, test, keys, aggregates, context());
        QVERIFY(made);
        QCOMPARE(qsizetype(made.value().groups.size()), wanted.size());
        qint64 all = 0;
        for (const Group &group : made.value().groups) {
            QStringList key;
            for (qsizetype i = 0; i < keys.size(); ++i) {
                key += keyText(group.keys[i], keys[i]);
            }
            QVERIFY2(wanted.contains(key), qUtf8Printable(key.join(u'/')));
            const std::vector<Row> rows = wanted.value(key);
            all += group.count;
            QCOMPARE(group.count, qint64(rows.size()));
            std::vector<double> amounts;
            std::set<QString> tags;
            int filled = 0;
            int nameless = 0;
            Value latest;
            for (const Row row : rows) {
                if (const auto value = m_table.value(row, field(Amount)); !isEmpty(value)) {
                    amounts.push_back(std::get<double>(value) + 0.0);
                }
                if (const QString text = keyText(row, {Tags}); !text.isEmpty()) {
                    tags.insert(text);
                }
                filled += m_table.hasValue(row, field(Kind)) ? 1 : 0;
                nameless += m_table.hasValue(row, field(Name)) ? 0 : 1;
                const Value when = m_table.value(row, field(When));
                latest = isEmpty(latest)
                        || (!isEmpty(when) && std::get<Date>(latest) < std::get<Date>(when))
                    ? when
                    : latest;
            }
            std::sort(amounts.begin(), amounts.end());
            long double sum = 0;
            for (const double amount : amounts) {
                sum += amount;
            }
            const size_t n = amounts.size();
            const auto number = [&](qsizetype i) { return std::get<double>(group.values[i]); };
            QCOMPARE(number(0), double(rows.size()));
            QCOMPARE(number(1), double(filled));
            QCOMPARE(number(2), double(nameless));
            QCOMPARE(number(3), double(tags.size()));
            QCOMPARE(number(4), double(std::set<double>(amounts.begin(), amounts.end()).size()));
            QCOMPARE(number(5), double(sum));
            QCOMPARE(isEmpty(group.values[6]), n == 0);
            if (n > 0) {
                QCOMPARE(number(6), double(sum / n));
                QCOMPARE(number(7), (amounts[n / 2] + amounts[(n - 1) / 2]) / 2);
                QCOMPARE(number(8), amounts.front());
            }
            QVERIFY(group.values[9] == latest);
        }
        QCOMPARE(made.value().all.count, all);
        QCOMPARE(std::get<double>(made.value().all.values[0]), double(all));
    }
}

void GroupTest::moments_fallIntoTheDaysOfTheZone()
{
    TableData table;
    table.setDefinition(definition());
    const char *moments[] = {"2026-03-28T22:59:59.999Z", "2026-03-28T23:00:00Z",
        "2026-03-29T21:59:59Z", "2026-03-29T22:00:00Z", "1969-12-31T22:59:59.999Z",
        "1969-12-31T23:00:00Z"};
    for (const char *text : moments) {
        const Row row = table.insert(RecordId(IdBits{table.rowCount() + 1, 1}), true, {});
        table.setValue(row, field(At),
            Moment{
                QDateTime::fromString(QLatin1String(text), Qt::ISODateWithMs).toMSecsSinceEpoch()});
    }
    QStringList days;
    const auto made = groupRows(table, always(), {{At, Period::Day}}, {}, context());
    for (const Group &group : made.value().groups) {
        days += toQDate(std::get<Date>(group.keys[0])).toString(Qt::ISODate)
            + QStringLiteral(" x%1").arg(group.count);
    }
    // In Berlin the clocks went forward in the night to 29 March 2026: that day has 23 hours.
    QCOMPARE(days.join(u' '),
        QStringLiteral("1969-12-31 x1 1970-01-01 x1 2026-03-28 x1 2026-03-29 x2 2026-03-30 x1"));
}

void GroupTest::pivot_isItsGroups()
{
    const QList<GroupKey> rows{{When, Period::Year}, {Kind}};
    const QList<GroupKey> columns{{Tags}};
    const QList<Aggregate> aggregates{{AggregateFunction::Median, Amount}};
    const auto pivot = pivotRows(m_table, always(), rows, columns, aggregates, context());
    const auto byRow = groupRows(m_table, always(), rows, aggregates, context());
    const auto byColumn = groupRows(m_table, always(), columns, aggregates, context());
    const auto byCell = groupRows(m_table, always(), rows + columns, aggregates, context());
    const auto isSame = [](const Group &a, const Group &b) {
        return a.keys == b.keys && a.count == b.count && a.values == b.values;
    };
    const Pivot &made = pivot.value();
    QVERIFY(std::equal(made.rows.cbegin(), made.rows.cend(), byRow.value().groups.cbegin(),
        byRow.value().groups.cend(), isSame));
    QVERIFY(std::equal(made.columns.cbegin(), made.columns.cend(), byColumn.value().groups.cbegin(),
        byColumn.value().groups.cend(), isSame));
    QCOMPARE(size_t(made.cells.size()), byCell.value().groups.size());
    for (auto cell = made.cells.cbegin(); cell != made.cells.cend(); ++cell) {
        const QList<Value> keys =
            made.rows[cell.key().first].keys + made.columns[cell.key().second].keys;
        // Tags in another order are the same: the group may show either.
        const auto found = std::find_if(
            byCell.value().groups.cbegin(), byCell.value().groups.cend(), [&](const Group &group) {
                return group.keys.mid(0, 2) == keys.mid(0, 2)
                    && keyText(group.keys[2], {Tags}) == keyText(keys[2], {Tags});
            });
        QVERIFY(found != byCell.value().groups.cend());
        QCOMPARE(cell->count, found->count);
        QVERIFY(cell->values == found->values);
    }
    QVERIFY(isSame(made.all, byRow.value().all));
}

void GroupTest::whatAFieldDoesNotAllow_isRefused()
{
    const auto error = [&](const QList<GroupKey> &keys, const QList<Aggregate> &aggregates) {
        const auto made = groupRows(m_table, always(), keys, aggregates, context());
        return made ? ErrorCode() : made.error().code;
    };
    QCOMPARE(error({{Kind, Period::Month}}, {}), ErrorCode::WrongType);
    QCOMPARE(error({{Files}}, {}), ErrorCode::WrongType);
    QCOMPARE(error({{FieldId(IdBits{9, 9})}}, {}), ErrorCode::UnknownField);
    QCOMPARE(error({}, {{AggregateFunction::Sum, Name}}), ErrorCode::WrongType);
    QCOMPARE(error({}, {{AggregateFunction::Average, When}}), ErrorCode::WrongType);
    QCOMPARE(error({}, {{AggregateFunction::Unique, Files}}), ErrorCode::WrongType);
    QCOMPARE(error({}, {{AggregateFunction::Max, At}}), ErrorCode());
}

void GroupTest::noKeys_areOneGroup()
{
    const auto made =
        groupRows(m_table, always(), {}, {{AggregateFunction::Sum, Amount}}, context());
    QCOMPARE(made.value().groups.size(), size_t(1));
    QCOMPARE(made.value().groups.front().count, qint64(m_table.aliveCount()));
    const auto nothing =
        groupRows(m_table, never(), {{Kind}}, {{AggregateFunction::Min, Amount}}, context());
    QVERIFY(nothing.value().groups.empty());
    QVERIFY(isEmpty(nothing.value().all.values[0]));
}

/// By choice several threads may group, by text one; both find the same.
void GroupTest::largeTables_areGroupedInParts_alike()
{
    QRandomGenerator random(9);
    TableData table;
    table.setDefinition(definition());
    const Value kinds[] = {Value(), Refund, Repair, Advice};
    const QString names[] = {
        QString(), QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c")};
    std::array<qint64, 4> counts{};
    std::array<double, 4> sums{};
    for (int i = 0; i < 150'000; ++i) {
        const bool isAlive = random.bounded(10) != 0;
        // One kind is first met far behind: its first row is not in the first part.
        const int kind = i < 100'000 ? random.bounded(3) : random.bounded(4);
        const double amount = double(random.bounded(1000)) / 8;
        const Row row = table.insert(RecordId(IdBits{quint64(i) + 1, 1}), isAlive, {});
        table.setValue(row, field(Kind), kinds[kind]);
        table.setValue(row, field(Name), kind == 0 ? Value() : Value(names[kind]));
        table.setValue(row, field(Amount), amount);
        counts[kind] += isAlive;
        sums[kind] += isAlive ? amount : 0;
    }
    const QList<Aggregate> figures{{AggregateFunction::Sum, Amount},
        {AggregateFunction::Median, Amount}, {AggregateFunction::Max, Amount},
        {AggregateFunction::Filled, Amount}};
    const auto byKind = groupRows(table, always(), {{Kind}}, figures, context());
    const auto byName = groupRows(table, always(), {{Name}}, figures, context());
    const auto unique =
        groupRows(table, always(), {{Kind}}, {{AggregateFunction::Unique, Amount}}, context());
    QVERIFY(byKind && byName && unique);
    QCOMPARE(byKind.value().groups.size(), size_t(4));
    for (const Group &group : byKind.value().groups) {
        const auto kind =
            std::find(std::begin(kinds), std::end(kinds), group.keys[0]) - std::begin(kinds);
        QCOMPARE(group.count, counts[size_t(kind)]);
        QCOMPARE(group.values[0], Value(sums[size_t(kind)]));
        QCOMPARE(group.values[3], Value(double(counts[size_t(kind)])));
        const Value name = kind == 0 ? Value() : Value(names[kind]);
        const auto same = std::find_if(byName.value().groups.cbegin(), byName.value().groups.cend(),
            [&](const Group &each) { return each.keys[0] == name; });
        QVERIFY(same != byName.value().groups.cend());
        QCOMPARE(group.values, same->values);
    }
    QCOMPARE(byKind.value().all.count, byName.value().all.count);
    QCOMPARE(byKind.value().all.values, byName.value().all.values);
    QCOMPARE(unique.value().all.values[0], Value(1000.0));
}

void GroupTest::sums_keepSmallParts()
{
    TableData table;
    table.setDefinition(definition());
    for (const double amount : {1e16, 1.0, 1.0, -1e16}) {
        const Row row = table.insert(RecordId(IdBits{table.rowCount() + 1, 1}), true, {});
        table.setValue(row, field(Amount), amount);
    }
    const auto made = groupRows(table, always(), {}, {{AggregateFunction::Sum, Amount}}, context());
    QCOMPARE(std::get<double>(made.value().groups.front().values[0]), 2.0);
    QCOMPARE(std::get<double>(made.value().all.values[0]), 2.0);
}

QTEST_GUILESS_MAIN(GroupTest)
#include "tst_Group.moc"
