// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/field/FieldType.h"
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
    void whatFieldsExpect_isSaidInChinese();
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

void TranslationsTest::whatFieldsExpect_isSaidInChinese()
{
    QTranslator translator;
    QVERIFY(translator.load(QStringLiteral(":/translations/casebase_zh_CN.qm")));
    QCoreApplication::installTranslator(&translator);
    static const People nobody;
    int refused = 0;
    for (const FieldKind kind : allFieldKinds()) {
        Field field;
        field.kind = kind;
        field.name = QStringLiteral("名");
        for (const Value &wrong : {Value(true), Value(QStringLiteral("值")), Value(-7.5)}) {
            const FieldType &type = fieldType(kind);
            const QString text = std::holds_alternative<QString>(wrong) ? std::get<QString>(wrong)
                                                                        : QStringLiteral("-7.5");
            for (const auto &result :
                {type.accept(wrong, field, {nobody}), type.parse(text, field, {nobody})}) {
                if (!result && result.error().code == ErrorCode::WrongType) {
                    const QString sentence = localisedSentence(result.error());
                    QVERIFY2(!sentence.contains(result.error().arguments.value(2)),
                        qPrintable(sentence));
                    ++refused;
                }
            }
        }
    }
    QVERIFY(refused > 30);
    const Error theirs{ErrorCode::WrongType, {QStringLiteral("text"), {}, {}}, {}};
    QVERIFY(localisedSentence(theirs).contains(QStringLiteral("text"))); // a field of that name
}

QTEST_GUILESS_MAIN(TranslationsTest)
#include "tst_Translations.moc"
