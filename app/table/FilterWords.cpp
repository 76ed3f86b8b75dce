// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/table/FilterWords.h"

#include "shared/formula/Expression.h"
#include "shared/schema/Table.h"

namespace casebase {

QString FilterWords::operatorText(FilterOp op)
{
    switch (op) {
    case FilterOp::Is:
        return tr("is");
    case FilterOp::IsNot:
        return tr("is not");
    case FilterOp::Contains:
        return tr("contains");
    case FilterOp::DoesNotContain:
        return tr("does not contain");
    case FilterOp::StartsWith:
        return tr("starts with");
    case FilterOp::EndsWith:
        return tr("ends with");
    case FilterOp::Matches:
        return tr("matches the pattern");
    case FilterOp::IsEmpty:
        return tr("is empty");
    case FilterOp::IsNotEmpty:
        return tr("is not empty");
    case FilterOp::IsAnyOf:
        return tr("is any of");
    case FilterOp::IsNoneOf:
        return tr("is none of");
    case FilterOp::HasAnyOf:
        return tr("has any of");
    case FilterOp::HasAllOf:
        return tr("has all of");
    case FilterOp::HasNoneOf:
        return tr("has none of");
    case FilterOp::IsExactly:
        return tr("is exactly");
    case FilterOp::Equal:
        return QStringLiteral("=");
    case FilterOp::NotEqual:
        return QStringLiteral("≠");
    case FilterOp::Greater:
        return QStringLiteral(">");
    case FilterOp::GreaterOrEqual:
        return QStringLiteral("≥");
    case FilterOp::Less:
        return QStringLiteral("<");
    case FilterOp::LessOrEqual:
        return QStringLiteral("≤");
    case FilterOp::Before:
        return tr("is before");
    case FilterOp::After:
        return tr("is after");
    case FilterOp::OnOrBefore:
        return tr("is on or before");
    case FilterOp::OnOrAfter:
        return tr("is on or after");
    case FilterOp::Within:
        return tr("is within");
    case FilterOp::SameMonthDay:
        return tr("has the month and day of");
    case FilterOp::IsDuplicate:
        return tr("occurs more than once");
    case FilterOp::BreaksRules:
        return tr("breaks its rules");
    }
    return {};
}

QString FilterWords::dateText(const RelativeDate &relative)
{
    const int n = relative.count;
    const auto counted = [&] {
        switch (relative.unit) {
        case TimeUnit::Days:
            return tr("%n day(s)", nullptr, n);
        case TimeUnit::Weeks:
            return tr("%n week(s)", nullptr, n);
        case TimeUnit::Months:
            return tr("%n month(s)", nullptr, n);
        case TimeUnit::Quarters:
            return tr("%n quarter(s)", nullptr, n);
        case TimeUnit::Years:
            break;
        }
        return tr("%n year(s)", nullptr, n);
    };
    const auto named = [&](const QStringList &byUnit) { return byUnit[qsizetype(relative.unit)]; };
    const bool isOneWhole = n == 1 && relative.unit != TimeUnit::Days;
    switch (relative.kind) {
    case RelativeDate::Kind::Today:
        return tr("today");
    case RelativeDate::Kind::Tomorrow:
        return tr("tomorrow");
    case RelativeDate::Kind::Yesterday:
        return tr("yesterday");
    case RelativeDate::Kind::This:
        return named(
            {tr("today"), tr("this week"), tr("this month"), tr("this quarter"), tr("this year")});
    case RelativeDate::Kind::Past:
        return isOneWhole
            ? named({{}, tr("last week"), tr("last month"), tr("last quarter"), tr("last year")})
            : tr("the past %1").arg(counted());
    case RelativeDate::Kind::Next:
        return isOneWhole
            ? named({{}, tr("next week"), tr("next month"), tr("next quarter"), tr("next year")})
            : tr("the next %1").arg(counted());
    case RelativeDate::Kind::Ago:
        return tr("%1 ago").arg(counted());
    case RelativeDate::Kind::FromNow:
        break;
    }
    return tr("%1 from now").arg(counted());
}

QList<RelativeDate> FilterWords::commonDates()
{
    using enum RelativeDate::Kind;
    return {{Today}, {Yesterday}, {Tomorrow}, {This, TimeUnit::Weeks}, {Past, TimeUnit::Weeks},
        {Next, TimeUnit::Weeks}, {This, TimeUnit::Months}, {Past, TimeUnit::Months},
        {Next, TimeUnit::Months}, {This, TimeUnit::Years}, {Past, TimeUnit::Days, 7},
        {Past, TimeUnit::Days, 30}, {Past, TimeUnit::Days, 60}, {Next, TimeUnit::Days, 7},
        {Next, TimeUnit::Days, 30}};
}

QString FilterWords::sentence(const Filter &filter, const Table &table, const QueryContext &context)
{
    switch (filter.kind) {
    case Filter::Kind::Formula:
        return withNames(filter.formula, table, context.tables).simplified();
    case Filter::Kind::All:
    case Filter::Kind::Any: {
        QStringList parts;
        for (const Filter &child : filter.children) {
            parts += sentence(child, table, context);
        }
        return u'(' + parts.join(filter.kind == Filter::Kind::All ? tr(" and ") : tr(" or "))
            + u')';
    }
    case Filter::Kind::Test:
        break;
    }
    const Field *field = table.field(filter.field);
    if (!field) {
        return tr("a deleted field");
    }
    QStringList values;
    if (filter.operand.me) {
        values += tr("me");
    } else if (filter.operand.relative) {
        values += dateText(*filter.operand.relative);
    }
    for (const Value &value : filter.operand.values) {
        Field single = operandField(*field);
        single.kind = std::holds_alternative<Date>(value) ? FieldKind::Date : single.kind;
        values += fieldType(single.kind).format(value, single, context.fields);
    }
    const QString joined = values.join(QLatin1String(", "));
    return QStringList{field->name, operatorText(filter.op), joined}.join(u' ').trimmed();
}

} // namespace casebase
