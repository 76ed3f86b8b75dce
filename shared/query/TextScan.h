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
    /// The next place at or after `at` near which the pair stands, or one that is near `last`.
    qsizetype skip(const char *data, qsizetype at, qsizetype last) const;

    /// Two bytes of the text, next to each other if it has two; what is or-ed to a byte before it
    /// is compared makes the cases of letters one.
    struct Pair {
        qsizetype at = 0;
        qsizetype gap = 0;
        char first = 0;
        char second = 0;
        char firstMask = 0;
        char secondMask = 0;
    };
    QByteArray m_text; ///< UTF-8, ASCII letters in lower case.
    Pair m_pair;
};

} // namespace casebase
