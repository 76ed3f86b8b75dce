// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/field/TextFields.h"

#include "shared/support/Text.h"

namespace casebase {

namespace {

/// Text of one line, or of several.
class TextType final : public FieldType {
public:
    TextType(const char *apiName, bool isSingleLine)
        : m_apiName(apiName)
        , m_isSingleLine(isSingleLine)
    {
    }

    const char *apiName() const override { return m_apiName; }

    Result<Value> parse(
        const QString &text, const Field &field, const FieldContext &) const override
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
        return storable->isEmpty() ? Value() : Value(*storable);
    }

    QString format(const Value &value, const Field &, const FieldContext &) const override
    {
        const auto *text = std::get_if<QString>(&value);
        return text ? *text : QString();
    }

    Result<Value> accept(
        const Value &value, const Field &field, const FieldContext &context) const override
    {
        if (isEmpty(value)) {
            return value;
        }
        const auto *text = std::get_if<QString>(&value);
        return text ? parse(*text, field, context)
                    : wrongType(field, QStringLiteral("…"), QStringLiteral("text"));
    }

    QJsonValue toJson(const Value &value, const Field &, const FieldContext &) const override
    {
        const auto *text = std::get_if<QString>(&value);
        return text ? QJsonValue(*text) : QJsonValue();
    }

    Result<Value> fromJson(
        const QJsonValue &json, const Field &field, const FieldContext &context) const override
    {
        if (json.isNull()) {
            return Value();
        }
        if (!json.isString()) {
            return wrongType(field, json.toVariant().toString(), QStringLiteral("text"));
        }
        return parse(json.toString(), field, context);
    }

    int compare(const Value &a, const Value &b, const Field &, const FieldContext &) const override
    {
        return compareTexts(std::get<QString>(a), std::get<QString>(b));
    }

private:
    const char *m_apiName;
    bool m_isSingleLine;
};

} // namespace

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

} // namespace casebase
