// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/document/Document.h"

#include "shared/document/Formulas.h"

#include <algorithm>

namespace casebase {

namespace {

std::shared_ptr<const Formulas> noFormulas()
{
    static const auto none = std::make_shared<const Formulas>();
    return none;
}

} // namespace

Document::Document()
    : m_formulas(noFormulas())
{
}

const TableData *Document::table(TableId table) const
{
    const auto found = m_tables.constFind(table);
    return found == m_tables.cend() ? nullptr : &(*found)->data;
}

const TableData *Document::tableNamed(const QString &nameOrId) const
{
    if (const auto id = TableId::fromText(nameOrId)) {
        const TableData *found = table(*id);
        if (found && !found->definition().isTrashed) {
            return found;
        }
    }
    for (const auto &each : m_tables) {
        const Table &definition = each->data.definition();
        if (!definition.isTrashed && definition.name.compare(nameOrId, Qt::CaseInsensitive) == 0) {
            return &each->data;
        }
    }
    return nullptr;
}

bool Document::hasTableLike(TableId table) const
{
    return std::any_of(m_tables.keyBegin(), m_tables.keyEnd(),
        [&](TableId each) { return each.text().compare(table.text(), Qt::CaseInsensitive) == 0; });
}

const TableData *Document::tableOf(FieldId field) const
{
    const auto found =
        std::find_if(m_tables.keyValueBegin(), m_tables.keyValueEnd(), [field](const auto &each) {
            return each.second->data.definition().field(field) != nullptr;
        });
    return found == m_tables.keyValueEnd() ? nullptr : table((*found).first);
}

bool Document::hasFieldElsewhere(TableId table, FieldId field) const
{
    return std::any_of(m_tables.keyValueBegin(), m_tables.keyValueEnd(), [&](const auto &each) {
        return each.first != table && each.second->data.definition().field(field) != nullptr;
    });
}

QList<TableId> Document::tables() const
{
    QList<TableId> ids = m_tables.keys();
    std::sort(ids.begin(), ids.end(), [this](TableId a, TableId b) {
        const int left = table(a)->definition().position;
        const int right = table(b)->definition().position;
        return left != right ? left < right : a < b;
    });
    return ids;
}

QList<TableId> Document::liveTables() const
{
    QList<TableId> ids = tables();
    ids.removeIf([this](TableId id) { return table(id)->definition().isTrashed; });
    return ids;
}

const Instance *Document::instance(InstanceId instance) const
{
    const auto found = m_instances.constFind(instance);
    return found == m_instances.cend() ? nullptr : &*found;
}

const Instance *Document::instanceOf(TableId, RecordId record) const
{
    const auto found = m_lastInstance.constFind(record);
    return found == m_lastInstance.cend() ? nullptr : instance(*found);
}

TableData &Document::writeTable(TableId table)
{
    return m_tables[table].write().data;
}

void Document::compile()
{
    m_formulas = std::make_shared<const Formulas>(compileFormulas(*this, tables()));
    QSet<Keyed> needed;
    for (const CompiledFormula &formula : *m_formulas) {
        for (int call = 0; call < formula.keyed.size(); ++call) {
            needed += Keyed{formula.field, call};
            needed += Keyed{formula.keyed[call].field};
        }
    }
    m_keys.removeIf([&needed](const auto &kept) { return !needed.contains(kept.key()); });
}

const KeyIndex *Document::keys(const Keyed &keyed) const
{
    const auto found = m_keys.constFind(keyed);
    return found == m_keys.cend() ? nullptr : &*found;
}

const KeyIndex *Document::keys(FieldId field) const
{
    return keys(Keyed{field});
}

void Document::removeTable(TableId table)
{
    m_tables.remove(table);
}

void Document::putInstance(const Instance &instance)
{
    m_instances.insert(instance.id, instance);
    const auto last = m_lastInstance.constFind(instance.record);
    if (last == m_lastInstance.cend() || *last <= instance.id) {
        m_lastInstance.insert(instance.record, instance.id);
    }
}

} // namespace casebase
