// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/structure/ButtonRows.h"

#include "app/widgets/Parts.h"
#include "shared/formula/Expression.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QVBoxLayout>

namespace casebase {

ButtonRows::ButtonRows(
    QFormLayout *form, const Document &document, const Table &table, const Field &field)
    : QObject(form)
    , m_form(form)
    , m_document(document)
    , m_table(table)
    , m_before(field.button)
    , m_label(new QLineEdit(field.button.label))
    , m_kind(new QComboBox)
    , m_link(new QLineEdit(named(field.button.link)))
    , m_settings(new QWidget)
    , m_lines(new QVBoxLayout)
    , m_workflow(new QComboBox)
    , m_condition(new QLineEdit(named(field.button.condition)))
    , m_asks(new QCheckBox(tr("Ask before it is done")))
{
    m_label->setPlaceholderText(tr("the name of the field"));
    m_label->setAccessibleName(tr("Label"));
    m_kind->setAccessibleName(tr("When pressed"));
    m_kind->addItem(tr("Open a link"), int(ButtonAction::Kind::OpenLink));
    m_kind->addItem(tr("Write into fields"), int(ButtonAction::Kind::EditFields));
    for (const Workflow &workflow : table.workflows) {
        if (workflow.isActive || workflow.id == field.button.workflow) {
            m_workflow->addItem(workflow.name, workflow.id.text());
        }
    }
    if (m_workflow->count() > 0) {
        m_kind->addItem(tr("Start a workflow"), int(ButtonAction::Kind::StartWorkflow));
    }
    m_kind->setCurrentIndex(std::max(0, m_kind->findData(int(field.button.kind))));
    m_workflow->setAccessibleName(tr("Workflow"));
    m_workflow->setCurrentIndex(std::max(0, m_workflow->findData(field.button.workflow.text())));
    m_link->setPlaceholderText(QStringLiteral("\"https://example.com/?q=\"&{…}"));
    m_link->setAccessibleName(tr("Link, as a formula"));
    m_condition->setPlaceholderText(tr("in every record; or for example {State}=\"new\""));
    m_condition->setAccessibleName(tr("Offered"));
    m_asks->setChecked(field.button.asksFirst);
    auto *settings = new QVBoxLayout(m_settings);
    settings->setContentsMargins(0, 0, 0, 0);
    settings->setSpacing(4);
    settings->addLayout(m_lines);
    auto *add = newButton(tr("Another field"), "");
    add->setAutoDefault(false);
    connect(add, &QPushButton::clicked, this, [this] { addSetting({}); });
    settings->addWidget(add, 0, Qt::AlignLeft);
    for (const ButtonSetting &each : field.button.settings) {
        addSetting(each);
    }
    if (m_settingLines.isEmpty()) {
        addSetting({});
    }
    form->addRow(tr("Label"), m_label);
    form->addRow(tr("When pressed"), m_kind);
    form->addRow(tr("Link"), m_link);
    form->addRow(tr("Write"), m_settings);
    form->addRow(tr("Workflow"), m_workflow);
    form->addRow(tr("Offered"), m_condition);
    form->addRow(QString(), m_asks);
    connect(m_kind, &QComboBox::currentIndexChanged, this, &ButtonRows::updateKind);
}

QString ButtonRows::named(const QString &formula) const
{
    return withNames(formula, m_table, &m_document);
}

void ButtonRows::addSetting(const ButtonSetting &setting)
{
    SettingLine line{
        new QWidget, new QComboBox, new QLineEdit, named(setting.formula), setting.formula};
    for (const Field &each : m_table.liveFields()) {
        if (!each.isComputed() && !each.isSystem && isTypable(each.kind)) {
            line.field->addItem(each.name, each.id.text());
        }
    }
    line.field->setAccessibleName(tr("Field"));
    line.field->setCurrentIndex(std::max(0, line.field->findData(setting.field.text())));
    line.formula->setAccessibleName(tr("Value, as a formula"));
    line.formula->setPlaceholderText(tr("a formula, for example \"done\" or NOW()"));
    line.formula->setText(line.shown);
    auto *row = new QHBoxLayout(line.widget);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(4);
    row->addWidget(line.field, 2);
    row->addWidget(newLabel(QStringLiteral("=")));
    row->addWidget(line.formula, 3);
    m_lines->addWidget(line.widget);
    m_settingLines += line;
}

void ButtonRows::setVisible(bool isVisible)
{
    m_isVisible = isVisible;
    for (QWidget *each : {static_cast<QWidget *>(m_label), static_cast<QWidget *>(m_kind),
             static_cast<QWidget *>(m_condition), static_cast<QWidget *>(m_asks)}) {
        m_form->setRowVisible(each, isVisible);
    }
    updateKind();
}

void ButtonRows::updateKind()
{
    const auto kind = ButtonAction::Kind(m_kind->currentData().toInt());
    m_form->setRowVisible(m_link, m_isVisible && kind == ButtonAction::Kind::OpenLink);
    m_form->setRowVisible(m_settings, m_isVisible && kind == ButtonAction::Kind::EditFields);
    m_form->setRowVisible(m_workflow, m_isVisible && kind == ButtonAction::Kind::StartWorkflow);
}

ButtonAction ButtonRows::action() const
{
    const auto unlessKept = [this](const QLineEdit *line, const QString &before) {
        return line->text() == named(before) ? before : line->text().trimmed();
    };
    ButtonAction action;
    action.kind = ButtonAction::Kind(m_kind->currentData().toInt());
    action.label = m_label->text();
    action.link = unlessKept(m_link, m_before.link);
    action.condition = unlessKept(m_condition, m_before.condition);
    action.asksFirst = m_asks->isChecked();
    action.workflow =
        WorkflowId::fromText(m_workflow->currentData().toString()).value_or(WorkflowId());
    for (const SettingLine &line : m_settingLines) {
        const auto field = FieldId::fromText(line.field->currentData().toString());
        const QString formula =
            line.formula->text() == line.shown ? line.kept : line.formula->text().trimmed();
        if (field && !formula.isEmpty()) {
            action.settings += ButtonSetting{*field, formula};
        }
    }
    return action;
}

} // namespace casebase
