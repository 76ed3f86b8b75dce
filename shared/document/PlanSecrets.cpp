// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/document/PlanSecrets.h"

#include "shared/field/SensitiveField.h"
#include "shared/field/ValueRules.h"
#include "shared/secret/Mask.h"

namespace casebase {

namespace {

/// All of the text, or what is known of it where there is no keeper.
Result<QString> opened(const PlanStep &step, const CellPlace &place, const Sealed &sealed)
{
    const Keeper *keeper = step.context.keeper;
    return keeper ? keeper->open(sealed, place) : Result<QString>(sealed.mask);
}

/// The text as the cell keeps it, or will, once the server has sealed it.
Result<Sealed> kept(
    const PlanStep &step, const CellPlace &place, const QString &text, SensitiveForm form)
{
    const Keeper *keeper = step.context.keeper;
    return keeper ? keeper->keep(text, place, form)
                  : Result<Sealed>(Sealed{isMask(text) ? text : masked(text, form), {}});
}

} // namespace

Result<Value> acceptedSecret(const PlanStep &step, const CellPlace &place, const Field &field,
    const Value &value, const Value &before)
{
    const FieldType &type = fieldType(field.kind);
    const auto *sealed = std::get_if<Sealed>(&value);
    if (field.kind != FieldKind::Sensitive) {
        TRY_SET(const QString text, opened(step, place, *sealed));
        return type.parse(text, field, step.fields);
    }
    if (isEmpty(value) || (sealed && !step.context.keeper)) {
        return value;
    }
    const auto *there = std::get_if<Sealed>(&before);
    const auto *typed = std::get_if<QString>(&value);
    const bool isMaskOnly = typed || (sealed && sealed->box.isEmpty());
    if (isMaskOnly && there && (typed ? *typed : sealed->mask) == there->mask) {
        return before;
    }
    if (typed && !step.context.keeper) {
        return Error{ErrorCode::SecretsLocked, {}, {}};
    }
    Value plain = value;
    if (sealed) {
        TRY_SET(plain, opened(step, place, *sealed));
    }
    TRY_SET(plain, type.accept(plain, field, step.fields));
    if (isEmpty(plain)) {
        return plain;
    }
    TRY(ValueCheck(field)(plain, step.fields));
    TRY_SET(const Sealed made, kept(step, place, std::get<QString>(plain), field.sensitive));
    return Value(made);
}

bool isSame(const PlanStep &step, const CellPlace &place, const Value &seen, const Value &held)
{
    const auto *a = std::get_if<Sealed>(&seen);
    const auto *b = std::get_if<Sealed>(&held);
    if (!a || !b || *a == *b) {
        return seen == held;
    }
    if (!step.context.keeper) {
        return a->mask == b->mask;
    }
    const auto first = step.context.keeper->open(*a, place);
    const auto second = step.context.keeper->open(*b, place);
    return first && second && first.value() == second.value();
}

Result<Conversion> convertSecrets(
    const PlanStep &step, const TableData &table, const Field &from, const Field &to)
{
    const bool wasSecret = from.kind == FieldKind::Sensitive;
    const bool isSecret = to.kind == FieldKind::Sensitive;
    const TableId id = table.definition().id;
    const auto placeOf = [&](RecordId record) { return CellPlace{id, record, from.id}; };
    Done isOpen = Ok;
    const auto textAt = [&](Row row) -> Value {
        const Value value = table.value(row, from);
        const auto *sealed = std::get_if<Sealed>(&value);
        if (!sealed || !isOpen) {
            return {};
        }
        const auto text = opened(step, placeOf(table.recordId(row)), *sealed);
        isOpen = text ? Done(Ok) : text.error();
        return text ? Value(text.value()) : Value();
    };
    Field readable = wasSecret ? plainField(from) : from;
    readable.precision = isTypedNumber(readable.kind) ? -1 : readable.precision;
    Conversion conversion =
        convertField(table, readable, isSecret ? plainField(to) : to, step.fields,
            step.context.progress, wasSecret ? std::function<Value(Row)>(textAt) : nullptr);
    TRY(isOpen);
    if (isSecret) {
        conversion.field = to;
        conversion.field.options.clear(); // Their names would tell the texts.
    }
    const auto seal = [&](const CellChange &cell, Value &value) -> Done {
        if (!isEmpty(value) && valueTypeOf(readable.kind) != ValueType::Links
            && valueTypeOf(readable.kind) != ValueType::Files) {
            const auto *made = std::get_if<QString>(&value);
            const QString text =
                made ? *made : fieldType(readable.kind).format(value, readable, step.fields);
            TRY_SET(value, kept(step, placeOf(cell.record), text, to.sensitive));
        }
        return Ok;
    };
    for (CellChange &cell : conversion.cells) {
        if (wasSecret) {
            cell.before = table.value(*table.row(cell.record), from);
        } else if (step.context.keeper) {
            TRY(seal(cell, cell.before)); // A client knows the texts, and how to take it back.
        }
        const auto *text = std::get_if<QString>(&cell.after);
        if (isSecret && text && text->size() > SensitiveTextLimit) {
            cell.after = {};
        } else if (isSecret && text) {
            TRY_SET(cell.after, kept(step, placeOf(cell.record), *text, to.sensitive));
        }
    }
    return conversion;
}

} // namespace casebase
