// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/fields/ChoiceEditor.h"

#include "app/widgets/Paint.h"
#include "shared/field/SelectFields.h"

namespace casebase {

namespace {

constexpr int IdRole = EntryDelegate::FirstRole;
constexpr int ColourRole = EntryDelegate::FirstRole + 1;
constexpr int NewRole = EntryDelegate::FirstRole + 2; ///< It is no option yet.
constexpr int ChosenRole = EntryDelegate::ChosenRole;

bool isOfPeople(FieldKind kind)
{
    return kind == FieldKind::Person || kind == FieldKind::Persons;
}

/// The list with the id if it was without, and without it otherwise.
template <class AnyId> Value toggled(const Value &value, AnyId id)
{
    const auto *before = std::get_if<QList<AnyId>>(&value);
    QList<AnyId> ids = before ? *before : QList<AnyId>();
    if (!ids.removeOne(id)) {
        ids += id;
    }
    return ids.isEmpty() ? Value() : Value(ids);
}

/// Options as pills, people with their avatar.
class ChoiceDelegate final : public EntryDelegate {
public:
    ChoiceDelegate(const Theme &theme, bool isPerson, QObject *parent)
        : EntryDelegate(theme, parent)
        , m_isPerson(isPerson)
    {
    }

protected:
    void paintEntry(QPainter &painter, const QRect &rect, const QModelIndex &index) const override
    {
        const QString text = index.data().toString();
        const int middle = rect.center().y() + 1;
        if (m_isPerson) {
            paintAvatar(painter, theme(), QRect(rect.left(), middle - 9, 18, 18), text,
                index.data(IdRole).toString());
            painter.setPen(theme().colour(Tone::Text));
            paintLine(painter, rect.adjusted(26, 0, 0, 0), text, theme().font(TextSize::Body));
        } else {
            const int indent = index.data(NewRole).toBool() ? 22 : 0;
            if (indent > 0) {
                paintIcon(painter, theme(), QRect(rect.left(), middle - 8, 14, 14),
                    QStringLiteral("plus"), theme().colour(Tone::Accent));
            }
            paintPill(painter, theme(), {rect.left() + indent, middle}, text,
                theme().option(index.data(ColourRole).toString()), rect.width() - indent);
        }
    }

private:
    bool m_isPerson;
};

} // namespace

ChoiceEditor::ChoiceEditor(const Theme &theme, const Field &field, const Value &value,
    const FieldContext &context, QWidget *parent)
    : ListEditor(field.name,
        field.kind == FieldKind::MultipleSelects || field.kind == FieldKind::Persons, parent)
    , m_field(field)
    , m_known(field.options.size())
    , m_people(context.people)
    , m_value(value)
{
    if (field.takesNewOptions) {
        search()->setPlaceholderText(tr("Find or make an option"));
    }
    list()->setItemDelegate(new ChoiceDelegate(theme, isOfPeople(field.kind), list()));
    fill();
    fit();
}

bool ChoiceEditor::isChosen(const QString &id) const
{
    if (const auto *option = std::get_if<OptionId>(&m_value)) {
        return option->text() == id;
    }
    if (const auto *person = std::get_if<UserId>(&m_value)) {
        return person->text() == id;
    }
    if (const auto *persons = std::get_if<Persons>(&m_value)) {
        const auto wanted = UserId::fromText(id);
        return wanted && persons->contains(*wanted);
    }
    const auto *options = std::get_if<Options>(&m_value);
    const auto wanted = OptionId::fromText(id);
    return options && wanted && options->contains(*wanted);
}

void ChoiceEditor::fill()
{
    list()->clear();
    QString wanted = needle();
    const auto add = [&](const QString &id, const QString &name, const QString &colour) {
        if (name.contains(wanted, Qt::CaseInsensitive)) {
            auto *item = new QListWidgetItem(name, list());
            item->setData(IdRole, id);
            item->setData(ColourRole, colour);
            item->setData(ChosenRole, isChosen(id));
        }
    };
    if (isOfPeople(m_field.kind)) {
        for (const Person &person : m_people.all()) {
            if (person.role != Role::None) {
                add(person.id.text(), person.name, {});
            }
        }
    }
    for (const Option &option : std::as_const(m_field.options)) {
        if (!m_asked) {
            add(option.id.text(), option.name, option.colour);
        } else if (option.id == *m_asked) {
            wanted.clear();
            add(option.id.text(), option.name, option.colour);
        }
    }
    offerNew(wanted);
    list()->setCurrentRow(0);
    for (int i = 0; wanted.isEmpty() && i < list()->count(); ++i) {
        if (list()->item(i)->data(ChosenRole).toBool()) {
            list()->setCurrentRow(i);
            break;
        }
    }
    filled();
}

void ChoiceEditor::choose(QListWidgetItem *item)
{
    if (item->data(NewRole).toBool()) {
        OptionMaker(m_field).addName(needle());
    }
    const QString id = item->data(IdRole).toString();
    if (isMultiple()) {
        m_value = m_field.kind == FieldKind::Persons ? toggled(m_value, *UserId::fromText(id))
                                                     : toggled(m_value, *OptionId::fromText(id));
        const int row = list()->row(item);
        fill();
        list()->setCurrentRow(std::min(row, list()->count() - 1));
        return;
    }
    const auto optionId = OptionId::fromText(id);
    const Option *option = optionId ? m_field.option(*optionId) : nullptr;
    const bool asks = option && option->asksReason && !m_field.reason.isNull();
    if (asks && m_value != Value(option->id)) {
        return m_asked ? takeReason() : ask(*option);
    }
    m_value = m_field.kind == FieldKind::Person ? Value(*UserId::fromText(id)) : Value(*optionId);
    Q_EMIT committed(Step::Stay);
}

/// The line that one searches in takes the reason now.
void ChoiceEditor::ask(const Option &option)
{
    m_asked = option.id;
    search()->clear();
    search()->setPlaceholderText(tr("Why “%1”?").arg(option.name));
    fill();
    search()->setFocus();
}

void ChoiceEditor::takeReason()
{
    if (!needle().isEmpty()) {
        m_reason = needle();
        m_value = Value(*m_asked);
        Q_EMIT committed(Step::Stay);
    }
}

/// Below what is found, unless there is an option of that name.
void ChoiceEditor::offerNew(const QString &name)
{
    Field extended = m_field;
    OptionMaker(extended).addName(name);
    if (m_field.takesNewOptions && extended.options.size() > m_field.options.size()) {
        const Option &option = extended.options.last();
        auto *item = new QListWidgetItem(option.name, list());
        item->setData(IdRole, option.id.text());
        item->setData(ColourRole, option.colour);
        item->setData(NewRole, true);
    }
}

/// Options that were made here and are chosen.
QList<Operation> ChoiceEditor::preparations() const
{
    QList<Option> made = m_field.options.mid(m_known);
    made.removeIf([this](const Option &option) { return !isChosen(option.id.text()); });
    return made.isEmpty() ? QList<Operation>() : QList<Operation>{AddOptions{m_field.id, made}};
}

QList<FieldValue> ChoiceEditor::besides() const
{
    QList<FieldValue> values;
    const auto *chosen = std::get_if<OptionId>(&m_value);
    const Option *option = chosen ? m_field.option(*chosen) : nullptr;
    if (!m_reason.isEmpty()) {
        values += FieldValue{m_field.reason, m_reason};
    }
    if (option && option->under.size() == 1 && !m_field.parent.isNull()) {
        values += FieldValue{m_field.parent, option->under.first()}; // There is no other.
    }
    return values;
}

} // namespace casebase
