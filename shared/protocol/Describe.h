// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/protocol/DescribeSchema.h"

/// Operations, requests and changes, as DescribeSchema.h does it for definitions.
namespace casebase {

template <class A> void describe(A &a, Instance &s)
{
    a("id", s.id);
    a("table", s.table);
    a("record", s.record);
    a("workflow", s.workflow);
    a("version", s.version);
    a("starter", s.starter);
    a("started", s.startedMs);
    a("ended", s.endedMs);
    a("state", s.state);
    a("steps", s.steps);
}
template <class A> void describe(A &a, FieldValue &s)
{
    a("field", s.field);
    a("value", s.value);
}
template <class A> void describe(A &a, NewRecord &s)
{
    a("id", s.id);
    a("values", s.values);
}
template <class A> void describe(A &a, CellEdit &s)
{
    a("record", s.record);
    a("field", s.field);
    a("value", s.value);
    a("seen", s.seen);
}
template <class A> void describe(A &a, CreateRecords &s)
{
    a("table", s.table);
    a("records", s.records);
}
template <class A> void describe(A &a, EditCells &s)
{
    a("table", s.table);
    a("cells", s.cells);
    a("onlyIfUnchanged", s.onlyIfUnchanged);
}
template <class A> void describe(A &a, DeleteRecords &s)
{
    a("table", s.table);
    a("records", s.records);
}
template <class A> void describe(A &a, RestoreRecords &s)
{
    a("table", s.table);
    a("records", s.records);
}
template <class A> void describe(A &a, PutTable &s)
{
    a("table", s.table);
}
template <class A> void describe(A &a, PutField &s)
{
    a("table", s.table);
    a("field", s.field);
    a("position", s.position);
}
template <class A> void describe(A &a, AddOptions &s)
{
    a("field", s.field);
    a("options", s.options);
}
template <class A> void describe(A &a, PutView &s)
{
    a("table", s.table);
    a("view", s.view);
}
template <class A> void describe(A &a, RemoveView &s)
{
    a("table", s.table);
    a("view", s.view);
}
template <class A> void describe(A &a, PutWorkflow &s)
{
    a("table", s.table);
    a("workflow", s.workflow);
}
template <class A> void describe(A &a, PutPerson &s)
{
    a("person", s.person);
}
template <class A> void describe(A &a, PutDepartments &s)
{
    a("departments", s.departments);
    a("seen", s.seen);
}
template <class A> void describe(A &a, PutInstance &s)
{
    a("instance", s.instance);
}
template <class A> void describe(A &a, RequestId &s)
{
    a("device", s.device);
    a("counter", s.counter);
}
template <class A> void describe(A &a, Edit &s)
{
    a("operations", s.operations);
}
template <class A> void describe(A &a, StartWorkflow &s)
{
    a("instance", s.instance);
    a("table", s.table);
    a("workflow", s.workflow);
    a("record", s.record);
}
template <class A> void describe(A &a, ActOnTask &s)
{
    a("task", s.task);
    a("instance", s.instance);
    a("verb", s.verb);
    a("comment", s.comment);
    a("edits", s.edits);
    a("seen", s.seen);
}
template <class A> void describe(A &a, WithdrawInstance &s)
{
    a("instance", s.instance);
}
template <class A> void describe(A &a, CellChange &s)
{
    a("record", s.record);
    a("field", s.field);
    a("before", s.before);
    a("after", s.after);
    a("overwroteUnseen", s.overwroteUnseen);
}
template <class A> void describe(A &a, RecordChange &s)
{
    a("record", s.record);
    a("alive", s.isAlive);
    a("new", s.isNew);
    a("created", s.createdMs);
    a("createdBy", s.createdBy);
}
template <class A> void describe(A &a, RecordChanges &s)
{
    a("table", s.table);
    a("records", s.records);
    a("cells", s.cells);
}
template <class A> void describe(A &a, TableChange &s)
{
    a("before", s.before);
    a("after", s.after);
}
template <class A> void describe(A &a, PersonChange &s)
{
    a("before", s.before);
    a("after", s.after);
}
template <class A> void describe(A &a, DepartmentsChange &s)
{
    a("before", s.before);
    a("after", s.after);
}
template <class A> void describe(A &a, InstanceChange &s)
{
    a("before", s.before);
    a("after", s.after);
}
template <class A> void describe(A &a, ChangeSet &s)
{
    a("changes", s.changes);
}
template <class A> void describe(A &a, Stamp &s)
{
    a("actor", s.actor);
    a("time", s.timeMs);
}
template <class A> void describe(A &a, Commit &s)
{
    a("revision", s.revision);
    a("stamp", s.stamp);
    a("request", s.request);
    a("changes", s.changes);
}
template <class A> void describe(A &a, Error &s)
{
    a("code", s.code);
    a("arguments", s.arguments);
}

} // namespace casebase
