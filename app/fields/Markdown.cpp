// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/fields/Markdown.h"

#include <QRegularExpression>
#include <QTextBlock>
#include <QTextDocument>

namespace casebase {

namespace {

constexpr qsizetype WordsLimit = 400; ///< Characters that a line may show.
constexpr qsizetype ReadableLimit = 20'000;

/// A document that shows no pictures.
class ClosedDocument final : public QTextDocument {
protected:
    QVariant loadResource(int, const QUrl &) override { return {}; }
};

} // namespace

QString plainWords(const QString &markdown)
{
    static const QRegularExpression lineMarks(
        QStringLiteral("^[ \\t]*(?:#{1,6}[ \\t]+|>[ \\t]?|(?:[-*+]|\\d+[.)])[ \\t]+(?:\\[[ xX]\\][ "
                       "\\t]+)?|(?:[-*_][ \\t]*){3,}$|```.*$)"),
        QRegularExpression::MultilineOption);
    static const QRegularExpression links(QStringLiteral("!?\\[([^\\]\\n]*)\\]\\([^)\\n]*\\)"));
    static const QRegularExpression marks(QStringLiteral(
        "(\\*\\*|__|~~|`)(?=\\S)(.+?)(?<=\\S)\\1|(?<![\\w*])([*_])(?=\\S)(.+?)(?<=\\S)"
        "\\3(?![\\w*])"));
    QString words = markdown.left(WordsLimit);
    words.remove(lineMarks);
    words.replace(links, QStringLiteral("\\1"));
    for (int depth = 0; depth < 2; ++depth) {
        words.replace(marks, QStringLiteral("\\2\\4"));
    }
    return words.simplified();
}

std::unique_ptr<QTextDocument> readable(const QString &markdown, const Theme &theme, int width)
{
    auto document = std::make_unique<ClosedDocument>();
    document->setDocumentMargin(0);
    document->setDefaultFont(theme.font(TextSize::Body));
    document->setMarkdown(markdown.left(ReadableLimit),
        QTextDocument::MarkdownFeatures(QTextDocument::MarkdownDialectGitHub)
            | QTextDocument::MarkdownNoHTML);
    document->setTextWidth(width);
    return document;
}

} // namespace casebase
