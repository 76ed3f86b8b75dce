// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/document/Adopt.h"
#include "shared/document/Invert.h"
#include "shared/document/Plan.h"
#include "shared/document/Press.h"
#include "shared/field/ChecklistField.h"
#include "shared/field/LocationField.h"
#include "shared/support/ErrorText.h"

#include <QTest>

using namespace casebase;

/// Buttons: what they may do, where they are offered, what a press comes to.
class PressTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void link_isMadeOfTheRecord();
    void settings_areWhatTheFormulasComeTo();
    void settings_thatAFieldDoesNotTake_areRefused();
    void condition_decidesWhereItIsOffered();
    void condition_mayAskWhoPresses();
    void button_thatNamesWhatIsNotThere_isRefused();
    void button_holdsNoValue();
    void kinds_thatHoldTexts_areReadBack();

private:
    Result<ChangeSet> change(const QList<Operation> &operations);
    Result<ChangeSet> put(const ButtonAction &action)
    {
        Field button;
        button.id = fieldId(9);
        button.name = QStringLiteral("press");
        button.kind = FieldKind::Button;
        button.button = action;
        return change({PutField{m_table, button}});
    }
    Result<Pressed> pressed(quint64 record = 1) const
    {
        return press(m_document, m_table, recordId(record), fieldId(9), UserId(IdBits{5, 1}),
            InstanceId(IdBits{7, 7}),
            {m_document.people(), QLocale::c(), QTimeZone::utc(), m_nowMs},
            {m_nowMs, QTimeZone::utc()});
    }
    Value value(int field) const
    {
        const TableData &table = *m_document.table(m_table);
        return table.value(0, *table.definition().field(fieldId(field)));
    }
    static RecordId recordId(quint64 n) { return RecordId(IdBits{5, n}); }
    static FieldId fieldId(int n) { return FieldId(IdBits{2, quint64(n)}); }

    const TableId m_table{IdBits{1, 1}};
    const qint64 m_nowMs = 1'780'000'000'000;
    Document m_document;
};

void PressTest::init()
{
    m_document = Document();
    Table table;
    table.id = m_table;
    table.name = QStringLiteral("t");
    const std::pair<const char *, FieldKind> fields[] = {{"name", FieldKind::SingleLineText},
        {"count", FieldKind::Number}, {"done at", FieldKind::DateTime},
        {"state", FieldKind::SingleSelect}, {"made", FieldKind::CreatedTime}};
    for (const auto &[name, kind] : fields) {
        Field field;
        field.id = fieldId(int(table.fields.size()) + 1);
        field.name = QString::fromLatin1(name);
        field.kind = kind;
        table.fields += field;
    }
    table.fields[3].options = {Option{OptionId(IdBits{3, 1}), QStringLiteral("new"), {}},
        Option{OptionId(IdBits{3, 2}), QStringLiteral("done"), {}}};
    QVERIFY(change({PutTable{table}}));
    QVERIFY(change({CreateRecords{m_table,
        {NewRecord{recordId(1), {{fieldId(1), QStringLiteral("SN 1")}, {fieldId(2), 4.0}}}}}}));
}

Result<ChangeSet> PressTest::change(const QList<Operation> &operations)
{
    const Stamp stamp{UserId(IdBits{9, 9}), m_nowMs};
    const quint64 revision = m_document.revision() + 1;
    TRY_SET(const ChangeSet changes, plan(m_document, operations, {stamp, false}, revision));
    adopt(m_document, changes, stamp, revision, {stamp.timeMs, QTimeZone::utc()});
    return changes;
}

void PressTest::link_isMadeOfTheRecord()
{
    ButtonAction action;
    action.link = QStringLiteral("\"https://example.com/?q=\"&ENCODE_URL_COMPONENT({name})");
    QVERIFY(put(action));
    const auto link = pressed();
    QVERIFY2(link, qPrintable(link ? QString() : englishSentence(link.error())));
    QCOMPARE(std::get<QString>(link.value()), QStringLiteral("https://example.com/?q=SN%201"));
    QCOMPARE(pressed(2).error().code, ErrorCode::UnknownRecord);
}

void PressTest::settings_areWhatTheFormulasComeTo()
{
    ButtonAction action;
    action.kind = ButtonAction::Kind::EditFields;
    action.settings = {{fieldId(2), QStringLiteral("{count}+1")},
        {fieldId(3), QStringLiteral("NOW()")}, {fieldId(4), QStringLiteral("\"done\"")},
        {fieldId(1), QStringLiteral("BLANK()")}};
    QVERIFY(put(action));
    const auto request = pressed();
    QVERIFY2(request, qPrintable(request ? QString() : englishSentence(request.error())));
    const QList<Operation> operations =
        std::get<Edit>(std::get<Request>(request.value())).operations;
    const auto made = change(operations);
    QVERIFY(made);
    QCOMPARE(value(1), Value());
    QCOMPARE(value(2), Value(5.0));
    QCOMPARE(value(3), Value(Moment{m_nowMs - m_nowMs % 60000}));
    QCOMPARE(value(4), Value(OptionId(IdBits{3, 2})));
    QVERIFY(change(invert(made.value())));
    QCOMPARE(value(2), Value(4.0));
}

void PressTest::settings_thatAFieldDoesNotTake_areRefused()
{
    ButtonAction action;
    action.kind = ButtonAction::Kind::EditFields;
    action.settings = {{fieldId(4), QStringLiteral("\"no such option\"")}};
    QVERIFY(put(action));
    QCOMPARE(pressed().error().code, ErrorCode::UnknownOption);
    action.settings = {{fieldId(2), QStringLiteral("1/0")}};
    QVERIFY(put(action));
    const auto fault = pressed();
    QCOMPARE(fault.error().code, ErrorCode::FormulaFault);
    QVERIFY(englishSentence(fault.error()).contains(QStringLiteral("#DIV/0!")));
}

void PressTest::condition_mayAskWhoPresses()
{
    const UserId ann(IdBits{5, 1});
    ButtonAction action;
    action.link = QStringLiteral("\"https://example.com\"");
    action.condition = QStringLiteral("ME()=\"%1\"").arg(ann.text()); // whoever has no name here
    QVERIFY(put(action));
    const FormulaContext now{m_nowMs, QTimeZone::utc()};
    QVERIFY(isOffered(m_document, m_table, recordId(1), fieldId(9), ann, now));
    QVERIFY(!isOffered(m_document, m_table, recordId(1), fieldId(9), UserId(IdBits{5, 2}), now));
}

void PressTest::condition_decidesWhereItIsOffered()
{
    ButtonAction action;
    action.link = QStringLiteral("\"https://example.com\"");
    action.condition = QStringLiteral("{count}>10");
    QVERIFY(put(action));
    QVERIFY(!isOffered(m_document, m_table, recordId(1), fieldId(9), UserId(IdBits{5, 1}),
        {m_nowMs, QTimeZone::utc()}));
    QCOMPARE(pressed().error().code, ErrorCode::ButtonNotOffered);
    QVERIFY(change({EditCells{m_table, {CellEdit{recordId(1), fieldId(2), 11.0, {}}}, false}}));
    QVERIFY(pressed());
    // It is kept by ids: what is renamed stays read.
    Field count = *m_document.table(m_table)->definition().field(fieldId(2));
    count.name = QStringLiteral("how many");
    QVERIFY(change({PutField{m_table, count}}));
    QVERIFY(pressed());
}

void PressTest::button_thatNamesWhatIsNotThere_isRefused()
{
    ButtonAction action;
    QCOMPARE(put(action).error().code, ErrorCode::MissingValue);
    action.link = QStringLiteral("{nothing}");
    QCOMPARE(put(action).error().code, ErrorCode::FieldFormulaInvalid);
    action.kind = ButtonAction::Kind::EditFields;
    QCOMPARE(put(action).error().code, ErrorCode::MissingValue);
    action.settings = {{fieldId(5), QStringLiteral("NOW()")}};
    QCOMPARE(put(action).error().code, ErrorCode::ReadOnlyField);
    action.settings = {{fieldId(99), QStringLiteral("1")}};
    QCOMPARE(put(action).error().code, ErrorCode::UnknownField);
    action.kind = ButtonAction::Kind::StartWorkflow;
    QCOMPARE(put(action).error().code, ErrorCode::NotFound);
}

void PressTest::button_holdsNoValue()
{
    ButtonAction action;
    action.link = QStringLiteral("\"https://example.com\"");
    QVERIFY(put(action));
    QCOMPARE(value(9), Value());
    QCOMPARE(change({EditCells{m_table,
                        {CellEdit{recordId(1), fieldId(9), QStringLiteral("x"), {}}}, false}})
                 .error()
                 .code,
        ErrorCode::ReadOnlyField);
    // A text becomes a button, and back.
    Field text = *m_document.table(m_table)->definition().field(fieldId(1));
    text.kind = FieldKind::Button;
    text.button = action;
    const auto became = change({PutField{m_table, text}});
    QVERIFY(became);
    QCOMPARE(value(1), Value());
    const auto back = change(invert(became.value()));
    QVERIFY2(back, qPrintable(back ? QString() : englishSentence(back.error())));
    QCOMPARE(value(1), Value(QStringLiteral("SN 1")));
}

void PressTest::kinds_thatHoldTexts_areReadBack()
{
    // What is kept is read as the same again, and over the API, too.
    const FieldContext context{m_document.people()};
    for (const auto &[kind, text] : {std::pair(FieldKind::Checklist, "[x] a [b]\n[ ] [x] c"),
             std::pair(
                 FieldKind::Location, "广东省 深圳市 南山区 科技园路1号 (22.53332, 113.93041)"),
             std::pair(FieldKind::Location, "北京市 东城区"),
             std::pair(FieldKind::Location, "(-33.5, 151)"),
             std::pair(FieldKind::Barcode, "SN-1")}) {
        Field field;
        field.kind = kind;
        const FieldType &type = fieldType(kind);
        const auto kept = type.parse(QString::fromUtf8(text), field, context);
        QVERIFY(kept);
        QCOMPARE(type.format(kept.value(), field, context), QString::fromUtf8(text));
        const auto again = type.fromJson(type.toJson(kept.value(), field, context), field, context);
        QVERIFY(again);
        QCOMPARE(again.value(), kept.value());
    }
    const Place place =
        placeOf(QStringLiteral("广东省 深圳市 南山区 科技园路1号 (22.53332, 113.93041)"));
    QCOMPARE(place.city, QStringLiteral("深圳市"));
    QCOMPARE(place.address, QStringLiteral("科技园路1号"));
    QCOMPARE(place.coordinates, (Coordinates{22.53332, 113.93041}));
    const QList<Place> found = placesLike(QStringLiteral("深圳南山"), 5);
    QCOMPARE(found.size(), 0); // as it is written: with the words between
    const QList<Place> like = placesLike(QStringLiteral("深圳市南山"), 5);
    QCOMPARE(like.value(0).district, QStringLiteral("南山区"));
    QCOMPARE(doneCount(checklistItems(QStringLiteral("[x] a\n[ ] b\nc"))), 1);
}

QTEST_GUILESS_MAIN(PressTest)
#include "tst_Press.moc"
