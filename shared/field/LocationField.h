// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/field/FieldType.h"

namespace casebase {

/// Where something is: province, city, district, the rest of the address, coordinates, as far as
/// they are known. Kept as the address that people would write, so that it is searched, sorted and
/// read by formulas as that: "广东省 深圳市 南山区 科技园路1号 (22.53332, 113.93041)".
const FieldType &locationType();

/// Degrees; north and east are above zero.
struct Coordinates {
    double latitude = 0;
    double longitude = 0;
    friend bool operator==(const Coordinates &, const Coordinates &) = default;
};

/// The parts of a location. What is no known division is part of the address.
struct Place {
    QString province;
    QString city; ///< Empty where districts belong to the province, as in 北京市.
    QString district;
    QString address;
    std::optional<Coordinates> coordinates;
    friend bool operator==(const Place &, const Place &) = default;
};

/// Reads an address as people write it, with or without spaces and the words for what divisions are
/// ("广东深圳南山区科技园路1号"), or with a city or district alone where there is only one of the
/// name.
Place placeOf(const QString &text);
/// As it is kept; placeOf() reads it back.
QString placeText(const Place &place);
/// Divisions whose names, one after the other, hold what is searched for; those that begin with it
/// first, larger ones before smaller.
QList<Place> placesLike(const QString &text, qsizetype limit);

} // namespace casebase
