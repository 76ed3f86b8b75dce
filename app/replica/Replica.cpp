// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/replica/Replica.h"

#include "shared/access/Access.h"
#include "shared/document/Adopt.h"
#include "shared/document/Plan.h"

namespace casebase {

namespace {

constexpr qsizetype CellsListed = 20000; ///< Of one request; of more, their fields are.

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

/// On top of the document, which it becomes.
Result<Prediction> planOnTop(Document document, const Pending &pending, UserId me,
    const QLocale &locale, const FormulaContext &now, Progress *progress = nullptr)
{
    if (progress) {
        progress->restart();
    }
    TRY(mayDo(document, Actor{me}, pending.request));
    Prediction planned;
    if (const auto *edit = std::get_if<Edit>(&pending.request)) {
        const PlanContext context{
            {me, pending.createdMs}, false, locale, QTimeZone::systemTimeZone(), nullptr, progress};
        TRY_SET(planned.facts, plan(document, edit->operations, context, document.revision()));
        planned.change = joined(planned.facts,
            adopt(document, planned.facts, context.stamp, document.revision(), now, progress));
    }
    planned.document = std::move(document);
    return planned;
}

} // namespace

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

Result<Prediction> Replica::predicted(const Pending &pending) const
{
    return planOnTop(m_predicted, pending, m_me, m_locale, m_now);
}

std::function<Result<Prediction>()> Replica::prediction(
    const Request &request, qint64 nowMs, const std::shared_ptr<Progress> &progress) const
{
    return [document = m_predicted, pending = Pending{{}, 0, request, nowMs, {}}, me = m_me,
               locale = m_locale, now = m_now, basis = m_basis, progress]() -> Result<Prediction> {
        TRY_SET(Prediction planned, planOnTop(document, pending, me, locale, now, progress.get()));
        planned.basis = basis;
        return planned;
    };
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
            if (records->cells.size() > CellsListed) {
                m_pendingWholly.insert(records->table);
                for (const CellChange &cell : records->cells) {
                    m_pendingFields.insert(cell.field);
                }
                continue;
            }
            for (const CellChange &cell : records->cells) {
                m_pendingRecords.insert(cell.record);
                m_pendingCells.insert({cell.record, cell.field});
            }
        }
    }
}

void Replica::forgetPending()
{
    m_pendingCells.clear();
    m_pendingRecords.clear();
    m_pendingTables.clear();
    m_pendingFields.clear();
    m_pendingWholly.clear();
}

ReplicaChange Replica::addPending(const Pending &pending)
{
    const auto planned = pending.refusal ? Result<Prediction>(Prediction{{}, {}, m_predicted, 0})
                                         : predicted(pending);
    return put(pending, planned ? planned.value() : Prediction{{}, {}, m_predicted, 0});
}

ReplicaChange Replica::addPending(const Pending &pending, const Prediction &prediction)
{
    return isCurrent(prediction) ? put(pending, prediction) : addPending(pending);
}

ReplicaChange Replica::put(const Pending &pending, const Prediction &prediction)
{
    m_predicted = prediction.document;
    ++m_basis;
    // By number, the order in which they go out: one that is offered again is older than others.
    const auto place = std::lower_bound(m_pending.cbegin(), m_pending.cend(), pending.counter,
        [](const Pending &each, quint64 counter) { return each.counter < counter; });
    const qsizetype at = place - m_pending.cbegin();
    m_pending.insert(at, pending);
    m_planned.insert(at, prediction.facts);
    notePending(prediction.facts);
    return prediction.change;
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
        if (m_pendingWholly.contains(records->table)
            || (!records->records.isEmpty() && m_pendingTables.contains(records->table))) {
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

std::function<Adoption()> Replica::adoption(const Commit &commit) const
{
    return [document = m_confirmed, commit, now = m_now]() mutable {
        const Recalculated computed =
            adopt(document, commit.changes, commit.stamp, commit.revision, now);
        return Adoption{std::move(document), joined(commit.changes, computed), now.zone};
    };
}

ReplicaChange Replica::receive(
    const Commit &commit, std::optional<quint64> confirms, const std::optional<Adoption> &adopted)
{
    ++m_basis;
    const bool isUsable = adopted && adopted->zone == m_now.zone;
    const Adoption adoption = isUsable ? *adopted : this->adoption(commit)();
    m_confirmed = adoption.document;
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
            forgetPending();
            return adoption.change;
        }
        return rebase(commit.changes);
    }
    if (m_pending.isEmpty()) {
        m_predicted = m_confirmed;
        return adoption.change;
    }
    if (touchesPending(commit)) {
        return rebase(commit.changes);
    }
    return joined(
        commit.changes, adopt(m_predicted, commit.changes, commit.stamp, commit.revision, m_now));
}

ReplicaChange Replica::rebase(const ChangeSet &changes)
{
    ++m_basis;
    m_predicted = m_confirmed;
    forgetPending();
    m_planned.clear();
    for (Pending &pending : m_pending) {
        const auto planned = pending.refusal ? Error{} : predicted(pending);
        // One that no longer plans stays in the outbox: the server has the last word on it.
        if (planned) {
            m_predicted = planned.value().document;
        }
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
    m_basis += change.isReset || !change.changes.changes.isEmpty() ? 1 : 0;
    casebase::passTime(m_confirmed, now);
    return change;
}

} // namespace casebase
