// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/RecordJson.h"

#include "shared/document/Convert.h"
#include "shared/field/DateFields.h"
#include "shared/field/SelectFields.h"

#include <QJsonArray>

namespace casebase {

namespace {

QStringList wantedOptions(const QJsonValue &json, FieldKind kind)
{
    QStringList names;
    if (kind == FieldKind::SingleSelect && json.isString()) {
        names += json.toString().trimmed();
    } else if (kind == FieldKind::MultipleSelects) {
        for (const QJsonValue &each : json.toArray()) {
            names += each.toString().trimmed();
        }
        names += json.isString() ? splitNames(json.toString()) : QStringList();
    }
    names.removeAll(QString());
    return names;
}

/// The field with the options that the value asks for; the same object if there is nothing to add.
const Field *withOptions(const Field *field, const QJsonValue &json, QList<Field> &changedFields)
{
    for (const Field &each : std::as_const(changedFields)) {
        field = each.id == field->id ? &each : field;
    }
    Field extended = *field;
    for (const QString &name : wantedOptions(json, field->kind)) {
        const auto id = OptionId::fromText(name);
        if (!extended.optionNamed(name) && !(id && extended.option(*id))) {
            extended.options +=
                Option{derivedOption(field->id, name), name, QStringLiteral("grey")};
        }
    }
    if (extended == *field) {
        return field;
    }
    changedFields.removeIf([&](const Field &each) { return each.id == extended.id; });
    changedFields += extended;
    return &changedFields.last();
}

} // namespace

QJsonObject recordJson(
    const TableData &table, Row row, const RecordFormat &format, const FieldContext &context)
{
    QJsonObject fields;
    for (const Field &field : table.definition().fields) {
        if (field.isTrashed || (!format.fields.isEmpty() && !format.fields.contains(field.id))) {
            continue;
        }
        const Value value = table.value(row, field);
        if (isEmpty(value)) {
            continue;
        }
        const FieldType &type = fieldType(field.kind);
        fields.insert(format.byFieldId ? field.id.text() : field.name,
            format.asText ? QJsonValue(type.format(value, field, context))
                          : type.toJson(value, field, context));
    }
    return {{QStringLiteral("id"), table.recordId(row).text()},
        {QStringLiteral("createdTime"), isoMoment(Moment{table.meta(row).createdMs})},
        {QStringLiteral("fields"), fields}};
}

Result<QList<FieldValue>> valuesFromJson(const QJsonObject &json, const Table &table,
    const FieldContext &context, bool typecast, QList<Field> &changedFields)
{
    QList<FieldValue> values;
    for (auto each = json.begin(); each != json.end(); ++each) {
        const Field *field = table.fieldNamed(each.key());
        if (!field) {
            return Error{ErrorCode::UnknownField, {each.key()}, {}};
        }
        if (typecast) {
            field = withOptions(field, each.value(), changedFields);
        }
        const FieldType &type = fieldType(field->kind);
        auto value = type.fromJson(each.value(), *field, context);
        if (!value && typecast) {
            value = type.parse(each.value().toVariant().toString(), *field, context);
        }
        TRY_SET(Value accepted, std::move(value));
        values += FieldValue{field->id, std::move(accepted)};
    }
    return values;
}

} // namespace casebase
