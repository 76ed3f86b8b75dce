// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/protocol/Archive.h"
#include "shared/schema/Field.h"

/// Fields, as DescribeSchema.h does it for the rest.
namespace casebase {

template <> inline constexpr qint64 EnumLast<FieldKind> = qint64(LastFieldKind);
template <> inline constexpr qint64 EnumLast<DateFormat> = qint64(LastDateFormat);
template <> inline constexpr qint64 EnumLast<NumberSigns> = qint64(LastNumberSigns);
template <> inline constexpr qint64 EnumLast<NumberShape> = qint64(LastNumberShape);
template <> inline constexpr qint64 EnumLast<PlacePart> = qint64(LastPlacePart);
template <> inline constexpr qint64 EnumLast<SensitiveForm> = qint64(LastSensitiveForm);
template <> inline constexpr qint64 EnumLast<BarcodeFormat> = qint64(BarcodeFormat::Ean13);
template <>
inline constexpr qint64 EnumLast<ButtonAction::Kind> = qint64(ButtonAction::Kind::StartWorkflow);
template <> inline constexpr qint64 EnumLast<DurationFormat> = qint64(DurationFormat::Thousandths);
template <>
inline constexpr qint64 EnumLast<DefaultValue::Kind> = qint64(DefaultValue::Kind::Formula);
template <> inline constexpr qint64 EnumLast<WhenGone> = qint64(LastWhenGone);

template <class A> void describe(A &a, Option &s)
{
    a("id", s.id);
    a("name", s.name);
    a("colour", s.colour);
    a("next", s.next);
    a("asks", s.asksReason);
    a("under", s.under);
    a("closed", s.isClosed);
}
template <class A> void describe(A &a, DefaultValue &s)
{
    a("kind", s.kind);
    a("value", s.value);
}
template <class A> void describe(A &a, LinkOptions &s)
{
    a("table", s.table);
    a("reverse", s.reverse);
    a("kept", s.isKept);
    a("single", s.isSingle);
    a("gone", s.whenGone);
    a("view", s.view);
    a("condition", s.condition);
    a("shown", s.shown);
    a("onlyNew", s.onlyNew);
}
template <class A> void describe(A &a, ValueRules &s)
{
    a("required", s.isRequired);
    a("unique", s.isUnique);
    a("pattern", s.pattern);
    a("condition", s.condition);
    a("message", s.message);
    a("warns", s.onlyWarns);
    a("notNegative", s.isNotNegative);
}
template <class A> void describe(A &a, NumberLook &s)
{
    a("signs", s.signs);
    a("shape", s.shape);
    a("full", s.full);
}
template <class A> void describe(A &a, DateOptions &s)
{
    a("format", s.format);
    a("halves", s.is12Hour);
    a("zone", s.zone);
    a("showsZone", s.showsZone);
}
template <class A> void describe(A &a, ButtonSetting &s)
{
    a("field", s.field);
    a("formula", s.formula);
}
template <class A> void describe(A &a, ButtonAction &s)
{
    a("kind", s.kind);
    a("label", s.label);
    a("link", s.link);
    a("settings", s.settings);
    a("workflow", s.workflow);
    a("condition", s.condition);
    a("asks", s.asksFirst);
}
template <class A> void describe(A &a, Field &s)
{
    a("id", s.id);
    a("name", s.name);
    a("description", s.description);
    a("kind", s.kind);
    a("options", s.options);
    a("precision", s.precision);
    a("symbol", s.symbol);
    a("grouped", s.isGrouped);
    a("grows", s.takesNewOptions);
    a("moves", s.limitsMoves);
    a("reason", s.reason);
    a("parent", s.parent);
    a("watched", s.watched);
    a("duration", s.durationFormat);
    a("maximum", s.maximum);
    a("icon", s.icon);
    a("colour", s.colour);
    a("barcode", s.barcode);
    a("sensitive", s.sensitive);
    a("date", s.date);
    a("number", s.number);
    a("place", s.place);
    a("button", s.button);
    a("link", s.link);
    a("default", s.defaultValue);
    a("rules", s.rules);
    a("formula", s.formula);
    a("prefix", s.prefix);
    a("digits", s.digits);
    a("daily", s.isDaily);
    a("tells", s.tellsPersons);
    a("system", s.isSystem);
    a("trashed", s.isTrashed);
}

} // namespace casebase
