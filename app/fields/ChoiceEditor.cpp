// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/fields/ChoiceEditor.h"

#include "app/widgets/Paint.h"

#include <QKeyEvent>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

namespace casebase {

namespace {

constexpr int IdRole = Qt::UserRole;
constexpr int ColourRole = Qt::UserRole + 1;
constexpr int ChosenRole = Qt::UserRole + 2;

/// Options as pills, people with their avatar, a check at what is chosen.
class ChoiceDelegate final : public QStyledItemDelegate {
public:
    ChoiceDelegate(const Theme &theme, bool isPerson, QObject *parent)
        : QStyledItemDelegate(parent)
        , m_theme(theme)
        , m_isPerson(isPerson)
    {
    }

    QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const override
    {
        return {100, 28};
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
        const QModelIndex &index) const override
    {
        if (option.state & QStyle::State_Selected) {
            painter->fillRect(option.rect, m_theme.colour(Tone::Selected));
        }
        const QString text = index.data().toString();
        const int middle = option.rect.center().y() + 1;
        const int left = option.rect.left() + 8;
        if (m_isPerson) {
            paintAvatar(*painter, m_theme, QRect(left, middle - 9, 18, 18), text,
                index.data(IdRole).toString());
            painter->setFont(m_theme.font(TextSize::Body));
            painter->setPen(m_theme.colour(Tone::Text));
            painter->drawText(option.rect.adjusted(34, 0, -28, 0), Qt::AlignVCenter, text);
        } else {
            paintPill(*painter, m_theme, {left, middle}, text,
                m_theme.option(index.data(ColourRole).toString()), option.rect.width() - 40);
        }
        if (index.data(ChosenRole).toBool()) {
            paintIcon(*painter, m_theme, QRect(option.rect.right() - 24, middle - 8, 16, 16),
                QStringLiteral("check"), m_theme.colour(Tone::Accent));
        }
    }

private:
    const Theme &m_theme;
    bool m_isPerson;
};

} // namespace

ChoiceEditor::ChoiceEditor(const Theme &theme, const Field &field, const Value &value,
    const FieldContext &context, QWidget *parent)
    : FieldEditor(parent)
    , m_theme(theme)
    , m_field(field)
    , m_people(context.people)
    , m_value(value)
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
    m_search->setAccessibleName(field.name);
    m_list->setAccessibleName(field.name);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setItemDelegate(new ChoiceDelegate(theme, field.kind == FieldKind::Person, m_list));
    m_search->installEventFilter(this);
    setFocusProxy(m_search);
    connect(m_search, &QLineEdit::textChanged, this, [this] { fill(); });
    connect(m_list, &QListWidget::itemClicked, this, &ChoiceEditor::choose);
    fill();
    setMinimumSize(200, 34 + 28 * std::clamp(m_list->count(), 2, 8));
}

bool ChoiceEditor::isChosen(const QString &id) const
{
    if (const auto *option = std::get_if<OptionId>(&m_value)) {
        return option->text() == id;
    }
    if (const auto *person = std::get_if<UserId>(&m_value)) {
        return person->text() == id;
    }
    const auto *options = std::get_if<Options>(&m_value);
    const auto wanted = OptionId::fromText(id);
    return options && wanted && options->contains(*wanted);
}

void ChoiceEditor::fill()
{
    m_list->clear();
    const QString needle = m_search->text().trimmed();
    const auto add = [&](const QString &id, const QString &name, const QString &colour) {
        if (name.contains(needle, Qt::CaseInsensitive)) {
            auto *item = new QListWidgetItem(name, m_list);
            item->setData(IdRole, id);
            item->setData(ColourRole, colour);
            item->setData(ChosenRole, isChosen(id));
        }
    };
    if (m_field.kind == FieldKind::Person) {
        for (const Person &person : m_people.all()) {
            if (person.role != Role::None) {
                add(person.id.text(), person.name, {});
            }
        }
    }
    for (const Option &option : std::as_const(m_field.options)) {
        add(option.id.text(), option.name, option.colour);
    }
    m_list->setCurrentRow(0);
    for (int i = 0; needle.isEmpty() && i < m_list->count(); ++i) {
        if (m_list->item(i)->data(ChosenRole).toBool()) {
            m_list->setCurrentRow(i);
            break;
        }
    }
}

void ChoiceEditor::choose(QListWidgetItem *item)
{
    if (!item) {
        return;
    }
    const QString id = item->data(IdRole).toString();
    if (m_field.kind == FieldKind::Person) {
        m_value = *UserId::fromText(id);
    } else if (m_field.kind == FieldKind::SingleSelect) {
        m_value = *OptionId::fromText(id);
    } else {
        const OptionId option = *OptionId::fromText(id);
        Options options = std::get_if<Options>(&m_value) ? std::get<Options>(m_value) : Options();
        if (!options.removeOne(option)) {
            options += option;
        }
        m_value = options.isEmpty() ? Value() : Value(options);
        const int row = m_list->row(item);
        fill();
        m_list->setCurrentRow(std::min(row, m_list->count() - 1));
        return;
    }
    Q_EMIT committed(Step::Stay);
}

bool ChoiceEditor::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::KeyPress) {
        return FieldEditor::eventFilter(watched, event);
    }
    const auto *key = static_cast<QKeyEvent *>(event);
    const bool isMultiple = m_field.kind == FieldKind::MultipleSelects;
    const int row = m_list->currentRow();
    switch (key->key()) {
    case Qt::Key_Down:
        m_list->setCurrentRow(std::min(row + 1, m_list->count() - 1));
        return true;
    case Qt::Key_Up:
        m_list->setCurrentRow(std::max(row - 1, 0));
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (isMultiple && (key->modifiers() & Qt::ControlModifier)) {
            Q_EMIT committed(Step::Down);
        } else {
            choose(m_list->currentItem());
        }
        return true;
    case Qt::Key_Tab:
        Q_EMIT committed(Step::Next);
        return true;
    case Qt::Key_Escape:
        if (isMultiple) {
            Q_EMIT committed(Step::Stay);
        } else {
            Q_EMIT cancelled();
        }
        return true;
    case Qt::Key_Delete:
        m_value = Value();
        Q_EMIT committed(Step::Stay);
        return true;
    default:
        return false;
    }
}

} // namespace casebase
