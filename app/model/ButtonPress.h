// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/model/UndoStack.h"

namespace casebase {

/// Whether the button can be pressed in the record now.
bool isButtonOffered(
    const Session &session, BaseId base, TableId table, RecordId record, const Field &button);

/// Presses it: opens its link, writes its fields as one step that can be undone, or starts its
/// workflow. Refused with the reason, and nothing has happened then.
Done pressButton(Session &session, UndoStack &undo, BaseId base, TableId table, RecordId record,
    const Field &button);

} // namespace casebase
