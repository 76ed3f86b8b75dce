// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/table/FilterDialog.h"

#include "app/fields/CellPainter.h"
#include "app/widgets/Parts.h"

#include <QComboBox>
#include <QLineEdit>
#include <QVBoxLayout>

namespace casebase {

namespace {

bool needsOperand(FilterOp op)
{
    return op != FilterOp::IsEmpty && op != FilterOp::IsNotEmpty && op != FilterOp::IsDuplicate;
}

bool isDateKind(FieldKind kind)
{
    return kind == FieldKind::Date || kind == FieldKind::DateTime || kind == FieldKind::CreatedTime
        || kind == FieldKind::ModifiedTime;
}

bool isPersonKind(FieldKind kind)
{
    return kind == FieldKind::Person || kind == FieldKind::Persons || kind == FieldKind::CreatedBy
        || kind == FieldKind::ModifiedBy;
}

bool isSelectKind(FieldKind kind)
{
    return valueTypeOf(kind) == ValueType::Option || valueTypeOf(kind) == ValueType::Options;
}

using R = RelativeDate;

QList<std::pair<QString, R>> relativeDates()
{
    return {{FilterDialog::tr("today"), {R::Kind::Today, TimeUnit::Days, 1}},
        {FilterDialog::tr("yesterday"), {R::Kind::Yesterday, TimeUnit::Days, 1}},
        {FilterDialog::tr("tomorrow"), {R::Kind::Tomorrow, TimeUnit::Days, 1}},
        {FilterDialog::tr("this week"), {R::Kind::This, TimeUnit::Weeks, 1}},
        {FilterDialog::tr("last week"), {R::Kind::Past, TimeUnit::Weeks, 1}},
        {FilterDialog::tr("next week"), {R::Kind::Next, TimeUnit::Weeks, 1}},
        {FilterDialog::tr("this month"), {R::Kind::This, TimeUnit::Months, 1}},
        {FilterDialog::tr("last month"), {R::Kind::Past, TimeUnit::Months, 1}},
        {FilterDialog::tr("this year"), {R::Kind::This, TimeUnit::Years, 1}},
        {FilterDialog::tr("the past 7 days"), {R::Kind::Past, TimeUnit::Days, 7}},
        {FilterDialog::tr("the past 30 days"), {R::Kind::Past, TimeUnit::Days, 30}},
        {FilterDialog::tr("the past 60 days"), {R::Kind::Past, TimeUnit::Days, 60}},
        {FilterDialog::tr("the next 7 days"), {R::Kind::Next, TimeUnit::Days, 7}},
        {FilterDialog::tr("the next 30 days"), {R::Kind::Next, TimeUnit::Days, 30}}};
}

QString relativeText(const R &relative)
{
    for (const auto &[name, each] : relativeDates()) {
        if (each == relative) {
            return name;
        }
    }
    return FilterDialog::tr("a moving date (%1)").arg(relative.count);
}

} // namespace

QString FilterDialog::operatorText(FilterOp op)
{
    switch (op) {
    case FilterOp::Is:
        return tr("is");
    case FilterOp::IsNot:
        return tr("is not");
    case FilterOp::Contains:
        return tr("contains");
    case FilterOp::DoesNotContain:
        return tr("does not contain");
    case FilterOp::StartsWith:
        return tr("starts with");
    case FilterOp::EndsWith:
        return tr("ends with");
    case FilterOp::Matches:
        return tr("matches the pattern");
    case FilterOp::IsEmpty:
        return tr("is empty");
    case FilterOp::IsNotEmpty:
        return tr("is not empty");
    case FilterOp::IsAnyOf:
        return tr("is any of");
    case FilterOp::IsNoneOf:
        return tr("is none of");
    case FilterOp::HasAnyOf:
        return tr("has any of");
    case FilterOp::HasAllOf:
        return tr("has all of");
    case FilterOp::HasNoneOf:
        return tr("has none of");
    case FilterOp::IsExactly:
        return tr("is exactly");
    case FilterOp::Equal:
        return QStringLiteral("=");
    case FilterOp::NotEqual:
        return QStringLiteral("≠");
    case FilterOp::Greater:
        return QStringLiteral(">");
    case FilterOp::GreaterOrEqual:
        return QStringLiteral("≥");
    case FilterOp::Less:
        return QStringLiteral("<");
    case FilterOp::LessOrEqual:
        return QStringLiteral("≤");
    case FilterOp::Before:
        return tr("is before");
    case FilterOp::After:
        return tr("is after");
    case FilterOp::OnOrBefore:
        return tr("is on or before");
    case FilterOp::OnOrAfter:
        return tr("is on or after");
    case FilterOp::Within:
        return tr("is within");
    case FilterOp::SameMonthDay:
        return tr("has the month and day of");
    case FilterOp::IsDuplicate:
        return tr("occurs more than once");
    }
    return {};
}

QString FilterDialog::sentence(const Filter &test, const Table &table, const FieldContext &context)
{
    if (test.kind != Filter::Kind::Test) {
        QStringList parts;
        for (const Filter &child : test.children) {
            parts += sentence(child, table, context);
        }
        return u'(' + parts.join(test.kind == Filter::Kind::All ? tr(" and ") : tr(" or ")) + u')';
    }
    const Field *field = table.field(test.field);
    if (!field) {
        return tr("a deleted field");
    }
    QStringList values;
    if (test.operand.me) {
        values += tr("me");
    } else if (test.operand.relative) {
        values += relativeText(*test.operand.relative);
    }
    for (const Value &value : test.operand.values) {
        const Field single = [&] {
            Field changed = *field;
            changed.kind = std::holds_alternative<OptionId>(value) ? FieldKind::SingleSelect
                : std::holds_alternative<Date>(value)              ? FieldKind::Date
                                                                   : changed.kind;
            return changed;
        }();
        values += fieldType(single.kind).format(value, single, context);
    }
    const QString joined = values.join(QLatin1String(", "));
    return QStringList{field->name, operatorText(test.op), joined}.join(u' ').trimmed();
}

FilterDialog::FilterDialog(const Theme &theme, const Table &table, const Filter &filter,
    const FieldContext &context, QWidget *parent)
    : QDialog(parent)
    , m_theme(theme)
    , m_table(table)
    , m_people(context.people)
    , m_zone(context.zone)
    , m_nowMs(context.nowMs)
    , m_kind(new QComboBox)
    , m_lines(new QVBoxLayout)
{
    setWindowTitle(tr("Filter"));
    setMinimumWidth(640);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 16, 20, 16);
    layout->setSpacing(10);
    auto *top = new QHBoxLayout;
    top->addWidget(newLabel(tr("Show records for which")));
    m_kind->addItem(tr("all conditions hold"));
    m_kind->addItem(tr("any condition holds"));
    m_kind->setCurrentIndex(filter.kind == Filter::Kind::Any ? 1 : 0);
    top->addWidget(m_kind);
    top->addStretch();
    layout->addLayout(top);
    m_lines->setSpacing(6);
    layout->addLayout(m_lines);
    auto *add = newIconTextButton(theme, QStringLiteral("plus"), tr("Add condition"), "");
    connect(add, &QPushButton::clicked, this, [this] {
        const QList<Field> fields = m_table.liveFields();
        Filter test;
        test.kind = Filter::Kind::Test;
        test.field = fields.first().id;
        test.op = operatorsFor(fields.first().kind).first();
        addLine(test);
    });
    auto *row = new QHBoxLayout;
    row->addWidget(add);
    row->addStretch();
    layout->addLayout(row);
    layout->addStretch();
    auto *buttons = new QHBoxLayout;
    auto *clear = newButton(tr("Remove all"), "");
    auto *cancel = newButton(tr("Cancel"), "");
    auto *apply = newButton(tr("Apply"), "primary");
    connect(clear, &QPushButton::clicked, this, [this] {
        m_items.clear();
        accept();
    });
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(apply, &QPushButton::clicked, this, &QDialog::accept);
    apply->setDefault(true);
    buttons->addWidget(clear);
    buttons->addStretch();
    buttons->addWidget(cancel);
    buttons->addWidget(apply);
    layout->addLayout(buttons);
    if (filter.kind == Filter::Kind::Test) {
        addLine(filter);
    }
    for (const Filter &child : filter.children) {
        addLine(child);
    }
    if (m_items.isEmpty()) {
        add->click();
    }
}

FieldContext FilterDialog::context() const
{
    return {m_people, QLocale(), m_zone, m_nowMs};
}

const Field *FilterDialog::fieldOf(const Line &line) const
{
    const auto id = FieldId::fromText(line.field->currentData().toString());
    return id ? m_table.field(*id) : nullptr;
}

void FilterDialog::addLine(const Filter &test)
{
    auto line = std::make_shared<Line>();
    line->widget = new QWidget;
    auto *row = new QHBoxLayout(line->widget);
    row->setContentsMargins(0, 0, 0, 0);
    if (test.kind != Filter::Kind::Test) {
        line->nested = {test};
        row->addWidget(newLabel(sentence(test, m_table, context())), 1);
    } else {
        line->field = new QComboBox;
        line->op = new QComboBox;
        line->operandBox = new QWidget;
        line->field->setAccessibleName(tr("Field"));
        line->op->setAccessibleName(tr("Condition"));
        for (const Field &field : m_table.liveFields()) {
            line->field->addItem(
                m_theme.buttonIcon(CellPainter::icon(field)), field.name, field.id.text());
        }
        line->field->setCurrentIndex(line->field->findData(test.field.text()));
        row->addWidget(line->field, 2);
        row->addWidget(line->op, 2);
        row->addWidget(line->operandBox, 3);
        (new QHBoxLayout(line->operandBox))->setContentsMargins(0, 0, 0, 0);
        fillOperators(*line, test.op);
        fillOperand(*line, test.operand);
        connect(line->field, &QComboBox::currentIndexChanged, line->widget, [this, line] {
            fillOperators(*line, operatorsFor(fieldOf(*line)->kind).first());
            fillOperand(*line, {});
        });
        connect(line->op, &QComboBox::currentIndexChanged, line->widget,
            [this, line] { fillOperand(*line, testOf(*line).operand); });
    }
    auto *remove = newIconButton(m_theme, QStringLiteral("close"), tr("Remove condition"));
    connect(remove, &QToolButton::clicked, this, [this, line] {
        line->widget->deleteLater();
        m_items.removeOne(line);
    });
    row->addWidget(remove);
    m_lines->addWidget(line->widget);
    m_items += line;
}

void FilterDialog::fillOperators(Line &line, FilterOp chosen)
{
    const QSignalBlocker blocker(line.op);
    line.op->clear();
    for (const FilterOp op : operatorsFor(fieldOf(line)->kind)) {
        line.op->addItem(operatorText(op), int(op));
    }
    line.op->setCurrentIndex(std::max(0, line.op->findData(int(chosen))));
}

void FilterDialog::fillOperand(Line &line, const Operand &operand)
{
    delete line.choice;
    delete line.text;
    line.choice = nullptr;
    line.text = nullptr;
    const Field &field = *fieldOf(line);
    const auto op = FilterOp(line.op->currentData().toInt());
    line.operandBox->setVisible(needsOperand(op));
    if (!needsOperand(op)) {
        return;
    }
    const Value first = operand.values.value(0);
    if (isSelectKind(field.kind) || isPersonKind(field.kind)
        || (isDateKind(field.kind) && op == FilterOp::Within)) {
        line.choice = new QComboBox;
        line.choice->setAccessibleName(tr("Value"));
        if (isPersonKind(field.kind)) {
            line.choice->addItem(tr("me"), QStringLiteral("me"));
            for (const Person &person : m_people.all()) {
                line.choice->addItem(person.name, person.id.text());
            }
        } else if (isSelectKind(field.kind)) {
            for (const Option &option : field.options) {
                line.choice->addItem(option.name, option.id.text());
            }
        } else {
            for (const auto &[name, relative] : relativeDates()) {
                line.choice->addItem(name);
            }
        }
        const auto *option = std::get_if<OptionId>(&first);
        const auto *person = std::get_if<UserId>(&first);
        const QString id = option ? option->text() : person ? person->text() : QString();
        line.choice->setCurrentIndex(operand.relative
                ? std::max(0, line.choice->findText(relativeText(*operand.relative)))
                : std::max(0, line.choice->findData(id)));
        line.operandBox->layout()->addWidget(line.choice);
        return;
    }
    line.text = new QLineEdit(
        isEmpty(first) ? QString() : fieldType(field.kind).format(first, field, context()));
    line.text->setAccessibleName(tr("Value"));
    line.operandBox->layout()->addWidget(line.text);
}

Filter FilterDialog::testOf(const Line &line) const
{
    if (!line.nested.isEmpty()) {
        return line.nested.first();
    }
    const Field &field = *fieldOf(line);
    Filter test;
    test.kind = Filter::Kind::Test;
    test.field = field.id;
    test.op = FilterOp(line.op->currentData().toInt());
    if (line.choice) {
        const QString data = line.choice->currentData().toString();
        if (isDateKind(field.kind)) {
            test.operand.relative = relativeDates().value(line.choice->currentIndex()).second;
        } else if (data == u"me") {
            test.operand.me = true;
        } else if (const auto person = UserId::fromText(data)) {
            test.operand.values = {*person};
        } else if (const auto option = OptionId::fromText(data)) {
            test.operand.values = {*option};
        }
    } else if (line.text) {
        Field parsed = operandField(field);
        if (isDateKind(field.kind)) {
            parsed.kind = FieldKind::Date;
        }
        const auto value = fieldType(parsed.kind).parse(line.text->text(), parsed, context());
        if (value && !isEmpty(value.value())) {
            test.operand.values = {value.value()};
        }
    }
    return test;
}

Filter FilterDialog::filter() const
{
    Filter filter;
    filter.kind = m_kind->currentIndex() == 1 ? Filter::Kind::Any : Filter::Kind::All;
    for (const auto &line : m_items) {
        const Filter test = testOf(*line);
        const bool isComplete = test.kind != Filter::Kind::Test || !needsOperand(test.op)
            || test.operand.me || test.operand.relative || !test.operand.values.isEmpty();
        if (isComplete) {
            filter.children += test;
        }
    }
    return filter.children.isEmpty() ? Filter() : filter;
}

} // namespace casebase
