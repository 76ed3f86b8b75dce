// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/FieldJson.h"

#include "server/http/ChoiceJson.h"
#include "server/http/FormatJson.h"
#include "shared/field/FieldType.h"
#include "shared/field/SensitiveField.h"
#include "shared/formula/CellValue.h"
#include "shared/formula/Expression.h"

namespace casebase {

namespace {

const char *const WhenGoneNames[] = {"unlink", "forbid", "cascade"};
static_assert(std::size(WhenGoneNames) == size_t(LastWhenGone) + 1);

QJsonObject linkOptionsJson(const LinkOptions &link)
{
    QJsonObject options{{QStringLiteral("linkedTableId"), link.table.text()},
        {QStringLiteral("inverseLinkFieldId"), link.reverse.text()},
        {QStringLiteral("isReversed"), !link.isKept},
        {QStringLiteral("prefersSingleRecordLink"), link.isSingle},
        {QStringLiteral("onDelete"), QString::fromLatin1(WhenGoneNames[size_t(link.whenGone)])}};
    if (!link.view.isNull()) {
        options.insert(QStringLiteral("viewIdForRecordSelection"), link.view.text());
    }
    if (!link.condition.isEmpty()) {
        options.insert(QStringLiteral("linkCondition"), link.condition);
    }
    if (!link.shown.isNull()) {
        options.insert(QStringLiteral("shownFieldId"), link.shown.text());
    }
    if (link.onlyNew) {
        options.insert(QStringLiteral("onlyNewRecords"), true);
    }
    return options;
}

/// Where a new link leads, and what it takes. The field that leads back gets an id of its own.
Done readLinkOptions(const QJsonObject &options, Field &field, IdSource &ids)
{
    LinkOptions &link = field.link;
    if (options.contains(QLatin1String("linkedTableId"))) {
        const auto table = TableId::fromText(memberText(options, "linkedTableId"));
        if (!table) {
            return Error{ErrorCode::UnknownTable, {memberText(options, "linkedTableId")}, {}};
        }
        // A link that leads elsewhere is another one, with another field that leads back.
        if (*table != link.table) {
            link = LinkOptions();
            link.table = *table;
        }
    }
    if (link.table.isNull()) {
        return Error{ErrorCode::MissingValue, {QStringLiteral("options.linkedTableId")}, {}};
    }
    if (link.reverse.isNull()) {
        link.reverse = ids.next<FieldId>();
    }
    link.isSingle = options.value(QLatin1String("prefersSingleRecordLink")).toBool(link.isSingle);
    const QString gone = memberText(options, "onDelete");
    const auto known = indexOf(WhenGoneNames, gone);
    if (!known && !gone.isEmpty()) {
        return Error{ErrorCode::Invalid, {QStringLiteral("options.onDelete “%1”").arg(gone)}, {}};
    }
    link.whenGone = known ? WhenGone(*known) : link.whenGone;
    if (const QJsonValue view = options.value(QLatin1String("viewIdForRecordSelection"));
        !view.isUndefined()) {
        const auto id = ViewId::fromText(view.toString());
        if (!id && !view.isNull()) {
            return Error{ErrorCode::Invalid,
                {QStringLiteral("options.viewIdForRecordSelection “%1”").arg(view.toString())}, {}};
        }
        link.view = id.value_or(ViewId());
    }
    link.condition = memberText(options, "linkCondition", link.condition);
    link.onlyNew = options.value(QLatin1String("onlyNewRecords")).toBool(link.onlyNew);
    if (const QJsonValue shown = options.value(QLatin1String("shownFieldId"));
        !shown.isUndefined()) {
        const auto id = FieldId::fromText(shown.toString());
        if (!id && !shown.isNull()) {
            return Error{ErrorCode::UnknownField, {shown.toString().left(80)}, {}};
        }
        link.shown = id.value_or(FieldId());
    }
    return Ok;
}

const char *const BarcodeNames[] = {"qr", "code128", "ean13"};
static_assert(std::size(BarcodeNames) == size_t(BarcodeFormat::Ean13) + 1);
const char *const ActionNames[] = {"openUrl", "editFields", "startWorkflow"};

QJsonObject buttonOptionsJson(const Field &field)
{
    const ButtonAction &action = field.button;
    QJsonObject options{{QStringLiteral("color"), field.colour},
        {QStringLiteral("action"), QString::fromLatin1(ActionNames[size_t(action.kind)])}};
    for (const auto &[key, text] : {std::pair("label", action.label), std::pair("url", action.link),
             std::pair("condition", action.condition)}) {
        if (!text.isEmpty()) {
            options.insert(QLatin1String(key), text);
        }
    }
    if (action.asksFirst) {
        options.insert(QStringLiteral("confirm"), true);
    }
    if (action.kind == ButtonAction::Kind::StartWorkflow) {
        options.insert(QStringLiteral("workflow"), action.workflow.text());
    }
    QJsonObject fields;
    for (const ButtonSetting &each : action.settings) {
        fields.insert(each.field.text(), each.formula);
    }
    if (!fields.isEmpty()) {
        options.insert(QStringLiteral("fields"), fields);
    }
    return options;
}

Done readButton(const QJsonObject &options, const Table &table, ButtonAction &action)
{
    const QString name = memberText(options, "action");
    const auto kind = indexOf(ActionNames, name);
    if (!kind && !name.isEmpty()) {
        return Error{ErrorCode::Invalid, {QStringLiteral("options.action “%1”").arg(name)}, {}};
    }
    action.kind = kind ? ButtonAction::Kind(*kind) : action.kind;
    action.label = memberText(options, "label", action.label);
    action.link = memberText(options, "url", action.link);
    action.condition = memberText(options, "condition", action.condition);
    action.asksFirst = options.value(QLatin1String("confirm")).toBool(action.asksFirst);
    if (options.contains(QLatin1String("workflow"))) {
        const QString wanted = memberText(options, "workflow");
        const auto found = std::find_if(table.workflows.cbegin(), table.workflows.cend(),
            [&](const Workflow &each) { return each.id.text() == wanted || each.name == wanted; });
        if (found == table.workflows.cend()) {
            return Error{ErrorCode::NotFound, {QStringLiteral("The workflow")}, {}};
        }
        action.workflow = found->id;
    }
    const QJsonValue fields = options.value(QLatin1String("fields"));
    if (fields.isObject()) {
        action.settings.clear();
        const QJsonObject object = fields.toObject();
        for (auto each = object.begin(); each != object.end(); ++each) {
            const Field *field = table.fieldNamed(each.key());
            if (!field) {
                return Error{ErrorCode::UnknownField, {each.key()}, {}};
            }
            action.settings += ButtonSetting{field->id, each.value().toString()};
        }
    }
    return Ok;
}

/// Into the options: only the rules that there are.
void addRulesJson(QJsonObject &options, const ValueRules &rules)
{
    if (rules.isRequired) {
        options.insert(QStringLiteral("required"), true);
    }
    if (rules.isUnique) {
        options.insert(QStringLiteral("unique"), true);
    }
    for (const auto &[key, text] : {std::pair("pattern", rules.pattern),
             std::pair("condition", rules.condition), std::pair("message", rules.message)}) {
        if (!text.isEmpty()) {
            options.insert(QLatin1String(key), text);
        }
    }
    if (rules.isNotNegative) {
        options.insert(QStringLiteral("notNegative"), true);
    }
    if (rules.onlyWarns) {
        options.insert(QStringLiteral("warnOnly"), true);
    }
}

void readRules(const QJsonObject &options, ValueRules &rules)
{
    rules.isRequired = options.value(QLatin1String("required")).toBool(rules.isRequired);
    rules.isUnique = options.value(QLatin1String("unique")).toBool(rules.isUnique);
    rules.pattern = memberText(options, "pattern", rules.pattern);
    rules.condition = memberText(options, "condition", rules.condition);
    rules.message = memberText(options, "message", rules.message);
    rules.isNotNegative = options.value(QLatin1String("notNegative")).toBool(rules.isNotNegative);
    rules.onlyWarns = options.value(QLatin1String("warnOnly")).toBool(rules.onlyWarns);
}

/// The name of the type. That a text is sensitive is an option of what it is otherwise.
QString typeName(const Field &field)
{
    const FieldKind kind = field.kind == FieldKind::Sensitive ? plainField(field).kind : field.kind;
    return QString::fromLatin1(fieldType(kind).apiName());
}

/// A text of the field's kind is sensitive if the options say so, or if it was and they say
/// nothing.
Done readSensitive(const QJsonObject &options, bool wasSensitive, Field &field)
{
    const bool isSensitive = options.value(QLatin1String("sensitive"))
                                 .toBool(wasSensitive || field.kind == FieldKind::Sensitive);
    switch (field.kind) {
    case FieldKind::Sensitive:
        field.kind = isSensitive ? field.kind : plainField(field).kind;
        return Ok;
    case FieldKind::SingleLineText:
        field.sensitive = SensitiveForm::Text;
        break;
    case FieldKind::PhoneNumber:
        field.sensitive = SensitiveForm::PhoneNumber;
        break;
    case FieldKind::Email:
        field.sensitive = SensitiveForm::Email;
        break;
    default:
        return options.value(QLatin1String("sensitive")).toBool()
            ? Error{ErrorCode::Invalid,
                {QStringLiteral("options.sensitive is for singleLineText, phoneNumber and email")},
                {}}
            : Done(Ok);
    }
    field.kind = isSensitive ? FieldKind::Sensitive : field.kind;
    return Ok;
}

QJsonObject fieldOptionsJson(const Field &field)
{
    QJsonObject options;
    const ValueType type = valueTypeOf(field.kind);
    if (type == ValueType::Option || type == ValueType::Options) {
        addChoices(options, field);
    } else if (isTypedNumber(field.kind)) {
        return numberOptionsJson(field);
    } else if (field.kind == FieldKind::Location) {
        options = placeOptionsJson(field);
    } else if (field.kind == FieldKind::AutoNumber) {
        options.insert(QStringLiteral("prefix"), field.prefix);
        options.insert(QStringLiteral("digits"), field.digits);
        options.insert(QStringLiteral("daily"), field.isDaily);
    } else if (field.kind == FieldKind::Links) {
        return linkOptionsJson(field.link);
    } else if (field.kind == FieldKind::Barcode) {
        options.insert(
            QStringLiteral("symbology"), QString::fromLatin1(BarcodeNames[size_t(field.barcode)]));
    } else if (field.kind == FieldKind::Button) {
        return buttonOptionsJson(field);
    } else if (isDated(field.kind)) {
        options = dateOptionsJson(field);
    } else if (field.kind == FieldKind::Sensitive) {
        options.insert(QStringLiteral("sensitive"), true);
    }
    if (field.kind == FieldKind::Person || field.kind == FieldKind::Persons) {
        options.insert(QStringLiteral("notify"), field.tellsPersons);
    }
    addTies(options, field);
    return options;
}

/// As Airtable gives it, with fields by their ids.
QJsonObject formulaJson(const Field &field, const Table &table, const Tables &tables)
{
    QJsonObject result{
        {QStringLiteral("type"), QString::fromLatin1(fieldType(field.kind).apiName())}};
    if (const QJsonObject options = fieldOptionsJson(field); !options.isEmpty()) {
        result.insert(QStringLiteral("options"), options);
    }
    const auto parsed = parseFormula(field.formula, table, &tables);
    QJsonArray fields;
    bool isValid = bool(parsed);
    for (const FieldReference &each : parsed ? parsed.value().fields : QList<FieldReference>()) {
        isValid = isValid && !each.name.isEmpty();
        if (each.table.isNull() && !fields.contains(each.field.text())) {
            fields += each.field.text();
        }
    }
    return {{QStringLiteral("formula"), field.formula}, {QStringLiteral("isValid"), isValid},
        {QStringLiteral("referencedFieldIds"), fields}, {QStringLiteral("result"), result}};
}

/// What ROLLUP() makes of values.
const char *const RollupNames[] = {"sum", "average", "count", "max", "min", "concatenate"};

/// The formula that a lookup, a count or a rollup stands for; empty for other types.
Result<QString> linkFormula(const QString &type, const QJsonObject &options)
{
    const bool isCount = type == QLatin1String("count");
    const bool isRollup = type == QLatin1String("rollup");
    if (!isCount && !isRollup && type != QLatin1String("multipleLookupValues")) {
        return QString();
    }
    TRY(onlyKeys(options,
        {"recordLinkFieldId", "fieldIdInLinkedTable", "function", "isValid", "result"},
        QStringLiteral("options")));
    QStringList names;
    for (const char *key : {"recordLinkFieldId", "fieldIdInLinkedTable"}) {
        const QString name = memberText(options, key);
        if (name.isEmpty() && !(isCount && !names.isEmpty())) {
            return Error{
                ErrorCode::MissingValue, {QStringLiteral("options.") + QLatin1String(key)}, {}};
        }
        names += u'{' + name + u'}';
    }
    const QString function = memberText(options, "function", QStringLiteral("sum"));
    if (isRollup && !indexOf(RollupNames, function)) {
        return Error{
            ErrorCode::Invalid, {QStringLiteral("options.function “%1”").arg(function)}, {}};
    }
    return isCount ? QStringLiteral("COUNTLINKS(%1)").arg(names[0])
        : isRollup ? QStringLiteral("ROLLUP(%1,%2,\"%3\")").arg(names[0], names[1], function)
                   : names.join(u'.');
}

/// The formula, and what its result is shown as if that is said.
Done readFormula(const QJsonObject &options, Field &field)
{
    field.formula = memberText(options, "formula", field.formula);
    if (field.formula.trimmed().isEmpty()) {
        return Error{ErrorCode::MissingValue, {QStringLiteral("options.formula")}, {}};
    }
    const QJsonObject result = options.value(QLatin1String("result")).toObject();
    TRY(onlyKeys(result, {"type", "options"}, QStringLiteral("options.result")));
    if (!result.contains(QLatin1String("type"))) {
        return Ok;
    }
    const auto kind = fieldKindNamed(memberText(result, "type"));
    if (!kind) {
        return Error{ErrorCode::Invalid,
            {QStringLiteral("“%1” is no field type").arg(memberText(result, "type"))}, {}};
    }
    field.kind = *kind;
    const QJsonObject shown = result.value(QLatin1String("options")).toObject();
    TRY(onlyKeys(shown,
        {"precision", "symbol", "unit", "thousands", "separators", "showAs", "full", "color",
            "durationFormat", "dateFormat", "timeFormat", "timeZone", "showTimeZone"},
        QStringLiteral("options.result.options")));
    TRY(readDateOptions(shown, field.date));
    return readNumberOptions(shown, field);
}

QJsonValue defaultJson(const Field &field)
{
    switch (field.defaultValue.kind) {
    case DefaultValue::Kind::Nothing:
        break;
    case DefaultValue::Kind::Fixed:
        return valueJson(field.defaultValue.value, field);
    case DefaultValue::Kind::Me:
        return QJsonObject{{QStringLiteral("me"), true}};
    case DefaultValue::Kind::Now:
        return QJsonObject{{QStringLiteral("now"), true}};
    case DefaultValue::Kind::Formula:
        return QJsonObject{
            {QStringLiteral("formula"), std::get<QString>(field.defaultValue.value)}};
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
    if (object.contains(QLatin1String("formula"))) {
        TRY(onlyKeys(object, {"formula"}, QStringLiteral("options.default")));
        return DefaultValue{DefaultValue::Kind::Formula, memberText(object, "formula")};
    }
    TRY_SET(const Value value, fieldType(field.kind).fromJson(json, field, {people}));
    return isEmpty(value) ? DefaultValue() : DefaultValue{DefaultValue::Kind::Fixed, value};
}

} // namespace

QJsonObject fieldJson(const Field &field, const Table &table, const Tables &tables)
{
    const bool isFormula = !field.formula.isEmpty();
    QJsonObject json{{QStringLiteral("id"), field.id.text()}, {QStringLiteral("name"), field.name},
        {QStringLiteral("type"), isFormula ? QStringLiteral("formula") : typeName(field)}};
    if (!field.description.isEmpty()) {
        json.insert(QStringLiteral("description"), field.description);
    }
    QJsonObject options = isFormula ? formulaJson(field, table, tables) : fieldOptionsJson(field);
    if (field.defaultValue.kind != DefaultValue::Kind::Nothing) {
        options.insert(QStringLiteral("default"), defaultJson(field));
    }
    addRulesJson(options, field.rules);
    if (!options.isEmpty()) {
        json.insert(QStringLiteral("options"), options);
    }
    return json;
}

Result<Field> fieldFromJson(
    const QJsonObject &json, Field field, const Table &table, const People &people, IdSource &ids)
{
    TRY(onlyKeys(json, {"id", "name", "type", "description", "options"}));
    if (field.id.isNull()) {
        field.id = ids.next<FieldId>();
    }
    field.name = memberText(json, "name", field.name);
    field.description = memberText(json, "description", field.description);
    const QJsonObject options = json.value(QLatin1String("options")).toObject();
    const QString type =
        memberText(json, "type", field.formula.isEmpty() ? QString() : QStringLiteral("formula"));
    TRY_SET(const QString linked, linkFormula(type, options));
    if (!linked.isEmpty()) {
        QJsonObject said{{QStringLiteral("formula"), linked}};
        if (options.contains(QLatin1String("result"))) {
            said.insert(QStringLiteral("result"), options.value(QLatin1String("result")));
        }
        TRY(readFormula(said, field));
        return field;
    }
    if (type == QLatin1String("formula")) {
        TRY(onlyKeys(options, {"formula", "isValid", "referencedFieldIds", "result"},
            QStringLiteral("options")));
        TRY(readFormula(options, field));
        return field;
    }
    field.formula.clear();
    const bool wasSensitive = field.kind == FieldKind::Sensitive;
    if (json.contains(QLatin1String("type"))) {
        const auto kind = fieldKindNamed(memberText(json, "type"));
        if (!kind) {
            return Error{ErrorCode::Invalid,
                {QStringLiteral("“%1” is no field type").arg(memberText(json, "type"))}, {}};
        }
        field.kind = *kind;
    }
    TRY(onlyKeys(options,
        {"choices", "precision", "prefix", "digits", "daily", "icon", "color", "dateFormat",
            "timeFormat", "timeZone", "showTimeZone", "isReversed", "linkedTableId",
            "inverseLinkFieldId", "prefersSingleRecordLink", "onDelete", "notify",
            "viewIdForRecordSelection", "linkCondition", "shownFieldId", "onlyNewRecords", "symbol",
            "unit", "thousands", "max", "durationFormat", "default", "required", "unique",
            "pattern", "condition", "message", "warnOnly", "takesNewOptions", "notNegative",
            "separators", "showAs", "full", "show", "symbology", "action", "label", "url",
            "confirm", "workflow", "fields", "limitsMoves", "reasonFieldId", "parentFieldId",
            "referencedFieldIds", "sensitive"},
        QStringLiteral("options")));
    TRY(readSensitive(options, wasSensitive, field));
    if (field.kind != FieldKind::Button) {
        readRules(options, field.rules); // A button's condition is its own.
    }
    const QString symbology = memberText(options, "symbology");
    const auto barcode = indexOf(BarcodeNames, symbology);
    if (!barcode && !symbology.isEmpty()) {
        return Error{
            ErrorCode::Invalid, {QStringLiteral("options.symbology “%1”").arg(symbology)}, {}};
    }
    field.barcode = barcode ? BarcodeFormat(*barcode) : field.barcode;
    if (field.kind == FieldKind::Button) {
        TRY(readButton(options, table, field.button));
    }
    TRY(readTies(options, table, field));
    TRY(readChoices(options, table, ids, field));
    TRY(readNumberOptions(options, field));
    TRY(readDateOptions(options, field.date));
    if (field.kind == FieldKind::Links) {
        TRY(readLinkOptions(options, field, ids));
    }
    field.prefix = memberText(options, "prefix", field.prefix);
    field.digits = options.value(QLatin1String("digits")).toInt(field.digits);
    field.tellsPersons = options.value(QLatin1String("notify")).toBool(field.tellsPersons);
    field.isDaily = options.value(QLatin1String("daily")).toBool(field.isDaily);
    if (options.contains(QLatin1String("default"))) {
        TRY_SET(field.defaultValue,
            defaultFromJson(options.value(QLatin1String("default")), field, people));
    }
    return field;
}

Done settleResult(Field &field, const Table &table, const QJsonObject &json, const Tables *tables)
{
    const QJsonObject options = json.value(QLatin1String("options")).toObject();
    const bool isSaid =
        options.value(QLatin1String("result")).toObject().contains(QLatin1String("type"));
    if (field.formula.isEmpty() || isSaid) {
        return Ok;
    }
    const auto expression = parseExpression(field.formula, table, tables);
    if (!expression) {
        return Error{ErrorCode::FieldFormulaInvalid, expression.error().arguments, {}};
    }
    const QList<FieldKind> kinds = resultKinds(expression.value().type);
    const Field *before = table.field(field.id);
    const bool isKept = before && !before->formula.isEmpty() && kinds.contains(before->kind);
    if (!isKept) {
        field.kind = kinds.first();
        field.precision = -1;
    }
    return Ok;
}

QJsonValue valueJson(const Value &value, const Field &field)
{
    static const People nobody;
    const QJsonValue json = fieldType(field.kind).toJson(value, field, {nobody});
    return json.isObject() ? json.toObject().value(QLatin1String("id")) : json;
}

} // namespace casebase
