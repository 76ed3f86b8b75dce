// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace casebase {

/// Sends every message to standard error as one line of JSON, escaped and at most 4 KB.
void installLog();

} // namespace casebase
