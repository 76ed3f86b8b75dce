// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/table/ColourDialog.h"

#include "app/fields/CellPainter.h"
#include "app/table/FilterDialog.h"
#include "app/table/FilterWords.h"
#include "app/widgets/ColourMenu.h"
#include "app/widgets/Parts.h"

#include <QComboBox>
#include <QVBoxLayout>

namespace casebase {

namespace {

constexpr int ConditionWidth = 320;

} // namespace

ColourDialog::ColourDialog(const Theme &theme, const Document &document, const TableData &table,
    const QList<ColourRule> &rules, const QueryContext &context, QWidget *parent)
    : QDialog(parent)
    , m_theme(theme)
    , m_document(document)
    , m_table(*m_document.table(table.definition().id))
    , m_people(document.people())
    , m_context{{m_people, context.fields.locale, context.fields.zone, context.fields.nowMs},
          context.me, context.firstDayOfWeek, &m_document}
    , m_box(new QVBoxLayout)
    , m_add(newIconTextButton(theme, QStringLiteral("plus"), tr("Add rule"), ""))
{
    setWindowTitle(tr("Colours"));
    auto *layout = new QVBoxLayout(this);
    layout->addSpacerItem(new QSpacerItem(640, 0)); // what rules need
    layout->setContentsMargins(20, 16, 20, 16);
    layout->setSpacing(10);
    layout->addWidget(
        newLabel(tr("Colour records by conditions. Of several rules for the same part, the first "
                    "that holds counts.")));
    m_box->setSpacing(6);
    layout->addLayout(m_box);
    auto *row = new QHBoxLayout;
    row->addWidget(m_add);
    row->addStretch();
    layout->addLayout(row);
    layout->addStretch();
    auto *buttons = new QHBoxLayout;
    auto *cancel = newButton(tr("Cancel"), "");
    auto *apply = newButton(tr("Apply"), "primary");
    connect(m_add, &QPushButton::clicked, this, [this] {
        add({{}, plainColour(int(m_lines.size()) * 2)});
        ask(*m_lines.back());
    });
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(apply, &QPushButton::clicked, this, &QDialog::accept);
    apply->setDefault(true);
    buttons->addStretch();
    buttons->addWidget(cancel);
    buttons->addWidget(apply);
    layout->addLayout(buttons);
    for (const ColourRule &rule : rules) {
        add(rule);
    }
}

QList<ColourRule> ColourDialog::rules() const
{
    QList<ColourRule> rules;
    for (const auto &line : m_lines) {
        rules += line->rule;
    }
    return rules;
}

void ColourDialog::add(const ColourRule &rule)
{
    m_lines.push_back(std::make_unique<Line>(
        Line{rule, new QWidget, new QToolButton, new QComboBox, newButton({}, "")}));
    Line &line = *m_lines.back();
    line.colour->setIconSize(QSize(20, 20));
    line.colour->setToolTip(tr("Colour"));
    line.colour->setAccessibleName(tr("Colour"));
    line.part->setAccessibleName(tr("What is coloured"));
    line.part->addItem(tr("Whole row"));
    line.part->addItem(tr("Left edge"));
    for (const Field &field : m_table.definition().liveFields()) {
        line.part->addItem(
            m_theme.buttonIcon(CellPainter::icon(field)), field.name, field.id.text());
    }
    const auto at = line.part->findData(rule.field.text());
    line.part->setCurrentIndex(rule.part == ColourRule::Part::Row ? 0
            : rule.part == ColourRule::Part::Edge                 ? 1
                                                                  : at);
    auto *row = new QHBoxLayout(line.widget);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(line.colour);
    row->addWidget(line.part);
    row->addWidget(newLabel(tr("where")));
    row->addWidget(line.condition, 1);
    row->addWidget(newTools(line));
    connect(line.colour, &QToolButton::clicked, this, [this, &line] { choose(line); });
    connect(line.condition, &QPushButton::clicked, this, [this, &line] { ask(line); });
    connect(line.part, qOverload<int>(&QComboBox::activated), this, [&line](int index) {
        line.rule.part = index == 0 ? ColourRule::Part::Row
            : index == 1            ? ColourRule::Part::Edge
                                    : ColourRule::Part::Cell;
        line.rule.field =
            FieldId::fromText(line.part->currentData().toString()).value_or(FieldId());
    });
    m_box->addWidget(line.widget);
    show(line);
}

/// Up, down and away.
QWidget *ColourDialog::newTools(Line &line)
{
    auto *tools = new QWidget;
    auto *row = new QHBoxLayout(tools);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    auto *up = newIconButton(m_theme, QStringLiteral("arrow-up"), tr("Counts earlier"));
    auto *down = newIconButton(m_theme, QStringLiteral("arrow-down"), tr("Counts later"));
    auto *remove = newIconButton(m_theme, QStringLiteral("close"), tr("Remove the rule"));
    connect(up, &QToolButton::clicked, this, [this, &line] { move(line, -1); });
    connect(down, &QToolButton::clicked, this, [this, &line] { move(line, 1); });
    connect(remove, &QToolButton::clicked, this, [this, &line] { this->remove(line); });
    for (QToolButton *button : {up, down, remove}) {
        row->addWidget(button);
    }
    return tools;
}

void ColourDialog::show(const Line &line)
{
    m_add->setEnabled(qsizetype(m_lines.size()) < ColourRulesPerView);
    line.colour->setIcon(swatch(m_theme, line.rule.colour));
    const QString words = line.rule.condition.isTrivial()
        ? tr("Choose a condition…")
        : FilterWords::sentence(line.rule.condition, m_table.definition(), m_context);
    line.condition->setText(buttonText(
        line.condition->fontMetrics().elidedText(words, Qt::ElideRight, ConditionWidth)));
    setTip(line.condition, words);
}

void ColourDialog::choose(Line &line)
{
    auto *menu = new ColourMenu(m_theme, this);
    connect(menu, &ColourMenu::chosen, this, [this, &line](const QString &colour) {
        line.rule.colour = colour;
        show(line);
    });
    menu->popup(line.colour->mapToGlobal(QPoint(0, line.colour->height())));
}

void ColourDialog::ask(Line &line)
{
    auto *dialog =
        new FilterDialog(m_theme, m_document, m_table, line.rule.condition, m_context, this);
    dialog->setWindowTitle(tr("Condition"));
    dialog->setLead(tr("Colour records for which"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::finished, this, [this, &line, dialog](int result) {
        if (result == QDialog::Accepted) {
            line.rule.condition = dialog->filter();
        }
        line.rule.condition.isTrivial() ? remove(line) : show(line);
    });
    dialog->open();
}

void ColourDialog::remove(const Line &line)
{
    line.widget->hide();
    line.widget->deleteLater();
    std::erase_if(m_lines, [&line](const auto &each) { return each.get() == &line; });
    m_add->setEnabled(qsizetype(m_lines.size()) < ColourRulesPerView);
}

void ColourDialog::move(const Line &line, int by)
{
    const auto at = std::find_if(
        m_lines.begin(), m_lines.end(), [&line](const auto &each) { return each.get() == &line; });
    const auto to = (at - m_lines.begin()) + by;
    if (to >= 0 && to < qsizetype(m_lines.size())) {
        std::iter_swap(at, m_lines.begin() + to);
        m_box->removeWidget(line.widget);
        m_box->insertWidget(int(to), line.widget);
    }
}

} // namespace casebase
