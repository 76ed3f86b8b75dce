// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/field/DateFields.h"
#include "shared/field/FieldType.h"
#include "shared/support/ErrorText.h"

#include <QJsonArray>
#include <QJsonValue>
#include <QTest>

using namespace casebase;

class FieldTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void number_isUnderstood_data();
    void number_isUnderstood();
    void date_isUnderstood_data();
    void date_isUnderstood();
    void everyKind_hasANameAndFindsIt();
    void select_unknownOption_isRefusedByName();
    void text_withSurrogateOrNul_isRefused();
    void everyErrorCode_hasASentence();
    void errorArguments_areNotExpandedTwice();

private:
    const People m_people;
    // 2026-11-22 in Shanghai, a Sunday.
    FieldContext context() const
    {
        return {m_people, QLocale(QLocale::English), QTimeZone("Asia/Shanghai"), 1795309200000};
    }
};

void FieldTest::number_isUnderstood_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QLocale>("locale");
    QTest::addColumn<QVariant>("number");
    const QLocale english(QLocale::English);
    const QLocale german(QLocale::German);
    const auto row = [](const char *text, const QLocale &locale, const QVariant &number) {
        QTest::addRow("%s %s", text, qUtf8Printable(locale.name()))
            << QString::fromUtf8(text) << locale << number;
    };
    row("12", english, 12.0);
    row("1,234.5", english, 1234.5);
    row("1.234,5", german, 1234.5);
    row("1.234,5", english, 1234.5);
    row("1,234", english, 1234.0);
    row("1,234", german, 1.234);
    row("¥1,200", english, 1200.0);
    row("€ 3,50", german, 3.5);
    row("１２．５", english, 12.5);
    row("(3)", english, -3.0);
    row("25%", english, 0.25);
    row("-0", english, 0.0);
    row("1e3", english, 1000.0);
    row("12元", english, 12.0);
    row("0,5", english, 0.5);
    row("", english, {});
    row("abc", english, {});
    row("1-2", english, {});
    row("nan", english, {});
    row("1e999", english, {});
}

void FieldTest::number_isUnderstood()
{
    QFETCH(QString, text);
    QFETCH(QLocale, locale);
    QFETCH(QVariant, number);
    const auto parsed = parseNumber(text, locale);
    QCOMPARE(parsed.has_value(), number.isValid());
    if (parsed) {
        QCOMPARE(*parsed, number.toDouble());
    }
}

void FieldTest::date_isUnderstood_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("iso");
    const std::pair<const char *, const char *> rows[] = {{"2026-11-22", "2026-11-22"},
        {"2026/1/2", "2026-01-02"}, {"22.11.2026", "2026-11-22"}, {"29-02-2016", "2016-02-29"},
        {"11/22/2026", "2026-11-22"}, {"3-5", "2026-03-05"}, {"3月5日", "2026-03-05"},
        {"2026年3月5日", "2026-03-05"}, {"明天", "2026-11-23"}, {"Yesterday", "2026-11-21"},
        {"２０２６-１１-２２", "2026-11-22"}, {"2025-02-30", ""}, {"0000-01-01", ""},
        {"tomorow", ""}, {"13-13-2020", ""}};
    for (const auto &[text, iso] : rows) {
        QTest::addRow("%s", text) << QString::fromUtf8(text) << QString::fromLatin1(iso);
    }
}

void FieldTest::date_isUnderstood()
{
    QFETCH(QString, text);
    QFETCH(QString, iso);
    const auto date = parseDate(text, context());
    QCOMPARE(date ? toQDate(*date).toString(Qt::ISODate) : QString(), iso);
    const auto moment = parseMoment(text + QStringLiteral(" 14:30"), context());
    QCOMPARE(moment.has_value(), !iso.isEmpty());
    if (moment) {
        QCOMPARE(isoMoment(*moment), iso + QStringLiteral("T06:30:00.000Z"));
    }
    QVERIFY(!parseMoment(text + QStringLiteral(" 24:00"), context()));
}

void FieldTest::everyKind_hasANameAndFindsIt()
{
    for (const FieldKind kind : allFieldKinds()) {
        const QString name = QString::fromLatin1(fieldType(kind).apiName());
        QCOMPARE(fieldKindNamed(name), std::optional(kind));
    }
    QVERIFY(!fieldKindNamed(QStringLiteral("nonsense")));
}

void FieldTest::select_unknownOption_isRefusedByName()
{
    Field field;
    field.name = QStringLiteral("kind");
    field.kind = FieldKind::MultipleSelects;
    field.options = {{OptionId(IdBits{1, 1}), QStringLiteral("Refund"), {}},
        {OptionId(IdBits{1, 2}), QStringLiteral("Repair"), {}}};
    const FieldType &type = fieldType(field.kind);
    const auto good = type.parse(QStringLiteral("repair，refund, repair"), field, context());
    QVERIFY(good);
    QCOMPARE(type.format(good.value(), field, context()), QStringLiteral("Repair, Refund"));
    const auto bad =
        type.fromJson(QJsonArray{QStringLiteral("Refund"), QStringLiteral("x")}, field, context());
    QVERIFY(!bad);
    QCOMPARE(bad.error().code, ErrorCode::UnknownOption);
    QCOMPARE(bad.error().arguments, QStringList({QStringLiteral("kind"), QStringLiteral("x")}));
}

void FieldTest::text_withSurrogateOrNul_isRefused()
{
    Field field;
    field.name = QStringLiteral("title");
    const FieldType &type = fieldType(FieldKind::SingleLineText);
    QVERIFY(!type.parse(QString(QChar(0xD800)), field, context()));
    QVERIFY(!type.parse(QString(QChar(u'\0')), field, context()));
    const auto composed = type.parse(QStringLiteral("e\u0301"), field, context());
    QVERIFY(composed);
    QCOMPARE(std::get<QString>(composed.value()), QStringLiteral("\u00E9"));
}

void FieldTest::everyErrorCode_hasASentence()
{
    for (int code = 1; code <= int(ErrorCode::UnknownKey); ++code) {
        const ErrorText &text = errorText(ErrorCode(code));
        QCOMPARE(int(text.code), code);
        QVERIFY(text.httpStatus >= 400 && text.httpStatus < 600);
    }
}

void FieldTest::errorArguments_areNotExpandedTwice()
{
    const Error error{
        ErrorCode::UnknownOption, {QStringLiteral("%2"), QStringLiteral("%1 <b>")}, {}};
    QVERIFY(englishSentence(error).startsWith(
        QStringLiteral("“%1 <b>” is not an option of the field “%2”")));
}

QTEST_GUILESS_MAIN(FieldTest)
#include "tst_Field.moc"
