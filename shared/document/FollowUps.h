// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/document/WrittenCells.h"

namespace casebase {

/// What follows from what a request has written, in the same commit: options that no longer go with
/// the one that their parent field holds are taken away, and fields that tell when or by whom
/// others were changed say so. `after` is the document with the changes.
QList<Change> followUps(const Document &after, const ChangeSet &written, const Stamp &stamp);

} // namespace casebase
