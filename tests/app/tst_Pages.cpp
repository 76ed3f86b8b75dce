// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/grid/GridLayout.h"
#include "app/grid/GridPane.h"
#include "app/record/NewRecordDialog.h"
#include "app/shell/MainWindow.h"
#include "app/shell/RemovalBar.h"
#include "app/structure/DepartmentsDialog.h"
#include "app/structure/FieldDialog.h"
#include "app/table/ColourDialog.h"
#include "app/table/FilterDialog.h"
#include "app/transfer/PendingText.h"
#include "app/widgets/CheckMenu.h"
#include "app/widgets/Parts.h"
#include "app/widgets/TabStrip.h"
#include "shared/transfer/Csv.h"
#include "shared/workflow/Advance.h"
#include "tests/support/World.h"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLayout>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>
#include <QTreeWidget>

using namespace casebase;

/// The window with its pages, driven by keys and clicks.
class PagesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void tables_areSwitchedBackAndForth();
    void tabs_withoutRoom_scrollAndAreAllOffered();
    void tableThatIsDeletedByAnother_givesWayToTheNext();
    void foot_tellsTheTruth();
    void inbox_approvesByKey_andOpensTheNext();
    void inbox_rejectsOnlyWithAReason();
    void record_opensBesideTheGrid_andFollowsTheCursor();
    void massRemoval_isAskedAbout_aboveThePage();
    void waitingChanges_areComplete_inTheirFile();
    void changesOfALostBase_areNotForgotten();
    void toasts_atTheSameMoment_areAllReadable();
    void peoplesWords_areShownAsTheyAre();
    void fieldDialog_offersWhatTheKindHas_andKeepsIt();
    void formula_isWrittenWithHelp();
    void option_thatIsUsed_isMergedOrLeftEmpty();
    void newRecord_isAskedForWhatItMustSay();
    void rules_areSetInTheDialog_whichStaysIfRefused();
    void filter_isAFormulaToo();
    void conditions_keepWhatTheirBoxesCannotShow();
    void colours_areSetByRules_andFollowRecordsAndTime();
    void departments_areAddedFromTheFieldThatNeedsThem();
    void whoeverIsPutIntoARecord_isTold();
    void fieldOfALargeTable_isChangedInTheBackground();

private:
    TableId makeTable(const QString &name, int records);
    void startApprovals(int count);
    TablePage &page() { return *m_window->tablePage(); }
    QString foot();

    std::unique_ptr<World> m_world;
    WorldClient *m_ann = nullptr;
    WorldClient *m_bob = nullptr;
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<HttpClient> m_http;
    std::unique_ptr<MainWindow> m_window;
    TableId m_first;
    TableId m_second;
};

void PagesTest::init()
{
    m_world = std::make_unique<World>();
    m_ann = &m_world->add(QStringLiteral("ann"), Role::Owner);
    m_bob = &m_world->add(QStringLiteral("bob"), Role::Owner);
    m_first = makeTable(QStringLiteral("first"), 5);
    m_second = makeTable(QStringLiteral("second"), 3);
    m_theme = std::make_unique<Theme>(false);
    m_http = std::make_unique<HttpClient>(QUrl(QStringLiteral("http://127.0.0.1:9")));
    m_window = std::make_unique<MainWindow>(
        *m_theme, m_ann->session(), *m_http, [this](QWidget *parent) -> Pane * {
            auto *page = qobject_cast<TablePage *>(parent);
            return new GridPane(*m_theme, page->undo(), page->pictures(), parent);
        });
    m_window->show();
    m_window->showBase(m_world->base());
}

void PagesTest::cleanup()
{
    m_window.reset();
    m_http.reset();
    m_theme.reset();
    m_world.reset();
}

TableId PagesTest::makeTable(const QString &name, int records)
{
    IdSource &ids = m_ann->session().ids();
    Table table;
    table.id = ids.next<TableId>();
    table.name = name;
    table.position = int(m_ann->document().tables().size());
    Field field;
    field.id = ids.next<FieldId>();
    field.name = QStringLiteral("title");
    table.fields += field;
    View view;
    view.id = ids.next<ViewId>();
    view.name = QStringLiteral("all");
    table.views += view;
    const Done made = m_ann->ask(Edit{{PutTable{table}}});
    Q_UNUSED(made)
    for (int i = 0; i < records; ++i) {
        m_ann->create(name, {{QStringLiteral("title"), QStringLiteral("record %1").arg(i)}});
    }
    m_world->settle();
    return table.id;
}

void PagesTest::startApprovals(int count)
{
    Workflow workflow;
    workflow.name = QStringLiteral("approval");
    workflow.versions = {
        {1, {{QStringLiteral("n"), QStringLiteral("Lead"), {Assignee{m_ann->user(), {}}}, {}}}}};
    const QList<Operation> operations =
        newWorkflow(m_ann->document().table(m_first)->definition(), workflow,
            {QStringLiteral("state"), QStringLiteral("node"),
                {QStringLiteral("running"), QStringLiteral("approved"), QStringLiteral("rejected"),
                    QStringLiteral("withdrawn")},
                QStringLiteral("end")},
            [this] { return m_ann->session().ids().next<WorkflowId>().bits(); });
    QVERIFY(m_bob->ask(Edit{operations}));
    m_world->settle();
    const WorkflowId id = std::get<PutWorkflow>(operations.last()).workflow.id;
    for (int i = 0; i < count; ++i) {
        const RecordId record = m_bob->document().table(m_first)->recordId(Row(i));
        QVERIFY(m_bob->ask(
            StartWorkflow{m_bob->session().ids().next<InstanceId>(), m_first, id, record}));
        m_world->settle();
        m_world->clock.advanceMs(1000);
    }
}

QString PagesTest::foot()
{
    QStringList texts;
    for (const QPushButton *button : m_window->findChildren<QPushButton *>()) {
        if (button->property("kind") == QStringLiteral("flat")) {
            texts += button->text();
        }
    }
    return texts.join(u'|');
}

void PagesTest::tables_areSwitchedBackAndForth()
{
    for (int i = 0; i < 20; ++i) {
        const bool isFirst = i % 2 == 0;
        page().showTable(isFirst ? m_first : m_second);
        QCOMPARE(page().model()->rowCount(), isFirst ? 5 : 3);
        QTest::keyClick(page().pane()->focusProxy(), Qt::Key_Down);
        m_window->grab();
        QVERIFY(m_bob->edit(isFirst ? QStringLiteral("first") : QStringLiteral("second"),
            page().model()->record(0), QStringLiteral("title"), QString::number(i)));
        m_world->settle();
        QCOMPARE(page().model()->text(0, 0), QString::number(i));
    }
}

void PagesTest::tabs_withoutRoom_scrollAndAreAllOffered()
{
    TabStrip strip(*m_theme, 4);
    QList<QPushButton *> tabs;
    for (int i = 0; i < 20; ++i) {
        tabs += newButton(QStringLiteral("table %1").arg(i), "tab");
        tabs.last()->setCheckable(true);
        strip.add(tabs.last());
    }
    tabs.last()->setChecked(true);
    strip.resize(300, 40);
    strip.show();
    QVERIFY(QTest::qWaitForWindowExposed(&strip));
    auto *more = strip.findChild<QToolButton *>();
    const auto isSeen = [&](const QPushButton *tab) {
        const QRect place(tab->mapTo(&strip, QPoint(0, 0)), tab->size());
        const int end = more->isVisible() ? more->x() : strip.width();
        return place.left() >= 0 && place.right() <= end;
    };
    QTRY_VERIFY(more->isVisible());
    QTRY_VERIFY(isSeen(tabs.last()));
    QVERIFY(!isSeen(tabs.first()));
    QVERIFY(strip.minimumSizeHint().width() < 300);
    more->click();
    const QList<QAction *> offered = strip.findChild<QMenu *>()->actions();
    QCOMPARE(offered.size(), tabs.size());
    QVERIFY(offered.last()->isChecked());
    QSignalSpy chosen(tabs[3], &QPushButton::clicked);
    offered[3]->trigger();
    QCOMPARE(chosen.size(), 1);
    strip.findChild<QMenu *>()->close();
    strip.resize(strip.sizeHint().width() + 10, 40);
    QTRY_VERIFY(!more->isVisible());
    QTRY_VERIFY(isSeen(tabs.first()) && isSeen(tabs.last()));
    strip.clear();
    QTRY_VERIFY(strip.findChildren<QPushButton *>().isEmpty());
}

void PagesTest::tableThatIsDeletedByAnother_givesWayToTheNext()
{
    page().showTable(m_first);
    Table table = m_bob->document().table(m_first)->definition();
    table.isTrashed = true;
    QVERIFY(m_bob->ask(Edit{{PutTable{table}}}));
    m_world->settle();
    QCOMPARE(page().tableId(), m_second);
    m_window->grab();
    table = m_bob->document().table(m_second)->definition();
    table.isTrashed = true;
    QVERIFY(m_bob->ask(Edit{{PutTable{table}}}));
    m_world->settle();
    QVERIFY(!page().model()); // the empty state
    m_window->grab();
    table.isTrashed = false;
    QVERIFY(m_bob->ask(Edit{{PutTable{table}}}));
    m_world->settle();
    QCOMPARE(page().tableId(), m_second);
}

void PagesTest::foot_tellsTheTruth()
{
    QVERIFY(foot().contains(QStringLiteral("Saved")));
    m_ann->goOffline();
    page().showTable(m_first);
    QVERIFY(m_ann->edit(QStringLiteral("first"), page().model()->record(0), QStringLiteral("title"),
        QStringLiteral("x")));
    QVERIFY(foot().contains(QStringLiteral("Offline since")));
    QVERIFY(foot().contains(QStringLiteral("1 change")));
    m_ann->goOnline();
    m_world->settle();
    QVERIFY(foot().contains(QStringLiteral("Saved")));
}

void PagesTest::inbox_approvesByKey_andOpensTheNext()
{
    startApprovals(2);
    m_window->showInbox();
    QTest::keyClick(m_window->inbox(), Qt::Key_A);
    m_world->settle();
    QCOMPARE(m_bob->text(QStringLiteral("first"), m_bob->table(QStringLiteral("first")).recordId(0),
                 QStringLiteral("state")),
        QStringLiteral("approved"));
    QTest::keyClick(m_window->inbox(), Qt::Key_A);
    m_world->settle();
    QCOMPARE(openTaskCount(m_ann->session()), 0);
    QCOMPARE(m_bob->text(QStringLiteral("first"), m_bob->table(QStringLiteral("first")).recordId(1),
                 QStringLiteral("node")),
        QStringLiteral("end"));
    m_window->grab();
}

void PagesTest::inbox_rejectsOnlyWithAReason()
{
    startApprovals(1);
    m_window->showInbox();
    QTest::keyClick(m_window->inbox(), Qt::Key_R);
    m_world->settle();
    QCOMPARE(openTaskCount(m_ann->session()), 1);
    m_window->inbox()->findChild<QPlainTextEdit *>()->setPlainText(QStringLiteral("no receipt"));
    QTest::keyClick(m_window->inbox(), Qt::Key_R);
    m_world->settle();
    QCOMPARE(m_bob->text(QStringLiteral("first"), m_bob->table(QStringLiteral("first")).recordId(0),
                 QStringLiteral("state")),
        QStringLiteral("rejected"));
}

void PagesTest::record_opensBesideTheGrid_andFollowsTheCursor()
{
    page().showTable(m_first);
    QWidget *grid = page().pane()->focusProxy();
    QTest::keyClick(grid, Qt::Key_Space);
    QVERIFY(page().panel()->isVisible());
    const RecordId first = page().panel()->record();
    QTest::keyClick(grid, Qt::Key_Down);
    QVERIFY(page().panel()->record() != first);
    QVERIFY(m_bob->remove(QStringLiteral("first"), page().panel()->record()));
    m_world->settle();
    m_window->grab();
    QTest::keyClick(page().panel(), Qt::Key_Escape);
    QVERIFY(!page().panel()->isVisible());
}

void PagesTest::massRemoval_isAskedAbout_aboveThePage()
{
    const TableId table = makeTable(QStringLiteral("many"), 150);
    page().showTable(table);
    auto *bar = m_window->findChild<RemovalBar *>();
    QVERIFY(bar->isHidden());
    QList<RecordId> records;
    for (Row row = 0; row < 120; ++row) {
        records += m_bob->document().table(table)->recordId(row);
    }
    for (const bool bringsBack : {true, false}) {
        QVERIFY(m_bob->ask(Edit{{DeleteRecords{table, records}}}));
        m_world->settle();
        QVERIFY(bar->isVisible());
        QCOMPARE(page().model()->rowCount(), 150);
        const QList<QLabel *> labels = bar->findChildren<QLabel *>();
        QVERIFY(labels[0]->text().contains(QStringLiteral("bob deleted 120 of the 150")));
        const QList<QPushButton *> buttons = bar->findChildren<QPushButton *>();
        QTest::mouseClick(buttons[bringsBack ? 0 : 1], Qt::LeftButton);
        QVERIFY(bar->isHidden());
        m_world->settle();
        QCOMPARE(page().model()->rowCount(), bringsBack ? 150 : 30);
        QVERIFY(m_world->allEqual());
    }
}

void PagesTest::waitingChanges_areComplete_inTheirFile()
{
    const QString title = QStringLiteral("title");
    const QString table = QStringLiteral("first");
    const auto record = [&](Row row) { return m_ann->document().table(m_first)->recordId(row); };
    m_ann->goOffline();
    QVERIFY(m_ann->edit(table, record(0), title, QStringLiteral("a, \"b\" =1+1")));
    m_ann->create(table, {{title, QStringLiteral("new one")}});
    QVERIFY(m_ann->remove(table, record(2)));
    QVERIFY(m_bob->remove(table, record(0)));
    m_world->settle();
    const PendingText words(m_ann->session());
    const auto read = [&] { return parseCsv(words.csv(words.all())).value(); };
    QList<QStringList> rows = read().rows;
    QCOMPARE(rows.size(), 3);
    QCOMPARE(rows[0].mid(2),
        QStringList({table, QStringLiteral("a, \"b\" =1+1"), title, QStringLiteral("a, \"b\" =1+1"),
            QString()}));
    QCOMPARE(rows[1].mid(4), QStringList({title, QStringLiteral("new one"), QString()}));
    QCOMPARE(rows[2].mid(3),
        QStringList({QStringLiteral("record 2"), {}, QStringLiteral("deleted"), {}}));
    m_ann->goOnline();
    m_world->settle();
    rows = read().rows; // The record is gone: this one was refused, the others went out.
    QCOMPARE(rows.size(), 1);
    QCOMPARE(rows[0][5], QStringLiteral("a, \"b\" =1+1"));
    QVERIFY(!rows[0][6].isEmpty());
}

void PagesTest::toasts_atTheSameMoment_areAllReadable()
{
    auto *toasts = m_window->findChild<Toasts *>();
    for (int i = 0; i < 4; ++i) {
        toasts->show(Toasts::Kind::Failure, QString(QStringLiteral("long sentence ")).repeated(9));
        QCOMPARE(toasts->layout()->count(), std::min(i + 1, 3));
        for (int at = 0; at < toasts->layout()->count(); ++at) {
            const QWidget *toast = toasts->layout()->itemAt(at)->widget();
            QVERIFY(toast->height() >= toast->sizeHint().height());
        }
    }
}

void PagesTest::changesOfALostBase_areNotForgotten()
{
    const RecordId record = m_ann->document().table(m_first)->recordId(0);
    m_ann->goOffline();
    QVERIFY(m_ann->edit(QStringLiteral("first"), record, QStringLiteral("title"),
        QStringLiteral("typed on the train")));
    const Person *ann = m_bob->document().people().person(m_ann->user());
    Person without = *ann;
    without.role = Role::None;
    QVERIFY(m_bob->ask(Edit{{PutPerson{without}}}));
    m_world->settle();
    m_ann->goOnline();
    m_world->settle();
    QCOMPARE(m_ann->session().waitingCount(), 0);
    QVERIFY(page().base().isNull());
    const PendingText words(m_ann->session());
    QCOMPARE(words.all().size(), 1);
    QCOMPARE(words.all().first().refusal->code, ErrorCode::NotFound);
    QVERIFY(words.csv(words.all()).contains("typed on the train"));
    m_ann->session().retryRefused(words.all().first().counter);
    QCOMPARE(m_ann->session().refused().size(), 1); // and does not wait for ever
    without.role = Role::Editor;
    QVERIFY(m_bob->ask(Edit{{PutPerson{without}}}));
    m_world->settle();
    QCOMPARE(page().base(), m_world->base());
    m_ann->session().retryRefused(words.all().first().counter);
    m_world->settle();
    QCOMPARE(m_bob->text(QStringLiteral("first"), record, QStringLiteral("title")),
        QStringLiteral("typed on the train"));
}

void PagesTest::peoplesWords_areShownAsTheyAre()
{
    const QString words = QStringLiteral("R&D <b>x</b> <img src=\"http://127.0.0.1:9/x\"> 中文");
    Table table = m_ann->document().table(m_first)->definition();
    table.name = words;
    table.description = words;
    table.fields[0].name = words;
    table.fields[0].description = words;
    table.views[0].name = words;
    QVERIFY(m_bob->ask(Edit{
        {PutTable{table}, PutField{m_first, table.fields[0]}, PutView{m_first, table.views[0]}}}));
    Person bob = *m_bob->document().people().person(m_bob->user());
    bob.name = words;
    QVERIFY(m_bob->ask(Edit{{PutPerson{bob}}}));
    m_world->settle();
    QVERIFY(m_bob->edit(words, m_bob->document().table(m_first)->recordId(0), words, words));
    startApprovals(1);
    m_world->settle();
    page().showTable(m_first);
    QTest::keyClick(page().pane()->focusProxy(), Qt::Key_Space);
    QVERIFY(page().panel()->isVisible());
    m_window->findChild<Toasts *>()->show(Toasts::Kind::Failure, words);
    QCoreApplication::processEvents();
    int seen = 0;
    const auto verifyAll = [&] {
        for (const QWidget *widget : m_window->findChildren<QWidget *>()) {
            const QString tip = widget->toolTip();
            QVERIFY2(!tip.contains(QLatin1String("<b>")) && !tip.contains(QLatin1String("<img")),
                qPrintable(tip));
            if (const auto *label = qobject_cast<const QLabel *>(widget)) {
                QVERIFY2(!label->text().contains(u'<') || label->textFormat() == Qt::PlainText,
                    qPrintable(label->text()));
                seen += label->text().contains(words);
            } else if (const auto *button = qobject_cast<const QAbstractButton *>(widget)) {
                QVERIFY2(button->shortcut().isEmpty(), qPrintable(button->text()));
                seen += button->accessibleName() == words;
            }
        }
    };
    verifyAll();
    m_window->showInbox();
    QCoreApplication::processEvents();
    verifyAll();
    QVERIFY2(seen >= 4, qPrintable(QString::number(seen)));
}

void PagesTest::fieldDialog_offersWhatTheKindHas_andKeepsIt()
{
    const TableData &table = *m_ann->document().table(m_first);
    Field rating = table.definition().fields[0];
    rating.kind = FieldKind::Rating;
    rating.maximum = 7;
    rating.icon = QStringLiteral("heart");
    rating.colour = QStringLiteral("red");
    rating.defaultValue = {DefaultValue::Kind::Fixed, 3.0};
    Field amount = rating;
    amount.kind = FieldKind::Currency;
    amount.symbol = QStringLiteral("CHF");
    amount.precision = 2;
    amount.isGrouped = false;
    amount.defaultValue = {DefaultValue::Kind::Fixed, -2.345}; // shown as rounded
    Field span = rating;
    span.kind = FieldKind::Duration;
    span.durationFormat = DurationFormat::Seconds;
    span.defaultValue = {DefaultValue::Kind::Fixed, 90.0};
    Field person = rating;
    person.kind = FieldKind::Person;
    person.defaultValue = {DefaultValue::Kind::Me, {}};
    Field day = rating;
    day.kind = FieldKind::Date;
    day.defaultValue = {DefaultValue::Kind::Now, {}};
    Field progress = rating;
    progress.kind = FieldKind::Progress;
    progress.colour = QStringLiteral("olive");
    Field computed = amount;
    computed.kind = FieldKind::Number;
    computed.defaultValue = {DefaultValue::Kind::Formula, QStringLiteral("1+LEN({title})")};
    Field odd = progress;
    odd.colour = QStringLiteral("teal-strong"); // by a program
    const FieldContext context = m_ann->session().fieldContext(m_world->base());
    for (const Field &field : {rating, amount, span, person, day, progress, odd, computed}) {
        FieldDialog dialog(*m_theme, table, field, context, m_ann->session().ids(), nullptr);
        const Field shown = dialog.field();
        QVERIFY(shown.defaultValue == field.defaultValue);
        QCOMPARE(shown.kind, field.kind);
        QCOMPARE(shown.colour, field.colour);
        if (field.kind == FieldKind::Rating) {
            QVERIFY(shown.maximum == 7 && shown.icon == field.icon);
        } else if (field.kind == FieldKind::Currency) {
            QVERIFY(shown.symbol == field.symbol && shown.precision == 2 && !shown.isGrouped);
        } else if (field.kind == FieldKind::Duration) {
            QVERIFY(shown.durationFormat == DurationFormat::Seconds);
        }
    }
    FieldDialog dialog(*m_theme, table, rating, context, m_ann->session().ids(), nullptr);
    dialog.show();
    QComboBox *offered = nullptr;
    for (QComboBox *each : dialog.findChildren<QComboBox *>()) {
        offered = each->isEditable() && each->isVisible() ? each : offered;
    }
    QVERIFY(offered);
    offered->setCurrentText(QStringLiteral("9"));
    dialog.accept();
    QVERIFY(dialog.isVisible()); // it says why, and stays
    offered->setCurrentText(QStringLiteral("7"));
    dialog.accept();
    QVERIFY(!dialog.isVisible());
    QVERIFY(dialog.field().defaultValue == (DefaultValue{DefaultValue::Kind::Fixed, 7.0}));
}

/// Typed with the keys of a keyboard: what is offered is taken, what is wrong stays in the dialog,
/// and the results are shown before anything is made.
void PagesTest::formula_isWrittenWithHelp()
{
    const TableData &table = *m_ann->document().table(m_first);
    const FieldContext context = m_ann->session().fieldContext(m_world->base());
    FieldDialog dialog(*m_theme, table, Field(), context, m_ann->session().ids(), nullptr);
    dialog.show();
    QVERIFY(QTest::qWaitForWindowActive(&dialog));
    auto *kinds = dialog.findChild<QComboBox *>(); // The first one is the type.
    kinds->setCurrentIndex(kinds->count() - 1);
    auto *text = dialog.findChild<QPlainTextEdit *>();
    QVERIFY(text->isVisible());
    text->setFocus();
    QTest::keyClicks(text, QStringLiteral("upp"));
    auto *popup = QApplication::activePopupWidget();
    QVERIFY(popup);
    QTest::keyClick(popup, Qt::Key_Return);
    QCOMPARE(text->toPlainText(), QStringLiteral("UPPER("));
    QTest::keyClicks(text, QStringLiteral("{"));
    QTest::keyClick(QApplication::activePopupWidget(), Qt::Key_Tab);
    QCOMPARE(text->toPlainText(), QStringLiteral("UPPER({title}"));
    dialog.findChild<QLineEdit *>()->setText(QStringLiteral("loud"));
    dialog.accept();
    QVERIFY(dialog.isVisible()); // A bracket is missing.
    QTest::keyClicks(text, QStringLiteral(")&1"));
    const QString first = table.value(0, *table.definition().primaryField()).index() == 0
        ? QString()
        : std::get<QString>(table.value(0, *table.definition().primaryField()));
    bool isShown = false;
    for (const QLabel *label : dialog.findChildren<QLabel *>()) {
        isShown = isShown || label->text().contains(first.toUpper() + u'1');
    }
    QVERIFY(isShown);
    dialog.accept();
    QVERIFY(!dialog.isVisible());
    QVERIFY(m_ann->ask(Edit{{PutField{m_first, dialog.field()}}}));
    QCOMPARE(m_ann->text(QStringLiteral("first"), table.recordId(0), QStringLiteral("loud")),
        first.toUpper() + u'1');
    // Made anew from the field, the dialog shows names and keeps the formula.
    const TableData &now = *m_ann->document().table(m_first);
    const Field made = *now.definition().fieldNamed(QStringLiteral("loud"));
    FieldDialog again(*m_theme, now, made, context, m_ann->session().ids(), nullptr);
    QCOMPARE(
        again.findChild<QPlainTextEdit *>()->toPlainText(), QStringLiteral("UPPER({title})&1"));
    QCOMPARE(again.field().kind, made.kind);
}

void PagesTest::option_thatIsUsed_isMergedOrLeftEmpty()
{
    IdSource &ids = m_ann->session().ids();
    Field kinds;
    kinds.id = ids.next<FieldId>();
    kinds.name = QStringLiteral("kinds");
    kinds.kind = FieldKind::MultipleSelects;
    for (const char *name : {"a", "b", "c", "unused"}) {
        kinds.options += Option{ids.next<OptionId>(), QString::fromLatin1(name), {}};
    }
    QVERIFY(m_ann->ask(Edit{{PutField{m_first, kinds}}}));
    const QList<RecordId> records{m_ann->document().table(m_first)->recordId(0),
        m_ann->document().table(m_first)->recordId(1),
        m_ann->document().table(m_first)->recordId(2)};
    const char *const texts[] = {"a, b", "a", "c"};
    for (int i = 0; i < 3; ++i) {
        QVERIFY(m_ann->edit(
            QStringLiteral("first"), records[i], kinds.name, QString::fromLatin1(texts[i])));
    }
    m_world->settle();
    FieldDialog dialog(*m_theme, *m_ann->document().table(m_first), kinds,
        m_ann->session().fieldContext(m_world->base()), ids, nullptr, m_ann->document());
    dialog.setSubmit([this](const QList<Operation> &operations, const FieldDialog::Answer &answer) {
        const auto made =
            page().undo().perform(m_world->base(), operations, QStringLiteral("Change field"));
        answer(made ? Done(Ok) : made.error());
    });
    dialog.show();
    auto *list = dialog.findChild<QListWidget *>();
    const auto remove = [&](int row, const QString &becomes) {
        list->setCurrentRow(row);
        for (QPushButton *each : dialog.findChildren<QPushButton *>()) {
            if (each->text() == QLatin1String("Remove")) {
                each->click();
            }
        }
        for (QAction *each : dialog.findChildren<QAction *>()) {
            if (each->text() == becomes) {
                each->trigger();
                qobject_cast<QWidget *>(QApplication::activePopupWidget())->close();
                break;
            }
        }
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    };
    remove(3, {}); // used nowhere: gone at once
    QCOMPARE(list->count(), 3);
    remove(0, QStringLiteral("b"));
    QCOMPARE(list->count(), 2);
    remove(1, QStringLiteral("Leave them empty"));
    QCOMPARE(list->count(), 1);
    dialog.accept();
    m_world->settle();
    const auto shown = [&](int i) {
        return m_bob->text(QStringLiteral("first"), records[i], kinds.name);
    };
    QCOMPARE(shown(0), QStringLiteral("b")); // once
    QCOMPARE(shown(1), QStringLiteral("b"));
    QCOMPARE(shown(2), QString());
    QVERIFY(page().undo().undo());
    m_world->settle();
    for (int i = 0; i < 3; ++i) {
        QCOMPARE(shown(i), QString::fromLatin1(texts[i]));
    }
}

void PagesTest::newRecord_isAskedForWhatItMustSay()
{
    Field title = m_ann->document().table(m_first)->definition().fields[0];
    title.rules = {true, true, {}, {}, {}};
    QVERIFY(m_bob->ask(Edit{{PutField{m_first, title}}}));
    m_world->settle();
    page().showTable(m_first);
    const qsizetype before = m_ann->document().table(m_first)->aliveCount();
    page().pane()->createRecord();
    auto *dialog = m_window->findChild<NewRecordDialog *>();
    QVERIFY(dialog && dialog->isVisible());
    QCOMPARE(m_ann->document().table(m_first)->aliveCount(), before); // Nothing is made yet.
    dialog->accept();
    QVERIFY(dialog->isVisible()); // It says what is missing.
    auto *row = dialog->findChild<FieldRow *>();
    const auto type = [&](const QString &text) {
        QTest::keyClick(row, Qt::Key_Return);
        auto *line = row->findChild<QLineEdit *>();
        line->setText(text);
        QTest::keyClick(line, Qt::Key_Return);
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    };
    type(QStringLiteral("record 1"));
    dialog->accept();
    QVERIFY(dialog->isVisible()); // There is one of that name.
    type(QStringLiteral("record new"));
    const RecordId made = dialog->record();
    dialog->accept();
    QVERIFY(!dialog->isVisible());
    m_world->settle();
    QCOMPARE(m_bob->document().table(m_first)->aliveCount(), before + 1);
    QCOMPARE(page().pane()->currentRecord(), made);
    QVERIFY(page().undo().undo());
    QCOMPARE(m_ann->document().table(m_first)->aliveCount(), before);
}

void PagesTest::rules_areSetInTheDialog_whichStaysIfRefused()
{
    const TableData &table = *m_ann->document().table(m_first);
    m_ann->create(QStringLiteral("first"), {{QStringLiteral("title"), QStringLiteral("record 1")}});
    FieldDialog dialog(*m_theme, table, table.definition().fields[0],
        m_ann->session().fieldContext(m_world->base()), m_ann->session().ids(), nullptr,
        m_ann->document());
    dialog.setSubmit([this](const QList<Operation> &operations, const FieldDialog::Answer &answer) {
        answer(m_ann->ask(Edit{operations}));
    });
    dialog.show();
    const auto named = [&](const QString &name) -> QLineEdit * {
        for (QLineEdit *each : dialog.findChildren<QLineEdit *>()) {
            if (each->accessibleName() == name) {
                return each;
            }
        }
        return nullptr;
    };
    QCheckBox *unique = nullptr;
    for (QCheckBox *each : dialog.findChildren<QCheckBox *>()) {
        unique = each->text() == QLatin1String("No two alike") ? each : unique;
    }
    QVERIFY(unique && unique->isVisible() && !named(QStringLiteral("If not, say"))->isVisible());
    named(QStringLiteral("Pattern"))->setText(QStringLiteral("("));
    QVERIFY(named(QStringLiteral("If not, say"))->isVisible());
    dialog.accept();
    QVERIFY(dialog.isVisible());
    named(QStringLiteral("Pattern"))->setText(QStringLiteral("record.*"));
    named(QStringLiteral("Condition"))->setText(QStringLiteral("LEN({title}>"));
    dialog.accept();
    QVERIFY(dialog.isVisible());
    named(QStringLiteral("Condition"))->setText(QStringLiteral("LEN({title})>3"));
    unique->setChecked(true);
    dialog.accept();
    QVERIFY(dialog.isVisible()); // Two records are called the same.
    unique->setChecked(false);
    dialog.accept();
    QVERIFY(!dialog.isVisible());
    const Field made = m_ann->document().table(m_first)->definition().fields[0];
    QCOMPARE(made.rules.pattern, QStringLiteral("record.*"));
    QVERIFY(made.rules.condition.contains(made.id.text())); // renaming is free
    FieldDialog again(*m_theme, *m_ann->document().table(m_first), made,
        m_ann->session().fieldContext(m_world->base()), m_ann->session().ids(), nullptr,
        m_ann->document());
    QCOMPARE(again.field().rules, made.rules);
}

void PagesTest::filter_isAFormulaToo()
{
    const auto button = [](QWidget *in, const char *text) {
        QPushButton *found = nullptr;
        for (QPushButton *each : in->findChildren<QPushButton *>()) {
            found = each->text().contains(QLatin1String(text)) && each->isVisible() ? each : found;
        }
        return found;
    };
    const auto openDialog = [&](const char *chip) {
        QTest::mouseClick(button(&page(), chip), Qt::LeftButton);
        FilterDialog *dialog = nullptr;
        for (FilterDialog *each : page().findChildren<FilterDialog *>()) {
            dialog = each->isVisible() ? each : dialog;
        }
        return dialog;
    };
    FilterDialog *dialog = openDialog("Filter");
    QVERIFY(dialog);
    QTest::mouseClick(button(dialog, "As formula"), Qt::LeftButton);
    auto *text = dialog->findChild<QPlainTextEdit *>();
    QVERIFY(text->isVisible());
    text->setPlainText(QStringLiteral("CONTAINS({title}, \"2\") || {titl}=\"x\""));
    QVERIFY(!button(dialog, "Apply")->isEnabled());
    QVERIFY(!button(dialog, "As conditions")->isEnabled());
    const QString written = QStringLiteral("CONTAINS({title}, \"2\") || RIGHT({title}, 1)=\"4\"");
    text->setPlainText(written);
    bool isShown = false;
    for (const QLabel *label : dialog->findChildren<QLabel *>()) {
        isShown = isShown || label->text().contains(QLatin1String("yes"));
    }
    QVERIFY(isShown);
    QTest::mouseClick(button(dialog, "Apply"), Qt::LeftButton);
    m_world->settle();
    QCOMPARE(page().model()->rowCount(), 2);
    QCOMPARE(m_bob->document().table(m_first)->definition().views.first().filter,
        page().model()->projection().filter);
    // One condition is one of the filter bar, the other one is shown as it was written.
    dialog = openDialog("contains 2");
    QVERIFY(dialog);
    QCOMPARE(dialog->findChildren<FilterLine *>().size(), 2);
    QCOMPARE(dialog->filter(), page().model()->projection().filter);
    QTest::mouseClick(button(dialog, "As formula"), Qt::LeftButton);
    QCOMPARE(dialog->findChild<QPlainTextEdit *>()->toPlainText(),
        QStringLiteral("OR(CONTAINS({title}, \"2\"), RIGHT({title}, 1)=\"4\")"));
    QTest::mouseClick(button(dialog, "Remove all"), Qt::LeftButton);
    QCOMPARE(page().model()->rowCount(), 5);
}

void PagesTest::conditions_keepWhatTheirBoxesCannotShow()
{
    Field kinds;
    kinds.id = m_ann->session().ids().next<FieldId>();
    kinds.name = QStringLiteral("kinds");
    kinds.kind = FieldKind::SingleSelect;
    kinds.options = {{OptionId(IdBits{1, 1}), QStringLiteral("a"), QStringLiteral("red")},
        {OptionId(IdBits{1, 2}), QStringLiteral("b"), QStringLiteral("blue")}};
    QVERIFY(m_ann->ask(Edit{{PutField{m_first, kinds}}}));
    const Document &document = m_ann->document();
    const TableData &table = *document.table(m_first);
    const auto test = [&](FilterOp op, const QList<Value> &values) {
        Filter filter;
        filter.kind = Filter::Kind::Test;
        filter.field = kinds.id;
        filter.op = op;
        filter.operand.values = values;
        return filter;
    };
    const Value a = kinds.options[0].id;
    const Value b = kinds.options[1].id;
    Filter filter;
    filter.children = {test(FilterOp::IsAnyOf, {b, a}), test(FilterOp::IsDuplicate, {}),
        test(FilterOp::Is, {a, b}), test(FilterOp::IsNot, {b})};
    FilterDialog dialog(*m_theme, document, table, filter,
        {m_ann->session().fieldContext(m_world->base()), m_ann->user()}, nullptr);
    // Boxes show the first and the last; what the menu does not have, or too many values, stays.
    QCOMPARE(dialog.findChildren<CheckMenu *>().size(), 1);
    QCOMPARE(dialog.filter().children[0].operand.values, QList<Value>({a, b}));
    QCOMPARE(dialog.filter().children.mid(1), filter.children.mid(1));
}

void PagesTest::colours_areSetByRules_andFollowRecordsAndTime()
{
    const auto button = [](QWidget *in, const char *text) {
        QPushButton *found = nullptr;
        for (QPushButton *each : in->findChildren<QPushButton *>()) {
            found = each->text().contains(QLatin1String(text)) && each->isVisible() ? each : found;
        }
        return found;
    };
    const auto press = [&](QWidget *in, const char *text) {
        QTest::mouseClick(button(in, text), Qt::LeftButton);
    };
    const auto writeCondition = [&](ColourDialog &dialog, const QString &formula) {
        press(&dialog, "Add rule");
        auto *asked = dialog.findChild<FilterDialog *>();
        press(asked, "As formula");
        asked->findChild<QPlainTextEdit *>()->setPlainText(formula);
        press(asked, "Apply");
        QCoreApplication::sendPostedEvents(asked, QEvent::DeferredDelete);
    };
    // Three rules: an old record, the row of one, its cell before that.
    press(&page(), "Colours");
    auto *dialog = page().findChild<ColourDialog *>();
    writeCondition(*dialog, QStringLiteral("DATETIME_DIFF(NOW(),CREATED_TIME(),'hours')>=24"));
    writeCondition(*dialog, QStringLiteral("CONTAINS({title},\"2\")"));
    writeCondition(*dialog, QStringLiteral("{title}=\"record 2\""));
    writeCondition(*dialog, QStringLiteral("{title}=\"x\""));
    const auto parts = dialog->findChildren<QComboBox *>();
    QCOMPARE(parts.size(), 4);
    parts[0]->setCurrentIndex(1);
    Q_EMIT parts[0]->activated(1);
    parts[2]->setCurrentIndex(2);
    Q_EMIT parts[2]->activated(2);
    press(dialog, "Apply");
    m_world->settle();
    const FieldId title = m_ann->document().table(m_first)->definition().fields.first().id;
    const QList<ColourRule> rules =
        m_bob->document().table(m_first)->definition().views.first().colours;
    QCOMPARE(rules.size(), 4);
    QCOMPARE(rules[0].part, ColourRule::Part::Edge);
    QCOMPARE(rules[2].part, ColourRule::Part::Cell);
    QCOMPARE(rules[2].field, title);
    const QList<Filter> asked = rules[2].condition.children;
    QVERIFY(!asked.isEmpty() && asked[0].formula.contains(title.text())); // not the name
    QVERIFY(button(&page(), "4 colour rule"));

    TableModel &model = *page().model();
    using enum ColourRule::Part;
    QCOMPARE(model.colour(2, Row), rules[1].colour);
    QCOMPARE(model.colour(2, Cell, title), rules[2].colour);
    QCOMPARE(model.colour(1, Row), QString());
    QCOMPARE(model.colour(2, Edge), QString());
    const auto groundOf = [&](int row) {
        const QImage picture = page().pane()->grab().toImage();
        const int y = GridLayout::HeaderHeight + row * GridLayout::RowHeight + 3;
        return picture.pixelColor(int((GridLayout::NumbersWidth + 3) * picture.devicePixelRatio()),
            int(y * picture.devicePixelRatio()));
    };
    QCOMPARE(groundOf(2).name(), m_theme->tint(rules[2].colour, Theme::Tint::Cell).name());
    QCOMPARE(groundOf(1).name(), m_theme->colour(Tone::Surface).name());

    // Somebody else's edit, and time alone.
    const RecordId second = model.record(1);
    QVERIFY(m_bob->ask(Edit{{EditCells{m_first, {{second, title, QStringLiteral("x"), {}}}}}}));
    m_world->settle();
    QCOMPARE(model.colour(model.rowOf(second), Row), rules[3].colour);
    QSignalSpy painted(&model, &QAbstractItemModel::dataChanged);
    m_world->clock.advanceMs(25 * 3600 * 1000);
    m_ann->session().passTime();
    QCOMPARE(painted.count(), 1);
    QCOMPARE(model.colour(0, Edge), rules[0].colour);

    // In another order another one counts; one that is taken away colours nothing.
    press(&page(), "4 colour rule");
    for (ColourDialog *each : page().findChildren<ColourDialog *>()) {
        dialog = each->isVisible() ? each : dialog;
    }
    QCOMPARE(dialog->rules(), rules);
    QList<QToolButton *> up;
    QList<QToolButton *> away;
    for (QToolButton *each : dialog->findChildren<QToolButton *>()) {
        up += each->toolTip() == QLatin1String("Counts earlier") ? QList{each}
                                                                 : QList<QToolButton *>();
        away += each->toolTip() == QLatin1String("Remove the rule") ? QList{each}
                                                                    : QList<QToolButton *>();
    }
    QTest::mouseClick(up[1], Qt::LeftButton);
    QTest::mouseClick(away[0], Qt::LeftButton);
    QCOMPARE(dialog->rules(), QList<ColourRule>({rules[1], rules[2], rules[3]}));
    press(dialog, "Apply");
    m_world->settle();
    QCOMPARE(model.colour(0, Edge), QString());
    QVERIFY(page().undo().undo());
    m_world->settle();
    QCOMPARE(page().model()->projection().colours, rules);
}

void PagesTest::departments_areAddedFromTheFieldThatNeedsThem()
{
    const auto press = [](QWidget *in, const char *text) {
        for (QAbstractButton *each : in->findChildren<QAbstractButton *>()) {
            if (each->isVisible()
                && (each->text().contains(QLatin1String(text))
                    || each->toolTip() == QLatin1String(text))) {
                return QTest::mouseClick(each, Qt::LeftButton);
            }
        }
        QFAIL(text);
    };
    const auto name = [](DepartmentsDialog *dialog, const char *text) {
        auto *line = dialog->findChild<QTreeWidget *>()->findChildren<QLineEdit *>().last();
        QTest::keyClicks(line, QString::fromLatin1(text));
        QTest::keyClick(line, Qt::Key_Return);
        QCoreApplication::processEvents(); // The tree takes it then.
    };
    Q_EMIT page().pane()->addFieldRequested();
    auto *dialog = page().findChild<FieldDialog *>();
    QVERIFY(dialog);
    dialog->findChild<QLineEdit *>()->setText(QStringLiteral("where"));
    auto *kinds = dialog->findChild<QComboBox *>();
    kinds->setCurrentIndex(kinds->findData(int(FieldKind::Department)));
    press(dialog, "Departments of this base");
    auto *tree = dialog->findChild<DepartmentsDialog *>();
    QVERIFY(tree);
    press(tree, "Add department");
    name(tree, "Service");
    press(tree, "Add a part of it");
    name(tree, "North");
    auto *head = tree->findChild<QComboBox *>();
    head->setCurrentIndex(head->findText(QStringLiteral("ann")));
    Q_EMIT head->activated(head->currentIndex());
    press(tree, "Save");
    press(dialog, "Create");
    m_world->settle();
    const Document &far = m_bob->document();
    QCOMPARE(far.departments().all().size(), 2);
    const Department north = far.departments().all().last();
    QCOMPARE(far.departments().path(north.id), QStringLiteral("Service / North"));
    QCOMPARE(north.head, m_ann->user());
    const Field made = *far.table(m_first)->definition().fieldNamed(QStringLiteral("where"));
    QCOMPARE(made.options, far.departments().options());
    // Both are one step.
    QVERIFY(page().undo().undo());
    m_world->settle();
    QVERIFY(far.departments().all().isEmpty());
    QVERIFY(page().undo().redo());
    m_world->settle();
    QCOMPARE(far.departments().all().size(), 2);
    // They come with a snapshot, and are in the cache.
    WorldClient &late = m_world->add(QStringLiteral("carl"), Role::Editor);
    QCOMPARE(late.document().departments(), far.departments());
    late.killAndRestart();
    m_world->restartServer();
    m_world->settle();
    QCOMPARE(late.document().departments(), far.departments());
}

void PagesTest::whoeverIsPutIntoARecord_isTold()
{
    const auto told = [&] {
        QStringList sentences;
        for (const QLabel *label : m_window->findChild<Toasts *>()->findChildren<QLabel *>()) {
            if (label->text().contains(QLatin1String("put you into"))) {
                sentences += label->text();
            }
        }
        return sentences;
    };
    Field agents;
    agents.id = m_ann->session().ids().next<FieldId>();
    agents.name = QStringLiteral("agents");
    agents.kind = FieldKind::Persons;
    QVERIFY(m_ann->ask(Edit{{PutField{m_first, agents}}}));
    m_world->settle();
    const auto put = [&](WorldClient &by, int row, const Persons &persons) {
        const TableData &table = *by.document().table(m_first);
        const Done done = by.ask(Edit{{EditCells{
            m_first, {CellEdit{table.recordId(Row(row)), agents.id, persons, {}}}, false}}});
        m_world->settle();
        return bool(done);
    };
    const UserId ann = m_ann->user();
    const UserId bob = m_bob->user();
    QVERIFY(put(*m_ann, 0, {ann}));
    QVERIFY(put(*m_bob, 0, {ann, bob})); // was there already
    QVERIFY(put(*m_bob, 1, {bob}));
    QCOMPARE(told(), QStringList());
    QVERIFY(put(*m_bob, 1, {bob, ann}));
    QCOMPARE(told(), QStringList({QStringLiteral("bob put you into “agents”: record 1")}));
    QVERIFY(put(*m_bob, 1, {bob}));
    m_ann->goOffline();
    QVERIFY(put(*m_bob, 2, {ann}));
    m_ann->goOnline();
    m_world->settle();
    QCOMPARE(told().size(), 2);
    QCOMPARE(told().last(), QStringLiteral("bob put you into “agents”: record 2"));
    agents.tellsPersons = false;
    QVERIFY(m_ann->ask(Edit{{PutField{m_first, agents}}}));
    m_world->settle();
    QVERIFY(put(*m_bob, 3, {ann}));
    QCOMPARE(told().size(), 2);
}

void PagesTest::fieldOfALargeTable_isChangedInTheBackground()
{
    const Field title = *m_ann->document().table(m_first)->definition().primaryField();
    const RecordId known = m_ann->document().table(m_first)->recordId(0);
    CreateRecords many{m_first, {}};
    for (int i = 0; i < 25'000; ++i) {
        many.records += NewRecord{
            m_ann->session().ids().next<RecordId>(), {FieldValue{title.id, QString::number(i)}}};
    }
    QVERIFY(m_ann->ask(Edit{{many}}));
    m_world->settle();
    FieldDialog dialog(*m_theme, *m_ann->document().table(m_first), title,
        m_ann->session().fieldContext(m_world->base()), m_ann->session().ids(), nullptr,
        m_ann->document());
    dialog.setSubmit([this](const QList<Operation> &operations, const FieldDialog::Answer &answer) {
        page().undo().performLater(m_world->base(), operations, QStringLiteral("Change field"),
            [answer](const Result<ChangeSet> &made) { answer(made ? Done(Ok) : made.error()); });
    });
    dialog.show();
    const auto says = [&](const char *text) {
        const QList<QLabel *> labels = dialog.findChildren<QLabel *>();
        return std::any_of(labels.cbegin(), labels.cend(), [text](const QLabel *label) {
            return label->isVisible() && label->text().contains(QLatin1String(text));
        });
    };
    auto *kinds = dialog.findChild<QComboBox *>();
    kinds->setCurrentIndex(kinds->findData(int(FieldKind::Number)));
    QVERIFY(says("Looking through 25005"));
    dialog.accept();
    QVERIFY(dialog.isVisible()); // What it comes to is not known yet.
    QTRY_VERIFY(says("25000 values convert, 5 do not fit"));
    dialog.accept();
    QVERIFY(says("Changing 25005"));
    dialog.reject();
    QVERIFY(dialog.isVisible());
    // Somebody else and the person herself go on meanwhile.
    QVERIFY(m_ann->edit(QStringLiteral("first"), known, title.name, QStringLiteral("77")));
    QVERIFY(m_bob->edit(QStringLiteral("second"), m_bob->document().table(m_second)->recordId(0),
        QStringLiteral("title"), QStringLiteral("bob was here")));
    m_world->settle();
    QVERIFY(!dialog.isVisible());
    QVERIFY(m_world->allEqual());
    const TableData &table = *m_bob->document().table(m_first);
    const Field &made = *table.definition().field(title.id);
    QCOMPARE(made.kind, FieldKind::Number);
    QCOMPARE(table.value(*table.row(known), made), Value(77.0));
    // Taken back, done again and taken back once more, each in the background.
    UndoStack &undo = page().undo();
    const auto kind = [&] {
        m_world->settle();
        return m_bob->document().table(m_first)->definition().field(title.id)->kind;
    };
    QTRY_COMPARE(undo.undoName(), QStringLiteral("Change field"));
    QVERIFY(undo.undo());
    QVERIFY(!undo.canUndo() && !undo.canRedo());
    QTRY_COMPARE(kind(), title.kind);
    QTRY_VERIFY(undo.canRedo());
    QVERIFY(undo.redo());
    QTRY_COMPARE(kind(), FieldKind::Number);
    QTRY_VERIFY(undo.canUndo());
    QVERIFY(undo.undo()); // 77 was typed before
    QTRY_COMPARE(kind(), title.kind);
    QTRY_VERIFY(undo.canRedo());
    QVERIFY(m_world->allEqual());
    QCOMPARE(m_ann->text(QStringLiteral("first"), known, title.name), QStringLiteral("77"));
    QCOMPARE(m_ann->text(QStringLiteral("first"), m_ann->document().table(m_first)->recordId(1),
                 title.name),
        QStringLiteral("record 1"));
}

QTEST_MAIN(PagesTest)
#include "tst_Pages.moc"
