// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/http/JsonParts.h"
#include "shared/columns/Tables.h"
#include "shared/schema/Person.h"
#include "shared/schema/Table.h"
#include "shared/support/IdSource.h"

namespace casebase {

/// A field of the table as the API shows it, with the options of its kind.
QJsonObject fieldJson(const Field &field, const Table &table, const Tables &tables);
/// Changes `field` as the object says. Other fields that it names are looked for in `table`; new
/// options get ids from `ids`; people are named in defaults.
Result<Field> fieldFromJson(
    const QJsonObject &json, Field field, const Table &table, const People &people, IdSource &ids);
/// What the result of a formula is shown as, if the object that made the field does not say.
Done settleResult(
    Field &field, const Table &table, const QJsonObject &json, const Tables *tables = nullptr);
/// A value of the field in a definition: people by their id.
QJsonValue valueJson(const Value &value, const Field &field);

} // namespace casebase
