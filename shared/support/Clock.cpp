// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/support/Clock.h"

#include <QDateTime>

namespace casebase {

qint64 SystemClock::nowMs() const
{
    return QDateTime::currentMSecsSinceEpoch();
}

} // namespace casebase
