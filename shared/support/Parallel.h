// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

namespace casebase {

/// Calls `work` for 0, 1, 2 and so on below `count`, on this thread and beside it on the threads of
/// the pool that are idle. What was begun is always finished and in order of its beginning nothing
/// is left out; nothing more is begun once one call gave false. Waits for no thread of the pool
/// that has not begun, so that it may be called from one.
void inParallel(size_t count, const std::function<bool(size_t)> &work);

} // namespace casebase
