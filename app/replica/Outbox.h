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

/// The requests of this installation that wait, in a file of their own that is never thrown away.
/// What add() returned is on disk.
class Outbox {
public:
    static Result<std::unique_ptr<Outbox>> open(const QString &path, DeviceId newDevice);

    DeviceId device() const { return m_device; }
    Result<QList<Pending>> all();
    Result<Pending> add(BaseId base, const Request &request, qint64 nowMs);
    /// Forgets the request.
    Done remove(quint64 counter);
    /// The server has it: kept for a month, in case the server loses it.
    Done acknowledge(quint64 counter, const QString &timeline, quint64 revision, qint64 nowMs);
    /// What was acknowledged on that timeline after the revision, among the waiting again, refused
    /// with the error.
    Result<QList<Pending>> takeBack(
        BaseId base, const QString &timeline, quint64 revision, const Error &error);
    Done setRefused(quint64 counter, const Error &error);
    /// It waits to be sent as at first.
    Done setWaiting(quint64 counter);
    /// Never use numbers up to this one: the server has seen them.
    void skipTo(quint64 counter) { m_counter = std::max(m_counter, counter); }

private:
    explicit Outbox(std::unique_ptr<Database> database);
    std::unique_ptr<Database> m_database;
    DeviceId m_device;
    quint64 m_counter = 0;
};

} // namespace casebase
