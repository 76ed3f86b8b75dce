// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/structure/RuleRows.h"

#include "shared/field/ValueRules.h"
#include "shared/formula/Expression.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLineEdit>

namespace casebase {

RuleRows::RuleRows(
    QFormLayout *form, const Document &document, const TableData &table, const Field &field)
    : QObject(form)
    , m_form(form)
    , m_document(document)
    , m_table(table.definition())
    , m_before(field.rules)
    , m_conditionShown(withNames(field.rules.condition, m_table, &m_document))
    , m_switches(new QWidget)
    , m_required(new QCheckBox(tr("Must have a value")))
    , m_unique(new QCheckBox(tr("No two alike")))
    , m_pattern(new QLineEdit(field.rules.pattern))
    , m_condition(new QLineEdit(m_conditionShown))
    , m_message(new QLineEdit(field.rules.message))
{
    auto *row = new QHBoxLayout(m_switches);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(20);
    row->addWidget(m_required);
    row->addWidget(m_unique);
    row->addStretch();
    m_required->setChecked(field.rules.isRequired);
    m_unique->setChecked(field.rules.isUnique);
    m_pattern->setPlaceholderText(tr("regular expression, for example [A-Z]-\\d+"));
    m_pattern->setAccessibleName(tr("Pattern"));
    m_condition->setPlaceholderText(tr("for example {To} >= {From}"));
    m_condition->setAccessibleName(tr("Condition"));
    m_message->setPlaceholderText(tr("what is asked for"));
    m_message->setAccessibleName(tr("If not, say"));
    m_form->addRow(tr("Rules"), m_switches);
    m_form->addRow(tr("Pattern"), m_pattern);
    m_form->addRow(tr("Condition"), m_condition);
    m_form->addRow(tr("If not, say"), m_message);
    connect(m_pattern, &QLineEdit::textChanged, this, &RuleRows::offerMessage);
    connect(m_condition, &QLineEdit::textChanged, this, &RuleRows::offerMessage);
}

void RuleRows::offerFor(const Field &field)
{
    m_isOffered = !field.isComputed() && !field.isSystem;
    m_form->setRowVisible(m_switches, m_isOffered && mayBeRequired(field.kind));
    m_unique->setVisible(mayBeUnique(field.kind));
    m_form->setRowVisible(m_pattern, m_isOffered && mayHavePattern(field.kind));
    m_form->setRowVisible(m_condition, m_isOffered);
    offerMessage();
}

void RuleRows::offerMessage()
{
    const bool canBreak = !m_condition->text().isEmpty()
        || (!m_pattern->text().isEmpty() && m_form->isRowVisible(m_pattern));
    m_form->setRowVisible(m_message, m_isOffered && canBreak);
}

ValueRules RuleRows::rules() const
{
    const QString condition = m_condition->text().trimmed();
    return {m_required->isChecked(), m_unique->isChecked(), m_pattern->text(),
        condition == m_conditionShown ? m_before.condition : condition, m_message->text()};
}

Done RuleRows::check(const Field &field)
{
    if (!m_isOffered) {
        return Ok;
    }
    const auto accepted = acceptedRules(field);
    if (!accepted) {
        m_pattern->setFocus();
        return accepted.error();
    }
    // A new field may read itself.
    Table table = m_table;
    table.fields.removeIf([&](const Field &each) { return each.id == field.id; });
    table.fields += field;
    const auto condition = accepted.value().condition.isEmpty()
        ? Result<Expression>(Expression())
        : parseExpression(accepted.value().condition, table, &m_document);
    if (!condition) {
        m_condition->setFocus();
        return Error{ErrorCode::FieldFormulaInvalid, condition.error().arguments, {}};
    }
    return Ok;
}

} // namespace casebase
