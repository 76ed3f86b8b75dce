// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/field/AutoNumberField.h"

#include "shared/field/NumberField.h"

namespace casebase {

namespace {

/// A number that the system gives to each new record: 1, 2, 3, shown as PREFIX-0001.
class AutoNumberType final : public FieldType {
public:
    const char *apiName() const override { return "autoNumber"; }

    Result<Value> parse(const QString &, const Field &field, const FieldContext &) const override
    {
        return Error{ErrorCode::ReadOnlyField, {field.name}, {}};
    }

    QString formatValue(const Value &value, const Field &field, const FieldContext &) const override
    {
        const auto *number = std::get_if<double>(&value);
        return number ? field.prefix
                + QStringLiteral("%1").arg(qint64(*number), field.digits, 10, QLatin1Char('0'))
                      : QString();
    }

    Result<Value> accept(const Value &, const Field &field, const FieldContext &) const override
    {
        return Error{ErrorCode::ReadOnlyField, {field.name}, {}};
    }

    QJsonValue valueToJson(
        const Value &value, const Field &field, const FieldContext &context) const override
    {
        const auto *number = std::get_if<double>(&value);
        if (!number) {
            return {};
        }
        return field.prefix.isEmpty() ? QJsonValue(*number)
                                      : QJsonValue(format(value, field, context));
    }

    Result<Value> fromJson(
        const QJsonValue &, const Field &field, const FieldContext &) const override
    {
        return Error{ErrorCode::ReadOnlyField, {field.name}, {}};
    }

    int compareFilled(const Value &a, const Value &b, const Field &field,
        const FieldContext &context) const override
    {
        return numberType().compare(a, b, field, context);
    }
};

} // namespace

const FieldType &autoNumberType()
{
    static const AutoNumberType type;
    return type;
}

} // namespace casebase
