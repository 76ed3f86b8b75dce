// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/document/AcceptField.h"

#include "shared/document/Formulas.h"
#include "shared/field/SelectFields.h"
#include "shared/field/ValueRules.h"
#include "shared/formula/CellValue.h"
#include "shared/support/Text.h"

#include <algorithm>
#include <cmath>

namespace casebase {

namespace {

/// Of the options, those that are there.
void keepKnown(QList<OptionId> &ids, const QList<Option> &options)
{
    ids.removeIf([&](OptionId id) {
        return std::none_of(options.cbegin(), options.cend(),
            [id](const Option &option) { return option.id == id; });
    });
}

/// The select that decides which options the field has, if there is one: it must not be decided by
/// the field in its turn.
Result<const Field *> acceptedParent(const Table &table, const Field &field)
{
    if (field.parent.isNull()) {
        return static_cast<const Field *>(nullptr);
    }
    const Field *parent = table.field(field.parent);
    const bool isOne = parent && valueTypeOf(parent->kind) == ValueType::Option;
    QSet<FieldId> above{field.id};
    for (const Field *each = parent; isOne && each; each = table.field(each->parent)) {
        if (above.contains(each->id)) {
            return Error{ErrorCode::Invalid,
                {QStringLiteral("“%1” would depend on itself").arg(field.name)}, {}};
        }
        above.insert(each->id);
    }
    return isOne ? Result<const Field *>(parent)
                 : Error{ErrorCode::UnknownField, {field.parent.text()}, {}};
}

/// What ties a field to others of its table. Of another kind, it is tied no more; what it is tied
/// to may have gone since, when it has been accepted before.
Done acceptTies(const Table &table, Field &field, const Field *before)
{
    const bool isState = field.kind == FieldKind::State && !field.isComputed();
    const bool isSelect = !field.isComputed() && field.kind != FieldKind::Department
        && (valueTypeOf(field.kind) == ValueType::Option
            || valueTypeOf(field.kind) == ValueType::Options);
    field.limitsMoves = field.limitsMoves && isState;
    field.reason = isState ? field.reason : FieldId();
    field.parent = isSelect ? field.parent : FieldId();
    if (!(before && before->parent == field.parent)) {
        TRY(acceptedParent(table, field));
    }
    const Field *parent = table.field(field.parent);
    for (Option &option : field.options) {
        option.asksReason = option.asksReason && !field.reason.isNull();
        keepKnown(option.next, field.limitsMoves ? field.options : QList<Option>());
        keepKnown(option.under, parent ? parent->options : QList<Option>());
    }
    const Field *reason = table.field(field.reason);
    const bool isKept = before && before->reason == field.reason;
    if (!field.reason.isNull() && !isKept
        && !(reason && valueTypeOf(reason->kind) == ValueType::Text && !reason->isComputed())) {
        return Error{ErrorCode::UnknownField, {field.reason.text()}, {}};
    }
    const bool mayWatch = field.formula.isEmpty()
        && (field.kind == FieldKind::ModifiedTime || field.kind == FieldKind::ModifiedBy);
    field.watched = mayWatch ? field.watched : QList<FieldId>();
    for (const FieldId id : std::as_const(field.watched)) {
        const Field *watched = table.field(id);
        const bool isTyped = watched && !watched->isComputed();
        if (!isTyped && !(before && before->watched.contains(id))) {
            return Error{ErrorCode::UnknownField, {id.text()}, {}};
        }
    }
    return Ok;
}

/// A formula with ids for names, if it can be read.
Result<QString> readFormula(const QString &text, const Table &table, const Document &document)
{
    const auto accepted = withIds(text, table, &document);
    return accepted ? accepted
                    : Error{ErrorCode::FieldFormulaInvalid, accepted.error().arguments, {}};
}

/// The formula with ids, unless it is one of those that must not stand there.
Result<QString> readWithout(const QString &text, const Table &table, const Document &document,
    bool (*isForFilters)(const Expression &))
{
    TRY_SET(const QString accepted, readFormula(text, table, document));
    const auto expression = parseExpression(accepted, table, &document);
    if (expression && isForFilters(expression.value())) {
        return Error{ErrorCode::FieldFormulaInvalid,
            {QStringLiteral("1"),
                QStringLiteral("ME(), IS_DUPLICATE() and BREAKS_RULES() are for filters")},
            {}};
    }
    return accepted;
}

/// The same for what is kept or held for everybody: it must not depend on who asks.
Result<QString> readLasting(const QString &text, const Table &table, const Document &document)
{
    return readWithout(text, table, document, dependsOnAsker);
}

/// What a press writes goes into fields that people type.
Result<QList<ButtonSetting>> acceptedSettings(
    const QList<ButtonSetting> &settings, const Table &table, const Document &document)
{
    if (settings.isEmpty()) {
        return Error{ErrorCode::MissingValue, {QStringLiteral("settings")}, {}};
    }
    QList<ButtonSetting> accepted = settings;
    for (ButtonSetting &each : accepted) {
        const Field *field = table.field(each.field);
        if (!field || field->isTrashed) {
            return Error{ErrorCode::UnknownField, {each.field.text()}, {}};
        }
        if (field->isComputed() || field->isSystem || !isTypable(field->kind)) {
            return Error{ErrorCode::ReadOnlyField, {field->name}, {}};
        }
        TRY_SET(each.formula, readFormula(each.formula, table, document));
    }
    return accepted;
}

/// Only what the kind of action needs, with formulas read. `table` holds the field.
Result<ButtonAction> acceptedAction(
    const ButtonAction &wanted, const Table &table, const Document &document)
{
    ButtonAction action{
        wanted.kind, wanted.label.simplified(), {}, {}, {}, wanted.condition, wanted.asksFirst};
    if (action.label.size() > NameLimit || !storableText(action.label)) {
        return Error{
            ErrorCode::TooLarge, {action.label.left(20) + u'…', QString::number(NameLimit)}, {}};
    }
    switch (wanted.kind) {
    case ButtonAction::Kind::OpenLink:
        if (wanted.link.trimmed().isEmpty()) {
            return Error{ErrorCode::MissingValue, {QStringLiteral("link")}, {}};
        }
        action.link = wanted.link;
        break;
    case ButtonAction::Kind::EditFields:
        action.settings = wanted.settings;
        break;
    case ButtonAction::Kind::StartWorkflow:
        if (!table.workflow(wanted.workflow)) {
            return Error{ErrorCode::NotFound, {QStringLiteral("The workflow")}, {}};
        }
        action.workflow = wanted.workflow;
        break;
    }
    if (action.kind == ButtonAction::Kind::EditFields) {
        TRY_SET(action.settings, acceptedSettings(action.settings, table, document));
    }
    if (!action.link.isEmpty()) {
        TRY_SET(action.link, readFormula(action.link, table, document));
    }
    if (!action.condition.trimmed().isEmpty()) {
        TRY_SET(action.condition, readFormula(action.condition, table, document));
    }
    return action;
}

} // namespace

Result<QString> acceptedName(const QString &name)
{
    const auto text = storableText(name.simplified());
    if (!text) {
        return Error{ErrorCode::TextNotAllowed, {name.left(40)}, {}};
    }
    if (text->isEmpty()) {
        return Error{ErrorCode::NameEmpty, {}, {}};
    }
    if (text->size() > NameLimit) {
        return Error{ErrorCode::TooLarge, {text->left(20) + u'…', QString::number(NameLimit)}, {}};
    }
    return *text;
}

Result<Field> acceptedField(
    const Document &document, const Table &table, Field field, const Field *before)
{
    TRY_SET(field.name, acceptedName(field.name));
    TRY_SET(field.rules, acceptedRules(field));
    if (field.id.isNull()) {
        return Error{ErrorCode::UnknownField, {field.id.text()}, {}};
    }
    if (document.hasFieldElsewhere(table.id, field.id)) {
        return Error{ErrorCode::Invalid, {QStringLiteral("two fields of one id")}, {}};
    }
    if (!field.isTrashed && isNameTaken(table.liveFields(), field.name, field.id)) {
        return Error{ErrorCode::NameTaken, {field.name}, {}};
    }
    if (field.kind == FieldKind::Department) {
        field.options = document.departments().options();
    } else {
        for (Option &option : field.options) {
            option.isClosed = false;
        }
    }
    if (field.options.size() > OptionsPerField) {
        return Error{
            ErrorCode::TooMany, {QStringLiteral("options"), QString::number(OptionsPerField)}, {}};
    }
    field.takesNewOptions = field.takesNewOptions && mayTakeNewOptions(field.kind)
        && field.parent.isNull(); // Nobody would say what new ones go with.
    field.precision = std::clamp(field.precision, -1, 8);
    field.digits = std::clamp(field.digits, 1, 12);
    field.maximum = std::clamp(field.maximum, 1, RatingLimit);
    if (!(field.number.full > 0) || !std::isfinite(field.number.full)) {
        field.number.full = NumberLook().full;
    }
    const auto symbol = storableText(field.symbol.simplified());
    if (!symbol || symbol->size() > SymbolLimit) {
        return Error{
            ErrorCode::TooLarge, {field.symbol.left(20) + u'…', QString::number(SymbolLimit)}, {}};
    }
    field.symbol = *symbol;
    if (!ratingIcons().contains(field.icon)) {
        field.icon = ratingIcons().first();
    }
    for (const QString *each : {&field.colour, &field.prefix}) {
        if (each->size() > NameLimit || !storableText(*each)) {
            return Error{
                ErrorCode::TooLarge, {each->left(20) + u'…', QString::number(NameLimit)}, {}};
        }
    }
    for (qsizetype i = 0; i < field.options.size(); ++i) {
        Option &option = field.options[i];
        TRY_SET(option.name, acceptedName(option.name));
        if (option.colour.size() > NameLimit || !storableText(option.colour)) {
            return Error{ErrorCode::TooLarge,
                {option.colour.left(20) + u'…', QString::number(NameLimit)}, {}};
        }
        const auto sameAsEarlier = [&](const Option &earlier) {
            return earlier.id == option.id
                || earlier.name.compare(option.name, Qt::CaseInsensitive) == 0;
        };
        if (option.id.isNull()
            || std::any_of(field.options.cbegin(), field.options.cbegin() + i, sameAsEarlier)) {
            return Error{ErrorCode::NameTaken, {option.name}, {}};
        }
    }
    if (!field.date.zone.isEmpty() && !QTimeZone(field.date.zone.toLatin1()).isValid()) {
        return Error{
            ErrorCode::Invalid, {QStringLiteral("the time zone “%1”").arg(field.date.zone)}, {}};
    }
    TRY(acceptTies(table, field, before));
    return field;
}

Result<QString> acceptedFormula(const Table &table, const Field &field, const Document &document)
{
    if (field.formula.isEmpty()) {
        return QString();
    }
    TRY_SET(const QString formula, readLasting(field.formula, table, document));
    TRY_SET(const Expression expression, parseExpression(formula, table, &document));
    if (field.isSystem || !resultKinds(expression.type).contains(field.kind)) {
        return Error{ErrorCode::FieldFormulaInvalid,
            {QStringLiteral("1"), QStringLiteral("its result cannot be shown as this type")}, {}};
    }
    const QStringList cycle = cycleThrough(table, field.id, document);
    if (!cycle.isEmpty()) {
        return Error{ErrorCode::FieldFormulaInvalid,
            {QStringLiteral("1"), QStringLiteral("it reads itself: %1"),
                cycle.join(QStringLiteral(" → "))},
            {}};
    }
    return formula;
}

/// A link's view and the field that it shows are of the table that it leads to, its condition can
/// be read there.
Done acceptLimit(Field &field, const Table &table, const Document &document)
{
    LinkOptions &link = field.link;
    const TableData *far =
        link.table == table.id ? nullptr : document.table(link.table); // null: this very table
    const Table &target = far ? far->definition() : table;
    if (!link.view.isNull() && !target.view(link.view)) {
        return Error{
            ErrorCode::Invalid, {QStringLiteral("the view “%1”").arg(link.view.text())}, {}};
    }
    if (!link.shown.isNull()) {
        const Field *shown = target.field(link.shown);
        const ValueType type = shown ? valueTypeOf(shown->kind) : ValueType::Nothing;
        if (!shown || shown->isTrashed || type == ValueType::Links || type == ValueType::Files
            || type == ValueType::Nothing) {
            return Error{ErrorCode::UnknownField, {link.shown.text()}, {}};
        }
        const QStringList cycle = cycleThrough(table, field.id, document);
        if (!cycle.isEmpty()) {
            return Error{ErrorCode::FieldFormulaInvalid,
                {QStringLiteral("1"), QStringLiteral("it reads itself: %1"),
                    cycle.join(QStringLiteral(" → "))},
                {}};
        }
    }
    link.condition = link.condition.trimmed();
    if (!link.condition.isEmpty()) {
        const auto accepted = withIds(link.condition, table, &document, &target);
        if (!accepted) {
            return Error{ErrorCode::FieldFormulaInvalid, accepted.error().arguments, {}};
        }
        link.condition = accepted.value();
    }
    return Ok;
}

Done acceptFormulas(Field &field, const Table &table, const Field *before, const Document &document)
{
    if (field.kind == FieldKind::Links && !field.isTrashed
        && !(before && before->link == field.link)) {
        TRY(acceptLimit(field, table, document));
    }
    QString &condition = field.rules.condition;
    const bool isKept = before && before->rules.condition == condition;
    if (!condition.isEmpty() && !field.isTrashed && !isKept) {
        TRY_SET(condition, readLasting(condition, table, document));
    }
    DefaultValue &wanted = field.defaultValue;
    const bool hasFormula = wanted.kind == DefaultValue::Kind::Formula && !field.isTrashed
        && !(before && before->defaultValue == wanted);
    if (hasFormula) {
        const auto *text = std::get_if<QString>(&wanted.value);
        // Whoever makes the record is known, and the other records are not looked through.
        TRY_SET(
            wanted.value, readWithout(text ? *text : QString(), table, document, comparesRecords));
    }
    if (field.kind != FieldKind::Button) {
        field.button = ButtonAction();
    } else if (!field.isTrashed && !(before && before->button == field.button)) {
        TRY_SET(field.button, acceptedAction(field.button, table, document));
    }
    return Ok;
}

Result<DefaultValue> acceptedDefault(const PlanStep &step, const Field &field, const Field *before)
{
    const DefaultValue &wanted = field.defaultValue;
    const ValueType type = valueTypeOf(field.kind);
    const bool isKept = before && before->defaultValue == wanted;
    const bool mayHave = !field.isComputed() && !field.isSystem && isTypable(field.kind)
        && type != ValueType::Links && type != ValueType::Sealed;
    const auto refusal = [&](const Error &error) {
        return isKept ? Result<DefaultValue>(DefaultValue()) : error;
    };
    switch (wanted.kind) {
    case DefaultValue::Kind::Nothing:
        return DefaultValue();
    case DefaultValue::Kind::Me:
        return mayHave && (type == ValueType::Person || type == ValueType::Persons)
            ? Result<DefaultValue>(DefaultValue{wanted.kind, {}})
            : refusal(wrongType(field, QStringLiteral("…"), QStringLiteral("no such default")));
    case DefaultValue::Kind::Now:
        return mayHave && (type == ValueType::Date || type == ValueType::Moment)
            ? Result<DefaultValue>(DefaultValue{wanted.kind, {}})
            : refusal(wrongType(field, QStringLiteral("…"), QStringLiteral("no such default")));
    case DefaultValue::Kind::Formula:
        return mayHave
            ? Result<DefaultValue>(wanted)
            : refusal(wrongType(field, QStringLiteral("…"), QStringLiteral("no such default")));
    case DefaultValue::Kind::Fixed:
        break;
    }
    const auto value = mayHave
        ? fieldType(field.kind).accept(wanted.value, field, step.fields)
        : wrongType(field, QStringLiteral("…"), QStringLiteral("no such default"));
    if (!value) {
        return refusal(value.error());
    }
    return isEmpty(value.value()) ? DefaultValue()
                                  : DefaultValue{DefaultValue::Kind::Fixed, value.value()};
}

} // namespace casebase
