// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/Api.h"
#include "server/http/SchemaJson.h"
#include "shared/field/DateFields.h"

#include <QJsonDocument>

namespace casebase {

namespace {

QJsonObject accountJson(const Account &account)
{
    return {{QStringLiteral("id"), account.id.text()},
        {QStringLiteral("username"), account.username}, {QStringLiteral("name"), account.name},
        {QStringLiteral("email"), account.email}, {QStringLiteral("active"), account.isActive},
        {QStringLiteral("role"),
            account.isAdmin ? QStringLiteral("administrator") : QStringLiteral("member")}};
}

void signIn(ApiServices &services, const ApiCall &call)
{
    auto body = jsonBody(call.request);
    if (!body) {
        return call.fail(body.error());
    }
    const QJsonObject json = body.value();
    // Checking a password takes 100 ms by intention.
    WorkerPool::instance().post([&services, call, json] {
        const auto signedIn =
            services.accounts.signIn(json.value(QLatin1String("username")).toString(),
                json.value(QLatin1String("password")).toString(), call.request.peer);
        if (!signedIn) {
            return call.fail(signedIn.error());
        }
        const Caller &caller = signedIn.value().caller;
        call.reply({{QStringLiteral("token"), signedIn.value().secret},
            {QStringLiteral("expires"), isoMoment(Moment{caller.token.expiresMs})},
            {QStringLiteral("user"), accountJson(caller.account)}});
    });
}

void addUser(ApiServices &services, const ApiCall &call)
{
    auto body = jsonBody(call.request);
    if (!body) {
        return call.fail(body.error());
    }
    const QJsonObject json = body.value();
    const Done known =
        onlyKeys(json, {"username", "name", "password", "email", "groups", "active"});
    if (!known) {
        return call.fail(known.error());
    }
    WorkerPool::instance().post([&services, call, json] {
        const auto text = [&](const char *key) {
            return json.value(QLatin1String(key)).toString();
        };
        const auto added = services.accounts.add(
            text("username"), text("name"), text("email"), text("password"), false);
        added ? call.reply(accountJson(added.value()), 200) : call.fail(added.error());
    });
}

/// Keeps the name in step in every base that the person belongs to.
void rename(ApiServices &services, const Account &account)
{
    for (const BaseRow &base : services.host.bases()) {
        const Snapshot snapshot = services.host.snapshot(base.id);
        const Person *person = snapshot ? snapshot->people().person(account.id) : nullptr;
        if (person) {
            Person changed = *person;
            changed.name = account.name;
            services.host.submit({account.id, AllScopes, true}, base.id,
                services.host.nextRequestId(), Edit{{PutPerson{changed}}}, {});
        }
    }
}

void changeUser(ApiServices &services, const ApiCall &call)
{
    const auto body = jsonBody(call.request);
    auto account = services.accounts.accountNamed(call.parameter("user"));
    if (!body || !account) {
        return call.fail(
            body ? Error{ErrorCode::NotFound, {call.parameter("user")}, {}} : body.error());
    }
    const QJsonObject json = body.value();
    const Done known = onlyKeys(json, {"name", "email", "active", "groups"});
    if (!known) {
        return call.fail(known.error());
    }
    account->name = json.value(QLatin1String("name")).toString(account->name);
    account->email = json.value(QLatin1String("email")).toString(account->email);
    account->isActive = json.value(QLatin1String("active")).toBool(account->isActive);
    WorkerPool::instance().post([&services, call, changed = *account] {
        const Done done = services.accounts.update(changed);
        if (!done) {
            return call.fail(done.error());
        }
        rename(services, changed);
        call.reply(accountJson(changed));
    });
}

void setPassword(ApiServices &services, const ApiCall &call)
{
    const auto body = jsonBody(call.request);
    const auto account = services.accounts.accountNamed(call.parameter("user"));
    if (!body || !account) {
        return call.fail(
            body ? Error{ErrorCode::NotFound, {call.parameter("user")}, {}} : body.error());
    }
    const QString password = body.value().value(QLatin1String("password")).toString();
    WorkerPool::instance().post([&services, call, id = account->id, password] {
        const Done done = services.accounts.setPassword(id, password);
        done ? call.reply({}) : call.fail(done.error());
    });
}

QJsonArray membersJson(const Document &document)
{
    QJsonArray members;
    for (const Person &person : document.people().all()) {
        if (person.role != Role::None) {
            members += QJsonObject{{QStringLiteral("user"), person.id.text()},
                {QStringLiteral("username"), person.username},
                {QStringLiteral("name"), person.name},
                {QStringLiteral("role"), roleName(person.role)}};
        }
    }
    return members;
}

Result<Edit> membersFromJson(
    ApiServices &services, const Document &document, const QJsonArray &json)
{
    Edit edit;
    QList<UserId> named;
    for (const QJsonValue &each : json) {
        const QJsonObject member = each.toObject();
        const QString user = member.value(QLatin1String("user")).toString();
        const auto account = services.accounts.accountNamed(user);
        const auto role = roleNamed(member.value(QLatin1String("role")).toString());
        if (!account || !role) {
            return account ? Error{ErrorCode::Invalid, {QStringLiteral("role")}, {}}
                           : Error{ErrorCode::UnknownPerson, {user}, {}};
        }
        named += account->id;
        edit.operations += PutPerson{{account->id, account->username, account->name, *role}};
    }
    for (Person person : document.people().all()) {
        if (!named.contains(person.id) && person.role != Role::None) {
            person.role = Role::None; // stays known by name in the records
            edit.operations += PutPerson{person};
        }
    }
    return edit;
}

std::function<void(const ApiCall &)> forAdministrators(std::function<void(const ApiCall &)> handle)
{
    return [handle = std::move(handle)](const ApiCall &call) {
        if (!call.caller.account.isAdmin || !call.caller.actor().has(Scope::Admin)) {
            return call.fail(
                {ErrorCode::Forbidden, {QStringLiteral("administrators manage people")}, {}});
        }
        handle(call);
    };
}

} // namespace

QList<Route> sessionRoutes(ApiServices &s)
{
    return {
        {"POST", QStringLiteral("/api/session"), true, [&s](const ApiCall &c) { signIn(s, c); }},
        {"DELETE", QStringLiteral("/api/session"), false,
            [&s](const ApiCall &c) {
                WorkerPool::instance().post([&s, c] {
                    const Done done = s.accounts.revoke(c.caller.token.id);
                    done ? c.reply({}) : c.fail(done.error());
                });
            }},
        {"GET", QStringLiteral("/api/me"), false,
            [&s](const ApiCall &c) {
                QJsonObject me = accountJson(c.caller.account);
                QJsonArray roles;
                for (const BaseRow &base : s.host.bases()) {
                    const Role role = roleOf(*s.host.snapshot(base.id), c.caller.actor());
                    if (role != Role::None) {
                        roles += QJsonObject{{QStringLiteral("base"), base.id.text()},
                            {QStringLiteral("role"), roleName(role)}};
                    }
                }
                me.insert(QStringLiteral("roles"), roles);
                me.insert(QStringLiteral("groups"), QJsonArray());
                c.reply(me);
            }},
        {"GET", QStringLiteral("/api/users"), false, forAdministrators([&s](const ApiCall &c) {
             QJsonArray users;
             for (const Account &account : s.accounts.all()) {
                 users += accountJson(account);
             }
             c.reply({{QStringLiteral("users"), users}});
         })},
        {"POST", QStringLiteral("/api/users"), false,
            forAdministrators([&s](const ApiCall &c) { addUser(s, c); })},
        {"PATCH", QStringLiteral("/api/users/:user"), false,
            forAdministrators([&s](const ApiCall &c) { changeUser(s, c); })},
        {"POST", QStringLiteral("/api/users/:user/password"), false,
            [&s](const ApiCall &c) {
                const bool isOwn =
                    c.parameter("user") == c.caller.account.id.text() && c.caller.token.isSession;
                isOwn ? setPassword(s, c)
                      : forAdministrators([&s](const ApiCall &call) { setPassword(s, call); })(c);
            }},
        {"GET", QStringLiteral("/api/:base/members"), false,
            [&s](const ApiCall &c) {
                const auto base = visibleBase(s, c);
                base ? c.reply({{QStringLiteral("members"), membersJson(*base.value().snapshot)}})
                     : c.fail(base.error());
            }},
        {"PUT", QStringLiteral("/api/:base/members"), false,
            [&s](const ApiCall &c) {
                const auto base = visibleBase(s, c);
                if (!base) {
                    return c.fail(base.error());
                }
                QJsonParseError error;
                const QJsonDocument body = QJsonDocument::fromJson(c.request.body, &error);
                const QJsonArray list = body.isArray()
                    ? body.array()
                    : body.object().value(QLatin1String("members")).toArray();
                const auto edit = membersFromJson(s, *base.value().snapshot, list);
                if (!edit) {
                    return c.fail(edit.error());
                }
                submitAndReply(s, c, base.value().id, edit.value(),
                    [](const Outcome &, const Document &after) {
                        return QJsonObject{{QStringLiteral("members"), membersJson(after)}};
                    });
            }},
    };
}

} // namespace casebase
