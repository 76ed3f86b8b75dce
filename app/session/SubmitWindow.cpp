// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/SubmitWindow.h"

namespace casebase {

void SubmitWindow::begin(quint64 seen)
{
    *this = SubmitWindow();
    m_seen = seen;
}

QList<Pending> SubmitWindow::take(const QList<Pending> &waiting)
{
    QList<Pending> next;
    for (const Pending &pending : waiting) {
        if (pending.refusal || pending.counter <= m_sentUpTo) {
            continue;
        }
        // Numbers that the server may know already are asked for first: if one of them turns out to
        // be used up, it and all that follow need new ones, and none of those may have gone out.
        const bool isAskedFor = m_sentUpTo <= m_seen && (m_underWay > 0 || !m_reused.isEmpty());
        if (m_underWay >= Size || (pending.counter > m_seen && isAskedFor)) {
            break;
        }
        m_sentUpTo = pending.counter;
        ++m_underWay;
        next += pending;
    }
    return next;
}

void SubmitWindow::answered()
{
    m_underWay = std::max(0, m_underWay - 1);
}

void SubmitWindow::goBackTo(quint64 counter)
{
    m_sentUpTo = std::min(m_sentUpTo, counter - 1);
    m_underWay = 0;
}

QList<quint64> SubmitWindow::takeReused(const QList<Pending> &waiting)
{
    if (m_reused.isEmpty() || m_underWay > 0) {
        return {};
    }
    QList<quint64> counters;
    for (const Pending &pending : waiting) {
        if (!pending.refusal && pending.counter <= m_seen && pending.counter > m_sentUpTo) {
            return {}; // take() asks for this one first
        }
        if (!pending.refusal
            && (pending.counter > m_sentUpTo || m_reused.contains(pending.counter))) {
            counters += pending.counter;
        }
    }
    m_reused.clear();
    return counters;
}

} // namespace casebase
