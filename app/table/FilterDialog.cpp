// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/table/FilterDialog.h"

#include "app/structure/FormulaEdit.h"
#include "app/widgets/Parts.h"
#include "shared/query/FilterText.h"

#include <QComboBox>
#include <QVBoxLayout>

namespace casebase {

FilterDialog::FilterDialog(const Theme &theme, const Document &document, const TableData &table,
    const Filter &filter, const QueryContext &context, QWidget *parent)
    : QDialog(parent)
    , m_theme(theme)
    , m_document(document)
    , m_table(table.definition())
    , m_people(document.people())
    , m_context{{m_people, context.fields.locale, context.fields.zone, context.fields.nowMs},
          context.me, context.firstDayOfWeek, &m_document}
    , m_lead(newLabel(tr("Show records for which")))
    , m_kind(new QComboBox)
    , m_conditions(new QWidget)
    , m_lines(new QVBoxLayout)
    , m_text(new FormulaEdit(theme, table, m_document, m_context.fields))
    , m_switch(newButton({}, "link"))
    , m_apply(newButton(tr("Apply"), "primary"))
{
    setWindowTitle(tr("Filter"));
    auto *layout = new QVBoxLayout(this);
    layout->addSpacerItem(new QSpacerItem(640, 0)); // what conditions need
    layout->setContentsMargins(20, 16, 20, 16);
    layout->setSpacing(10);
    auto *top = new QHBoxLayout;
    top->addWidget(m_lead);
    m_kind->addItem(tr("all conditions hold"));
    m_kind->addItem(tr("any condition holds"));
    top->addWidget(m_kind);
    top->addStretch();
    top->addWidget(m_switch);
    layout->addLayout(top);
    auto *conditions = new QVBoxLayout(m_conditions);
    conditions->setContentsMargins(0, 0, 0, 0);
    m_lines->setSpacing(6);
    conditions->addLayout(m_lines);
    auto *add = newIconTextButton(theme, QStringLiteral("plus"), tr("Add condition"), "");
    connect(add, &QPushButton::clicked, this, [this] {
        const QList<Field> fields = m_table.liveFields();
        const auto first = std::find_if(fields.cbegin(), fields.cend(),
            [](const Field &field) { return !operatorsFor(field.kind).isEmpty(); });
        Filter test;
        test.kind = Filter::Kind::Test;
        test.field = first->id;
        test.op = operatorsFor(first->kind).first();
        addLine(test);
    });
    auto *row = new QHBoxLayout;
    row->addWidget(add);
    row->addStretch();
    conditions->addLayout(row);
    layout->addWidget(m_conditions);
    m_text->showsTruth(m_context.me);
    layout->addWidget(m_text);
    layout->addStretch();
    auto *buttons = new QHBoxLayout;
    auto *clear = newButton(tr("Remove all"), "");
    auto *cancel = newButton(tr("Cancel"), "");
    connect(clear, &QPushButton::clicked, this, [this] {
        showText(false);
        showLines({});
        accept();
    });
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_apply, &QPushButton::clicked, this, &QDialog::accept);
    connect(m_switch, &QPushButton::clicked, this, [this] {
        const Filter now = this->filter();
        m_isText ? showLines(now) : m_text->setFormula(filterText(now, m_table, m_context));
        showText(!m_isText);
    });
    connect(m_text, &FormulaEdit::changed, this, [this] { showText(m_isText); });
    m_apply->setDefault(true);
    buttons->addWidget(clear);
    buttons->addStretch();
    buttons->addWidget(cancel);
    buttons->addWidget(m_apply);
    layout->addLayout(buttons);
    showLines(filter);
    showText(false);
    if (m_items.isEmpty()) {
        add->click();
    }
}

void FilterDialog::setLead(const QString &words)
{
    m_lead->setText(words);
}

/// Nothing may be applied, nor shown as conditions, while the text cannot be read.
void FilterDialog::showText(bool isText)
{
    m_isText = isText;
    m_kind->setVisible(!isText);
    m_conditions->setVisible(!isText);
    m_text->setVisible(isText);
    m_switch->setText(isText ? tr("As conditions") : tr("As formula"));
    const bool isReadable =
        !isText || m_text->formula().trimmed().isEmpty() || bool(m_text->expression());
    m_apply->setEnabled(isReadable);
    m_switch->setEnabled(isReadable);
    if (isText) {
        m_text->setFocus();
    }
}

void FilterDialog::showLines(const Filter &filter)
{
    for (FilterLine *line : std::as_const(m_items)) {
        line->deleteLater();
        line->hide();
    }
    m_items.clear();
    const bool isGroup = filter.kind == Filter::Kind::All || filter.kind == Filter::Kind::Any;
    m_kind->setCurrentIndex(filter.kind == Filter::Kind::Any ? 1 : 0);
    for (const Filter &child : isGroup ? filter.children : QList<Filter>{filter}) {
        addLine(child);
    }
}

void FilterDialog::addLine(const Filter &filter)
{
    auto *line = new FilterLine(m_theme, m_table, m_context, filter);
    connect(line, &FilterLine::removed, this, [this, line] {
        m_items.removeOne(line);
        line->deleteLater();
        line->hide();
    });
    m_lines->addWidget(line);
    m_items += line;
}

Filter FilterDialog::filterOfLines() const
{
    Filter filter;
    filter.kind = m_kind->currentIndex() == 1 ? Filter::Kind::Any : Filter::Kind::All;
    for (const FilterLine *line : m_items) {
        if (line->isComplete()) {
            filter.children += line->filter();
        }
    }
    return filter.children.isEmpty() ? Filter() : filter;
}

Filter FilterDialog::filter() const
{
    if (!m_isText) {
        return filterOfLines();
    }
    const auto read = filterFromText(m_text->formula(), m_table, m_context);
    return read ? read.value() : Filter();
}

} // namespace casebase
