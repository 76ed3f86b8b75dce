// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/record/RecordPanel.h"

#include "app/fields/PressQuestion.h"
#include "app/model/ButtonPress.h"
#include "app/model/LinkChoices.h"
#include "app/model/RuleMarks.h"
#include "app/record/CellFiles.h"
#include "app/record/HistoryEntry.h"
#include "app/record/RevealDialog.h"
#include "app/widgets/Parts.h"
#include "shared/field/SelectFields.h"
#include "shared/support/ErrorText.h"

#include <QJsonArray>
#include <QKeyEvent>
#include <QMenu>
#include <QScrollArea>

namespace casebase {

RecordPanel::RecordPanel(const Theme &theme, Session &session, UndoStack &undo, HttpClient &http,
    Pictures &pictures, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_session(session)
    , m_undo(undo)
    , m_http(http)
    , m_pictures(pictures)
    , m_files(new CellFiles(theme, session, undo, http, pictures, this))
    , m_back(newIconButton(theme, QStringLiteral("chevron-left"), tr("Back (Alt+←)")))
    , m_title(newLabel({}, "heading"))
    , m_gone(newLabel({}, "danger"))
    , m_start(newIconTextButton(theme, QStringLiteral("workflow"), tr("Start approval"), ""))
    , m_withdraw(newButton(tr("Withdraw"), ""))
    , m_steps(new StepsBar(theme, Qt::Vertical, this))
    , m_scroll(new QScrollArea(this))
{
    setAccessibleName(tr("Record"));
    connect(m_files, &CellFiles::refused, this, &RecordPanel::refused);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    auto *head = new QHBoxLayout;
    head->setContentsMargins(16, 8, 8, 8);
    m_title->setMinimumWidth(60);
    connect(m_back, &QToolButton::clicked, this, &RecordPanel::goBack);
    head->addWidget(m_back);
    head->addWidget(m_title, 1);
    head->addWidget(m_start);
    head->addWidget(m_withdraw);
    const auto addIcon = [&](const char *icon, const QString &tip, auto act) {
        QToolButton *button = newIconButton(theme, QString::fromLatin1(icon), tip);
        connect(button, &QToolButton::clicked, this, act);
        head->addWidget(button);
    };
    addIcon("chevron-up", tr("Record above (Alt+↑)"), [this] { Q_EMIT stepRequested(-1); });
    addIcon("chevron-down", tr("Record below (Alt+↓)"), [this] { Q_EMIT stepRequested(1); });
    addIcon("close", tr("Close (Esc)"), [this] { Q_EMIT closed(); });
    layout->addLayout(head);
    layout->addWidget(newLine(theme, Qt::Horizontal));
    m_gone->setContentsMargins(16, 8, 16, 8);
    layout->addWidget(m_gone);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    layout->addWidget(m_scroll, 1);
    connect(m_start, &QPushButton::clicked, this, &RecordPanel::startWorkflow);
    connect(m_withdraw, &QPushButton::clicked, this, [this] {
        const Document *document = m_session.document(m_base);
        const Instance *instance = document ? document->instanceOf(m_table, m_record) : nullptr;
        const auto done = instance ? m_session.submit(m_base, WithdrawInstance{instance->id})
                                   : Result<ChangeSet>(ChangeSet());
        if (!done) {
            Q_EMIT refused(done.error());
        }
    });
    connect(&m_session, &Session::changed, this, &RecordPanel::onChanged);
}

const TableData *RecordPanel::table() const
{
    const Document *document = m_session.document(m_base);
    return document ? document->table(m_table) : nullptr;
}

void RecordPanel::showRecord(BaseId base, TableId tableId, RecordId record)
{
    m_base = base;
    m_trail.clear();
    present(tableId, record);
}

void RecordPanel::present(TableId tableId, RecordId record)
{
    m_table = tableId;
    m_record = record;
    m_back->setVisible(!m_trail.isEmpty());
    build();
    refresh();
    loadHistory();
}

/// Opens a linked record in place of the one that leads there.
void RecordPanel::follow(TableId tableId, RecordId record)
{
    m_trail += {m_table, m_record};
    present(tableId, record);
    focusFields();
}

void RecordPanel::goBack()
{
    if (!m_trail.isEmpty()) {
        const auto [tableId, record] = m_trail.takeLast();
        present(tableId, record);
        focusFields();
    }
}

void RecordPanel::build()
{
    m_rows.clear();
    m_steps->setParent(this);
    m_body = new Ground(m_theme, Tone::Surface);
    auto *layout = new QVBoxLayout(m_body);
    layout->setContentsMargins(0, 6, 0, 12);
    layout->setSpacing(2);
    layout->addWidget(m_steps);
    m_fields = table() ? table()->definition().liveFields() : QList<Field>();
    const Person *me = m_session.fieldContext(m_base).people.person(m_session.me());
    for (const Field &field : std::as_const(m_fields)) {
        const bool isEditable =
            me && me->role >= Role::Editor && !field.isSystem && !field.isComputed();
        auto *row =
            new FieldRow(m_theme, withLiveTies(field, table()->definition()), isEditable, m_body);
        connect(row, &FieldRow::edited, this, &RecordPanel::write);
        row->setPictures(&m_pictures);
        connect(row, &FieldRow::filesClicked, this,
            [this](FieldId id) { m_files->open(m_base, m_table, m_record, id); });
        connect(row, &FieldRow::pressed, this, &RecordPanel::press);
        connect(row, &FieldRow::revealWanted, this, &RecordPanel::reveal);
        connect(row, &FieldRow::recordWanted, this, [this](FieldId id, const NewRecord &begun) {
            Q_EMIT linkedRecordWanted(m_table, m_record, id, begun);
        });
        // Once the row has done with the click: it goes away then.
        connect(row, &FieldRow::recordClicked, this, &RecordPanel::follow, Qt::QueuedConnection);
        if (field.kind == FieldKind::Links) {
            row->setLinkChoices([this, field] {
                return new LinkChoices(m_session, m_base, m_table, m_record, field);
            });
        }
        auto *indented = new QHBoxLayout;
        indented->setContentsMargins(16, 0, 16, 0);
        indented->addWidget(row);
        layout->addLayout(indented);
        m_rows += row;
    }
    auto *heading = newLabel(tr("History"), "small");
    heading->setContentsMargins(16, 14, 16, 4);
    layout->addWidget(heading);
    m_history = new QVBoxLayout;
    m_history->setContentsMargins(16, 0, 16, 0);
    m_history->setSpacing(10);
    layout->addLayout(m_history);
    layout->addStretch();
    m_scroll->setWidget(m_body);
}

void RecordPanel::refresh()
{
    const TableData *data = table();
    const auto row = data ? data->aliveRow(m_record) : std::nullopt;
    m_gone->setVisible(!row);
    m_gone->setText(tr("This record has been deleted. Undo brings it back."));
    if (!row) {
        m_start->hide();
        m_withdraw->hide();
        return;
    }
    const FieldContext context = m_session.fieldContext(m_base);
    m_title->setText(recordHeading(*data, *row, context));
    for (FieldRow *each : std::as_const(m_rows)) {
        each->setValue(data->value(*row, each->field()), context);
        each->setOffered(isButtonOffered(m_session, m_base, m_table, m_record, each->field()));
        if (const Field *parent = data->definition().field(each->field().parent)) {
            each->setParentValue(data->value(*row, *parent));
        }
    }
    const Document &document = *m_session.document(m_base);
    refreshWarnings();
    const Instance *instance = document.instanceOf(m_table, m_record);
    m_steps->show(instance, data->definition(), document.people(), m_session.clock().nowMs());
    const bool isRunning = instance && instance->isRunning();
    const auto &flows = data->definition().workflows;
    const Person *me = document.people().person(m_session.me());
    m_start->setVisible(!isRunning && me && me->role >= Role::Editor
        && std::any_of(flows.cbegin(), flows.cend(), [](const Workflow &w) { return w.isActive; }));
    m_withdraw->setVisible(isRunning && instance->starter == m_session.me());
}

void RecordPanel::refreshWarnings()
{
    const Document *document = m_session.document(m_base);
    const TableData *data = table();
    const auto row = data ? data->aliveRow(m_record) : std::nullopt;
    if (!row) {
        return;
    }
    for (FieldRow *each : std::as_const(m_rows)) {
        const QList<BrokenRule> broken = each->field().rules.onlyWarns
            ? brokenRules(*document, *data, {*row}, {each->field()}, m_session.fieldContext(m_base))
            : QList<BrokenRule>();
        each->setWarning(broken.isEmpty() ? QString() : warningText(broken.first().error));
    }
}

void RecordPanel::onChanged(BaseId base, const ReplicaChange &change)
{
    if (base != m_base || !isVisible()) {
        return;
    }
    bool isAboutThis = change.isReset;
    for (const Change &each : change.changes.changes) {
        if (const auto *records = std::get_if<RecordChanges>(&each)) {
            for (const CellChange &cell : records->cells) {
                isAboutThis = isAboutThis || cell.record == m_record;
            }
        } else {
            isAboutThis = true;
        }
    }
    if (!isAboutThis) {
        return refreshWarnings(); // Others may have the same values now.
    }
    const QList<Field> fields = table() ? table()->definition().liveFields() : QList<Field>();
    const bool isEditing = std::any_of(
        m_rows.cbegin(), m_rows.cend(), [](const FieldRow *row) { return row->isEditing(); });
    if (fields != m_fields && !isEditing) {
        build();
    }
    refresh();
    loadHistory();
}

void RecordPanel::write(FieldId field, const Value &before, const Value &value,
    const QList<Operation> &preparations, const QList<FieldValue> &besides)
{
    QList<CellEdit> cells{CellEdit{m_record, field, value, before}};
    for (const FieldValue &each : besides) {
        cells += CellEdit{m_record, each.field, each.value, {}};
    }
    const auto done = m_undo.perform(m_base,
        preparations + QList<Operation>{EditCells{m_table, cells, false}}, tr("Edit record"));
    if (!done) {
        Q_EMIT refused(done.error());
        refresh();
    }
}

void RecordPanel::press(FieldId id)
{
    const Field button = *table()->definition().field(id);
    const RecordId record = m_record;
    if (confirmsPress(button, this)) {
        const Done done = pressButton(m_session, m_undo, m_base, m_table, record, button);
        if (!done) {
            Q_EMIT refused(done.error());
        }
    }
}

void RecordPanel::reveal(FieldId id)
{
    const Field *field = table() ? table()->definition().field(id) : nullptr;
    if (field) {
        auto *dialog = new RevealDialog(
            m_theme, m_http, {m_base, m_table, m_record, *field}, m_title->text(), this);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->open();
    }
}

void RecordPanel::startWorkflow()
{
    QList<Workflow> active = table()->definition().workflows;
    active.removeIf([](const Workflow &workflow) { return !workflow.isActive; });
    const auto start = [this](const Workflow &workflow) {
        const auto done = m_session.submit(m_base,
            StartWorkflow{m_session.ids().next<InstanceId>(), m_table, workflow.id, m_record});
        if (!done) {
            Q_EMIT refused(done.error());
        }
    };
    if (active.size() == 1) {
        return start(active.first());
    }
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const Workflow &workflow : std::as_const(active)) {
        menu->addAction(buttonText(workflow.name), this, [start, workflow] { start(workflow); });
    }
    menu->popup(m_start->mapToGlobal(QPoint(0, m_start->height())));
}

void RecordPanel::loadHistory()
{
    if (m_session.connection() != Connection::Online) {
        return;
    }
    m_http.get(
        QStringLiteral("/api/%1/%2/%3/history").arg(m_base.text(), m_table.text(), m_record.text()),
        this, [this, record = m_record](const Result<QJsonObject> &reply) {
            if (reply && record == m_record) {
                showHistory(reply.value());
            }
        });
}

void RecordPanel::showHistory(const QJsonObject &json)
{
    while (QLayoutItem *item = m_history->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    const QJsonArray entries = json.value(QLatin1String("history")).toArray();
    for (qsizetype i = 0; i < std::min<qsizetype>(entries.size(), 100); ++i) {
        m_history->addWidget(
            new HistoryEntry(m_theme, entries.at(i).toObject(), m_session.clock().nowMs(), m_body));
    }
}

void RecordPanel::focusFields()
{
    if (!m_rows.isEmpty()) {
        m_rows.first()->setFocus();
    }
}

void RecordPanel::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape) {
        Q_EMIT closed();
    } else if (event->key() == Qt::Key_Left && event->modifiers() == Qt::AltModifier) {
        goBack();
    } else {
        QWidget::keyPressEvent(event);
    }
}

} // namespace casebase
