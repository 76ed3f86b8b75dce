// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/field/BarcodeField.h"

#include "shared/field/TextFields.h"
#include "shared/support/Text.h"

#include <QJsonObject>

#include <algorithm>

namespace casebase {

namespace {

constexpr qsizetype QrLimit =
    2000; ///< Bytes; what a code holds at its lowest error correction is 2,953.
constexpr qsizetype LinearLimit = 80;

class BarcodeType final : public TextType {
public:
    BarcodeType()
        : TextType("barcode", true)
    {
    }

    QJsonValue valueToJson(const Value &value, const Field &, const FieldContext &) const override
    {
        const auto *text = std::get_if<QString>(&value);
        return text ? QJsonValue(QJsonObject{{QStringLiteral("text"), *text}}) : QJsonValue();
    }

    Result<Value> fromJson(
        const QJsonValue &json, const Field &field, const FieldContext &context) const override
    {
        return TextType::fromJson(
            json.isObject() ? json.toObject().value(QLatin1String("text")) : json, field, context);
    }

protected:
    Result<QString> checked(const QString &typed, const Field &field) const override
    {
        const QString text = typed.trimmed();
        switch (field.barcode) {
        case BarcodeFormat::Qr:
            return text.toUtf8().size() <= QrLimit
                ? Result<QString>(text)
                : Error{ErrorCode::TooLarge, {field.name, QString::number(QrLimit)}, {}};
        case BarcodeFormat::Code128: {
            const bool fits = text.size() <= LinearLimit
                && std::all_of(text.cbegin(), text.cend(),
                    [](QChar c) { return c.unicode() >= 0x20 && c.unicode() < 0x7f; });
            return fits ? Result<QString>(text)
                        : wrongType(field, text,
                            QStringLiteral("at most 80 letters, digits and signs without accents"));
        }
        case BarcodeFormat::Ean13: {
            const auto ean = completedEan(plainWidth(text).remove(u' ').remove(u'-'));
            return text.isEmpty() || ean
                ? Result<QString>(ean.value_or(QString()))
                : wrongType(field, text, QStringLiteral("an EAN of 13 digits"));
        }
        }
        return text;
    }
};

} // namespace

std::optional<QString> completedEan(const QString &digits)
{
    const bool isNumber =
        std::all_of(digits.cbegin(), digits.cend(), [](QChar c) { return c >= u'0' && c <= u'9'; });
    if (!isNumber || digits.size() < 12 || digits.size() > 13) {
        return std::nullopt;
    }
    int sum = 0;
    for (int i = 0; i < 12; ++i) {
        sum += digits[i].digitValue() * (i % 2 == 0 ? 1 : 3);
    }
    const QString whole = digits.left(12) + QString::number((10 - sum % 10) % 10);
    return digits.size() == 12 || digits == whole ? std::optional(whole) : std::nullopt;
}

const FieldType &barcodeType()
{
    static const BarcodeType type;
    return type;
}

} // namespace casebase
