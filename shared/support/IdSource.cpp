// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/support/IdSource.h"

namespace casebase {

namespace {

// The seven digits of the noise: the first two may be any, the other five are digits and capitals,
// so that ids that follow one another never differ only by case.
constexpr quint64 LeadingLimit = 62 * 62;
constexpr int TrailingDigits = 5;
constexpr quint64 TrailingLimit = 36 * 36 * 36 * 36 * 36;
constexpr quint64 NoiseLimit = LeadingLimit * TrailingLimit;

/// The bits of an id whose noise counts from 0 to NoiseLimit.
IdBits withNoise(quint64 time, quint64 noise)
{
    quint64 trailing = noise % TrailingLimit;
    quint64 bits = 0;
    quint64 place = 1;
    for (int i = 0; i < TrailingDigits; ++i) {
        bits += trailing % 36 * place;
        trailing /= 36;
        place *= 62;
    }
    return {time, noise / TrailingLimit * place + bits};
}

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
    if (now > m_time) {
        m_time = now;
        m_noise = m_random.generate64() % NoiseLimit;
    } else {
        // Within one millisecond (or with a clock set back) go on from the last one by a random
        // step, so that ids of one source stay in order and those of two sources stay apart.
        m_noise += 1 + m_random.bounded(1u << 16);
        if (m_noise >= NoiseLimit) {
            ++m_time;
            m_noise = m_random.generate64() % (NoiseLimit / 2);
        }
    }
    return withNoise(m_time, m_noise);
}

} // namespace casebase
