// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/field/PlainFields.h"

#include <QJsonObject>

namespace casebase {

namespace {

class ButtonType final : public FieldType {
public:
    const char *apiName() const override { return "button"; }

    Result<Value> parse(const QString &, const Field &field, const FieldContext &) const override
    {
        return Error{ErrorCode::ReadOnlyField, {field.name}, {}};
    }
    QString formatValue(const Value &, const Field &, const FieldContext &) const override
    {
        return {};
    }
    Result<Value> accept(const Value &, const Field &field, const FieldContext &) const override
    {
        return Error{ErrorCode::ReadOnlyField, {field.name}, {}};
    }
    QJsonValue valueToJson(const Value &, const Field &, const FieldContext &) const override
    {
        return {};
    }
    Result<Value> fromJson(
        const QJsonValue &, const Field &field, const FieldContext &) const override
    {
        return Error{ErrorCode::ReadOnlyField, {field.name}, {}};
    }
    int compareFilled(
        const Value &, const Value &, const Field &, const FieldContext &) const override
    {
        return 0;
    }
};

} // namespace

const FieldType &buttonType()
{
    static const ButtonType type;
    return type;
}

} // namespace casebase
