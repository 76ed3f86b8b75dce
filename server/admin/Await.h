// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/admin/ServerCore.h"

#include <condition_variable>
#include <mutex>

namespace casebase {

/// The host's asynchronous calls for commands, which wait. Not on the writer's thread.
Result<Outcome> submitAndWait(
    ServerCore &core, const Actor &actor, BaseId base, const Request &request);
/// Submits one request after another without waiting for each; a few are under way at a time.
/// finish() waits for all and tells the first refusal.
class Pipeline {
public:
    Pipeline(ServerCore &core, const Actor &actor, BaseId base);
    ~Pipeline();
    Q_DISABLE_COPY_MOVE(Pipeline)
    /// The first refusal so far, if there was one.
    Done submit(const Request &request);
    Done finish();

private:
    ServerCore &m_core;
    Actor m_actor;
    BaseId m_base;
    std::mutex m_mutex; ///< Guards what follows.
    std::condition_variable m_room;
    int m_underWay = 0;
    Done m_refusal = Ok;
};

Result<BaseId> createBaseAndWait(
    ServerCore &core, const QString &name, const QList<Person> &people);

} // namespace casebase
