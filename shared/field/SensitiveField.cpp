// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/field/SensitiveField.h"

#include "shared/secret/Keeper.h"
#include "shared/secret/Mask.h"

namespace casebase {

namespace {

class SensitiveType final : public FieldType {
public:
    const char *apiName() const override { return "sensitiveText"; }

    Result<Value> parse(
        const QString &text, const Field &field, const FieldContext &context) const override
    {
        if (isMask(text)) {
            return wrongType(field, text,
                QStringLiteral("the whole of the text, not what stands for it on the screen"));
        }
        const Field plain = plainField(field);
        const auto value = fieldType(plain.kind).parse(text, plain, context);
        const auto *taken = value ? std::get_if<QString>(&value.value()) : nullptr;
        if (!value) {
            return hidden(value.error());
        }
        return taken && taken->size() > SensitiveTextLimit
            ? Error{ErrorCode::TooLarge, {field.name, QString::number(SensitiveTextLimit)}, {}}
            : value;
    }

    Result<Value> accept(
        const Value &value, const Field &field, const FieldContext &context) const override
    {
        if (isEmpty(value) || std::holds_alternative<Sealed>(value)) {
            return value;
        }
        const auto *text = std::get_if<QString>(&value);
        return text ? parse(*text, field, context)
                    : wrongType(field, QStringLiteral("…"), QStringLiteral("text"));
    }

    Result<Value> fromJson(
        const QJsonValue &json, const Field &field, const FieldContext &context) const override
    {
        if (json.isNull()) {
            return Value();
        }
        // A mask comes back where somebody sends a whole record: it stands for what is there.
        return !json.isString() ? wrongType(field, QStringLiteral("…"), QStringLiteral("text"))
            : isMask(json.toString()) ? Result<Value>(Value(json.toString()))
                                      : parse(json.toString(), field, context);
    }

protected:
    /// Of plain text, too, no more is shown.
    QString formatValue(const Value &value, const Field &field, const FieldContext &) const override
    {
        const auto *text = std::get_if<QString>(&value);
        return text ? masked(*text, field.sensitive) : QString();
    }

    QJsonValue valueToJson(
        const Value &value, const Field &field, const FieldContext &context) const override
    {
        return formatValue(value, field, context);
    }

    int compareFilled(const Value &a, const Value &b, const Field &field,
        const FieldContext &context) const override
    {
        return compareTexts(formatValue(a, field, context), formatValue(b, field, context));
    }

private:
    /// What is refused is told to whoever has typed it, and written into no log.
    static Error hidden(Error error)
    {
        if (error.code == ErrorCode::WrongType && error.arguments.size() > 1) {
            error.arguments[1] = QStringLiteral("…");
        }
        return error;
    }
};

} // namespace

const FieldType &sensitiveType()
{
    static const SensitiveType type;
    return type;
}

QString soughtText(const QString &text, const Field &field)
{
    return field.kind == FieldKind::Sensitive ? soughtMask(text, field.sensitive) : text;
}

Field plainField(const Field &sensitive)
{
    Field plain = sensitive;
    switch (sensitive.sensitive) {
    case SensitiveForm::Text:
        plain.kind = FieldKind::SingleLineText;
        break;
    case SensitiveForm::PhoneNumber:
        plain.kind = FieldKind::PhoneNumber;
        break;
    case SensitiveForm::Email:
        plain.kind = FieldKind::Email;
        break;
    }
    return plain;
}

} // namespace casebase
