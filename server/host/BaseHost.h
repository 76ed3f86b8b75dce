// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/store/Store.h"
#include "server/vault/Vault.h"
#include "shared/access/Access.h"
#include "shared/support/IdSource.h"
#include "shared/support/WorkQueue.h"

#include <QMutex>
#include <QTimeZone>

namespace casebase {

struct FormulaContext;

using Snapshot = std::shared_ptr<const Document>; ///< Shared by everybody who reads it, immutable.

/// The commits of one base that went to disk together, in order, and the base after the last.
struct StoredCommits {
    BaseId base;
    QList<Commit> commits;
    Snapshot after;
};

/// Hears of commits, on the writer's thread, in order, once they are on disk.
class CommitListener {
public:
    virtual ~CommitListener() = default;
    virtual void committed(const StoredCommits &stored) = 0;
};

/// What a request came to.
struct Outcome {
    quint64 revision = 0; ///< Of the commit, or of the base if nothing changed.
    bool isRepeated = false; ///< The same request had been stored before.
    ChangeSet changes;
};
using OutcomeHandler = std::function<void(const Result<Outcome> &)>;

/// The server's door: orders all requests, plans, stores, adopts and tells. The only one who
/// changes a base. Any thread may ask; answers come on the writer's thread.
class BaseHost {
public:
    BaseHost(Store &store, WorkQueue &writer, const Clock &clock, IdSource &ids);

    /// Loads all bases. Before anything else.
    Done open();
    void setListener(CommitListener *listener) { m_listener = listener; }
    /// Without one no sensitive text is taken.
    void setVault(const Vault *vault) { m_vault = vault; }
    const Vault *vault() const { return m_vault; }

    QList<BaseRow> bases() const;
    /// Null if there is no such base.
    Snapshot snapshot(BaseId base) const;
    QString timeline() const { return m_timeline; }
    /// The timeline of the backup that the store was restored from; empty if it was not.
    QString restoredFrom() const { return m_restoredFrom; }
    /// The revision at which the two parted.
    quint64 restoredAt(BaseId base) const { return m_restoredAt.value(base); }

    /// The answer comes after the commit is on disk. Requests that wait together share a
    /// transaction.
    void submit(const Actor &actor, BaseId base, const RequestId &id, const Request &request,
        OutcomeHandler handler);
    /// A number for a request that comes without one (HTTP, commands, templates).
    RequestId nextRequestId();

    /// Makes an empty base with these members. The answer comes on the writer's thread.
    void createBase(const QString &name, const QList<Person> &people,
        std::function<void(const Result<BaseId> &)> handler);

    WorkQueue &writer() { return m_writer; }
    /// For reading the log: on the writer's thread only.
    Store &store() { return m_store; }
    const Clock &clock() const { return m_clock; }
    /// In which dates of formulas are computed.
    const QTimeZone &zone() const { return m_zone; }
    /// Computes what the time has made different. About once a second; any thread.
    void passTime();
    IdSource &ids() { return m_ids; }

private:
    struct Waiting {
        Actor actor;
        BaseId base;
        RequestId id;
        Request request;
        QString hash; ///< Tells a request that is sent again from another with its number.
        OutcomeHandler handler;
    };
    /// What a transaction has come to so far.
    struct Batch {
        QHash<BaseId, Document> documents;
        QList<StoredCommits> stored;
        bool isToWipe = false; ///< Texts in the log have become sensitive.
        void add(BaseId base, const Commit &commit);
    };
    void processWaiting();
    QList<Waiting> takeWaiting(bool &isMore);
    Result<Outcome> process(const Waiting &waiting, Batch &batch);
    Done checkTableIds(BaseId base, const QList<Operation> &operations, const Batch &batch) const;
    Result<QSet<FileId>> nameFiles(
        BaseId base, const Document &document, QList<Operation> &operations);
    Result<QList<Operation>> expand(
        const Waiting &waiting, const Document &document, const Stamp &stamp);
    void publish(const QHash<BaseId, Document> &documents);
    void tell(Batch &batch);
    FormulaContext now() const;
    void wipeStore();
    void holdBack(const QList<Waiting> &failed);
    Done mayGoOn(const RequestId &id);

    Store &m_store;
    WorkQueue &m_writer;
    const Clock &m_clock;
    IdSource &m_ids;
    CommitListener *m_listener = nullptr;
    const Vault *m_vault = nullptr;
    QString m_timeline;
    QString m_restoredFrom;
    QHash<BaseId, quint64> m_restoredAt;
    DeviceId m_device;
    QTimeZone m_zone = QTimeZone::systemTimeZone(); ///< Asking the system takes long.

    /// Devices whose request could not be stored, and its number: what they sent after it must not
    /// overtake it. On the writer's thread only.
    QHash<DeviceId, quint64> m_held;

    mutable QMutex m_mutex; ///< Guards what follows.
    QList<BaseRow> m_bases;
    QHash<BaseId, Snapshot> m_snapshots;
    QList<Waiting> m_waiting;
    quint64 m_counter = 0;
};

} // namespace casebase
