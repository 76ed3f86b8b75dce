// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/document/Recalculate.h"
#include "shared/support/Progress.h"

namespace casebase {

/// Makes the document what it is after the changes, and computes what depends on them; says which
/// computed cells became different. Cannot fail: facts about records or tables that the document
/// does not have are skipped. Most of the other half of `progress` is this.
Recalculated adopt(Document &document, const ChangeSet &changes, const Stamp &stamp,
    quint64 revision, const FormulaContext &context, Progress *progress = nullptr);

} // namespace casebase
