// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/document/Convert.h"

#include "shared/field/DateFields.h"
#include "shared/field/SelectFields.h"

namespace casebase {

namespace {

bool isSelect(FieldKind kind)
{
    return valueTypeOf(kind) == ValueType::Option || valueTypeOf(kind) == ValueType::Options;
}

Value converted(const Value &value, const Field &from, const Field &to, const FieldContext &context)
{
    if (isFault(value)) {
        return {};
    }
    if (const auto *date = std::get_if<Date>(&value); date && to.kind == FieldKind::DateTime) {
        return Moment{toQDate(*date).startOfDay(zoneOf(to, context.zone)).toMSecsSinceEpoch()};
    }
    if (const auto *moment = std::get_if<Moment>(&value); moment && to.kind == FieldKind::Date) {
        return fromQDate(toQDateTime(*moment, zoneOf(from, context.zone)).date());
    }
    if (to.kind == FieldKind::Checkbox) {
        if (const auto *number = std::get_if<double>(&value)) {
            return *number != 0 ? Value(true) : Value();
        }
    }
    if (const auto *on = std::get_if<bool>(&value); on && isTypedNumber(to.kind)) {
        return *on ? Value(1.0) : Value();
    }
    const auto direct = fieldType(to.kind).accept(value, to, context);
    if (direct) {
        return direct.value();
    }
    const auto parsed =
        fieldType(to.kind).parse(fieldType(from.kind).format(value, from, context), to, context);
    return parsed ? parsed.value() : Value();
}

} // namespace

Conversion convertField(const TableData &table, const Field &from, const Field &to,
    const FieldContext &context, Progress *progress, const std::function<Value(Row)> &valueAt)
{
    Conversion result{to, {}, 0, {}};
    const FieldType &fromType = fieldType(from.kind);
    const bool needsOptions =
        isSelect(to.kind) && !isSelect(from.kind) && to.kind != FieldKind::Department;
    Field exact = from;
    exact.precision = isTypedNumber(from.kind) ? -1 : from.precision;
    exact.number.signs = NumberSigns::Local;
    exact.place = PlacePart::All;
    OptionMaker options(result.field, OptionsOfTexts);
    QHash<QString, Value> chosen; ///< What texts became options of, as most occur again.
    for (Row row = 0; row < table.rowCount(); ++row) {
        if (progress) {
            progress->step();
        }
        const Value before = valueAt ? valueAt(row) : table.value(row, from);
        if (isEmpty(before)) {
            continue;
        }
        CellChange cell{table.recordId(row), from.id, before, {}};
        if (needsOptions) {
            const QString text = fromType.format(before, exact, context);
            auto known = chosen.find(text);
            if (known == chosen.end()) {
                options.add(text);
                known = chosen.insert(text, converted(before, exact, result.field, context));
            }
            cell.after = *known;
        } else {
            cell.after = converted(before, exact, result.field, context);
        }
        if (isEmpty(cell.after)) {
            result.lost += cell;
        } else {
            ++result.converted;
        }
        result.cells += std::move(cell);
    }
    return result;
}

QList<Operation> mergeOptions(
    const TableData &table, const Field &field, const QHash<OptionId, OptionId> &others)
{
    EditCells edit{table.definition().id, {}, false};
    for (Row row = 0; row < table.rowCount(); ++row) {
        const Value before = table.isAlive(row) ? table.value(row, field) : Value();
        const Value after = mergedOptions(before, others);
        if (!isEmpty(after) && after != before) {
            edit.cells += CellEdit{table.recordId(row), field.id, after, before};
        }
    }
    if (edit.cells.isEmpty()) {
        return {};
    }
    if (!field.limitsMoves) {
        return {edit};
    }
    // That a state becomes part of another one is no move.
    Field open = field;
    open.limitsMoves = false;
    return {PutField{table.definition().id, open}, edit};
}

} // namespace casebase
