// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/store/Store.h"
#include "shared/access/Access.h"
#include "shared/support/IdSource.h"
#include "shared/support/WorkQueue.h"

#include <QMutex>

namespace casebase {

using Snapshot = std::shared_ptr<const Document>; ///< Shared by everybody who reads it, immutable.

/// Hears of commits, on the writer's thread, in order, once they are on disk.
class CommitListener {
public:
    virtual ~CommitListener() = default;
    virtual void committed(BaseId base, const Commit &commit, const Snapshot &after) = 0;
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

    QList<BaseRow> bases() const;
    /// Null if there is no such base.
    Snapshot snapshot(BaseId base) const;
    QString timeline() const { return m_timeline; }

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
    IdSource &ids() { return m_ids; }

private:
    struct Waiting {
        Actor actor;
        BaseId base;
        RequestId id;
        Request request;
        OutcomeHandler handler;
    };
    struct Finished {
        OutcomeHandler handler;
        Result<Outcome> outcome;
        std::optional<Commit> commit;
        BaseId base;
        Snapshot after;
    };
    void processWaiting();
    Result<Outcome> process(
        const Waiting &waiting, QHash<BaseId, Document> &working, Finished &done);
    Result<QList<Operation>> expand(
        const Waiting &waiting, const Document &document, const Stamp &stamp);
    void publish(const QHash<BaseId, Document> &documents);

    Store &m_store;
    WorkQueue &m_writer;
    const Clock &m_clock;
    IdSource &m_ids;
    CommitListener *m_listener = nullptr;
    QString m_timeline;
    DeviceId m_device;

    mutable QMutex m_mutex; ///< Guards what follows.
    QList<BaseRow> m_bases;
    QHash<BaseId, Snapshot> m_snapshots;
    QList<Waiting> m_waiting;
    quint64 m_counter = 0;
};

} // namespace casebase
