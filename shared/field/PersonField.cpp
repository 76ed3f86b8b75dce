// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/field/PersonField.h"

#include "shared/field/SelectFields.h"

#include <QJsonArray>
#include <QJsonObject>

namespace casebase {

namespace {

/// One member of the base.
class PersonType final : public FieldType {
public:
    const char *apiName() const override { return "singleCollaborator"; }

    Result<Value> parse(
        const QString &text, const Field &, const FieldContext &context) const override
    {
        const QString name = text.trimmed();
        if (name.isEmpty()) {
            return Value();
        }
        const Person *person = context.people.personNamed(name);
        return person ? Result<Value>(Value(person->id))
                      : Error{ErrorCode::UnknownPerson, {name.left(80)}, {}};
    }

    QString formatValue(
        const Value &value, const Field &, const FieldContext &context) const override
    {
        const auto *id = std::get_if<UserId>(&value);
        const Person *person = id ? context.people.person(*id) : nullptr;
        return person ? person->name : id ? id->text() : QString();
    }

    Result<Value> accept(
        const Value &value, const Field &field, const FieldContext &context) const override
    {
        if (isEmpty(value)) {
            return value;
        }
        const auto *id = std::get_if<UserId>(&value);
        if (!id) {
            return wrongType(field, QStringLiteral("…"), QStringLiteral("a person"));
        }
        return context.people.person(*id) ? Result<Value>(value)
                                          : Error{ErrorCode::UnknownPerson, {id->text()}, {}};
    }

    QJsonValue valueToJson(
        const Value &value, const Field &field, const FieldContext &context) const override
    {
        const auto *id = std::get_if<UserId>(&value);
        if (!id) {
            return {};
        }
        return QJsonObject{{QStringLiteral("id"), id->text()},
            {QStringLiteral("name"), format(value, field, context)}};
    }

    Result<Value> fromJson(
        const QJsonValue &json, const Field &field, const FieldContext &context) const override
    {
        if (json.isNull()) {
            return Value();
        }
        const QJsonObject object = json.toObject();
        for (const char *key : {"id", "name", "email"}) {
            const QJsonValue named = object.value(QLatin1String(key));
            if (named.isString()) {
                return parse(named.toString(), field, context);
            }
        }
        return json.isString()
            ? parse(json.toString(), field, context)
            : wrongType(field, json.toVariant().toString(), QStringLiteral("{\"id\": \"usr…\"}"));
    }

    int compareFilled(const Value &a, const Value &b, const Field &field,
        const FieldContext &context) const override
    {
        return compareTexts(format(a, field, context), format(b, field, context));
    }
};

class PersonsType final : public FieldType {
public:
    const char *apiName() const override { return "multipleCollaborators"; }

    Result<Value> parse(
        const QString &text, const Field &field, const FieldContext &context) const override
    {
        Persons persons;
        for (const QString &name : splitNames(text)) {
            TRY_SET(const Value one, personType().parse(name, field, context));
            persons += std::get<UserId>(one);
        }
        return accept(persons.isEmpty() ? Value() : Value(persons), field, context);
    }

    QString formatValue(
        const Value &value, const Field &field, const FieldContext &context) const override
    {
        QStringList names;
        for (const UserId id : personsOf(value)) {
            names += personType().format(id, field, context);
        }
        return names.join(QLatin1String(", "));
    }

    Result<Value> accept(
        const Value &value, const Field &field, const FieldContext &context) const override
    {
        if (isEmpty(value)) {
            return value;
        }
        if (const auto *one = std::get_if<UserId>(&value)) {
            return accept(Persons{*one}, field, context);
        }
        if (!std::holds_alternative<Persons>(value)) {
            return wrongType(field, QStringLiteral("…"), QStringLiteral("a list of people"));
        }
        Persons unique;
        for (const UserId id : personsOf(value)) {
            TRY(personType().accept(id, field, context));
            if (!unique.contains(id)) {
                unique += id;
            }
        }
        if (unique.size() > PersonsPerCell) {
            return Error{ErrorCode::TooMany,
                {QStringLiteral("people"), QString::number(PersonsPerCell)}, {}};
        }
        return unique.isEmpty() ? Value() : Value(unique);
    }

    QJsonValue valueToJson(
        const Value &value, const Field &field, const FieldContext &context) const override
    {
        QJsonArray people;
        for (const UserId id : personsOf(value)) {
            people += personType().toJson(id, field, context);
        }
        return people.isEmpty() ? QJsonValue() : QJsonValue(people);
    }

    Result<Value> fromJson(
        const QJsonValue &json, const Field &field, const FieldContext &context) const override
    {
        if (json.isNull()) {
            return Value();
        }
        if (!json.isArray()) {
            return wrongType(
                field, json.toVariant().toString(), QStringLiteral("a list of people"));
        }
        Persons persons;
        for (const QJsonValue &each : json.toArray()) {
            TRY_SET(const Value one, personType().fromJson(each, field, context));
            if (const auto *id = std::get_if<UserId>(&one)) {
                persons += *id;
            }
        }
        return accept(persons.isEmpty() ? Value() : Value(persons), field, context);
    }

    int compareFilled(const Value &a, const Value &b, const Field &field,
        const FieldContext &context) const override
    {
        return compareTexts(format(a, field, context), format(b, field, context));
    }

private:
    static Persons personsOf(const Value &value)
    {
        const auto *persons = std::get_if<Persons>(&value);
        return persons ? *persons : Persons();
    }
};

} // namespace

const FieldType &personsType()
{
    static const PersonsType type;
    return type;
}

const FieldType &personType()
{
    static const PersonType type;
    return type;
}

} // namespace casebase
