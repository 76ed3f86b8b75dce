// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/Api.h"
#include "server/http/SchemaDraft.h"
#include "server/http/SchemaJson.h"
#include "shared/document/Convert.h"
#include "shared/workflow/Advance.h"

namespace casebase {

namespace {

using Object = QJsonObject;

FieldContext fieldContext(ApiServices &s, const Document &document)
{
    return {document.people(), QLocale::c(), QTimeZone::utc(), s.host.clock().nowMs()};
}

/// What every call here begins with: the base, and the body.
template <class Handle> void inBase(ApiServices &s, const ApiCall &call, Handle handle)
{
    const auto base = visibleBase(s, call);
    if (!base) {
        return call.fail(base.error());
    }
    const auto body = jsonBody(call.request);
    if (!body) {
        return call.fail(body.error());
    }
    const Done done = handle(base.value(), body.value());
    if (!done) {
        call.fail(done.error());
    }
}

template <class Handle> void inTable(ApiServices &s, const ApiCall &call, Handle handle)
{
    inBase(s, call, [&](const BaseView &base, const Object &body) -> Done {
        TRY_SET(const TableData *table, visibleTable(base, call));
        return handle(base, *table, body);
    });
}

Object noReply(const Outcome &, const Document &)
{
    return {};
}

auto tableReply(TableId id)
{
    return [id](const Outcome &, const Document &after) {
        return tableJson(after.table(id)->definition(), after);
    };
}

/// Before any work is done for it; what the person may do in the base is looked at with the edit.
Done mayShape(const ApiCall &c)
{
    return c.caller.actor().has(Scope::Schema)
        ? Done(Ok)
        : Error{ErrorCode::Forbidden, {QStringLiteral("the token lacks the scope schema")}, {}};
}

/// Each of {name, description, fields}. They may lead to one another.
Result<QList<Operation>> newTables(
    ApiServices &s, const Document &document, const QJsonArray &tables)
{
    SchemaDraft draft(document, s.host.clock().nowMs(), s.host.ids());
    for (const QJsonValue &each : tables) {
        TRY(draft.addTable(each.toObject()));
    }
    TRY(draft.addLaterFields());
    return draft.operations();
}

Done putTable(ApiServices &s, const ApiCall &c, const BaseView &base, const TableData &table,
    const Object &body)
{
    TRY(onlyKeys(body, {"name", "description", "position"}));
    Table changed = table.definition();
    changed.name = body.value(QLatin1String("name")).toString(changed.name);
    changed.description = body.value(QLatin1String("description")).toString(changed.description);
    changed.position = body.value(QLatin1String("position")).toInt(changed.position);
    submitAndReply(s, c, base.id, Edit{{PutTable{changed}}}, tableReply(changed.id));
    return Ok;
}

Object conversionReport(const Outcome &outcome, FieldId field)
{
    qsizetype lost = 0;
    qsizetype converted = 0;
    for (const Change &change : outcome.changes.changes) {
        if (const auto *records = std::get_if<RecordChanges>(&change)) {
            for (const CellChange &cell : records->cells) {
                if (cell.field == field) {
                    (isEmpty(cell.after) ? lost : converted) += 1;
                }
            }
        }
    }
    return {{QStringLiteral("converted"), converted}, {QStringLiteral("lost"), lost}};
}

/// Takes "merge" from the options of a select, {"this one": "goes into that one"}, and the options
/// that go from the field: what has to be done before the field is changed.
Result<QList<Operation>> takeMerges(Object &body, const TableData &table, Field &field)
{
    Object options = body.value(QLatin1String("options")).toObject();
    const Object merge = options.take(QLatin1String("merge")).toObject();
    if (merge.isEmpty()) {
        return QList<Operation>();
    }
    body.insert(QStringLiteral("options"), options);
    const auto named = [&field](const QString &text) {
        const auto id = OptionId::fromText(text);
        const Option *known = id ? field.option(*id) : nullptr;
        return known ? known : field.optionNamed(text);
    };
    QHash<OptionId, OptionId> others;
    for (auto each = merge.begin(); each != merge.end(); ++each) {
        const Option *from = named(each.key());
        const Option *into = named(each.value().toString());
        if (!from || !into || from == into) {
            return Error{ErrorCode::UnknownOption,
                {field.name, from ? each.value().toString() : each.key()}, {}};
        }
        others.insert(from->id, into->id);
    }
    for (const OptionId into : std::as_const(others)) {
        if (others.contains(into)) { // It goes itself.
            return Error{ErrorCode::UnknownOption, {field.name, field.option(into)->name}, {}};
        }
    }
    const QList<Operation> operations = mergeOptions(table, field, others);
    field.options.removeIf([&](const Option &option) { return others.contains(option.id); });
    return operations;
}

Done putField(ApiServices &s, const ApiCall &c, const BaseView &base, const TableData &table,
    Object body, Field field)
{
    const int position = body.take(QLatin1String("position")).toInt(-1);
    Edit edit;
    if (field.id.isNull() && memberText(body, "type") == QLatin1String("multipleRecordLinks")) {
        TRY(mayShape(c));
        SchemaDraft draft(*base.snapshot, s.host.clock().nowMs(), s.host.ids());
        TRY_SET(field.id, draft.putField(table.definition().id, body, {}, position));
        edit.operations = draft.operations();
    } else {
        TRY_SET(edit.operations, takeMerges(body, table, field));
        TRY_SET(field,
            fieldFromJson(body, field, table.definition(), base.snapshot->people(), s.host.ids()));
        TRY(settleResult(field, table.definition(), body, base.snapshot.get()));
        edit.operations += PutField{table.definition().id, field, position};
    }
    submitAndReply(s, c, base.id, edit,
        [table = table.definition().id, id = field.id](
            const Outcome &outcome, const Document &after) {
            const Table &definition = after.table(table)->definition();
            Object json = fieldJson(*definition.field(id), definition, after);
            json.insert(QStringLiteral("conversion"), conversionReport(outcome, id));
            return json;
        });
    return Ok;
}

Result<const Field *> namedField(const TableData &table, const ApiCall &c)
{
    const Field *field = table.definition().fieldNamed(c.parameter("field"));
    return field ? Result<const Field *>(field)
                 : Error{ErrorCode::UnknownField, {c.parameter("field")}, {}};
}

Done putView(ApiServices &s, const ApiCall &c, const BaseView &base, const TableData &table,
    const Object &body, const View &from)
{
    TRY_SET(const View view,
        viewFromJson(body, from, table.definition(), fieldContext(s, *base.snapshot)));
    submitAndReply(s, c, base.id, Edit{{PutView{table.definition().id, view}}},
        [table = table.definition().id, id = view.id](const Outcome &, const Document &after) {
            const Table &definition = after.table(table)->definition();
            return viewJson(*definition.view(id), definition, after);
        });
    return Ok;
}

Result<const View *> namedView(const TableData &table, const QString &name)
{
    for (const View &view : table.definition().views) {
        if (view.id.text() == name || view.name.compare(name, Qt::CaseInsensitive) == 0) {
            return &view;
        }
    }
    return Error{ErrorCode::NotFound, {QStringLiteral("The view")}, {}};
}

Result<const Workflow *> namedWorkflow(const TableData &table, const QString &name)
{
    for (const Workflow &workflow : table.definition().workflows) {
        if (workflow.id.text() == name || workflow.name.compare(name, Qt::CaseInsensitive) == 0) {
            return &workflow;
        }
    }
    return Error{ErrorCode::NotFound, {QStringLiteral("The workflow")}, {}};
}

Done putWorkflow(ApiServices &s, const ApiCall &c, const BaseView &base, const TableData &table,
    const Object &body, const Workflow &from)
{
    const Table &definition = table.definition();
    TRY_SET(Workflow workflow, workflowFromJson(body, from, definition, base.snapshot->people()));
    QList<Operation> operations;
    if (workflow.id.isNull()) {
        const auto name = [&](const char *key, const QString &fallback) {
            return body.value(QLatin1String(key)).toString(fallback);
        };
        const WorkflowNames names{name("stateField", QStringLiteral("审批状态")),
            name("nodeField", QStringLiteral("审批节点")),
            {QStringLiteral("审批中"), QStringLiteral("已通过"), QStringLiteral("已驳回"),
                QStringLiteral("已撤销")},
            workflow.endName.isEmpty() ? QStringLiteral("结束") : workflow.endName};
        operations = newWorkflow(
            definition, workflow, names, [&] { return s.host.ids().next<WorkflowId>().bits(); });
        workflow = std::get<PutWorkflow>(operations.last()).workflow;
    } else {
        operations += PutWorkflow{definition.id, workflow};
    }
    submitAndReply(s, c, base.id, Edit{operations},
        [table = definition.id, id = workflow.id](const Outcome &, const Document &after) {
            const Table &changed = after.table(table)->definition();
            return workflowJson(*changed.workflow(id), changed);
        });
    return Ok;
}

QList<Route> baseRoutes(ApiServices &s)
{
    return {
        {"GET", QStringLiteral("/v0/meta/bases"), false,
            [&s](const ApiCall &c) {
                QJsonArray bases;
                for (const BaseRow &base : s.host.bases()) {
                    const Role role = roleOf(*s.host.snapshot(base.id), c.caller.actor());
                    if (role != Role::None && c.caller.actor().has(Scope::Read)) {
                        bases += Object{{QStringLiteral("id"), base.id.text()},
                            {QStringLiteral("name"), base.name},
                            {QStringLiteral("permissionLevel"), roleName(role)}};
                    }
                }
                c.reply({{QStringLiteral("bases"), bases}});
            }},
        {"POST", QStringLiteral("/v0/meta/bases"), false,
            [&s](const ApiCall &c) {
                const auto body = jsonBody(c.request);
                if (!body) {
                    return c.fail(body.error());
                }
                const Done allowed = mayShape(c);
                const Done known = allowed ? onlyKeys(body.value(), {"name", "tables"}) : allowed;
                if (!known) {
                    return c.fail(known.error());
                }
                const auto operations =
                    newTables(s, Document(), body.value().value(QLatin1String("tables")).toArray());
                if (!operations) {
                    return c.fail(operations.error());
                }
                const QString name =
                    body.value().value(QLatin1String("name")).toString().simplified();
                if (name.isEmpty()) {
                    return c.fail({ErrorCode::NameEmpty, {}, {}});
                }
                const Account &account = c.caller.account;
                const Person owner{account.id, account.username, account.name, Role::Owner};
                s.host.createBase(name, {owner},
                    [&s, c, operations = operations.value()](const Result<BaseId> &base) {
                        if (!base) {
                            return c.fail(base.error());
                        }
                        submitAndReply(s, c, base.value(), Edit{operations},
                            [id = base.value()](const Outcome &, const Document &after) {
                                QJsonArray tables;
                                for (const TableId table : after.liveTables()) {
                                    tables += tableJson(after.table(table)->definition(), after);
                                }
                                return Object{{QStringLiteral("id"), id.text()},
                                    {QStringLiteral("tables"), tables}};
                            });
                    });
            }},
        {"GET", QStringLiteral("/v0/meta/bases/:base/tables"), false,
            [&s](const ApiCall &c) {
                const auto base = visibleBase(s, c);
                if (!base) {
                    return c.fail(base.error());
                }
                QJsonArray tables;
                for (const TableId id : base.value().snapshot->liveTables()) {
                    tables += tableJson(
                        base.value().snapshot->table(id)->definition(), *base.value().snapshot);
                }
                c.reply({{QStringLiteral("tables"), tables}});
            }},
    };
}

QList<Route> tableRoutes(ApiServices &s)
{
    const QString tables = QStringLiteral("/v0/meta/bases/:base/tables");
    return {
        {"POST", tables, false,
            [&s](const ApiCall &c) {
                inBase(s, c, [&](const BaseView &base, const Object &body) -> Done {
                    TRY(mayShape(c));
                    TRY_SET(
                        const QList<Operation> operations, newTables(s, *base.snapshot, {body}));
                    submitAndReply(s, c, base.id, Edit{operations},
                        tableReply(std::get<PutTable>(operations.first()).table.id));
                    return Ok;
                });
            }},
        {"PATCH", tables + QStringLiteral("/:table"), false,
            [&s](const ApiCall &c) {
                inTable(s, c, [&](const BaseView &b, const TableData &t, const Object &body) {
                    return putTable(s, c, b, t, body);
                });
            }},
        {"DELETE", tables + QStringLiteral("/:table"), false,
            [&s](const ApiCall &c) {
                inTable(s, c, [&](const BaseView &b, const TableData &t, const Object &) -> Done {
                    Table trashed = t.definition();
                    trashed.isTrashed = true;
                    submitAndReply(s, c, b.id, Edit{{PutTable{trashed}}}, noReply);
                    return Ok;
                });
            }},
        {"POST", tables + QStringLiteral("/:table/restore"), false,
            [&s](const ApiCall &c) {
                inBase(s, c, [&](const BaseView &b, const Object &) -> Done {
                    const auto id = TableId::fromText(c.parameter("table"));
                    const TableData *table = id ? b.snapshot->table(*id) : nullptr;
                    if (!table) {
                        return Error{ErrorCode::UnknownTable, {c.parameter("table")}, {}};
                    }
                    Table restored = table->definition();
                    restored.isTrashed = false;
                    submitAndReply(s, c, b.id, Edit{{PutTable{restored}}}, tableReply(restored.id));
                    return Ok;
                });
            }},
        {"POST", tables + QStringLiteral("/:table/fields"), false,
            [&s](const ApiCall &c) {
                inTable(s, c, [&](const BaseView &b, const TableData &t, const Object &body) {
                    return putField(s, c, b, t, body, {});
                });
            }},
        {"PATCH", tables + QStringLiteral("/:table/fields/:field"), false,
            [&s](const ApiCall &c) {
                inTable(
                    s, c, [&](const BaseView &b, const TableData &t, const Object &body) -> Done {
                        TRY_SET(const Field *field, namedField(t, c));
                        return putField(s, c, b, t, body, *field);
                    });
            }},
        {"DELETE", tables + QStringLiteral("/:table/fields/:field"), false,
            [&s](const ApiCall &c) {
                inTable(s, c, [&](const BaseView &b, const TableData &t, const Object &) -> Done {
                    TRY_SET(const Field *field, namedField(t, c));
                    Field trashed = *field;
                    trashed.isTrashed = true;
                    submitAndReply(
                        s, c, b.id, Edit{{PutField{t.definition().id, trashed}}}, noReply);
                    return Ok;
                });
            }},
        {"POST", tables + QStringLiteral("/:table/fields/:field/restore"), false,
            [&s](const ApiCall &c) {
                inTable(s, c, [&](const BaseView &b, const TableData &t, const Object &) -> Done {
                    const auto id = FieldId::fromText(c.parameter("field"));
                    const Field *field = id ? t.definition().field(*id) : nullptr;
                    if (!field) {
                        return Error{ErrorCode::UnknownField, {c.parameter("field")}, {}};
                    }
                    Field restored = *field;
                    restored.isTrashed = false;
                    submitAndReply(s, c, b.id, Edit{{PutField{t.definition().id, restored}}},
                        [restored, table = t.definition()](const Outcome &, const Document &after) {
                            return fieldJson(restored, table, after);
                        });
                    return Ok;
                });
            }},
    };
}

QList<Route> viewRoutes(ApiServices &s)
{
    const QString views = QStringLiteral("/v0/meta/bases/:base/tables/:table/views");
    const QString flows = QStringLiteral("/v0/meta/bases/:base/tables/:table/workflows");
    return {
        {"GET", views, false,
            [&s](const ApiCall &c) {
                inTable(s, c, [&](const BaseView &b, const TableData &t, const Object &) -> Done {
                    QJsonArray list;
                    for (const View &view : t.definition().views) {
                        list += viewJson(view, t.definition(), *b.snapshot);
                    }
                    c.reply({{QStringLiteral("views"), list}});
                    return Ok;
                });
            }},
        {"POST", views, false,
            [&s](const ApiCall &c) {
                inTable(s, c, [&](const BaseView &b, const TableData &t, const Object &body) {
                    View view;
                    view.id = s.host.ids().next<ViewId>();
                    return putView(s, c, b, t, body, view);
                });
            }},
        {"PATCH", views + QStringLiteral("/:view"), false,
            [&s](const ApiCall &c) {
                inTable(
                    s, c, [&](const BaseView &b, const TableData &t, const Object &body) -> Done {
                        TRY_SET(const View *view, namedView(t, c.parameter("view")));
                        return putView(s, c, b, t, body, *view);
                    });
            }},
        {"DELETE", views + QStringLiteral("/:view"), false,
            [&s](const ApiCall &c) {
                inTable(s, c, [&](const BaseView &b, const TableData &t, const Object &) -> Done {
                    TRY_SET(const View *view, namedView(t, c.parameter("view")));
                    submitAndReply(
                        s, c, b.id, Edit{{RemoveView{t.definition().id, view->id}}}, noReply);
                    return Ok;
                });
            }},
        {"GET", flows, false,
            [&s](const ApiCall &c) {
                inTable(s, c, [&](const BaseView &, const TableData &t, const Object &) -> Done {
                    QJsonArray list;
                    for (const Workflow &workflow : t.definition().workflows) {
                        list += workflowJson(workflow, t.definition());
                    }
                    c.reply({{QStringLiteral("workflows"), list}});
                    return Ok;
                });
            }},
        {"POST", flows, false,
            [&s](const ApiCall &c) {
                inTable(s, c, [&](const BaseView &b, const TableData &t, const Object &body) {
                    return putWorkflow(s, c, b, t, body, {});
                });
            }},
        {"PATCH", flows + QStringLiteral("/:workflow"), false,
            [&s](const ApiCall &c) {
                inTable(
                    s, c, [&](const BaseView &b, const TableData &t, const Object &body) -> Done {
                        TRY_SET(const Workflow *found, namedWorkflow(t, c.parameter("workflow")));
                        return putWorkflow(s, c, b, t, body, *found);
                    });
            }},
    };
}

} // namespace

QList<Route> schemaRoutes(ApiServices &services)
{
    return baseRoutes(services) + tableRoutes(services) + viewRoutes(services);
}

} // namespace casebase
