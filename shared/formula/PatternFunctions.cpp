// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/formula/Function.h"

#include "shared/support/Pattern.h"
#include "shared/support/Text.h"

#include <re2/re2.h>

namespace casebase {

namespace {

using enum FormulaType;

/// The pattern, compiled once for all rows: a formula has the same one nearly always.
std::shared_ptr<const RE2> patternOf(const QString &text)
{
    constexpr qsizetype Kept = 32;
    thread_local QHash<QString, std::shared_ptr<const RE2>> patterns;
    const auto known = patterns.constFind(text);
    if (known != patterns.cend()) {
        return *known;
    }
    if (patterns.size() >= Kept) {
        patterns.clear();
    }
    return *patterns.insert(text, compiledPattern(text, Qt::CaseSensitive));
}

re2::StringPiece piece(const QByteArray &utf8)
{
    return {utf8.constData(), size_t(utf8.size())};
}

/// Calls the function with the text and the pattern, unless the pattern is none.
template <class Use> FormulaValue withPattern(Arguments &v, CallContext &c, Use use)
{
    const QString text = v.text(0);
    const auto pattern = patternOf(v.text(1));
    if (!pattern) {
        return Fault::BadPattern;
    }
    if (!c.run.spend(text.size() * 4)) {
        return Fault::TooComplex;
    }
    return use(text.toUtf8(), *pattern);
}

FormulaValue matches(Arguments &v, CallContext &c)
{
    return withPattern(v, c, [](const QByteArray &text, const RE2 &pattern) {
        return FormulaValue(RE2::PartialMatch(piece(text), pattern));
    });
}

FormulaValue extracted(Arguments &v, CallContext &c)
{
    return withPattern(v, c, [](const QByteArray &text, const RE2 &pattern) {
        const int groups = std::min(pattern.NumberOfCapturingGroups(), 1);
        re2::StringPiece found[2];
        const bool isFound =
            pattern.Match(piece(text), 0, size_t(text.size()), RE2::UNANCHORED, found, groups + 1);
        const re2::StringPiece &part = found[groups];
        return isFound ? FormulaValue(QString::fromUtf8(part.data(), qsizetype(part.size())))
                       : FormulaValue();
    });
}

FormulaValue replaced(Arguments &v, CallContext &c)
{
    // $1 stands for a group, as in other products; RE2 writes \1.
    QByteArray put = v.text(2).toUtf8();
    put.replace('\\', "\\\\");
    for (qsizetype i = 0; i + 1 < put.size(); ++i) {
        if (put[i] == '$' && put[i + 1] >= '0' && put[i + 1] <= '9') {
            put[i] = '\\';
        }
    }
    return withPattern(v, c, [&put](const QByteArray &text, const RE2 &pattern) {
        if (text.size() * (put.size() + 1) > 16 * TextLimit) {
            return FormulaValue(Fault::TooComplex);
        }
        std::string changed = text.toStdString();
        RE2::GlobalReplace(&changed, pattern, piece(put));
        const QString result = QString::fromStdString(changed);
        return result.size() > TextLimit ? FormulaValue(Fault::TooComplex) : FormulaValue(result);
    });
}

} // namespace

QList<Function> patternFunctions()
{
    return {
        {"REGEX_MATCH", "text, pattern", 2, 2, Flag, matches,
            QT_TRANSLATE_NOOP("Function", "True if the pattern is found in the text."),
            "REGEX_MATCH({Code},\"^RMA-\\\\d+$\")"},
        {"REGEX_EXTRACT", "text, pattern", 2, 2, Text, extracted,
            QT_TRANSLATE_NOOP("Function",
                "The first part of the text that the pattern finds, or its first group."),
            "REGEX_EXTRACT({Notes},\"1\\\\d{10}\")"},
        {"REGEX_REPLACE", "text, pattern, new", 3, 3, Text, replaced,
            QT_TRANSLATE_NOOP("Function",
                "The text with all that the pattern finds replaced; $1 is its first group."),
            "REGEX_REPLACE({Phone},\"\\\\D\",\"\")"},
    };
}

} // namespace casebase
