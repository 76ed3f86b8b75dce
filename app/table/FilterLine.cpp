// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/table/FilterLine.h"

#include "app/fields/CellPainter.h"
#include "app/table/FilterWords.h"
#include "app/widgets/CheckMenu.h"
#include "app/widgets/Parts.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>

namespace casebase {

namespace {

const QString Me = QStringLiteral("me");

bool needsOperand(FilterOp op)
{
    return op != FilterOp::IsEmpty && op != FilterOp::IsNotEmpty && op != FilterOp::IsDuplicate
        && op != FilterOp::BreaksRules;
}

bool takesSeveral(FilterOp op)
{
    using enum FilterOp;
    return op == IsAnyOf || op == IsNoneOf || op == HasAnyOf || op == HasAllOf || op == HasNoneOf
        || op == IsExactly;
}

bool isDate(const Field &field)
{
    const ValueType type = valueTypeOf(field.kind);
    return type == ValueType::Date || type == ValueType::Moment;
}

bool isPerson(const Field &field)
{
    const ValueType type = valueTypeOf(field.kind);
    return type == ValueType::Person || type == ValueType::Persons;
}

bool isSelect(const Field &field)
{
    const ValueType type = valueTypeOf(field.kind);
    return type == ValueType::Option || type == ValueType::Options;
}

/// The ids of options and persons, and "me".
QStringList idsOf(const Operand &operand)
{
    QStringList ids = operand.me ? QStringList{Me} : QStringList();
    for (const Value &value : operand.values) {
        const auto *option = std::get_if<OptionId>(&value);
        const auto *person = std::get_if<UserId>(&value);
        ids += option ? option->text() : person ? person->text() : QString();
        for (const OptionId id :
            std::holds_alternative<Options>(value) ? std::get<Options>(value) : Options()) {
            ids += id.text();
        }
        for (const UserId id :
            std::holds_alternative<Persons>(value) ? std::get<Persons>(value) : Persons()) {
            ids += id.text();
        }
    }
    ids.removeAll(QString());
    return ids;
}

Operand operandOf(const QStringList &ids)
{
    Operand operand;
    for (const QString &id : ids) {
        if (id == Me) {
            operand.me = true;
        } else if (const auto person = UserId::fromText(id)) {
            operand.values += Value(*person);
        } else if (const auto option = OptionId::fromText(id)) {
            operand.values += Value(*option);
        }
    }
    return operand;
}

} // namespace

FilterLine::FilterLine(
    const Theme &theme, const Table &table, const QueryContext &context, const Filter &filter)
    : m_theme(theme)
    , m_table(table)
    , m_context(context)
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    const Field *known = filter.kind == Filter::Kind::Test ? table.field(filter.field) : nullptr;
    if (known && !known->isTrashed) {
        build(filter);
    }
    // What the boxes would make something else of stays as it is.
    const auto isShown = [&] {
        const Filter shown = this->filter();
        const QStringList ids = idsOf(filter.operand);
        const QStringList shownIds = idsOf(shown.operand);
        const bool isSame = ids.isEmpty()
            ? filter.operand == Operand() || shown.operand == filter.operand
            : QSet(ids.cbegin(), ids.cend()) == QSet(shownIds.cbegin(), shownIds.cend());
        return shown.op == filter.op && isSame;
    };
    if (!m_field || !isShown()) {
        m_kept = filter;
        delete m_field;
        delete m_op;
        delete m_operandBox;
        m_field = nullptr;
        auto *words = newLabel(FilterWords::sentence(filter, table, context));
        words->setTextFormat(Qt::PlainText);
        words->setWordWrap(true);
        row->addWidget(words, 1);
    }
    auto *remove = newIconButton(m_theme, QStringLiteral("close"), tr("Remove condition"));
    connect(remove, &QToolButton::clicked, this, &FilterLine::removed);
    row->addWidget(remove);
}

void FilterLine::build(const Filter &test)
{
    m_field = new QComboBox;
    m_op = new QComboBox;
    m_operandBox = new QWidget;
    m_field->setAccessibleName(tr("Field"));
    m_op->setAccessibleName(tr("Condition"));
    for (const Field &each : m_table.liveFields()) {
        if (!operatorsFor(each.kind).isEmpty()) {
            m_field->addItem(
                m_theme.buttonIcon(CellPainter::icon(each)), each.name, each.id.text());
        }
    }
    m_field->setCurrentIndex(m_field->findData(test.field.text()));
    auto *row = static_cast<QHBoxLayout *>(layout());
    row->addWidget(m_field, 2);
    row->addWidget(m_op, 2);
    row->addWidget(m_operandBox, 3);
    (new QHBoxLayout(m_operandBox))->setContentsMargins(0, 0, 0, 0);
    fillOperators(test.op);
    fillOperand(test.operand);
    connect(m_field, &QComboBox::currentIndexChanged, this, [this] {
        fillOperators(operatorsFor(field()->kind).first());
        fillOperand({});
    });
    connect(m_op, &QComboBox::currentIndexChanged, this, [this] { fillOperand(operand()); });
}

const Field *FilterLine::field() const
{
    const auto id = FieldId::fromText(m_field->currentData().toString());
    return id ? m_table.field(*id) : nullptr;
}

FilterOp FilterLine::op() const
{
    return FilterOp(m_op->currentData().toInt());
}

void FilterLine::fillOperators(FilterOp chosen)
{
    const QSignalBlocker blocker(m_op);
    m_op->clear();
    for (const FilterOp each : operatorsFor(field()->kind)) {
        if (each != FilterOp::BreaksRules || each == chosen || !field()->rules.isEmpty()) {
            m_op->addItem(FilterWords::operatorText(each), int(each));
        }
    }
    m_op->setCurrentIndex(std::max(0, m_op->findData(int(chosen))));
}

void FilterLine::fillOperand(const Operand &operand)
{
    delete std::exchange(m_choice, nullptr);
    delete std::exchange(m_choices, nullptr);
    delete std::exchange(m_text, nullptr);
    m_operandBox->setVisible(needsOperand(op()));
    if (!needsOperand(op())) {
        return;
    }
    if (isSelect(*field()) || isPerson(*field())) {
        return addPersonsOrOptions(operand, takesSeveral(op()));
    }
    if (isDate(*field())) {
        addDates(operand);
    }
    const Value first = operand.values.value(0);
    const Field single = operandField(*field());
    const FieldKind kind = std::holds_alternative<Date>(first) ? FieldKind::Date : single.kind;
    m_text = new QLineEdit(isEmpty(first) || operand.relative
            ? QString()
            : fieldType(kind).format(first, single, m_context.fields));
    m_text->setAccessibleName(tr("Value"));
    m_text->setPlaceholderText(isDate(*field()) ? tr("date") : QString());
    m_operandBox->layout()->addWidget(m_text);
    if (m_choice) {
        const auto showText = [this] {
            m_text->setVisible(m_choice->currentIndex() == m_choice->count() - 1);
        };
        connect(m_choice, &QComboBox::currentIndexChanged, m_text, showText);
        showText();
    }
}

void FilterLine::addPersonsOrOptions(const Operand &operand, bool isSeveral)
{
    QList<CheckMenu::Entry> entries;
    if (isPerson(*field())) {
        entries += {Me, tr("me")};
        for (const Person &person : m_context.fields.people.all()) {
            entries += {person.id.text(), person.name};
        }
    }
    for (const Option &option : field()->options) {
        entries += {option.id.text(), option.name};
    }
    const QStringList ids = idsOf(operand);
    if (isSeveral) {
        m_choices = new CheckMenu(tr("Values"), tr("nothing chosen"));
        m_choices->setEntries(entries, ids);
        return m_operandBox->layout()->addWidget(m_choices);
    }
    m_choice = new QComboBox;
    m_choice->setAccessibleName(tr("Value"));
    for (const CheckMenu::Entry &entry : std::as_const(entries)) {
        m_choice->addItem(entry.name, entry.id);
    }
    m_choice->setCurrentIndex(std::max(0, m_choice->findData(ids.value(0))));
    m_operandBox->layout()->addWidget(m_choice);
}

/// Dates that move with the calendar, and last a date that stands.
void FilterLine::addDates(const Operand &operand)
{
    m_choice = new QComboBox;
    m_choice->setAccessibleName(tr("When"));
    QList<RelativeDate> dates = FilterWords::commonDates();
    if (operand.relative && !dates.contains(*operand.relative)) {
        dates.prepend(*operand.relative);
    }
    for (const RelativeDate &each : std::as_const(dates)) {
        m_choice->addItem(FilterWords::dateText(each), QVariant::fromValue(each));
    }
    m_choice->addItem(tr("the date"));
    const bool isFixed = !operand.relative && !operand.values.isEmpty();
    const qsizetype at = operand.relative ? dates.indexOf(*operand.relative) : 0;
    m_choice->setCurrentIndex(isFixed ? m_choice->count() - 1 : int(at));
    m_operandBox->layout()->addWidget(m_choice);
}

Operand FilterLine::operand() const
{
    if (m_choices) {
        return operandOf(m_choices->chosen());
    }
    if (m_choice && !isDate(*field())) {
        return operandOf({m_choice->currentData().toString()});
    }
    Operand operand;
    if (m_choice && m_choice->currentIndex() < m_choice->count() - 1) {
        operand.relative = m_choice->currentData().value<RelativeDate>();
        return operand;
    }
    if (m_text) {
        Field parsed = operandField(*field());
        parsed.kind = isDate(*field()) ? FieldKind::Date : parsed.kind;
        const auto value = fieldType(parsed.kind).parse(m_text->text(), parsed, m_context.fields);
        if (value && !isEmpty(value.value())) {
            operand.values = {value.value()};
        }
    }
    return operand;
}

Filter FilterLine::filter() const
{
    if (!m_field) {
        return m_kept;
    }
    Filter test;
    test.kind = Filter::Kind::Test;
    test.field = field()->id;
    test.op = op();
    test.operand = needsOperand(test.op) ? operand() : Operand();
    return test;
}

bool FilterLine::isComplete() const
{
    if (!m_field || !needsOperand(op())) {
        return true;
    }
    const Operand compared = operand();
    return compared.me || compared.relative || !compared.values.isEmpty();
}

} // namespace casebase
