// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/FormatJson.h"

#include "server/http/JsonParts.h"

namespace casebase {

namespace {

const char *const DurationFormats[] = {"h:mm", "h:mm:ss", "h:mm:ss.S", "h:mm:ss.SS", "h:mm:ss.SSS"};

const char *const SignsNames[] = {"local", "commaPeriod", "periodComma", "spaceComma"};
static_assert(std::size(SignsNames) == size_t(LastNumberSigns) + 1);
const char *const ShapeNames[] = {"digits", "bar", "ring"};
static_assert(std::size(ShapeNames) == size_t(LastNumberShape) + 1);
const char *const PlaceNames[] = {"all", "province", "city", "district", "coordinates"};
static_assert(std::size(PlaceNames) == size_t(LastPlacePart) + 1);

/// Into the options: only what is not as usual.
void addLook(QJsonObject &options, const Field &field)
{
    if (field.number.signs != NumberSigns::Local) {
        options.insert(QStringLiteral("separators"),
            QString::fromLatin1(SignsNames[size_t(field.number.signs)]));
    }
    if (field.number.shape != NumberShape::Digits) {
        options.insert(
            QStringLiteral("showAs"), QString::fromLatin1(ShapeNames[size_t(field.number.shape)]));
        options.insert(QStringLiteral("full"), field.number.full);
        options.insert(QStringLiteral("color"), field.colour);
    }
}

/// One of the names, if the options have it.
template <class Enum, size_t N>
Done readNamed(
    const QJsonObject &options, const char *key, const char *const (&names)[N], Enum &value)
{
    if (!options.contains(QLatin1String(key))) {
        return Ok;
    }
    const QString name = memberText(options, key);
    const auto known = indexOf(names, name);
    if (!known) {
        return Error{ErrorCode::Invalid,
            {QStringLiteral("options.%1 “%2”").arg(QLatin1String(key), name)}, {}};
    }
    value = Enum(*known);
    return Ok;
}

const char *const DateFormatNames[] = {"iso", "us", "european", "german", "friendly", "local"};
static_assert(std::size(DateFormatNames) == size_t(LastDateFormat) + 1);

/// Our name of a colour; Airtable's are the same with its brightness behind them.
QString colourNamed(const QString &name)
{
    static const QHash<QString, QString> theirs{{QStringLiteral("pink"), QStringLiteral("magenta")},
        {QStringLiteral("purple"), QStringLiteral("violet")},
        {QStringLiteral("cyan"), QStringLiteral("sky")},
        {QStringLiteral("gray"), QStringLiteral("grey")}};
    const QString hue = name.endsWith(QLatin1String("Bright")) ? name.chopped(6) : name;
    return theirs.value(hue, hue);
}

} // namespace

QJsonObject numberOptionsJson(const Field &field)
{
    QJsonObject options;
    switch (field.kind) {
    case FieldKind::Duration:
        return {{QStringLiteral("durationFormat"),
            QString::fromLatin1(DurationFormats[size_t(field.durationFormat)])}};
    case FieldKind::Rating:
        return {{QStringLiteral("icon"), field.icon}, {QStringLiteral("max"), field.maximum},
            {QStringLiteral("color"), field.colour}};
    case FieldKind::Progress:
        options.insert(QStringLiteral("color"), field.colour);
        break;
    case FieldKind::Currency:
        options.insert(QStringLiteral("symbol"), field.symbol);
        options.insert(QStringLiteral("thousands"), field.isGrouped);
        break;
    case FieldKind::Number:
        options.insert(QStringLiteral("unit"), field.symbol);
        options.insert(QStringLiteral("thousands"), field.isGrouped);
        break;
    default:
        break;
    }
    options.insert(QStringLiteral("precision"), field.precision);
    addLook(options, field);
    return options;
}

Done readNumberOptions(const QJsonObject &options, Field &field)
{
    field.precision = options.value(QLatin1String("precision")).toInt(field.precision);
    field.symbol = memberText(options, "symbol", memberText(options, "unit", field.symbol));
    field.isGrouped = options.value(QLatin1String("thousands")).toBool(field.isGrouped);
    field.maximum = options.value(QLatin1String("max")).toInt(field.maximum);
    field.icon = memberText(options, "icon", field.icon);
    field.colour = colourNamed(memberText(options, "color", field.colour));
    if (field.kind == FieldKind::Rating
        && (field.maximum < 1 || field.maximum > RatingLimit
            || !ratingIcons().contains(field.icon))) {
        return Error{ErrorCode::Invalid,
            {QStringLiteral("options: max is 1 to %1, icon one of %2")
                    .arg(RatingLimit)
                    .arg(ratingIcons().join(QLatin1String(", ")))},
            {}};
    }
    TRY(readNamed(options, "separators", SignsNames, field.number.signs));
    TRY(readNamed(options, "showAs", ShapeNames, field.number.shape));
    field.number.full = options.value(QLatin1String("full")).toDouble(field.number.full);
    if (!(field.number.full > 0)) {
        return Error{ErrorCode::Invalid, {QStringLiteral("options.full has to be above 0")}, {}};
    }
    TRY(readNamed(options, "show", PlaceNames, field.place));
    const QString format = memberText(options, "durationFormat");
    const auto known = indexOf(DurationFormats, format);
    if (known) {
        field.durationFormat = DurationFormat(*known);
    } else if (!format.isEmpty()) {
        return Error{
            ErrorCode::Invalid, {QStringLiteral("options.durationFormat “%1”").arg(format)}, {}};
    }
    return Ok;
}

QJsonObject placeOptionsJson(const Field &field)
{
    return field.place == PlacePart::All ? QJsonObject()
                                         : QJsonObject{{QStringLiteral("show"),
                                             QString::fromLatin1(PlaceNames[size_t(field.place)])}};
}

bool isDated(FieldKind kind)
{
    return valueTypeOf(kind) == ValueType::Date || valueTypeOf(kind) == ValueType::Moment;
}

QJsonObject dateOptionsJson(const Field &field)
{
    const auto named = [](const char *name) {
        return QJsonObject{{QStringLiteral("name"), QString::fromLatin1(name)}};
    };
    QJsonObject options{
        {QStringLiteral("dateFormat"), named(DateFormatNames[size_t(field.date.format)])}};
    if (valueTypeOf(field.kind) == ValueType::Moment) {
        options.insert(
            QStringLiteral("timeFormat"), named(field.date.is12Hour ? "12hour" : "24hour"));
        options.insert(QStringLiteral("timeZone"),
            field.date.zone.isEmpty() ? QStringLiteral("client") : field.date.zone);
        if (field.date.showsZone) {
            options.insert(QStringLiteral("showTimeZone"), true);
        }
    }
    return options;
}

Done readDateOptions(const QJsonObject &options, DateOptions &date)
{
    const auto nameIn = [&options](const char *key) {
        return options.value(QLatin1String(key)).toObject().value(QLatin1String("name")).toString();
    };
    const QString format = nameIn("dateFormat");
    const auto known = indexOf(DateFormatNames, format);
    if (!known && options.contains(QLatin1String("dateFormat"))) {
        return Error{
            ErrorCode::Invalid, {QStringLiteral("options.dateFormat “%1”").arg(format)}, {}};
    }
    date.format = known ? DateFormat(*known) : date.format;
    if (options.contains(QLatin1String("timeFormat"))) {
        const QString clock = nameIn("timeFormat");
        if (clock != u"12hour" && clock != u"24hour") {
            return Error{
                ErrorCode::Invalid, {QStringLiteral("options.timeFormat “%1”").arg(clock)}, {}};
        }
        date.is12Hour = clock == u"12hour";
    }
    if (options.contains(QLatin1String("timeZone"))) {
        const QString zone = memberText(options, "timeZone");
        date.zone = zone == u"client" ? QString() : zone == u"utc" ? QStringLiteral("UTC") : zone;
    }
    date.showsZone = options.value(QLatin1String("showTimeZone")).toBool(date.showsZone);
    return Ok;
}

} // namespace casebase
