// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/SchemaJson.h"

#include "server/http/FieldJson.h"
#include "shared/field/FieldType.h"
#include "shared/formula/Expression.h"

namespace casebase {

namespace {

const Field *namedField(const Table &table, const QString &name)
{
    return table.fieldNamed(name);
}

const char *const RelativeNames[] = {
    "today", "tomorrow", "yesterday", "this", "past", "next", "ago", "fromNow"};
const char *const UnitNames[] = {"days", "weeks", "months", "quarters", "years"};

QJsonObject filterJson(const Filter &filter, const Table &table, const Tables &tables)
{
    if (filter.kind == Filter::Kind::Formula) {
        return {{QStringLiteral("formula"), withNames(filter.formula, table, &tables)}};
    }
    if (filter.kind != Filter::Kind::Test) {
        QJsonArray children;
        for (const Filter &child : filter.children) {
            children += filterJson(child, table, tables);
        }
        const bool all = filter.kind == Filter::Kind::All;
        return {{all ? QStringLiteral("all") : QStringLiteral("any"), children}};
    }
    const Field *field = table.field(filter.field);
    QJsonObject json{{QStringLiteral("field"), field ? field->name : filter.field.text()},
        {QStringLiteral("op"), operatorName(filter.op)}};
    if (filter.operand.me) {
        json.insert(QStringLiteral("value"), QJsonObject{{QStringLiteral("me"), true}});
    } else if (const auto &relative = filter.operand.relative) {
        json.insert(QStringLiteral("value"),
            QJsonObject{{QStringLiteral("relative"),
                            QString::fromLatin1(RelativeNames[size_t(relative->kind)])},
                {QStringLiteral("unit"), QString::fromLatin1(UnitNames[size_t(relative->unit)])},
                {QStringLiteral("n"), relative->count}});
    } else if (field && filter.operand.values.size() == 1) {
        json.insert(QStringLiteral("value"), valueJson(filter.operand.values.first(), *field));
    } else if (field) {
        QJsonArray values;
        for (const Value &value : filter.operand.values) {
            values += valueJson(value, *field);
        }
        json.insert(QStringLiteral("value"), values);
    }
    return json;
}

Result<Operand> operandFromJson(
    const QJsonValue &json, const Field &field, const FieldContext &context)
{
    Operand operand;
    const QJsonObject object = json.toObject();
    if (object.value(QLatin1String("me")).toBool()) {
        operand.me = true;
        return operand;
    }
    if (object.contains(QLatin1String("relative"))) {
        TRY(onlyKeys(object, {"relative", "unit", "n"}, QStringLiteral("filter.value")));
        const auto kind = indexOf(RelativeNames, memberText(object, "relative"));
        const auto unit = indexOf(UnitNames, memberText(object, "unit", QStringLiteral("days")));
        if (!kind || !unit) {
            return Error{ErrorCode::Invalid, {QStringLiteral("filter.value.relative")}, {}};
        }
        operand.relative = RelativeDate{
            RelativeDate::Kind(*kind), TimeUnit(*unit), object.value(QLatin1String("n")).toInt(1)};
        return operand;
    }
    const Field single = operandField(field);
    const QJsonArray values = json.isArray() ? json.toArray() : QJsonArray{json};
    for (const QJsonValue &each : values) {
        TRY_SET(const Value value, fieldType(single.kind).fromJson(each, single, context));
        operand.values += value;
    }
    return operand;
}

QJsonArray assigneesJson(const WorkflowNode &node, const Table &table)
{
    QJsonArray json;
    for (const Assignee &assignee : node.assignees) {
        const Field *field = table.field(assignee.field);
        json += field ? QJsonObject{{QStringLiteral("field"), field->name}}
                      : QJsonObject{{QStringLiteral("user"), assignee.person.text()}};
    }
    return json;
}

Result<WorkflowNode> nodeFromJson(const QJsonObject &json, const Table &table, const People &people)
{
    TRY(onlyKeys(
        json, {"id", "type", "name", "assignees", "fields", "next"}, QStringLiteral("nodes")));
    WorkflowNode node{memberText(json, "id"), memberText(json, "name"), {}, {}};
    for (const QJsonValue &each : json.value(QLatin1String("assignees")).toArray()) {
        const QJsonObject assignee = each.toObject();
        TRY(onlyKeys(assignee, {"user", "field"}, QStringLiteral("nodes.assignees")));
        if (assignee.contains(QLatin1String("user"))) {
            const Person *person = people.personNamed(memberText(assignee, "user"));
            if (!person) {
                return Error{ErrorCode::UnknownPerson, {memberText(assignee, "user")}, {}};
            }
            node.assignees += Assignee{person->id, {}};
        } else {
            const Field *field = namedField(table, memberText(assignee, "field"));
            if (!field) {
                return Error{ErrorCode::UnknownField, {memberText(assignee, "field")}, {}};
            }
            node.assignees += Assignee{{}, field->id};
        }
    }
    const QJsonObject rights = json.value(QLatin1String("fields")).toObject();
    TRY(onlyKeys(rights, {"edit"}, QStringLiteral("nodes.fields")));
    for (const QJsonValue &each : rights.value(QLatin1String("edit")).toArray()) {
        const Field *field = namedField(table, each.toString());
        if (!field) {
            return Error{ErrorCode::UnknownField, {each.toString()}, {}};
        }
        node.editable += field->id;
    }
    return node;
}

} // namespace

namespace {

struct PartName {
    ColourRule::Part part;
    QString name;
};

const QList<PartName> &partNames()
{
    static const QList<PartName> names{{ColourRule::Part::Row, QStringLiteral("row")},
        {ColourRule::Part::Edge, QStringLiteral("edge")},
        {ColourRule::Part::Cell, QStringLiteral("cell")}};
    return names;
}

QJsonArray coloursJson(const View &view, const Table &table, const Tables &tables)
{
    QJsonArray colours;
    for (const ColourRule &rule : view.colours) {
        const Field *field = table.field(rule.field);
        QJsonObject json{{QStringLiteral("filter"), filterJson(rule.condition, table, tables)},
            {QStringLiteral("color"), rule.colour}};
        for (const PartName &each : partNames()) {
            if (each.part == rule.part) {
                json.insert(QStringLiteral("part"), each.name);
            }
        }
        if (rule.part == ColourRule::Part::Cell) {
            json.insert(QStringLiteral("field"), field ? field->name : rule.field.text());
        }
        colours += json;
    }
    return colours;
}

Result<QList<ColourRule>> coloursFromJson(
    const QJsonArray &json, const Table &table, const FieldContext &context)
{
    QList<ColourRule> colours;
    for (const QJsonValue &each : json) {
        const QJsonObject rule = each.toObject();
        TRY(onlyKeys(rule, {"filter", "color", "part", "field"}, QStringLiteral("colours")));
        ColourRule made;
        TRY_SET(made.condition,
            filterFromJson(rule.value(QLatin1String("filter")).toObject(), table, context));
        made.colour = memberText(rule, "color", QStringLiteral("yellow"));
        const Field *field = namedField(table, memberText(rule, "field"));
        const QString wanted = memberText(rule, "part",
            rule.contains(QLatin1String("field")) ? QStringLiteral("cell") : QStringLiteral("row"));
        const auto part = std::find_if(partNames().cbegin(), partNames().cend(),
            [&wanted](const PartName &name) { return name.name == wanted; });
        if (part == partNames().cend()) {
            return Error{ErrorCode::Invalid, {QStringLiteral("colours.part “%1”").arg(wanted)}, {}};
        }
        made.part = part->part;
        if (made.part == ColourRule::Part::Cell) {
            if (!field) {
                return Error{ErrorCode::UnknownField, {memberText(rule, "field")}, {}};
            }
            made.field = field->id;
        }
        colours += made;
    }
    return colours;
}

} // namespace

QJsonObject viewJson(const View &view, const Table &table, const Tables &tables)
{
    QJsonArray sort;
    for (const SortKey &key : view.sort) {
        const Field *field = table.field(key.field);
        sort += QJsonObject{{QStringLiteral("field"), field ? field->name : key.field.text()},
            {QStringLiteral("direction"),
                key.order == Qt::DescendingOrder ? QStringLiteral("desc") : QStringLiteral("asc")}};
    }
    QJsonArray fields;
    for (const ViewField &each : view.fields) {
        const Field *field = table.field(each.field);
        QJsonObject json{{QStringLiteral("field"), field ? field->name : each.field.text()}};
        if (each.width > 0) {
            json.insert(QStringLiteral("width"), each.width);
        }
        if (each.isHidden) {
            json.insert(QStringLiteral("hidden"), true);
        }
        fields += json;
    }
    return {{QStringLiteral("id"), view.id.text()}, {QStringLiteral("name"), view.name},
        {QStringLiteral("type"), QStringLiteral("grid")},
        {QStringLiteral("filter"), filterJson(view.filter, table, tables)},
        {QStringLiteral("sort"), sort}, {QStringLiteral("fields"), fields},
        {QStringLiteral("frozen"), view.frozen},
        {QStringLiteral("colours"), coloursJson(view, table, tables)}};
}

QJsonObject tableJson(const Table &table, const Tables &tables)
{
    QJsonArray fields;
    for (const Field &field : table.liveFields()) {
        fields += fieldJson(field, table, tables);
    }
    QJsonArray views;
    for (const View &view : table.views) {
        views += viewJson(view, table, tables);
    }
    QJsonObject json{{QStringLiteral("id"), table.id.text()}, {QStringLiteral("name"), table.name},
        {QStringLiteral("primaryFieldId"),
            table.primaryField() ? table.primaryField()->id.text() : QString()},
        {QStringLiteral("fields"), fields}, {QStringLiteral("views"), views}};
    if (!table.description.isEmpty()) {
        json.insert(QStringLiteral("description"), table.description);
    }
    return json;
}

QJsonObject workflowJson(const Workflow &workflow, const Table &table)
{
    QJsonArray nodes;
    const QList<WorkflowNode> &current = workflow.versions.last().nodes;
    for (qsizetype i = 0; i < current.size(); ++i) {
        QJsonArray editable;
        for (const FieldId id : current[i].editable) {
            const Field *field = table.field(id);
            editable += field ? field->name : id.text();
        }
        nodes += QJsonObject{{QStringLiteral("id"), current[i].id},
            {QStringLiteral("type"), QStringLiteral("approve")},
            {QStringLiteral("name"), current[i].name},
            {QStringLiteral("assignees"), assigneesJson(current[i], table)},
            {QStringLiteral("fields"), QJsonObject{{QStringLiteral("edit"), editable}}},
            {QStringLiteral("next"),
                i + 1 < current.size() ? current[i + 1].id : QStringLiteral("end")}};
    }
    nodes += QJsonObject{{QStringLiteral("id"), QStringLiteral("end")},
        {QStringLiteral("type"), QStringLiteral("end")},
        {QStringLiteral("name"), workflow.endName}};
    const Field *state = table.field(workflow.stateField);
    const Field *node = table.field(workflow.nodeField);
    return {{QStringLiteral("id"), workflow.id.text()}, {QStringLiteral("name"), workflow.name},
        {QStringLiteral("version"), workflow.versions.last().number},
        {QStringLiteral("active"), workflow.isActive},
        {QStringLiteral("cancellable"), workflow.isCancellable},
        {QStringLiteral("stateField"), state ? state->name : QString()},
        {QStringLiteral("nodeField"), node ? node->name : QString()},
        {QStringLiteral("nodes"), nodes}};
}

Result<Filter> filterFromJson(
    const QJsonObject &json, const Table &table, const FieldContext &context)
{
    Filter filter;
    for (const auto &[key, kind] :
        {std::pair("all", Filter::Kind::All), std::pair("any", Filter::Kind::Any)}) {
        if (json.contains(QLatin1String(key))) {
            TRY(onlyKeys(json, {key}, QStringLiteral("filter")));
            filter.kind = kind;
            for (const QJsonValue &each : json.value(QLatin1String(key)).toArray()) {
                TRY_SET(const Filter child, filterFromJson(each.toObject(), table, context));
                filter.children += child;
            }
            return filter;
        }
    }
    if (json.isEmpty()) {
        return filter;
    }
    if (json.contains(QLatin1String("formula"))) {
        TRY(onlyKeys(json, {"formula"}, QStringLiteral("filter")));
        filter.kind = Filter::Kind::Formula;
        filter.formula = memberText(json, "formula");
        return filter;
    }
    TRY(onlyKeys(json, {"field", "op", "value"}, QStringLiteral("filter")));
    const Field *field = namedField(table, memberText(json, "field"));
    if (!field) {
        return Error{ErrorCode::UnknownField, {memberText(json, "field")}, {}};
    }
    const auto op = operatorNamed(memberText(json, "op"));
    if (!op) {
        return Error{
            ErrorCode::Invalid, {QStringLiteral("filter.op “%1”").arg(memberText(json, "op"))}, {}};
    }
    filter.kind = Filter::Kind::Test;
    filter.field = field->id;
    filter.op = *op;
    if (json.contains(QLatin1String("value"))) {
        TRY_SET(
            filter.operand, operandFromJson(json.value(QLatin1String("value")), *field, context));
    }
    return filter;
}

Result<View> viewFromJson(
    const QJsonObject &json, View view, const Table &table, const FieldContext &context)
{
    TRY(onlyKeys(json, {"id", "name", "type", "filter", "sort", "fields", "frozen", "colours"}));
    view.name = memberText(json, "name", view.name);
    if (memberText(json, "type", QStringLiteral("grid")) != u"grid") {
        return Error{ErrorCode::Invalid, {QStringLiteral("views are of type grid")}, {}};
    }
    if (json.contains(QLatin1String("filter"))) {
        TRY_SET(view.filter,
            filterFromJson(json.value(QLatin1String("filter")).toObject(), table, context));
    }
    const auto fieldOf = [&](const QJsonObject &each) -> Result<FieldId> {
        const Field *field = namedField(table, memberText(each, "field"));
        return field ? Result<FieldId>(field->id)
                     : Error{ErrorCode::UnknownField, {memberText(each, "field")}, {}};
    };
    if (json.contains(QLatin1String("sort"))) {
        view.sort.clear();
        for (const QJsonValue &each : json.value(QLatin1String("sort")).toArray()) {
            TRY(onlyKeys(each.toObject(), {"field", "direction"}, QStringLiteral("sort")));
            TRY_SET(const FieldId field, fieldOf(each.toObject()));
            view.sort += SortKey{field,
                memberText(each.toObject(), "direction") == u"desc" ? Qt::DescendingOrder
                                                                    : Qt::AscendingOrder};
        }
    }
    if (json.contains(QLatin1String("fields"))) {
        view.fields.clear();
        for (const QJsonValue &each : json.value(QLatin1String("fields")).toArray()) {
            TRY(onlyKeys(each.toObject(), {"field", "width", "hidden"}, QStringLiteral("fields")));
            TRY_SET(const FieldId field, fieldOf(each.toObject()));
            view.fields += ViewField{field, each.toObject().value(QLatin1String("width")).toInt(),
                each.toObject().value(QLatin1String("hidden")).toBool()};
        }
    }
    view.frozen = json.value(QLatin1String("frozen")).toInt(view.frozen);
    if (json.contains(QLatin1String("colours"))) {
        TRY_SET(view.colours,
            coloursFromJson(json.value(QLatin1String("colours")).toArray(), table, context));
    }
    return view;
}

Result<Workflow> workflowFromJson(
    const QJsonObject &json, Workflow workflow, const Table &table, const People &people)
{
    TRY(onlyKeys(json,
        {"id", "name", "version", "active", "cancellable", "stateField", "nodeField", "nodes",
            "start"}));
    workflow.name = memberText(json, "name", workflow.name);
    workflow.isCancellable =
        json.value(QLatin1String("cancellable")).toBool(workflow.isCancellable);
    workflow.isActive = json.value(QLatin1String("active")).toBool(workflow.isActive);
    if (json.contains(QLatin1String("nodes"))) {
        WorkflowVersion version;
        for (const QJsonValue &each : json.value(QLatin1String("nodes")).toArray()) {
            const QJsonObject node = each.toObject();
            const QString type = memberText(node, "type");
            if (type == u"start") {
                continue;
            }
            if (type == u"end") {
                workflow.endName = memberText(node, "name", workflow.endName);
                continue;
            }
            if (type != u"approve") {
                return Error{ErrorCode::WorkflowInvalid,
                    {QStringLiteral("“%1” is no node type that is known").arg(type)}, {}};
            }
            TRY_SET(const WorkflowNode parsed, nodeFromJson(node, table, people));
            version.nodes += parsed;
        }
        workflow.versions = {version};
    }
    return workflow;
}

QString roleName(Role role)
{
    static const char *const names[] = {"none", "reader", "editor", "owner"};
    return QString::fromLatin1(names[size_t(role)]);
}

std::optional<Role> roleNamed(const QString &name)
{
    static const QHash<QString, Role> roles{{QStringLiteral("owner"), Role::Owner},
        {QStringLiteral("administrator"), Role::Owner}, {QStringLiteral("editor"), Role::Editor},
        {QStringLiteral("supervisor"), Role::Editor}, {QStringLiteral("agent"), Role::Editor},
        {QStringLiteral("engineer"), Role::Editor}, {QStringLiteral("reader"), Role::Reader},
        {QStringLiteral("external"), Role::Reader}, {QStringLiteral("none"), Role::None}};
    const auto found = roles.constFind(name);
    return found == roles.cend() ? std::nullopt : std::optional(*found);
}

} // namespace casebase
