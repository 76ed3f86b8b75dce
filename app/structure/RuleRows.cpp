// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/structure/RuleRows.h"

#include "app/structure/BrokenRulesDialog.h"
#include "app/widgets/Parts.h"
#include "shared/field/ValueRules.h"
#include "shared/formula/Expression.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>

namespace casebase {

namespace {

constexpr int TypingMs = 300; ///< So long without a key, and what is typed is looked at.

} // namespace

RuleRows::RuleRows(QFormLayout *form, const Theme &theme, const Document &document,
    const TableData &table, const Field &field)
    : QObject(form)
    , m_form(form)
    , m_document(document)
    , m_table(table.definition())
    , m_before(field.rules)
    , m_conditionShown(withNames(field.rules.condition, m_table, &m_document))
    , m_switches(new QWidget)
    , m_required(new QCheckBox(tr("Must have a value")))
    , m_unique(new QCheckBox(tr("No two alike")))
    , m_notNegative(new QCheckBox(tr("Not below zero")))
    , m_pattern(new QLineEdit(field.rules.pattern))
    , m_condition(new QLineEdit(m_conditionShown))
    , m_message(new QLineEdit(field.rules.message))
    , m_breaks(new QComboBox)
    , m_count(newLabel({}, "warning"))
    , m_theme(theme)
    , m_field(field)
    , m_counted(field)
{
    auto *row = new QHBoxLayout(m_switches);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(20);
    row->addWidget(m_required);
    row->addWidget(m_unique);
    row->addWidget(m_notNegative);
    row->addStretch();
    m_required->setChecked(field.rules.isRequired);
    m_unique->setChecked(field.rules.isUnique);
    m_notNegative->setChecked(field.rules.isNotNegative);
    m_pattern->setPlaceholderText(tr("regular expression, for example [A-Z]-\\d+"));
    m_pattern->setAccessibleName(tr("Pattern"));
    m_condition->setPlaceholderText(tr("for example {To} >= {From}"));
    m_condition->setAccessibleName(tr("Condition"));
    m_message->setPlaceholderText(tr("what is asked for"));
    m_message->setAccessibleName(tr("If not, say"));
    for (QLineEdit *each : {m_pattern, m_condition, m_message}) {
        each->setCursorPosition(0); // A long one shows its beginning.
    }
    m_form->addRow(tr("Rules"), m_switches);
    m_form->addRow(tr("Pattern"), m_pattern);
    m_form->addRow(tr("Condition"), m_condition);
    m_form->addRow(tr("If not, say"), m_message);
    m_breaks->addItems({tr("is refused"), tr("is taken, and marked")});
    m_breaks->setCurrentIndex(field.rules.onlyWarns ? 1 : 0);
    m_breaks->setAccessibleName(tr("What breaks them"));
    m_form->addRow(tr("What breaks them"), m_breaks);
    m_count->setTextFormat(Qt::RichText); // for the link; all words in it are ours
    m_form->addRow(m_count);
    m_typing.setSingleShot(true);
    m_typing.setInterval(TypingMs);
    connect(&m_typing, &QTimer::timeout, this, &RuleRows::count);
    connect(&m_marks, &RuleMarks::changed, this, &RuleRows::showCount);
    connect(m_count, &QLabel::linkActivated, this, &RuleRows::listBroken);
    for (QCheckBox *each : {m_required, m_unique, m_notNegative}) {
        connect(each, &QCheckBox::toggled, this, &RuleRows::offerMessage);
    }
    for (QLineEdit *each : {m_pattern, m_condition}) {
        connect(each, &QLineEdit::textChanged, this, &RuleRows::offerMessage);
    }
    count();
}

void RuleRows::offerFor(const Field &field)
{
    m_isOffered = !field.isComputed() && !field.isSystem;
    m_mayWarn = field.kind != FieldKind::Sensitive;
    m_isCounted = field.kind == m_field.kind && m_table.field(m_field.id);
    m_form->setRowVisible(m_switches, m_isOffered && mayBeRequired(field.kind));
    m_unique->setVisible(mayBeUnique(field.kind));
    m_notNegative->setVisible(mayBeNegative(field.kind));
    m_form->setRowVisible(m_pattern, m_isOffered && mayHavePattern(field.kind));
    m_form->setRowVisible(m_condition, m_isOffered);
    offerMessage();
}

void RuleRows::offerMessage()
{
    const bool canBreak = !m_condition->text().isEmpty()
        || (!m_pattern->text().isEmpty() && m_form->isRowVisible(m_pattern));
    m_form->setRowVisible(m_message, m_isOffered && canBreak);
    const bool hasRules = canBreak || (m_required->isChecked() && m_form->isRowVisible(m_switches))
        || (m_unique->isChecked() && !m_unique->isHidden())
        || (m_notNegative->isChecked() && !m_notNegative->isHidden());
    m_form->setRowVisible(m_breaks, m_isOffered && m_mayWarn && hasRules);
    m_typing.start();
}

void RuleRows::count()
{
    Field asked = m_field;
    asked.rules = rules();
    const auto accepted = acceptedRules(asked);
    const bool isCounted =
        m_isOffered && m_mayWarn && m_isCounted && accepted && !accepted.value().isEmpty();
    if (isCounted) {
        asked.rules = accepted.value();
        m_counted = asked;
    }
    m_marks.look(withField(m_document, m_table.id, m_counted), m_table.id,
        isCounted ? QList<Field>{m_counted} : QList<Field>(), {},
        {m_document.people(), QLocale(), QTimeZone::systemTimeZone(),
            QDateTime::currentMSecsSinceEpoch()});
    showCount();
}

void RuleRows::showCount()
{
    const int broken = int(m_marks.rows(m_counted.id).size());
    m_form->setRowVisible(m_count, broken > 0);
    m_count->setText(tr("%n value(s) break these rules, and stay.", nullptr, broken).toHtmlEscaped()
        + QStringLiteral(" <a href=\"list\" style=\"color: %1\">%2</a>")
              .arg(m_theme.colour(Tone::Accent).name(), tr("List them").toHtmlEscaped()));
}

void RuleRows::listBroken()
{
    auto *dialog = new BrokenRulesDialog(m_theme, m_document, m_table.id, m_counted,
        BrokenRulesDialog::Use::Look, m_count->window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

ValueRules RuleRows::rules() const
{
    const QString condition = m_condition->text().trimmed();
    return {m_required->isChecked(), m_unique->isChecked(), m_pattern->text(),
        condition == m_conditionShown ? m_before.condition : condition, m_message->text(),
        m_breaks->currentIndex() == 1, m_notNegative->isChecked()};
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
