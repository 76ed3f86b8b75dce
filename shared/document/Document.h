// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/columns/Tables.h"
#include "shared/operation/ChangeSet.h"

namespace casebase {

struct Formulas;

/// The state of one base: a value that is cheap to copy, so that everybody may keep one. It holds
/// no lock; a copy can be read on another thread while the original is written.
class Document final : public Tables {
public:
    Document();

    static constexpr qint64 Never = std::numeric_limits<qint64>::max();

    quint64 revision() const { return m_revision; }
    void setRevision(quint64 revision) { m_revision = revision; }

    const TableData *table(TableId table) const override;
    const TableData *tableNamed(const QString &nameOrId) const override;
    const KeyIndex *keys(FieldId field) const override;
    /// Whether a table has this id, or one that differs from it only by case: a database does not
    /// tell these apart.
    bool hasTableLike(TableId table) const;
    /// Whether another table than this one has a field of that id.
    /// The table that has the field; null if none has.
    const TableData *tableOf(FieldId field) const;
    bool hasFieldElsewhere(TableId table, FieldId field) const;
    /// By position, trashed ones included.
    QList<TableId> tables() const;
    QList<TableId> liveTables() const;

    const People &people() const { return m_people; }
    const Departments &departments() const { return m_departments; }
    const Instance *instance(InstanceId instance) const;
    const QHash<InstanceId, Instance> &instances() const { return m_instances; }
    /// The instance that runs on the record, or the last one that ran.
    const Instance *instanceOf(TableId table, RecordId record) const;

    /// What is computed in all tables, in the order in which it can be.
    const Formulas &formulas() const { return *m_formulas; }
    std::shared_ptr<const Formulas> sharedFormulas() const { return m_formulas; }
    /// No computed cell becomes another one before, in ms since 1970; the facts may still change.
    qint64 nextExpiryMs() const { return m_nextExpiryMs; }

    /// For adopting only: everything else goes through plan().
    TableData &writeTable(TableId table);
    void removeTable(TableId table);
    void putPerson(const Person &person) { m_people.put(person); }
    void removePerson(UserId person) { m_people.remove(person); }
    void putInstance(const Instance &instance);
    void setDepartments(const QList<Department> &all) { m_departments = Departments(all); }
    /// After the definitions of tables have changed.
    void compile();
    /// The records by what a field says or, of formulas that look up by keys, by what the key of
    /// that call is; for those who recalculate.
    struct Keyed {
        FieldId field;
        int call = -1; ///< One of CompiledFormula::keyed; -1 is the field itself.
        friend bool operator==(const Keyed &, const Keyed &) = default;
        friend size_t qHash(const Keyed &keyed, size_t seed = 0) noexcept
        {
            return qHashMulti(seed, keyed.field, keyed.call);
        }
    };
    const KeyIndex *keys(const Keyed &keyed) const;
    KeyIndex &writeKeys(const Keyed &keyed) { return m_keys[keyed]; }
    void forgetKeys(const Keyed &keyed) { m_keys.remove(keyed); }
    void forgetKeys() { m_keys.clear(); }
    void noteExpiry(qint64 ms) { m_nextExpiryMs = std::min(m_nextExpiryMs, ms); }
    void forgetExpiry() { m_nextExpiryMs = Never; }

private:
    struct Shared : CowCounted {
        TableData data;
    };
    quint64 m_revision = 0;
    QHash<TableId, CowPointer<Shared>> m_tables;
    People m_people;
    Departments m_departments;
    QHash<InstanceId, Instance> m_instances;
    QHash<RecordId, InstanceId> m_lastInstance;
    std::shared_ptr<const Formulas> m_formulas;
    QHash<Keyed, KeyIndex> m_keys; ///< What the formulas look up, and no more.
    qint64 m_nextExpiryMs = Never;
};

} // namespace casebase
