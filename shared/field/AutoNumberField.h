// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/field/FieldType.h"

namespace casebase {

const FieldType &autoNumberType();

/// Of numbers that begin anew each day: what stands before the first one of the day. The value is
/// the day as yyyymmdd, times a million, and the number of the day.
double numberBeforeDay(qint64 ms, const QTimeZone &zone);

} // namespace casebase
