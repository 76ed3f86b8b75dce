// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/document/Document.h"
#include "shared/field/FieldType.h"

#include <QJsonObject>

#include <string>

namespace casebase {

/// How records are written into a reply.
struct RecordFormat {
    QList<FieldId> fields; ///< Only those; all if it is empty.
    bool byFieldId = false;
    bool asText = false; ///< cellFormat=string
};

QJsonObject recordJson(
    const TableData &table, Row row, const RecordFormat &format, const FieldContext &context);
/// The same as text, for replies with many records. `more` stands among the members of the record.
void appendRecordJson(std::string &json, const TableData &table, Row row,
    const RecordFormat &format, const FieldContext &context, std::string_view more = {});
/// A text as JSON writes it.
void appendJsonText(std::string &json, QByteArrayView utf8);

/// Values of an object {field: value}. With `typecast`, texts are parsed as a person would type
/// them and unknown options are added to `newOptions`.
Result<QList<FieldValue>> valuesFromJson(const QJsonObject &json, const Table &table,
    const FieldContext &context, bool typecast, QList<Field> &changedFields);

} // namespace casebase
