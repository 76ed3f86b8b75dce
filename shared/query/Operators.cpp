// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/query/Match.h"

namespace casebase {

namespace {

const char *const Names[] = {"is", "isNot", "contains", "doesNotContain", "startsWith", "endsWith",
    "matches", "isEmpty", "isNotEmpty", "isAnyOf", "isNoneOf", "hasAnyOf", "hasAllOf", "hasNoneOf",
    "isExactly", "eq", "ne", "gt", "gte", "lt", "lte", "before", "after", "onOrBefore", "onOrAfter",
    "within", "sameMonthDay", "isDuplicate", "breaksRules"};
static_assert(std::size(Names) == size_t(FilterOp::BreaksRules) + 1);

QList<FilterOp> operatorsOf(ValueType type)
{
    using enum FilterOp;
    switch (type) {
    case ValueType::Text:
        return {Contains, DoesNotContain, Is, IsNot, StartsWith, EndsWith, Matches, IsEmpty,
            IsNotEmpty, IsDuplicate};
    case ValueType::Number:
        return {Equal, NotEqual, Greater, GreaterOrEqual, Less, LessOrEqual, IsEmpty, IsNotEmpty,
            IsDuplicate};
    case ValueType::Flag:
        return {IsNotEmpty, IsEmpty};
    case ValueType::Option:
    case ValueType::Person:
        return {Is, IsNot, IsAnyOf, IsNoneOf, IsEmpty, IsNotEmpty};
    case ValueType::Options:
    case ValueType::Persons:
        return {HasAnyOf, HasAllOf, HasNoneOf, IsExactly, IsEmpty, IsNotEmpty};
    case ValueType::Date:
    case ValueType::Moment:
        return {
            Within, Is, Before, After, OnOrBefore, OnOrAfter, SameMonthDay, IsEmpty, IsNotEmpty};
    case ValueType::Links:
        return {Contains, DoesNotContain, Is, IsNot, StartsWith, EndsWith, Matches, IsEmpty,
            IsNotEmpty};
    case ValueType::Files:
        return {Contains, DoesNotContain, IsEmpty, IsNotEmpty};
    case ValueType::Sealed:
        return {Is, IsNot, Contains, DoesNotContain, StartsWith, EndsWith, IsEmpty, IsNotEmpty};
    case ValueType::Nothing:
        break;
    }
    return {};
}

} // namespace

QList<FilterOp> operatorsFor(FieldKind kind)
{
    QList<FilterOp> operators = operatorsOf(valueTypeOf(kind));
    if (isTypable(kind) && valueTypeOf(kind) != ValueType::Sealed && !operators.isEmpty()) {
        operators += FilterOp::BreaksRules;
    }
    return operators;
}

Field operandField(const Field &field)
{
    Field single = field;
    switch (valueTypeOf(field.kind)) {
    case ValueType::Options:
        single.kind = FieldKind::SingleSelect;
        break;
    case ValueType::Moment:
        single.kind = FieldKind::DateTime;
        break;
    case ValueType::Person:
    case ValueType::Persons:
        single.kind = FieldKind::Person;
        break;
    case ValueType::Number:
        if (field.kind == FieldKind::AutoNumber || field.kind == FieldKind::Rating
            || field.kind == FieldKind::Progress) {
            single.kind = FieldKind::Number;
        }
        break;
    case ValueType::Text:
    case ValueType::Links:
    case ValueType::Files:
    case ValueType::Sealed:
        single.kind = FieldKind::SingleLineText;
        break;
    case ValueType::Flag:
    case ValueType::Date:
    case ValueType::Option:
    case ValueType::Nothing:
        break;
    }
    return single;
}

QString operatorName(FilterOp op)
{
    return QString::fromLatin1(Names[size_t(op)]);
}

std::optional<FilterOp> operatorNamed(const QString &name)
{
    for (size_t i = 0; i < std::size(Names); ++i) {
        if (name == QLatin1String(Names[i])) {
            return FilterOp(i);
        }
    }
    return std::nullopt;
}

} // namespace casebase
