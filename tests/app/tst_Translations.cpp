// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/support/ErrorText.h"

#include <QCoreApplication>
#include <QTest>
#include <QTranslator>

using namespace casebase;

/// The Chinese file that the program carries has a sentence for every error, with its arguments.
class TranslationsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyError_hasAChineseSentence();
};

void TranslationsTest::everyError_hasAChineseSentence()
{
    QTranslator translator;
    QVERIFY(translator.load(QStringLiteral(":/translations/casebase_zh_CN.qm")));
    for (const ErrorText &text : allErrorTexts()) {
        const QString chinese = translator.translate("Error", text.sentence);
        QVERIFY2(!chinese.isEmpty(), text.sentence);
        const QString english = QString::fromUtf8(text.sentence);
        for (const char *argument : {"%1", "%2", "%3"}) {
            QCOMPARE(
                chinese.count(QLatin1String(argument)), english.count(QLatin1String(argument)));
        }
    }
}

QTEST_GUILESS_MAIN(TranslationsTest)
#include "tst_Translations.moc"
