// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/Api.h"
#include "server/http/JsonParts.h"

namespace casebase {

namespace {

QJsonArray departmentsJson(const Departments &departments, const People &people, OptionId parent)
{
    QJsonArray json;
    for (const Department &each : departments.all()) {
        if (each.parent != parent) {
            continue;
        }
        QJsonObject department{
            {QStringLiteral("id"), each.id.text()}, {QStringLiteral("name"), each.name}};
        if (const Person *head = people.person(each.head)) {
            department.insert(QStringLiteral("head"),
                QJsonObject{
                    {QStringLiteral("id"), head->id.text()}, {QStringLiteral("name"), head->name}});
        }
        if (each.isClosed) {
            department.insert(QStringLiteral("closed"), true);
        }
        const QJsonArray parts = departmentsJson(departments, people, each.id);
        if (!parts.isEmpty()) {
            department.insert(QStringLiteral("departments"), parts);
        }
        json += department;
    }
    return json;
}

/// Departments without an id are the ones of that name at that place, or new.
Done readDepartments(const QJsonArray &json, OptionId parent, int level, const Document &document,
    IdSource &ids, QList<Department> &read)
{
    if (level > DepartmentLevels) {
        return Error{
            ErrorCode::TooMany, {QStringLiteral("levels"), QString::number(DepartmentLevels)}, {}};
    }
    const QList<Department> &known = document.departments().all();
    for (const QJsonValue &each : json) {
        const QJsonObject object = each.toObject();
        TRY(onlyKeys(object, {"id", "name", "head", "closed", "departments"},
            QStringLiteral("departments")));
        Department department;
        department.parent = parent;
        department.name = memberText(object, "name");
        department.isClosed = object.value(QLatin1String("closed")).toBool();
        const auto id = OptionId::fromText(memberText(object, "id"));
        const auto same = std::find_if(known.cbegin(), known.cend(), [&](const Department &other) {
            return id ? other.id == *id
                      : other.parent == parent
                    && other.name.compare(department.name, Qt::CaseInsensitive) == 0;
        });
        if (id && same == known.cend()) {
            return Error{
                ErrorCode::NotFound, {QStringLiteral("The department “%1”").arg(id->text())}, {}};
        }
        department.id = same != known.cend() ? same->id : ids.next<OptionId>();
        const QJsonValue head = object.value(QLatin1String("head"));
        const QString named =
            head.isObject() ? memberText(head.toObject(), "id") : memberText(object, "head");
        if (!named.isEmpty()) {
            const Person *person = document.people().personNamed(named);
            if (!person) {
                return Error{ErrorCode::UnknownPerson, {named.left(80)}, {}};
            }
            department.head = person->id;
        }
        read += department;
        if (read.size() > DepartmentsPerBase) {
            return Departments(read).check();
        }
        TRY(readDepartments(object.value(QLatin1String("departments")).toArray(), department.id,
            level + 1, document, ids, read));
    }
    return Ok;
}

void putDepartments(ApiServices &services, const ApiCall &call)
{
    const auto base = visibleBase(services, call);
    const auto body = jsonBody(call.request);
    if (!base || !body) {
        return call.fail(base ? body.error() : base.error());
    }
    const Done known = onlyKeys(body.value(), {"departments"});
    if (!known) {
        return call.fail(known.error());
    }
    const QJsonValue list = body.value().value(QLatin1String("departments"));
    if (!list.isArray()) { // Left out by mistake, it would take them all away.
        return call.fail({ErrorCode::Invalid, {QStringLiteral("departments")}, {}});
    }
    PutDepartments put;
    const Done read = readDepartments(
        list.toArray(), {}, 1, *base.value().snapshot, services.host.ids(), put.departments);
    if (!read) {
        return call.fail(read.error());
    }
    submitAndReply(
        services, call, base.value().id, Edit{{put}}, [](const Outcome &, const Document &after) {
            return QJsonObject{{QStringLiteral("departments"),
                departmentsJson(after.departments(), after.people(), {})}};
        });
}

} // namespace

QList<Route> departmentRoutes(ApiServices &s)
{
    return {
        {"GET", QStringLiteral("/api/:base/departments"), false,
            [&s](const ApiCall &c) {
                const auto base = visibleBase(s, c);
                if (!base) {
                    return c.fail(base.error());
                }
                const Document &document = *base.value().snapshot;
                c.reply({{QStringLiteral("departments"),
                    departmentsJson(document.departments(), document.people(), {})}});
            }},
        {"PUT", QStringLiteral("/api/:base/departments"), false,
            [&s](const ApiCall &c) { putDepartments(s, c); }},
    };
}

} // namespace casebase
