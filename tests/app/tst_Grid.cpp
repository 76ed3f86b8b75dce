// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/grid/GridView.h"
#include "app/inbox/InboxPage.h"
#include "shared/query/FilterText.h"
#include "tests/support/World.h"

#include <QAbstractItemModelTester>
#include <QAccessible>
#include <QApplication>
#include <QClipboard>
#include <QDesktopServices>
#include <QLineEdit>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

using namespace casebase;

namespace {

const QString Cases = QStringLiteral("cases");

/// ann with a table of three fields and some records, and a grid that shows it.
struct Stage {
    World world;
    WorldClient &ann;
    WorldClient &bob;
    Theme theme{false};
    std::unique_ptr<TableModel> model;
    std::unique_ptr<GridView> grid;
    QList<RecordId> records;

    Stage()
        : ann(world.add(QStringLiteral("ann"), Role::Owner))
        , bob(world.add(QStringLiteral("bob")))
    {
        IdSource &ids = ann.session().ids();
        Table table;
        table.id = ids.next<TableId>();
        table.name = Cases;
        for (const auto &[name, kind] : {std::pair("title", FieldKind::SingleLineText),
                 std::pair("amount", FieldKind::Number), std::pair("done", FieldKind::Checkbox),
                 std::pair("stars", FieldKind::Rating), std::pair("page", FieldKind::Url)}) {
            Field field;
            field.id = ids.next<FieldId>();
            field.name = QString::fromLatin1(name);
            field.kind = kind;
            table.fields += field;
        }
        const Done made = ann.ask(Edit{{PutTable{table}}});
        Q_UNUSED(made)
        world.settle();
        for (int i = 0; i < 5; ++i) {
            records += ann.create(Cases,
                {{QStringLiteral("title"), QStringLiteral("case %1").arg(i)},
                    {QStringLiteral("amount"), QString::number(10 - i)}});
        }
        world.settle();
        model = std::make_unique<TableModel>(ann.session(), world.base(), table.id);
        Projection projection;
        for (const Field &field : table.fields) {
            projection.fields += field.id;
        }
        model->setProjection(projection);
        grid = std::make_unique<GridView>(theme, ann.undo());
        grid->setModel(model.get());
        grid->setWidths({}, 1);
        grid->resize(800, 400);
        grid->show();
        grid->setFocus();
    }

    QString text(int row, const char *field)
    {
        return ann.text(Cases, records[row], QString::fromLatin1(field));
    }
};

} // namespace

class GridTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void screenReader_seesTheTable();
    void manyRequests_areOneStepOfUndo();
    void model_staysConsistent_whileThingsChange();
    void model_afterManyEdits_isAsBuiltAnew();
    void model_asksAgain_whenTimeChangesTheAnswer();
    void model_asksAgain_whenAnotherTableChangesTheAnswer();
    void typing_overwrites_enterCommits_escapeDoesNot();
    void badText_keepsTheEditorAndWhatWasTyped();
    void clickOnCheckbox_toggles();
    void editorThatWasOnlyOpened_changesNothing();
    void rating_byKeysAndClicks();
    void link_opensByCtrlClick_ifItRunsNothing();
    void paste_fillsAndMakesRecords_inOneUndoStep();
    void deleteKey_clears_ctrlDeleteRemoves();
    void cursor_staysOnItsRecord_whenOthersInsertAndSort();
    void remoteEdit_whileTyping_losesNothing();
    void everyRow_paintsItself();
};

void GridTest::model_afterManyEdits_isAsBuiltAnew()
{
    Stage stage;
    QAbstractItemModelTester tester(
        stage.model.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    Projection projection = stage.model->projection();
    projection.sort = {SortKey{projection.fields[0], Qt::DescendingOrder},
        SortKey{projection.fields[1], Qt::AscendingOrder}};
    Filter filter;
    filter.kind = Filter::Kind::Test;
    filter.field = projection.fields[1];
    filter.op = FilterOp::Less;
    filter.operand.values = {7.0};
    projection.filter = filter;
    stage.model->setProjection(projection);
    const Table table = stage.model->data()->definition();
    QRandomGenerator random(5);
    const QStringList titles{QStringLiteral("a"), QStringLiteral("A"), QStringLiteral("b2"),
        QStringLiteral("b10"), QStringLiteral("张"), QString()};
    for (int step = 0; step < 300; ++step) {
        // Several records at once, by somebody else: into and out of the filter, up and down.
        EditCells edit{table.id, {}, false};
        const int first = random.bounded(int(stage.records.size()));
        for (int n = random.bounded(1, 5); n > 0; --n) {
            const RecordId record = stage.records[(first + n) % stage.records.size()];
            const bool isTitle = random.bounded(2) == 0;
            const QString title = titles[random.bounded(int(titles.size()))];
            const Value value = isTitle ? (title.isEmpty() ? Value() : Value(title))
                                        : Value(double(random.bounded(10)));
            edit.cells += CellEdit{record, table.fields[isTitle ? 0 : 1].id, value, {}};
        }
        if (random.bounded(10) == 0) {
            stage.records += stage.bob.create(Cases, {{QStringLiteral("title"), titles[0]}});
        }
        const Done done = stage.bob.ask(Edit{{edit}});
        QVERIFY(done);
        stage.world.settle();
        std::vector<Row> shown;
        for (int row = 0; row < stage.model->rowCount(); ++row) {
            shown.push_back(*stage.model->data()->row(stage.model->record(row)));
            QCOMPARE(stage.model->rowOf(stage.model->record(row)), row);
        }
        QCOMPARE(shown,
            projectedRows(*stage.model->data(), projection,
                {stage.ann.session().fieldContext(stage.world.base()), stage.ann.user()}));
    }
}

void GridTest::model_asksAgain_whenTimeChangesTheAnswer()
{
    Stage stage;
    Projection projection = stage.model->projection();
    const auto fresh = filterFromText(QStringLiteral("{amount} > 8 || "
                                                     "NOW() < DATEADD(CREATED_TIME(), 2, 'hours')"),
        stage.model->data()->definition(),
        {stage.ann.session().fieldContext(stage.world.base()), stage.ann.user()});
    QVERIFY(fresh);
    projection.filter = fresh.value();
    stage.model->setProjection(projection);
    QCOMPARE(stage.model->rowCount(), 5);
    QSignalSpy resets(stage.model.get(), &QAbstractItemModel::modelReset);
    stage.world.clock.advanceMs(119 * 60000);
    stage.ann.session().passTime();
    QCOMPARE(stage.model->rowCount(), 5);
    QCOMPARE(resets.size(), 0);
    stage.world.clock.advanceMs(2 * 60000);
    stage.ann.session().passTime();
    QCOMPARE(stage.model->rowCount(), 2);
    QCOMPARE(resets.size(), 1);
}

void GridTest::model_asksAgain_whenAnotherTableChangesTheAnswer()
{
    Stage stage;
    IdSource &ids = stage.ann.session().ids();
    Table people;
    people.id = ids.next<TableId>();
    people.name = QStringLiteral("people");
    for (const auto &[name, kind] :
        {std::pair("name", FieldKind::SingleLineText), std::pair("level", FieldKind::Number)}) {
        Field field;
        field.id = ids.next<FieldId>();
        field.name = QString::fromLatin1(name);
        field.kind = kind;
        people.fields += field;
    }
    Field link;
    link.id = ids.next<FieldId>();
    link.name = QStringLiteral("who");
    link.kind = FieldKind::Links;
    link.link.table = people.id;
    link.link.reverse = ids.next<FieldId>();
    QVERIFY(stage.ann.ask(Edit{{PutTable{people}, PutField{stage.model->table(), link}}}));
    const RecordId ann =
        stage.ann.create(people.name, {{QStringLiteral("name"), QStringLiteral("Ann")}});
    QVERIFY(stage.ann.ask(Edit{{EditCells{stage.model->table(),
        {CellEdit{stage.records[1], link.id, Links{Link{ann, {}}}, {}}}, false}}}));
    stage.world.settle();
    const QueryContext asked{stage.ann.session().fieldContext(stage.world.base()), stage.ann.user(),
        Qt::Monday, &stage.ann.document()};
    const auto senior = filterFromText(
        QStringLiteral("{who}.{level} > 1"), stage.model->data()->definition(), asked);
    QVERIFY(senior);
    Projection projection = stage.model->projection();
    projection.filter = senior.value();
    stage.model->setProjection(projection);
    QCOMPARE(stage.model->rowCount(), 0);
    QVERIFY(stage.bob.edit(people.name, ann, QStringLiteral("level"), QStringLiteral("3")));
    stage.world.settle();
    QCOMPARE(stage.model->rowCount(), 1);
    QCOMPARE(stage.model->record(0), stage.records[1]);
}

void GridTest::model_staysConsistent_whileThingsChange()
{
    Stage stage;
    QAbstractItemModelTester tester(
        stage.model.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    Projection projection = stage.model->projection();
    projection.sort = {SortKey{projection.fields[1], Qt::AscendingOrder}};
    Filter filter;
    filter.kind = Filter::Kind::Test;
    filter.field = projection.fields[1];
    filter.op = FilterOp::Less;
    filter.operand.values = {9.5};
    projection.filter = filter;
    stage.model->setProjection(projection);
    QCOMPARE(stage.model->rowCount(), 4);
    QCOMPARE(stage.model->text(0, 0), QStringLiteral("case 4"));
    // In, out, up and down, by somebody else.
    QVERIFY(stage.bob.edit(Cases, stage.records[0], QStringLiteral("amount"), QStringLiteral("1")));
    stage.world.settle();
    QCOMPARE(stage.model->rowOf(stage.records[0]), 0);
    QVERIFY(
        stage.bob.edit(Cases, stage.records[4], QStringLiteral("amount"), QStringLiteral("99")));
    stage.world.settle();
    QCOMPARE(stage.model->rowOf(stage.records[4]), -1);
    QVERIFY(stage.bob.remove(Cases, stage.records[2]));
    stage.world.settle();
    QCOMPARE(stage.model->rowCount(), 3);
    QVERIFY(stage.bob.undo().undo());
    stage.world.settle();
    QCOMPARE(stage.model->rowCount(), 4);
    // The same as a fresh look.
    const std::vector<Row> fresh = projectedRows(*stage.model->data(), projection,
        {stage.ann.session().fieldContext(stage.world.base()), stage.ann.user()});
    for (int row = 0; row < stage.model->rowCount(); ++row) {
        QCOMPARE(stage.model->record(row), stage.model->data()->recordId(fresh[size_t(row)]));
    }
    QVERIFY(!stage.model->setData(stage.model->index(0, 1), QStringLiteral("x"), Qt::EditRole));
    QVERIFY(stage.model->setData(stage.model->index(0, 1), QStringLiteral("3"), Qt::EditRole));
}

void GridTest::typing_overwrites_enterCommits_escapeDoesNot()
{
    Stage stage;
    QTest::keyClicks(stage.grid.get(), QStringLiteral("n"));
    auto *editor = stage.grid->findChild<QLineEdit *>();
    QVERIFY(editor);
    QTest::keyClicks(editor, QStringLiteral("ew"));
    QTest::keyClick(editor, Qt::Key_Return);
    QCOMPARE(stage.text(0, "title"), QStringLiteral("new"));
    QCOMPARE(stage.grid->currentRow(), 1);
    stage.grid->editCurrent(QStringLiteral("x"));
    auto *line = stage.grid->findChild<QLineEdit *>();
    QVERIFY(line);
    QTest::keyClick(line, Qt::Key_Escape);
    QCOMPARE(stage.text(1, "title"), QStringLiteral("case 1"));
    stage.world.settle();
    QCOMPARE(
        stage.bob.text(Cases, stage.records[0], QStringLiteral("title")), QStringLiteral("new"));
}

void GridTest::badText_keepsTheEditorAndWhatWasTyped()
{
    Stage stage;
    QList<Error> refusals;
    connect(
        stage.grid.get(), &GridView::refused, this, [&](const Error &error) { refusals += error; });
    stage.grid->setCurrent(0, 1);
    stage.grid->editCurrent(QStringLiteral("twelve"));
    auto *line = stage.grid->findChild<QLineEdit *>();
    QTest::keyClick(line, Qt::Key_Return);
    QCOMPARE(refusals.size(), 1);
    QCOMPARE(refusals.first().code, ErrorCode::WrongType);
    QVERIFY(line->isVisible());
    QCOMPARE(line->text(), QStringLiteral("twelve"));
    line->setText(QStringLiteral("¥12"));
    QTest::keyClick(line, Qt::Key_Return);
    QCOMPARE(stage.text(0, "amount"), QStringLiteral("12"));
}

void GridTest::clickOnCheckbox_toggles()
{
    Stage stage;
    const int x = GridLayout::NumbersWidth + 140 + 100 + 30;
    const int y = GridLayout::HeaderHeight + 2 * GridLayout::RowHeight + 10;
    QTest::mouseClick(stage.grid->viewport(), Qt::LeftButton, {}, QPoint(x, y));
    QCOMPARE(stage.text(2, "done"), QStringLiteral("✓"));
    QVERIFY(stage.ann.undo().undo());
    QCOMPARE(stage.text(2, "done"), QString());
}

void GridTest::editorThatWasOnlyOpened_changesNothing()
{
    Stage stage;
    const auto amount = [&] {
        const TableData &table = stage.ann.table(Cases);
        return table.value(
            *table.row(stage.records[1]), *table.definition().fieldNamed(QStringLiteral("amount")));
    };
    QVERIFY(stage.ann.edit(
        Cases, stage.records[1], QStringLiteral("amount"), QStringLiteral("12.345")));
    QCOMPARE(stage.text(1, "amount"), QStringLiteral("12")); // rounded on the screen only
    stage.grid->setCurrent(1, 1);
    for (const auto end : {Qt::Key_Return, Qt::Key_Tab, Qt::Key_Escape}) {
        stage.grid->setCurrent(1, 1);
        QTest::keyClick(stage.grid.get(), Qt::Key_F2);
        auto *line = stage.grid->findChild<QLineEdit *>();
        QVERIFY(line);
        QTest::keyClick(line, end);
        QVERIFY(amount() == Value(12.345));
    }
    QTest::keyClick(stage.grid.get(), Qt::Key_F2);
    stage.grid->finishEditing();
    QVERIFY(amount() == Value(12.345));
}

void GridTest::rating_byKeysAndClicks()
{
    Stage stage;
    const int left = GridLayout::NumbersWidth + 140 + 100 + 64;
    const int y = GridLayout::HeaderHeight + 2 * GridLayout::RowHeight + 16;
    const auto click = [&](int sign) {
        QTest::mouseClick(
            stage.grid->viewport(), Qt::LeftButton, {}, QPoint(left + 8 + 17 * sign - 9, y));
    };
    click(4);
    QCOMPARE(stage.text(2, "stars"), QString()); // only chosen
    click(4);
    QCOMPARE(stage.text(2, "stars"), QStringLiteral("4"));
    click(2);
    QCOMPARE(stage.text(2, "stars"), QStringLiteral("2"));
    click(2);
    QCOMPARE(stage.text(2, "stars"), QString());
    QTest::keyClick(stage.grid.get(), Qt::Key_5);
    QCOMPARE(stage.text(2, "stars"), QStringLiteral("5"));
    QTest::keyClick(stage.grid.get(), Qt::Key_9); // the best is five
    QCOMPARE(stage.text(2, "stars"), QStringLiteral("5"));
    QTest::keyClick(stage.grid.get(), Qt::Key_0);
    QCOMPARE(stage.text(2, "stars"), QString());
    QVERIFY(stage.ann.undo().undo());
    QCOMPARE(stage.text(2, "stars"), QStringLiteral("5"));
}

/// Stands in for the system's browser.
class Browser : public QObject {
    Q_OBJECT
public:
    QList<QUrl> opened;
public Q_SLOTS:
    void open(const QUrl &url) { opened += url; }
};

void GridTest::link_opensByCtrlClick_ifItRunsNothing()
{
    Stage stage;
    Browser browser;
    QDesktopServices::setUrlHandler(QStringLiteral("https"), &browser, "open");
    QDesktopServices::setUrlHandler(QStringLiteral("file"), &browser, "open");
    const QString page = QStringLiteral("page");
    QVERIFY(stage.ann.edit(Cases, stage.records[0], page, QStringLiteral("example.com/x")));
    QVERIFY(stage.ann.edit(Cases, stage.records[1], page, QStringLiteral("file:///etc/passwd")));
    const int x = GridLayout::NumbersWidth + 140 + 100 + 64 + 101 + 40;
    for (int row = 0; row < 3; ++row) {
        const int y = GridLayout::HeaderHeight + row * GridLayout::RowHeight + 16;
        QTest::mouseClick(
            stage.grid->viewport(), Qt::LeftButton, Qt::ControlModifier, QPoint(x, y));
        QTest::mouseClick(stage.grid->viewport(), Qt::LeftButton, {}, QPoint(x, y));
    }
    stage.grid->setCurrent(0, 4);
    QTest::keyClick(stage.grid.get(), Qt::Key_Return, Qt::ControlModifier);
    QDesktopServices::unsetUrlHandler(QStringLiteral("https"));
    QDesktopServices::unsetUrlHandler(QStringLiteral("file"));
    const QUrl opened(QStringLiteral("https://example.com/x"));
    QCOMPARE(browser.opened, QList<QUrl>({opened, opened})); // by the mouse, and by the keys
}

void GridTest::paste_fillsAndMakesRecords_inOneUndoStep()
{
    Stage stage;
    QString told;
    connect(stage.grid.get(), &GridView::done, this, [&](const QString &text) { told = text; });
    QApplication::clipboard()->setText(
        QStringLiteral("a\t1\n\"two\nlines\"\t\"2\"\nthird\tnot a number\n"));
    stage.grid->setCurrent(4, 0);
    stage.grid->paste();
    QCOMPARE(stage.model->rowCount(), 7);
    QCOMPARE(stage.text(4, "title"), QStringLiteral("a"));
    QCOMPARE(stage.model->text(5, 0), QStringLiteral("two lines"));
    QCOMPARE(stage.model->text(6, 1), QString());
    QVERIFY(!told.isEmpty());
    QVERIFY(stage.ann.undo().undo());
    QCOMPARE(stage.model->rowCount(), 5);
    QCOMPARE(stage.text(4, "title"), QStringLiteral("case 4"));
    stage.grid->setCurrent(0, 0);
    stage.grid->setCurrent(1, 1, true);
    stage.grid->copySelection();
    QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("case 0\t10\ncase 1\t9"));
}

void GridTest::deleteKey_clears_ctrlDeleteRemoves()
{
    Stage stage;
    stage.grid->setCurrent(1, 0);
    stage.grid->setCurrent(2, 1, true);
    QTest::keyClick(stage.grid.get(), Qt::Key_Delete);
    QCOMPARE(stage.text(1, "title"), QString());
    QCOMPARE(stage.text(2, "amount"), QString());
    QTest::keyClick(stage.grid.get(), Qt::Key_Delete, Qt::ControlModifier);
    QCOMPARE(stage.model->rowCount(), 3);
    stage.world.settle();
    QVERIFY(stage.world.allEqual());
}

void GridTest::cursor_staysOnItsRecord_whenOthersInsertAndSort()
{
    Stage stage;
    Projection projection = stage.model->projection();
    projection.sort = {SortKey{projection.fields[1], Qt::AscendingOrder}};
    stage.model->setProjection(projection);
    stage.grid->setCurrent(2, 0);
    const RecordId record = stage.grid->currentRecord();
    QVERIFY(stage.bob.edit(Cases, stage.records[0], QStringLiteral("amount"), QStringLiteral("1")));
    stage.world.settle();
    QCOMPARE(stage.grid->currentRecord(), record);
    QCOMPARE(stage.grid->currentRow(), 3);
}

void GridTest::remoteEdit_whileTyping_losesNothing()
{
    Stage stage;
    stage.grid->setCurrent(3, 0);
    stage.grid->editCurrent(QStringLiteral("mine"));
    QVERIFY(
        stage.bob.edit(Cases, stage.records[1], QStringLiteral("title"), QStringLiteral("theirs")));
    QVERIFY(stage.bob.remove(Cases, stage.records[0]));
    stage.world.settle();
    auto *line = stage.grid->findChild<QLineEdit *>();
    QVERIFY(line && line->isVisible());
    QCOMPARE(line->text(), QStringLiteral("mine"));
    QTest::keyClick(line, Qt::Key_Return);
    QCOMPARE(stage.text(3, "title"), QStringLiteral("mine"));
}

void GridTest::everyRow_paintsItself()
{
    Stage stage;
    const QImage image = stage.grid->grab().toImage();
    const QColor rail = stage.theme.colour(Tone::Surface);
    QCOMPARE(image.pixelColor(300, GridLayout::HeaderHeight + 4), rail);
    QVERIFY(image.pixelColor(1, 1) == stage.theme.colour(Tone::Sunken));
}

void GridTest::screenReader_seesTheTable()
{
    Stage stage;
    QAccessible::setActive(true);
    QAccessibleInterface *accessible = QAccessible::queryAccessibleInterface(stage.grid.get());
    QVERIFY(accessible && accessible->tableInterface());
    QAccessibleTableInterface *table = accessible->tableInterface();
    QCOMPARE(table->rowCount(), 5);
    QCOMPARE(table->columnCount(), 5);
    QCOMPARE(table->columnDescription(1), QStringLiteral("amount"));
    QAccessibleInterface *cell = table->cellAt(1, 0);
    QCOMPARE(cell->text(QAccessible::Value), QStringLiteral("case 1"));
    QCOMPARE(cell->text(QAccessible::Description), QStringLiteral("title"));
    QCOMPARE(accessible->indexOfChild(cell), 5);
    QCOMPARE(accessible->child(5), cell);
    const QPoint middle = cell->rect().center();
    QCOMPARE(accessible->childAt(middle.x(), middle.y()), cell);
    cell->setText(QAccessible::Value, QStringLiteral("told aloud"));
    QCOMPARE(stage.text(1, "title"), QStringLiteral("told aloud"));
    cell->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
    QVERIFY(stage.grid->findChild<QLineEdit *>());
    stage.grid->finishEditing();
    QCOMPARE(accessible->focusChild(), stage.grid->hasFocus() ? cell : nullptr);
    stage.grid->setModel(nullptr);
    QCOMPARE(table->rowCount(), 0);
    QVERIFY(!table->cellAt(0, 0));
}

void GridTest::manyRequests_areOneStepOfUndo()
{
    Stage stage;
    UndoStack &undo = stage.ann.undo();
    const auto count = [&] { return stage.ann.table(Cases).aliveCount(); };
    undo.beginStep();
    for (int i = 0; i < 3; ++i) {
        stage.ann.create(Cases, {{QStringLiteral("title"), QString::number(i)}});
    }
    undo.endStep();
    stage.ann.create(Cases, {{QStringLiteral("title"), QStringLiteral("after")}});
    QCOMPARE(count(), 9);
    QVERIFY(undo.undo());
    QCOMPARE(count(), 8);
    QVERIFY(undo.undo());
    QCOMPARE(count(), 5);
    QVERIFY(undo.redo());
    QCOMPARE(count(), 8);
    stage.world.settle();
    QVERIFY(stage.world.allEqual());
}

QTEST_MAIN(GridTest)
#include "tst_Grid.moc"
