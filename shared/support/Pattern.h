// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <memory>

namespace re2 {
class RE2;
}

namespace casebase {

inline constexpr qsizetype PatternLimit = 500; ///< Characters.

/// Users' patterns run in time that grows with the text only: RE2 never backtracks. Null if the
/// pattern is none, or too long. Any thread may match with it.
std::shared_ptr<const re2::RE2> compiledPattern(
    const QString &text, Qt::CaseSensitivity sensitivity);

} // namespace casebase
