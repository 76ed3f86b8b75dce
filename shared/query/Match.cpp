// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/query/Match.h"

#include "shared/field/DateFields.h"

#include <QRegularExpression>

#include <algorithm>

namespace casebase {

namespace {

Error badOperand(const Field &field, FilterOp op)
{
    return {ErrorCode::WrongType,
        {field.name, operatorName(op), QStringLiteral("an operator and a value of its type")}, {}};
}

RowTest inverse(RowTest test)
{
    return [test = std::move(test)](Row row) { return !test(row); };
}

RowTest emptyTest(const TableData &table, const Field &field)
{
    if (const Column *column = table.column(field.id)) {
        if (const auto *bytes = std::get_if<BytesColumn>(column)) {
            return [bytes](Row row) { return bytes->at(row).isEmpty(); };
        }
        if (const auto *codes = std::get_if<CodeColumn>(column)) {
            return [codes](Row row) { return codes->code(row) == 0; };
        }
    }
    return [&table, field](Row row) { return isEmpty(table.value(row, field)); };
}

Result<RowTest> textTest(
    const Filter &f, const TableData &table, const Field &field, const QueryContext &context)
{
    const QString wanted = f.operand.values.isEmpty() ? QString()
        : std::get_if<QString>(&f.operand.values.first())
        ? std::get<QString>(f.operand.values.first())
        : QString();
    const auto text = [&table, field, context](Row row) {
        return fieldType(field.kind).format(table.value(row, field), field, context.fields);
    };
    switch (f.op) {
    case FilterOp::Is:
        return RowTest([=](Row r) { return text(r).compare(wanted, Qt::CaseInsensitive) == 0; });
    case FilterOp::IsNot:
        return RowTest([=](Row r) { return text(r).compare(wanted, Qt::CaseInsensitive) != 0; });
    case FilterOp::Contains:
        return RowTest([=](Row r) { return text(r).contains(wanted, Qt::CaseInsensitive); });
    case FilterOp::DoesNotContain:
        return RowTest([=](Row r) { return !text(r).contains(wanted, Qt::CaseInsensitive); });
    case FilterOp::StartsWith:
        return RowTest([=](Row r) { return text(r).startsWith(wanted, Qt::CaseInsensitive); });
    case FilterOp::EndsWith:
        return RowTest([=](Row r) { return text(r).endsWith(wanted, Qt::CaseInsensitive); });
    case FilterOp::Matches: {
        const QRegularExpression pattern(wanted, QRegularExpression::CaseInsensitiveOption);
        if (!pattern.isValid() || wanted.size() > 500) {
            return badOperand(field, f.op);
        }
        return RowTest([=](Row r) { return pattern.match(text(r)).hasMatch(); });
    }
    default:
        return badOperand(field, f.op);
    }
}

Result<RowTest> numberTest(const Filter &f, const TableData &table, const Field &field)
{
    const auto *operand =
        f.operand.values.isEmpty() ? nullptr : std::get_if<double>(&f.operand.values.first());
    const auto *column = std::get_if<NumberColumn>(table.column(field.id));
    if (!operand || !column) {
        return badOperand(field, f.op);
    }
    const double wanted = *operand;
    switch (f.op) {
    case FilterOp::Is:
    case FilterOp::Equal:
        return RowTest([=](Row r) { return column->has(r) && column->at(r) == wanted; });
    case FilterOp::IsNot:
    case FilterOp::NotEqual:
        return RowTest([=](Row r) { return !column->has(r) || column->at(r) != wanted; });
    case FilterOp::Greater:
        return RowTest([=](Row r) { return column->has(r) && column->at(r) > wanted; });
    case FilterOp::GreaterOrEqual:
        return RowTest([=](Row r) { return column->has(r) && column->at(r) >= wanted; });
    case FilterOp::Less:
        return RowTest([=](Row r) { return column->has(r) && column->at(r) < wanted; });
    case FilterOp::LessOrEqual:
        return RowTest([=](Row r) { return column->has(r) && column->at(r) <= wanted; });
    default:
        return badOperand(field, f.op);
    }
}

std::optional<DayRange> operandRange(const Filter &f, const QueryContext &context, Date today)
{
    if (f.operand.relative) {
        return rangeOf(*f.operand.relative, today, context.firstDayOfWeek);
    }
    if (f.operand.values.isEmpty()) {
        return std::nullopt;
    }
    const auto dayOf = [&](const Value &value) -> std::optional<qint32> {
        if (const auto *date = std::get_if<Date>(&value)) {
            return date->day;
        }
        const auto *moment = std::get_if<Moment>(&value);
        return moment
            ? std::optional(fromQDate(toQDateTime(*moment, context.fields.zone).date()).day)
            : std::nullopt;
    };
    const auto first = dayOf(f.operand.values.first());
    const auto last = dayOf(f.operand.values.last());
    return first && last ? std::optional(DayRange{*first, *last + 1}) : std::nullopt;
}

Result<RowTest> dateTest(
    const Filter &f, const TableData &table, const Field &field, const QueryContext &context)
{
    const QTimeZone zone = context.fields.zone;
    const Date today = fromQDate(toQDateTime(Moment{context.fields.nowMs}, zone).date());
    const auto range = operandRange(f, context, today);
    if (!range) {
        return badOperand(field, f.op);
    }
    if (f.op == FilterOp::SameMonthDay) {
        const QDate wanted = toQDate(Date{range->first});
        return RowTest([&table, field, zone, wanted](Row r) {
            const Value value = table.value(r, field);
            const auto *date = std::get_if<Date>(&value);
            const auto *moment = std::get_if<Moment>(&value);
            const QDate day = date ? toQDate(*date)
                : moment           ? toQDateTime(*moment, zone).date()
                                   : QDate();
            return day.isValid() && day.month() == wanted.month() && day.day() == wanted.day();
        });
    }
    const bool isDate = field.kind == FieldKind::Date;
    const auto bound = [&](qint32 day) {
        return isDate ? qint64(day) : toQDate(Date{day}).startOfDay(zone).toMSecsSinceEpoch();
    };
    const qint64 first = bound(range->first);
    const qint64 end = bound(range->end);
    const auto number = [&table, field](Row r) -> std::optional<qint64> {
        const Value value = table.value(r, field);
        if (const auto *date = std::get_if<Date>(&value)) {
            return date->day;
        }
        const auto *moment = std::get_if<Moment>(&value);
        return moment ? std::optional(moment->ms) : std::nullopt;
    };
    const auto when = [number](auto compare) {
        return RowTest([number, compare](Row r) {
            const auto value = number(r);
            return value && compare(*value);
        });
    };
    switch (f.op) {
    case FilterOp::Is:
    case FilterOp::Within:
        return when([=](qint64 v) { return v >= first && v < end; });
    case FilterOp::IsNot:
        return inverse(when([=](qint64 v) { return v >= first && v < end; }));
    case FilterOp::Before:
        return when([=](qint64 v) { return v < first; });
    case FilterOp::OnOrBefore:
        return when([=](qint64 v) { return v < end; });
    case FilterOp::After:
        return when([=](qint64 v) { return v >= end; });
    case FilterOp::OnOrAfter:
        return when([=](qint64 v) { return v >= first; });
    default:
        return badOperand(field, f.op);
    }
}

QList<IdBits> operandIds(const Filter &f, const QueryContext &context)
{
    QList<IdBits> ids;
    if (f.operand.me) {
        ids += context.me.bits();
    }
    for (const Value &value : f.operand.values) {
        if (const auto *option = std::get_if<OptionId>(&value)) {
            ids += option->bits();
        } else if (const auto *person = std::get_if<UserId>(&value)) {
            ids += person->bits();
        } else if (const auto *options = std::get_if<Options>(&value)) {
            for (const OptionId each : *options) {
                ids += each.bits();
            }
        }
    }
    return ids;
}

Result<RowTest> oneIdTest(
    const Filter &f, const TableData &table, const Field &field, const QueryContext &context)
{
    const QList<IdBits> wanted = operandIds(f, context);
    const RowTest isOne = [&table, field, wanted](Row r) {
        const Value value = table.value(r, field);
        if (const auto *option = std::get_if<OptionId>(&value)) {
            return wanted.contains(option->bits());
        }
        const auto *person = std::get_if<UserId>(&value);
        return person && wanted.contains(person->bits());
    };
    switch (f.op) {
    case FilterOp::Is:
    case FilterOp::IsAnyOf:
        return isOne;
    case FilterOp::IsNot:
    case FilterOp::IsNoneOf:
        return inverse(isOne);
    default:
        return badOperand(field, f.op);
    }
}

Result<RowTest> optionsTest(
    const Filter &f, const TableData &table, const Field &field, const QueryContext &context)
{
    const QList<IdBits> wanted = operandIds(f, context);
    const auto held = [&table, field](Row r) {
        const Value value = table.value(r, field);
        QList<IdBits> ids;
        if (const auto *options = std::get_if<Options>(&value)) {
            for (const OptionId each : *options) {
                ids += each.bits();
            }
        }
        return ids;
    };
    const auto hasAny = RowTest([=](Row r) {
        const QList<IdBits> ids = held(r);
        return std::any_of(
            wanted.cbegin(), wanted.cend(), [&](const IdBits &id) { return ids.contains(id); });
    });
    const auto hasAll = RowTest([=](Row r) {
        const QList<IdBits> ids = held(r);
        return std::all_of(
            wanted.cbegin(), wanted.cend(), [&](const IdBits &id) { return ids.contains(id); });
    });
    switch (f.op) {
    case FilterOp::Is:
    case FilterOp::IsExactly:
        return RowTest([=](Row r) { return held(r).size() == wanted.size() && hasAll(r); });
    case FilterOp::HasAnyOf:
    case FilterOp::IsAnyOf:
        return hasAny;
    case FilterOp::HasAllOf:
        return hasAll;
    case FilterOp::HasNoneOf:
    case FilterOp::IsNoneOf:
        return inverse(hasAny);
    default:
        return badOperand(field, f.op);
    }
}

RowTest duplicateTest(const TableData &table, const Field &field, const QueryContext &context)
{
    QHash<QString, int> counts;
    const auto text = [&table, field, context](Row row) {
        return fieldType(field.kind).format(table.value(row, field), field, context.fields);
    };
    for (Row row = 0; row < table.rowCount(); ++row) {
        if (table.isAlive(row)) {
            ++counts[text(row)];
        }
    }
    counts.remove(QString());
    return [text, counts](Row row) { return counts.value(text(row)) > 1; };
}

Result<RowTest> fieldTest(const Filter &f, const TableData &table, const QueryContext &context)
{
    const Field *field = table.definition().field(f.field);
    if (!field || field->isTrashed) {
        return Error{ErrorCode::UnknownField, {f.field.text()}, {}};
    }
    if (f.op == FilterOp::IsEmpty) {
        return emptyTest(table, *field);
    }
    if (f.op == FilterOp::IsNotEmpty) {
        return inverse(emptyTest(table, *field));
    }
    if (f.op == FilterOp::IsDuplicate) {
        return duplicateTest(table, *field, context);
    }
    switch (field->kind) {
    case FieldKind::Number:
    case FieldKind::AutoNumber:
        return numberTest(f, table, *field);
    case FieldKind::Date:
    case FieldKind::DateTime:
    case FieldKind::CreatedTime:
    case FieldKind::ModifiedTime:
        return dateTest(f, table, *field, context);
    case FieldKind::SingleSelect:
    case FieldKind::Person:
    case FieldKind::CreatedBy:
    case FieldKind::ModifiedBy:
        return oneIdTest(f, table, *field, context);
    case FieldKind::MultipleSelects:
        return optionsTest(f, table, *field, context);
    case FieldKind::Checkbox: {
        const bool wanted = !f.operand.values.isEmpty() && !isEmpty(f.operand.values.first());
        return (f.op == FilterOp::Is) == wanted ? inverse(emptyTest(table, *field))
                                                : emptyTest(table, *field);
    }
    default:
        return textTest(f, table, *field, context);
    }
}

} // namespace

Result<RowTest> compileFilter(
    const Filter &filter, const TableData &table, const QueryContext &context)
{
    if (filter.kind == Filter::Kind::Test) {
        return fieldTest(filter, table, context);
    }
    QList<RowTest> tests;
    for (const Filter &child : filter.children) {
        TRY_SET(const RowTest test, compileFilter(child, table, context));
        tests += test;
    }
    if (filter.kind == Filter::Kind::All) {
        if (tests.size() == 1) {
            return tests.first();
        }
        return RowTest([tests](Row row) {
            return std::all_of(
                tests.cbegin(), tests.cend(), [row](const RowTest &test) { return test(row); });
        });
    }
    return RowTest([tests](Row row) {
        return std::any_of(
            tests.cbegin(), tests.cend(), [row](const RowTest &test) { return test(row); });
    });
}

RowTest containsText(const QString &text, const TableData &table, const QList<FieldId> &fields,
    const QueryContext &context)
{
    const QString needle = text.trimmed();
    if (needle.isEmpty()) {
        return [](Row) { return true; };
    }
    QList<Field> searched;
    for (const FieldId id : fields) {
        if (const Field *field = table.definition().field(id)) {
            searched += *field;
        }
    }
    return [&table, searched, needle, context](Row row) {
        return std::any_of(searched.cbegin(), searched.cend(), [&](const Field &field) {
            const Value value = table.value(row, field);
            return !isEmpty(value)
                && fieldType(field.kind)
                       .format(value, field, context.fields)
                       .contains(needle, Qt::CaseInsensitive);
        });
    };
}

std::vector<Row> matchingRows(const TableData &table, const RowTest &test)
{
    std::vector<Row> rows;
    bool inOrder = true;
    RecordId last;
    for (Row row = 0; row < table.rowCount(); ++row) {
        if (table.isAlive(row) && test(row)) {
            const RecordId id = table.recordId(row);
            inOrder = inOrder && last < id;
            last = id;
            rows.push_back(row);
        }
    }
    if (!inOrder) {
        std::sort(rows.begin(), rows.end(),
            [&](Row a, Row b) { return table.recordId(a) < table.recordId(b); });
    }
    return rows;
}

} // namespace casebase
