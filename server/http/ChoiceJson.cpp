// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/ChoiceJson.h"

namespace casebase {

namespace {

const char *const Plain[] = {"red", "orange", "amber", "yellow", "olive", "green", "teal", "sky",
    "blue", "violet", "magenta", "grey"};

QJsonArray idsJson(const auto &ids)
{
    QJsonArray array;
    for (const auto id : ids) {
        array += id.text();
    }
    return array;
}

const Option *optionNamed(const QString &text, const QList<Option> &options)
{
    Field holder;
    holder.options = options;
    const auto id = OptionId::fromText(text);
    const Option *known = id ? holder.option(*id) : nullptr;
    const Option *found = known ? known : holder.optionNamed(text);
    return found ? &options[found - holder.options.constData()] : nullptr;
}

/// The choices with those names or ids, of one field.
Result<QList<OptionId>> optionsNamed(
    const QJsonValue &json, const QList<Option> &options, const QString &fieldName)
{
    QList<OptionId> ids;
    for (const QJsonValue &each : json.toArray()) {
        const Option *option = optionNamed(each.toString(), options);
        if (!option) {
            return Error{ErrorCode::UnknownOption, {fieldName, each.toString().left(80)}, {}};
        }
        ids += option->id;
    }
    return ids;
}

Result<FieldId> fieldNamed(const QString &text, const Table &table)
{
    const auto id = FieldId::fromText(text);
    const Field *field = id && table.field(*id) ? table.field(*id) : table.fieldNamed(text);
    return field ? Result<FieldId>(field->id) : Error{ErrorCode::UnknownField, {text.left(80)}, {}};
}

/// Null where the key holds null, and what it was where the key is not there.
Done readField(const QJsonObject &options, const char *key, const Table &table, FieldId &field)
{
    const QJsonValue said = options.value(QLatin1String(key));
    if (said.isString()) {
        TRY_SET(field, fieldNamed(said.toString(), table));
    } else if (said.isNull()) {
        field = {};
    }
    return Ok;
}

} // namespace

void addChoices(QJsonObject &options, const Field &field)
{
    QJsonArray choices;
    for (const Option &option : field.options) {
        QJsonObject choice{{QStringLiteral("id"), option.id.text()},
            {QStringLiteral("name"), option.name}, {QStringLiteral("color"), option.colour}};
        if (field.limitsMoves) {
            choice.insert(QStringLiteral("next"), idsJson(option.next));
        }
        if (option.asksReason) {
            choice.insert(QStringLiteral("asksReason"), true);
        }
        if (option.isClosed) {
            choice.insert(QStringLiteral("closed"), true);
        }
        if (!option.under.isEmpty()) {
            choice.insert(QStringLiteral("under"), idsJson(option.under));
        }
        choices += choice;
    }
    options.insert(QStringLiteral("choices"), choices);
}

void addTies(QJsonObject &options, const Field &field)
{
    if (field.kind == FieldKind::State) {
        options.insert(QStringLiteral("limitsMoves"), field.limitsMoves);
    }
    if (field.takesNewOptions) {
        options.insert(QStringLiteral("takesNewOptions"), true);
    }
    if (!field.reason.isNull()) {
        options.insert(QStringLiteral("reasonFieldId"), field.reason.text());
    }
    if (!field.parent.isNull()) {
        options.insert(QStringLiteral("parentFieldId"), field.parent.text());
    }
    if (!field.watched.isEmpty()) {
        options.insert(QStringLiteral("referencedFieldIds"), idsJson(field.watched));
    }
}

Done readTies(const QJsonObject &options, const Table &table, Field &field)
{
    field.limitsMoves = options.value(QLatin1String("limitsMoves")).toBool(field.limitsMoves);
    field.takesNewOptions =
        options.value(QLatin1String("takesNewOptions")).toBool(field.takesNewOptions);
    TRY(readField(options, "reasonFieldId", table, field.reason));
    TRY(readField(options, "parentFieldId", table, field.parent));
    if (options.contains(QLatin1String("referencedFieldIds"))) {
        field.watched.clear();
        for (const QJsonValue &each :
            options.value(QLatin1String("referencedFieldIds")).toArray()) {
            TRY_SET(const FieldId watched, fieldNamed(each.toString(), table));
            field.watched += watched;
        }
    }
    return Ok;
}

Done readChoices(const QJsonObject &options, const Table &table, IdSource &ids, Field &field)
{
    if (!options.contains(QLatin1String("choices")) || field.kind == FieldKind::Department) {
        return Ok; // Those of departments are the base's.
    }
    const QJsonArray json = options.value(QLatin1String("choices")).toArray();
    QList<Option> choices;
    for (const QJsonValue &each : json) {
        const QJsonObject choice = each.toObject();
        TRY(onlyKeys(choice, {"id", "name", "color", "colour", "next", "asksReason", "under"},
            QStringLiteral("options.choices")));
        const QString name = memberText(choice, "name");
        const auto id = OptionId::fromText(memberText(choice, "id"));
        const Option *known = id ? field.option(*id) : field.optionNamed(name);
        Option option = known ? *known : Option();
        option.id = known ? known->id : ids.next<OptionId>();
        option.name = name.isEmpty() ? option.name : name;
        const QString colour =
            memberText(choice, "color", memberText(choice, "colour", option.colour));
        option.colour = colour.isEmpty()
            ? QString::fromLatin1(Plain[size_t(choices.size()) % std::size(Plain)])
            : colour;
        option.asksReason = choice.value(QLatin1String("asksReason")).toBool(option.asksReason);
        choices += option;
    }
    // What they name may come after them.
    const Field *parent = table.field(field.parent);
    for (qsizetype i = 0; i < choices.size(); ++i) {
        const QJsonObject choice = json[i].toObject();
        if (choice.contains(QLatin1String("next"))) {
            TRY_SET(choices[i].next,
                optionsNamed(choice.value(QLatin1String("next")), choices, field.name));
        }
        if (choice.contains(QLatin1String("under"))) {
            TRY_SET(choices[i].under,
                optionsNamed(choice.value(QLatin1String("under")),
                    parent ? parent->options : QList<Option>(), parent ? parent->name : QString()));
        }
    }
    field.options = choices;
    return Ok;
}

} // namespace casebase
