// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/field/AutoNumberField.h"
#include "shared/field/DateFields.h"
#include "shared/field/FieldType.h"
#include "shared/field/UrlField.h"
#include "shared/support/ErrorText.h"
#include "shared/value/Packed.h"

#include <QJsonArray>
#include <QJsonValue>
#include <QTest>

using namespace casebase;

Q_DECLARE_METATYPE(casebase::Field)
Q_DECLARE_METATYPE(casebase::FieldKind)

class FieldTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void number_isUnderstood_data();
    void number_isUnderstood();
    void date_isUnderstood_data();
    void date_isUnderstood();
    void date_isWrittenAsTheFieldSays_data();
    void date_isWrittenAsTheFieldSays();
    void date_comesBackFromEveryFormat();
    void number_isSetAsTheFieldSays();
    void number_comesBackFromEveryFormat();
    void place_showsItsPart();
    void typedText_isShown_data();
    void typedText_isShown();
    void links_openNothingThatRuns_data();
    void links_openNothingThatRuns();
    void everyKind_hasANameAndFindsIt();
    void select_unknownOption_isRefusedByName();
    void persons_areNamed_eachOnce();
    void autoNumber_showsItsDay();
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

void FieldTest::date_isWrittenAsTheFieldSays_data()
{
    QTest::addColumn<DateOptions>("options");
    QTest::addColumn<QLocale>("locale");
    QTest::addColumn<QString>("day");
    QTest::addColumn<QString>("moment");
    using enum DateFormat;
    const QLocale english(QLocale::English, QLocale::UnitedStates);
    const QLocale chinese(QLocale::Chinese, QLocale::China);
    const QLocale german(QLocale::German, QLocale::Germany);
    const auto row = [](const char *name, const DateOptions &options, const QLocale &locale,
                         const char *day, const char *moment) {
        QTest::addRow("%s", name) << options << locale << QString::fromUtf8(day)
                                  << QString::fromUtf8(moment);
    };
    row("iso", {Iso}, english, "2026-03-05", "2026-03-05 14:07");
    row("us", {Us}, german, "3/5/2026", "3/5/2026 14:07");
    row("european", {European}, english, "05/03/2026", "05/03/2026 14:07");
    row("dotted", {Dotted}, english, "05.03.2026", "05.03.2026 14:07");
    row("friendly", {Friendly}, english, "March 5, 2026", "March 5, 2026 14:07");
    row("friendly chinese", {Friendly}, chinese, "2026年3月5日", "2026年3月5日 14:07");
    row("friendly german", {Friendly}, german, "5 März 2026", "5 März 2026 14:07");
    row("local", {Local}, english, "3/5/2026", "3/5/2026 14:07");
    row("local german", {Local}, german, "05.03.2026", "05.03.2026 14:07");
    row("12 hours", {Us, true}, chinese, "3/5/2026", "3/5/2026 2:07 PM");
    row("zone", {Iso, false, QStringLiteral("Asia/Tokyo"), true}, english, "2026-03-05",
        "2026-03-05 15:07 (GMT+9)");
    row("half zone", {Iso, true, QStringLiteral("Asia/Kolkata"), true}, english, "2026-03-05",
        "2026-03-05 11:37 AM (GMT+5:30)");
    row("west", {Iso, false, QStringLiteral("America/St_Johns"), true}, english, "2026-03-05",
        "2026-03-05 02:37 (GMT-3:30)");
}

void FieldTest::date_isWrittenAsTheFieldSays()
{
    QFETCH(DateOptions, options);
    QFETCH(QLocale, locale);
    QFETCH(QString, day);
    QFETCH(QString, moment);
    static const People nobody;
    const FieldContext context{nobody, locale, QTimeZone("Asia/Shanghai"), 0};
    const Moment at{QDateTime({2026, 3, 5}, {6, 7}, Qt::UTC).toMSecsSinceEpoch()};
    const Date on = fromQDate({2026, 3, 5});
    for (const auto &[kind, value, shown] : {std::tuple(FieldKind::Date, Value(on), day),
             std::tuple(FieldKind::DateTime, Value(at), moment)}) {
        Field field;
        field.kind = kind;
        field.date = options;
        const FieldType &type = fieldType(kind);
        QCOMPARE(type.format(value, field, context), shown);
        QVERIFY(type.parse(shown, field, context).value() == value);
        const Field typed = typedDates(field);
        QVERIFY(type.parse(type.format(value, typed, context), typed, context).value() == value);
        // Programs read the same whatever people see.
        QCOMPARE(
            type.toJson(value, field, context).toString().left(10), QStringLiteral("2026-03-05"));
    }
}

/// Also where day and month could be taken for one another, in any zone.
void FieldTest::date_comesBackFromEveryFormat()
{
    static const People nobody;
    for (const char *name : {"C", "en_US", "en_GB", "zh_CN", "de_DE", "fr_FR", "ja_JP", "ru_RU"}) {
        const FieldContext context{
            nobody, QLocale(QString::fromLatin1(name)), QTimeZone("Asia/Shanghai"), 0};
        for (int i = 0; i < 400; ++i) {
            const QDate day = QDate(2023, 12, 27).addDays(i);
            const Moment at{QDateTime(day, {i % 24, i % 60}, Qt::UTC).toMSecsSinceEpoch()};
            Field field;
            field.date = {DateFormat(i % (int(LastDateFormat) + 1)), i % 4 < 2,
                i % 3 == 0 ? QStringLiteral("Europe/Berlin") : QString(), i % 5 == 0};
            for (const auto &[kind, value] : {std::pair(FieldKind::Date, Value(fromQDate(day))),
                     std::pair(FieldKind::DateTime, Value(at))}) {
                field.kind = kind;
                const QString shown = fieldType(kind).format(value, field, context);
                const auto read = fieldType(kind).parse(shown, field, context);
                const bool isTwice = kind == FieldKind::DateTime
                    && day == QDate(2024, 10, 27); // An hour that Berlin has twice.
                QVERIFY2(read && (read.value() == value || isTwice), qUtf8Printable(shown));
            }
        }
    }
}

void FieldTest::number_isSetAsTheFieldSays()
{
    const People nobody;
    Field field;
    field.kind = FieldKind::Number;
    field.precision = 2;
    const auto shown = [&](double number) {
        return fieldType(field.kind).format(number, field, {nobody, QLocale::c()});
    };
    QCOMPARE(shown(1234567.5), QStringLiteral("1234567.50"));
    field.number.signs = NumberSigns::CommaPoint;
    QCOMPARE(shown(1234567.5), QStringLiteral("1,234,567.50"));
    field.number.signs = NumberSigns::PointComma;
    QCOMPARE(shown(-1234567.5), QStringLiteral("-1.234.567,50"));
    field.number.signs = NumberSigns::SpaceComma;
    QCOMPARE(shown(1234567.5).simplified().replace(QChar(0x202f), u' ').replace(QChar(0xa0), u' '),
        QStringLiteral("1 234 567,50"));
    field.isGrouped = false;
    QCOMPARE(shown(1234567.5), QStringLiteral("1234567,50"));
    field.isGrouped = true;
    field.kind = FieldKind::Currency;
    field.symbol = QStringLiteral("€");
    field.number.signs = NumberSigns::PointComma;
    QCOMPARE(shown(-1234.5), QStringLiteral("-€1.234,50"));
}

void FieldTest::number_comesBackFromEveryFormat()
{
    const People nobody;
    const double numbers[] = {0, 1.25, -1.25, 999.5, 1234.5, -1234567.25, 0.125, 1e9};
    for (const FieldKind kind : {FieldKind::Number, FieldKind::Currency, FieldKind::Percent}) {
        for (int signs = 0; signs <= int(LastNumberSigns); ++signs) {
            for (const char *seen : {"C", "zh_CN", "en_US", "de_DE", "fr_FR", "ru_RU"}) {
                Field field;
                field.kind = kind;
                field.precision = 5;
                field.symbol = kind == FieldKind::Currency ? QStringLiteral("¥") : QString();
                field.number.signs = NumberSigns(signs);
                const FieldContext context{
                    nobody, QLocale(QString::fromLatin1(seen)), QTimeZone::utc()};
                for (const double number : numbers) {
                    const QString text = fieldType(kind).format(number, field, context);
                    const auto back = fieldType(kind).parse(text, field, context);
                    QVERIFY2(back, qUtf8Printable(text));
                    QVERIFY2(back.value() == Value(number), qUtf8Printable(text));
                }
            }
        }
    }
}

void FieldTest::place_showsItsPart()
{
    const People nobody;
    Field field;
    field.kind = FieldKind::Location;
    const auto shown = [&](PlacePart part, const char *text) {
        field.place = part;
        return fieldType(field.kind)
            .format(Value(QString::fromUtf8(text)), field, {nobody, QLocale::c()});
    };
    const char *whole = "广东省 深圳市 南山区 科技园路1号 (22.53332, 113.93041)";
    QCOMPARE(shown(PlacePart::All, whole), QString::fromUtf8(whole));
    QCOMPARE(shown(PlacePart::Province, whole), QStringLiteral("广东省"));
    QCOMPARE(shown(PlacePart::City, whole), QStringLiteral("广东省 深圳市"));
    QCOMPARE(shown(PlacePart::District, whole), QStringLiteral("广东省 深圳市 南山区"));
    QCOMPARE(shown(PlacePart::Coordinates, whole), QStringLiteral("(22.53332, 113.93041)"));
    // What has no such part is shown as it is: it is not to look empty.
    QCOMPARE(shown(PlacePart::City, "Main Street 1"), QStringLiteral("Main Street 1"));
    QCOMPARE(shown(PlacePart::Coordinates, "北京市 东城区"), QStringLiteral("北京市 东城区"));
    QCOMPARE(shown(PlacePart::City, "北京市 东城区"), QStringLiteral("北京市"));
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

void FieldTest::typedText_isShown_data()
{
    QTest::addColumn<FieldKind>("kind");
    QTest::addColumn<Field>("options");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("shown"); // "!" if it is refused
    const auto rows = [](FieldKind kind, const Field &options,
                          std::initializer_list<std::pair<const char *, const char *>> texts) {
        for (const auto &[text, shown] : texts) {
            QTest::addRow("%s %d %s", fieldType(kind).apiName(), int(options.durationFormat), text)
                << kind << options << QString::fromUtf8(text) << QString::fromUtf8(shown);
        }
    };
    Field plain;
    plain.precision = 2;
    Field unit = plain;
    unit.symbol = QStringLiteral("kg");
    rows(FieldKind::Number, unit,
        {{"12", "12.00 kg"}, {"12 KG", "12.00 kg"}, {"1,200kg", "1,200.00 kg"}, {"kg", "!"},
            {"12 m", "!"}, {" ", ""}});
    unit.isGrouped = false;
    rows(FieldKind::Number, unit, {{"1,234.5", "1234.50 kg"}});
    Field yuan = plain;
    yuan.symbol = QStringLiteral("¥");
    rows(FieldKind::Currency, yuan,
        {{"¥1,200", "¥1,200.00"}, {"1200元", "¥1,200.00"}, {"-5", "-¥5.00"}, {"(5)", "-¥5.00"},
            {"-¥0.001", "¥0.00"}, {"$3", "¥3.00"}, {"free", "!"}});
    Field franc = plain;
    franc.symbol = QStringLiteral("CHF");
    rows(FieldKind::Currency, franc, {{"CHF 12.5", "CHF 12.50"}, {"chf 3", "CHF 3.00"}});
    rows(FieldKind::Checklist, plain,
        {{"call\n[x] pack\n- [ ] send\n\n☑ bill\n[ ]", "[ ] call\n[x] pack\n[ ] send\n[x] bill"},
            {"[x] done", "[x] done"}, {"[ ]\n  ", ""}, {"✅ 已联系客户", "[x] 已联系客户"}});
    rows(FieldKind::Barcode, plain, {{" SN-2026 ", "SN-2026"}, {"序列号", "序列号"}});
    Field linear = plain;
    linear.barcode = BarcodeFormat::Code128;
    linear.durationFormat = DurationFormat::Seconds; // tells the rows apart
    rows(FieldKind::Barcode, linear, {{"SN-2026/a", "SN-2026/a"}, {"序列号", "!"}});
    Field ean = plain;
    ean.barcode = BarcodeFormat::Ean13;
    ean.durationFormat = DurationFormat::Tenths;
    // The number of GS1's own example of the check digit: 629104150021, whose last digit is 3.
    rows(FieldKind::Barcode, ean,
        {{"629104150021", "6291041500213"}, {"6291041500213", "6291041500213"},
            {"６２９１０４１５００２１３", "6291041500213"}, {"6291041500214", "!"},
            {"12345", "!"}});
    rows(FieldKind::Location, plain,
        {{"广东省深圳市南山区科技园路1号", "广东省 深圳市 南山区 科技园路1号"},
            {"广东深圳南山区科技园路1号", "广东省 深圳市 南山区 科技园路1号"},
            {"深圳市福田区", "广东省 深圳市 福田区"}, {"广东省南山区", "广东省 深圳市 南山区"},
            {"北京市东城区王府井大街 1 号", "北京市 东城区 王府井大街 1 号"},
            {"吉林市船营区", "吉林省 吉林市 船营区"}, {"南京路12号", "南京路12号"},
            {"上海市浦东新区 (31.2304, 121.4737)", "上海市 浦东新区 (31.2304, 121.4737)"},
            {"22.53332，113.93041", "(22.53332, 113.93041)"},
            {"Berlin, Torstraße 1", "Berlin, Torstraße 1"},
            {"香港特别行政区九龙油尖旺区", "香港特别行政区 九龙 油尖旺区"},
            {"台湾省台北市", "台湾省 台北市"}});
    Field whole;
    rows(FieldKind::Percent, whole,
        {{"25", "25%"}, {"25%", "25%"}, {"25％", "25%"}, {"0.4", "0%"}, {"-3", "-3%"},
            {"150%", "150%"}, {"half", "!"}});
    rows(FieldKind::Percent, plain, {{"0.25", "0.25%"}, {"33.333%", "33.33%"}});
    rows(FieldKind::Rating, whole,
        {{"3", "3"}, {"0", ""}, {"5", "5"}, {"6", "!"}, {"-1", "!"}, {"2.5", "!"}, {"★★★☆☆", "3"},
            {"４", "4"}});
    rows(FieldKind::Progress, whole,
        {{"50", "50%"}, {"50%", "50%"}, {"0", "0%"}, {"100", "100%"}, {"101", "!"}, {"-1", "!"}});
    rows(FieldKind::Duration, whole,
        {{"90", "1:30"}, {"1:30", "1:30"}, {"0:05", "0:05"}, {"36:00", "36:00"}, {"-90", "-1:30"},
            {"-0:20", "-0:20"}, {"2h", "2:00"}, {"1h30m", "1:30"}, {"1d 2h", "26:00"},
            {"2 小时 5 分钟", "2:05"}, {"1：30", "1:30"}, {"1.5h", "1:30"}, {"90s", "0:02"},
            {"1:30:00", "1:30"}, {"1:2:3:4", "!"}, {"1:", "!"}, {":5", "!"}, {"2 hats", "!"},
            {"x", "!"}});
    Field seconds;
    seconds.durationFormat = DurationFormat::Seconds;
    rows(FieldKind::Duration, seconds,
        {{"90", "0:01:30"}, {"1:30", "0:01:30"}, {"1:30:05", "1:30:05"}, {"100:00:00", "100:00:00"},
            {"59.6", "0:01:00"}, {"3599.5", "1:00:00"}});
    Field thousandths;
    thousandths.durationFormat = DurationFormat::Thousandths;
    rows(FieldKind::Duration, thousandths,
        {{"1.5", "0:00:01.500"}, {"0:00:01.0004", "0:00:01.000"}, {"-0.001", "-0:00:00.001"}});
    rows(FieldKind::Email, whole,
        {{"ann@example.com", "ann@example.com"}, {" mailto:a.b+c@x.co ", "a.b+c@x.co"},
            {"客户@例子.公司", "客户@例子.公司"}, {"\"x y\"@z.com", "\"x y\"@z.com"}, {"a@b", "!"},
            {"a@b.", "!"}, {"a b@c.de", "!"}, {"a@b.de\r\nBcc: c@d.ef", "!"}, {"a@@b.de", "!"},
            {"a@-b.de", "!"}, {"", ""}});
    rows(FieldKind::Url, whole,
        {{"https://example.com/a?b=c#d", "https://example.com/a?b=c#d"},
            {"example.com/x", "example.com/x"}, {"http://客户.例子", "http://客户.例子"},
            {"no link", "!"}, {"word", "!"}, {"http://", "!"}});
    rows(FieldKind::PhoneNumber, whole,
        {{"+86 138-0000-0000", "+86 138-0000-0000"},
            {"（０１０）６２７５ ０００１", "(010)6275 0001"}, {"tel:110", "110"},
            {"010-62750001 转 12", "010-62750001 转 12"}, {"123456789012345678901", "!"},
            {"12", "!"}, {"call me", "!"}, {"1+2345", "!"}});
}

void FieldTest::typedText_isShown()
{
    QFETCH(FieldKind, kind);
    QFETCH(Field, options);
    QFETCH(QString, text);
    QFETCH(QString, shown);
    options.kind = kind;
    options.name = QStringLiteral("f");
    const FieldType &type = fieldType(kind);
    const auto parsed = type.parse(text, options, context());
    if (shown == u"!") {
        QVERIFY(!parsed);
        QCOMPARE(parsed.error().code, ErrorCode::WrongType);
        return;
    }
    QVERIFY(parsed);
    QCOMPARE(type.format(parsed.value(), options, context()), shown);
    // What was taken is taken again as it is, by hand, by programs and over the wire.
    const auto accepted = type.accept(parsed.value(), options, context());
    QVERIFY(accepted && accepted.value() == parsed.value());
    const auto json =
        type.fromJson(type.toJson(parsed.value(), options, context()), options, context());
    QVERIFY(json && json.value() == parsed.value());
    const auto again = type.parse(shown, options, context());
    QVERIFY(again);
    QCOMPARE(type.format(again.value(), options, context()), shown);
}

void FieldTest::links_openNothingThatRuns_data()
{
    QTest::addColumn<FieldKind>("kind");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("opens");
    const auto row = [](FieldKind kind, const char *text, const char *opens) {
        QTest::addRow("%s", text) << kind << QString::fromUtf8(text) << QString::fromUtf8(opens);
    };
    row(FieldKind::Url, "https://example.com/a b", "https://example.com/a%20b");
    row(FieldKind::Url, "example.com", "https://example.com");
    row(FieldKind::Url, "mailto:a@b.de", "mailto:a@b.de");
    row(FieldKind::Email, "a@b.de", "mailto:a@b.de");
    row(FieldKind::PhoneNumber, "+86 (138) 0000", "tel:+861380000");
    for (const char *dangerous : {"javascript:alert(1)", "file:///etc/passwd", "smb://host/share",
             "ms-word:ofe|u|x", "data:text/html,x", "FILE:///x", "vbscript:x", "\\\\host\\share"}) {
        row(FieldKind::Url, dangerous, "");
    }
    row(FieldKind::SingleLineText, "https://example.com", "");
}

void FieldTest::links_openNothingThatRuns()
{
    QFETCH(FieldKind, kind);
    QFETCH(QString, text);
    QFETCH(QString, opens);
    QCOMPARE(QString::fromLatin1(linkTarget(kind, text).toEncoded()), opens);
}

void FieldTest::everyKind_hasANameAndFindsIt()
{
    for (const FieldKind kind : allFieldKinds()) {
        const QString name = QString::fromLatin1(fieldType(kind).apiName());
        const bool isType = kind != FieldKind::Sensitive; // That is an option of texts.
        QCOMPARE(fieldKindNamed(name), isType ? std::optional(kind) : std::nullopt);
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

void FieldTest::persons_areNamed_eachOnce()
{
    People people;
    const UserId ann(IdBits{4, 1});
    const UserId bob(IdBits{4, 2});
    people.put({ann, QStringLiteral("ann"), QStringLiteral("Ann Lee"), Role::Editor});
    people.put({bob, QStringLiteral("bob"), QStringLiteral("Bob"), Role::Editor});
    Field field;
    field.name = QStringLiteral("team");
    field.kind = FieldKind::Persons;
    const FieldType &type = fieldType(field.kind);
    const FieldContext with{people};
    const auto both = type.parse(QStringLiteral("Bob、ann, bob"), field, with);
    QVERIFY(both);
    QCOMPARE(both.value(), Value(Persons({bob, ann})));
    QCOMPARE(type.format(both.value(), field, with), QStringLiteral("Bob, Ann Lee"));
    QCOMPARE(
        type.parse(QStringLiteral("Bob, Zoe"), field, with).error().code, ErrorCode::UnknownPerson);
    QCOMPARE(type.accept(Value(ann), field, with).value(), Value(Persons({ann})));
    QVERIFY(!type.accept(Value(Persons{UserId(IdBits{4, 3})}), field, with));
    QVERIFY(!type.accept(Value(1.0), field, with));
    const QJsonValue json = type.toJson(both.value(), field, with);
    QCOMPARE(json.toArray().size(), 2);
    QCOMPARE(type.fromJson(json, field, with).value(), both.value());
    QCOMPARE(type.fromJson(QJsonArray{QStringLiteral("ann")}, field, with).value(),
        Value(Persons({ann})));
    QVERIFY(!type.fromJson(QStringLiteral("ann"), field, with));
    QCOMPARE(unpackedPersons(packedPersons({bob, ann})), Persons({bob, ann}));
}

void FieldTest::autoNumber_showsItsDay()
{
    Field field;
    field.kind = FieldKind::AutoNumber;
    field.prefix = QStringLiteral("C-");
    field.isDaily = true;
    const QTimeZone shanghai("Asia/Shanghai");
    const qint64 late = QDateTime({2026, 11, 26}, {23, 30}, Qt::UTC).toMSecsSinceEpoch();
    const Value third = numberBeforeDay(late, shanghai) + 3;
    const FieldType &type = fieldType(field.kind);
    QCOMPARE(type.format(third, field, context()), QStringLiteral("C-20261127-0003"));
    QCOMPARE(type.toJson(third, field, context()).toString(), QStringLiteral("C-20261127-0003"));
    QVERIFY(type.compare(
                third, Value(numberBeforeDay(late, QTimeZone::utc()) + 999'999), field, context())
        > 0);
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
