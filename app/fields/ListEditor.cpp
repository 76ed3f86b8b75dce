// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/fields/ListEditor.h"

#include "app/widgets/Paint.h"

#include <QKeyEvent>
#include <QVBoxLayout>

namespace casebase {

void EntryDelegate::paint(
    QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    if (option.state & QStyle::State_Selected) {
        painter->fillRect(option.rect, m_theme.colour(Tone::Selected));
    }
    const QRect room = option.rect.adjusted(8, 0, -8, 0);
    if (index.data(ChosenRole).toBool()) {
        paintIcon(*painter, m_theme, QRect(room.right() - 15, room.center().y() - 7, 16, 16),
            QStringLiteral("check"), m_theme.colour(Tone::Accent));
    }
    paintEntry(*painter, room.adjusted(0, 0, -24, 0), index);
}

ListEditor::ListEditor(const QString &name, bool isMultiple, QWidget *parent)
    : FieldEditor(parent)
    , m_isMultiple(isMultiple)
    , m_search(new QLineEdit(this))
    , m_list(new QListWidget(this))
{
    setAutoFillBackground(true);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_search);
    layout->addWidget(m_list);
    m_search->setPlaceholderText(FieldEditor::tr("Find"));
    m_search->setAccessibleName(name);
    m_list->setAccessibleName(name);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_search->installEventFilter(this);
    setFocusProxy(m_search);
    connect(m_search, &QLineEdit::textChanged, this, [this] {
        m_isFilled = m_isEnterDue = false;
        fill();
    });
    connect(
        m_list, &QListWidget::itemClicked, this, [this](QListWidgetItem *item) { choose(item); });
}

void ListEditor::fit()
{
    setMinimumSize(200, 34 + 28 * std::clamp(m_list->count(), 2, 8));
}

void ListEditor::filled()
{
    m_isFilled = true;
    QListWidgetItem *item = m_list->currentItem();
    if (std::exchange(m_isEnterDue, false) && item) {
        choose(item);
    }
}

bool ListEditor::eventFilter(QObject *watched, QEvent *event)
{
    return event->type() == QEvent::KeyPress ? handleKey(*static_cast<QKeyEvent *>(event))
                                             : FieldEditor::eventFilter(watched, event);
}

bool ListEditor::handleKey(const QKeyEvent &key)
{
    const int row = m_list->currentRow();
    switch (key.key()) {
    case Qt::Key_Down:
        m_list->setCurrentRow(std::min(row + 1, m_list->count() - 1));
        return true;
    case Qt::Key_Up:
        m_list->setCurrentRow(std::max(row - 1, 0));
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_isMultiple && (key.modifiers() & Qt::ControlModifier)) {
            Q_EMIT committed(Step::Down);
        } else {
            m_isEnterDue = true;
            if (m_isFilled) {
                filled();
            }
        }
        return true;
    case Qt::Key_Tab:
        Q_EMIT committed(Step::Next);
        return true;
    case Qt::Key_Backtab:
        Q_EMIT committed(Step::Previous);
        return true;
    case Qt::Key_Escape:
        if (m_isMultiple) {
            Q_EMIT committed(Step::Stay);
        } else {
            Q_EMIT cancelled();
        }
        return true;
    case Qt::Key_Delete:
        if (!m_search->text().isEmpty()) {
            return false; // A letter of what is searched for.
        }
        clear();
        Q_EMIT committed(Step::Stay);
        return true;
    default:
        return false;
    }
}

} // namespace casebase
