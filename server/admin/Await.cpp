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

namespace {

constexpr int UnderWay = 4;

} // namespace

Pipeline::Pipeline(ServerCore &core, const Actor &actor, BaseId base)
    : m_core(core)
    , m_actor(actor)
    , m_base(base)
{
}

Pipeline::~Pipeline()
{
    std::unique_lock lock(m_mutex);
    m_room.wait(lock, [this] { return m_underWay == 0; });
}

Done Pipeline::submit(const Request &request)
{
    {
        std::unique_lock lock(m_mutex);
        m_room.wait(lock, [this] { return m_underWay < UnderWay; });
        ++m_underWay;
    }
    m_core.host().submit(m_actor, m_base, m_core.host().nextRequestId(), request,
        [this](const Result<Outcome> &outcome) {
            const std::lock_guard lock(m_mutex);
            m_refusal = m_refusal && !outcome ? Done(outcome.error()) : m_refusal;
            --m_underWay;
            m_room.notify_all(); // Under the lock: the pipeline may go as soon as it is free.
        });
    const std::lock_guard lock(m_mutex);
    return m_refusal;
}

Done Pipeline::finish()
{
    std::unique_lock lock(m_mutex);
    m_room.wait(lock, [this] { return m_underWay == 0; });
    return m_refusal;
}

Result<BaseId> createBaseAndWait(ServerCore &core, const QString &name, const QList<Person> &people)
{
    Result<BaseId> result = Error{ErrorCode::Unavailable, {QStringLiteral("2")}, {}};
    core.host().createBase(name, people, [&result](const Result<BaseId> &base) { result = base; });
    core.writer().runAndWait([] {});
    return result;
}

} // namespace casebase
