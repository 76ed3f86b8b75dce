// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/value/Value.h"

#include <optional>

namespace casebase {

inline constexpr int IsoMomentLength = 24;

/// ISO 8601 as programs exchange it, in UTC: 2026-11-25T09:30:00.000Z. Without QDateTime, which
/// costs fifty times as much and stands in the way of imports. The length that was written, at most
/// IsoMomentLength.
int writeIsoMoment(Moment moment, char *text);
/// 2026-11-25, ten characters.
void writeIsoDate(Date date, char *text);
/// Reads exactly that form, seconds and milliseconds optional; nothing for any other.
std::optional<Moment> readIsoMoment(QStringView text);
/// From the year 1 to 9999.
bool isSaneMoment(Moment moment);

} // namespace casebase
