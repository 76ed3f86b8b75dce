// SPDX-License-Identifier: GPL-3.0-or-later
// Ratios against limits measured in the same run: single-cell commits against raw SQLite with the
// same durability, filtering and sorting against plain arrays.
#include "server/admin/ServerCore.h"
#include "shared/document/Adopt.h"
#include "shared/document/Plan.h"
#include "shared/protocol/Message.h"
#include "shared/query/Group.h"
#include "shared/query/Sort.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QSemaphore>
#include <QTemporaryDir>

#include <cstdio>

using namespace casebase;

namespace {

constexpr int Commits = 20000;
constexpr int Rows = 1000000;

double secondsOf(const std::function<void()> &work)
{
    QElapsedTimer timer;
    timer.start();
    work();
    return double(timer.nsecsElapsed()) / 1e9;
}

double rawCommitsPerSecond(const QString &path, int group)
{
    auto database = std::move(Database::openSqlite(path)).value();
    (void)bool(database->run(QStringLiteral("CREATE TABLE t (id INTEGER PRIMARY KEY, v REAL)")));
    for (int i = 0; i < 1000; ++i) {
        (void)bool(database->run(QStringLiteral("INSERT INTO t VALUES (?, 0)"), {i}));
    }
    const double seconds = secondsOf([&] {
        for (int i = 0; i < Commits; ++i) {
            if (i % group == 0) {
                (void)bool(database->begin());
            }
            (void)bool(
                database->run(QStringLiteral("UPDATE t SET v = ? WHERE id = ?"), {i, i % 1000}));
            if (i % group == group - 1) {
                (void)bool(database->commit());
            }
        }
    });
    return Commits / seconds;
}

double hostCommitsPerSecond(ServerCore &core)
{
    BaseId base;
    QSemaphore ready;
    const UserId user = core.host().ids().next<UserId>();
    core.host().createBase(QStringLiteral("bench"),
        {{user, QStringLiteral("u"), QStringLiteral("u"), Role::Owner}},
        [&](const Result<BaseId> &made) {
            base = made.value();
            ready.release();
        });
    ready.acquire();
    Table table;
    table.id = core.host().ids().next<TableId>();
    table.name = QStringLiteral("t");
    Field field;
    field.id = core.host().ids().next<FieldId>();
    field.name = QStringLiteral("v");
    field.kind = FieldKind::Number;
    table.fields += field;
    CreateRecords create{table.id, {}};
    for (int i = 0; i < 1000; ++i) {
        create.records += NewRecord{core.host().ids().next<RecordId>(), {}};
    }
    core.host().submit({user}, base, core.host().nextRequestId(), Edit{{PutTable{table}, create}},
        [&](const Result<Outcome> &) { ready.release(); });
    ready.acquire();
    // Sixteen clients, each waiting for its own acknowledgement.
    QSemaphore places(16);
    const double seconds = secondsOf([&] {
        for (int i = 0; i < Commits; ++i) {
            places.acquire();
            core.host().submit({user}, base, core.host().nextRequestId(),
                Edit{{EditCells{table.id,
                    {CellEdit{create.records[i % 1000].id, field.id, double(i + 1), {}}}, false}}},
                [&](const Result<Outcome> &) { places.release(); });
        }
        places.acquire(16);
    });
    return Commits / seconds;
}

void line(const char *what, double ours, double limit, const char *unit)
{
    std::printf("%-52s %12.0f %12.0f %-10s %5.2f x\n", what, ours, limit, unit, ours / limit);
}

void benchQueries()
{
    Table table;
    Field field;
    field.id = FieldId(IdBits{1, 1});
    field.kind = FieldKind::Number;
    table.fields += field;
    Field status;
    status.id = FieldId(IdBits{1, 2});
    status.kind = FieldKind::SingleSelect;
    for (quint64 i = 0; i < 8; ++i) {
        status.options += Option{OptionId(IdBits{2, i + 1}), QString::number(i), {}};
    }
    table.fields += status;
    TableData data;
    data.setDefinition(table);
    std::vector<double> plain;
    std::vector<quint8> plainCodes;
    for (int i = 0; i < Rows; ++i) {
        const double value = double((i * 7919LL) % Rows);
        plain.push_back(value);
        const Row row = data.insert(RecordId(IdBits{quint64(i) + 1, 1}), true, {});
        data.setValue(row, field, value);
        const int code = (i * 31 + i / 7) % 8;
        plainCodes.push_back(quint8(code));
        data.setValue(row, status, status.options[code].id);
    }
    const People people;
    const QueryContext context{{people}, {}};
    Filter filter;
    filter.kind = Filter::Kind::Test;
    filter.field = field.id;
    filter.op = FilterOp::Less;
    filter.operand.values = {double(Rows) / 3};
    std::vector<Row> rows;
    const double ours =
        secondsOf([&] { rows = matchingRows(data, compileFilter(filter, data, context).value()); });
    std::vector<Row> found;
    const double scan = secondsOf([&] {
        for (Row row = 0; row < Row(Rows); ++row) {
            if (plain[row] < double(Rows) / 3) {
                found.push_back(row);
            }
        }
    });
    line("filter 1,000,000 rows", ours * 1e6, scan * 1e6, "µs");
    std::array<qint64, 8> counts{};
    std::array<double, 8> sums{};
    const double counting = secondsOf([&] {
        for (Row row = 0; row < Row(Rows); ++row) {
            ++counts[plainCodes[row]];
            sums[plainCodes[row]] += plain[row];
        }
    });
    const double grouping = secondsOf([&] {
        (void)bool(groupRows(
            data, always(), {{status.id}}, {{AggregateFunction::Sum, field.id}}, context));
    });
    line("group 1,000,000 rows, counts and sums", grouping * 1e6, counting * 1e6, "µs");
    rows = matchingRows(data, always());
    const double sorting = secondsOf([&] {
        sortRows(rows, data, {SortKey{field.id, Qt::DescendingOrder}}, context);
    });
    const double sort = secondsOf([&] { std::sort(plain.begin(), plain.end()); });
    line("sort 1,000,000 rows", sorting * 1e6, sort * 1e6, "µs");
}

/// IF(AND({a}>1,{b}="3"),{c}*2,BLANK()) over a table, against a loop over plain arrays; then what
/// one edit of a cell costs that the formula reads.
void benchFormula()
{
    Table table;
    table.id = TableId(IdBits{1, 1});
    const auto add = [&table](const char *name, FieldKind kind) -> Field & {
        Field field;
        field.id = FieldId(IdBits{2, quint64(table.fields.size() + 1)});
        field.name = QString::fromLatin1(name);
        field.kind = kind;
        table.fields += field;
        return table.fields.last();
    };
    add("a", FieldKind::Number);
    Field &b = add("b", FieldKind::SingleSelect);
    for (quint64 i = 0; i < 8; ++i) {
        b.options += Option{OptionId(IdBits{3, i + 1}), QString::number(i), {}};
    }
    add("c", FieldKind::Number);
    add("result", FieldKind::Number).formula =
        QStringLiteral("IF(AND({a}>1,{b}=\"3\"),{c}*2,BLANK())");
    Document document;
    TableData &data = document.writeTable(table.id);
    data.setDefinition(table);
    std::vector<double> plainA;
    std::vector<quint8> plainB;
    std::vector<double> plainC;
    for (int i = 0; i < Rows; ++i) {
        const Row row = data.insert(RecordId(IdBits{quint64(i) + 1, 1}), true, {});
        plainA.push_back(double(i % 5));
        plainB.push_back(quint8((i * 31 + i / 7) % 8));
        plainC.push_back(double(i));
        data.setValue(row, table.fields[0], plainA.back());
        data.setValue(row, table.fields[1], table.fields[1].options[plainB.back()].id);
        data.setValue(row, table.fields[2], plainC.back());
    }
    const FormulaContext now{1795309200000, QTimeZone::utc()};
    calculateAll(document, now);
    const double ours = secondsOf([&] { calculateAll(document, now); });
    std::vector<double> result(Rows);
    std::vector<quint8> present(Rows);
    const double loop = secondsOf([&] {
        for (int i = 0; i < Rows; ++i) {
            const bool isMet = plainA[size_t(i)] > 1 && plainB[size_t(i)] == 3;
            result[size_t(i)] = isMet ? plainC[size_t(i)] * 2 : 0;
            present[size_t(i)] = isMet;
        }
    });
    line("formula over 1,000,000 rows", ours * 1e6, loop * 1e6, "µs");
    const Stamp stamp{{}, now.nowMs};
    constexpr int Edits = 1000;
    const double edits = secondsOf([&] {
        for (int i = 0; i < Edits; ++i) {
            const RecordId record = RecordId(IdBits{quint64(i) * 997 + 1, 1});
            const ChangeSet facts{{RecordChanges{
                table.id, {}, {CellChange{record, table.fields[2].id, {}, double(-i)}}}}};
            adopt(document, facts, stamp, quint64(i), now);
        }
    });
    std::printf("%-52s %12.2f µs\n", "one edit that a formula reads", edits / Edits * 1e6);
}

/// Cases that look up what their customer says, and customers that add up what their cases cost:
/// what one edit costs with `customers` customers for 100,000 cases, on either side.
void benchLinks(int customers, bool isByKey)
{
    constexpr int Cases = 100'000;
    Document document;
    QList<Table> tables(2);
    const auto add = [&tables](int table, const char *name, FieldKind kind, const char *formula) {
        Field field;
        field.id = FieldId(IdBits{2, quint64(table * 10 + tables[table].fields.size() + 1)});
        field.name = QString::fromLatin1(name);
        field.kind = kind;
        field.formula = QString::fromLatin1(formula);
        tables[table].fields += field;
    };
    for (int i = 0; i < 2; ++i) {
        tables[i].id = TableId(IdBits{1, quint64(i + 1)});
    }
    tables[0].name = QStringLiteral("customers");
    add(0, "name", FieldKind::SingleLineText, "");
    add(0, "city", FieldKind::SingleLineText, "");
    add(0, "cases", FieldKind::Links, "");
    add(0, "total", FieldKind::Number, "ROLLUP({cases},{cost},\"sum\")");
    add(1, "title", FieldKind::SingleLineText, "");
    add(1, "customer", FieldKind::Links, "");
    add(1, "cost", FieldKind::Number, "");
    add(1, "where", FieldKind::SingleLineText, "{customer}.{city}");
    add(1, "who", FieldKind::SingleLineText, "");
    add(1, "there", FieldKind::SingleLineText, "XLOOKUP({who},{customers}.{name},{city})");
    Field &kept = tables[1].fields[1];
    Field &reverse = tables[0].fields[2];
    kept.link = {tables[0].id, reverse.id, true, true, WhenGone::Unlink};
    reverse.link = {tables[1].id, kept.id, false, false, WhenGone::Unlink};
    const auto customer = [](int i) { return RecordId(IdBits{5, quint64(i) + 1}); };
    const auto caseId = [](int i) { return RecordId(IdBits{6, quint64(i) + 1}); };
    TableData &far = document.writeTable(tables[0].id);
    far.setDefinition(tables[0]);
    for (int i = 0; i < customers; ++i) {
        const Row row = far.insert(customer(i), true, {});
        far.setValue(row, tables[0].fields[0], QStringLiteral("customer %1").arg(i));
        far.setValue(row, tables[0].fields[1], QStringLiteral("city %1").arg(i % 50));
    }
    TableData &near = document.writeTable(tables[1].id);
    near.setDefinition(tables[1]);
    for (int i = 0; i < Cases; ++i) {
        const Row row = near.insert(caseId(i), true, {});
        near.setValue(row, tables[1].fields[0], QStringLiteral("case %1").arg(i));
        near.setValue(row, kept, Links{{customer(i % customers), {}}});
        near.setValue(row, tables[1].fields[2], double(i % 100));
        if (isByKey) {
            near.setValue(
                row, tables[1].fields[4], QStringLiteral("customer %1").arg(i % customers));
        }
    }
    const FormulaContext now{1795309200000, QTimeZone::utc()};
    calculateAll(document, now);
    const auto microseconds = [&](TableId table, FieldId field, auto record, auto value) {
        const int edits = customers > 1 ? 1000 : 20;
        return secondsOf([&] {
            for (int i = 0; i < edits; ++i) {
                const ChangeSet facts{
                    {RecordChanges{table, {}, {CellChange{record(i * 97), field, {}, value(i)}}}}};
                adopt(document, facts, {{}, now.nowMs}, quint64(i), now);
            }
        }) / edits
            * 1e6;
    };
    const double cost = microseconds(
        tables[1].id, tables[1].fields[2].id, [&](int i) { return caseId(i % Cases); },
        [](int i) { return double(i); });
    const double city = microseconds(
        tables[0].id, tables[0].fields[1].id, [&](int i) { return customer(i % customers); },
        [](int i) { return QStringLiteral("town %1").arg(i); });
    if (isByKey) {
        const double key = microseconds(
            tables[1].id, tables[1].fields[4].id, [&](int i) { return caseId(i % Cases); },
            [&](int i) { return QStringLiteral("customer %1").arg((i * 7) % customers); });
        std::printf("%-52s %12.2f µs\n", "an edit of a key that is looked up", key);
    } else {
        std::printf("%-52s %12.2f µs\n",
            qPrintable(QStringLiteral("an edit under a sum of %1").arg(Cases / customers)), cost);
    }
    std::printf("%-52s %12.2f µs\n",
        qPrintable(QStringLiteral("an edit that %1 look up%2")
                       .arg(Cases / customers)
                       .arg(isByKey ? QStringLiteral(" by key and by link") : QString())),
        city);
}

void benchAllLinks()
{
    for (const int customers : {100'000, 10'000, 1'000, 100, 1}) {
        benchLinks(customers, false);
    }
    for (const int customers : {100'000, 10'000, 1'000}) {
        benchLinks(customers, true);
    }
}

/// What planning an edit costs where values must be unique, and beside them.
void benchUnique()
{
    Table table;
    table.id = TableId(IdBits{1, 1});
    for (int i = 0; i < 2; ++i) {
        Field field;
        field.id = FieldId(IdBits{2, quint64(i + 1)});
        field.name = QString::number(i);
        table.fields += field;
    }
    table.fields[1].rules.isUnique = true;
    Document document;
    TableData &data = document.writeTable(table.id);
    data.setDefinition(table);
    for (int i = 0; i < Rows; ++i) {
        const Row row = data.insert(RecordId(IdBits{quint64(i) + 1, 1}), true, {});
        data.setValue(row, table.fields[1], QStringLiteral("customer %1").arg(i));
    }
    for (const Field &field : table.fields) {
        constexpr int Edits = 20;
        const double each = secondsOf([&] {
            for (int i = 0; i < Edits; ++i) {
                const EditCells edit{table.id,
                    {CellEdit{RecordId(IdBits{quint64(i) * 997 + 1, 1}), field.id,
                        QStringLiteral("customer x%1").arg(i), {}}},
                    false};
                (void)bool(plan(document, {edit}, {{{}, 1}, false}, 1));
            }
        }) / Edits;
        std::printf("%-52s %12.2f µs\n",
            field.rules.isUnique ? "planning a value that is to be unique of 1,000,000"
                                 : "planning another value of that table",
            each * 1e6);
    }
}

} // namespace

/// What a change of a field over a million records costs, step by step.
void benchSchema()
{
    constexpr int Rows = 1'000'000;
    Table table;
    table.id = TableId(IdBits{1, 1});
    table.name = QStringLiteral("t");
    for (const auto &[name, kind] :
        {std::pair("a", FieldKind::Number), std::pair("b", FieldKind::SingleLineText)}) {
        Field field;
        field.id = FieldId(IdBits{2, quint64(table.fields.size()) + 1});
        field.name = QString::fromLatin1(name);
        field.kind = kind;
        table.fields += field;
    }
    Document document;
    const FormulaContext now{0, QTimeZone::utc()};
    const Stamp stamp{UserId(IdBits{9, 9}), 1};
    adopt(document, {{TableChange{std::nullopt, table}}}, stamp, 1, now);
    TableData &data = document.writeTable(table.id);
    for (int i = 0; i < Rows; ++i) {
        const Row row = data.insert(RecordId(IdBits{quint64(i) + 1, 1}), true, {});
        data.setValue(row, table.fields[0], double((i * 7919LL) % 1000));
        data.setValue(row, table.fields[1], QStringLiteral("case %1").arg(i));
    }
    const auto change = [&](const char *what, const Field &field) {
        const PlanContext context{stamp, false, QLocale::c(), QTimeZone::utc()};
        ChangeSet changes;
        const double planning = secondsOf([&] {
            changes = plan(document, {PutField{table.id, field}}, context, 2).value();
        });
        Document after = document;
        const double adopting = secondsOf([&] { adopt(after, changes, stamp, 2, now); });
        QByteArray bytes;
        const Delta delta{BaseId(IdBits{8, 8}), Commit{2, stamp, {}, changes}};
        const double writing = secondsOf([&] { bytes = encodeMessage(Message(delta), true); });
        const double reading = secondsOf([&] { (void)bool(decodeMessage(bytes, 1'000'000'000)); });
        std::printf("%-44s plan %6.0f ms, adopt %6.0f ms, write %6.0f ms, read %6.0f ms, %lld MB\n",
            what, planning * 1e3, adopting * 1e3, writing * 1e3, reading * 1e3,
            (long long)bytes.size() / 1000000);
    };
    Field field = table.fields[0];
    field.name = QStringLiteral("renamed");
    change("rename a field", field);
    field.kind = FieldKind::SingleLineText;
    change("number to text", field);
    field.kind = FieldKind::SingleSelect;
    change("number to select", field);
    Field made;
    made.id = FieldId(IdBits{2, 9});
    made.name = QStringLiteral("c");
    made.kind = FieldKind::Number;
    made.formula = QStringLiteral("{a}*2+LEN({b})");
    change("a new formula", made);
    made.formula = QStringLiteral("{a}*2");
    change("a new formula over columns", made);
}

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    if (QCoreApplication::arguments().value(1) == u"schema") {
        benchSchema();
        return 0;
    }
    if (QCoreApplication::arguments().value(1) == u"links") {
        benchAllLinks();
        return 0;
    }
    QTemporaryDir folder;
    std::printf("%-52s %12s %12s\n", "what", "ours", "limit");
    const QString data = folder.filePath(QStringLiteral("data"));
    (void)bool(ServerCore::create(data));
    const auto core = ServerCore::open(data);
    const double raw = rawCommitsPerSecond(folder.filePath(QStringLiteral("raw.db")), 16);
    line("durable single-cell commits, 16 clients", hostCommitsPerSecond(*core.value()), raw,
        "per s");
    benchQueries();
    benchFormula();
    benchUnique();
    benchAllLinks();
    return 0;
}
