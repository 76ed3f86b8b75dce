// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/admin/ServerCore.h"

namespace casebase {

/// The host's asynchronous calls for commands, which wait. Not on the writer's thread.
Result<Outcome> submitAndWait(
    ServerCore &core, const Actor &actor, BaseId base, const Request &request);
Result<BaseId> createBaseAndWait(
    ServerCore &core, const QString &name, const QList<Person> &people);

} // namespace casebase
