// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/field/LocationField.h"

#include "shared/field/Divisions.h"
#include "shared/field/TextFields.h"

#include <QJsonObject>
#include <QRegularExpression>

#include <algorithm>
#include <cmath>

namespace casebase {

namespace {

constexpr QStringView Separators = u" \u3000/·,，";

bool isSeparator(QChar c)
{
    return c.isSpace() || Separators.contains(c);
}

QStringView withoutSeparators(QStringView text)
{
    while (!text.isEmpty() && isSeparator(text.front())) {
        text = text.mid(1);
    }
    return text;
}

bool beginsWithAny(QStringView text, const QList<Division> &divisions);

/// How much of the text is the name of the division; 0 if it begins with another word. A short name
/// counts only where it cannot be the beginning of another one, as in 南京路.
qsizetype nameLength(QStringView text, const Division &division)
{
    if (division.name.isEmpty()) {
        return 0;
    }
    if (text.startsWith(division.name)) {
        return division.name.size();
    }
    if (!text.startsWith(division.shortName)) {
        return 0;
    }
    const QStringView rest = text.mid(division.shortName.size());
    return rest.isEmpty() || isSeparator(rest.front()) || beginsWithAny(rest, division.parts)
        ? division.shortName.size()
        : 0;
}

bool beginsWithAny(QStringView text, const QList<Division> &divisions)
{
    return std::any_of(divisions.cbegin(), divisions.cend(), [&](const Division &each) {
        return each.name.isEmpty() ? beginsWithAny(text, each.parts) : nameLength(text, each) > 0;
    });
}

/// Takes the name of one of the divisions from the beginning of the text.
const Division *take(QStringView &text, const QList<Division> &divisions)
{
    const QStringView begin = withoutSeparators(text);
    for (const Division &each : divisions) {
        if (const qsizetype length = nameLength(begin, each)) {
            text = begin.mid(length);
            return &each;
        }
    }
    return nullptr;
}

/// Takes a district of the province or of one of its cities that is named alone, if there is only
/// one of that name.
bool takeDistrict(QStringView &text, const Division &province, Place &place)
{
    const Division *foundCity = nullptr;
    QString name;
    const QStringView begin = withoutSeparators(text);
    for (const Division &city : province.parts) {
        for (const Division &district : city.parts) {
            if (begin.startsWith(district.name)) {
                if (foundCity) {
                    return false;
                }
                foundCity = &city;
                name = district.name;
            }
        }
    }
    if (!foundCity) {
        return false;
    }
    place.city = foundCity->name;
    place.district = name;
    text = begin.mid(name.size());
    return true;
}

/// Takes what stands below the province.
void takeWithin(QStringView &text, const Division &province, Place &place)
{
    const Division *city = take(text, province.parts);
    if (!city) {
        const auto direct = std::find_if(province.parts.cbegin(), province.parts.cend(),
            [](const Division &each) { return each.name.isEmpty(); });
        const Division *district =
            direct == province.parts.cend() ? nullptr : take(text, direct->parts);
        if (district) {
            place.district = district->name;
        } else {
            takeDistrict(text, province, place);
        }
        return;
    }
    place.city = city->name;
    if (const Division *district = take(text, city->parts)) {
        place.district = district->name;
    }
}

/// An address that begins with a city, which is in one province only.
void takeCityAlone(QStringView &text, Place &place)
{
    const QStringView begin = withoutSeparators(text);
    for (const Division &province : provinces()) {
        for (const Division &city : province.parts) {
            if (nameLength(begin, city) > 0) {
                place.province = province.name;
                takeWithin(text, province, place);
                return;
            }
        }
    }
}

/// "(22.53332, 113.93041)" at the end, or the whole text without brackets.
std::optional<Coordinates> takeCoordinates(QString &text)
{
    static const QRegularExpression pattern(QStringLiteral(
        R"((?:^|[(（]\s*)([+-]?\d{1,2}(?:\.\d+)?)\s*[,，]\s*([+-]?\d{1,3}(?:\.\d+)?)\s*[)）]?\s*$)"));
    const auto match = pattern.match(text);
    const Coordinates found{match.captured(1).toDouble(), match.captured(2).toDouble()};
    if (!match.hasMatch() || std::abs(found.latitude) > 90 || std::abs(found.longitude) > 180) {
        return std::nullopt;
    }
    text.truncate(match.capturedStart());
    return found;
}

QString degrees(double value)
{
    QString text = QString::number(value, 'f', 6);
    while (text.endsWith(u'0')) {
        text.chop(1);
    }
    return text.endsWith(u'.') ? text.chopped(1) : text;
}

/// What is shown of the place; all of it if it does not have that part.
QString shownPart(const QString &text, PlacePart part)
{
    const Place place = placeOf(text);
    Place shown{place.province, {}, {}, {}, {}};
    switch (part) {
    case PlacePart::All:
        return text;
    case PlacePart::Province:
        break;
    case PlacePart::District:
        shown.district = place.district;
        [[fallthrough]];
    case PlacePart::City:
        shown.city = place.city;
        break;
    case PlacePart::Coordinates:
        shown = {{}, {}, {}, {}, place.coordinates};
        break;
    }
    const QString result = placeText(shown);
    return result.isEmpty() ? text : result;
}

class LocationType final : public TextType {
public:
    LocationType()
        : TextType("location", true)
    {
    }

    QJsonValue valueToJson(const Value &value, const Field &, const FieldContext &) const override
    {
        const auto *text = std::get_if<QString>(&value);
        if (!text) {
            return {};
        }
        const Place place = placeOf(*text);
        QJsonObject json;
        for (const auto &[key, part] :
            {std::pair("province", place.province), std::pair("city", place.city),
                std::pair("district", place.district), std::pair("address", place.address)}) {
            if (!part.isEmpty()) {
                json.insert(QLatin1String(key), part);
            }
        }
        if (place.coordinates) {
            json.insert(QStringLiteral("latitude"), place.coordinates->latitude);
            json.insert(QStringLiteral("longitude"), place.coordinates->longitude);
        }
        return json;
    }

    Result<Value> fromJson(
        const QJsonValue &json, const Field &field, const FieldContext &context) const override
    {
        if (!json.isObject()) {
            return TextType::fromJson(json, field, context);
        }
        const QJsonObject object = json.toObject();
        Place place;
        for (const auto &[key, part] :
            {std::pair("province", &place.province), std::pair("city", &place.city),
                std::pair("district", &place.district), std::pair("address", &place.address)}) {
            const QJsonValue said = object.value(QLatin1String(key));
            if (!said.isString() && !said.isNull() && !said.isUndefined()) {
                return wrongType(field, QLatin1String(key), QStringLiteral("text"));
            }
            *part = said.toString();
        }
        const QJsonValue latitude = object.value(QLatin1String("latitude"));
        const QJsonValue longitude = object.value(QLatin1String("longitude"));
        if (latitude.isDouble() && longitude.isDouble()) {
            place.coordinates = {latitude.toDouble(), longitude.toDouble()};
        }
        const bool isOnEarth = !place.coordinates
            || (std::abs(place.coordinates->latitude) <= 90
                && std::abs(place.coordinates->longitude) <= 180);
        if (!isOnEarth || latitude.isDouble() != longitude.isDouble()) {
            return wrongType(field, QStringLiteral("latitude, longitude"),
                QStringLiteral("a latitude from -90 to 90 and a longitude from -180 to 180"));
        }
        return parse(placeText(place), field, context);
    }

    QString formatValue(
        const Value &value, const Field &field, const FieldContext &context) const override
    {
        return shownPart(TextType::formatValue(value, field, context), field.place);
    }

protected:
    Result<QString> checked(const QString &text, const Field &) const override
    {
        return placeText(placeOf(text));
    }
};

} // namespace

Place placeOf(const QString &text)
{
    Place place;
    QString written = text.simplified();
    place.coordinates = takeCoordinates(written);
    QStringView rest = written;
    if (const Division *province = take(rest, provinces())) {
        place.province = province->name;
        takeWithin(rest, *province, place);
    } else {
        takeCityAlone(rest, place);
    }
    // Of an address that names no division, what stands first is kept as it is.
    const bool isDivided = !place.province.isEmpty();
    place.address = (isDivided ? withoutSeparators(rest) : rest).trimmed().toString();
    return place;
}

QString placeText(const Place &place)
{
    QStringList parts{place.province, place.city, place.district, place.address.simplified()};
    if (place.coordinates) {
        parts +=
            QStringLiteral("(%1, %2)")
                .arg(degrees(place.coordinates->latitude), degrees(place.coordinates->longitude));
    }
    parts.removeAll(QString());
    return parts.join(u' ');
}

QList<Place> placesLike(const QString &text, qsizetype limit)
{
    QString wanted = text;
    wanted.removeIf(isSeparator);
    struct Hit {
        int rank; ///< Lower is better.
        Place place;
    };
    QList<Hit> hits;
    const auto look = [&](const Place &place, const Division &last, int level) {
        const QString whole = place.province + place.city + place.district;
        const bool begins = last.name.startsWith(wanted) || whole.startsWith(wanted);
        if (begins || whole.contains(wanted)) {
            hits += Hit{(begins ? 0 : 3) + level, place};
        }
    };
    for (const Division &province : provinces()) {
        look({province.name, {}, {}, {}, {}}, province, 0);
        for (const Division &city : province.parts) {
            if (!city.name.isEmpty()) {
                look({province.name, city.name, {}, {}, {}}, city, 1);
            }
            for (const Division &district : city.parts) {
                look({province.name, city.name, district.name, {}, {}}, district, 2);
            }
        }
    }
    std::stable_sort(
        hits.begin(), hits.end(), [](const Hit &a, const Hit &b) { return a.rank < b.rank; });
    QList<Place> places;
    for (const Hit &hit : hits.mid(0, limit)) {
        places += hit.place;
    }
    return places;
}

const FieldType &locationType()
{
    static const LocationType type;
    return type;
}

} // namespace casebase
