// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/field/SystemFields.h"

#include "shared/field/DateFields.h"
#include "shared/field/PersonField.h"

namespace casebase {

namespace {

/// Shows and compares like another type, and refuses every value from outside.
class SystemType final : public FieldType {
public:
    SystemType(const char *apiName, const FieldType &like)
        : m_apiName(apiName)
        , m_like(like)
    {
    }

    const char *apiName() const override { return m_apiName; }

    Result<Value> parse(const QString &, const Field &field, const FieldContext &) const override
    {
        return Error{ErrorCode::ReadOnlyField, {field.name}, {}};
    }
    QString formatValue(
        const Value &value, const Field &field, const FieldContext &context) const override
    {
        return m_like.format(value, field, context);
    }
    Result<Value> accept(const Value &, const Field &field, const FieldContext &) const override
    {
        return Error{ErrorCode::ReadOnlyField, {field.name}, {}};
    }
    QJsonValue valueToJson(
        const Value &value, const Field &field, const FieldContext &context) const override
    {
        return m_like.toJson(value, field, context);
    }
    Result<Value> fromJson(
        const QJsonValue &, const Field &field, const FieldContext &) const override
    {
        return Error{ErrorCode::ReadOnlyField, {field.name}, {}};
    }
    int compareFilled(const Value &a, const Value &b, const Field &field,
        const FieldContext &context) const override
    {
        return m_like.compare(a, b, field, context);
    }

private:
    const char *m_apiName;
    const FieldType &m_like;
};

} // namespace

const FieldType &createdTimeType()
{
    static const SystemType type("createdTime", dateTimeType());
    return type;
}

const FieldType &modifiedTimeType()
{
    static const SystemType type("lastModifiedTime", dateTimeType());
    return type;
}

const FieldType &createdByType()
{
    static const SystemType type("createdBy", personType());
    return type;
}

const FieldType &modifiedByType()
{
    static const SystemType type("lastModifiedBy", personType());
    return type;
}

} // namespace casebase
