// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace casebase {

/// A name from outside as one that every system can keep a file under and that says what it is: no
/// folders, no control characters, none that turn the direction of writing, no names of devices, at
/// most 200 characters with the suffix kept. "file" if nothing is left.
QString safeFileName(const QString &given);

} // namespace casebase
