// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/http/JsonParts.h"
#include "shared/schema/Person.h"
#include "shared/schema/Table.h"
#include "shared/support/IdSource.h"

namespace casebase {

/// A field as the API shows it, with the options of its kind.
QJsonObject fieldJson(const Field &field);
/// Changes `field` as the object says. New options get ids from `ids`; people are named in
/// defaults.
Result<Field> fieldFromJson(
    const QJsonObject &json, Field field, const People &people, IdSource &ids);
/// A value of the field in a definition: people by their id.
QJsonValue valueJson(const Value &value, const Field &field);

} // namespace casebase
