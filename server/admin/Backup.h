// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/files/FileStore.h"
#include "shared/sql/Database.h"

namespace casebase {

/// Writes one file with one state of the store: the database as it is, and the attachments in a
/// table of their own. While others write, too. A file of that name appears only once it is whole.
Done backUp(const QString &databasePath, const FileStore &files, const QString &target);

/// Makes a store in the folder from such a file. The folder must be empty or not there. The store
/// gets a timeline of its own and remembers which one it came from, so that clients which are ahead
/// of it notice.
Done restoreBackup(const QString &source, const QString &folder);

} // namespace casebase
