// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/files/FileStore.h"
#include "server/store/Store.h"

namespace casebase {

/// Looks over a whole store: the database file, the log (no gaps, unbroken chain, every commit
/// readable), the records against what the log makes of nothing, and the attachments. One line for
/// each fault; none if all is well. Reads one state, also while others write. Repairs nothing.
/// `folder` is where the keys of sensitive texts lie: all texts have to open.
Result<QStringList> storeFaults(Database &database, const FileStore &files, const QString &folder);

} // namespace casebase
