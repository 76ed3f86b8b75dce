// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/support/Result.h"

class QFileDevice;

namespace casebase {

/// What was written to the file is on the disk when this returns, not only in the system's cache.
Done syncToDisk(QFileDevice &file);
/// The same for names that came, went or changed in the folder. Windows keeps those by itself.
Done syncFolder(const QString &path);

} // namespace casebase
