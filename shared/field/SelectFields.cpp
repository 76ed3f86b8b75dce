// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/field/SelectFields.h"

#include "shared/support/Text.h"

#include <QCryptographicHash>
#include <QJsonArray>

#include <algorithm>

namespace casebase {

namespace {

Result<OptionId> optionOf(const QString &text, const Field &field)
{
    if (const Option *named = field.optionNamed(text)) {
        return named->id;
    }
    const auto id = OptionId::fromText(text);
    if (id && field.option(*id)) {
        return *id;
    }
    return Error{ErrorCode::UnknownOption, {field.name, text.left(80)}, {}};
}

QString nameOf(OptionId id, const Field &field)
{
    const Option *option = field.option(id);
    return option ? option->name : id.text();
}

qsizetype positionOf(OptionId id, const Field &field)
{
    const Option *option = field.option(id);
    return option ? option - field.options.constData() : field.options.size();
}

int threeWay(qsizetype a, qsizetype b)
{
    return a < b ? -1 : a > b ? 1 : 0;
}

class SingleSelectType final : public FieldType {
public:
    explicit SingleSelectType(const char *apiName)
        : m_apiName(apiName)
    {
    }

    const char *apiName() const override { return m_apiName; }

    Result<Value> parse(
        const QString &text, const Field &field, const FieldContext &) const override
    {
        const QString name = text.trimmed();
        if (name.isEmpty()) {
            return Value();
        }
        TRY_SET(const OptionId id, optionOf(name, field));
        return Value(id);
    }

    QString formatValue(const Value &value, const Field &field, const FieldContext &) const override
    {
        const auto *id = std::get_if<OptionId>(&value);
        return id ? nameOf(*id, field) : QString();
    }

    Result<Value> accept(
        const Value &value, const Field &field, const FieldContext &) const override
    {
        if (isEmpty(value)) {
            return value;
        }
        const auto *id = std::get_if<OptionId>(&value);
        if (!id) {
            return wrongType(field, QStringLiteral("…"), QStringLiteral("an option"));
        }
        return field.option(*id) ? Result<Value>(value)
                                 : Error{ErrorCode::UnknownOption, {field.name, id->text()}, {}};
    }

    QJsonValue valueToJson(
        const Value &value, const Field &field, const FieldContext &) const override
    {
        const auto *id = std::get_if<OptionId>(&value);
        return id ? QJsonValue(nameOf(*id, field)) : QJsonValue();
    }

    Result<Value> fromJson(
        const QJsonValue &json, const Field &field, const FieldContext &context) const override
    {
        if (json.isNull()) {
            return Value();
        }
        if (!json.isString()) {
            return wrongType(
                field, json.toVariant().toString(), QStringLiteral("the name of an option"));
        }
        return parse(json.toString(), field, context);
    }

    int compareFilled(
        const Value &a, const Value &b, const Field &field, const FieldContext &) const override
    {
        return threeWay(
            positionOf(std::get<OptionId>(a), field), positionOf(std::get<OptionId>(b), field));
    }

private:
    const char *m_apiName;
};

class MultipleSelectsType final : public FieldType {
public:
    const char *apiName() const override { return "multipleSelects"; }

    Result<Value> parse(
        const QString &text, const Field &field, const FieldContext &) const override
    {
        return fromNames(splitNames(text), field);
    }

    QString formatValue(const Value &value, const Field &field, const FieldContext &) const override
    {
        QStringList names;
        if (const auto *ids = std::get_if<Options>(&value)) {
            for (const OptionId id : *ids) {
                names += nameOf(id, field);
            }
        }
        return names.join(QLatin1String(", "));
    }

    Result<Value> accept(
        const Value &value, const Field &field, const FieldContext &) const override
    {
        const auto *ids = std::get_if<Options>(&value);
        if (!ids) {
            return isEmpty(value)
                ? Result<Value>(value)
                : wrongType(field, QStringLiteral("…"), QStringLiteral("a list of options"));
        }
        Options unique;
        for (const OptionId id : *ids) {
            if (!field.option(id)) {
                return Error{ErrorCode::UnknownOption, {field.name, id.text()}, {}};
            }
            if (!unique.contains(id)) {
                unique += id;
            }
        }
        return unique.isEmpty() ? Value() : Value(unique);
    }

    QJsonValue valueToJson(
        const Value &value, const Field &field, const FieldContext &) const override
    {
        const auto *ids = std::get_if<Options>(&value);
        if (!ids) {
            return {};
        }
        QJsonArray names;
        for (const OptionId id : *ids) {
            names += nameOf(id, field);
        }
        return names;
    }

    Result<Value> fromJson(
        const QJsonValue &json, const Field &field, const FieldContext &) const override
    {
        if (json.isNull()) {
            return Value();
        }
        if (!json.isArray()) {
            return wrongType(
                field, json.toVariant().toString(), QStringLiteral("a list of option names"));
        }
        QStringList names;
        for (const QJsonValue &name : json.toArray()) {
            if (!name.isString()) {
                return wrongType(
                    field, name.toVariant().toString(), QStringLiteral("a list of option names"));
            }
            names += name.toString();
        }
        return fromNames(names, field);
    }

    int compareFilled(
        const Value &a, const Value &b, const Field &field, const FieldContext &) const override
    {
        const QList<qsizetype> left = positions(a, field);
        const QList<qsizetype> right = positions(b, field);
        return left < right ? -1 : right < left ? 1 : 0;
    }

private:
    static Result<Value> fromNames(const QStringList &names, const Field &field)
    {
        Options ids;
        for (const QString &name : names) {
            TRY_SET(const OptionId id, optionOf(name.trimmed(), field));
            if (!ids.contains(id)) {
                ids += id;
            }
        }
        return ids.isEmpty() ? Value() : Value(ids);
    }

    static QList<qsizetype> positions(const Value &value, const Field &field)
    {
        QList<qsizetype> result;
        for (const OptionId id : std::get<Options>(value)) {
            result += positionOf(id, field);
        }
        std::sort(result.begin(), result.end());
        return result;
    }
};

/// The same for the same field and text everywhere.
OptionId derivedOption(FieldId field, const QString &name)
{
    const QByteArray hash = QCryptographicHash::hash(
        field.text().toUtf8() + '\0' + name.toLower().toUtf8(), QCryptographicHash::Sha256);
    quint64 noise = 0;
    for (int i = 0; i < 5; ++i) {
        noise = noise << 8 | quint8(hash[i]);
    }
    return OptionId(IdBits{field.bits().time, noise});
}

} // namespace

QStringList splitNames(const QString &text)
{
    QStringList names;
    QString normal = text;
    for (QChar &c : normal) {
        if (c == u'，' || c == u'、' || c == u';' || c == u'；' || c == u'\n') {
            c = u',';
        }
    }
    for (const QString &part : normal.split(u',', Qt::SkipEmptyParts)) {
        const QString name = part.trimmed();
        if (!name.isEmpty() && !names.contains(name, Qt::CaseInsensitive)) {
            names += name;
        }
    }
    return names;
}

const FieldType &singleSelectType()
{
    static const SingleSelectType type("singleSelect");
    return type;
}

const FieldType &stateType()
{
    static const SingleSelectType type("state");
    return type;
}

const FieldType &departmentType()
{
    static const SingleSelectType type("department");
    return type;
}

Done checkMove(const Field &field, const Value &from, const Value &to)
{
    const auto *before = std::get_if<OptionId>(&from);
    const Option *state = before ? field.option(*before) : nullptr;
    if (!field.limitsMoves || !state || from == to) {
        return Ok;
    }
    const auto *after = std::get_if<OptionId>(&to);
    if (after && state->next.contains(*after)) {
        return Ok;
    }
    QStringList allowed;
    for (const OptionId id : state->next) {
        allowed += nameOf(id, field);
    }
    const QString none = QStringLiteral("—");
    return Error{ErrorCode::MoveNotAllowed,
        {field.name, state->name, after ? nameOf(*after, field) : none,
            allowed.isEmpty() ? none : allowed.join(QStringLiteral(", "))},
        {}};
}

bool fitsUnder(const Option &option, const Value &parent)
{
    const auto *above = std::get_if<OptionId>(&parent);
    return option.under.isEmpty() || (above && option.under.contains(*above));
}

Value mergedOptions(const Value &value, const QHash<OptionId, OptionId> &others)
{
    const auto otherOf = [&](OptionId id) { return others.value(id, id); };
    if (const auto *one = std::get_if<OptionId>(&value)) {
        const OptionId other = otherOf(*one);
        return other.isNull() ? Value() : Value(other);
    }
    const auto *several = std::get_if<Options>(&value);
    if (!several) {
        return value;
    }
    Options kept;
    for (const OptionId id : *several) {
        const OptionId other = otherOf(id);
        if (!other.isNull() && !kept.contains(other)) {
            kept += other;
        }
    }
    return kept.isEmpty() ? Value() : Value(kept);
}

Field withLiveTies(const Field &field, const Table &table)
{
    Field result = field;
    for (FieldId *tie : {&result.parent, &result.reason}) {
        const Field *other = table.field(*tie);
        *tie = other && !other->isTrashed ? *tie : FieldId();
    }
    return result;
}

QList<Option> choosableOptions(const Field &field, const Value &now, const Value &parent)
{
    QList<Option> options = field.options;
    const auto *chosen = std::get_if<OptionId>(&now);
    options.removeIf([&](const Option &option) {
        if (chosen && *chosen == option.id) {
            return false;
        }
        const bool fits = field.parent.isNull()
            || (isEmpty(parent) ? option.under.size() <= 1 : fitsUnder(option, parent));
        return option.isClosed || !fits || !checkMove(field, now, Value(option.id));
    });
    return options;
}

Value fittingUnder(const Value &value, const Field &field, const Value &parent)
{
    const auto fits = [&](OptionId id) {
        const Option *option = field.option(id);
        return !option || fitsUnder(*option, parent);
    };
    if (const auto *one = std::get_if<OptionId>(&value)) {
        return fits(*one) ? value : Value();
    }
    if (const auto *several = std::get_if<Options>(&value)) {
        Options kept = *several;
        kept.removeIf([&](OptionId id) { return !fits(id); });
        return kept.isEmpty() ? Value() : Value(kept);
    }
    return value;
}

const FieldType &multipleSelectsType()
{
    static const MultipleSelectsType type;
    return type;
}

bool mayTakeNewOptions(FieldKind kind)
{
    return kind == FieldKind::SingleSelect || kind == FieldKind::MultipleSelects;
}

OptionMaker::OptionMaker(Field &field, qsizetype limit)
    : m_field(field)
    , m_limit(limit)
{
    for (const Option &option : field.options) {
        m_known.insert(option.name.toCaseFolded());
    }
}

void OptionMaker::add(const QString &text)
{
    if (m_field.kind != FieldKind::MultipleSelects) {
        return addName(text.trimmed());
    }
    for (const QString &name : splitNames(text)) {
        addName(name);
    }
}

void OptionMaker::addName(const QString &name)
{
    static const QStringList Palette{QStringLiteral("red"), QStringLiteral("orange"),
        QStringLiteral("amber"), QStringLiteral("yellow"), QStringLiteral("olive"),
        QStringLiteral("green"), QStringLiteral("teal"), QStringLiteral("sky"),
        QStringLiteral("blue"), QStringLiteral("violet"), QStringLiteral("magenta"),
        QStringLiteral("grey")};
    const QString folded = name.toCaseFolded();
    const auto id = OptionId::fromText(name);
    const bool isName = !name.isEmpty() && name.size() <= NameLimit && storableText(name) == name;
    if (isName && m_field.options.size() < m_limit && !m_known.contains(folded)
        && !(id && m_field.option(*id))) {
        m_known.insert(folded);
        m_field.options +=
            Option{freeId(name), name, Palette[m_field.options.size() % Palette.size()]};
    }
}

/// Not that of an option which had the name once and has another one now.
OptionId OptionMaker::freeId(const QString &name) const
{
    OptionId id = derivedOption(m_field.id, name);
    for (int attempt = 2; m_field.option(id); ++attempt) {
        id = derivedOption(m_field.id, name + u'\n' + QString::number(attempt)); // in no name
    }
    return id;
}

} // namespace casebase
