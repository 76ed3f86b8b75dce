// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/operation/ChangeSet.h"
#include "shared/protocol/DescribeField.h"

/// The members of everything that travels or is stored, each named once. Names are the contract:
/// add, never rename (docs/protocol.md; golden files in tests/data/protocol).
namespace casebase {

template <> inline constexpr qint64 EnumLast<RelativeDate::Kind> = 7;
template <> inline constexpr qint64 EnumLast<TimeUnit> = 4;
template <> inline constexpr qint64 EnumLast<Filter::Kind> = qint64(Filter::Kind::Formula);
template <> inline constexpr qint64 EnumLast<FilterOp> = qint64(FilterOp::BreaksRules);
template <> inline constexpr qint64 EnumLast<Qt::SortOrder> = 1;
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
