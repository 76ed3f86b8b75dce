// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/field/LinkField.h"

#include "shared/field/SelectFields.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QSet>

namespace casebase {

namespace {

class LinkType final : public FieldType {
public:
    const char *apiName() const override { return "multipleRecordLinks"; }

    Result<Value> parse(
        const QString &text, const Field &field, const FieldContext &context) const override
    {
        const QString whole = text.simplified();
        if (whole.isEmpty()) {
            return Value();
        }
        // A title may hold the comma that parts others.
        if (const auto one = recordOf(whole, field, context)) {
            return Value(Links{{*one, whole}});
        }
        return fromNames(splitNames(text), field, context);
    }

    Result<Value> accept(
        const Value &value, const Field &field, const FieldContext &) const override
    {
        const auto *links = std::get_if<Links>(&value);
        if (!links) {
            return isEmpty(value)
                ? Result<Value>(value)
                : wrongType(field, QStringLiteral("…"), QStringLiteral("a list of records"));
        }
        Links unique;
        QSet<RecordId> seen;
        for (const Link &link : *links) {
            if (link.record.isNull()) {
                return Error{ErrorCode::LinkToNothing, {field.name, link.record.text()}, {}};
            }
            if (!seen.contains(link.record)) {
                seen.insert(link.record);
                unique += link;
            }
        }
        // An end that is made from the other may be as long as it gets.
        const qsizetype limit = field.link.isSingle ? 1
            : field.link.isKept                     ? LinksPerCell
                                                    : unique.size();
        if (unique.size() > limit) {
            return Error{ErrorCode::TooManyLinks, {field.name, QString::number(limit)}, {}};
        }
        return unique.isEmpty() ? Value() : Value(std::move(unique));
    }

    Result<Value> fromJson(
        const QJsonValue &json, const Field &field, const FieldContext &context) const override
    {
        if (json.isNull()) {
            return Value();
        }
        Links links;
        for (const QJsonValue &each : json.toArray()) {
            const QString text = each.isObject()
                ? each.toObject().value(QLatin1String("id")).toString()
                : each.toString();
            const auto id = RecordId::fromText(text);
            if (!id) {
                return Error{ErrorCode::LinkToNothing, {field.name, text.left(80)}, {}};
            }
            links += Link{*id, {}};
        }
        return json.isArray() ? accept(links, field, context)
                              : wrongType(field, json.toVariant().toString(),
                                  QStringLiteral("a list of the ids of records"));
    }

protected:
    QString formatValue(const Value &value, const Field &, const FieldContext &) const override
    {
        QStringList titles;
        if (const auto *links = std::get_if<Links>(&value)) {
            for (const Link &link : *links) {
                titles += link.title;
            }
        }
        return titles.join(QLatin1String(", "));
    }

    QJsonValue valueToJson(const Value &value, const Field &, const FieldContext &) const override
    {
        const auto *links = std::get_if<Links>(&value);
        if (!links) {
            return {};
        }
        QJsonArray ids;
        for (const Link &link : *links) {
            ids += link.record.text();
        }
        return ids;
    }

    int compareFilled(const Value &a, const Value &b, const Field &field,
        const FieldContext &context) const override
    {
        return compareTexts(format(a, field, context), format(b, field, context));
    }

private:
    static std::optional<RecordId> recordOf(
        const QString &text, const Field &field, const FieldContext &context)
    {
        if (const auto id = RecordId::fromText(text)) {
            return id;
        }
        return context.links ? context.links->find(field.link, text) : std::nullopt;
    }

    static Result<Value> fromNames(
        const QStringList &names, const Field &field, const FieldContext &context)
    {
        Links links;
        for (const QString &name : names) {
            const auto record = recordOf(name, field, context);
            if (!record) {
                return Error{ErrorCode::LinkToNothing, {field.name, name.left(80)}, {}};
            }
            links += Link{*record, name};
        }
        return linkType().accept(links, field, context);
    }
};

} // namespace

const FieldType &linkType()
{
    static const LinkType type;
    return type;
}

} // namespace casebase
