// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/support/IdSource.h"

namespace casebase {

namespace {

constexpr quint64 NoiseLimit = 3521614606208ULL; // 62 to the power of 7

} // namespace

IdSource::IdSource(const Clock &clock)
    : m_clock(clock)
    , m_random(QRandomGenerator::securelySeeded())
{
}

IdSource::IdSource(const Clock &clock, quint32 seed)
    : m_clock(clock)
    , m_random(seed)
{
}

IdBits IdSource::nextBits()
{
    const QMutexLocker lock(&m_mutex);
    const auto now = quint64(m_clock.nowMs());
    if (now > m_last.time) {
        m_last = {now, m_random.generate64() % NoiseLimit};
    } else {
        // Within one millisecond (or with a clock set back) go on from the last one by a random
        // step, so that ids of one source stay in order and those of two sources stay apart.
        m_last.noise += 1 + m_random.bounded(1u << 16);
        if (m_last.noise >= NoiseLimit) {
            m_last = {m_last.time + 1, m_random.generate64() % (NoiseLimit / 2)};
        }
    }
    return m_last;
}

} // namespace casebase
