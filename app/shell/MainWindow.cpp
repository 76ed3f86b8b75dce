// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shell/MainWindow.h"

#include "app/shell/RemovalBar.h"
#include "app/shell/WaitingDialog.h"
#include "app/transfer/PendingText.h"
#include "app/widgets/Paint.h"
#include "app/widgets/Parts.h"
#include "shared/support/ErrorText.h"

#include <QApplication>
#include <QCloseEvent>
#include <QDir>
#include <QInputDialog>
#include <QMenu>
#include <QScreen>
#include <QShortcut>
#include <QStackedWidget>
#include <QSystemTrayIcon>
#include <QTimer>
#include <QVBoxLayout>

namespace casebase {

namespace {

constexpr int RailWidth = 52;
constexpr int FootHeight = 26;
constexpr int FootMs = 20000;

} // namespace

MainWindow::MainWindow(Theme &theme, Session &session, HttpClient &http, const PaneFactory &newPane)
    : m_theme(theme)
    , m_session(session)
    , m_http(http)
    , m_undo(session)
    , m_pages(new QStackedWidget)
    , m_tables(new TablePage(theme, session, m_undo, http, newPane, this))
    , m_inbox(new InboxPage(theme, session, this))
{
    setWindowTitle(QStringLiteral("Casebase"));
    setMinimumSize(1024, 640);
    resize(QSize(1440, 900).boundedTo(screen()->availableSize()));
    auto *content = new QWidget;
    auto *layout = new QVBoxLayout(content);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    auto *columns = new QHBoxLayout;
    columns->setSpacing(0);
    columns->addWidget(newRail());
    columns->addWidget(newLine(theme, Qt::Vertical));
    m_pages->addWidget(m_tables);
    m_pages->addWidget(m_inbox);
    auto *removal = new RemovalBar(theme, session, this);
    auto *page = new QVBoxLayout;
    page->setSpacing(0);
    page->addWidget(removal);
    page->addWidget(m_pages, 1);
    columns->addLayout(page, 1);
    layout->addLayout(columns, 1);
    layout->addWidget(newLine(theme, Qt::Horizontal));
    layout->addWidget(newFoot());
    setCentralWidget(content);
    m_toasts = new Toasts(theme, content);
    if (QSystemTrayIcon::isSystemTrayAvailable()) {
        m_tray =
            new QSystemTrayIcon(theme.buttonIcon(QStringLiteral("folder"), Tone::Accent), this);
        m_tray->show();
    }
    addShortcuts();

    const auto tellDone = [this](const QString &sentence) {
        m_toasts->show(Toasts::Kind::Done, sentence);
    };
    connect(m_tables, &TablePage::refused, this, &MainWindow::showRefusal);
    connect(&m_undo, &UndoStack::refused, this, &MainWindow::showRefusal);
    connect(m_tables, &TablePage::told, this, tellDone);
    connect(m_tables, &TablePage::summaryChanged, this, &MainWindow::updateFoot);
    connect(m_tables, &TablePage::baseRequested, this, &MainWindow::newBase);
    connect(m_inbox, &InboxPage::refused, this, &MainWindow::showRefusal);
    connect(m_inbox, &InboxPage::decided, this, tellDone);
    connect(m_inbox, &InboxPage::recordRequested, this,
        [this](BaseId base, TableId table, RecordId record) {
            showBase(base);
            m_tables->showRecord(table, record);
        });
    connect(removal, &RemovalBar::refused, this, &MainWindow::showRefusal);
    connect(removal, &RemovalBar::answered, this, [this, tellDone](const QString &sentence) {
        tellDone(sentence);
        m_pages->currentWidget() == m_tables ? m_tables->pane()->setFocus() : m_inbox->setFocus();
    });
    connect(m_pages, &QStackedWidget::currentChanged, this, &MainWindow::updateFoot);
    connect(&m_session, &Session::basesChanged, this, &MainWindow::rebuildBases);
    connect(&m_session, &Session::connectionChanged, this, &MainWindow::updateFoot);
    connect(&m_session, &Session::changed, this, [this](BaseId base) {
        updateInboxCount();
        if (m_tables->base().isNull() || base == m_awaited) {
            m_awaited = {};
            showBase(base);
        }
    });
    connect(&m_session, &Session::refusedByServer, this, [this](BaseId base, const Error &error) {
        m_toasts->show(Toasts::Kind::Failure, PendingText(m_session).reason(base, error),
            tr("Show"), [this] { showWaiting(); });
    });
    connect(&m_session, &Session::noticed, this, &MainWindow::onNotice);
    connect(&m_session, &Session::overwritten, this, &MainWindow::onOverwritten);
    connect(&m_session, &Session::addedTo, this, &MainWindow::onAdded);
    auto *clock = new QTimer(this);
    connect(clock, &QTimer::timeout, this, &MainWindow::updateFoot);
    clock->start(FootMs);
    rebuildBases();
    updateFoot();
    updateInboxCount();
}

void MainWindow::tellSalvage()
{
    const auto &salvage = m_session.salvage();
    if (!salvage) {
        return;
    }
    QString sentence;
    if (salvage->isForeign) {
        sentence = tr("The file of unsent changes belonged to another account and was not used. It "
                      "is kept as %1");
    } else if (salvage->recovered == 0) {
        sentence = tr("The file of unsent changes was damaged, and none could be read. It is kept "
                      "as %1");
    } else {
        sentence = tr("The file of unsent changes was damaged. %n change(s) could be read and will "
                      "be sent. The damaged file is kept as %1",
            nullptr, salvage->recovered);
    }
    m_toasts->show(Toasts::Kind::Failure, sentence.arg(QDir::toNativeSeparators(salvage->keptAt)));
}

QWidget *MainWindow::newRail()
{
    auto *rail = new Ground(m_theme, Tone::Rail, this);
    rail->setFixedWidth(RailWidth);
    rail->setAccessibleName(tr("Rail"));
    auto *layout = new QVBoxLayout(rail);
    layout->setContentsMargins(6, 10, 6, 10);
    layout->setSpacing(6);
    const auto add = [&](const char *icon, const QString &tip) {
        QPushButton *button = newButton({}, "rail");
        button->setIcon(m_theme.buttonIcon(QString::fromLatin1(icon)));
        button->setIconSize(QSize(20, 20));
        button->setToolTip(tip);
        button->setAccessibleName(tip);
        layout->addWidget(button, 0, Qt::AlignHCenter);
        return button;
    };
    m_inboxButton = add("inbox", tr("Inbox (Ctrl+I)"));
    m_inboxButton->setCheckable(true);
    connect(m_inboxButton, &QPushButton::clicked, this, &MainWindow::showInbox);
    m_inboxCount = new QLabel(m_inboxButton);
    m_inboxCount->setAlignment(Qt::AlignCenter);
    m_inboxCount->setAttribute(Qt::WA_TransparentForMouseEvents);
    connect(add("search", tr("Find in this view (Ctrl+F)")), &QPushButton::clicked, this, [this] {
        showBase(m_tables->base());
        m_tables->focusSearch();
    });
    layout->addWidget(newLine(m_theme, Qt::Horizontal));
    m_baseButtons = new QVBoxLayout;
    m_baseButtons->setSpacing(6);
    layout->addLayout(m_baseButtons);
    connect(add("plus", tr("New base")), &QPushButton::clicked, this, &MainWindow::newBase);
    layout->addStretch();
    connect(add("globe", tr("中文")), &QPushButton::clicked, this, &MainWindow::languageToggled);
    connect(add("moon", tr("Light or dark")), &QPushButton::clicked, this,
        [this] { m_theme.setDark(!m_theme.isDark()); });
    auto *me = add("person", m_session.userName());
    connect(me, &QPushButton::clicked, this, [this, me] {
        auto *menu = new QMenu(this);
        menu->setAttribute(Qt::WA_DeleteOnClose);
        menu->addAction(tr("Signed in as %1").arg(m_session.userName()))->setEnabled(false);
        menu->addAction(tr("Sign out"), this, &MainWindow::signOutRequested);
        menu->popup(me->mapToGlobal(QPoint(me->width(), 0)));
    });
    return rail;
}

QWidget *MainWindow::newFoot()
{
    auto *foot = new Ground(m_theme, Tone::Rail, this);
    foot->setFixedHeight(FootHeight);
    auto *layout = new QHBoxLayout(foot);
    layout->setContentsMargins(10, 0, 12, 0);
    layout->setSpacing(12);
    m_connection = newButton({}, "flat");
    m_connection->setStyleSheet(
        QStringLiteral("QPushButton { font-size: 12px; min-height: 20px; padding: 0 4px; }"));
    m_connection->setIconSize(QSize(16, 16));
    connect(m_connection, &QPushButton::clicked, this, &MainWindow::showWaiting);
    layout->addWidget(m_connection);
    m_saved = newLabel({}, "small");
    layout->addWidget(m_saved);
    layout->addStretch();
    m_summary = newLabel({}, "small");
    layout->addWidget(m_summary);
    return foot;
}

void MainWindow::addShortcuts()
{
    const auto add = [this](const QKeySequence &keys, auto act) {
        connect(new QShortcut(keys, this), &QShortcut::activated, this, act);
    };
    add(QKeySequence::Undo, [this] { undo(&UndoStack::undo); });
    add(QKeySequence::Redo, [this] { undo(&UndoStack::redo); });
    add(QKeySequence(QStringLiteral("Ctrl+Y")), [this] { undo(&UndoStack::redo); });
    add(QKeySequence::Find, [this] { m_tables->focusSearch(); });
    add(QKeySequence(QStringLiteral("Ctrl+I")), [this] { showInbox(); });
    add(QKeySequence(QStringLiteral("F6")), [this] { cycleFocus(1); });
    add(QKeySequence(QStringLiteral("Shift+F6")), [this] { cycleFocus(-1); });
}

void MainWindow::undo(Done (UndoStack::*step)())
{
    const Done done = (m_undo.*step)();
    if (!done) {
        showRefusal(done.error());
    }
}

void MainWindow::cycleFocus(int by)
{
    const QList<QWidget *> regions =
        m_pages->currentWidget() == m_tables ? m_tables->focusRegions() : QList<QWidget *>{m_inbox};
    qsizetype now = 0;
    for (qsizetype i = 0; i < regions.size(); ++i) {
        if (regions[i] == focusWidget() || regions[i]->isAncestorOf(focusWidget())) {
            now = i;
        }
    }
    QWidget *next = regions[(now + by + regions.size()) % regions.size()];
    if (auto *panel = qobject_cast<RecordPanel *>(next)) {
        panel->focusFields();
    } else {
        next->setFocus(Qt::TabFocusReason);
    }
}

void MainWindow::rebuildBases()
{
    while (QLayoutItem *item = m_baseButtons->takeAt(0)) {
        item->widget()->deleteLater();
        delete item;
    }
    for (const BaseEntry &base : m_session.bases()) {
        QPushButton *button = newButton({}, "rail");
        QPixmap tile(QSize(28, 28) * 2);
        tile.setDevicePixelRatio(2);
        tile.fill(Qt::transparent);
        QPainter painter(&tile);
        painter.setRenderHint(QPainter::Antialiasing);
        const ColourPair colours = m_theme.person(base.id.text());
        painter.setPen(Qt::NoPen);
        painter.setBrush(colours.ground);
        painter.drawRoundedRect(QRectF(0, 0, 28, 28), 6, 6);
        painter.setPen(colours.text);
        painter.setFont(m_theme.font(TextSize::Heading));
        painter.drawText(QRect(0, 0, 28, 28), Qt::AlignCenter, base.name.left(1));
        painter.end();
        button->setIcon(QIcon(tile));
        button->setIconSize(QSize(28, 28));
        setTip(button, base.name);
        button->setAccessibleName(base.name);
        button->setCheckable(true);
        button->setChecked(base.id == m_tables->base() && m_pages->currentWidget() == m_tables);
        connect(button, &QPushButton::clicked, this, [this, id = base.id] { showBase(id); });
        m_baseButtons->addWidget(button, 0, Qt::AlignHCenter);
    }
    const QList<BaseEntry> &bases = m_session.bases();
    const bool isThere = std::any_of(bases.cbegin(), bases.cend(),
        [this](const BaseEntry &each) { return each.id == m_tables->base(); });
    if (!isThere && !m_tables->base().isNull()) {
        m_tables->showBase({}); // It is gone, or not for this person any more.
    }
    if (m_tables->base().isNull() && !m_session.bases().isEmpty()
        && m_session.document(m_session.bases().first().id)) {
        showBase(m_session.bases().first().id);
    }
}

void MainWindow::newBase()
{
    bool isWanted = false;
    const QString name = QInputDialog::getText(
        this, tr("New base"), tr("Name of the base"), QLineEdit::Normal, {}, &isWanted);
    if (!isWanted || name.trimmed().isEmpty()) {
        return;
    }
    // The server makes it and tells everybody who may see it; this needs the network.
    m_http.post(QStringLiteral("/v0/meta/bases"), {{QStringLiteral("name"), name}}, this,
        [this](const Result<QJsonObject> &made) {
            if (!made) {
                return showRefusal(made.error());
            }
            m_awaited = BaseId::fromText(made.value().value(QLatin1String("id")).toString())
                            .value_or(BaseId());
            showBase(m_awaited);
        });
}

void MainWindow::showBase(BaseId base)
{
    m_pages->setCurrentWidget(m_tables);
    m_inboxButton->setChecked(false);
    const Document *document = m_session.document(base);
    const bool isLoaded = document && document->revision() > 0;
    if (isLoaded && base != m_tables->base()) {
        m_tables->showBase(base);
    }
    if (isLoaded) {
        rebuildBases();
    }
}

void MainWindow::showInbox()
{
    m_tables->finishEditing();
    m_pages->setCurrentWidget(m_inbox);
    m_inboxButton->setChecked(true);
    m_inbox->refresh();
    m_inbox->setFocus();
    rebuildBases();
}

void MainWindow::updateInboxCount()
{
    const int count = openTaskCount(m_session);
    m_inboxCount->setVisible(count > 0);
    m_inboxCount->setText(QString::number(count));
    m_inboxCount->setStyleSheet(
        QStringLiteral("background: %1; color: white; border-radius: 8px; font-size: 10px;")
            .arg(m_theme.isDark() ? QStringLiteral("#B3331F")
                                  : m_theme.colour(Tone::Danger).name()));
    m_inboxCount->setGeometry(22, 0, count > 99 ? 22 : 16, 16);
    m_inboxButton->setAccessibleDescription(tr("%n task(s) to decide", nullptr, count));
}

void MainWindow::updateFoot()
{
    const int waiting = m_session.waitingCount();
    const int refused = int(m_session.refused().size());
    const bool isOnline = m_session.connection() == Connection::Online;
    QStringList parts;
    if (!isOnline) {
        parts += m_session.connection() == Connection::Connecting
                && m_session.offlineSinceMs() > m_session.clock().nowMs() - 2000
            ? tr("Connecting…")
            : tr("Offline since %1")
                  .arg(timeText(m_session.offlineSinceMs(), m_session.clock().nowMs()));
    }
    if (waiting > 0) {
        parts += tr("%n change(s) waiting", nullptr, waiting);
    }
    if (refused > 0) {
        parts += tr("%n change(s) could not be applied", nullptr, refused);
    }
    const bool isCalm = parts.isEmpty();
    m_connection->setText(isCalm ? tr("Saved") : parts.join(QStringLiteral(" · ")));
    const Tone tone = refused > 0 ? Tone::Danger : isCalm ? Tone::Text2 : Tone::Warning;
    const QString icon = !isOnline ? QStringLiteral("cloud-off")
        : isCalm                   ? QStringLiteral("cloud-check")
                                   : QStringLiteral("cloud-wait");
    m_connection->setIcon(m_theme.buttonIcon(icon, tone));
    m_connection->setStyleSheet(QStringLiteral(
        "QPushButton { font-size: 12px; min-height: 20px; padding: 0 4px; color: %1; }")
                                    .arg(m_theme.colour(tone).name()));
    m_connection->setAccessibleName(m_connection->text());
    m_saved->setText(m_session.lastSavedMs() > 0
            ? tr("Last saved %1").arg(timeText(m_session.lastSavedMs(), m_session.clock().nowMs()))
            : QString());
    m_summary->setText(m_pages->currentWidget() == m_tables ? m_tables->summary() : QString());
}

void MainWindow::showWaiting()
{
    auto *dialog = new WaitingDialog(m_theme, m_session, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void MainWindow::showRefusal(const Error &error)
{
    Error shown = error;
    if (error.code == ErrorCode::AlreadyDecided) {
        const QDateTime time = QDateTime::fromString(error.arguments.value(1), Qt::ISODateWithMs);
        if (time.isValid()) {
            shown.arguments[1] = timeText(time.toMSecsSinceEpoch(), m_session.clock().nowMs());
        }
    }
    m_toasts->show(Toasts::Kind::Failure, localisedSentence(shown));
}

void MainWindow::onNotice(BaseId base, InstanceId id, bool isTask)
{
    const Document *document = m_session.document(base);
    const Instance *instance = document ? document->instance(id) : nullptr;
    const TableData *table = instance ? document->table(instance->table) : nullptr;
    const auto row = table ? table->aliveRow(instance->record) : std::nullopt;
    if (!row) {
        return;
    }
    const QString title = recordHeading(*table, *row, m_session.fieldContext(base));
    const QString sentence = isTask                  ? tr("To decide: %1").arg(title)
        : instance->state == InstanceState::Approved ? tr("Approved: %1").arg(title)
                                                     : tr("Rejected: %1").arg(title);
    m_toasts->show(Toasts::Kind::Information, sentence, tr("Show"), [this, id] {
        showInbox();
        m_inbox->showInstance(id);
    });
    if (m_tray && !isActiveWindow()) {
        m_tray->showMessage(QStringLiteral("Casebase"), sentence);
    }
}

void MainWindow::onAdded(
    BaseId base, TableId id, const QList<RecordId> &records, FieldId fieldId, UserId by)
{
    const Document *document = m_session.document(base);
    const TableData *table = document ? document->table(id) : nullptr;
    const Field *field = table ? table->definition().field(fieldId) : nullptr;
    const auto row = table ? table->aliveRow(records.first()) : std::nullopt;
    if (!field || !row) {
        return;
    }
    const Person *person = document->people().person(by);
    const QString who = person ? person->name : tr("Somebody");
    const QString sentence = records.size() > 1
        ? tr("%1 put you into “%2” of %n record(s)", nullptr, int(records.size()))
              .arg(who, field->name)
        : tr("%1 put you into “%2”: %3")
              .arg(who, field->name, recordHeading(*table, *row, m_session.fieldContext(base)));
    m_toasts->show(Toasts::Kind::Information, sentence, tr("Show"),
        [this, base, id, record = records.first()] {
            showBase(base);
            m_tables->showRecord(id, record);
        });
    if (m_tray && !isActiveWindow()) {
        m_tray->showMessage(QStringLiteral("Casebase"), sentence);
    }
}

void MainWindow::onOverwritten(BaseId base, TableId id, const CellChange &cell, UserId by)
{
    const Document *document = m_session.document(base);
    const TableData *table = document ? document->table(id) : nullptr;
    const Field *field = table ? table->definition().field(cell.field) : nullptr;
    const Person *person = document ? document->people().person(by) : nullptr;
    if (field && person) {
        const QString before =
            fieldType(field->kind).format(cell.before, *field, m_session.fieldContext(base));
        m_toasts->show(Toasts::Kind::Warning,
            tr("%1 changed “%2” at the same time; “%3” is in the history")
                .arg(person->name, field->name, before.left(60)),
            tr("Show"), [this, base, id, record = cell.record] {
                showBase(base);
                m_tables->showRecord(id, record);
            });
    }
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    m_tables->finishEditing(); // what was typed is kept
    QMainWindow::closeEvent(event);
}

} // namespace casebase
