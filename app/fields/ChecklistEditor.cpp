// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/fields/ChecklistEditor.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QVBoxLayout>

namespace casebase {

namespace {

constexpr int LineHeight = 26;

} // namespace

ChecklistEditor::ChecklistEditor(
    const Field &field, const Value &value, const FieldContext &context, QWidget *parent)
    : FieldEditor(parent)
    , m_field(field)
    , m_list(new QListWidget(this))
    , m_new(new QLineEdit(this))
{
    setAutoFillBackground(true);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_list);
    layout->addWidget(m_new);
    m_list->setDragDropMode(QAbstractItemView::InternalMove);
    m_list->setAccessibleName(field.name);
    m_new->setPlaceholderText(tr("Add an item, or Enter to finish"));
    m_new->setAccessibleName(tr("New item of “%1”").arg(field.name));
    for (const ChecklistItem &item :
        checklistItems(fieldType(field.kind).format(value, field, context))) {
        add(item);
    }
    m_list->setCurrentRow(0);
    m_list->installEventFilter(this);
    m_new->installEventFilter(this);
    setFocusProxy(m_new);
    fit();
}

void ChecklistEditor::fit()
{
    setMinimumSize(
        240, m_new->sizeHint().height() + 8 + LineHeight * std::clamp(m_list->count() + 1, 2, 9));
}

void ChecklistEditor::add(const ChecklistItem &item)
{
    auto *line = new QListWidgetItem(item.text, m_list);
    line->setFlags(line->flags() | Qt::ItemIsEditable | Qt::ItemIsUserCheckable);
    line->setCheckState(item.isDone ? Qt::Checked : Qt::Unchecked);
    line->setSizeHint({100, LineHeight});
}

void ChecklistEditor::addTyped()
{
    // What is pasted may be several lines, which a line edit shows as one.
    for (const ChecklistItem &item : checklistItems(m_new->text())) {
        add(item);
    }
    m_new->clear();
    m_list->setCurrentRow(m_list->count() - 1);
    m_list->scrollToBottom();
    fit();
    resize(size().expandedTo(minimumSize()));
}

Result<Value> ChecklistEditor::value() const
{
    Checklist items;
    for (int i = 0; i < m_list->count(); ++i) {
        const QListWidgetItem &item = *m_list->item(i);
        items += {item.text().simplified(), item.checkState() == Qt::Checked};
    }
    items += checklistItems(m_new->text()); // typed, and not yet added
    return fieldType(m_field.kind).parse(checklistText(items), m_field, {People()});
}

void ChecklistEditor::beginWith(const QString &text)
{
    m_new->setText(text);
    m_new->end(false);
}

void ChecklistEditor::move(int by)
{
    const int row = m_list->currentRow();
    const int to = row + by;
    if (row >= 0 && to >= 0 && to < m_list->count()) {
        m_list->insertItem(to, m_list->takeItem(row));
        m_list->setCurrentRow(to);
    }
}

bool ChecklistEditor::eventFilter(QObject *watched, QEvent *event)
{
    return event->type() == QEvent::KeyPress ? handleKey(watched, *static_cast<QKeyEvent *>(event))
                                             : FieldEditor::eventFilter(watched, event);
}

bool ChecklistEditor::handleKey(QObject *watched, const QKeyEvent &key)
{
    const bool isInList = watched == m_list;
    const bool hasAlt = key.modifiers() & Qt::AltModifier;
    switch (key.key()) {
    case Qt::Key_Escape:
        Q_EMIT committed(Step::Stay); // What is ticked is meant.
        return true;
    case Qt::Key_Tab:
        Q_EMIT committed(Step::Next);
        return true;
    case Qt::Key_Backtab:
        Q_EMIT committed(Step::Previous);
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (isInList) {
            m_new->setFocus();
        } else if (m_new->text().trimmed().isEmpty()) {
            Q_EMIT committed(Step::Down);
        } else {
            addTyped();
        }
        return true;
    case Qt::Key_Up:
    case Qt::Key_Down:
        if (isInList && hasAlt) {
            move(key.key() == Qt::Key_Up ? -1 : 1);
            return true;
        }
        if (isInList && key.key() == Qt::Key_Down && m_list->currentRow() == m_list->count() - 1) {
            m_new->setFocus();
            return true;
        }
        if (!isInList && key.key() == Qt::Key_Up && m_list->count() > 0) {
            m_list->setCurrentRow(m_list->count() - 1);
            m_list->setFocus();
            return true;
        }
        return false;
    case Qt::Key_Delete:
        if (!isInList) {
            return false;
        }
        delete m_list->currentItem();
        if (m_list->count() == 0) {
            m_new->setFocus();
        }
        return true;
    default:
        return false;
    }
}

} // namespace casebase
