// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/replica/Outbox.h"

namespace casebase {

/// Which waiting requests of one base are under way on this connection, and which may go next: in
/// order, a bounded number at a time. Knows no network.
class SubmitWindow {
public:
    /// A connection begins. The server has seen numbers of this installation up to `seen`.
    void begin(quint64 seen);
    /// The requests that may go out now; they count as under way from here on.
    QList<Pending> take(const QList<Pending> &waiting);
    /// One that was under way has its answer.
    void answered();
    /// The server cannot take anything now: this one and what follows it go out once more.
    void goBackTo(quint64 counter);
    /// The server knows another request under that number: this installation's file is an old copy.
    void noteReused(quint64 counter) { m_reused += counter; }
    /// Once it is known which numbers are used up: the requests that need new ones, in order.
    QList<quint64> takeReused(const QList<Pending> &waiting);

private:
    static constexpr int Size = 200;

    quint64 m_seen = 0;
    quint64 m_sentUpTo = 0; ///< Number of the last request that went out on this connection.
    int m_underWay = 0; ///< Of those, how many have no answer yet.
    QList<quint64> m_reused;
};

} // namespace casebase
