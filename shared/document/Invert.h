// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/document/Document.h"

namespace casebase {

/// The operations that take the changes back. Cells are taken back only if they still hold what the
/// changes put there; planning them is refused otherwise. Workflow instances are not taken back.
QList<Operation> invert(const ChangeSet &changes);

} // namespace casebase
