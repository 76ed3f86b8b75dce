// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/admin/Commands.h"

namespace casebase {

/// Runs the server until it is told to stop. The exit code.
int serve(const Command &command);

} // namespace casebase
