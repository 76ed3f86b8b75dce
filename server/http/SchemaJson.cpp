// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/SchemaJson.h"

#include "shared/field/FieldType.h"

namespace casebase {

namespace {

QString text(const QJsonObject &json, const char *key, const QString &fallback = {})
{
    const QJsonValue value = json.value(QLatin1String(key));
    return value.isString() ? value.toString() : fallback;
}

template <size_t N> std::optional<int> indexOf(const char *const (&names)[N], const QString &name)
{
    for (size_t i = 0; i < N; ++i) {
        if (name == QLatin1String(names[i])) {
            return int(i);
        }
    }
    return std::nullopt;
}

const char *const DurationFormats[] = {"h:mm", "h:mm:ss", "h:mm:ss.S", "h:mm:ss.SS", "h:mm:ss.SSS"};

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
    return options;
}

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

Done readNumberOptions(const QJsonObject &options, Field &field)
{
    field.precision = options.value(QLatin1String("precision")).toInt(field.precision);
    field.symbol = text(options, "symbol", text(options, "unit", field.symbol));
    field.isGrouped = options.value(QLatin1String("thousands")).toBool(field.isGrouped);
    field.maximum = options.value(QLatin1String("max")).toInt(field.maximum);
    field.icon = text(options, "icon", field.icon);
    field.colour = colourNamed(text(options, "color", field.colour));
    if (field.kind == FieldKind::Rating
        && (field.maximum < 1 || field.maximum > RatingLimit
            || !ratingIcons().contains(field.icon))) {
        return Error{ErrorCode::Invalid,
            {QStringLiteral("options: max is 1 to %1, icon one of %2")
                    .arg(RatingLimit)
                    .arg(ratingIcons().join(QLatin1String(", ")))},
            {}};
    }
    const QString format = text(options, "durationFormat");
    const auto known = indexOf(DurationFormats, format);
    if (known) {
        field.durationFormat = DurationFormat(*known);
    } else if (!format.isEmpty()) {
        return Error{
            ErrorCode::Invalid, {QStringLiteral("options.durationFormat “%1”").arg(format)}, {}};
    }
    return Ok;
}

QJsonObject fieldOptionsJson(const Field &field)
{
    QJsonObject options;
    if (field.kind == FieldKind::SingleSelect || field.kind == FieldKind::MultipleSelects) {
        QJsonArray choices;
        for (const Option &option : field.options) {
            choices += QJsonObject{{QStringLiteral("id"), option.id.text()},
                {QStringLiteral("name"), option.name}, {QStringLiteral("color"), option.colour}};
        }
        options.insert(QStringLiteral("choices"), choices);
    } else if (isTypedNumber(field.kind)) {
        return numberOptionsJson(field);
    } else if (field.kind == FieldKind::AutoNumber) {
        options.insert(QStringLiteral("prefix"), field.prefix);
        options.insert(QStringLiteral("digits"), field.digits);
    }
    return options;
}

Result<QList<Option>> choicesFromJson(const QJsonArray &json, const Field &field, IdSource &ids)
{
    static const char *const Plain[] = {"red", "orange", "amber", "yellow", "olive", "green",
        "teal", "sky", "blue", "violet", "magenta", "grey"};
    QList<Option> options;
    for (const QJsonValue &each : json) {
        const QJsonObject choice = each.toObject();
        TRY(onlyKeys(choice, {"id", "name", "color", "colour"}, QStringLiteral("options.choices")));
        Option option;
        option.name = text(choice, "name");
        const auto id = OptionId::fromText(text(choice, "id"));
        const Option *known = id ? field.option(*id) : field.optionNamed(option.name);
        option.id = known ? known->id : ids.next<OptionId>();
        option.colour = text(choice, "color", text(choice, "colour"));
        if (option.colour.isEmpty()) {
            option.colour = known
                ? known->colour
                : QString::fromLatin1(Plain[size_t(options.size()) % std::size(Plain)]);
        }
        if (option.name.isEmpty() && known) {
            option.name = known->name;
        }
        options += option;
    }
    return options;
}

const Field *namedField(const Table &table, const QString &name)
{
    return table.fieldNamed(name);
}

QJsonValue filterValueJson(const Value &value, const Field &field)
{
    static const People nobody;
    const QJsonValue json = fieldType(field.kind).toJson(value, field, {nobody});
    return json.isObject() ? json.toObject().value(QLatin1String("id")) : json;
}

QJsonValue defaultJson(const Field &field)
{
    switch (field.defaultValue.kind) {
    case DefaultValue::Kind::Nothing:
        break;
    case DefaultValue::Kind::Fixed:
        return filterValueJson(field.defaultValue.value, field);
    case DefaultValue::Kind::Me:
        return QJsonObject{{QStringLiteral("me"), true}};
    case DefaultValue::Kind::Now:
        return QJsonObject{{QStringLiteral("now"), true}};
    }
    return {};
}

Result<DefaultValue> defaultFromJson(
    const QJsonValue &json, const Field &field, const People &people)
{
    const QJsonObject object = json.toObject();
    for (const auto &[key, kind] :
        {std::pair("me", DefaultValue::Kind::Me), std::pair("now", DefaultValue::Kind::Now)}) {
        if (object.value(QLatin1String(key)).toBool()) {
            TRY(onlyKeys(object, {key}, QStringLiteral("options.default")));
            return DefaultValue{kind, {}};
        }
    }
    TRY_SET(const Value value, fieldType(field.kind).fromJson(json, field, {people}));
    return isEmpty(value) ? DefaultValue() : DefaultValue{DefaultValue::Kind::Fixed, value};
}

const char *const RelativeNames[] = {
    "today", "tomorrow", "yesterday", "this", "past", "next", "ago", "fromNow"};
const char *const UnitNames[] = {"days", "weeks", "months", "quarters", "years"};

QJsonObject filterJson(const Filter &filter, const Table &table)
{
    if (filter.kind != Filter::Kind::Test) {
        QJsonArray children;
        for (const Filter &child : filter.children) {
            children += filterJson(child, table);
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
        json.insert(
            QStringLiteral("value"), filterValueJson(filter.operand.values.first(), *field));
    } else if (field) {
        QJsonArray values;
        for (const Value &value : filter.operand.values) {
            values += filterValueJson(value, *field);
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
        const auto kind = indexOf(RelativeNames, text(object, "relative"));
        const auto unit = indexOf(UnitNames, text(object, "unit", QStringLiteral("days")));
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
    WorkflowNode node{text(json, "id"), text(json, "name"), {}, {}};
    for (const QJsonValue &each : json.value(QLatin1String("assignees")).toArray()) {
        const QJsonObject assignee = each.toObject();
        TRY(onlyKeys(assignee, {"user", "field"}, QStringLiteral("nodes.assignees")));
        if (assignee.contains(QLatin1String("user"))) {
            const Person *person = people.personNamed(text(assignee, "user"));
            if (!person) {
                return Error{ErrorCode::UnknownPerson, {text(assignee, "user")}, {}};
            }
            node.assignees += Assignee{person->id, {}};
        } else {
            const Field *field = namedField(table, text(assignee, "field"));
            if (!field) {
                return Error{ErrorCode::UnknownField, {text(assignee, "field")}, {}};
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

Done onlyKeys(
    const QJsonObject &json, std::initializer_list<const char *> known, const QString &path)
{
    for (auto each = json.begin(); each != json.end(); ++each) {
        const bool isKnown = std::any_of(known.begin(), known.end(),
            [&](const char *key) { return each.key() == QLatin1String(key); });
        if (!isKnown) {
            return Error{ErrorCode::UnknownKey,
                {path.isEmpty() ? each.key() : path + u'.' + each.key()}, {}};
        }
    }
    return Ok;
}

QJsonObject fieldJson(const Field &field)
{
    QJsonObject json{{QStringLiteral("id"), field.id.text()}, {QStringLiteral("name"), field.name},
        {QStringLiteral("type"), QString::fromLatin1(fieldType(field.kind).apiName())}};
    if (!field.description.isEmpty()) {
        json.insert(QStringLiteral("description"), field.description);
    }
    QJsonObject options = fieldOptionsJson(field);
    if (field.defaultValue.kind != DefaultValue::Kind::Nothing) {
        options.insert(QStringLiteral("default"), defaultJson(field));
    }
    if (!options.isEmpty()) {
        json.insert(QStringLiteral("options"), options);
    }
    return json;
}

QJsonObject viewJson(const View &view, const Table &table)
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
        {QStringLiteral("filter"), filterJson(view.filter, table)}, {QStringLiteral("sort"), sort},
        {QStringLiteral("fields"), fields}, {QStringLiteral("frozen"), view.frozen}};
}

QJsonObject tableJson(const Table &table)
{
    QJsonArray fields;
    for (const Field &field : table.liveFields()) {
        fields += fieldJson(field);
    }
    QJsonArray views;
    for (const View &view : table.views) {
        views += viewJson(view, table);
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

Result<Field> fieldFromJson(
    const QJsonObject &json, Field field, const People &people, IdSource &ids)
{
    TRY(onlyKeys(json, {"id", "name", "type", "description", "options"}));
    if (field.id.isNull()) {
        field.id = ids.next<FieldId>();
    }
    field.name = text(json, "name", field.name);
    field.description = text(json, "description", field.description);
    if (json.contains(QLatin1String("type"))) {
        const auto kind = fieldKindNamed(text(json, "type"));
        if (!kind) {
            return Error{ErrorCode::Invalid,
                {QStringLiteral("“%1” is no field type").arg(text(json, "type"))}, {}};
        }
        field.kind = *kind;
    }
    const QJsonObject options = json.value(QLatin1String("options")).toObject();
    TRY(onlyKeys(options,
        {"choices", "precision", "prefix", "digits", "icon", "color", "dateFormat", "timeFormat",
            "timeZone", "isReversed", "symbol", "unit", "thousands", "max", "durationFormat",
            "default"},
        QStringLiteral("options")));
    if (options.contains(QLatin1String("choices"))) {
        TRY_SET(field.options,
            choicesFromJson(options.value(QLatin1String("choices")).toArray(), field, ids));
    }
    TRY(readNumberOptions(options, field));
    field.prefix = text(options, "prefix", field.prefix);
    field.digits = options.value(QLatin1String("digits")).toInt(field.digits);
    if (options.contains(QLatin1String("default"))) {
        TRY_SET(field.defaultValue,
            defaultFromJson(options.value(QLatin1String("default")), field, people));
    }
    return field;
}

Result<Table> tableFromJson(const QJsonObject &json, const People &people, IdSource &ids)
{
    TRY(onlyKeys(json, {"name", "description", "fields"}));
    Table table;
    table.id = ids.next<TableId>();
    table.name = text(json, "name");
    table.description = text(json, "description");
    for (const QJsonValue &each : json.value(QLatin1String("fields")).toArray()) {
        TRY_SET(const Field field, fieldFromJson(each.toObject(), {}, people, ids));
        table.fields += field;
    }
    View view;
    view.id = ids.next<ViewId>();
    view.name = QStringLiteral("全部");
    table.views += view;
    return table;
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
    TRY(onlyKeys(json, {"field", "op", "value"}, QStringLiteral("filter")));
    const Field *field = namedField(table, text(json, "field"));
    if (!field) {
        return Error{ErrorCode::UnknownField, {text(json, "field")}, {}};
    }
    const auto op = operatorNamed(text(json, "op"));
    if (!op) {
        return Error{
            ErrorCode::Invalid, {QStringLiteral("filter.op “%1”").arg(text(json, "op"))}, {}};
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
    TRY(onlyKeys(json, {"id", "name", "type", "filter", "sort", "fields", "frozen"}));
    view.name = text(json, "name", view.name);
    if (text(json, "type", QStringLiteral("grid")) != u"grid") {
        return Error{ErrorCode::Invalid, {QStringLiteral("views are of type grid")}, {}};
    }
    if (json.contains(QLatin1String("filter"))) {
        TRY_SET(view.filter,
            filterFromJson(json.value(QLatin1String("filter")).toObject(), table, context));
    }
    const auto fieldOf = [&](const QJsonObject &each) -> Result<FieldId> {
        const Field *field = namedField(table, text(each, "field"));
        return field ? Result<FieldId>(field->id)
                     : Error{ErrorCode::UnknownField, {text(each, "field")}, {}};
    };
    if (json.contains(QLatin1String("sort"))) {
        view.sort.clear();
        for (const QJsonValue &each : json.value(QLatin1String("sort")).toArray()) {
            TRY(onlyKeys(each.toObject(), {"field", "direction"}, QStringLiteral("sort")));
            TRY_SET(const FieldId field, fieldOf(each.toObject()));
            view.sort += SortKey{field,
                text(each.toObject(), "direction") == u"desc" ? Qt::DescendingOrder
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
    return view;
}

Result<Workflow> workflowFromJson(
    const QJsonObject &json, Workflow workflow, const Table &table, const People &people)
{
    TRY(onlyKeys(json,
        {"id", "name", "version", "active", "cancellable", "stateField", "nodeField", "nodes",
            "start"}));
    workflow.name = text(json, "name", workflow.name);
    workflow.isCancellable =
        json.value(QLatin1String("cancellable")).toBool(workflow.isCancellable);
    workflow.isActive = json.value(QLatin1String("active")).toBool(workflow.isActive);
    if (json.contains(QLatin1String("nodes"))) {
        WorkflowVersion version;
        for (const QJsonValue &each : json.value(QLatin1String("nodes")).toArray()) {
            const QJsonObject node = each.toObject();
            const QString type = text(node, "type");
            if (type == u"start") {
                continue;
            }
            if (type == u"end") {
                workflow.endName = text(node, "name", workflow.endName);
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
