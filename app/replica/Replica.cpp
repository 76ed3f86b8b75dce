// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/replica/Replica.h"

#include "shared/access/Access.h"
#include "shared/document/Adopt.h"
#include "shared/document/Plan.h"

namespace casebase {

namespace {

/// What two outcomes of one request must have in common for the prediction to stand.
bool isSameOutcome(const ChangeSet &predicted, const ChangeSet &stored)
{
    if (predicted.changes.size() != stored.changes.size()) {
        return false;
    }
    for (qsizetype i = 0; i < stored.changes.size(); ++i) {
        const auto *a = std::get_if<RecordChanges>(&predicted.changes[i]);
        const auto *b = std::get_if<RecordChanges>(&stored.changes[i]);
        if (!a || !b || a->table != b->table || a->cells != b->cells || !a->records.isEmpty()
            || !b->records.isEmpty()) {
            return false;
        }
    }
    return true;
}

ReplicaChange joined(ChangeSet facts, const Recalculated &computed)
{
    for (const RecordChanges &cells : computed.cells) {
        facts.changes += cells;
    }
    return {std::move(facts), computed.isWide};
}

} // namespace

/// What a request comes to on top of the others.
struct Replica::Planned {
    ChangeSet facts;
    Recalculated computed;
};

Replica::Replica(UserId me, QLocale locale, const FormulaContext &now)
    : m_me(me)
    , m_locale(std::move(locale))
    , m_now(now)
{
}

bool Replica::isDecided(TaskId task) const
{
    return std::any_of(m_pending.cbegin(), m_pending.cend(), [task](const Pending &each) {
        const auto *act = std::get_if<ActOnTask>(&each.request);
        return act && act->task == task && !each.refusal;
    });
}

void Replica::setConfirmed(const Document &document)
{
    m_confirmed = document;
    rebase({});
}

Result<Replica::Planned> Replica::planOnTop(Document &document, const Pending &pending) const
{
    TRY(mayDo(document, Actor{m_me}, pending.request));
    const auto *edit = std::get_if<Edit>(&pending.request);
    if (!edit) {
        return Planned();
    }
    const PlanContext context{
        {m_me, pending.createdMs}, false, m_locale, QTimeZone::systemTimeZone()};
    Planned planned;
    TRY_SET(planned.facts, plan(document, edit->operations, context, document.revision()));
    planned.computed = adopt(document, planned.facts, context.stamp, document.revision(), m_now);
    return planned;
}

Result<ChangeSet> Replica::check(const Request &request, qint64 nowMs) const
{
    Document scratch = m_predicted;
    TRY_SET(Planned planned, planOnTop(scratch, Pending{{}, 0, request, nowMs, {}}));
    return std::move(planned.facts);
}

void Replica::notePending(const ChangeSet &changes)
{
    for (const Change &change : changes.changes) {
        if (const auto *table = std::get_if<TableChange>(&change)) {
            m_pendingTables.insert(table->after ? table->after->id : table->before->id);
        } else if (const auto *records = std::get_if<RecordChanges>(&change)) {
            for (const RecordChange &each : records->records) {
                m_pendingRecords.insert(each.record);
                m_pendingTables.insert(records->table);
            }
            for (const CellChange &cell : records->cells) {
                m_pendingRecords.insert(cell.record);
                m_pendingCells.insert({cell.record, cell.field});
            }
        }
    }
}

ReplicaChange Replica::addPending(const Pending &pending)
{
    const auto result =
        pending.refusal ? Result<Planned>(Planned()) : planOnTop(m_predicted, pending);
    const Planned planned = result ? result.value() : Planned();
    // By number, the order in which they go out: one that is offered again is older than others.
    const auto place = std::lower_bound(m_pending.cbegin(), m_pending.cend(), pending.counter,
        [](const Pending &each, quint64 counter) { return each.counter < counter; });
    const qsizetype at = place - m_pending.cbegin();
    m_pending.insert(at, pending);
    m_planned.insert(at, planned.facts);
    notePending(planned.facts);
    return joined(planned.facts, planned.computed);
}

bool Replica::touchesPending(const Commit &commit) const
{
    for (const Change &change : commit.changes.changes) {
        const auto *records = std::get_if<RecordChanges>(&change);
        if (!records) {
            if (!m_pendingTables.isEmpty() || std::holds_alternative<TableChange>(change)) {
                return true;
            }
            continue;
        }
        if (!records->records.isEmpty() && m_pendingTables.contains(records->table)) {
            return true;
        }
        for (const CellChange &cell : records->cells) {
            if (m_pendingRecords.contains(cell.record)) {
                return true;
            }
        }
    }
    return false;
}

ReplicaChange Replica::receive(const Commit &commit, std::optional<quint64> confirms)
{
    const Recalculated computed =
        adopt(m_confirmed, commit.changes, commit.stamp, commit.revision, m_now);
    const auto found = std::find_if(m_pending.cbegin(), m_pending.cend(),
        [confirms](const Pending &each) { return each.counter == confirms; });
    if (found != m_pending.cend()) {
        const qsizetype at = found - m_pending.cbegin();
        const bool asPredicted =
            m_pending.size() == 1 && isSameOutcome(m_planned[at], commit.changes);
        m_pending.removeAt(at);
        m_planned.removeAt(at);
        if (asPredicted) {
            m_predicted = m_confirmed;
            m_pendingCells.clear();
            m_pendingRecords.clear();
            m_pendingTables.clear();
            return joined(commit.changes, computed);
        }
        return rebase(commit.changes);
    }
    if (m_pending.isEmpty()) {
        m_predicted = m_confirmed;
        return joined(commit.changes, computed);
    }
    if (touchesPending(commit)) {
        return rebase(commit.changes);
    }
    return joined(
        commit.changes, adopt(m_predicted, commit.changes, commit.stamp, commit.revision, m_now));
}

ReplicaChange Replica::rebase(const ChangeSet &changes)
{
    m_predicted = m_confirmed;
    m_pendingCells.clear();
    m_pendingRecords.clear();
    m_pendingTables.clear();
    m_planned.clear();
    for (Pending &pending : m_pending) {
        const auto planned =
            pending.refusal ? Result<Planned>(Planned()) : planOnTop(m_predicted, pending);
        // One that no longer plans stays in the outbox: the server has the last word on it.
        m_planned += planned ? planned.value().facts : ChangeSet();
        notePending(m_planned.last());
    }
    return {changes, true};
}

ReplicaChange Replica::acknowledge(quint64 counter)
{
    m_pending.removeIf([counter](const Pending &each) { return each.counter == counter; });
    return rebase({});
}

ReplicaChange Replica::refuse(const QList<quint64> &counters, const Error &error)
{
    for (Pending &pending : m_pending) {
        if (counters.contains(pending.counter)) {
            pending.refusal = error;
        }
    }
    return rebase({});
}

ReplicaChange Replica::retry(quint64 counter)
{
    for (Pending &pending : m_pending) {
        if (pending.counter == counter) {
            pending.refusal.reset();
        }
    }
    return rebase({});
}

ReplicaChange Replica::renumber(const QList<quint64> &counters, const QList<Pending> &renumbered)
{
    m_pending.removeIf([&](const Pending &each) { return counters.contains(each.counter); });
    m_pending += renumbered;
    std::sort(m_pending.begin(), m_pending.end(),
        [](const Pending &a, const Pending &b) { return a.counter < b.counter; });
    return rebase({});
}

void Replica::discard(quint64 counter)
{
    for (qsizetype i = 0; i < m_pending.size(); ++i) {
        if (m_pending[i].counter == counter && m_pending[i].refusal) {
            m_pending.removeAt(i);
            m_planned.removeAt(i);
            return;
        }
    }
}

ReplicaChange Replica::passTime(const FormulaContext &now)
{
    const bool isOtherZone = now.zone != m_now.zone;
    m_now = now;
    if (isOtherZone) {
        calculateAll(m_confirmed, now);
        return rebase({});
    }
    ReplicaChange change = joined({}, casebase::passTime(m_predicted, now));
    casebase::passTime(m_confirmed, now);
    return change;
}

} // namespace casebase
