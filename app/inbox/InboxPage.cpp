// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/inbox/InboxPage.h"

#include "app/inbox/TaskDelegate.h"
#include "app/widgets/Parts.h"

#include <QKeyEvent>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QScrollArea>
#include <QVBoxLayout>

namespace casebase {

InboxPage::InboxPage(const Theme &theme, Session &session, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_session(session)
{
    setAccessibleName(tr("Inbox"));
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(newList());
    layout->addWidget(newLine(theme, Qt::Vertical));
    m_empty = new EmptyState(theme, QStringLiteral("inbox"), tr("Nothing waits for you here"),
        tr("What you have to decide appears here the moment it reaches you."), {}, this);
    layout->addWidget(m_empty, 1);
    m_detail = newDetail();
    layout->addWidget(m_detail, 1);
    connect(&m_session, &Session::changed, this, [this] {
        if (isVisible()) {
            refresh();
        }
    });
}

QWidget *InboxPage::newList()
{
    auto *side = new Ground(m_theme, Tone::Window, this);
    side->setFixedWidth(344);
    auto *layout = new QVBoxLayout(side);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    auto *tabs = new QHBoxLayout;
    tabs->setContentsMargins(10, 6, 10, 6);
    tabs->setSpacing(4);
    const QStringList names{tr("To do"), tr("Started by me"), tr("Decided")};
    for (int i = 0; i < names.size(); ++i) {
        QPushButton *tab = newButton(names[i], "tab");
        tab->setCheckable(true);
        connect(tab, &QPushButton::clicked, this, [this, i] { setFilter(TaskFilter(i)); });
        tabs->addWidget(tab);
        m_tabs += tab;
    }
    tabs->addStretch();
    layout->addLayout(tabs);
    layout->addWidget(newLine(m_theme, Qt::Horizontal));
    m_list = new QListWidget;
    m_list->setAccessibleName(tr("Tasks"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setStyleSheet(QStringLiteral("QListView { background: transparent; border: none; }"));
    m_list->setMouseTracking(true);
    m_list->setItemDelegate(new TaskDelegate(m_theme, m_list));
    m_list->installEventFilter(this);
    connect(m_list, &QListWidget::currentRowChanged, this, [this] { showCurrent(); });
    layout->addWidget(m_list, 1);
    layout->addWidget(newLine(m_theme, Qt::Horizontal));
    auto *keys = newLabel(tr("J / K next, previous · A approve · R reject"), "small");
    keys->setContentsMargins(14, 8, 14, 8);
    layout->addWidget(keys);
    return side;
}

QWidget *InboxPage::newDetail()
{
    auto *detail = new Ground(m_theme, Tone::Surface, this);
    auto *columns = new QHBoxLayout(detail);
    columns->setContentsMargins(0, 0, 0, 0);
    columns->setSpacing(0);
    auto *middle = new QVBoxLayout;
    middle->setSpacing(0);
    auto *head = new QHBoxLayout;
    head->setContentsMargins(20, 12, 12, 12);
    m_title = newLabel({}, "title");
    m_title->setMinimumWidth(80);
    m_node = newLabel({}, "2");
    head->setSpacing(12);
    head->addWidget(m_title);
    head->addWidget(m_node);
    head->addStretch();
    auto *open = newIconButton(m_theme, QStringLiteral("expand"), tr("Open in its table"));
    connect(open, &QToolButton::clicked, this, [this] {
        if (const TaskEntry *entry = current()) {
            Q_EMIT recordRequested(entry->base, entry->table, entry->record);
        }
    });
    head->addWidget(open);
    middle->addLayout(head);
    middle->addWidget(newLine(m_theme, Qt::Horizontal));
    m_changedStrip = new Ground(m_theme, Tone::WarningGround);
    auto *strip = new QHBoxLayout(m_changedStrip);
    strip->setContentsMargins(20, 8, 20, 8);
    strip->addWidget(newLabel(tr("The record changed after you opened it"), "warning"), 1);
    auto *known = newButton(tr("Understood"), "");
    connect(known, &QPushButton::clicked, this, &InboxPage::acknowledgeChange);
    strip->addWidget(known);
    middle->addWidget(m_changedStrip);
    m_rights = newLabel({}, "small");
    m_rights->setContentsMargins(20, 10, 20, 4);
    middle->addWidget(m_rights);
    m_scroll = new QScrollArea;
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    middle->addWidget(m_scroll, 1);
    m_decision = newDecision();
    middle->addWidget(m_decision);
    columns->addLayout(middle, 1);
    columns->addWidget(newLine(m_theme, Qt::Vertical));
    auto *side = new Ground(m_theme, Tone::Window);
    side->setFixedWidth(300);
    auto *sideLayout = new QVBoxLayout(side);
    sideLayout->setContentsMargins(0, 8, 0, 0);
    m_steps = new StepsBar(m_theme, Qt::Vertical, side);
    sideLayout->addWidget(m_steps);
    sideLayout->addStretch();
    columns->addWidget(side);
    return detail;
}

QWidget *InboxPage::newDecision()
{
    auto *bar = new Ground(m_theme, Tone::Window);
    auto *layout = new QVBoxLayout(bar);
    layout->setContentsMargins(20, 10, 20, 14);
    layout->setSpacing(8);
    layout->addWidget(newLabel(tr("My decision")));
    m_comment = new QPlainTextEdit;
    m_comment->setAccessibleName(tr("Opinion"));
    m_comment->setPlaceholderText(tr("Opinion; needed to reject"));
    m_comment->setFixedHeight(64);
    m_comment->setTabChangesFocus(true);
    layout->addWidget(m_comment);
    m_missing = newLabel({}, "danger");
    m_missing->hide();
    layout->addWidget(m_missing);
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    auto *approve = newIconTextButton(
        m_theme, QStringLiteral("approve"), tr("Approve") + QStringLiteral("   A"), "primary");
    approve->setAccessibleName(tr("Approve"));
    auto *reject = newIconTextButton(
        m_theme, QStringLiteral("reject"), tr("Reject") + QStringLiteral("   R"), "danger");
    reject->setAccessibleName(tr("Reject"));
    approve->setMinimumHeight(32);
    reject->setMinimumHeight(32);
    connect(approve, &QPushButton::clicked, this, [this] { decide(TaskVerb::Approve); });
    connect(reject, &QPushButton::clicked, this, [this] { decide(TaskVerb::Reject); });
    row->addWidget(approve);
    row->addWidget(reject);
    row->addStretch();
    row->addWidget(newLabel(tr("The next one opens by itself"), "small"));
    layout->addLayout(row);
    return bar;
}

void InboxPage::setFilter(TaskFilter filter)
{
    m_filter = filter;
    refresh();
}

void InboxPage::refresh()
{
    const InstanceId shown = m_shownInstance;
    const int before = m_list->currentRow();
    m_entries = taskEntries(m_session, m_filter);
    for (int i = 0; i < m_tabs.size(); ++i) {
        m_tabs[i]->setChecked(i == int(m_filter));
    }
    const int open = openTaskCount(m_session);
    m_tabs[0]->setText(open > 0 ? tr("To do %1").arg(open) : tr("To do"));
    const QSignalBlocker blocker(m_list);
    m_list->clear();
    int row = -1;
    for (const TaskEntry &entry : std::as_const(m_entries)) {
        auto *item = new QListWidgetItem(entry.title, m_list);
        const People &people = m_session.document(entry.base)->people();
        const Person *starter = people.person(entry.starter);
        static const char *const states[] = {QT_TR_NOOP("running"), QT_TR_NOOP("approved"),
            QT_TR_NOOP("rejected"), QT_TR_NOOP("withdrawn")};
        item->setData(TaskDelegate::NodeRole,
            m_filter == TaskFilter::ToDo || entry.state == InstanceState::Running
                ? entry.node
                : tr(states[int(entry.state)]));
        item->setData(TaskDelegate::PersonRole, starter ? starter->name : QString());
        item->setData(TaskDelegate::PersonIdRole, entry.starter.text());
        item->setData(TaskDelegate::TimeRole,
            entry.isWaiting ? tr("waiting to sync")
                            : timeText(entry.sinceMs, m_session.clock().nowMs()));
        item->setData(TaskDelegate::WaitingRole, entry.isWaiting);
        item->setData(TaskDelegate::TableRole, entry.detail);
        if (entry.instance == shown) {
            row = m_list->count() - 1;
        }
    }
    m_list->setCurrentRow(row >= 0 ? row : std::min(std::max(before, 0), m_list->count() - 1));
    showCurrent();
}

void InboxPage::showInstance(InstanceId instance)
{
    for (const TaskFilter filter : {TaskFilter::ToDo, TaskFilter::Started, TaskFilter::Done}) {
        const QList<TaskEntry> entries = taskEntries(m_session, filter);
        if (std::any_of(entries.cbegin(), entries.cend(),
                [&](const TaskEntry &entry) { return entry.instance == instance; })) {
            m_shownInstance = instance;
            return setFilter(filter);
        }
    }
}

const TaskEntry *InboxPage::current() const
{
    const int row = m_list->currentRow();
    return row >= 0 && row < m_entries.size() ? &m_entries[row] : nullptr;
}

const WorkflowNode *InboxPage::nodeOf(const TaskEntry &entry) const
{
    const Document &document = *m_session.document(entry.base);
    const Instance *instance = document.instance(entry.instance);
    const Workflow *workflow =
        document.table(entry.table)->definition().workflow(instance->workflow);
    const WorkflowVersion *version = workflow ? workflow->version(instance->version) : nullptr;
    if (!version || instance->steps.isEmpty()) {
        return nullptr;
    }
    const auto found = std::find_if(version->nodes.cbegin(), version->nodes.cend(),
        [&](const WorkflowNode &node) { return node.id == instance->steps.last().node; });
    return found == version->nodes.cend() ? nullptr : &*found;
}

void InboxPage::showCurrent()
{
    const TaskEntry *entry = current();
    m_detail->setVisible(entry);
    m_empty->setVisible(!entry);
    if (!entry) {
        m_shownTask = {};
        m_shownInstance = {};
        return;
    }
    const Document &document = *m_session.document(entry->base);
    const TableData &table = *document.table(entry->table);
    const quint64 revision = table.meta(*table.row(entry->record)).revision;
    const bool isSame = m_shownTask == entry->task && m_shownInstance == entry->instance;
    if (!isSame) {
        m_seen = revision;
        m_edits.clear();
        m_comment->clear();
        m_missing->hide();
    }
    m_shownTask = entry->task;
    m_shownInstance = entry->instance;
    m_title->setText(entry->title);
    m_node->setText(entry->node);
    const bool mayDecide = m_filter == TaskFilter::ToDo && !entry->isWaiting;
    m_decision->setVisible(mayDecide);
    m_changedStrip->setVisible(mayDecide && revision > m_seen);
    m_steps->show(document.instance(entry->instance), table.definition(), document.people(),
        m_session.clock().nowMs());
    const bool isEditing = m_scroll->widget() && m_scroll->widget()->isAncestorOf(focusWidget());
    if (!isSame || !isEditing) {
        fillFields(*entry);
    }
}

void InboxPage::fillFields(const TaskEntry &entry)
{
    const TableData &table = *m_session.document(entry.base)->table(entry.table);
    const Row row = *table.row(entry.record);
    const FieldContext context = m_session.fieldContext(entry.base);
    const WorkflowNode *node = m_filter == TaskFilter::ToDo ? nodeOf(entry) : nullptr;
    auto *body = new Ground(m_theme, Tone::Surface);
    auto *layout = new QVBoxLayout(body);
    layout->setContentsMargins(20, 4, 20, 12);
    layout->setSpacing(2);
    int editable = 0;
    int readOnly = 0;
    for (const Field &field : table.definition().liveFields()) {
        const bool mayEdit = node && node->editable.contains(field.id) && !entry.isWaiting;
        auto *line = new FieldRow(m_theme, field, mayEdit, body);
        Value value = table.value(row, field);
        for (const FieldValue &edit : std::as_const(m_edits)) {
            value = edit.field == field.id ? edit.value : value;
        }
        line->setValue(value, context);
        connect(
            line, &FieldRow::edited, this, [this](FieldId id, const Value &, const Value &after) {
                m_edits.removeIf([id](const FieldValue &each) { return each.field == id; });
                m_edits += FieldValue{id, after};
            });
        layout->addWidget(line);
        (mayEdit ? editable : readOnly) += 1;
    }
    layout->addStretch();
    m_rights->setText(tr("%1 editable here, %2 to read").arg(editable).arg(readOnly));
    m_scroll->setWidget(body);
}

void InboxPage::acknowledgeChange()
{
    if (const TaskEntry *found = current()) {
        const TaskEntry entry = *found; // showing it may make the list anew
        const TableData &table = *m_session.document(entry.base)->table(entry.table);
        m_seen = table.meta(*table.row(entry.record)).revision;
        showCurrent();
        fillFields(entry);
    }
}

void InboxPage::decide(TaskVerb verb)
{
    const TaskEntry *found = current();
    if (!found || m_filter != TaskFilter::ToDo || found->isWaiting) {
        return;
    }
    const TaskEntry entry = *found; // submitting makes the list anew
    const QString comment = m_comment->toPlainText().trimmed();
    const bool isChanged = m_changedStrip->isVisible();
    const bool needsReason = verb == TaskVerb::Reject && comment.isEmpty();
    m_missing->setVisible(isChanged || needsReason);
    if (isChanged || needsReason) {
        // Never greyed out: pressed with a gap, it goes to the gap and says what is missing.
        m_missing->setText(isChanged ? tr("Look at the change first, and confirm it above")
                                     : tr("Write why before rejecting"));
        m_comment->setFocus();
        return;
    }
    const auto done = m_session.submit(
        entry.base, ActOnTask{entry.task, entry.instance, verb, comment, m_edits, m_seen});
    if (!done) {
        Q_EMIT refused(done.error());
        return;
    }
    Q_EMIT decided(verb == TaskVerb::Approve ? tr("Approved: %1").arg(entry.title)
                                             : tr("Rejected: %1").arg(entry.title));
    m_shownTask = {};
    m_shownInstance = {};
    const int next = m_list->currentRow() + 1;
    if (next < m_list->count()) {
        m_list->setCurrentRow(next);
    }
    m_list->setFocus();
}

void InboxPage::keyPressEvent(QKeyEvent *event)
{
    const int row = m_list->currentRow();
    switch (event->key()) {
    case Qt::Key_A:
        return decide(TaskVerb::Approve);
    case Qt::Key_R:
        return decide(TaskVerb::Reject);
    case Qt::Key_J:
        return m_list->setCurrentRow(std::min(row + 1, m_list->count() - 1));
    case Qt::Key_K:
        return m_list->setCurrentRow(std::max(row - 1, 0));
    case Qt::Key_Escape:
        return m_list->setFocus();
    default:
        QWidget::keyPressEvent(event);
    }
}

bool InboxPage::eventFilter(QObject *watched, QEvent *event)
{
    // Letters are commands here; a list would look for entries that begin with them.
    if (watched == m_list && event->type() == QEvent::KeyPress) {
        auto *key = static_cast<QKeyEvent *>(event);
        if (!key->text().isEmpty() && key->text()[0].isLetter() && !key->modifiers()) {
            keyPressEvent(key);
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace casebase
