// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/document/Formulas.h"

namespace casebase {

namespace {

bool readsRecordItself(const Expression &expression, const Table &table)
{
    if (expression.kind == Expression::Kind::FieldValue) {
        const Field *field = table.field(expression.field);
        return field && !hasColumn(field->kind);
    }
    const bool asksForTime = expression.kind == Expression::Kind::Call
        && (std::string_view(expression.function->name) == "LAST_MODIFIED_TIME"
            || std::string_view(expression.function->name) == "CREATED_TIME");
    return asksForTime
        || std::any_of(expression.arguments.cbegin(), expression.arguments.cend(),
            [&table](const Expression &each) { return readsRecordItself(each, table); });
}

CompiledFormula compiled(const Field &field, const Table &table)
{
    const auto parsed = parseExpression(field.formula, table);
    if (!parsed) {
        Expression broken;
        broken.literal = Fault::Error;
        return {field.id, broken, {}, false};
    }
    return {field.id, parsed.value(), fieldsRead(parsed.value()),
        readsRecordItself(parsed.value(), table)};
}

/// Orders formulas by what they read; those in a circle come last.
class Order {
public:
    explicit Order(const Table &table)
    {
        for (const Field &field : table.fields) {
            if (!field.formula.isEmpty() && !field.isTrashed) {
                m_waiting.insert(field.id, compiled(field, table));
                m_ids += field.id;
            }
        }
    }

    Formulas inOrder()
    {
        for (const FieldId id : std::as_const(m_ids)) {
            place(id);
        }
        return m_placed;
    }

private:
    /// False if the formula reads itself.
    bool place(FieldId id)
    {
        const auto found = m_waiting.constFind(id);
        if (found == m_waiting.cend()) {
            return true; // Typed, or placed.
        }
        if (m_path.contains(id)) {
            return false;
        }
        CompiledFormula formula = *found;
        m_path += id;
        bool isSound = true;
        for (const FieldId read : std::as_const(formula.reads)) {
            isSound = place(read) && isSound;
        }
        m_path.remove(id);
        if (!isSound) {
            Expression circular;
            circular.literal = Fault::Circular;
            formula.expression = circular;
        }
        if (m_waiting.remove(id)) {
            m_placed += formula;
        }
        return isSound;
    }

    QList<FieldId> m_ids;
    QHash<FieldId, CompiledFormula> m_waiting;
    QSet<FieldId> m_path;
    Formulas m_placed;
};

bool findPath(const Table &table, FieldId from, FieldId to, QSet<FieldId> &seen, QStringList &path)
{
    const Field *field = table.field(from);
    const auto parsed = field && !field->formula.isEmpty() && !field->isTrashed
        ? parseExpression(field->formula, table)
        : Result<Expression>(Error{});
    if (!parsed) {
        return false;
    }
    path += field->name;
    for (const FieldId read : fieldsRead(parsed.value())) {
        if (read == to) {
            path += table.field(to)->name;
            return true;
        }
        if (!seen.contains(read)) {
            seen += read;
            if (findPath(table, read, to, seen, path)) {
                return true;
            }
        }
    }
    path.removeLast();
    return false;
}

} // namespace

Formulas compileFormulas(const Table &table)
{
    return Order(table).inOrder();
}

QStringList cycleThrough(const Table &table, FieldId field)
{
    QStringList path;
    QSet<FieldId> seen;
    findPath(table, field, field, seen, path);
    return path;
}

} // namespace casebase
