// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/auth/Accounts.h"
#include "server/files/FileStore.h"
#include "server/host/BaseHost.h"
#include "server/http/HttpMessage.h"

#include <QTimeZone>

namespace casebase {

/// What the handlers of the API work on.
struct ApiServices {
    BaseHost &host;
    Accounts &accounts;
    FileStore &files;
};

/// One call that was matched to a route, by somebody who is known (if the route asks for it).
struct ApiCall {
    HttpRequest request;
    QHash<QString, QString> parameters; ///< What stood for :base and the like.
    Caller caller;
    HttpResponder respond;

    QString parameter(const char *name) const { return parameters.value(QLatin1String(name)); }
    void fail(const Error &error) const { respond(errorReply(error)); }
    void reply(const QJsonObject &object, int status = 200) const
    {
        respond(jsonReply(object, status));
    }
    void replyText(const std::string &json) const
    {
        HttpReply reply;
        reply.body = QByteArray(json.data(), qsizetype(json.size()));
        respond(std::move(reply));
    }
};

struct Route {
    QByteArray method;
    QString pattern; ///< "/v0/:base/:table"
    bool isPublic = false;
    std::function<void(const ApiCall &)> handle;
};

QList<Route> sessionRoutes(ApiServices &services);
QList<Route> departmentRoutes(ApiServices &services);
QList<Route> schemaRoutes(ApiServices &services);
QList<Route> recordRoutes(ApiServices &services);
QList<Route> recordReadRoutes(ApiServices &services);
QList<Route> queryRoutes(ApiServices &services);
QList<Route> workRoutes(ApiServices &services);
QList<Route> revealRoutes(ApiServices &services);
QList<Route> transferRoutes(ApiServices &services);

/// Matches requests to routes and callers to their tokens. resources/web/openapi.json describes the
/// same routes; a test holds them together.
class Api {
public:
    explicit Api(ApiServices services);
    void handle(const HttpRequest &request, const HttpResponder &respond);
    const QList<Route> &routes() const { return m_routes; }

private:
    ApiServices m_services;
    QList<Route> m_routes;
};

/// The base and what the caller may see of it; NotFound for strangers, as for bases that are not.
struct BaseView {
    BaseId id;
    Snapshot snapshot;
};
Result<BaseView> visibleBase(ApiServices &services, const ApiCall &call);
Result<const TableData *> visibleTable(const BaseView &base, const ApiCall &call);

/// The time zone with that IANA name; Invalid if there is none.
Result<QTimeZone> zoneNamed(const QString &name);

/// Submits and, once stored, lets `reply` answer with the outcome and the base after it: on a
/// worker, because the writer has better things to do.
class StoredReply {
public:
    /// What returns something would look as if that were the reply: it is refused.
    template <class Function>
    requires(std::is_void_v<std::invoke_result_t<Function, const Outcome &, const Document &>>)
        StoredReply(Function function)
        : m_function(std::move(function))
    {
    }
    void operator()(const Outcome &outcome, const Document &after) const
    {
        m_function(outcome, after);
    }

private:
    std::function<void(const Outcome &, const Document &)> m_function;
};
void submitThen(ApiServices &services, const ApiCall &call, BaseId base, const Request &request,
    StoredReply reply);
/// The same for replies that are one object.
void submitAndReply(ApiServices &services, const ApiCall &call, BaseId base, const Request &request,
    std::function<QJsonObject(const Outcome &, const Document &)> reply);

} // namespace casebase
