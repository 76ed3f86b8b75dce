// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/document/TableData.h"
#include "shared/operation/ChangeSet.h"

namespace casebase {

/// The state of one base: a value that is cheap to copy, so that everybody may keep one. It holds
/// no lock; a copy can be read on another thread while the original is written.
class Document {
public:
    quint64 revision() const { return m_revision; }
    void setRevision(quint64 revision) { m_revision = revision; }

    const TableData *table(TableId table) const;
    /// By id or name, not the trashed ones.
    const TableData *tableNamed(const QString &nameOrId) const;
    /// By position, trashed ones included.
    QList<TableId> tables() const;
    QList<TableId> liveTables() const;

    const People &people() const { return m_people; }
    const Instance *instance(InstanceId instance) const;
    const QHash<InstanceId, Instance> &instances() const { return m_instances; }
    /// The instance that runs on the record, or the last one that ran.
    const Instance *instanceOf(TableId table, RecordId record) const;

    /// For adopting only: everything else goes through plan().
    TableData &writeTable(TableId table);
    void removeTable(TableId table);
    void putPerson(const Person &person) { m_people.put(person); }
    void removePerson(UserId person) { m_people.remove(person); }
    void putInstance(const Instance &instance);

private:
    struct Shared : CowCounted {
        TableData data;
    };
    quint64 m_revision = 0;
    QHash<TableId, CowPointer<Shared>> m_tables;
    People m_people;
    QHash<InstanceId, Instance> m_instances;
    QHash<RecordId, InstanceId> m_lastInstance;
};

} // namespace casebase
