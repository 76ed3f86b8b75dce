// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/RecordJson.h"

#include "shared/document/Convert.h"
#include "shared/field/DateFields.h"
#include "shared/field/IsoTime.h"
#include "shared/field/SelectFields.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <charconv>

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
    OptionMaker maker(extended);
    for (const QString &name : wantedOptions(json, field->kind)) {
        maker.addName(name);
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

void appendJsonText(std::string &json, QByteArrayView utf8)
{
    json.push_back('"');
    for (const char c : utf8) {
        const auto unit = uchar(c);
        if (unit == '"' || unit == '\\') {
            json.push_back('\\');
            json.push_back(c);
        } else if (unit >= 0x20) {
            json.push_back(c);
        } else {
            constexpr char Hex[] = "0123456789abcdef";
            json.append("\\u00");
            json.push_back(Hex[unit >> 4]);
            json.push_back(Hex[unit & 15]);
        }
    }
    json.push_back('"');
}

namespace {

void appendNumber(std::string &json, double number)
{
    char text[32];
    const auto [end, error] = std::to_chars(text, text + sizeof(text), number);
    json.append(text, size_t(end - text));
}

void appendMoment(std::string &json, qint64 ms)
{
    char text[IsoMomentLength];
    const int length = writeIsoMoment(Moment{ms}, text);
    appendJsonText(json, QByteArrayView(text, length));
}

/// Kinds that are plain in their column are written from there; false for the others.
bool appendPlainValue(std::string &json, const TableData &table, Row row, const Field &field)
{
    const Column *column = table.column(field.id);
    const FaultColumn *faults = table.faults(field.id);
    if (faults && faults->has(row)) {
        return false;
    }
    switch (valueTypeOf(field.kind)) {
    case ValueType::Text:
        if (field.kind == FieldKind::Checklist || field.kind == FieldKind::Barcode
            || field.kind == FieldKind::Location) {
            return false; // They have parts.
        }
        appendJsonText(json, std::get<BytesColumn>(*column).at(row));
        return true;
    case ValueType::Number:
        if (field.kind == FieldKind::AutoNumber) {
            return false;
        }
        appendNumber(json, std::get<NumberColumn>(*column).at(row));
        return true;
    case ValueType::Flag:
        json.append("true");
        return true;
    case ValueType::Moment:
        if (!column) {
            return false;
        }
        appendMoment(json, std::get<IntegerColumn>(*column).at(row));
        return true;
    case ValueType::Option: {
        const auto id = std::get<CodeColumn>(*column).get(row);
        const Option *option = id ? field.option(OptionId(*id)) : nullptr;
        appendJsonText(json, option ? option->name.toUtf8() : QByteArray());
        return true;
    }
    default:
        return false;
    }
}

void appendJsonValue(std::string &json, const QJsonValue &value)
{
    // QJsonDocument writes arrays and objects only.
    const QByteArray text = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
    json.append(text.constData() + 1, size_t(text.size() - 2));
}

} // namespace

void appendRecordJson(std::string &json, const TableData &table, Row row,
    const RecordFormat &format, const FieldContext &context, std::string_view more)
{
    json.append("{\"id\":");
    appendJsonText(json, IdText(table.recordId(row)));
    json.append(",\"createdTime\":");
    appendMoment(json, table.meta(row).createdMs);
    json.append(more);
    json.append(",\"fields\":{");
    bool isFirst = true;
    for (const Field &field : table.definition().fields) {
        if (field.isTrashed || (!format.fields.isEmpty() && !format.fields.contains(field.id))
            || !table.hasValue(row, field)) {
            continue;
        }
        json.append(isFirst ? "" : ",");
        isFirst = false;
        appendJsonText(json, (format.byFieldId ? field.id.text() : field.name).toUtf8());
        json.push_back(':');
        if (!format.asText && appendPlainValue(json, table, row, field)) {
            continue;
        }
        const Value value = table.value(row, field);
        const FieldType &type = fieldType(field.kind);
        appendJsonValue(json,
            format.asText ? QJsonValue(type.format(value, field, context))
                          : type.toJson(value, field, context));
    }
    json.append("}}");
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
            value = type.parse(
                each.value().toVariant().toStringList().join(QLatin1String(", ")), *field, context);
        }
        TRY_SET(Value accepted, std::move(value));
        values += FieldValue{field->id, std::move(accepted)};
    }
    return values;
}

} // namespace casebase
