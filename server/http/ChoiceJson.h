// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/http/JsonParts.h"
#include "shared/schema/Table.h"
#include "shared/support/IdSource.h"

namespace casebase {

/// Adds the choices of a select or state, and where a state goes from each.
void addChoices(QJsonObject &options, const Field &field);
/// Adds the other fields of the table that the field hangs on.
void addTies(QJsonObject &options, const Field &field);

/// The choices and the other fields that the options name, by name or id.
Done readChoices(const QJsonObject &options, const Table &table, IdSource &ids, Field &field);
Done readTies(const QJsonObject &options, const Table &table, Field &field);

} // namespace casebase
