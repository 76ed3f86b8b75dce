// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/support/Result.h"

#include <QString>

namespace casebase {

/// The text of a formula, taken from left to right. Whoever reads it may go back by setting `m_at`.
class Lexer {
protected:
    /// Borrows the text.
    explicit Lexer(const QString &text)
        : m_text(text)
    {
    }

    /// At that place, by default where the reader is. `why` is one of allPhrases(), with %1 and so
    /// on for the words that follow.
    Error error(const char *why, qsizetype at = -1, const QStringList &words = {}) const;
    void skipSpace();
    /// Full-width punctuation counts as its plain form; null at the end.
    QChar peek(qsizetype ahead = 0) const;
    bool isNext(QLatin1String name) const;
    /// The first of the operators that stands here, taken; longer ones come first in the list.
    QString takeOperator(std::initializer_list<const char *> operators);
    /// Letters and digits; empty if there are none.
    QString takeName();
    /// What stands in the braces that open here.
    Result<QString> takeBraced();
    /// What stands in the quotes that open here.
    Result<QString> takeQuoted();
    Result<double> takeNumber();

    const QString &m_text;
    qsizetype m_at = 0;
};

} // namespace casebase
