// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/formula/Asker.h"
#include "shared/formula/CellValue.h"
#include "shared/formula/Expression.h"
#include "shared/formula/RuleTest.h"

/// Functions whose value depends on more than the record: on who asks, on the rest of the table.
/// Filters and their like may ask them; a field cannot keep them.
namespace casebase {

namespace {

using enum FormulaType;

FormulaValue me(Arguments &, CallContext &c)
{
    if (!c.run.asker) {
        return {};
    }
    const UserId id = c.run.asker->me();
    const Person *person = c.people.person(id);
    return person ? person->name : id.text();
}

FormulaValue isDuplicate(Arguments &v, CallContext &c)
{
    const TableData &table = c.table();
    const Field *field = table.definition().field(v.fieldOf(0));
    if (!c.run.asker || !field || field->isTrashed) {
        return Fault::MissingField;
    }
    const Asker::Counts counts = c.run.asker->counts(field->id, [&] {
        Asker::Counts result;
        FormulaRun run(c.run);
        for (Row row = 0; row < table.rowCount(); ++row) {
            if (table.isAlive(row)) {
                ++result[asText(readCell(table, row, *field, c.people, run), run)];
            }
        }
        return result;
    });
    const QString text = v.text(0);
    return !text.isEmpty() && counts.value(text) > 1;
}

FormulaValue breaksRules(Arguments &v, CallContext &c)
{
    const TableData &table = c.table();
    const Field *field = table.definition().field(v.fieldOf(0));
    if (!c.run.asker || !field || field->isTrashed) {
        return Fault::MissingField;
    }
    const RuleTest &areMet = c.run.asker->rules(field->id, [&] {
        return std::make_shared<RuleTest>(table, *field, c.people, c.run, RuleTest::Asked::OfAll);
    });
    return !areMet(c.row(), c.run);
}

} // namespace

const RuleTest &Asker::rules(
    FieldId field, const std::function<std::shared_ptr<const RuleTest>()> &make)
{
    const QMutexLocker locker(&m_mutex);
    auto known = m_rules.constFind(field);
    if (known == m_rules.cend()) {
        known = m_rules.insert(field, make());
    }
    return **known;
}

Asker::Counts Asker::counts(FieldId field, const std::function<Counts()> &count)
{
    const QMutexLocker locker(&m_mutex);
    const auto known = m_counts.constFind(field);
    return known != m_counts.cend() ? *known : *m_counts.insert(field, count());
}

QList<Function> askedFunctions()
{
    return {
        {"ME", "", 0, 0, Text, me,
            QT_TRANSLATE_NOOP("Function",
                "The name of who looks, or makes the record. For filters, buttons, defaults."),
            "{Agent}=ME()", false, Yields::Own, Enters::Nothing, true},
        {"IS_DUPLICATE", "{field}", 1, 1, Flag, isDuplicate,
            QT_TRANSLATE_NOOP(
                "Function", "True if another record has the same value. For filters."),
            "IS_DUPLICATE({Phone})", false, Yields::Own, Enters::Nothing, true},
        {"BREAKS_RULES", "{field}", 1, 1, Flag, breaksRules,
            QT_TRANSLATE_NOOP(
                "Function", "True if the value does not meet the rules of its field. For filters."),
            "BREAKS_RULES({Phone})", true, Yields::Own, Enters::Nothing, true},
    };
}

} // namespace casebase
