// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/columns/TableChunks.h"
#include "shared/document/Adopt.h"
#include "shared/document/Invert.h"
#include "shared/document/Plan.h"
#include "shared/support/ErrorText.h"

#include <QRandomGenerator>
#include <QTest>

#include <thread>

using namespace casebase;

namespace {

FieldId fieldId(quint64 n)
{
    return FieldId(IdBits{2, n});
}
RecordId recordId(quint64 n)
{
    return RecordId(IdBits{5, n});
}
const TableId Cases(IdBits{1, 1});

Table casesTable()
{
    Table table;
    table.id = Cases;
    table.name = QStringLiteral("cases");
    const FieldKind kinds[] = {FieldKind::SingleLineText, FieldKind::Number,
        FieldKind::SingleSelect, FieldKind::Checkbox, FieldKind::Date, FieldKind::DateTime,
        FieldKind::MultipleSelects, FieldKind::AutoNumber};
    quint64 n = 1;
    for (const FieldKind kind : kinds) {
        Field field;
        field.id = fieldId(n);
        field.name = QStringLiteral("f%1").arg(n++);
        field.kind = kind;
        if (kind == FieldKind::SingleSelect || kind == FieldKind::MultipleSelects) {
            field.options = {{OptionId(IdBits{3, 1}), QStringLiteral("a"), {}},
                {OptionId(IdBits{3, 2}), QStringLiteral("b"), {}}};
        }
        table.fields += field;
    }
    return table;
}

PlanContext context()
{
    return {{UserId(IdBits{9, 9}), 5000}, false};
}

struct Planned {
    ChangeSet changes;
    Document after;
};

Result<Planned> run(const Document &document, const QList<Operation> &operations)
{
    TRY_SET(
        const ChangeSet changes, plan(document, operations, context(), document.revision() + 1));
    Planned planned{changes, document};
    adopt(planned.after, changes, context().stamp, document.revision() + 1,
        {context().stamp.timeMs, QTimeZone::utc()});
    return planned;
}

Document withRecords(int count)
{
    Document document = run({}, {PutTable{casesTable()}}).value().after;
    CreateRecords create{Cases, {}};
    for (int i = 0; i < count; ++i) {
        create.records += NewRecord{recordId(quint64(i) + 1),
            {{fieldId(1), QStringLiteral("record %1 客户").arg(i)}, {fieldId(2), double(i)},
                {fieldId(3), OptionId(IdBits{3, quint64(i % 2) + 1})}, {fieldId(4), i % 3 == 0},
                {fieldId(5), Date{i}}, {fieldId(6), Moment{i * 1000LL}},
                {fieldId(7), Options{OptionId(IdBits{3, 1})}}}};
    }
    return run(document, {create}).value().after;
}

} // namespace

class DocumentTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void copy_isNotTouchedByLaterWrites();
    void index_findsEveryRecord();
    void text_splicesWithinItsChunk();
    void invert_takesEveryRandomStepBack_andAgain();
    void plan_refusesAllOrNothing_data();
    void plan_refusesAllOrNothing();
    void option_removed_emptiesItsCells();
    void chunks_restoreTheTable();
    void chunks_brokenPieces_areRefused();
    void keptBytes_goWithAWrite_andStayWithOtherCopies();
    void keptBytes_areMadeOnceForAllWhoAsk();
    void snapshot_isReadableWhileTheOriginalIsWritten();
};

void DocumentTest::copy_isNotTouchedByLaterWrites()
{
    Document document = withRecords(3000);
    const Document before = document;
    const auto edited = run(document,
        {EditCells{Cases, {CellEdit{recordId(2999), fieldId(1), QStringLiteral("new"), {}}}, false},
            DeleteRecords{Cases, {recordId(1)}}});
    QVERIFY(edited);
    document = edited.value().after;
    const TableData &old = *before.table(Cases);
    const TableData &now = *document.table(Cases);
    QCOMPARE(old.aliveCount(), 3000);
    QCOMPARE(now.aliveCount(), 2999);
    const Row row = *old.row(recordId(2999));
    QCOMPARE(std::get<QString>(old.value(row, old.definition().fields[0])),
        QStringLiteral("record 2998 客户"));
    QCOMPARE(std::get<QString>(now.value(row, now.definition().fields[0])), QStringLiteral("new"));
}

void DocumentTest::index_findsEveryRecord()
{
    const Document document = withRecords(20000);
    const TableData &table = *document.table(Cases);
    for (int i = 0; i < 20000; ++i) {
        QCOMPARE(table.row(recordId(quint64(i) + 1)), std::optional(Row(i)));
    }
    QVERIFY(!table.row(recordId(20001)));
    QVERIFY(!table.row(RecordId()));
}

void DocumentTest::text_splicesWithinItsChunk()
{
    BytesColumn column;
    QList<QByteArray> expected(1000);
    QRandomGenerator random(7);
    for (int i = 0; i < 20000; ++i) {
        const int row = random.bounded(1000);
        expected[row] = QByteArray(random.bounded(40), char('a' + random.bounded(26)));
        column.set(Row(row), expected[row]);
    }
    for (int row = 0; row < 1000; ++row) {
        QCOMPARE(column.at(Row(row)).toByteArray(), expected[row]);
    }
}

void DocumentTest::invert_takesEveryRandomStepBack_andAgain()
{
    QRandomGenerator random(42);
    Document document = withRecords(50);
    for (int step = 0; step < 300; ++step) {
        const RecordId record = recordId(quint64(random.bounded(50)) + 1);
        Operation operation = DeleteRecords{Cases, {record}};
        switch (random.bounded(6)) {
        case 0:
            break;
        case 1:
            operation = RestoreRecords{Cases, {record}};
            break;
        case 2: {
            Field field = document.table(Cases)->definition().fields[1];
            const FieldKind kinds[] = {
                FieldKind::Number, FieldKind::SingleLineText, FieldKind::AutoNumber};
            field.kind = kinds[random.bounded(3)];
            operation = PutField{Cases, field, random.bounded(8)};
            break;
        }
        case 3: {
            Table table = document.table(Cases)->definition();
            table.name = QStringLiteral("cases %1").arg(step);
            operation = PutTable{table};
            break;
        }
        default:
            operation = EditCells{Cases,
                {CellEdit{record, fieldId(1), QString::number(random.bounded(9)), {}}}, false};
        }
        const auto planned = run(document, {operation});
        if (!planned || planned.value().changes.changes.isEmpty()) {
            continue;
        }
        const auto back = run(planned.value().after, invert(planned.value().changes));
        QVERIFY2(back,
            back ? ""
                 : qUtf8Printable(
                     QStringLiteral("step %1: %2").arg(step).arg(englishSentence(back.error()))));
        const auto again = run(back.value().after, invert(back.value().changes));
        QVERIFY2(again,
            again ? ""
                  : qUtf8Printable(
                      QStringLiteral("step %1: %2").arg(step).arg(englishSentence(again.error()))));
        for (const auto &[before, after] : {std::pair(document, back.value().after),
                 std::pair(planned.value().after, again.value().after)}) {
            const TableData &was = *before.table(Cases);
            const TableData &is = *after.table(Cases);
            QCOMPARE(is.definition(), was.definition());
            QCOMPARE(is.aliveCount(), was.aliveCount());
            for (Row row = 0; row < was.rowCount(); ++row) {
                for (const Field &field : was.definition().fields) {
                    QVERIFY(!was.isAlive(row) || is.value(row, field) == was.value(row, field));
                }
            }
        }
        document = planned.value().after;
    }
}

void DocumentTest::plan_refusesAllOrNothing_data()
{
    QTest::addColumn<int>("which");
    QTest::addColumn<ErrorCode>("code");
    QTest::newRow("unknown field") << 0 << ErrorCode::UnknownField;
    QTest::newRow("wrong type") << 1 << ErrorCode::WrongType;
    QTest::newRow("unknown option") << 2 << ErrorCode::UnknownOption;
    QTest::newRow("computed field") << 3 << ErrorCode::ReadOnlyField;
    QTest::newRow("unknown record") << 4 << ErrorCode::UnknownRecord;
    QTest::newRow("same id again") << 5 << ErrorCode::Exists;
    QTest::newRow("unknown table") << 6 << ErrorCode::UnknownTable;
    QTest::newRow("name taken") << 7 << ErrorCode::NameTaken;
    QTest::newRow("nameless field") << 8 << ErrorCode::NameEmpty;
    QTest::newRow("changed since") << 9 << ErrorCode::ChangedSince;
    QTest::newRow("unknown person") << 10 << ErrorCode::WrongType;
}

void DocumentTest::plan_refusesAllOrNothing()
{
    QFETCH(int, which);
    QFETCH(ErrorCode, code);
    const Document document = withRecords(3);
    const auto edit = [](FieldId field, const Value &value, std::optional<Value> seen = {}) {
        return EditCells{Cases, {CellEdit{recordId(1), field, value, seen}}, seen.has_value()};
    };
    Field taken;
    taken.id = fieldId(50);
    taken.name = QStringLiteral("F1");
    Field nameless;
    nameless.id = fieldId(51);
    const QList<Operation> bad{edit(fieldId(99), 1.0), edit(fieldId(2), QStringLiteral("x")),
        edit(fieldId(3), OptionId(IdBits{3, 9})), edit(fieldId(8), 1.0),
        EditCells{Cases, {CellEdit{recordId(77), fieldId(1), {}, {}}}, false},
        CreateRecords{Cases, {NewRecord{recordId(1), {}}}},
        DeleteRecords{TableId(IdBits{1, 2}), {}}, PutField{Cases, taken}, PutField{Cases, nameless},
        edit(fieldId(1), QStringLiteral("x"), Value(QStringLiteral("never there"))),
        edit(fieldId(1), UserId(IdBits{1, 1}))};
    const auto planned = run(document, {edit(fieldId(1), QStringLiteral("fine")), bad[which]});
    QVERIFY(!planned);
    QCOMPARE(planned.error().code, code);
    const TableData &table = *document.table(Cases);
    QCOMPARE(std::get<QString>(table.value(0, table.definition().fields[0])),
        QStringLiteral("record 0 客户"));
}

void DocumentTest::option_removed_emptiesItsCells()
{
    const Document document = withRecords(10);
    Field field = document.table(Cases)->definition().fields[2];
    field.options.removeLast();
    const auto planned = run(document, {PutField{Cases, field}});
    QVERIFY(planned);
    const TableData &table = *planned.value().after.table(Cases);
    int empty = 0;
    for (Row row = 0; row < table.rowCount(); ++row) {
        empty += isEmpty(table.value(row, field)) ? 1 : 0;
    }
    QCOMPARE(empty, 5);
}

void DocumentTest::chunks_restoreTheTable()
{
    const Document document = withRecords(2500);
    const TableData &table = *document.table(Cases);
    TableData copy = TableChunks::begin(table.definition(), table.rowCount());
    for (const ChunkKey &key : TableChunks::keys(table)) {
        QVERIFY(TableChunks::put(copy, key, TableChunks::bytes(table, key)));
    }
    QVERIFY(TableChunks::finish(copy));
    QCOMPARE(copy.aliveCount(), table.aliveCount());
    for (Row row = 0; row < table.rowCount(); row += 7) {
        QCOMPARE(copy.row(table.recordId(row)), std::optional(row));
        for (const Field &field : table.definition().fields) {
            QVERIFY(copy.value(row, field) == table.value(row, field));
        }
    }
    QCOMPARE(copy.lastNumber(fieldId(8)), 2500.0);
}

void DocumentTest::chunks_brokenPieces_areRefused()
{
    const Document document = withRecords(300);
    const TableData &table = *document.table(Cases);
    QRandomGenerator random(3);
    for (const ChunkKey &key : TableChunks::keys(table)) {
        TableData copy = TableChunks::begin(table.definition(), table.rowCount());
        const QByteArray bytes = TableChunks::bytes(table, key);
        QVERIFY(!TableChunks::put(copy, key, bytes.chopped(1)));
        QVERIFY(!TableChunks::put(copy, {key.column, 1 << 30}, bytes));
        QVERIFY(!TableChunks::put(copy, {key.column, -2}, bytes));
        // Any bytes at all must end in a refusal or a table, never in a crash.
        for (int i = 0; i < 20; ++i) {
            QByteArray mutated = bytes;
            mutated[random.bounded(int(mutated.size()))] = char(random.bounded(256));
            TableData other = TableChunks::begin(table.definition(), table.rowCount());
            const Done put = TableChunks::put(other, key, mutated);
            const Done finished = TableChunks::finish(other);
            Q_UNUSED(put)
            Q_UNUSED(finished)
        }
    }
    TableData copy = TableChunks::begin(table.definition(), table.rowCount());
    QVERIFY(!TableChunks::put(copy, {QStringLiteral("nonsense"), 0}, "x"));
}

void DocumentTest::keptBytes_goWithAWrite_andStayWithOtherCopies()
{
    Document document = withRecords(3000);
    const auto keep = [](const Document &of, const ChunkKey &key, const char *bytes) {
        const ColumnChunk *chunk = TableChunks::chunk(*of.table(Cases), key);
        return chunk->packed.get([bytes] { return QByteArray(bytes); });
    };
    // Every chunk of every column, so that none is left out.
    for (const ChunkKey &key : TableChunks::keys(*document.table(Cases))) {
        QCOMPARE(TableChunks::chunk(*document.table(Cases), key) == nullptr, key.index < 0);
        if (key.index >= 0) {
            QCOMPARE(keep(document, key, "old"), QByteArray("old"));
            QCOMPARE(keep(document, key, "new"), QByteArray("old"));
        }
    }
    const ChunkKey first{fieldId(2).text(), 0};
    const ChunkKey second{fieldId(2).text(), 1};
    const Document before = document;
    const Field field = document.table(Cases)->definition().fields[1];
    document.writeTable(Cases).setValue(5, field, 77.0); // shared: the chunk is copied
    QCOMPARE(keep(document, first, "new"), QByteArray("new"));
    QCOMPARE(keep(before, first, "new"), QByteArray("old"));
    QCOMPARE(keep(document, second, "new"), QByteArray("old"));
    document.writeTable(Cases).setValue(5, field, 78.0); // not shared: it is written in place
    QCOMPARE(keep(document, first, "newest"), QByteArray("newest"));
    document.writeTable(Cases).setValue(5, field, 78.0); // nothing is written
    QCOMPARE(keep(document, first, "again"), QByteArray("newest"));
}

void DocumentTest::keptBytes_areMadeOnceForAllWhoAsk()
{
    for (int round = 0; round < 200; ++round) {
        const KeptBytes kept;
        std::atomic<int> waiting{4};
        std::array<QByteArray, 4> got;
        std::vector<std::thread> threads;
        for (int i = 0; i < 4; ++i) {
            threads.emplace_back([&, i] {
                --waiting;
                while (waiting > 0) { }
                got[size_t(i)] = kept.get([i] { return QByteArray(100, char('a' + i)); });
            });
        }
        for (std::thread &thread : threads) {
            thread.join();
        }
        QVERIFY(kept.isKept());
        QCOMPARE(std::count(got.begin(), got.end(), got[0]), 4);
    }
}

void DocumentTest::snapshot_isReadableWhileTheOriginalIsWritten()
{
    Document document = withRecords(5000);
    const Document snapshot = document;
    std::atomic<bool> stop{false};
    std::atomic<int> wrong{0};
    std::thread reader([&] {
        const TableData &table = *snapshot.table(Cases);
        while (!stop) {
            double sum = 0;
            for (Row row = 0; row < table.rowCount(); ++row) {
                sum += std::get<double>(table.value(row, table.definition().fields[1]));
            }
            wrong += sum == 5000.0 * 4999 / 2 ? 0 : 1;
        }
    });
    for (int i = 0; i < 2000; ++i) {
        document = run(document,
            {EditCells{Cases, {CellEdit{recordId(quint64(i) + 1), fieldId(2), -1.0, {}}}, false}})
                       .value()
                       .after;
    }
    stop = true;
    reader.join();
    QCOMPARE(wrong.load(), 0);
}

QTEST_GUILESS_MAIN(DocumentTest)
#include "tst_Document.moc"
