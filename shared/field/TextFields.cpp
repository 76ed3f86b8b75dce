// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/field/TextFields.h"

#include "shared/support/Text.h"

namespace casebase {

Result<Value> TextType::parse(const QString &text, const Field &field, const FieldContext &) const
{
    auto storable = storableText(text);
    if (!storable) {
        return text.size() > TextLimit
            ? Error{ErrorCode::TooLarge, {field.name, QString::number(TextLimit)}, {}}
            : Error{ErrorCode::TextNotAllowed, {field.name}, {}};
    }
    if (m_isSingleLine) {
        storable->replace(QLatin1String("\r\n"), QLatin1String(" "));
        storable->replace(u'\n', u' ');
        storable->replace(u'\r', u' ');
    }
    if (storable->isEmpty()) {
        return Value();
    }
    TRY_SET(const QString kept, checked(*storable, field));
    return kept.isEmpty() ? Value() : Value(kept);
}

QString TextType::formatValue(const Value &value, const Field &, const FieldContext &) const
{
    const auto *text = std::get_if<QString>(&value);
    return text ? *text : QString();
}

Result<Value> TextType::accept(
    const Value &value, const Field &field, const FieldContext &context) const
{
    if (isEmpty(value)) {
        return value;
    }
    const auto *text = std::get_if<QString>(&value);
    return text ? parse(*text, field, context)
                : wrongType(field, QStringLiteral("…"), QStringLiteral("text"));
}

QJsonValue TextType::valueToJson(const Value &value, const Field &, const FieldContext &) const
{
    const auto *text = std::get_if<QString>(&value);
    return text ? QJsonValue(*text) : QJsonValue();
}

Result<Value> TextType::fromJson(
    const QJsonValue &json, const Field &field, const FieldContext &context) const
{
    if (json.isNull()) {
        return Value();
    }
    if (!json.isString()) {
        return wrongType(field, json.toVariant().toString(), QStringLiteral("text"));
    }
    return parse(json.toString(), field, context);
}

int TextType::compareFilled(
    const Value &a, const Value &b, const Field &, const FieldContext &) const
{
    return compareTexts(std::get<QString>(a), std::get<QString>(b));
}

const FieldType &singleLineTextType()
{
    static const TextType type("singleLineText", true);
    return type;
}

const FieldType &multilineTextType()
{
    static const TextType type("multilineText", false);
    return type;
}

const FieldType &richTextType()
{
    static const TextType type("richText", false);
    return type;
}

} // namespace casebase
