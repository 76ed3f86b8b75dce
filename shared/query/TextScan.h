// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/query/RowTest.h"

#include <optional>

namespace casebase {

/// Finds a text in bytes, whatever the case of its letters: two of its bytes are looked for in
/// whole runs of text at once, the rest is compared where both stand.
class TextScan {
public:
    /// Nothing if the text holds letters outside ASCII that have two cases: those need QString.
    static std::optional<TextScan> create(const QString &text);

    /// Where it stands first at or after `from`, or -1.
    qsizetype find(QByteArrayView bytes, qsizetype from = 0) const;
    /// Clears the bits of the rows that do not contain it.
    void keep(const BytesColumn &column, size_t block, RowMask &mask) const;

private:
    explicit TextScan(const QByteArray &folded);
    bool standsAt(const char *bytes) const;

    QByteArray m_text; ///< UTF-8, ASCII letters in lower case.
    qsizetype m_pair = 0; ///< Where in the text the two bytes are that are looked for.
};

} // namespace casebase
