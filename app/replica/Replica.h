// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/replica/Outbox.h"
#include "shared/document/Document.h"
#include "shared/formula/FormulaValue.h"
#include "shared/support/Progress.h"

#include <QLocale>
#include <QSet>

#include <functional>
#include <memory>

namespace casebase {

/// What became different for those who look.
struct ReplicaChange {
    ChangeSet changes;
    bool isReset = false; ///< More than `changes` says: look at everything again.
};

/// What a request comes to on top of those that wait.
struct Prediction {
    ChangeSet facts;
    ReplicaChange change; ///< With what is computed from them.
    Document document; ///< With the request on top.
    quint64 basis = 0; ///< Which document of the replica it stands on.
};

/// The confirmed document with one more commit of the server.
struct Adoption {
    Document document;
    ReplicaChange change;
    QTimeZone zone; ///< In which formulas were computed.
};

using CellKey = std::pair<RecordId, FieldId>;

/// One base on the client: the document that the server confirmed, the requests that wait, and the
/// document with them on top, which is what people see. Knows no network and no files.
class Replica {
public:
    Replica(UserId me, QLocale locale, const FormulaContext &now);

    /// With the requests on top.
    const Document &document() const { return m_predicted; }
    const Document &confirmed() const { return m_confirmed; }
    const QList<Pending> &pending() const { return m_pending; }
    bool isPending(RecordId record, FieldId field) const
    {
        return m_pendingCells.contains({record, field}) || m_pendingFields.contains(field);
    }
    /// The task has a decision that waits to be sent.
    bool isDecided(TaskId task) const;
    UserId me() const { return m_me; }

    /// Takes what the cache held, or a snapshot of the server, calculated.
    void setConfirmed(const Document &document);
    /// A job that says what the request would come to now, without changing anything; may be run on
    /// any thread. Requests that only the server can decide come to nothing here.
    std::function<Result<Prediction>()> prediction(const Request &request, qint64 nowMs,
        const std::shared_ptr<Progress> &progress = nullptr) const;
    /// Nothing has come on top since that prediction was begun.
    bool isCurrent(const Prediction &prediction) const { return prediction.basis == m_basis; }
    /// Puts the request on top as it was predicted now. It lies in the outbox.
    ReplicaChange addPending(const Pending &pending, const Prediction &prediction);
    /// The same for one that has to be predicted, or has been refused.
    ReplicaChange addPending(const Pending &pending);
    /// A job that adopts what the server stored, on any thread, for receive().
    std::function<Adoption()> adoption(const Commit &commit) const;
    /// Takes what the server stored, adopted already if it took long. If it is the answer to the
    /// request `confirms`, that is done.
    ReplicaChange receive(const Commit &commit, std::optional<quint64> confirms,
        const std::optional<Adoption> &adopted = std::nullopt);
    /// The server had the request already, or it changed nothing.
    ReplicaChange acknowledge(quint64 counter);
    /// The server refused the requests: they are taken off, and kept with the reason.
    ReplicaChange refuse(const QList<quint64> &counters, const Error &error);
    /// The refused request waits again.
    ReplicaChange retry(quint64 counter);
    /// The requests have new numbers, and with them a new place in the order.
    ReplicaChange renumber(const QList<quint64> &counters, const QList<Pending> &renumbered);
    /// Forgets a refused request.
    void discard(quint64 counter);
    /// It is later now, or another time zone: computes what that makes different.
    ReplicaChange passTime(const FormulaContext &now);

private:
    Result<Prediction> predicted(const Pending &pending) const;
    ReplicaChange put(const Pending &pending, const Prediction &prediction);
    ReplicaChange rebase(const ChangeSet &changes);
    bool touchesPending(const Commit &commit) const;
    void notePending(const ChangeSet &changes);
    void forgetPending();

    UserId m_me;
    QLocale m_locale;
    FormulaContext m_now;
    Document m_confirmed;
    Document m_predicted;
    quint64 m_basis = 0; ///< Counts the documents that m_predicted has been.
    QList<Pending> m_pending;
    QList<ChangeSet> m_planned; ///< What each pending request came to; as long as m_pending.
    QSet<CellKey> m_pendingCells;
    QSet<RecordId> m_pendingRecords;
    QSet<TableId> m_pendingTables; ///< Tables with new records or a new definition.
    QSet<FieldId> m_pendingFields; ///< Fields that wait in so many records that none is listed.
    QSet<TableId> m_pendingWholly; ///< Their tables.
};

} // namespace casebase
