// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace casebase {

/// What time it is. Comes in through constructors, so a test can decide.
class Clock {
public:
    virtual ~Clock() = default;
    /// Milliseconds since 1970-01-01 UTC.
    virtual qint64 nowMs() const = 0;
};

/// The computer's clock.
class SystemClock final : public Clock {
public:
    qint64 nowMs() const override;
};

} // namespace casebase
