// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/field/PersonField.h"

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

} // namespace

const FieldType &personType()
{
    static const PersonType type;
    return type;
}

} // namespace casebase
