// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/field/ValueRules.h"

#include "shared/secret/Keeper.h"
#include "shared/support/Text.h"

#include <re2/re2.h>

namespace casebase {

namespace {

template <class Number> QByteArray bytesOf(char kind, Number number)
{
    return kind + QByteArray(reinterpret_cast<const char *>(&number), sizeof number);
}

Result<QString> shortText(const QString &text, qsizetype limit)
{
    const auto clean = storableText(text.trimmed());
    if (!clean || clean->size() > limit) {
        return Error{ErrorCode::TooLarge, {text.left(20) + u'…', QString::number(limit)}, {}};
    }
    return *clean;
}

} // namespace

bool mayHavePattern(FieldKind kind)
{
    return (valueTypeOf(kind) == ValueType::Text && kind != FieldKind::Checklist)
        || kind == FieldKind::Sensitive;
}

bool mayBeRequired(FieldKind kind)
{
    const ValueType type = valueTypeOf(kind);
    return type != ValueType::Flag && isTypable(kind);
}

bool mayBeUnique(FieldKind kind)
{
    const ValueType type = valueTypeOf(kind);
    return !isAutomatic(kind) && kind != FieldKind::Rating && kind != FieldKind::Progress
        && kind != FieldKind::Checklist
        && (type == ValueType::Text || type == ValueType::Sealed || type == ValueType::Number
            || type == ValueType::Date || type == ValueType::Moment);
}

bool mayBeNegative(FieldKind kind)
{
    return kind == FieldKind::Number || kind == FieldKind::Currency || kind == FieldKind::Percent
        || kind == FieldKind::Duration;
}

Result<ValueRules> acceptedRules(const Field &field)
{
    if (field.isComputed() || field.isSystem) {
        return ValueRules();
    }
    ValueRules rules = field.rules;
    rules.isRequired = rules.isRequired && mayBeRequired(field.kind);
    rules.isUnique = rules.isUnique && mayBeUnique(field.kind);
    rules.isNotNegative = rules.isNotNegative && mayBeNegative(field.kind);
    TRY_SET(rules.pattern,
        shortText(mayHavePattern(field.kind) ? rules.pattern : QString(), PatternLimit));
    if (!rules.pattern.isEmpty() && !compiledPattern(rules.pattern, Qt::CaseSensitive)) {
        return Error{ErrorCode::Invalid,
            {QStringLiteral("the pattern “%1” is no regular expression").arg(rules.pattern)}, {}};
    }
    const bool canBreak = !rules.pattern.isEmpty() || !rules.condition.isEmpty();
    TRY_SET(rules.message, shortText(canBreak ? rules.message : QString(), NameLimit));
    // Only the server can read sensitive texts, so nobody could be shown which of them break it.
    rules.onlyWarns = rules.onlyWarns && field.kind != FieldKind::Sensitive
        && (canBreak || rules.isRequired || rules.isUnique || rules.isNotNegative);
    return rules;
}

ValueCheck::ValueCheck(const Field &field)
    : m_field(field)
    , m_pattern(field.rules.pattern.isEmpty()
              ? nullptr
              : compiledPattern(field.rules.pattern, Qt::CaseSensitive))
{
}

Done ValueCheck::operator()(const Value &value, const FieldContext &context) const
{
    if (isEmpty(value)) {
        return m_field.rules.isRequired ? Error{ErrorCode::MissingValue, {m_field.name}, {}}
                                        : Done(Ok);
    }
    const auto *number = std::get_if<double>(&value);
    if (m_field.rules.isNotNegative && number && *number < 0) {
        return Error{ErrorCode::ValueRefused,
            {m_field.name, fieldType(m_field.kind).format(value, m_field, context).left(80),
                QStringLiteral("it is below zero")},
            {}};
    }
    const auto *text = std::get_if<QString>(&value);
    if (m_pattern && text && !re2::RE2::FullMatch(text->toStdString(), *m_pattern)) {
        const QString shown = fieldType(m_field.kind).format(value, m_field, context).left(80);
        return Error{ErrorCode::ValueRefused,
            {m_field.name, shown,
                m_field.rules.message.isEmpty()
                    ? QStringLiteral("it does not have the form that is asked for")
                    : m_field.rules.message},
            {}};
    }
    return Ok;
}

QByteArray uniqueKey(const Value &value)
{
    if (const auto *text = std::get_if<QString>(&value)) {
        return 't' + text->toUtf8().toLower(); // ASCII letters only
    }
    if (const auto *number = std::get_if<double>(&value)) {
        return bytesOf('n', *number);
    }
    if (const auto *date = std::get_if<Date>(&value)) {
        return bytesOf('d', *date);
    }
    if (const auto *moment = std::get_if<Moment>(&value)) {
        return bytesOf('m', *moment);
    }
    if (const auto *sealed = std::get_if<Sealed>(&value)) {
        const QByteArray tag = equalityTag(*sealed);
        return tag.isEmpty() ? tag : 'x' + tag;
    }
    return {};
}

} // namespace casebase
