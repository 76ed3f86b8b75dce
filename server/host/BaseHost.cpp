// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/host/BaseHost.h"

#include "server/host/SealLog.h"
#include "shared/document/Adopt.h"
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
            TRY_SET(m_restoredFrom, m_store.setting(QStringLiteral("restoredFrom")));
            TRY_SET(m_bases, m_store.bases());
            for (const BaseRow &base : std::as_const(m_bases)) {
                TRY_SET(const QString at,
                    m_store.setting(QStringLiteral("restoredAt ") + base.id.text()));
                m_restoredAt.insert(base.id, at.toULongLong());
                TRY_SET(Document document, m_store.load(base));
                calculateAll(document, now());
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
    // Numbers of our own are never sent again.
    const QString hash = id.device == m_device ? QString() : requestHash(request);
    {
        const QMutexLocker lock(&m_mutex);
        isFirst = m_waiting.isEmpty();
        isFull = m_waiting.size() >= WaitingLimit;
        if (!isFull) {
            m_waiting += Waiting{actor, base, id, request, hash, handler};
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

QList<BaseHost::Waiting> BaseHost::takeWaiting(bool &isMore)
{
    const QMutexLocker lock(&m_mutex);
    QList<Waiting> taken = m_waiting.mid(0, BatchLimit);
    m_waiting.remove(0, taken.size());
    isMore = !m_waiting.isEmpty();
    return taken;
}

void BaseHost::processWaiting()
{
    bool isMore = false;
    const QList<Waiting> waiting = takeWaiting(isMore);
    Batch batch;
    QList<Result<Outcome>> outcomes;
    Done stored = m_store.database().begin();
    for (const Waiting &each : waiting) {
        outcomes += stored ? process(each, batch) : Result<Outcome>(stored.error());
        const Result<Outcome> &outcome = outcomes.last();
        if (!outcome && isOfTheStore(outcome.error().code)) {
            stored = outcome.error();
        }
    }
    for (const StoredCommits &each : std::as_const(batch.stored)) {
        if (stored) {
            stored = m_store.setRevision(each.base, each.commits.last().revision);
        }
    }
    if (stored) {
        stored = m_store.database().commit();
    }
    if (stored) {
        publish(batch.documents);
        tell(batch);
        if (batch.isToWipe) {
            wipeStore();
        }
    } else {
        m_store.database().rollback();
        m_store.forget();
        if (!m_store.database().setWiping(false)) {
            qWarning("what is deleted goes on to be overwritten"); // slower, and no harm
        }
        holdBack(waiting);
        qCritical("a transaction failed: %s", qUtf8Printable(stored.error().detail));
    }
    for (qsizetype i = 0; i < waiting.size(); ++i) {
        const Result<Outcome> &outcome = outcomes[i];
        const bool undone = !stored && (outcome || isOfTheStore(outcome.error().code));
        if (waiting[i].handler) {
            waiting[i].handler(undone ? Result<Outcome>(stored.error()) : outcome);
        }
    }
    if (isMore) {
        m_writer.post([this] { processWaiting(); });
    }
    const Done moved = m_store.database().checkpoint();
    if (!moved) {
        qWarning("a checkpoint failed: %s", qUtf8Printable(moved.error().detail));
    }
}

/// What has become sensitive stands nowhere in the file any more.
void BaseHost::wipeStore()
{
    const Done wiped = m_store.database().wipeLog();
    if (!wiped) {
        qWarning("texts that have become sensitive may still stand in the database's log: %s",
            qUtf8Printable(wiped.error().detail));
    }
}

void BaseHost::holdBack(const QList<Waiting> &failed)
{
    for (const Waiting &each : failed) {
        if (each.id.device != m_device && !m_held.contains(each.id.device)) {
            m_held.insert(each.id.device, each.id.counter);
        }
    }
}

Done BaseHost::mayGoOn(const RequestId &id)
{
    const auto held = m_held.constFind(id.device);
    if (held == m_held.cend()) {
        return Ok;
    }
    if (id.counter > *held) {
        return Error{ErrorCode::Unavailable, {QStringLiteral("2")}, {}};
    }
    m_held.erase(held);
    return Ok;
}

void BaseHost::Batch::add(BaseId base, const Commit &commit)
{
    for (StoredCommits &each : stored) {
        if (each.base == base) {
            each.commits += commit;
            return;
        }
    }
    stored += StoredCommits{base, {commit}, {}};
}

void BaseHost::tell(Batch &batch)
{
    for (StoredCommits &each : batch.stored) {
        each.after = snapshot(each.base);
        if (m_listener) {
            m_listener->committed(each);
        }
    }
}

Result<Outcome> BaseHost::process(const Waiting &waiting, Batch &batch)
{
    if (!batch.documents.contains(waiting.base)) {
        const Snapshot current = snapshot(waiting.base);
        if (!current) {
            return Error{ErrorCode::NotFound, {QStringLiteral("The base")}, {}};
        }
        batch.documents.insert(waiting.base, *current);
    }
    Document &document = batch.documents[waiting.base];
    TRY(mayGoOn(waiting.id));
    TRY_SET(const auto earlier, m_store.commitOf(waiting.base, waiting.id));
    if (earlier) {
        return earlier->requestHash == waiting.hash
            ? Result<Outcome>(Outcome{earlier->commit.revision, true, earlier->commit.changes})
            : Error{ErrorCode::OperationReused, {}, {}};
    }
    TRY(mayDo(document, waiting.actor, waiting.request));
    const Stamp stamp{waiting.actor.user, m_clock.nowMs()};
    TRY_SET(QList<Operation> operations, expand(waiting, document, stamp));
    TRY(checkTableIds(waiting.base, operations, batch));
    TRY_SET(const QSet<FileId> files, nameFiles(waiting.base, document, operations));
    const bool isSystem = waiting.actor.isSystem || !std::holds_alternative<Edit>(waiting.request);
    const auto keeper = m_vault ? m_vault->keeper(waiting.base.text()) : nullptr;
    const PlanContext context{stamp, isSystem, QLocale::c(), m_zone, keeper.get()};
    const quint64 revision = document.revision() + 1;
    TRY_SET(ChangeSet changes, plan(document, operations, context, revision));
    if (changes.changes.isEmpty()) {
        return Outcome{document.revision(), false, {}};
    }
    // This document is the transaction's own: it goes if storing fails.
    adopt(document, changes, stamp, revision, {stamp.timeMs, m_zone});
    const Commit commit{revision, stamp, waiting.id, changes};
    if (keeper) {
        TRY_SET(const bool isSealed, sealLog(m_store, waiting.base, changes, *keeper));
        batch.isToWipe = batch.isToWipe || isSealed;
    }
    TRY(m_store.append(waiting.base, {commit, waiting.hash}, document));
    for (const FileId file : files) {
        TRY(m_store.files().markUsed(file));
    }
    batch.add(waiting.base, commit);
    return Outcome{revision, false, std::move(changes)};
}

/// Tables of all bases lie in one database: one that is made here must not be another base's.
Done BaseHost::checkTableIds(
    BaseId base, const QList<Operation> &operations, const Batch &batch) const
{
    for (const Operation &operation : operations) {
        const auto *put = std::get_if<PutTable>(&operation);
        if (!put) {
            continue;
        }
        for (const BaseRow &other : bases()) {
            const auto changed = batch.documents.constFind(other.id);
            const bool isTaken = changed == batch.documents.cend()
                ? snapshot(other.id)->hasTableLike(put->table.id)
                : changed->hasTableLike(put->table.id);
            if (other.id != base && isTaken) {
                return Error{ErrorCode::Invalid, {QStringLiteral("the id of the table")}, {}};
            }
        }
    }
    return Ok;
}

/// A file in a cell is one that was sent to this base, and is called what it was then. Which those
/// are.
Result<QSet<FileId>> BaseHost::nameFiles(
    BaseId base, const Document &document, QList<Operation> &operations)
{
    QSet<FileId> named;
    const auto name = [&](TableId table, FieldId id, Value &value) -> Done {
        auto *files = std::get_if<Attachments>(&value);
        if (!files) {
            return Ok;
        }
        for (Attachment &file : *files) {
            TRY_SET(const auto stored, m_store.files().file(file.id));
            if (!stored || stored->base != base) {
                const TableData *data = document.table(table);
                const Field *field = data ? data->definition().field(id) : nullptr;
                return Error{ErrorCode::WrongType,
                    {field ? field->name : id.text(), file.id.text(),
                        QStringLiteral("a file that was sent to this base")},
                    {}};
            }
            file = stored->file;
            named += file.id;
        }
        return Ok;
    };
    for (Operation &operation : operations) {
        if (auto *create = std::get_if<CreateRecords>(&operation)) {
            for (NewRecord &record : create->records) {
                for (FieldValue &value : record.values) {
                    TRY(name(create->table, value.field, value.value));
                }
            }
        } else if (auto *edit = std::get_if<EditCells>(&operation)) {
            for (CellEdit &cell : edit->cells) {
                TRY(name(edit->table, cell.field, cell.value));
            }
        }
    }
    return named;
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

FormulaContext BaseHost::now() const
{
    return {m_clock.nowMs(), m_zone};
}

void BaseHost::passTime()
{
    const qint64 nowMs = m_clock.nowMs();
    bool isDue = false;
    {
        const QMutexLocker lock(&m_mutex);
        isDue = std::any_of(m_snapshots.cbegin(), m_snapshots.cend(),
            [nowMs](const Snapshot &each) { return each->nextExpiryMs() <= nowMs; });
    }
    if (!isDue) {
        return;
    }
    m_writer.post([this] {
        const FormulaContext context = now();
        for (const BaseRow &base : bases()) {
            const Snapshot current = snapshot(base.id);
            if (current->nextExpiryMs() <= context.nowMs) {
                Document later = *current;
                casebase::passTime(later, context);
                const QMutexLocker lock(&m_mutex);
                m_snapshots[base.id] = std::make_shared<const Document>(std::move(later));
            }
        }
    });
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
            TRY_SET(const ChangeSet changes, plan({}, operations, {stamp, true}, 1));
            Document document;
            adopt(document, changes, stamp, 1, now());
            const Commit commit{1, stamp, nextRequestId(), changes};
            TRY(m_store.append(base, {commit, {}}, document));
            TRY(m_store.setRevision(base, 1));
            TRY(m_store.database().commit());
            publish({{base, document}});
            {
                const QMutexLocker lock(&m_mutex);
                m_bases += BaseRow{base, name, 1};
            }
            if (m_listener) {
                m_listener->committed({base, {commit}, snapshot(base)});
            }
            return Ok;
        };
        const Done done = create();
        if (!done) {
            m_store.database().rollback();
            m_store.forget();
            qCritical("a base could not be made: %s", qUtf8Printable(done.error().detail));
        }
        handler(done ? Result<BaseId>(base) : done.error());
    });
}

} // namespace casebase
