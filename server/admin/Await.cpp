// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/admin/Await.h"

namespace casebase {

Result<Outcome> submitAndWait(
    ServerCore &core, const Actor &actor, BaseId base, const Request &request)
{
    Result<Outcome> result = Error{ErrorCode::Unavailable, {QStringLiteral("2")}, {}};
    core.host().submit(actor, base, core.host().nextRequestId(), request,
        [&result](const Result<Outcome> &outcome) { result = outcome; });
    core.writer().runAndWait([] {}); // comes after what was posted before
    return result;
}

Result<BaseId> createBaseAndWait(ServerCore &core, const QString &name, const QList<Person> &people)
{
    Result<BaseId> result = Error{ErrorCode::Unavailable, {QStringLiteral("2")}, {}};
    core.host().createBase(name, people, [&result](const Result<BaseId> &base) { result = base; });
    core.writer().runAndWait([] {});
    return result;
}

} // namespace casebase
