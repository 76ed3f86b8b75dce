// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/field/FieldType.h"

#include <QDate>

namespace casebase {

const FieldType &dateType();
const FieldType &dateTimeType();

QDate toQDate(Date date);
Date fromQDate(const QDate &date);
QDateTime toQDateTime(Moment moment, const QTimeZone &zone);
/// The zone in which the field shows moments; `viewers` if it has none of its own.
QTimeZone zoneOf(const Field &field, const QTimeZone &viewers);
/// As dates are typed in its editor: what is only shown would have to be read back.
Field typedDates(const Field &field);
/// The wire form: 2026-11-22T06:30:00.000Z.
QString isoMoment(Moment moment);

} // namespace casebase
