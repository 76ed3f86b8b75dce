// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/operation/ChangeSet.h"
#include "shared/sql/Database.h"

#include <map>

namespace casebase {

/// Finds commits by their request and by the records that they touched. A commit is not written to
/// these tables with its transaction: in them it would touch pages all over the file, which would
/// be most of what is written. The latest are kept in memory and written in the order of the tables
/// once they are many; after a start they are read from the log. Belongs to the writer's thread.
class LogIndex {
public:
    explicit LogIndex(Database &database);

    /// Forgets everything: after a transaction that was not stored.
    void forget();
    /// Reads the latest commits of the base, if that was not done yet: before add().
    Done load(BaseId base);
    /// Takes in a commit that the current transaction has written to the log.
    void add(BaseId base, const Commit &commit);
    /// Writes what is kept in memory if it is much; within a transaction.
    Done write(BaseId base);

    /// The revision that the request made, if it made one.
    Result<std::optional<quint64>> revisionOf(BaseId base, const RequestId &request);
    /// Greatest request number of the device, in any base.
    Result<quint64> lastCounter(DeviceId device);
    /// The commits that changed, deleted or restored the record, in no order.
    Result<QList<quint64>> touching(BaseId base, RecordId record);

private:
    /// What is in the log and not in the tables.
    struct Latest {
        QHash<RequestId, quint64> requests;
        QHash<RecordId, QList<quint64>> touched;
        quint64 revision = 0;
        qsizetype weight = 0; ///< Rows that the tables will get, and cells to read at a start.
    };

    Done loadAll();
    void add(Latest &latest, const Commit &commit);

    Database &m_database;
    std::map<BaseId, Latest> m_latest;
    QHash<DeviceId, quint64> m_written; ///< Greatest numbers in the table, once asked for.
    QHash<DeviceId, quint64> m_added; ///< Greatest numbers of what came through the memory.
    bool m_hasAll = false; ///< The latest commits of every base are in memory.
};

} // namespace casebase
