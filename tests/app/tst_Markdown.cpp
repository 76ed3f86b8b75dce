// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/fields/Markdown.h"

#include <QElapsedTimer>
#include <QTest>
#include <QTextBlock>
#include <QTextDocument>

using namespace casebase;

/// Formatted text, as a line of words and set out for reading.
class MarkdownTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void words_areLeftWithoutMarks_data();
    void words_areLeftWithoutMarks();
    void words_ofAnyText_takeNoTime();
    void readable_takesPeoplesWordsForNothingElse();
};

void MarkdownTest::words_areLeftWithoutMarks_data()
{
    QTest::addColumn<QString>("markdown");
    QTest::addColumn<QString>("words");
    const auto row = [](const char *markdown, const char *words) {
        QTest::newRow(markdown) << QString::fromUtf8(markdown) << QString::fromUtf8(words);
    };
    row("plain", "plain");
    row("# Head\n\ntext", "Head text");
    row("1. one\n2) two\n- three\n* four\n+ five", "one two three four five");
    row("- [x] done\n- [ ] open", "done open");
    row("> quoted", "quoted");
    row("a **bold** and *thin* and ***both***", "a bold and thin and both");
    row("`code` and ~~gone~~", "code and gone");
    row("see [the page](https://x.org/a_b_c) ![a picture](b.png)", "see the page a picture");
    row("---\nafter", "after");
    row("2 * 3 * 4 and snake_case_name", "2 * 3 * 4 and snake_case_name");
    row("# \xe9\x80\x80\xe6\xac\xbe\n\n**\xe5\x85\x88**\xe9\x81\x93\xe6\xad\x89",
        "\xe9\x80\x80\xe6\xac\xbe \xe5\x85\x88\xe9\x81\x93\xe6\xad\x89");
}

void MarkdownTest::words_areLeftWithoutMarks()
{
    QFETCH(QString, markdown);
    QFETCH(QString, words);
    QCOMPARE(plainWords(markdown), words);
}

void MarkdownTest::words_ofAnyText_takeNoTime()
{
    QElapsedTimer timer;
    timer.start();
    for (const char *part : {"*", "**a", "_", "[", "[a](", "`", "~~", "> ", "# ", "- "}) {
        plainWords(QString::fromLatin1(part).repeated(100'000));
    }
    QVERIFY2(timer.elapsed() < 1000, qPrintable(QString::number(timer.elapsed())));
}

void MarkdownTest::readable_takesPeoplesWordsForNothingElse()
{
    const Theme theme(false);
    const auto text = readable(
        QStringLiteral(
            "# Head\n\n<b>bold</b> <img src=\"http://127.0.0.1:9/x\">\n\n![p](file:///etc/passwd)"),
        theme, 300);
    QVERIFY(text->toPlainText().contains(QLatin1String("<b>bold</b>")));
    QVERIFY(
        !text->resource(QTextDocument::ImageResource, QUrl(QStringLiteral("file:///etc/passwd")))
             .isValid());
    QCOMPARE(text->firstBlock().text(), QStringLiteral("Head"));
    QVERIFY(text->size().height() > 20 && text->size().width() <= 300);
}

QTEST_MAIN(MarkdownTest)
#include "tst_Markdown.moc"
