// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/support/Clock.h"

namespace casebase {

/// Time that passes when a test says so. Begins on Sunday, 2026-11-22 09:00 in Shanghai.
class TestClock final : public Clock {
public:
    qint64 nowMs() const override { return m_nowMs; }
    void advanceMs(qint64 ms) { m_nowMs += ms; }

private:
    qint64 m_nowMs = 1795309200000;
};

/// The clock of one computer, which may be wrong.
class SkewedClock final : public Clock {
public:
    explicit SkewedClock(const Clock &right)
        : m_right(right)
    {
    }
    qint64 nowMs() const override { return m_right.nowMs() + m_skewMs; }
    void setSkewMs(qint64 ms) { m_skewMs = ms; }

private:
    const Clock &m_right;
    qint64 m_skewMs = 0;
};

} // namespace casebase
