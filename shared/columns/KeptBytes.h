// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <atomic>
#include <memory>

namespace casebase {

/// Bytes that are made of an object when they are first asked for and kept with it. Copies of the
/// object begin without. Any thread may ask; only the sole owner of the object may forget.
class KeptBytes {
public:
    KeptBytes() = default;
    KeptBytes(const KeptBytes &) { }
    KeptBytes &operator=(const KeptBytes &) = delete;
    ~KeptBytes() { forget(); }

    /// What make() returned for the first who asked. Two who ask at once may both call it.
    template <class Make> QByteArray get(Make make) const
    {
        const QByteArray *kept = m_bytes.load(std::memory_order_acquire);
        if (kept) {
            return *kept;
        }
        auto made = std::make_unique<const QByteArray>(make());
        return m_bytes.compare_exchange_strong(kept, made.get(), std::memory_order_acq_rel)
            ? *made.release()
            : *kept;
    }
    bool isKept() const { return m_bytes.load(std::memory_order_relaxed); }
    void forget()
    {
        if (m_bytes.load(std::memory_order_relaxed)) {
            delete m_bytes.exchange(nullptr, std::memory_order_relaxed);
        }
    }

private:
    mutable std::atomic<const QByteArray *> m_bytes{nullptr};
};

} // namespace casebase
