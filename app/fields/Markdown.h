// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/theme/Theme.h"

class QTextDocument;

namespace casebase {

/// Markdown as the words alone, in one line, for where there is no room for more. Looks at the
/// beginning of a long text only.
QString plainWords(const QString &markdown);

/// Markdown set out for reading. People's words: nothing is loaded from anywhere, and no HTML in it
/// is taken for more than text.
std::unique_ptr<QTextDocument> readable(const QString &markdown, const Theme &theme, int width);

} // namespace casebase
