// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/support/Clock.h"
#include "shared/support/Id.h"

#include <QMutex>
#include <QRandomGenerator>

namespace casebase {

/// Makes new ids, each greater than the one before, and in one millisecond none that differs from
/// another only by case: databases and file systems take such names for the same. Any thread may
/// ask.
class IdSource {
public:
    explicit IdSource(const Clock &clock);
    /// The same ids for the same seed and clock, for tests.
    IdSource(const Clock &clock, quint32 seed);

    template <class AnyId> AnyId next() { return AnyId(nextBits()); }

private:
    IdBits nextBits();

    const Clock &m_clock;
    QMutex m_mutex;
    QRandomGenerator m_random;
    quint64 m_time = 0; ///< of the last one
    quint64 m_noise = 0;
};

} // namespace casebase
