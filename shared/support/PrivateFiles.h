// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace casebase {

/// Makes the folder, with those above it; false if that cannot be. Nobody but its owner may look
/// into it, where the disk knows owners; on Windows a folder in somebody's profile is private by
/// itself. A folder that is there and holds something stays as somebody made it.
bool makePrivateFolder(const QString &path);
/// The same for an empty file, in a folder that others may look into.
bool makePrivateFile(const QString &path);

} // namespace casebase
