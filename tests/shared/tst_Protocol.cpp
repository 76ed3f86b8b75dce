// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/protocol/Message.h"

#include <QDir>
#include <QFile>
#include <QRandomGenerator>
#include <QTest>

using namespace casebase;

namespace {

Table sampleTable()
{
    Table table;
    table.id = TableId(IdBits{1, 1});
    table.name = QStringLiteral("售后");
    Field field;
    field.id = FieldId(IdBits{2, 1});
    field.name = QStringLiteral("kind");
    field.kind = FieldKind::SingleSelect;
    field.options = {{OptionId(IdBits{3, 1}), QStringLiteral("refund"), QStringLiteral("red")}};
    table.fields += field;
    View view;
    view.id = ViewId(IdBits{4, 1});
    view.name = QStringLiteral("all");
    Filter test;
    test.kind = Filter::Kind::Test;
    test.field = field.id;
    test.op = FilterOp::IsAnyOf;
    test.operand.values = {OptionId(IdBits{3, 1})};
    view.filter.children = {test};
    view.sort = {SortKey{field.id, Qt::DescendingOrder}};
    table.views += view;
    Workflow workflow;
    workflow.id = WorkflowId(IdBits{5, 1});
    workflow.name = QStringLiteral("approval");
    workflow.isCancellable = false;
    workflow.versions = {{2,
        {{QStringLiteral("n1"), QStringLiteral("Lead"), {{UserId(IdBits{6, 1}), {}}},
            {field.id}}}}};
    table.workflows += workflow;
    return table;
}

Field sampleRating()
{
    Field field;
    field.id = FieldId(IdBits{2, 2});
    field.name = QStringLiteral("how well");
    field.kind = FieldKind::Rating;
    field.precision = 3;
    field.symbol = QStringLiteral("kg");
    field.isGrouped = false;
    field.durationFormat = DurationFormat::Tenths;
    field.maximum = 7;
    field.icon = QStringLiteral("heart");
    field.colour = QStringLiteral("red");
    return field;
}

View sampleFormulaView()
{
    View view;
    view.id = ViewId(IdBits{4, 2});
    view.name = QStringLiteral("long ones");
    view.filter.kind = Filter::Kind::Formula;
    view.filter.formula = QStringLiteral("LEN({fld00000020000001})>3");
    return view;
}

View sampleColouredView()
{
    View view = sampleFormulaView();
    view.colours = {{view.filter, QStringLiteral("red"), ColourRule::Part::Edge},
        {{}, QStringLiteral("teal-strong"), ColourRule::Part::Cell, FieldId(IdBits{2, 1})}};
    return view;
}

QList<Department> sampleDepartments()
{
    const OptionId service(IdBits{12, 1});
    return {{service, QStringLiteral("Service"), {}, UserId(IdBits{6, 1}), false},
        {OptionId(IdBits{12, 2}), QStringLiteral("North"), service, {}, true}};
}

QList<std::pair<QString, Message>> samples()
{
    const BaseId base(IdBits{7, 1});
    const DeviceId device(IdBits{8, 1});
    const RecordId record(IdBits{9, 1});
    const FieldId field(IdBits{2, 1});
    const TableId table(IdBits{1, 1});
    Delta delta{base,
        {5, {UserId(IdBits{6, 1}), 1000}, {device, 3},
            {{TableChange{{}, sampleTable()},
                RecordChanges{table, {{record, false, false, 900, UserId(IdBits{6, 1})}},
                    {{record, field, Value(1.5), Value(QStringLiteral("text")), true}}}}}}};
    return {{QStringLiteral("helloPackedPieces"),
                Hello{1, device, QStringLiteral("cbs_x"), true, true, true}},
        {QStringLiteral("open"), Open{base, QStringLiteral("line"), 12}},
        {QStringLiteral("submitFormats"),
            Submit{base, {device, 4},
                Edit{{CreateRecords{table, {{record, {{field, OptionId(IdBits{3, 1})}}}}},
                    EditCells{table,
                        {{record, field, Options{OptionId(IdBits{3, 1})}, Value(Date{3})}}, true},
                    PutField{table, sampleRating(), 2}, PutView{table, sampleFormulaView()}}}}},
        {QStringLiteral("act"),
            Submit{base, {device, 5},
                ActOnTask{TaskId(IdBits{10, 1}), InstanceId(IdBits{11, 1}), TaskVerb::Reject,
                    QStringLiteral("no"), {{field, Value(true)}}, 9}}},
        {QStringLiteral("deltaFormats"), delta},
        {QStringLiteral("rejected"),
            Rejected{base, {device, 4}, {ErrorCode::UnknownField, {QStringLiteral("x")}, {}}}},
        {QStringLiteral("submitColours"),
            Submit{base, {device, 6},
                Edit{{PutView{table, sampleColouredView()},
                    PutDepartments{sampleDepartments(), QList<Department>()}}}}},
        {QStringLiteral("submitOptions"),
            Submit{base, {device, 7},
                Edit{{AddOptions{field,
                    {Option{OptionId(IdBits{3, 7}), QStringLiteral("退款"),
                        QStringLiteral("teal")}}}}}}},
        {QStringLiteral("deltaDepartments"),
            Delta{base,
                {6, {UserId(IdBits{6, 1}), 1000}, {device, 6},
                    {{DepartmentsChange{{}, sampleDepartments()}}}}}},
        {QStringLiteral("deltaSensitive"),
            Delta{base,
                {7, {UserId(IdBits{6, 1}), 1795309200000}, {device, 7},
                    {{RecordChanges{table, {},
                        {{record, field, {},
                            Sealed{QStringLiteral("138****5678"), QByteArray("\x01\0box", 5)},
                            false}}}}}}}},
        {QStringLiteral("snapshotEndDepartments"),
            SnapshotEnd{base, 6, {}, {}, sampleDepartments()}},
        {QStringLiteral("presence"), Presence{base, {}, device, table, record, field, true}}};
}

} // namespace

class ProtocolTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyMessage_roundTrips();
    void goldenFiles_stillDecodeAndEncode();
    void mutatedBytes_neverCrash();
    void limits_areKept();
};

void ProtocolTest::everyMessage_roundTrips()
{
    for (const auto &[name, message] : samples()) {
        for (const bool compress : {false, true}) {
            const auto decoded = decodeMessage(encodeMessage(message, compress), 1 << 20);
            QVERIFY2(decoded, qUtf8Printable(name));
            QVERIFY2(decoded.value() == message, qUtf8Printable(name));
        }
        const auto json = decodeJsonMessage(encodeJsonMessage(message));
        QVERIFY2(json, qUtf8Printable(name));
        QVERIFY2(json.value() == message, qUtf8Printable(name));
    }
}

void ProtocolTest::goldenFiles_stillDecodeAndEncode()
{
    const QDir folder(QStringLiteral(CASEBASE_SOURCE "/tests/data/protocol/v1"));
    for (const auto &[name, message] : samples()) {
        QFile file(folder.filePath(name + QStringLiteral(".json")));
        if (qEnvironmentVariableIsSet("CASEBASE_WRITE_GOLDEN")) {
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(encodeJsonMessage(message) + '\n');
            continue;
        }
        QVERIFY2(file.open(QIODevice::ReadOnly), qUtf8Printable(file.fileName()));
        const QByteArray golden = file.readAll();
        const auto decoded = decodeJsonMessage(golden);
        QVERIFY2(decoded, qUtf8Printable(name));
        QVERIFY2(decoded.value() == message, qUtf8Printable(name));
        QCOMPARE(encodeJsonMessage(message), golden.trimmed());
    }
    // Written before there were sequences, and before there were packed pieces.
    for (const char *name : {"hello.json", "helloSequences.json"}) {
        QFile before(folder.filePath(QString::fromLatin1(name)));
        QVERIFY(before.open(QIODevice::ReadOnly));
        const auto hello = decodeJsonMessage(before.readAll());
        QVERIFY(hello);
        QVERIFY(!std::get<Hello>(hello.value()).packedPieces);
    }
    // Before fields had formats of numbers: those are the usual ones.
    for (const char *name : {"submit.json", "delta.json"}) {
        QFile before(folder.filePath(QString::fromLatin1(name)));
        QVERIFY(before.open(QIODevice::ReadOnly));
        const auto message = decodeJsonMessage(before.readAll());
        QVERIFY(message);
        const auto *delta = std::get_if<Delta>(&message.value());
        QVERIFY(!delta || *delta == std::get<Delta>(samples()[4].second));
    }
}

void ProtocolTest::mutatedBytes_neverCrash()
{
    QRandomGenerator random(11);
    for (const auto &[name, message] : samples()) {
        const QByteArray bytes = encodeMessage(message, false);
        for (int i = 0; i < 2000; ++i) {
            QByteArray mutated = bytes;
            for (int k = random.bounded(4); k >= 0; --k) {
                mutated[random.bounded(int(mutated.size()))] = char(random.bounded(256));
            }
            const auto decoded =
                decodeMessage(mutated.left(random.bounded(int(mutated.size())) + 1), 1 << 20);
            Q_UNUSED(decoded)
        }
    }
}

void ProtocolTest::limits_areKept()
{
    const QByteArray large = compressed(QByteArray(10 * 1024 * 1024, 'x'));
    QVERIFY(large.size() < 10000);
    const auto unpacked = decodeMessage(large, 1 << 20);
    QVERIFY(!unpacked);
    QCOMPARE(unpacked.error().code, ErrorCode::TooLarge);
    for (const char *bad : {"", "hello", "{", "[]", "null", "42", "{\"t\":null}",
             "{\"t\":\"hello\"", "{\"t\":\"nonsense\"}", "{\"t\":\"open\",\"base\":5}"}) {
        QVERIFY(!decodeJsonMessage(bad));
        QVERIFY(!decodeMessage(bad, 1 << 20));
    }
    Filter deep;
    for (int i = 0; i < 200; ++i) {
        Filter outer;
        outer.children = {deep};
        deep = outer;
    }
    Table table = sampleTable();
    table.views.first().filter = deep;
    QVERIFY(!decodeTable(encodeTable(table)));
}

QTEST_GUILESS_MAIN(ProtocolTest)
#include "tst_Protocol.moc"
