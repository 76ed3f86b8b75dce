// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/fields/Markdown.h"

#include <QRegularExpression>
#include <QTextBlock>
#include <QTextCursor>
#include <QTextDocument>
#include <QTextList>

namespace casebase {

namespace {

constexpr qsizetype WordsLimit = 400; ///< Characters that a line may show.
constexpr qsizetype ReadableLimit = 20'000;
constexpr int ListIndent = 16;
constexpr int ParagraphGap = 5;

/// A document that shows no pictures.
class ClosedDocument final : public QTextDocument {
protected:
    QVariant loadResource(int, const QUrl &) override { return {}; }
};

/// Quieter than a page of its own: it stands among other fields.
void setOut(const QTextBlock &block, const Theme &theme)
{
    QTextCursor cursor(block);
    const bool isQuote =
        !block.textList() && block.blockFormat().hasProperty(QTextFormat::BlockQuoteLevel);
    QTextBlockFormat format;
    format.setTopMargin(0);
    format.setBottomMargin(block.textList() ? 1 : ParagraphGap);
    if (isQuote) {
        format.setLeftMargin(ListIndent);
    }
    cursor.mergeBlockFormat(format);
    const int level = block.blockFormat().headingLevel();
    QTextCharFormat words;
    if (level > 0) {
        words.setFont(theme.font(level == 1 ? TextSize::Heading : TextSize::Body));
        words.setFontWeight(QFont::DemiBold);
        words.setProperty(QTextFormat::FontSizeAdjustment, 0);
    }
    if (isQuote) {
        words.setForeground(theme.colour(Tone::Text2));
    }
    cursor.movePosition(QTextCursor::EndOfBlock, QTextCursor::KeepAnchor);
    cursor.mergeCharFormat(words);
}

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
    document->setIndentWidth(ListIndent);
    for (QTextBlock block = document->begin(); block.isValid(); block = block.next()) {
        setOut(block, theme);
    }
    document->setTextWidth(width);
    return document;
}

} // namespace casebase
