// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/query/Match.h"

namespace casebase {

namespace {

const char *const Names[] = {"is", "isNot", "contains", "doesNotContain", "startsWith", "endsWith",
    "matches", "isEmpty", "isNotEmpty", "isAnyOf", "isNoneOf", "hasAnyOf", "hasAllOf", "hasNoneOf",
    "isExactly", "eq", "ne", "gt", "gte", "lt", "lte", "before", "after", "onOrBefore", "onOrAfter",
    "within", "sameMonthDay", "isDuplicate"};
static_assert(std::size(Names) == size_t(FilterOp::IsDuplicate) + 1);

} // namespace

QList<FilterOp> operatorsFor(FieldKind kind)
{
    using enum FilterOp;
    switch (kind) {
    case FieldKind::SingleLineText:
    case FieldKind::MultilineText:
        return {Contains, DoesNotContain, Is, IsNot, StartsWith, EndsWith, Matches, IsEmpty,
            IsNotEmpty, IsDuplicate};
    case FieldKind::Number:
    case FieldKind::AutoNumber:
        return {Equal, NotEqual, Greater, GreaterOrEqual, Less, LessOrEqual, IsEmpty, IsNotEmpty,
            IsDuplicate};
    case FieldKind::Checkbox:
        return {IsNotEmpty, IsEmpty};
    case FieldKind::SingleSelect:
        return {Is, IsNot, IsAnyOf, IsNoneOf, IsEmpty, IsNotEmpty};
    case FieldKind::MultipleSelects:
        return {HasAnyOf, HasAllOf, HasNoneOf, IsExactly, IsEmpty, IsNotEmpty};
    case FieldKind::Date:
    case FieldKind::DateTime:
    case FieldKind::CreatedTime:
    case FieldKind::ModifiedTime:
        return {
            Within, Is, Before, After, OnOrBefore, OnOrAfter, SameMonthDay, IsEmpty, IsNotEmpty};
    case FieldKind::Person:
    case FieldKind::CreatedBy:
    case FieldKind::ModifiedBy:
        return {Is, IsNot, IsAnyOf, IsNoneOf, IsEmpty, IsNotEmpty};
    case FieldKind::Attachments:
        return {Contains, DoesNotContain, IsEmpty, IsNotEmpty};
    }
    return {};
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
