// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/formula/CellValue.h"

#include "shared/field/DateFields.h"
#include "shared/support/Text.h"

#include <cmath>

namespace casebase {

namespace {

template <class T, class NameOf> FormulaValue namesIn(const Value &value, NameOf nameOf)
{
    FormulaList names;
    if (const auto *items = std::get_if<QList<T>>(&value)) {
        for (const T &item : *items) {
            names += FormulaValue(nameOf(item));
        }
    }
    return names.isEmpty() ? FormulaValue() : FormulaValue(names);
}

Value numberCell(const FormulaValue &result)
{
    const auto number = asNumber(result);
    return number && std::isfinite(*number) ? Value(*number) : Value(Fault::NotANumber);
}

/// A result that moves with the clock is shown to the minute.
Value momentCell(const FormulaValue &result, FieldKind kind, FormulaRun &run)
{
    const auto moment = asMoment(result, run, kind == FieldKind::Date ? DayMs : MinuteMs);
    if (!moment) {
        return Fault::NotANumber;
    }
    if (kind == FieldKind::Date) {
        return fromQDate(toQDateTime(*moment, run.zone).date());
    }
    return std::holds_alternative<Moving>(result) ? Moment{moment->ms - moment->ms % MinuteMs}
                                                  : *moment;
}

} // namespace

FormulaType formulaTypeOf(const Field &field)
{
    switch (valueTypeOf(field.kind)) {
    case ValueType::Number:
        return field.kind == FieldKind::AutoNumber && (field.isDaily || !field.prefix.isEmpty())
            ? FormulaType::Text
            : FormulaType::Number;
    case ValueType::Flag:
        return FormulaType::Flag;
    case ValueType::Date:
        return FormulaType::Date;
    case ValueType::Moment:
        return FormulaType::DateTime;
    case ValueType::Options:
    case ValueType::Persons:
    case ValueType::Files:
    case ValueType::Links:
        return FormulaType::List;
    case ValueType::Text:
    case ValueType::Option:
    case ValueType::Person:
    case ValueType::Nothing:
    case ValueType::Sealed:
        break;
    }
    return FormulaType::Text;
}

FormulaValue readCell(const TableData &table, Row row, const Field &field, const People &people,
    const FormulaContext &context)
{
    const Value value = table.value(row, field);
    if (isEmpty(value)) {
        return formulaTypeOf(field) == FormulaType::Flag ? FormulaValue(false) : FormulaValue();
    }
    if (const auto *fault = std::get_if<Fault>(&value)) {
        return *fault;
    }
    switch (formulaTypeOf(field)) {
    case FormulaType::Number:
        return std::get<double>(value);
    case FormulaType::Flag:
        return true;
    case FormulaType::Date:
        return Moment{toQDate(std::get<Date>(value)).startOfDay(context.zone).toMSecsSinceEpoch()};
    case FormulaType::DateTime:
        return std::get<Moment>(value);
    case FormulaType::List:
        return valueTypeOf(field.kind) == ValueType::Options ? namesIn<OptionId>(value,
                   [&field](OptionId id) {
                       const Option *option = field.option(id);
                       return option ? option->name : QString();
                   })
            : valueTypeOf(field.kind) == ValueType::Persons  ? namesIn<UserId>(value,
                  [&people](UserId id) {
                      const Person *person = people.person(id);
                      return person ? person->name : id.text();
                  })
            : valueTypeOf(field.kind) == ValueType::Links
            ? namesIn<Link>(value, [](const Link &link) { return link.title; })
            : namesIn<Attachment>(value, [](const Attachment &file) { return file.name; });
    default:
        break;
    }
    return fieldType(field.kind)
        .format(value, field, {people, QLocale::c(), context.zone, context.nowMs});
}

Value cellOf(const FormulaValue &result, FieldKind kind, FormulaRun &run)
{
    if (const auto *fault = std::get_if<Fault>(&result)) {
        return *fault;
    }
    const ValueType type = valueTypeOf(kind);
    if (type == ValueType::Flag) {
        return isTrue(result) ? Value(true) : Value();
    }
    if (isBlank(result)) {
        return {};
    }
    switch (type) {
    case ValueType::Number:
        return numberCell(result);
    case ValueType::Date:
    case ValueType::Moment:
        return momentCell(result, kind, run);
    default:
        break;
    }
    const QString text = asText(result, run);
    return text.size() > TextLimit ? Value(Fault::TooComplex)
        : text.isEmpty()           ? Value()
                                   : Value(text);
}

QList<FieldKind> resultKinds(FormulaType type)
{
    using enum FieldKind;
    switch (type) {
    case FormulaType::Number:
        return {Number, Currency, Percent, Duration, Progress};
    case FormulaType::Flag:
        return {Checkbox};
    case FormulaType::Date:
        return {Date, DateTime};
    case FormulaType::DateTime:
        return {DateTime, Date};
    case FormulaType::Text:
    case FormulaType::List:
    case FormulaType::Blank:
        return {SingleLineText, MultilineText, Email, Url, PhoneNumber};
    case FormulaType::Any:
        // What is not the same in all cases shows as text, or as what the user knows it to be.
        return {SingleLineText, MultilineText, Number, Currency, Percent, Duration, Date, DateTime,
            Checkbox};
    }
    return {SingleLineText};
}

} // namespace casebase
