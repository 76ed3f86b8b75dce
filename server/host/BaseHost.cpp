// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/host/BaseHost.h"

#include "shared/document/Plan.h"
#include "shared/protocol/Message.h"
#include "shared/workflow/Advance.h"

#include <QCryptographicHash>

namespace casebase {

namespace {

constexpr qsizetype BatchLimit = 64;
constexpr qsizetype WaitingLimit = 20000;

QString requestHash(const Request &request)
{
    return QString::fromLatin1(
        QCryptographicHash::hash(encodeRequest(request), QCryptographicHash::Sha256)
            .left(16)
            .toHex());
}

/// Things that went wrong with the store rather than with one request.
bool isStorageError(const Error &error)
{
    return error.code == ErrorCode::Storage;
}

} // namespace

BaseHost::BaseHost(Store &store, WorkQueue &writer, const Clock &clock, IdSource &ids)
    : m_store(store)
    , m_writer(writer)
    , m_clock(clock)
    , m_ids(ids)
    , m_device(ids.next<DeviceId>())
{
}

Done BaseHost::open()
{
    Done result = Ok;
    m_writer.runAndWait([&] {
        const auto load = [&]() -> Done {
            TRY_SET(m_timeline, m_store.setting(QStringLiteral("timeline")));
            TRY_SET(m_bases, m_store.bases());
            for (const BaseRow &base : std::as_const(m_bases)) {
                TRY_SET(const Document document, m_store.load(base));
                m_snapshots.insert(base.id, std::make_shared<const Document>(document));
            }
            return Ok;
        };
        result = load();
    });
    return result;
}

QList<BaseRow> BaseHost::bases() const
{
    const QMutexLocker lock(&m_mutex);
    return m_bases;
}

Snapshot BaseHost::snapshot(BaseId base) const
{
    const QMutexLocker lock(&m_mutex);
    return m_snapshots.value(base);
}

RequestId BaseHost::nextRequestId()
{
    const QMutexLocker lock(&m_mutex);
    return {m_device, ++m_counter};
}

void BaseHost::submit(const Actor &actor, BaseId base, const RequestId &id, const Request &request,
    OutcomeHandler handler)
{
    bool isFirst = false;
    bool isFull = false;
    {
        const QMutexLocker lock(&m_mutex);
        isFirst = m_waiting.isEmpty();
        isFull = m_waiting.size() >= WaitingLimit;
        if (!isFull) {
            m_waiting += Waiting{actor, base, id, request, handler};
        }
    }
    if (isFull) {
        m_writer.post([handler = std::move(handler)] {
            handler(Error{ErrorCode::Unavailable, {QStringLiteral("2")}, {}});
        });
    } else if (isFirst) {
        m_writer.post([this] { processWaiting(); });
    }
}

void BaseHost::processWaiting()
{
    QList<Waiting> batch;
    bool isMore = false;
    {
        const QMutexLocker lock(&m_mutex);
        batch = m_waiting.mid(0, BatchLimit);
        m_waiting.remove(0, batch.size());
        isMore = !m_waiting.isEmpty();
    }
    QHash<BaseId, Document> working;
    std::vector<Finished> finished;
    Done stored = m_store.database().begin();
    for (const Waiting &each : batch) {
        Finished done{each.handler, Outcome(), {}, each.base, {}};
        done.outcome = stored ? process(each, working, done) : Result<Outcome>(stored.error());
        if (!done.outcome && isStorageError(done.outcome.error())) {
            stored = done.outcome.error();
        }
        finished.push_back(std::move(done));
    }
    if (stored) {
        stored = m_store.database().commit();
    }
    if (stored) {
        publish(working);
    } else {
        m_store.database().rollback();
        qCritical("a transaction failed: %s", qUtf8Printable(stored.error().detail));
    }
    for (Finished &each : finished) {
        const bool undone = !stored && (each.outcome || isStorageError(each.outcome.error()));
        if (each.commit && stored && m_listener) {
            m_listener->committed(each.base, *each.commit, each.after);
        }
        if (each.handler) {
            each.handler(undone ? Result<Outcome>(stored.error()) : each.outcome);
        }
    }
    if (isMore) {
        m_writer.post([this] { processWaiting(); });
    }
}

Result<Outcome> BaseHost::process(
    const Waiting &waiting, QHash<BaseId, Document> &working, Finished &done)
{
    if (!working.contains(waiting.base)) {
        const Snapshot current = snapshot(waiting.base);
        if (!current) {
            return Error{ErrorCode::NotFound, {QStringLiteral("The base")}, {}};
        }
        working.insert(waiting.base, *current);
    }
    Document &document = working[waiting.base];
    TRY_SET(const auto earlier, m_store.commitOf(waiting.base, waiting.id));
    const QString hash = requestHash(waiting.request);
    if (earlier) {
        return earlier->requestHash == hash
            ? Result<Outcome>(Outcome{earlier->commit.revision, true, earlier->commit.changes})
            : Error{ErrorCode::OperationReused, {}, {}};
    }
    TRY(mayDo(document, waiting.actor, waiting.request));
    const Stamp stamp{waiting.actor.user, m_clock.nowMs()};
    TRY_SET(const QList<Operation> operations, expand(waiting, document, stamp));
    const bool isSystem = waiting.actor.isSystem || !std::holds_alternative<Edit>(waiting.request);
    PlanContext context{stamp, isSystem, QLocale::c(), QTimeZone::systemTimeZone()};
    TRY_SET(Planned planned, plan(document, operations, context, document.revision() + 1));
    if (planned.changes.changes.isEmpty()) {
        return Outcome{document.revision(), false, {}};
    }
    Commit commit{document.revision() + 1, stamp, waiting.id, planned.changes};
    TRY(m_store.append(waiting.base, {commit, hash}, planned.after));
    document = planned.after;
    done.commit = commit;
    done.after = std::make_shared<const Document>(planned.after);
    return Outcome{commit.revision, false, planned.changes};
}

Result<QList<Operation>> BaseHost::expand(
    const Waiting &waiting, const Document &document, const Stamp &stamp)
{
    const AdvanceContext context{document, stamp, [this] { return m_ids.next<TaskId>(); }};
    if (const auto *edit = std::get_if<Edit>(&waiting.request)) {
        return edit->operations;
    }
    Result<Movement> moved = Error{};
    if (const auto *start = std::get_if<StartWorkflow>(&waiting.request)) {
        moved = startInstance(context, *start);
    } else if (const auto *act = std::get_if<ActOnTask>(&waiting.request)) {
        moved = actOnTask(context, *act);
    } else if (const auto *withdraw = std::get_if<WithdrawInstance>(&waiting.request)) {
        moved = withdrawInstance(context, *withdraw);
    }
    TRY_SET(const Movement movement, std::move(moved));
    return movement.operations;
}

void BaseHost::publish(const QHash<BaseId, Document> &documents)
{
    const QMutexLocker lock(&m_mutex);
    for (auto each = documents.cbegin(); each != documents.cend(); ++each) {
        const Snapshot &current = m_snapshots[each.key()];
        if (!current || current->revision() != each->revision()) {
            m_snapshots[each.key()] = std::make_shared<const Document>(*each);
        }
    }
}

void BaseHost::createBase(const QString &name, const QList<Person> &people,
    std::function<void(const Result<BaseId> &)> handler)
{
    m_writer.post([this, name, people, handler] {
        const auto base = m_ids.next<BaseId>();
        const auto create = [&]() -> Done {
            TRY(m_store.database().begin());
            TRY(m_store.createBase(base, name));
            QList<Operation> operations;
            for (const Person &person : people) {
                operations += PutPerson{person};
            }
            const Stamp stamp{people.value(0).id, m_clock.nowMs()};
            TRY_SET(const Planned planned, plan({}, operations, {stamp, true}, 1));
            const Commit commit{1, stamp, nextRequestId(), planned.changes};
            TRY(m_store.append(base, {commit, {}}, planned.after));
            TRY(m_store.database().commit());
            publish({{base, planned.after}});
            const QMutexLocker lock(&m_mutex);
            m_bases += BaseRow{base, name, 1};
            return Ok;
        };
        const Done done = create();
        if (!done) {
            m_store.database().rollback();
        }
        handler(done ? Result<BaseId>(base) : done.error());
    });
}

} // namespace casebase
