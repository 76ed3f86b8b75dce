// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/document/Formulas.h"

namespace casebase {

namespace {

/// Titles of links are what a field of the other table shows.
std::optional<FieldRead> titleRead(const Field &field, const Tables &tables)
{
    const TableData *far = tables.table(field.link.table);
    const Field *title = far ? far->definition().titleField(field.link.shown) : nullptr;
    return title ? std::optional(FieldRead{{field.id}, field.link.table, title->id, false})
                 : std::nullopt;
}

void addReads(CompiledFormula &formula, const QList<FieldRead> &reads, const Tables &tables)
{
    for (const FieldRead &read : reads) {
        const TableData *table = tables.table(read.table);
        const Field *field = table ? table->definition().field(read.field) : nullptr;
        const bool isOfRecord = read.field.isNull() || (field && field->isOfRecord());
        if (read.isForeign()) {
            FieldRead there = read;
            there.field = isOfRecord ? FieldId() : read.field;
            formula.foreign += there;
        } else if (isOfRecord) {
            formula.readsRecord = true;
        } else {
            const bool isPlain =
                formula.reads.contains(read.field) && !formula.enters.contains(read.field);
            formula.reads += read.field;
            if (read.isEntered && !isPlain) {
                formula.enters += read.field;
            } else if (!read.isEntered) {
                formula.enters -= read.field;
            }
        }
    }
}

/// No function in it stands for something of the record, as RECORD_ID() does.
bool asksOfOthers(const Expression &expression)
{
    return (expression.kind != Expression::Kind::Call || !expression.arguments.isEmpty())
        && std::all_of(expression.arguments.cbegin(), expression.arguments.cend(), asksOfOthers);
}

CompiledFormula compiled(const Field &field, const Table &table, const Tables &tables)
{
    CompiledFormula formula{
        table.id, field.id, field.kind == FieldKind::Links, {}, {}, {}, false, {}};
    if (formula.isTitles) {
        formula.onlyLink = field.id;
        formula.reads += field.id;
        formula.enters += field.id;
        if (const auto read = titleRead(field, tables)) {
            addReads(formula, {*read}, tables);
        }
        return formula;
    }
    const auto parsed = parseExpression(field.formula, table, &tables);
    if (!parsed) {
        formula.expression.literal = Fault::Error;
        return formula;
    }
    formula.expression = parsed.value();
    addReads(formula, fieldsRead(formula.expression, table.id), tables);
    for (const Expression *call : keyedCalls(formula.expression)) {
        formula.keyed += KeyedRead{call->linked, call->arguments[1].field, call->arguments[0]};
    }
    if (formula.reads.size() == 1 && formula.enters == formula.reads && formula.keyed.isEmpty()
        && !formula.readsRecord && asksOfOthers(formula.expression)) {
        formula.onlyLink = *formula.reads.cbegin();
    }
    return formula;
}

bool isComputedHere(const Field &field)
{
    return !field.isTrashed && (!field.formula.isEmpty() || field.kind == FieldKind::Links);
}

/// Orders formulas by what they read; those in a circle come last.
class Order {
public:
    Order(const Tables &tables, const QList<TableId> &ids)
    {
        for (const TableId id : ids) {
            const Table &table = tables.table(id)->definition();
            for (const Field &field : table.fields) {
                if (isComputedHere(field)) {
                    m_waiting.insert(field.id, compiled(field, table, tables));
                    m_ids += field.id;
                }
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
            isSound = (formula.enters.contains(read) || place(read)) && isSound;
        }
        for (const FieldRead &read : std::as_const(formula.foreign)) {
            isSound = (read.isEntered || place(read.field)) && isSound;
        }
        m_path.remove(id);
        if (!isSound) {
            formula.expression = {};
            formula.expression.literal = Fault::Circular;
            formula.keyed.clear();
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

/// Looks for a way from a field back to it.
class CycleSearch {
public:
    CycleSearch(const Table &home, FieldId wanted, const Tables &tables)
        : m_home(home)
        , m_wanted(wanted)
        , m_tables(tables)
    {
    }

    QStringList path() { return find(m_home.id, m_wanted) ? m_path : QStringList(); }

private:
    const Table *definition(TableId id) const
    {
        const TableData *table = id == m_home.id ? nullptr : m_tables.table(id);
        return id == m_home.id ? &m_home : table ? &table->definition() : nullptr;
    }

    QList<FieldRead> readsOf(const Field &field, const Table &table) const
    {
        if (field.kind == FieldKind::Links) {
            const Table *far = definition(field.link.table);
            const Field *title = far ? far->titleField(field.link.shown) : nullptr;
            return title ? QList<FieldRead>{{{field.id}, far->id, title->id, false}}
                         : QList<FieldRead>();
        }
        const auto parsed = parseExpression(field.formula, table, &m_tables);
        return parsed ? fieldsRead(parsed.value(), table.id) : QList<FieldRead>();
    }

    bool find(TableId id, FieldId from)
    {
        const Table *table = definition(id);
        const Field *field = table ? table->field(from) : nullptr;
        if (!field || !isComputedHere(*field)) {
            return false;
        }
        m_path += id == m_home.id ? field->name : table->name + u'.' + field->name;
        for (const FieldRead &read : readsOf(*field, *table)) {
            if (read.isEntered) {
                continue; // Where a link leads is no computed value.
            }
            if (read.field == m_wanted) {
                m_path += m_home.field(m_wanted)->name;
                return true;
            }
            if (!m_seen.contains(read.field)) {
                m_seen += read.field;
                if (find(read.table, read.field)) {
                    return true;
                }
            }
        }
        m_path.removeLast();
        return false;
    }

    const Table &m_home;
    FieldId m_wanted;
    const Tables &m_tables;
    QSet<FieldId> m_seen;
    QStringList m_path;
};

} // namespace

Formulas compileFormulas(const Tables &tables, const QList<TableId> &ids)
{
    return Order(tables, ids).inOrder();
}

QStringList cycleThrough(const Table &table, FieldId field, const Tables &tables)
{
    return CycleSearch(table, field, tables).path();
}

} // namespace casebase
