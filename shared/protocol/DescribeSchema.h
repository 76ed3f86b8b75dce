// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/operation/ChangeSet.h"
#include "shared/protocol/Archive.h"

/// The members of everything that travels or is stored, each named once. Names are the contract:
/// add, never rename (docs/protocol.md; golden files in tests/data/protocol).
namespace casebase {

template <> inline constexpr qint64 EnumLast<RelativeDate::Kind> = 7;
template <> inline constexpr qint64 EnumLast<TimeUnit> = 4;
template <> inline constexpr qint64 EnumLast<Filter::Kind> = qint64(Filter::Kind::Formula);
template <> inline constexpr qint64 EnumLast<FilterOp> = qint64(FilterOp::BreaksRules);
template <> inline constexpr qint64 EnumLast<Qt::SortOrder> = 1;
template <> inline constexpr qint64 EnumLast<FieldKind> = qint64(LastFieldKind);
template <> inline constexpr qint64 EnumLast<DateFormat> = qint64(LastDateFormat);
template <> inline constexpr qint64 EnumLast<SensitiveForm> = qint64(LastSensitiveForm);
template <> inline constexpr qint64 EnumLast<BarcodeFormat> = qint64(BarcodeFormat::Ean13);
template <>
inline constexpr qint64 EnumLast<ButtonAction::Kind> = qint64(ButtonAction::Kind::StartWorkflow);
template <> inline constexpr qint64 EnumLast<DurationFormat> = qint64(DurationFormat::Thousandths);
template <>
inline constexpr qint64 EnumLast<DefaultValue::Kind> = qint64(DefaultValue::Kind::Formula);
template <> inline constexpr qint64 EnumLast<WhenGone> = qint64(LastWhenGone);
template <> inline constexpr qint64 EnumLast<ColourRule::Part> = qint64(ColourRule::Part::Cell);
template <> inline constexpr qint64 EnumLast<Role> = qint64(Role::Owner);
template <> inline constexpr qint64 EnumLast<TaskState> = qint64(TaskState::NotNeeded);
template <> inline constexpr qint64 EnumLast<InstanceState> = qint64(InstanceState::Withdrawn);
template <> inline constexpr qint64 EnumLast<TaskVerb> = 1;
template <> inline constexpr qint64 EnumLast<ErrorCode> = 255;

template <class A> void describe(A &a, RelativeDate &s)
{
    a("kind", s.kind);
    a("unit", s.unit);
    a("n", s.count);
}
template <class A> void describe(A &a, Operand &s)
{
    a("values", s.values);
    a("me", s.me);
    a("relative", s.relative);
}
template <class A> void describe(A &a, Filter &s)
{
    a("kind", s.kind);
    a("children", s.children);
    a("field", s.field);
    a("op", s.op);
    a("operand", s.operand);
    a("formula", s.formula);
}
template <class A> void describe(A &a, SortKey &s)
{
    a("field", s.field);
    a("order", s.order);
}
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
template <class A> void describe(A &a, ViewField &s)
{
    a("field", s.field);
    a("width", s.width);
    a("hidden", s.isHidden);
}
template <class A> void describe(A &a, ColourRule &s)
{
    a("condition", s.condition);
    a("colour", s.colour);
    a("part", s.part);
    a("field", s.field);
}
template <class A> void describe(A &a, View &s)
{
    a("id", s.id);
    a("name", s.name);
    a("filter", s.filter);
    a("sort", s.sort);
    a("fields", s.fields);
    a("frozen", s.frozen);
    a("colours", s.colours);
}
template <class A> void describe(A &a, Assignee &s)
{
    a("person", s.person);
    a("field", s.field);
}
template <class A> void describe(A &a, WorkflowNode &s)
{
    a("id", s.id);
    a("name", s.name);
    a("assignees", s.assignees);
    a("editable", s.editable);
}
template <class A> void describe(A &a, WorkflowVersion &s)
{
    a("number", s.number);
    a("nodes", s.nodes);
}
template <class A> void describe(A &a, Workflow &s)
{
    a("id", s.id);
    a("name", s.name);
    a("stateField", s.stateField);
    a("nodeField", s.nodeField);
    a("endName", s.endName);
    a("cancellable", s.isCancellable);
    a("active", s.isActive);
    a("versions", s.versions);
}
template <class A> void describe(A &a, Table &s)
{
    a("id", s.id);
    a("name", s.name);
    a("description", s.description);
    a("position", s.position);
    a("trashed", s.isTrashed);
    a("fields", s.fields);
    a("views", s.views);
    a("workflows", s.workflows);
}
template <class A> void describe(A &a, Department &s)
{
    a("id", s.id);
    a("name", s.name);
    a("parent", s.parent);
    a("head", s.head);
    a("closed", s.isClosed);
}
template <class A> void describe(A &a, Person &s)
{
    a("id", s.id);
    a("username", s.username);
    a("name", s.name);
    a("role", s.role);
}
template <class A> void describe(A &a, Task &s)
{
    a("id", s.id);
    a("assignee", s.assignee);
    a("state", s.state);
    a("comment", s.comment);
    a("decided", s.decidedMs);
}
template <class A> void describe(A &a, Step &s)
{
    a("node", s.node);
    a("name", s.name);
    a("entered", s.enteredMs);
    a("left", s.leftMs);
    a("note", s.note);
    a("tasks", s.tasks);
}

} // namespace casebase
