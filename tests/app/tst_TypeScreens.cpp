// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/fields/BarcodePicture.h"
#include "app/fields/ChecklistEditor.h"
#include "app/fields/FieldRow.h"
#include "app/fields/LocationEditor.h"
#include "app/grid/GridPane.h"
#include "app/grid/GridView.h"
#include "app/record/FilesArchive.h"
#include "app/record/SignatureDialog.h"
#include "app/shell/MainWindow.h"
#include "app/structure/FieldDialog.h"
#include "app/widgets/CheckMenu.h"
#include "tests/support/World.h"

#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <zip.h>

using namespace casebase;

/// Kinds of fields that are more than a line of text, driven by keys and clicks: states, cascades,
/// checklists, locations, buttons, codes and signatures.
class TypeScreensTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void sensitiveText_isNeverGoneOnWith();
    void state_offersItsMoves_andAsksWhy();
    void cascade_offersWhatFits_andSettlesItsParent();
    void select_takesNewOptions_typedAndPasted();
    void warning_standsInTheCellAndOnTheCard();
    void checklist_isTickedOnTheCard_andWrittenInTheGrid();
    void location_isFoundByPartOfItsName_orTakenApart();
    void button_writesAndIsUndone_whereItIsOffered();
    void dialog_makesAStateWithItsReasonAndItsTime();
    void signature_isDrawn();
    void barcode_isReadable_atEverySize();
    void archive_holdsFilesWithTheirNames_orIsNotMade();

private:
    Field add(const QString &name, FieldKind kind, const std::function<void(Field &)> &set = {});
    int columnOf(const QString &name);
    /// Begins to edit the cell of the first record.
    template <class Editor> Editor *edit(const QString &name)
    {
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete); // the one before
        grid().setCurrent(0, columnOf(name));
        QTest::keyClick(&grid(), Qt::Key_Return);
        return grid().findChild<Editor *>();
    }
    QLineEdit *editorLine(const QString &name)
    {
        auto *editor = edit<FieldEditor>(name);
        return editor ? editor->findChild<QLineEdit *>() : nullptr;
    }
    QString text(const QString &field) { return m_ann->text(QStringLiteral("t"), m_record, field); }
    TablePage &page() { return *m_window->tablePage(); }
    GridView &grid() { return *page().pane()->findChild<GridView *>(); }
    FieldRow *rowOf(const QString &name);

    std::unique_ptr<World> m_world;
    WorldClient *m_ann = nullptr;
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<HttpClient> m_http;
    std::unique_ptr<MainWindow> m_window;
    TableId m_table;
    RecordId m_record;
};

namespace {

QStringList entriesOf(const FieldEditor &editor)
{
    QStringList entries;
    const auto *list = editor.findChild<QListWidget *>();
    for (int i = 0; i < list->count(); ++i) {
        entries += list->item(i)->text();
    }
    return entries;
}

Option option(IdSource &ids, const char *name)
{
    return {ids.next<OptionId>(), QString::fromUtf8(name), QStringLiteral("red")};
}

} // namespace

void TypeScreensTest::init()
{
    m_world = std::make_unique<World>();
    m_ann = &m_world->add(QStringLiteral("ann"), Role::Owner);
    IdSource &ids = m_ann->session().ids();
    Table table;
    table.id = m_table = ids.next<TableId>();
    table.name = QStringLiteral("t");
    Field name;
    name.id = ids.next<FieldId>();
    name.name = QStringLiteral("name");
    table.fields += name;
    View view;
    view.id = ids.next<ViewId>();
    view.name = QStringLiteral("all");
    table.views += view;
    QVERIFY(m_ann->ask(Edit{{PutTable{table}}}));
    m_world->settle();
    m_record =
        m_ann->create(QStringLiteral("t"), {{QStringLiteral("name"), QStringLiteral("one")}});
    m_theme = std::make_unique<Theme>(false);
    m_http = std::make_unique<HttpClient>(QUrl(QStringLiteral("http://127.0.0.1:9")));
    m_window = std::make_unique<MainWindow>(
        *m_theme, m_ann->session(), *m_http, [this](QWidget *parent) -> Pane * {
            auto *page = qobject_cast<TablePage *>(parent);
            return new GridPane(*m_theme, page->undo(), page->pictures(), parent);
        });
    m_window->resize(1300, 800);
    m_window->show();
    m_window->showBase(m_world->base());
    page().showTable(m_table);
}

void TypeScreensTest::cleanup()
{
    m_window.reset();
    m_http.reset();
    m_theme.reset();
    m_world.reset();
}

Field TypeScreensTest::add(
    const QString &name, FieldKind kind, const std::function<void(Field &)> &set)
{
    Field field;
    field.id = m_ann->session().ids().next<FieldId>();
    field.name = name;
    field.kind = kind;
    if (set) {
        set(field);
    }
    const Done made = m_ann->ask(Edit{{PutField{m_table, field}}});
    Q_UNUSED(made)
    m_world->settle();
    return *m_ann->document().table(m_table)->definition().field(field.id);
}

int TypeScreensTest::columnOf(const QString &name)
{
    const Field *field = m_ann->document().table(m_table)->definition().fieldNamed(name);
    return int(page().model()->fields().indexOf(field->id));
}

FieldRow *TypeScreensTest::rowOf(const QString &name)
{
    for (FieldRow *row : page().panel()->findChildren<FieldRow *>()) {
        if (row->field().name == name) {
            return row;
        }
    }
    return nullptr;
}

/// Neither what is kept nor what has just been typed into a form stands in the editor again.
void TypeScreensTest::sensitiveText_isNeverGoneOnWith()
{
    static const People nobody;
    Field field;
    field.name = QStringLiteral("phone");
    field.kind = FieldKind::Sensitive;
    field.sensitive = SensitiveForm::PhoneNumber;
    const QString mask = QStringLiteral("138****5678");
    for (const Value &value : {Value(Sealed{mask, "box"}), Value(QStringLiteral("13812345678"))}) {
        const std::unique_ptr<FieldEditor> editor(
            newFieldEditor(*m_theme, field, value, {nobody}, nullptr, nullptr));
        auto *line = editor->findChild<QLineEdit *>();
        QCOMPARE(line->text(), QString());
        QCOMPARE(line->placeholderText(), mask);
        QVERIFY(editor->value().value() == value); // Left as it is, it is what it was.
        line->setText(mask);
        QVERIFY(!editor->value());
        line->setText(QStringLiteral("13900001111"));
        QVERIFY(editor->value().value() == Value(QStringLiteral("13900001111")));
    }
}

void TypeScreensTest::state_offersItsMoves_andAsksWhy()
{
    IdSource &ids = m_ann->session().ids();
    const Field why = add(QStringLiteral("why"), FieldKind::SingleLineText);
    add(QStringLiteral("state"), FieldKind::State, [&](Field &field) {
        field.options = {option(ids, "open"), option(ids, "working"), option(ids, "closed")};
        field.limitsMoves = true;
        field.reason = why.id;
        field.options[0].next = {field.options[1].id};
        field.options[1].next = {field.options[2].id};
        field.options[2].asksReason = true;
    });
    auto *editor = edit<FieldEditor>(QStringLiteral("state"));
    QVERIFY(editor);
    QCOMPARE(entriesOf(*editor).size(), 3); // from nothing anywhere
    QTest::keyClick(editor->findChild<QLineEdit *>(), Qt::Key_Return);
    QCOMPARE(text(QStringLiteral("state")), QStringLiteral("open"));
    editor = edit<FieldEditor>(QStringLiteral("state"));
    QCOMPARE(entriesOf(*editor), (QStringList{QStringLiteral("open"), QStringLiteral("working")}));
    QTest::keyClicks(editor->findChild<QLineEdit *>(), QStringLiteral("work"));
    QTest::keyClick(editor->findChild<QLineEdit *>(), Qt::Key_Return);
    QCOMPARE(text(QStringLiteral("state")), QStringLiteral("working"));
    // Enter on the next one asks for words first, and nothing is written before.
    QLineEdit *line = editorLine(QStringLiteral("state"));
    QTest::keyClicks(line, QStringLiteral("closed"));
    QTest::keyClick(line, Qt::Key_Return);
    QCOMPARE(text(QStringLiteral("state")), QStringLiteral("working"));
    QVERIFY(line->placeholderText().contains(QStringLiteral("closed")));
    QTest::keyClick(line, Qt::Key_Return); // without words
    QCOMPARE(text(QStringLiteral("state")), QStringLiteral("working"));
    QTest::keyClicks(line, QStringLiteral("repaired"));
    QTest::keyClick(line, Qt::Key_Return);
    m_world->settle();
    QCOMPARE(text(QStringLiteral("state")), QStringLiteral("closed"));
    QCOMPARE(text(QStringLiteral("why")), QStringLiteral("repaired"));
    // Emptying is no move; it is told, and nothing is lost.
    QSignalSpy refused(&grid(), &GridView::refused);
    grid().setCurrent(0, columnOf(QStringLiteral("state")));
    QTest::keyClick(&grid(), Qt::Key_Delete);
    QCOMPARE(refused.count(), 1);
    QCOMPARE(text(QStringLiteral("state")), QStringLiteral("closed"));
}

void TypeScreensTest::cascade_offersWhatFits_andSettlesItsParent()
{
    IdSource &ids = m_ann->session().ids();
    const Field region = add(QStringLiteral("region"), FieldKind::SingleSelect, [&](Field &field) {
        field.options = {option(ids, "north"), option(ids, "south")};
    });
    add(QStringLiteral("city"), FieldKind::SingleSelect, [&](Field &field) {
        field.parent = region.id;
        field.options = {option(ids, "Harbin"), option(ids, "Canton")};
        field.options[0].under = {region.options[0].id};
        field.options[1].under = {region.options[1].id};
    });
    QLineEdit *line = editorLine(QStringLiteral("city"));
    QTest::keyClicks(line, QStringLiteral("cant"));
    QTest::keyClick(line, Qt::Key_Return);
    QCOMPARE(text(QStringLiteral("city")), QStringLiteral("Canton"));
    QCOMPARE(text(QStringLiteral("region")), QStringLiteral("south"));
    auto *editor = edit<FieldEditor>(QStringLiteral("city"));
    QCOMPARE(entriesOf(*editor), QStringList{QStringLiteral("Canton")});
    QTest::keyClick(editor->findChild<QLineEdit *>(), Qt::Key_Escape);
    line = editorLine(QStringLiteral("region"));
    QTest::keyClicks(line, QStringLiteral("north"));
    QTest::keyClick(line, Qt::Key_Return);
    QCOMPARE(text(QStringLiteral("city")), QString());
    QVERIFY(page().undo().undo());
    QCOMPARE(text(QStringLiteral("city")), QStringLiteral("Canton"));
    QCOMPARE(text(QStringLiteral("region")), QStringLiteral("south"));
}

void TypeScreensTest::select_takesNewOptions_typedAndPasted()
{
    IdSource &ids = m_ann->session().ids();
    add(QStringLiteral("tags"), FieldKind::MultipleSelects, [&](Field &field) {
        field.options = {option(ids, "old")};
        field.takesNewOptions = true;
    });
    add(QStringLiteral("sort"), FieldKind::SingleSelect,
        [&](Field &field) { field.options = {option(ids, "old")}; });
    const auto options = [this](const char *name) {
        QStringList names;
        const Table &table = m_ann->document().table(m_table)->definition();
        for (const Option &each : table.fieldNamed(QString::fromLatin1(name))->options) {
            names += each.name;
        }
        return names.join(u' ');
    };
    auto *editor = edit<FieldEditor>(QStringLiteral("tags"));
    auto *line = editor->findChild<QLineEdit *>();
    QTest::keyClicks(line, QStringLiteral("new"));
    QCOMPARE(entriesOf(*editor), QStringList{QStringLiteral("new")});
    QTest::keyClick(line, Qt::Key_Return);
    QCOMPARE(entriesOf(*editor), QStringList{QStringLiteral("new")}); // once, and chosen
    line->clear();
    QTest::keyClicks(line, QStringLiteral("OLD")); // It is there: nothing is made of it.
    QCOMPARE(entriesOf(*editor), QStringList{QStringLiteral("old")});
    QTest::keyClick(line, Qt::Key_Return);
    QTest::keyClick(line, Qt::Key_Tab);
    QCOMPARE(text(QStringLiteral("tags")), QStringLiteral("new, old"));
    QCOMPARE(options("tags"), QStringLiteral("old new"));
    // Pasted over both columns: the one grows, the other does not.
    grid().setCurrent(0, columnOf(QStringLiteral("tags")));
    QApplication::clipboard()->setText(QStringLiteral("\"newer, new\"\tnewest"));
    QTest::keyClick(&grid(), Qt::Key_V, Qt::ControlModifier);
    QCOMPARE(text(QStringLiteral("tags")), QStringLiteral("newer, new"));
    QCOMPARE(options("tags"), QStringLiteral("old new newer"));
    QCOMPARE(options("sort"), QStringLiteral("old"));
    QVERIFY(page().undo().undo());
    QCOMPARE(text(QStringLiteral("tags")), QStringLiteral("new, old"));
}

void TypeScreensTest::warning_standsInTheCellAndOnTheCard()
{
    add(QStringLiteral("code"), FieldKind::SingleLineText, [](Field &field) {
        field.rules.pattern = QStringLiteral("[A-Z]-\\d");
        field.rules.message = QStringLiteral("a letter and a digit");
        field.rules.isUnique = true;
        field.rules.onlyWarns = true;
    });
    const RecordId other =
        m_ann->create(QStringLiteral("t"), {{QStringLiteral("code"), QStringLiteral("A-1")}});
    m_world->settle();
    const TableModel &model = *page().model();
    const auto warning = [&](RecordId record) {
        return model.warning(model.rowOf(record), columnOf(QStringLiteral("code")));
    };
    QVERIFY(warning(other).isEmpty());
    QVERIFY(warning(m_record).isEmpty()); // It need not be there.
    QVERIFY(
        m_ann->edit(QStringLiteral("t"), m_record, QStringLiteral("code"), QStringLiteral("x")));
    QCOMPARE(warning(m_record), QStringLiteral("a letter and a digit"));
    QVERIFY(
        m_ann->edit(QStringLiteral("t"), m_record, QStringLiteral("code"), QStringLiteral("a-1")));
    QCOMPARE(warning(m_record), QStringLiteral("a letter and a digit"));
    QVERIFY(
        m_ann->edit(QStringLiteral("t"), m_record, QStringLiteral("code"), QStringLiteral("A-1")));
    QVERIFY(!warning(m_record).isEmpty() && !warning(other).isEmpty()); // Both are alike.
    grid().setCurrent(model.rowOf(m_record), 0);
    QTest::keyClick(&grid(), Qt::Key_Space);
    const int high = rowOf(QStringLiteral("code"))->heightForWidth(300);
    QVERIFY(
        m_ann->edit(QStringLiteral("t"), m_record, QStringLiteral("code"), QStringLiteral("B-1")));
    QVERIFY(warning(m_record).isEmpty() && warning(other).isEmpty());
    QVERIFY(rowOf(QStringLiteral("code"))->heightForWidth(300) < high); // The note is gone.
    // Another record that comes to say the same is told on the card of this one, too.
    QVERIFY(m_ann->edit(QStringLiteral("t"), other, QStringLiteral("code"), QStringLiteral("b-1")));
    QCOMPARE(rowOf(QStringLiteral("code"))->heightForWidth(300), high);
}

void TypeScreensTest::checklist_isTickedOnTheCard_andWrittenInTheGrid()
{
    const QString name = QStringLiteral("list");
    add(name, FieldKind::Checklist);
    auto *editor = edit<ChecklistEditor>(name);
    QVERIFY(editor);
    auto *line = editor->findChild<QLineEdit *>();
    QTest::keyClicks(line, QStringLiteral("call"));
    QTest::keyClick(line, Qt::Key_Return);
    QTest::keyClicks(line, QStringLiteral("[x] pack"));
    QTest::keyClick(line, Qt::Key_Return);
    QTest::keyClick(line, Qt::Key_Return); // the empty line ends
    QCOMPARE(text(name), QStringLiteral("[ ] call\n[x] pack"));
    grid().setCurrent(0, 0);
    QTest::keyClick(&grid(), Qt::Key_Space);
    FieldRow *row = rowOf(name);
    QVERIFY(row);
    QTest::qWait(0);
    QVERIFY(row->height() > 50);
    QTest::mouseClick(row, Qt::LeftButton, {}, QPoint(112 + 8 + 7, 2 + 4 + 4 + 7));
    QCOMPARE(text(name), QStringLiteral("[x] call\n[x] pack"));
    // Keys alone: up into the list, Space ticks, Alt moves, Delete takes away.
    editor = edit<ChecklistEditor>(name);
    line = editor->findChild<QLineEdit *>();
    auto *list = editor->findChild<QListWidget *>();
    QTest::keyClick(line, Qt::Key_Up);
    QTest::keyClick(list, Qt::Key_Space);
    QTest::keyClick(list, Qt::Key_Up, Qt::AltModifier);
    QTest::keyClick(list, Qt::Key_Escape);
    QCOMPARE(text(name), QStringLiteral("[ ] pack\n[x] call"));
}

void TypeScreensTest::location_isFoundByPartOfItsName_orTakenApart()
{
    const QString name = QStringLiteral("place");
    add(name, FieldKind::Location);
    auto *editor = edit<LocationEditor>(name);
    QVERIFY(editor);
    const QList<QLineEdit *> lines = editor->findChildren<QLineEdit *>();
    lines[0]->setText(QStringLiteral("福田区"));
    QTest::keyClick(lines[0], Qt::Key_Return);
    QCOMPARE(lines[0]->text(), QStringLiteral("广东省 深圳市 福田区"));
    lines[1]->setText(QStringLiteral("深南大道 1 号"));
    QTest::keyClicks(lines[2], QStringLiteral("far away"));
    QSignalSpy refused(&grid(), &GridView::refused);
    QTest::keyClick(lines[2], Qt::Key_Return);
    QCOMPARE(refused.count(), 1); // and what was typed stays
    lines[2]->setText(QStringLiteral("22.54, 114.06"));
    QTest::keyClick(lines[2], Qt::Key_Return);
    QCOMPARE(text(name), QStringLiteral("广东省 深圳市 福田区 深南大道 1 号 (22.54, 114.06)"));
    editor = edit<LocationEditor>(name);
    const QList<QLineEdit *> again = editor->findChildren<QLineEdit *>();
    QCOMPARE(again[1]->text(), QStringLiteral("深南大道 1 号"));
    again[0]->setText(QStringLiteral("北京市东城区王府井大街1号"));
    again[1]->clear();
    QTest::keyClick(again[0], Qt::Key_Return);
    QCOMPARE(again[0]->text(), QStringLiteral("北京市 东城区"));
    QCOMPARE(again[1]->text(), QStringLiteral("王府井大街1号"));
    QTest::keyClick(again[1], Qt::Key_Escape);
    QCOMPARE(text(name), QStringLiteral("广东省 深圳市 福田区 深南大道 1 号 (22.54, 114.06)"));
}

void TypeScreensTest::button_writesAndIsUndone_whereItIsOffered()
{
    add(QStringLiteral("count"), FieldKind::Number);
    const Field button = add(QStringLiteral("more"), FieldKind::Button, [&](Field &field) {
        const Table &table = m_ann->document().table(m_table)->definition();
        field.button.kind = ButtonAction::Kind::EditFields;
        field.button.settings = {
            {table.fieldNamed(QStringLiteral("count"))->id, QStringLiteral("{count}+1")}};
        field.button.condition = QStringLiteral("{count}<2");
    });
    QVERIFY(!button.id.isNull());
    grid().setCurrent(0, columnOf(button.name));
    QTest::keyClick(&grid(), Qt::Key_Return);
    QCOMPARE(text(QStringLiteral("count")), QStringLiteral("1"));
    const QRect cell = grid().cellRect(0, columnOf(button.name));
    QTest::mouseClick(grid().viewport(), Qt::LeftButton, {}, cell.topLeft() + QPoint(20, 15));
    QCOMPARE(text(QStringLiteral("count")), QStringLiteral("2"));
    QSignalSpy refused(&grid(), &GridView::refused);
    QTest::keyClick(&grid(), Qt::Key_Return);
    QCOMPARE(refused.count(), 1);
    QCOMPARE(text(QStringLiteral("count")), QStringLiteral("2"));
    QVERIFY(page().undo().undo());
    QCOMPARE(text(QStringLiteral("count")), QStringLiteral("1"));
    // On the card, too.
    QTest::keyClick(&grid(), Qt::Key_Space);
    FieldRow *row = rowOf(button.name);
    QVERIFY(row);
    QTest::mouseClick(row, Qt::LeftButton, {}, QPoint(130, 16));
    QCOMPARE(text(QStringLiteral("count")), QStringLiteral("2"));
}

void TypeScreensTest::dialog_makesAStateWithItsReasonAndItsTime()
{
    FieldDialog dialog(*m_theme, *m_ann->document().table(m_table), Field(),
        m_ann->session().fieldContext(m_world->base()), m_ann->session().ids(), nullptr,
        m_ann->document());
    dialog.show();
    dialog.findChild<QLineEdit *>()->setText(QStringLiteral("state"));
    auto *kinds = dialog.findChild<QComboBox *>();
    kinds->setCurrentIndex(kinds->findData(int(FieldKind::State)));
    for (QComboBox *each : dialog.findChildren<QComboBox *>()) {
        if (each->accessibleName() == QLatin1String("Reasons")) {
            each->setCurrentIndex(1); // into a new field
        }
    }
    for (QCheckBox *each : dialog.findChildren<QCheckBox *>()) {
        if (each->text().startsWith(QLatin1String("Only the moves"))) {
            each->setChecked(true);
        }
    }
    auto *list = dialog.findChild<QListWidget *>();
    QPushButton *another = nullptr;
    for (QPushButton *each : dialog.findChildren<QPushButton *>()) {
        another = each->text() == QLatin1String("Add option") ? each : another;
    }
    QVERIFY(another);
    another->click();
    another->click();
    list->item(0)->setText(QStringLiteral("open"));
    list->item(1)->setText(QStringLiteral("closed"));
    list->setCurrentRow(0);
    CheckMenu *next = nullptr;
    for (CheckMenu *each : dialog.findChildren<CheckMenu *>()) {
        next = each->accessibleName() == QLatin1String("Goes on to") ? each : next;
    }
    QVERIFY(next && next->isVisibleTo(&dialog));
    next->click();
    auto *box = next->findChild<QCheckBox *>();
    QVERIFY(box);
    QCOMPARE(box->text(), QStringLiteral("closed"));
    box->click();
    box->window()->close();
    QCOMPARE(next->text(), QStringLiteral("closed"));
    dialog.accept();
    QVERIFY(!dialog.isVisible());
    QVERIFY(
        page().undo().perform(m_world->base(), dialog.operations(), QStringLiteral("New field")));
    m_world->settle();
    const Table &table = m_ann->document().table(m_table)->definition();
    const Field *state = table.fieldNamed(QStringLiteral("state"));
    QVERIFY(state && state->limitsMoves);
    QCOMPARE(state->options[0].next, QList<OptionId>{state->options[1].id});
    QCOMPARE(state->options[1].next, QList<OptionId>());
    const Field *why = table.field(state->reason);
    QVERIFY(why && why->kind == FieldKind::SingleLineText);
    const Field *since = table.fieldNamed(QStringLiteral("state since"));
    QVERIFY(since);
    QCOMPARE(since->watched, QList<FieldId>{state->id});
}

void TypeScreensTest::signature_isDrawn()
{
    SignatureDialog dialog(*m_theme, QStringLiteral("receipt"), nullptr);
    dialog.show();
    auto *pad = dialog.findChild<SignaturePad *>();
    QVERIFY(pad->isEmpty());
    QTest::mousePress(pad, Qt::LeftButton, {}, QPoint(60, 80));
    for (int x = 60; x <= 200; x += 20) {
        QTest::mouseMove(pad, QPoint(x, 80 + x % 40));
    }
    QTest::mouseRelease(pad, Qt::LeftButton, {}, QPoint(200, 90));
    QVERIFY(!pad->isEmpty());
    const QImage image = QImage::fromData(dialog.png(), "PNG");
    QVERIFY(!image.isNull());
    QVERIFY2(
        image.width() > 250 && image.width() < 400, qPrintable(QString::number(image.width())));
    int inked = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            inked += qAlpha(image.pixel(x, y)) > 128 ? 1 : 0;
        }
    }
    QVERIFY(inked > 200);
    pad->clear();
    QVERIFY(pad->isEmpty());
}

void TypeScreensTest::barcode_isReadable_atEverySize()
{
    const QImage code = barcodeImage(QStringLiteral("SN-2026-000123 序列号"), BarcodeFormat::Qr);
    QVERIFY(!code.isNull());
    QCOMPARE(code.width(), code.height());
    QCOMPARE((code.width() - 8 - 17) % 4, 0); // 17 + 4 n modules, and the white around them
    QCOMPARE(code.pixel(0, 0), qRgb(255, 255, 255));
    QCOMPARE(code.pixel(4, 4), qRgb(0, 0, 0)); // the corner of the finder
    QVERIFY(!barcodeImage(QStringLiteral("SN-1"), BarcodeFormat::Code128).isNull());
    // An EAN-13 has 95 modules; the white beside them is at least 11 and 7 wide.
    const int width = barcodeImage(QStringLiteral("6291041500213"), BarcodeFormat::Ean13).width();
    QVERIFY2(width >= 95 + 18, qPrintable(QString::number(width)));
    QVERIFY(barcodeImage(QStringLiteral("序列号"), BarcodeFormat::Ean13).isNull());
    const QPixmap small = barcodePicture(QStringLiteral("SN-1"), BarcodeFormat::Qr, {40, 40}, 1);
    const QPixmap large = barcodePicture(QStringLiteral("SN-1"), BarcodeFormat::Qr, {400, 400}, 2);
    QVERIFY(!small.isNull());
    QCOMPARE(large.width() % (21 + 8), 0); // whole pixels for each module
}

void TypeScreensTest::archive_holdsFilesWithTheirNames_orIsNotMade()
{
    const QTemporaryDir folder;
    const auto made = [&folder](const char *name, const QByteArray &bytes) {
        QFile file(folder.filePath(QString::fromLatin1(name)));
        return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
    };
    QVERIFY(made("0", QByteArray(100000, 'x')) && made("1", "one"));
    const QString target = folder.filePath(QStringLiteral("全部 files.zip"));
    const QList<ArchivedFile> files{
        {QStringLiteral("张三/凭证.txt"), folder.filePath(QStringLiteral("0"))},
        {QStringLiteral("张三/凭证 (2).txt"), folder.filePath(QStringLiteral("1"))}};
    QVERIFY(writeArchive(target, files));
    QVERIFY(QFileInfo(target).size() < 2000); // It is packed.
    zip_t *archive = zip_open(target.toUtf8().constData(), ZIP_RDONLY, nullptr);
    QVERIFY(archive);
    QCOMPARE(zip_get_num_entries(archive, 0), 2);
    for (const ArchivedFile &each : files) {
        zip_file_t *entry = zip_fopen(archive, each.name.toUtf8().constData(), 0);
        QVERIFY2(entry, qUtf8Printable(each.name));
        QByteArray bytes(200000, Qt::Uninitialized);
        bytes.truncate(zip_fread(entry, bytes.data(), zip_uint64_t(bytes.size())));
        zip_fclose(entry);
        QFile source(each.path);
        QVERIFY(source.open(QIODevice::ReadOnly));
        QCOMPARE(bytes, source.readAll());
    }
    zip_discard(archive);
    // Without the server: it says so, and what was there stays. Cancelled: it says nothing.
    for (const bool isCancelled : {false, true}) {
        auto *fetched = new FilesArchive(*m_http, target, m_window.get());
        fetched->add(
            QStringLiteral("one"), {Attachment{FileId(IdBits{8, 1}), QStringLiteral("a"), 1, {}}});
        QCOMPARE(fetched->count(), 1);
        QList<Done> told;
        connect(fetched, &FilesArchive::finished, this, [&](const Done &done) { told += done; });
        const QPointer<FilesArchive> alive(fetched);
        fetched->start(m_window.get());
        if (isCancelled) {
            m_window->findChild<QProgressDialog *>()->findChild<QPushButton *>()->click();
        }
        QTRY_VERIFY(!alive);
        QCOMPARE(told.size(), isCancelled ? 0 : 1);
        QVERIFY(isCancelled || !told.first());
        QVERIFY(!m_window->findChild<QProgressDialog *>());
    }
    // What cannot be made leaves what was there, and says why.
    QFile before(target);
    QVERIFY(before.open(QIODevice::ReadOnly));
    const QByteArray kept = before.readAll();
    const auto gone =
        writeArchive(target, {{QStringLiteral("a"), folder.filePath(QStringLiteral("nowhere"))}});
    QVERIFY(!gone);
    QCOMPARE(gone.error().code, ErrorCode::FileNotWritten);
    before.seek(0);
    QCOMPARE(before.readAll(), kept);
    QVERIFY(!writeArchive(folder.filePath(QStringLiteral("no/such/folder.zip")), files));
}

QTEST_MAIN(TypeScreensTest)
#include "tst_TypeScreens.moc"
