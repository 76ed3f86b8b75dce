// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/schema/Field.h"
#include "shared/support/Result.h"

#include <QJsonObject>

namespace casebase {

/// How numbers of the field are shown, by the options of its kind.
QJsonObject numberOptionsJson(const Field &field);
Done readNumberOptions(const QJsonObject &options, Field &field);

/// What of a place is shown, if it is not all.
QJsonObject placeOptionsJson(const Field &field);

/// Whether it shows dates or moments.
bool isDated(FieldKind kind);
/// How it shows them, as Airtable names that; "client" is the zone of whoever looks.
QJsonObject dateOptionsJson(const Field &field);
Done readDateOptions(const QJsonObject &options, DateOptions &date);

} // namespace casebase
