// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/document/Document.h"

namespace casebase {

/// Makes the document what it is after the changes. Cannot fail: facts about records or tables that
/// the document does not have are skipped.
void adopt(Document &document, const ChangeSet &changes, const Stamp &stamp, quint64 revision);

} // namespace casebase
