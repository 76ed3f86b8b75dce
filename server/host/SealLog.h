// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/store/Store.h"
#include "shared/secret/Keeper.h"

namespace casebase {

/// Where the changes make a field sensitive, the log of the base keeps its earlier texts no longer
/// readable either: they are sealed, and what freed space in the file held is overwritten. True if
/// there was such a field. In the transaction that stores the changes, before them.
Result<bool> sealLog(Store &store, BaseId base, const ChangeSet &changes, const Keeper &keeper);

} // namespace casebase
