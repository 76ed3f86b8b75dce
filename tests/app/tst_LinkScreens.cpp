// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/fields/FieldRow.h"
#include "app/fields/LinkEditor.h"
#include "app/grid/GridPane.h"
#include "app/grid/GridView.h"
#include "app/record/NewRecordDialog.h"
#include "app/shell/MainWindow.h"
#include "app/structure/FieldDialog.h"
#include "shared/support/ErrorText.h"
#include "tests/support/World.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>

using namespace casebase;

/// Links on screen, driven by keys and clicks: two tables, cases with a text that names customers.
class LinkScreensTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void textOfNames_becomesLinks_andIsUndone();
    void cell_isLinkedByTyping_andRecordsAreMadeInPlace();
    void record_thatHasToSayMore_isAskedForIt();
    void names_areTakenSeveralAtOnce();
    void limit_isSetInTheDialog_andOffersNoOthers();
    void onlyNew_offersNoneThatAreThere();
    void shownField_isSearchedAndCallsTheLink();
    void warning_followsOtherTables();
    void choices_areThoseOfNow_howeverLargeTheTable();
    void card_opensLinkedRecordsInPlace_andGoesBack();

private:
    TableId makeTable(const QString &name, const QStringList &fields);
    RecordId addCase(const QString &title, const QString &customer);
    void link(bool isSingle);
    /// Puts the customer field as the function makes it.
    void change(const std::function<void(Field &)> &how);
    TablePage &page() { return *m_window->tablePage(); }
    GridView &grid() { return *page().pane()->findChild<GridView *>(); }
    LinkEditor *editor();
    /// The customer cell of the first case, being edited.
    LinkEditor *editFirst();
    QString customerOf(RecordId record)
    {
        return m_ann->text(QStringLiteral("cases"), record, QStringLiteral("customer"));
    }
    QStringList customers();
    Links linksOf(RecordId record);

    std::unique_ptr<World> m_world;
    WorldClient *m_ann = nullptr;
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<HttpClient> m_http;
    std::unique_ptr<MainWindow> m_window;
    TableId m_customers;
    TableId m_cases;
};

void LinkScreensTest::init()
{
    m_world = std::make_unique<World>();
    m_ann = &m_world->add(QStringLiteral("ann"), Role::Owner);
    m_cases =
        makeTable(QStringLiteral("cases"), {QStringLiteral("title"), QStringLiteral("customer")});
    m_customers =
        makeTable(QStringLiteral("customers"), {QStringLiteral("name"), QStringLiteral("phone")});
    for (const auto &[name, phone] :
        {std::pair("Acme, Inc.", "111"), std::pair("Beta", "222"), std::pair("Gamma", "333")}) {
        m_ann->create(QStringLiteral("customers"),
            {{QStringLiteral("name"), QString::fromLatin1(name)},
                {QStringLiteral("phone"), QString::fromLatin1(phone)}});
    }
    m_theme = std::make_unique<Theme>(false);
    m_http = std::make_unique<HttpClient>(QUrl(QStringLiteral("http://127.0.0.1:9")));
    m_window = std::make_unique<MainWindow>(
        *m_theme, m_ann->session(), *m_http, [this](QWidget *parent) -> Pane * {
            auto *page = qobject_cast<TablePage *>(parent);
            return new GridPane(*m_theme, page->undo(), page->pictures(), parent);
        });
    m_window->resize(1200, 700);
    m_window->show();
    m_window->showBase(m_world->base());
}

void LinkScreensTest::cleanup()
{
    m_window.reset();
    m_http.reset();
    m_theme.reset();
    m_world.reset();
}

TableId LinkScreensTest::makeTable(const QString &name, const QStringList &fields)
{
    IdSource &ids = m_ann->session().ids();
    Table table;
    table.id = ids.next<TableId>();
    table.name = name;
    table.position = int(m_ann->document().tables().size());
    for (const QString &each : fields) {
        Field field;
        field.id = ids.next<FieldId>();
        field.name = each;
        table.fields += field;
    }
    View view;
    view.id = ids.next<ViewId>();
    view.name = QStringLiteral("all");
    table.views += view;
    const Done made = m_ann->ask(Edit{{PutTable{table}}});
    Q_UNUSED(made)
    m_world->settle();
    return table.id;
}

RecordId LinkScreensTest::addCase(const QString &title, const QString &customer)
{
    return m_ann->create(QStringLiteral("cases"),
        {{QStringLiteral("title"), title}, {QStringLiteral("customer"), customer}});
}

/// Makes links of the customer field, over the dialog.
void LinkScreensTest::link(bool isSingle)
{
    const TableData &cases = *m_ann->document().table(m_cases);
    const Field field = *cases.definition().fieldNamed(QStringLiteral("customer"));
    FieldDialog dialog(*m_theme, cases, field, m_ann->session().fieldContext(m_world->base()),
        m_ann->session().ids(), nullptr, m_ann->document());
    dialog.show();
    auto *kinds = dialog.findChild<QComboBox *>(); // The first one is the type.
    kinds->setCurrentIndex(kinds->findData(int(FieldKind::Links)));
    for (QCheckBox *each : dialog.findChildren<QCheckBox *>()) {
        if (each->text() == QLatin1String("Only one record")) {
            each->setChecked(isSingle);
        }
    }
    dialog.accept();
    QVERIFY(!dialog.isVisible());
    QVERIFY(page().undo().perform(
        m_world->base(), dialog.operations(), QStringLiteral("Change field")));
    m_world->settle();
}

void LinkScreensTest::change(const std::function<void(Field &)> &how)
{
    Field field =
        *m_ann->document().table(m_cases)->definition().fieldNamed(QStringLiteral("customer"));
    how(field);
    QVERIFY(m_ann->ask(Edit{{PutField{m_cases, field}}}));
    m_world->settle();
}

QStringList LinkScreensTest::customers()
{
    const TableData &table = *m_ann->document().table(m_customers);
    QStringList names;
    for (Row row = 0; row < table.rowCount(); ++row) {
        if (table.isAlive(row)) {
            names += std::get<QString>(table.value(row, *table.definition().primaryField()));
        }
    }
    names.sort();
    return names;
}

Links LinkScreensTest::linksOf(RecordId record)
{
    const TableData &table = *m_ann->document().table(m_cases);
    const Value value =
        table.value(*table.row(record), *table.definition().fieldNamed(QStringLiteral("customer")));
    return std::get_if<Links>(&value) ? std::get<Links>(value) : Links();
}

/// The one that is open: others have done and are about to go.
LinkEditor *LinkScreensTest::editor()
{
    for (LinkEditor *each : grid().viewport()->findChildren<LinkEditor *>()) {
        if (each->isVisible()) {
            return each;
        }
    }
    return nullptr;
}

LinkEditor *LinkScreensTest::editFirst()
{
    grid().setCurrent(0, 1);
    grid().setFocus();
    QTest::keyClick(&grid(), Qt::Key_Return);
    return editor();
}

void LinkScreensTest::textOfNames_becomesLinks_andIsUndone()
{
    const RecordId known = addCase(QStringLiteral("a"), QStringLiteral("acme, inc."));
    const RecordId two = addCase(QStringLiteral("b"), QStringLiteral("Beta, Delta"));
    const RecordId unknown = addCase(QStringLiteral("c"), QStringLiteral("delta"));
    const RecordId nobody = addCase(QStringLiteral("d"), QString());
    link(false);
    QCOMPARE(customerOf(known), QStringLiteral("Acme, Inc."));
    QCOMPARE(customerOf(two), QStringLiteral("Beta, Delta"));
    QCOMPARE(linksOf(unknown), Links({linksOf(two).last()}));
    QCOMPARE(linksOf(nobody), Links());
    QCOMPARE(customers(),
        QStringList({QStringLiteral("Acme, Inc."), QStringLiteral("Beta"), QStringLiteral("Delta"),
            QStringLiteral("Gamma")}));
    QVERIFY(page().undo().undo());
    m_world->settle();
    QCOMPARE(customerOf(two), QStringLiteral("Beta, Delta"));
    QCOMPARE(customerOf(known), QStringLiteral("acme, inc.")); // as it was typed
    QCOMPARE(customers().size(), 3);
    const Done done = page().undo().redo();
    QVERIFY2(done, done ? "" : qPrintable(englishSentence(done.error())));
    m_world->settle();
    QCOMPARE(linksOf(two).size(), 2);
    QCOMPARE(customers().size(), 4);
}

void LinkScreensTest::cell_isLinkedByTyping_andRecordsAreMadeInPlace()
{
    const RecordId first = addCase(QStringLiteral("a"), QString());
    link(true);
    page().showTable(m_cases);
    QVERIFY(editFirst());
    auto *line = editor()->findChild<QLineEdit *>();
    QTest::keyClicks(line, QStringLiteral("222")); // What else it says is searched, too.
    QTest::keyClick(line, Qt::Key_Return);
    QVERIFY(!editor());
    QCOMPARE(customerOf(first), QStringLiteral("Beta"));

    grid().setCurrent(0, 1);
    QTest::keyClicks(&grid(), QStringLiteral("O")); // Typing on the cell begins with that.
    QVERIFY(editor());
    line = editor()->findChild<QLineEdit *>();
    QTest::keyClicks(line, QStringLiteral("mega"));
    QTest::keyClick(line, Qt::Key_Return);
    QCOMPARE(customerOf(first), QStringLiteral("Omega"));
    QVERIFY(customers().contains(QStringLiteral("Omega")));
    QVERIFY(page().undo().undo()); // The link and the record are one step.
    QCOMPARE(customerOf(first), QStringLiteral("Beta"));
    QVERIFY(!customers().contains(QStringLiteral("Omega")));

    QVERIFY(editFirst());
    QTest::keyClick(editor()->findChild<QLineEdit *>(), Qt::Key_Escape);
    QCOMPARE(customerOf(first), QStringLiteral("Beta"));
    QVERIFY(editFirst());
    QTest::keyClick(editor()->findChild<QLineEdit *>(), Qt::Key_Delete);
    QCOMPARE(customerOf(first), QString());
}

void LinkScreensTest::record_thatHasToSayMore_isAskedForIt()
{
    const RecordId first = addCase(QStringLiteral("a"), QStringLiteral("Beta"));
    link(false);
    const auto require = [this](TableId table, const QString &name) {
        Field field = *m_ann->document().table(table)->definition().fieldNamed(name);
        field.rules.isRequired = true;
        QVERIFY(m_ann->ask(Edit{{PutField{table, field}}}));
        m_world->settle();
    };
    require(m_customers, QStringLiteral("phone"));
    page().showTable(m_cases);
    const auto dialog = [this](qsizetype place) {
        QList<NewRecordDialog *> open;
        for (NewRecordDialog *each : m_window->findChildren<NewRecordDialog *>()) {
            open += each->isVisible() ? QList{each} : QList<NewRecordDialog *>();
        }
        return open.value(place);
    };
    const auto rowOf = [](QWidget *in, const char *name) {
        FieldRow *found = nullptr;
        for (FieldRow *row : in->findChildren<FieldRow *>()) {
            found = row->isVisible() && row->window() == in->window()
                    && row->field().name == QLatin1String(name)
                ? row
                : found;
        }
        return found;
    };
    const auto type = [&](QWidget *in, const char *name, const char *text) {
        FieldRow *row = rowOf(in, name);
        row->setFocus();
        QTest::keyClick(row, Qt::Key_Return);
        auto *line = row->findChildren<QLineEdit *>().last(); // others are about to go
        QTest::keyClicks(line, QString::fromLatin1(text));
        QTest::keyClick(line, Qt::Key_Return);
    };
    // In the grid: asked for, with the name that has been typed; refused until it says enough.
    QVERIFY(editFirst());
    QTest::keyClicks(editor()->findChild<QLineEdit *>(), QStringLiteral("Omega"));
    QTest::keyClick(editor()->findChild<QLineEdit *>(), Qt::Key_Return);
    QVERIFY(!editor());
    QVERIFY(dialog(0));
    QCOMPARE(rowOf(dialog(0), "name")->value(), Value(QStringLiteral("Omega")));
    dialog(0)->accept();
    QVERIFY(dialog(0));
    type(dialog(0), "phone", "777");
    dialog(0)->accept();
    QVERIFY(!dialog(0));
    QCOMPARE(customerOf(first), QStringLiteral("Beta, Omega"));
    QVERIFY(page().undo().undo()); // The record, what it says and the link are one step.
    QCOMPARE(customerOf(first), QStringLiteral("Beta"));
    QVERIFY(!customers().contains(QStringLiteral("Omega")));

    // Names that are known need no form, pasted several at once.
    QVERIFY(editFirst());
    editor()->findChild<QLineEdit *>()->setText(QStringLiteral("Gamma, beta"));
    QTest::keyClick(editor()->findChild<QLineEdit *>(), Qt::Key_Return);
    QVERIFY(!dialog(0));
    QTest::keyClick(editor()->findChild<QLineEdit *>(), Qt::Key_Return, Qt::ControlModifier);
    QCOMPARE(customerOf(first), QStringLiteral("Beta, Gamma"));
    QVERIFY(page().undo().undo());

    // On the card; given up, nothing is made.
    grid().setCurrent(0, 0);
    QTest::keyClick(&grid(), Qt::Key_Space);
    type(page().panel(), "customer", "Sigma");
    QVERIFY(dialog(0));
    dialog(0)->reject();
    QCOMPARE(customerOf(first), QStringLiteral("Beta"));
    type(page().panel(), "customer", "Sigma");
    type(dialog(0), "phone", "888");
    dialog(0)->accept();
    QCOMPARE(customerOf(first), QStringLiteral("Beta, Sigma"));

    // For a record that is itself being made.
    require(m_cases, QStringLiteral("title"));
    grid().createRecord();
    QVERIFY(dialog(0));
    type(dialog(0), "title", "b");
    type(dialog(0), "customer", "Tau");
    QVERIFY(dialog(1));
    dialog(1)->accept(); // without a number
    QVERIFY(dialog(1));
    type(dialog(1), "phone", "999");
    dialog(1)->accept();
    QVERIFY(!dialog(1));
    QVERIFY(!customers().contains(QStringLiteral("Tau"))); // with the case, and not before
    const RecordId second = dialog(0)->record();
    dialog(0)->accept();
    QCOMPARE(customerOf(second), QStringLiteral("Tau"));
    QVERIFY(customers().contains(QStringLiteral("Tau")));
    QVERIFY(page().undo().undo());
    QVERIFY(!customers().contains(QStringLiteral("Tau")));
}

void LinkScreensTest::names_areTakenSeveralAtOnce()
{
    const RecordId first = addCase(QStringLiteral("a"), QString());
    link(false);
    page().showTable(m_cases);
    QVERIFY(editFirst());
    auto *line = editor()->findChild<QLineEdit *>();
    line->setText(QStringLiteral("Gamma, beta")); // pasted
    QTest::keyClick(line, Qt::Key_Return);
    QVERIFY(editor()->isVisible()); // More may follow.
    QTest::keyClicks(line, QStringLiteral("New"));
    QTest::keyClick(line, Qt::Key_Return);
    QTest::keyClicks(line, QStringLiteral("Unwanted"));
    QTest::keyClick(line, Qt::Key_Return);
    auto *list = editor()->findChild<QListWidget *>();
    QCOMPARE(list->item(3)->text(), QStringLiteral("Unwanted"));
    list->setCurrentRow(3);
    QTest::keyClick(line, Qt::Key_Return); // given up again, and so never made
    QTest::keyClick(line, Qt::Key_Return, Qt::ControlModifier);
    QCOMPARE(customerOf(first), QStringLiteral("Gamma, Beta, New"));
    QVERIFY(!customers().contains(QStringLiteral("Unwanted")));
    QCOMPARE(customers().size(), 4);
}

void LinkScreensTest::limit_isSetInTheDialog_andOffersNoOthers()
{
    const RecordId first = addCase(QStringLiteral("2 parcels"), QString());
    link(true);
    const TableData &cases = *m_ann->document().table(m_cases);
    const Field field = *cases.definition().fieldNamed(QStringLiteral("customer"));
    FieldDialog dialog(*m_theme, cases, field, m_ann->session().fieldContext(m_world->base()),
        m_ann->session().ids(), nullptr, m_ann->document());
    dialog.setSubmit([this](const QList<Operation> &operations, const FieldDialog::Answer &answer) {
        answer(m_ann->ask(Edit{operations}));
    });
    dialog.show();
    QLineEdit *condition = nullptr;
    for (QLineEdit *each : dialog.findChildren<QLineEdit *>()) {
        condition = each->accessibleName() == QLatin1String("Only if") ? each : condition;
    }
    QVERIFY(condition && condition->isVisible());
    condition->setText(QStringLiteral("LEFT({phon},1)=LEFT({title},1)"));
    dialog.accept();
    QVERIFY(dialog.isVisible());
    condition->setText(QStringLiteral("LEFT({phone},1)=LEFT({title},1)"));
    dialog.accept();
    QVERIFY(!dialog.isVisible());
    m_world->settle();
    page().showTable(m_cases);
    QVERIFY(editFirst());
    const auto *list = editor()->findChild<QListWidget *>();
    QStringList offered;
    for (int i = 0; i < list->count(); ++i) {
        offered += list->item(i)->text();
    }
    QCOMPARE(offered, QStringList({QStringLiteral("Beta")}));
    QTest::keyClick(editor()->findChild<QLineEdit *>(), Qt::Key_Return);
    QCOMPARE(customerOf(first), QStringLiteral("Beta"));
    const Done refused = m_ann->ask(Edit{{EditCells{m_cases,
        {CellEdit{first, field.id,
            Links{Link{m_ann->document().table(m_customers)->recordId(0), {}}}, {}}},
        false}}});
    QVERIFY(!refused && refused.error().code == ErrorCode::LinkNotOffered);
}

/// Neither in the list nor by their names; what is made here may be called the same.
void LinkScreensTest::onlyNew_offersNoneThatAreThere()
{
    const RecordId first = addCase(QStringLiteral("a"), QString());
    link(true);
    change([](Field &field) { field.link.onlyNew = true; });
    page().showTable(m_cases);
    QVERIFY(editFirst());
    QCOMPARE(editor()->findChild<QListWidget *>()->count(), 0);
    auto *line = editor()->findChild<QLineEdit *>();
    QTest::keyClicks(line, QStringLiteral("Beta"));
    QCOMPARE(editor()->findChild<QListWidget *>()->count(), 1); // to make it
    QTest::keyClick(line, Qt::Key_Return);
    QCOMPARE(customerOf(first), QStringLiteral("Beta"));
    QCOMPARE(customers().count(QStringLiteral("Beta")), 2);
    QVERIFY(page().undo().undo());
    QCOMPARE(customers().count(QStringLiteral("Beta")), 1);
    QVERIFY(page().undo().redo());
    QCOMPARE(customerOf(first), QStringLiteral("Beta"));
}

void LinkScreensTest::shownField_isSearchedAndCallsTheLink()
{
    const RecordId first = addCase(QStringLiteral("a"), QString());
    link(true);
    change([this](Field &field) {
        const TableData &far = *m_ann->document().table(m_customers);
        field.link.shown = far.definition().fieldNamed(QStringLiteral("phone"))->id;
    });
    page().showTable(m_cases);
    QVERIFY(editFirst());
    auto *line = editor()->findChild<QLineEdit *>();
    QTest::keyClicks(line, QStringLiteral("222"));
    QTest::keyClick(line, Qt::Key_Return);
    QCOMPARE(customerOf(first), QStringLiteral("222"));
    QVERIFY(editFirst());
    line = editor()->findChild<QLineEdit *>();
    QTest::keyClicks(line, QStringLiteral("999")); // A new one is called so, and has no name yet.
    QTest::keyClick(line, Qt::Key_Return);
    QCOMPARE(customerOf(first), QStringLiteral("999"));
}

void LinkScreensTest::warning_followsOtherTables()
{
    const RecordId first = addCase(QStringLiteral("a"), QStringLiteral("Beta"));
    link(true);
    Field title = *m_ann->document().table(m_cases)->definition().primaryField();
    title.rules.condition = QStringLiteral("{customer}.{phone}!=\"222\"");
    title.rules.message = QStringLiteral("call first");
    title.rules.onlyWarns = true;
    QVERIFY(m_ann->ask(Edit{{PutField{m_cases, title}}}));
    m_world->settle();
    page().showTable(m_cases);
    const TableModel &model = *page().model();
    const auto warning = [&] { return model.warning(model.rowOf(first), 0); };
    QCOMPARE(warning(), QStringLiteral("call first"));
    const RecordId beta = linksOf(first).first().record;
    const auto phone = [&](const char *text) {
        return bool(m_ann->edit(
            QStringLiteral("customers"), beta, QStringLiteral("phone"), QString::fromLatin1(text)));
    };
    QVERIFY(phone("223"));
    QCOMPARE(warning(), QString());
    QVERIFY(phone("222"));
    QCOMPARE(warning(), QStringLiteral("call first"));
}

void LinkScreensTest::choices_areThoseOfNow_howeverLargeTheTable()
{
    const RecordId first = addCase(QStringLiteral("a"), QString());
    link(true);
    const TableData &customers = *m_ann->document().table(m_customers);
    const FieldId name = customers.definition().primaryField()->id;
    CreateRecords many{m_customers, {}};
    for (int i = 0; i < 25'000; ++i) {
        many.records += NewRecord{m_ann->session().ids().next<RecordId>(),
            {FieldValue{name, QStringLiteral("many %1").arg(i)}}};
    }
    QVERIFY(m_ann->ask(Edit{{many}}));
    m_world->settle();
    page().showTable(m_cases);
    QVERIFY(editFirst());
    auto *line = editor()->findChild<QLineEdit *>();
    line->setText(QStringLiteral("many 24"));
    line->setText(QStringLiteral("many 1234")); // before the answer to the first is there
    QTest::keyClick(line, Qt::Key_Return); // … and it waits for that
    QTRY_COMPARE(customerOf(first), QStringLiteral("many 12349")); // the newest
}

void LinkScreensTest::card_opensLinkedRecordsInPlace_andGoesBack()
{
    const RecordId first = addCase(QStringLiteral("a"), QStringLiteral("Gamma"));
    link(true);
    page().showTable(m_cases);
    grid().setCurrent(0, 0);
    QTest::keyClick(&grid(), Qt::Key_Space);
    RecordPanel &panel = *page().panel();
    QCOMPARE(panel.record(), first);
    const auto rowNamed = [&](const QString &name) -> FieldRow * {
        for (FieldRow *row : panel.findChildren<FieldRow *>()) {
            if (row->field().name == name && row->isVisible()) {
                return row;
            }
        }
        return nullptr;
    };
    FieldRow *row = rowNamed(QStringLiteral("customer"));
    QVERIFY(row);
    QTest::mouseClick(row, Qt::LeftButton, {}, QPoint(130, 16)); // on the box
    QTRY_COMPARE(panel.record(), linksOf(first).first().record);
    QCOMPARE(panel.origin(), first);
    QTRY_VERIFY(rowNamed(QStringLiteral("phone")));
    // The other end is edited there like any field.
    FieldRow *back = rowNamed(QStringLiteral("cases"));
    QVERIFY(back);
    back->setFocus();
    QTest::keyClick(back, Qt::Key_Return);
    auto *other = back->findChild<LinkEditor *>();
    QVERIFY(other);
    QTest::keyClick(other->findChild<QLineEdit *>(), Qt::Key_Return); // gives up the first
    QTest::keyClick(other->findChild<QLineEdit *>(), Qt::Key_Escape);
    QCOMPARE(customerOf(first), QString());
    QTest::keyClick(&panel, Qt::Key_Left, Qt::AltModifier);
    QCOMPARE(panel.record(), first);
    // A click beside the boxes edits.
    row = rowNamed(QStringLiteral("customer"));
    QTest::mouseClick(row, Qt::LeftButton, {}, QPoint(row->width() - 40, 16));
    QVERIFY(row->isEditing());
}

QTEST_MAIN(LinkScreensTest)
#include "tst_LinkScreens.moc"
