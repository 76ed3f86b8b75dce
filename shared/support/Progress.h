// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <algorithm>
#include <atomic>

namespace casebase {

/// How far something has got that takes long, in stages. One thread does it and says so; any thread
/// may ask.
class Progress {
public:
    /// It begins, or begins once more.
    void restart()
    {
        m_before = m_share = 0;
        m_percent.store(0, std::memory_order_relaxed);
    }
    /// The next stage: that share of the whole, from 0 to 1, in so many steps.
    void begin(double share, qsizetype steps)
    {
        m_before += m_share;
        m_share = share;
        m_steps = std::max<qsizetype>(steps, 1);
        m_step = 0;
        tell();
    }
    /// One of them is done.
    void step()
    {
        if ((++m_step & 1023) == 0) {
            tell();
        }
    }
    int percent() const { return m_percent.load(std::memory_order_relaxed); }

private:
    void tell()
    {
        const double done = m_before + m_share * double(m_step) / double(m_steps);
        m_percent.store(std::clamp(int(done * 100), 0, 100), std::memory_order_relaxed);
    }

    double m_before = 0;
    double m_share = 0;
    qsizetype m_steps = 1;
    qsizetype m_step = 0;
    std::atomic<int> m_percent = 0;
};

} // namespace casebase
