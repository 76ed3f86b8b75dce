// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/query/Match.h"

#include "shared/field/DateFields.h"
#include "shared/field/SensitiveField.h"
#include "shared/formula/RelativeDates.h"
#include "shared/query/ColumnTest.h"
#include "shared/query/FormulaTest.h"
#include "shared/query/TextScan.h"
#include "shared/support/Pattern.h"

#include <re2/re2.h>

#include <algorithm>

namespace casebase {

namespace {

Error badOperand(const Field &field, FilterOp op)
{
    return {ErrorCode::WrongType,
        {field.name, operatorName(op), QStringLiteral("an operator and a value of its type")}, {}};
}

RowTest fieldContains(
    const TableData &table, const Field &field, const QString &wanted, const QueryContext &context)
{
    const auto text = [&table, field, context, wanted](Row row) {
        const Value value = table.value(row, field);
        return !isEmpty(value)
            && fieldType(field.kind)
                   .format(value, field, context.fields)
                   .contains(wanted, Qt::CaseInsensitive);
    };
    const Column *column = table.column(field.id);
    const auto scan = TextScan::create(wanted);
    const BytesColumn *bytes = table.texts(field);
    if (bytes && scan && !table.faults(field.id)) {
        return RowTest([bytes, scan = *scan](Row row) { return scan.find(bytes->at(row)) >= 0; },
            [bytes, scan = *scan](size_t block, RowMask &mask) { scan.keep(*bytes, block, mask); });
    }
    if (const auto *codes = column ? std::get_if<CodeColumn>(column) : nullptr) {
        // Each option or person is looked at once, not each record.
        std::vector<bool> chosen(size_t(codes->dictionary().size()), false);
        for (size_t code = 1; code < chosen.size(); ++code) {
            const IdBits &id = codes->dictionary()[qsizetype(code)];
            const Value value =
                field.kind == FieldKind::Person ? Value(UserId(id)) : Value(OptionId(id));
            chosen[code] = fieldType(field.kind)
                               .format(value, field, context.fields)
                               .contains(wanted, Qt::CaseInsensitive);
        }
        return std::count(chosen.cbegin(), chosen.cend(), true) == 0
            ? never()
            : codeTest(codes, std::move(chosen));
    }
    return text;
}

Result<RowTest> textTest(
    const Filter &f, const TableData &table, const Field &field, const QueryContext &context)
{
    const auto *operand =
        f.operand.values.isEmpty() ? nullptr : std::get_if<QString>(&f.operand.values.first());
    const QString wanted = operand ? soughtText(*operand, field) : QString();
    const auto text = [&table, field, context](Row row) {
        return fieldType(field.kind).format(table.value(row, field), field, context.fields);
    };
    switch (f.op) {
    case FilterOp::Is:
        return RowTest([=](Row r) { return text(r).compare(wanted, Qt::CaseInsensitive) == 0; });
    case FilterOp::IsNot:
        return RowTest([=](Row r) { return text(r).compare(wanted, Qt::CaseInsensitive) != 0; });
    case FilterOp::Contains:
        return fieldContains(table, field, wanted, context);
    case FilterOp::DoesNotContain:
        return inverseOf(fieldContains(table, field, wanted, context));
    case FilterOp::StartsWith:
        return RowTest([=](Row r) { return text(r).startsWith(wanted, Qt::CaseInsensitive); });
    case FilterOp::EndsWith:
        return RowTest([=](Row r) { return text(r).endsWith(wanted, Qt::CaseInsensitive); });
    case FilterOp::Matches: {
        const auto pattern = compiledPattern(wanted, Qt::CaseInsensitive);
        if (!pattern) {
            return badOperand(field, f.op);
        }
        return RowTest([=](Row r) {
            const QByteArray utf8 = text(r).toUtf8();
            return RE2::PartialMatch(
                re2::StringPiece(utf8.constData(), size_t(utf8.size())), *pattern);
        });
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
        return valueTest(column, [=](double value) { return value == wanted; });
    case FilterOp::IsNot:
    case FilterOp::NotEqual:
        return inverseOf(valueTest(column, [=](double value) { return value == wanted; }));
    case FilterOp::Greater:
        return valueTest(column, [=](double value) { return value > wanted; });
    case FilterOp::GreaterOrEqual:
        return valueTest(column, [=](double value) { return value >= wanted; });
    case FilterOp::Less:
        return valueTest(column, [=](double value) { return value < wanted; });
    case FilterOp::LessOrEqual:
        return valueTest(column, [=](double value) { return value <= wanted; });
    default:
        return badOperand(field, f.op);
    }
}

std::optional<DayRange> operandRange(
    const Filter &f, const QueryContext &context, const QTimeZone &zone, Date today)
{
    if (f.operand.relative) {
        if (context.horizon) {
            const QDateTime midnight = toQDate(today).addDays(1).startOfDay(zone);
            context.horizon->note(midnight.toMSecsSinceEpoch());
        }
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
        return moment ? std::optional(fromQDate(toQDateTime(*moment, zone).date()).day)
                      : std::nullopt;
    };
    const auto first = dayOf(f.operand.values.first());
    const auto last = dayOf(f.operand.values.last());
    return first && last ? std::optional(DayRange{*first, *last + 1}) : std::nullopt;
}

Result<RowTest> dateTest(
    const Filter &f, const TableData &table, const Field &field, const QueryContext &context)
{
    const QTimeZone zone = zoneOf(field, context.fields.zone);
    const Date today = fromQDate(toQDateTime(Moment{context.fields.nowMs}, zone).date());
    const auto range = operandRange(f, context, zone, today);
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
    const bool isDate = valueTypeOf(field.kind) == ValueType::Date;
    const auto bound = [&](qint32 day) {
        return isDate ? qint64(day) : toQDate(Date{day}).startOfDay(zone).toMSecsSinceEpoch();
    };
    const qint64 first = bound(range->first);
    const qint64 end = bound(range->end);
    const IntegerColumn *column = table.integers(field);
    const auto when = [column](auto compare) { return valueTest(column, compare); };
    switch (f.op) {
    case FilterOp::Is:
    case FilterOp::Within:
        return when([=](qint64 v) { return v >= first && v < end; });
    case FilterOp::IsNot:
        return inverseOf(when([=](qint64 v) { return v >= first && v < end; }));
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

/// Of a list of options or of persons.
QList<IdBits> idsIn(const Value &value)
{
    QList<IdBits> ids;
    if (const auto *options = std::get_if<Options>(&value)) {
        for (const OptionId each : *options) {
            ids += each.bits();
        }
    } else if (const auto *persons = std::get_if<Persons>(&value)) {
        for (const UserId each : *persons) {
            ids += each.bits();
        }
    }
    return ids;
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
        } else {
            ids += idsIn(value);
        }
    }
    return ids;
}

Result<RowTest> oneIdTest(
    const Filter &f, const TableData &table, const Field &field, const QueryContext &context)
{
    const QList<IdBits> wanted = operandIds(f, context);
    const CodeColumn *column = table.codes(field);
    std::vector<bool> chosen(size_t(column->dictionary().size()), false);
    for (size_t code = 1; code < chosen.size(); ++code) {
        chosen[code] = wanted.contains(column->dictionary()[qsizetype(code)]);
    }
    const RowTest isOne = codeTest(column, std::move(chosen));
    switch (f.op) {
    case FilterOp::Is:
    case FilterOp::IsAnyOf:
        return isOne;
    case FilterOp::IsNot:
    case FilterOp::IsNoneOf:
        return inverseOf(isOne);
    default:
        return badOperand(field, f.op);
    }
}

Result<RowTest> manyIdsTest(
    const Filter &f, const TableData &table, const Field &field, const QueryContext &context)
{
    const QList<IdBits> wanted = operandIds(f, context);
    const auto held = [&table, field](Row r) { return idsIn(table.value(r, field)); };
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
        return inverseOf(hasAny);
    default:
        return badOperand(field, f.op);
    }
}

Result<RowTest> formulaTest(
    const QString &formula, const TableData &table, const QueryContext &context)
{
    TRY_SET(
        const Expression expression, parseExpression(formula, table.definition(), context.tables));
    return formulaTest(expression, table, context);
}

/// Numbers and dates hold no other characters than these, and need not be looked at for a word.
bool mayContain(const Field &field, const QString &needle)
{
    const auto isIn = [&needle](QStringView allowed) {
        return std::all_of(needle.cbegin(), needle.cend(),
            [&](QChar c) { return c.isDigit() || allowed.contains(c); });
    };
    switch (field.kind) {
    case FieldKind::Number:
    case FieldKind::Currency:
    case FieldKind::Percent:
    case FieldKind::Duration:
    case FieldKind::Rating:
    case FieldKind::Progress:
        return isIn(QStringLiteral(" .,:+-eE%") + field.symbol.toLower() + field.symbol.toUpper());
    case FieldKind::AutoNumber:
        return isIn(QString(field.prefix.toLower() + field.prefix.toUpper()));
    case FieldKind::Checkbox:
        return needle == u"✓";
    case FieldKind::Date:
    case FieldKind::DateTime:
    case FieldKind::CreatedTime:
    case FieldKind::ModifiedTime:
        return field.date.format == DateFormat::Friendly || field.date.format == DateFormat::Local
            || isIn(u" -:/.()+GMTgmtAPap");
    default:
        return true;
    }
}

Result<RowTest> fieldTest(const Filter &f, const TableData &table, const QueryContext &context)
{
    const Field *field = table.definition().field(f.field);
    if (!field || field->isTrashed) {
        return Error{ErrorCode::UnknownField, {f.field.text()}, {}};
    }
    if (f.op == FilterOp::IsEmpty) {
        return inverseOf(filledTest(table, *field));
    }
    if (f.op == FilterOp::IsNotEmpty) {
        return filledTest(table, *field);
    }
    if (f.op == FilterOp::IsDuplicate) {
        return formulaTest(
            QStringLiteral("IS_DUPLICATE({%1})").arg(field->id.text()), table, context);
    }
    if (f.op == FilterOp::BreaksRules) {
        return formulaTest(
            QStringLiteral("BREAKS_RULES({%1})").arg(field->id.text()), table, context);
    }
    switch (valueTypeOf(field->kind)) {
    case ValueType::Number:
        return numberTest(f, table, *field);
    case ValueType::Date:
    case ValueType::Moment:
        return dateTest(f, table, *field, context);
    case ValueType::Option:
    case ValueType::Person:
        return oneIdTest(f, table, *field, context);
    case ValueType::Options:
    case ValueType::Persons:
        return manyIdsTest(f, table, *field, context);
    case ValueType::Flag: {
        const bool wanted = !f.operand.values.isEmpty() && !isEmpty(f.operand.values.first());
        return (f.op == FilterOp::Is) == wanted ? filledTest(table, *field)
                                                : inverseOf(filledTest(table, *field));
    }
    case ValueType::Text:
    case ValueType::Links:
    case ValueType::Files:
    case ValueType::Nothing:
    case ValueType::Sealed:
        break;
    }
    return textTest(f, table, *field, context);
}

/// The formula reads a field that has been deleted, here or where a link leads.
bool readsWhatIsGone(const Filter &filter, const TableData &table, const Tables *tables)
{
    const auto expression = filter.kind == Filter::Kind::Formula
        ? parseExpression(filter.formula, table.definition(), tables)
        : Expression();
    const QList<FieldRead> reads =
        expression ? fieldsRead(expression.value(), table.definition().id) : QList<FieldRead>();
    return std::any_of(reads.cbegin(), reads.cend(), [&](const FieldRead &read) {
        const TableData *far =
            tables && read.table != table.definition().id ? tables->table(read.table) : &table;
        const Field *field = far ? far->definition().field(read.field) : nullptr;
        return !read.field.isNull() && (!field || field->isTrashed);
    });
}

/// Nothing if no condition in it can be asked.
std::optional<RowTest> testInForce(
    const Filter &filter, const TableData &table, const QueryContext &context)
{
    if (readsWhatIsGone(filter, table, context.tables)) {
        return std::nullopt;
    }
    if (filter.children.isEmpty()) {
        const auto test = compileFilter(filter, table, context);
        return test ? std::optional(test.value()) : std::nullopt;
    }
    QList<RowTest> tests;
    for (const Filter &child : filter.children) {
        if (const auto test = testInForce(child, table, context)) {
            tests += *test;
        }
    }
    return tests.isEmpty()
        ? std::nullopt
        : std::optional(filter.kind == Filter::Kind::All ? allOf(tests) : anyOf(tests));
}

} // namespace

void Horizon::note(qint64 ms)
{
    qint64 known = m_ms;
    while (ms < known && !m_ms.compare_exchange_weak(known, ms)) { }
}

Result<RowTest> compileFilter(
    const Filter &filter, const TableData &table, const QueryContext &context)
{
    if (filter.kind == Filter::Kind::Test) {
        return fieldTest(filter, table, context);
    }
    if (filter.kind == Filter::Kind::Formula) {
        return formulaTest(filter.formula, table, context);
    }
    QList<RowTest> tests;
    for (const Filter &child : filter.children) {
        TRY_SET(const RowTest test, compileFilter(child, table, context));
        tests += test;
    }
    return filter.kind == Filter::Kind::All ? allOf(tests) : anyOf(tests);
}

RowTest compileKeptFilter(const Filter &filter, const TableData &table, const QueryContext &context)
{
    return testInForce(filter, table, context).value_or(always());
}

bool followsLinks(const Filter &filter, const Table &table, const Tables *tables)
{
    const auto expression = filter.kind == Filter::Kind::Formula
        ? parseExpression(filter.formula, table, tables)
        : Expression();
    const QList<FieldRead> reads =
        expression ? fieldsRead(expression.value(), table.id) : QList<FieldRead>();
    return std::any_of(
               reads.cbegin(), reads.cend(), [](const FieldRead &read) { return read.isForeign(); })
        || std::any_of(filter.children.cbegin(), filter.children.cend(),
            [&](const Filter &child) { return followsLinks(child, table, tables); });
}

bool comparesRecords(const Filter &filter, const Table &table, const Tables *tables)
{
    if (filter.kind == Filter::Kind::Test) {
        return filter.op == FilterOp::IsDuplicate || filter.op == FilterOp::BreaksRules;
    }
    const auto expression = filter.kind == Filter::Kind::Formula
        ? parseExpression(filter.formula, table, tables)
        : Expression();
    return (expression && comparesRecords(expression.value()))
        || std::any_of(filter.children.cbegin(), filter.children.cend(),
            [&](const Filter &child) { return comparesRecords(child, table, tables); });
}

RowTest containsText(const QString &text, const TableData &table, const QList<FieldId> &fields,
    const QueryContext &context)
{
    const QString needle = text.trimmed();
    if (needle.isEmpty()) {
        return always();
    }
    QList<RowTest> tests;
    for (const FieldId id : fields) {
        const Field *field = table.definition().field(id);
        if (field && mayContain(*field, needle)) {
            tests += fieldContains(table, *field, soughtText(needle, *field), context);
        }
    }
    return anyOf(tests);
}

} // namespace casebase
