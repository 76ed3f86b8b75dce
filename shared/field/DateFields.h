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
/// The wire form: 2026-11-22T06:30:00.000Z.
QString isoMoment(Moment moment);

} // namespace casebase
