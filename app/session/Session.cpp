// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/Session.h"

#include "shared/document/Recalculate.h"
#include "shared/document/TitleFinder.h"
#include "shared/support/PrivateFiles.h"

#include <QDir>
#include <QLocale>
#include <QRegularExpression>

namespace casebase {

namespace {

constexpr int SaveMs = 3000;
constexpr qint64 CopyMs = 30LL * 24 * 3600 * 1000;

void removeOldCopies(const QString &folder, qint64 nowMs)
{
    static const QRegularExpression pattern(QStringLiteral("-removal-(\\d+)\\.db$"));
    QDir directory(folder);
    for (const QString &name :
        directory.entryList({QStringLiteral("cache-before-removal-*.db")}, QDir::Files)) {
        const auto match = pattern.match(name);
        if (match.hasMatch() && match.captured(1).toLongLong() + CopyMs < nowMs) {
            directory.remove(name);
        }
    }
}

} // namespace

Session::Session(const SessionSettings &settings, std::unique_ptr<Transport> transport,
    const Clock &clock, IdSource &ids, std::unique_ptr<WorkQueue> background)
    : m_settings(settings)
    , m_clock(clock)
    , m_ids(ids)
    , m_transport(std::move(transport))
    , m_sealing(settings.folder + QStringLiteral("/server.key"))
    , m_background(std::move(background))
    , m_offlineSinceMs(clock.nowMs())
    , m_removals(settings.user)
{
    connect(m_transport.get(), &Transport::opened, this, &Session::onOpened);
    connect(m_transport.get(), &Transport::closed, this, &Session::onClosed);
    connect(m_transport.get(), &Transport::received, this, &Session::onReceived);
    m_retry.setSingleShot(true);
    connect(&m_retry, &QTimer::timeout, this, &Session::connectToServer);
    m_save.setSingleShot(true);
    m_resend.setSingleShot(true);
    connect(&m_resend, &QTimer::timeout, this, [this] {
        for (const auto &[base, link] : m_links) {
            sendPending(base);
        }
    });
    connect(&m_save, &QTimer::timeout, this, &Session::flushCache);
    connect(&m_second, &QTimer::timeout, this, &Session::passTime);
    m_second.start(1000);
}

Result<std::unique_ptr<Session>> Session::create(const SessionSettings &settings,
    std::unique_ptr<Transport> transport, const Clock &clock, IdSource &ids,
    std::unique_ptr<WorkQueue> background)
{
    std::unique_ptr<Session> session(
        new Session(settings, std::move(transport), clock, ids, std::move(background)));
    TRY(session->load());
    return session;
}

Session::~Session()
{
    m_transport->disconnect(this);
    m_transport->close();
    flushCache();
    m_background->runAndWait([this] { m_cache.reset(); });
}

Done Session::load()
{
    m_lock = std::make_unique<QLockFile>(m_settings.folder + QStringLiteral("/client.lock"));
    m_lock->setStaleLockTime(0);
    if (!makePrivateFolder(m_settings.folder) || !m_lock->tryLock(0)) {
        const bool isHeld = m_lock->error() == QLockFile::LockFailedError;
        return Error{isHeld ? ErrorCode::InUse : ErrorCode::NotWritable, {m_settings.folder}, {}};
    }
    removeOldCopies(m_settings.folder, m_clock.nowMs());
    TRY_SET(m_outbox,
        Outbox::open(m_settings.folder + QStringLiteral("/outbox.db"), m_settings.user,
            m_ids.next<DeviceId>()));
    Done opened = Ok;
    QList<CachedBase> cached;
    const FormulaContext now = formulaContext();
    m_background->runAndWait([&] {
        auto cache = Cache::open(m_settings.folder + QStringLiteral("/cache.db"), m_settings.user);
        if (!cache) {
            opened = cache.error();
            return;
        }
        m_cache = std::move(cache).value();
        cached = m_cache->load();
        for (CachedBase &each : cached) {
            calculateAll(each.document, now);
        }
    });
    TRY(opened);
    for (const CachedBase &each : std::as_const(cached)) {
        replicaFor(each.base).setConfirmed(each.document);
        m_links[each.base].timeline = each.timeline;
        const Person *me = each.document.people().person(m_settings.user);
        m_bases += BaseEntry{each.base, each.name, me ? me->role : Role::None};
    }
    TRY_SET(const QList<Pending> pending, m_outbox->all());
    for (const Pending &each : pending) {
        replicaFor(each.base).addPending(each);
    }
    return Ok;
}

Replica &Session::replicaFor(BaseId base)
{
    Link &link = m_links[base];
    if (!link.replica) {
        link.replica = std::make_unique<Replica>(m_settings.user, QLocale::c(), formulaContext());
    }
    return *link.replica;
}

const Replica *Session::replica(BaseId base) const
{
    const auto found = m_links.find(base);
    return found == m_links.cend() ? nullptr : found->second.replica.get();
}

const Document *Session::document(BaseId base) const
{
    const Replica *found = replica(base);
    return found ? &found->document() : nullptr;
}

FieldContext Session::fieldContext(BaseId base) const
{
    static const People nobody;
    const Document *known = document(base);
    return {known ? known->people() : nobody, QLocale(), m_zone, m_clock.nowMs()};
}

FieldContext Session::typingContext(BaseId base) const
{
    FieldContext context = fieldContext(base);
    if (const Document *known = document(base)) {
        context.links = std::make_shared<TitleFinder>(*known);
    }
    return context;
}

FormulaContext Session::formulaContext() const
{
    return {m_clock.nowMs(), m_formulaZone};
}

void Session::passTime()
{
    const FormulaContext now = formulaContext();
    for (const auto &[base, link] : m_links) {
        const ReplicaChange change = link.replica->passTime(now);
        if (change.isReset || !change.changes.changes.isEmpty()) {
            Q_EMIT changed(base, change);
        }
    }
    Q_EMIT timePassed();
}

bool Session::isCaughtUp(BaseId base) const
{
    const auto found = m_links.find(base);
    return found != m_links.cend() && found->second.isOpen && !found->second.removal
        && found->second.replica->confirmed().revision() >= found->second.openedAt;
}

int Session::waitingCount() const
{
    qsizetype count = 0;
    for (const auto &[base, link] : m_links) {
        const auto &pending = link.replica->pending();
        count += std::count_if(
            pending.cbegin(), pending.cend(), [](const Pending &each) { return !each.refusal; });
    }
    return int(count);
}

QList<Pending> Session::allWaiting() const
{
    return pendingWhere(false);
}

QList<Pending> Session::refused() const
{
    return pendingWhere(true);
}

QList<Pending> Session::pendingWhere(bool isRefused) const
{
    QList<Pending> found;
    for (const auto &[base, link] : m_links) {
        for (const Pending &pending : link.replica->pending()) {
            if (pending.refusal.has_value() == isRefused) {
                found += pending;
            }
        }
    }
    return found;
}

QList<Presence> Session::presences(BaseId base) const
{
    const auto found = m_links.find(base);
    return found == m_links.cend() ? QList<Presence>() : found->second.presences.values();
}

const std::optional<Removal> &Session::removal(BaseId base) const
{
    static const std::optional<Removal> none;
    const auto found = m_links.find(base);
    return found == m_links.cend() ? none : found->second.removal;
}

Result<Replica *> Session::replicaToWrite(BaseId base)
{
    const auto found = m_links.find(base);
    if (found == m_links.end() || (m_connection == Connection::Online && !isListed(base))) {
        return Error{ErrorCode::NotFound, {QStringLiteral("The base")}, {}};
    }
    return found->second.replica.get();
}

/// As it may lie on a disk.
Result<Request> Session::sealed(BaseId base, const Request &request) const
{
    return m_sealing.sealed(request, *document(base), fieldContext(base));
}

Result<ChangeSet> Session::submit(BaseId base, const Request &typed)
{
    TRY_SET(const Replica *replica, replicaToWrite(base));
    TRY_SET(const Request request, sealed(base, typed));
    const qint64 nowMs = m_clock.nowMs();
    return put(base, request, nowMs, replica->prediction(request, nowMs)());
}

Done Session::check(BaseId base, const Request &typed)
{
    TRY_SET(const Replica *replica, replicaToWrite(base));
    TRY_SET(const Request request, sealed(base, typed));
    TRY(replica->prediction(request, m_clock.nowMs())());
    return Ok;
}

void Session::submitLater(BaseId base, const Request &request, const Answer &answer,
    const std::shared_ptr<Progress> &progress)
{
    const auto replica = replicaToWrite(base);
    const auto made = replica ? sealed(base, request) : replica.error();
    made ? predictLater(base, made.value(), answer, progress, MostPredictions)
         : answer(made.error());
}

void Session::predictLater(BaseId base, const Request &request, const Answer &answer,
    const std::shared_ptr<Progress> &progress, int attempts)
{
    const auto replica = replicaToWrite(base);
    if (!replica) {
        return answer(replica.error());
    }
    if (attempts == 0) {
        return answer(submit(base, request)); // others change so much that it has to be at once
    }
    const qint64 nowMs = m_clock.nowMs();
    m_background->post([this, base, request, answer, progress, nowMs, attempts,
                           home = m_mailbox.address(),
                           predict = replica.value()->prediction(request, nowMs, progress)] {
        home.post([this, base, request, answer, progress, nowMs, attempts, predicted = predict()] {
            const auto now = replicaToWrite(base);
            if (now && predicted && !now.value()->isCurrent(predicted.value())) {
                return predictLater(base, request, answer, progress, attempts - 1);
            }
            answer(now ? put(base, request, nowMs, predicted) : now.error());
        });
    });
}

/// Sends a request that has been predicted just now.
Result<ChangeSet> Session::put(
    BaseId base, const Request &request, qint64 nowMs, const Result<Prediction> &prediction)
{
    if (!prediction) {
        return prediction.error();
    }
    const ChangeSet &changes = prediction.value().facts;
    if (std::holds_alternative<Edit>(request) && changes.changes.isEmpty()) {
        return changes;
    }
    TRY_SET(const Pending pending, m_outbox->add(base, request, nowMs));
    const ReplicaChange change = m_links[base].replica->addPending(pending, prediction.value());
    sendPending(base);
    Q_EMIT changed(base, change);
    Q_EMIT connectionChanged();
    return changes;
}

void Session::discardRefused(quint64 counter)
{
    const Done removed = m_outbox->remove(counter);
    if (!removed) {
        return;
    }
    for (auto &[base, link] : m_links) {
        link.replica->discard(counter);
    }
    Q_EMIT connectionChanged();
}

void Session::retryRefused(quint64 counter)
{
    const Done waiting = m_outbox->setWaiting(counter);
    if (!waiting) {
        return;
    }
    for (auto &[base, link] : m_links) {
        const auto &pending = link.replica->pending();
        if (std::any_of(pending.cbegin(), pending.cend(),
                [counter](const Pending &each) { return each.counter == counter; })) {
            const ReplicaChange change = link.replica->retry(counter);
            link.window.goBackTo(counter);
            sendPending(base);
            Q_EMIT changed(base, change);
            if (m_connection == Connection::Online && !isListed(base)) {
                leave(base);
            }
        }
    }
    Q_EMIT connectionChanged();
}

void Session::showPresence(const Presence &presence)
{
    if (m_connection == Connection::Online) {
        send(presence);
    }
}

void Session::saveLater(BaseId base)
{
    m_unsaved.insert(base);
    if (!m_save.isActive()) {
        m_save.start(SaveMs);
    }
}

void Session::flushCache()
{
    for (const BaseId base : std::as_const(m_unsaved)) {
        const Link &link = m_links[base];
        const auto entry = std::find_if(m_bases.cbegin(), m_bases.cend(),
            [base](const BaseEntry &each) { return each.id == base; });
        const CachedBase cached{base, entry == m_bases.cend() ? QString() : entry->name,
            link.timeline, link.replica->confirmed()};
        m_background->post([this, cached] {
            const Done saved = m_cache ? m_cache->save(cached) : Done(Ok);
            if (!saved) {
                qWarning("the cache cannot be written: %s", qUtf8Printable(saved.error().detail));
            }
        });
    }
    m_unsaved.clear();
}

} // namespace casebase
