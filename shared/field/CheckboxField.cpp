// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/field/PlainFields.h"

#include "shared/support/Text.h"

namespace casebase {

namespace {

/// Checked is true; unchecked is Empty.
class CheckboxType final : public FieldType {
public:
    const char *apiName() const override { return "checkbox"; }

    Result<Value> parse(
        const QString &text, const Field &field, const FieldContext &) const override
    {
        static const QStringList yes{QStringLiteral("true"), QStringLiteral("yes"),
            QStringLiteral("1"), QStringLiteral("x"), QStringLiteral("✓"), QStringLiteral("是"),
            QStringLiteral("on"), QStringLiteral("checked")};
        static const QStringList no{QString(), QStringLiteral("false"), QStringLiteral("no"),
            QStringLiteral("0"), QStringLiteral("否"), QStringLiteral("off")};
        const QString word = plainWidth(text).trimmed().toLower();
        if (yes.contains(word)) {
            return Value(true);
        }
        return no.contains(word) ? Result<Value>(Value())
                                 : wrongType(field, text, QStringLiteral("yes or no"));
    }

    QString formatValue(const Value &value, const Field &, const FieldContext &) const override
    {
        return isEmpty(value) ? QString() : QStringLiteral("✓");
    }

    Result<Value> accept(
        const Value &value, const Field &field, const FieldContext &) const override
    {
        const auto *checked = std::get_if<bool>(&value);
        if (!isEmpty(value) && !checked) {
            return wrongType(field, QStringLiteral("…"), QStringLiteral("true or false"));
        }
        return checked && *checked ? Value(true) : Value();
    }

    QJsonValue valueToJson(const Value &value, const Field &, const FieldContext &) const override
    {
        return isEmpty(value) ? QJsonValue() : QJsonValue(true);
    }

    Result<Value> fromJson(
        const QJsonValue &json, const Field &field, const FieldContext &) const override
    {
        if (!json.isBool() && !json.isNull()) {
            return wrongType(field, json.toVariant().toString(), QStringLiteral("true or false"));
        }
        return json.toBool() ? Value(true) : Value();
    }

    int compareFilled(
        const Value &, const Value &, const Field &, const FieldContext &) const override
    {
        return 0;
    }
};

} // namespace

const FieldType &checkboxType()
{
    static const CheckboxType type;
    return type;
}

} // namespace casebase
