// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/Api.h"

namespace casebase {

namespace {

constexpr qsizetype WorkerBytes = 8 * 1024;

std::optional<QHash<QString, QString>> match(const QStringList &pattern, const QStringList &path)
{
    if (pattern.size() != path.size()) {
        return std::nullopt;
    }
    QHash<QString, QString> parameters;
    for (qsizetype i = 0; i < path.size(); ++i) {
        if (pattern[i].startsWith(u':')) {
            parameters.insert(pattern[i].mid(1), path[i]);
        } else if (pattern[i] != path[i]) {
            return std::nullopt;
        }
    }
    return parameters;
}

QString bearer(const HttpRequest &request)
{
    const QByteArray header = request.headers.value("authorization");
    return header.left(7).toLower() == "bearer " ? QString::fromLatin1(header.mid(7).trimmed())
                                                 : QString();
}

} // namespace

Api::Api(ApiServices services)
    : m_services(services)
    , m_routes(sessionRoutes(m_services) + departmentRoutes(m_services) + schemaRoutes(m_services)
          + recordReadRoutes(m_services) + queryRoutes(m_services) + recordRoutes(m_services)
          + workRoutes(m_services) + revealRoutes(m_services) + transferRoutes(m_services))
{
}

void Api::handle(const HttpRequest &request, const HttpResponder &respond)
{
    const QStringList parts = pathParts(request.path);
    const QByteArray method = request.method == "HEAD" ? "GET" : request.method;
    QList<QByteArray> allowed;
    for (const Route &route : std::as_const(m_routes)) {
        const auto parameters = match(pathParts(route.pattern), parts);
        if (!parameters) {
            continue;
        }
        if (route.method != method) {
            allowed += route.method;
            continue;
        }
        ApiCall call{request, *parameters, {}, respond};
        if (!route.isPublic) {
            auto caller = m_services.accounts.caller(bearer(request));
            if (!caller) {
                return call.fail(caller.error());
            }
            call.caller = std::move(caller).value();
        }
        if (request.body.size() < WorkerBytes) {
            return route.handle(call);
        }
        // Reading a large body would stop everybody else on this thread.
        return WorkerPool::instance().post([&route, call] { route.handle(call); });
    }
    if (!allowed.isEmpty()) {
        HttpReply reply = errorReply({ErrorCode::Invalid,
            {QStringLiteral("this path does not take %1").arg(QString::fromLatin1(method))}, {}});
        reply.status = 405;
        reply.headers += {"Allow", allowed.join(", ")};
        return respond(reply);
    }
    respond(errorReply({ErrorCode::NotFound, {QStringLiteral("This address")}, {}}));
}

Result<BaseView> visibleBase(ApiServices &services, const ApiCall &call)
{
    const Error missing{ErrorCode::NotFound, {QStringLiteral("The base")}, {}};
    const QString wanted = call.parameter("base");
    for (const BaseRow &base : services.host.bases()) {
        const bool named =
            base.id.text() == wanted || base.name.compare(wanted, Qt::CaseInsensitive) == 0;
        const Snapshot snapshot = named ? services.host.snapshot(base.id) : nullptr;
        if (snapshot && VisibleDocument::of(*snapshot, call.caller.actor())) {
            return BaseView{base.id, snapshot};
        }
    }
    return missing;
}

Result<const TableData *> visibleTable(const BaseView &base, const ApiCall &call)
{
    const TableData *table = base.snapshot->tableNamed(call.parameter("table"));
    if (!table) {
        return Error{ErrorCode::UnknownTable, {call.parameter("table")}, {}};
    }
    return table;
}

void submitThen(ApiServices &services, const ApiCall &call, BaseId base, const Request &request,
    StoredReply reply)
{
    services.host.submit(call.caller.actor(), base, services.host.nextRequestId(), request,
        [&services, call, base, reply = std::move(reply)](const Result<Outcome> &outcome) {
            if (!outcome) {
                return call.fail(outcome.error());
            }
            WorkerPool::instance().post(
                [reply, outcome = outcome.value(), after = services.host.snapshot(base)] {
                    reply(outcome, *after);
                });
        });
}

void submitAndReply(ApiServices &services, const ApiCall &call, BaseId base, const Request &request,
    std::function<QJsonObject(const Outcome &, const Document &)> reply)
{
    submitThen(services, call, base, request,
        [call, reply = std::move(reply)](
            const Outcome &outcome, const Document &after) { call.reply(reply(outcome, after)); });
}

Result<QTimeZone> zoneNamed(const QString &name)
{
    // Constructing one takes any word for a zone of that name at UTC.
    if (!QTimeZone::isTimeZoneIdAvailable(name.toLatin1())) {
        return Error{ErrorCode::Invalid, {QStringLiteral("timeZone “%1”").arg(name)}, {}};
    }
    return QTimeZone(name.toLatin1());
}

} // namespace casebase
