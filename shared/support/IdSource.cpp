// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/support/IdSource.h"

namespace casebase {

namespace {

// Digits and capitals only: those that may stand in the noise, so that no two noises differ only by
// case.
constexpr int NoiseDigits = 7;
constexpr quint64 Letters = 36;
constexpr quint64 NoiseLimit = 78364164096ULL; // 36 to the power of 7

/// The bits of an id whose noise counts from 0 to NoiseLimit.
IdBits withNoise(quint64 time, quint64 noise)
{
    quint64 bits = 0;
    quint64 place = 1;
    for (int i = 0; i < NoiseDigits; ++i) {
        bits += noise % Letters * place;
        noise /= Letters;
        place *= 62;
    }
    return {time, bits};
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
