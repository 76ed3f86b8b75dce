// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/http/FieldJson.h"
#include "shared/document/Document.h"
#include "shared/query/Match.h"
#include "shared/support/IdSource.h"

namespace casebase {

/// Definitions as the API shows them, and what the API sends turned into definitions. Names and ids
/// may stand for tables, fields and people; keys that are not known are refused with their path.

QJsonObject tableJson(const Table &table, const Tables &tables);
QJsonObject viewJson(const View &view, const Table &table, const Tables &tables);
QJsonObject workflowJson(const Workflow &workflow, const Table &table);
QJsonObject instanceJson(const Instance &instance, const Document &document);

Result<View> viewFromJson(
    const QJsonObject &json, View view, const Table &table, const FieldContext &context);
Result<Filter> filterFromJson(
    const QJsonObject &json, const Table &table, const FieldContext &context);
/// Name, cancellable and approval nodes; fields are named by name or id.
Result<Workflow> workflowFromJson(
    const QJsonObject &json, Workflow workflow, const Table &table, const People &people);

QString roleName(Role role);
/// Also the names of later roles, as the nearest that exists.
std::optional<Role> roleNamed(const QString &name);

} // namespace casebase
