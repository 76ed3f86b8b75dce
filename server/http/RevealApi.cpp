// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/Api.h"
#include "server/http/JsonParts.h"

namespace casebase {

namespace {

constexpr qsizetype ReasonLimit = 200;

/// Tells all of a sensitive text to whoever says why; who that was, and why, goes into the log.
void reveal(ApiServices &s, const ApiCall &call)
{
    const auto base = visibleBase(s, call);
    const auto table = base ? visibleTable(base.value(), call) : base.error();
    const auto body = jsonBody(call.request);
    if (!table || !body) {
        return call.fail(table ? body.error() : table.error());
    }
    const Table &definition = table.value()->definition();
    const auto record = RecordId::fromText(call.parameter("record"));
    const auto row = record ? table.value()->aliveRow(*record) : std::nullopt;
    const Field *field = definition.fieldNamed(call.parameter("field"));
    const auto id = FieldId::fromText(call.parameter("field"));
    field = !field && id ? definition.field(*id) : field;
    if (!row) {
        return call.fail({ErrorCode::UnknownRecord, {call.parameter("record")}, {}});
    }
    if (!field || field->isTrashed || field->kind != FieldKind::Sensitive) {
        return call.fail({ErrorCode::UnknownField, {call.parameter("field")}, {}});
    }
    const Done allowed = mayReveal(*base.value().snapshot, call.caller.actor());
    const Done known = allowed ? onlyKeys(body.value(), {"reason"}) : allowed;
    if (!known) {
        return call.fail(known.error());
    }
    const QString reason = body.value().value(QLatin1String("reason")).toString().simplified();
    if (reason.isEmpty()) {
        return call.fail({ErrorCode::MissingValue, {QStringLiteral("reason")}, {}});
    }
    const Value value = table.value()->value(*row, *field);
    const auto *sealed = std::get_if<Sealed>(&value);
    if (!sealed) {
        return call.reply({{QStringLiteral("value"), QJsonValue()}});
    }
    const auto text = s.host.vault() ? s.host.vault()
                                           ->keeper(base.value().id.text())
                                           ->open(*sealed, {definition.id, *record, field->id})
                                     : Error{ErrorCode::SecretsLocked, {}, {}};
    if (!text) {
        return call.fail(text.error());
    }
    qInfo("revealed: field %s of record %s in table %s of base %s to %s (%s), who says: %s",
        qUtf8Printable(field->id.text()), qUtf8Printable(record->text()),
        qUtf8Printable(definition.id.text()), qUtf8Printable(base.value().id.text()),
        qUtf8Printable(call.caller.account.username), qUtf8Printable(call.caller.account.id.text()),
        qUtf8Printable(reason.left(ReasonLimit)));
    call.reply({{QStringLiteral("value"), text.value()}});
}

} // namespace

QList<Route> revealRoutes(ApiServices &s)
{
    return {
        {"POST", QStringLiteral("/api/:base/:table/:record/reveal/:field"), false,
            [&s](const ApiCall &c) { reveal(s, c); }},
    };
}

} // namespace casebase
