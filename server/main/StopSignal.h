// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

namespace casebase {

/// Calls the function on the thread of the event loop when the system asks the program to end:
/// SIGTERM and SIGINT on Unix, the console's closing on Windows. Once per program.
void onStopSignal(std::function<void()> stop);

/// Also asks to stop when standard input ends: for a server that must not outlive who started it.
void stopWhenInputEnds();

} // namespace casebase
