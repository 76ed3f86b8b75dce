// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/field/NumberField.h"

#include "shared/support/Text.h"

#include <array>
#include <charconv>
#include <cmath>

namespace casebase {

namespace {

/// Where the decimal sign stands in digits with signs, or -1. The locale decides when only one kind
/// of sign appears once; otherwise the last sign of a kind that appears once is the decimal sign.
qsizetype decimalSign(const QString &digits, const QLocale &locale)
{
    const qsizetype points = digits.count(u'.');
    const qsizetype commas = digits.count(u',');
    if (points > 0 && commas > 0) {
        const bool lastIsPoint = digits.lastIndexOf(u'.') > digits.lastIndexOf(u',');
        return (lastIsPoint ? points : commas) == 1 ? digits.lastIndexOf(lastIsPoint ? u'.' : u',')
                                                    : -1;
    }
    if (points + commas != 1) {
        return -1;
    }
    const QChar sign = points == 1 ? u'.' : u',';
    const qsizetype at = digits.indexOf(sign);
    const bool looksGrouped = digits.size() - at - 1 == 3 && at > 0 && at <= 3 && digits[0] != u'0';
    return locale.decimalPoint() != QString(sign) && looksGrouped ? -1 : at;
}

/// What programs write: digits, a minus in front, one point if that is the locale's decimal sign.
/// Nothing if it is anything else, which may be a number all the same.
std::optional<double> plainNumber(const QString &text, const QLocale &locale)
{
    constexpr qsizetype Longest = 32;
    std::array<char, Longest> bytes;
    qsizetype points = 0;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const char16_t c = text[i].unicode();
        points += c == u'.' ? 1 : 0;
        if (i == Longest || !((c >= u'0' && c <= u'9') || c == u'.' || (c == u'-' && i == 0))) {
            return std::nullopt;
        }
        bytes[size_t(i)] = char(c);
    }
    double number = 0;
    const char *end = bytes.data() + text.size();
    const auto [parsed, error] = std::from_chars(bytes.data(), end, number);
    const bool isWhole = error == std::errc() && parsed == end && points <= 1;
    return isWhole && (points == 0 || locale.decimalPoint() == u".") ? std::optional(number + 0.0)
                                                                     : std::nullopt;
}

} // namespace

std::optional<double> parseNumber(const QString &text, const QLocale &locale)
{
    if (const auto plain = plainNumber(text, locale)) {
        return plain;
    }
    QString digits = plainWidth(text).trimmed();
    bool isNegative = false;
    bool isPercent = false;
    if (digits.startsWith(u'(') && digits.endsWith(u')')) {
        isNegative = true;
        digits = digits.mid(1, digits.size() - 2);
    }
    if (digits.endsWith(u'%')) {
        isPercent = true;
        digits.chop(1);
    }
    digits.removeIf([](QChar c) {
        return c.isSpace() || c.category() == QChar::Symbol_Currency || c == u'\'' || c == u'元';
    });
    if (digits.startsWith(u'-') || digits.startsWith(QChar(0x2212))) {
        isNegative = !isNegative;
        digits.remove(0, 1);
    } else if (digits.startsWith(u'+')) {
        digits.remove(0, 1);
    }
    const qsizetype exponentAt = digits.indexOf(u'e', 0, Qt::CaseInsensitive);
    QString exponent = exponentAt < 0 ? QString() : digits.mid(exponentAt);
    digits.truncate(exponentAt < 0 ? digits.size() : exponentAt);
    const qsizetype decimalAt = decimalSign(digits, locale);
    QString plain;
    for (qsizetype i = 0; i < digits.size(); ++i) {
        if (i == decimalAt) {
            plain += u'.';
        } else if (digits[i].unicode() >= u'0' && digits[i].unicode() <= u'9') {
            plain += digits[i];
        } else if (digits[i] != u',' && digits[i] != u'.') {
            return std::nullopt;
        }
    }
    bool ok = false;
    const double number = QLocale::c().toDouble(plain + exponent, &ok);
    if (!ok || plain.isEmpty() || !std::isfinite(number)) {
        return std::nullopt;
    }
    const double size = isPercent ? number / 100 : number;
    return isNegative && size != 0 ? -size : size;
}

Result<Value> NumberType::parse(
    const QString &text, const Field &field, const FieldContext &context) const
{
    const QString trimmed = text.trimmed();
    if (trimmed.isEmpty()) {
        return Value();
    }
    const auto number = typed(trimmed, field, context);
    return number ? accept(*number, field, context) : wrongType(field, text, expected(field));
}

QString NumberType::formatValue(
    const Value &value, const Field &field, const FieldContext &context) const
{
    const auto *number = std::get_if<double>(&value);
    return number ? shown(*number, field, context) : QString();
}

Result<Value> NumberType::accept(const Value &value, const Field &field, const FieldContext &) const
{
    const auto *number = std::get_if<double>(&value);
    if (isEmpty(value) || (number && std::isfinite(*number))) {
        return number && *number == 0 ? Value(0.0) : value;
    }
    return wrongType(field, QStringLiteral("…"), expected(field));
}

QJsonValue NumberType::valueToJson(const Value &value, const Field &, const FieldContext &) const
{
    const auto *number = std::get_if<double>(&value);
    return number ? QJsonValue(*number) : QJsonValue();
}

Result<Value> NumberType::fromJson(
    const QJsonValue &json, const Field &field, const FieldContext &context) const
{
    if (json.isNull()) {
        return Value();
    }
    if (!json.isDouble()) {
        return wrongType(field, json.toVariant().toString(), expected(field));
    }
    return accept(json.toDouble(), field, context);
}

int NumberType::compareFilled(
    const Value &a, const Value &b, const Field &, const FieldContext &) const
{
    const double left = std::get<double>(a);
    const double right = std::get<double>(b);
    return left < right ? -1 : left > right ? 1 : 0;
}

QString NumberType::expected(const Field &) const
{
    return QStringLiteral("a number");
}

std::optional<double> NumberType::typed(
    const QString &text, const Field &field, const FieldContext &context) const
{
    const bool hasUnit =
        !field.symbol.isEmpty() && text.endsWith(field.symbol, Qt::CaseInsensitive);
    return parseNumber(
        hasUnit ? text.chopped(field.symbol.size()) : text, signsOf(field, context.locale));
}

QString NumberType::shown(double number, const Field &field, const FieldContext &context) const
{
    const QString text = plainNumberText(number, field, context.locale);
    return field.symbol.isEmpty() ? text : text + u' ' + field.symbol;
}

QLocale signsOf(const Field &field, const QLocale &locale)
{
    switch (field.number.signs) {
    case NumberSigns::Local:
        break;
    case NumberSigns::CommaPoint:
        return QLocale(QLocale::English, QLocale::UnitedStates);
    case NumberSigns::PointComma:
        return QLocale(QLocale::German, QLocale::Germany);
    case NumberSigns::SpaceComma:
        return QLocale(QLocale::French, QLocale::France);
    }
    return locale;
}

QString plainNumberText(double number, const Field &field, const QLocale &seen)
{
    const QLocale locale = signsOf(field, seen);
    const auto text = [&](const QLocale &shown) {
        return field.precision < 0 ? shown.toString(number, 'g', 15)
                                   : shown.toString(number, 'f', field.precision);
    };
    if (field.isGrouped) {
        return text(locale);
    }
    QLocale together = locale;
    together.setNumberOptions(QLocale::OmitGroupSeparator);
    return text(together);
}

const FieldType &numberType()
{
    static const NumberType type;
    return type;
}

} // namespace casebase
