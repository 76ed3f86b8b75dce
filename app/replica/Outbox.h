// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/operation/Request.h"
#include "shared/sql/Database.h"

#include <memory>

namespace casebase {

/// A request that the server has not confirmed.
struct Pending {
    BaseId base;
    quint64 counter = 0;
    Request request;
    qint64 createdMs = 0;
    std::optional<Error> refusal; ///< Why it could not be applied; kept until somebody looks at it.
};

/// The server has stored this request.
struct Confirmed {
    quint64 counter = 0;
    QString timeline;
    quint64 revision = 0;
};

/// What became of an outbox file that could not be used as it was.
struct Salvage {
    QString keptAt; ///< The file as it was found; only people remove it.
    int recovered = 0; ///< Requests that wait again.
    bool isForeign = false; ///< It was another account's: nothing was taken from it.
};

/// The requests of this installation that wait, in a file of their own that is never thrown away.
/// What add() returned is on disk.
class Outbox {
public:
    /// Opens or makes the file. One that is damaged or belongs to somebody else is kept beside it,
    /// and what can be read of one's own waits again.
    static Result<std::unique_ptr<Outbox>> open(
        const QString &path, UserId owner, DeviceId newDevice);

    DeviceId device() const { return m_device; }
    const std::optional<Salvage> &salvage() const { return m_salvage; }
    Result<QList<Pending>> all();
    Result<Pending> add(BaseId base, const Request &request, qint64 nowMs);
    /// Forgets the request.
    Done remove(quint64 counter);
    /// The server has them: kept for a month, in case the server loses them.
    Done acknowledge(const QList<Confirmed> &confirmed, qint64 nowMs);
    /// What was acknowledged on that timeline after the revision, among the waiting again, refused
    /// with the error.
    Result<QList<Pending>> takeBack(
        BaseId base, const QString &timeline, quint64 revision, const Error &error);
    Done setRefused(const QList<quint64> &counters, const Error &error);
    /// It waits to be sent as at first.
    Done setWaiting(quint64 counter);
    /// Gives the requests new numbers, in that order: the server knows others under the old ones.
    Result<QList<Pending>> renumber(const QList<quint64> &counters);
    /// Never use numbers up to this one: the server has seen them.
    void skipTo(quint64 counter) { m_counter = std::max(m_counter, counter); }

private:
    explicit Outbox(std::unique_ptr<Database> database);
    static Result<std::unique_ptr<Outbox>> openFile(
        const QString &path, UserId owner, DeviceId newDevice);
    static Result<Salvage> replaceFile(const QString &path, UserId owner, bool isForeign);
    Done verify();
    Done insert(const Pending &pending);
    template <class Work> auto inTransaction(const Work &work) -> decltype(work())
    {
        TRY(m_database->begin());
        auto result = work();
        if (result) {
            const Done committed = m_database->commit();
            if (committed) {
                // Between transactions only; a failure leaves the log longer, nothing else.
                const Done moved = m_database->checkpoint();
                Q_UNUSED(moved)
                return result;
            }
            result = committed.error();
        }
        m_database->rollback();
        return result;
    }

    std::unique_ptr<Database> m_database;
    DeviceId m_device;
    quint64 m_counter = 0;
    std::optional<Salvage> m_salvage;
};

} // namespace casebase
