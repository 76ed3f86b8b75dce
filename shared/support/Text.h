// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>

namespace casebase {

inline constexpr qsizetype TextLimit = 256 * 1024; ///< Characters in one text, as stored.
inline constexpr qsizetype NameLimit = 200; ///< Characters in a name of a table, field, …

/// The one gate for text from outside: composed (NFC) and storable, or nothing if it holds a lone
/// surrogate, a NUL or is longer than TextLimit. Every entry (API, sync, import, paste) uses it.
std::optional<QString> storableText(const QString &text);

/// Full-width digits, signs and spaces as their plain forms: "１２．５" becomes "12.5".
QString plainWidth(const QString &text);

} // namespace casebase
