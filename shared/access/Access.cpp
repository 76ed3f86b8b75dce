// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/access/Access.h"

namespace casebase {

namespace {

Error forbidden(const QString &what)
{
    return {ErrorCode::Forbidden, {what}, {}};
}

Scope scopeOf(const Operation &operation)
{
    struct {
        Scope operator()(const CreateRecords &) const { return Scope::Write; }
        Scope operator()(const EditCells &) const { return Scope::Write; }
        Scope operator()(const DeleteRecords &) const { return Scope::Write; }
        Scope operator()(const RestoreRecords &) const { return Scope::Write; }
        Scope operator()(const PutTable &) const { return Scope::Schema; }
        Scope operator()(const PutField &) const { return Scope::Schema; }
        Scope operator()(const AddOptions &) const { return Scope::Schema; }
        Scope operator()(const PutView &) const { return Scope::Write; }
        Scope operator()(const RemoveView &) const { return Scope::Write; }
        Scope operator()(const PutWorkflow &) const { return Scope::Schema; }
        Scope operator()(const PutPerson &) const { return Scope::Admin; }
        Scope operator()(const PutDepartments &) const { return Scope::Admin; }
        Scope operator()(const PutInstance &) const { return Scope::Admin; }
    } visitor;
    return std::visit(visitor, operation);
}

/// The field lets whoever writes values make options for them.
bool isOpenToNewOptions(const Document &document, const Operation &operation)
{
    const auto *add = std::get_if<AddOptions>(&operation);
    const TableData *table = add ? document.tableOf(add->field) : nullptr;
    const Field *field = table ? table->definition().field(add->field) : nullptr;
    return field && field->takesNewOptions;
}

Done mayEdit(const Document &document, const Actor &actor, Role role, const Edit &edit)
{
    for (const Operation &operation : edit.operations) {
        const Scope scope =
            isOpenToNewOptions(document, operation) ? Scope::Write : scopeOf(operation);
        if (std::holds_alternative<PutInstance>(operation)) {
            return forbidden(QStringLiteral("workflow steps are made by the server"));
        }
        if (!actor.has(scope)) {
            return forbidden(QStringLiteral("the token lacks the scope for it"));
        }
        if (scope == Scope::Write && role < Role::Editor) {
            return forbidden(QStringLiteral("changing records"));
        }
        if (scope != Scope::Write && role < Role::Owner) {
            return forbidden(QStringLiteral("changing tables, fields, workflows or members"));
        }
    }
    return Ok;
}

} // namespace

Role roleOf(const Document &document, const Actor &actor)
{
    if (actor.isSystem) {
        return Role::Owner;
    }
    const Person *person = document.people().person(actor.user);
    return person ? person->role : Role::None;
}

Done mayDo(const Document &document, const Actor &actor, const Request &request)
{
    if (actor.isSystem) {
        return Ok;
    }
    const Role role = roleOf(document, actor);
    if (role == Role::None) {
        return Error{ErrorCode::NotFound, {QStringLiteral("The base")}, {}};
    }
    if (const auto *edit = std::get_if<Edit>(&request)) {
        return mayEdit(document, actor, role, *edit);
    }
    if (!actor.has(Scope::Write)) {
        return forbidden(QStringLiteral("the token lacks the scope for it"));
    }
    if (std::holds_alternative<StartWorkflow>(request) && role < Role::Editor) {
        return forbidden(QStringLiteral("starting a workflow"));
    }
    return Ok; // Whose task or instance it is, workflow::advance() decides.
}

Done mayReveal(const Document &document, const Actor &actor)
{
    if (!actor.has(Scope::Write)) {
        return forbidden(QStringLiteral("the token lacks the scope for it"));
    }
    return roleOf(document, actor) < Role::Editor
        ? forbidden(QStringLiteral("reading sensitive texts"))
        : Done(Ok);
}

VisibleDocument::VisibleDocument(const Document &document)
    : m_document(document)
{
}

std::optional<VisibleDocument> VisibleDocument::of(const Document &document, const Actor &actor)
{
    if (!actor.has(Scope::Read) || roleOf(document, actor) < Role::Reader) {
        return std::nullopt;
    }
    return VisibleDocument(document);
}

VisibleChanges::VisibleChanges(const ChangeSet &changes)
    : m_changes(changes)
{
}

std::optional<VisibleChanges> VisibleChanges::of(
    const Document &after, const ChangeSet &changes, const Actor &actor)
{
    return classOf(after, actor) ? std::optional(VisibleChanges(changes)) : std::nullopt;
}

std::optional<VisibleChanges::Class> VisibleChanges::classOf(
    const Document &document, const Actor &actor)
{
    const Role role = roleOf(document, actor);
    return actor.has(Scope::Read) && role >= Role::Reader ? std::optional(role) : std::nullopt;
}

} // namespace casebase
