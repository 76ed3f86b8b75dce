// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/support/Result.h"

namespace casebase {

/// What the world outside sees of an ErrorCode.
struct ErrorText {
    ErrorCode code;
    int httpStatus;
    const char *type; ///< Machine-readable name, in the style of Airtable's Web API.
    const char *sentence; ///< English source text with %1, %2 for the arguments; context "Error".
};

/// The row of the code; unknown codes get the row of ErrorCode::Invalid.
const ErrorText &errorText(ErrorCode code);

/// All rows, for the test that every code has a sentence in every language.
const QList<ErrorText> &allErrorTexts();

/// What sentences are filled with, as far as it comes from us: what a field expects, what is not
/// here, what is not allowed. In the context "Error", too.
const QList<const char *> &allPhrases();

/// The English sentence with its arguments filled in.
QString englishSentence(const Error &error);

/// One of allPhrases() in the language of the installed translators; any other text as it is.
QString localisedPhrase(const QString &text);

/// The sentence in the language of the installed translators.
QString localisedSentence(const Error &error);

} // namespace casebase
