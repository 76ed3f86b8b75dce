// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/field/FieldType.h"

#include <QUrl>

namespace casebase {

/// A link, with or without its scheme.
const FieldType &urlType();

/// What opening the text of a link, an e-mail address or a telephone number opens: a page, a letter
/// or a call. Empty for other kinds, and for schemes that run programs or read files.
QUrl linkTarget(FieldKind kind, const QString &text);

} // namespace casebase
