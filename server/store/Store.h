// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/store/FileTable.h"
#include "server/store/LogIndex.h"
#include "server/store/TableSql.h"
#include "shared/document/Document.h"

#include <functional>
#include <map>

namespace casebase {

/// One base as the store lists it.
struct BaseRow {
    BaseId id;
    QString name;
    quint64 revision = 0;
};

/// A commit with what the log keeps besides the changes.
struct LoggedCommit {
    Commit commit;
    QString requestHash;
};

/// The hash of a commit in the chain that makes the log tamper-evident. `changes` as stored.
QByteArray chainedHash(const QByteArray &previous, const Commit &commit, const QByteArray &changes);

/// Keeps bases, their records and the log in the database. Written once for both dialects; knows
/// nothing about who may do what. Belongs to the writer's thread. The caller opens transactions.
class Store {
public:
    explicit Store(Database &database);

    Database &database() { return m_database; }
    Result<QString> setting(const QString &key);
    Done setSetting(const QString &key, const QString &value);

    Result<QList<BaseRow>> bases();
    Done createBase(BaseId base, const QString &name);
    Done renameBase(BaseId base, const QString &name);
    /// Forgets what it remembers of the log: after a transaction that was not stored.
    void forget();
    /// Everything about the base, from its tables.
    Result<Document> load(const BaseRow &base);

    /// The commit that the request made before, if it did.
    Result<std::optional<LoggedCommit>> commitOf(BaseId base, const RequestId &request);
    /// Greatest request number stored from the device, in any base.
    Result<quint64> lastCounter(DeviceId device);
    /// Writes the commit to the log and its facts to the tables. `after` holds them already.
    Done append(BaseId base, const LoggedCommit &commit, const Document &after);
    /// The revision of the last commit; once in each transaction that appended some, as its end.
    Done setRevision(BaseId base, quint64 revision);

    FileTable &files() { return m_files; }

    /// Part of the log, oldest first: after `since`, at most `limit`.
    Result<QList<Commit>> commitsSince(BaseId base, quint64 since, int limit);
    /// Changes commits of the log, and the chain of hashes with them. `change` says whether it did.
    /// Overwrites what stood there, also in the tables, until the transaction ends.
    Done rewriteLog(BaseId base, const std::function<Result<bool>(ChangeSet &)> &change);
    /// The commits that touched the record in that row of the table, newest first.
    Result<QList<Commit>> historyOf(
        BaseId base, TableId table, Row row, RecordId record, int limit);

private:
    Done writeChanges(BaseId base, const Commit &commit, const Document &after);
    Done appendToLog(BaseId base, const LoggedCommit &logged, const QByteArray &changes);
    Done writeEntity(BaseId base, const QString &kind, const QString &id, const QByteArray &body);
    Done writeTable(BaseId base, const TableChange &change);
    Done writeRecords(const RecordChanges &changes, quint64 revision, const Document &after);
    Done writeBirths(TableId table, const QList<Row> &rows, quint64 revision);
    Result<QList<QByteArray>> entities(BaseId base, const QString &kind);
    Result<QList<Commit>> readCommits(const QString &sql, const SqlValues &values);

    Database &m_database;
    TableSql &tableSql(const Table &table);

    QHash<BaseId, QByteArray> m_lastHash;
    std::map<TableId, TableSql> m_tables; ///< Until their definition changes.
    LogIndex m_index;
    FileTable m_files;
};

} // namespace casebase
