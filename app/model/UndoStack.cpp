// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/model/UndoStack.h"

#include "shared/document/Invert.h"

#include <QPointer>

namespace casebase {

namespace {

constexpr qsizetype StepLimit = 1000;

} // namespace

UndoStack::UndoStack(Session &session, QObject *parent)
    : QObject(parent)
    , m_session(session)
{
}

Result<ChangeSet> UndoStack::perform(
    BaseId base, const QList<Operation> &operations, const QString &name)
{
    TRY_SET(const ChangeSet changes, m_session.submit(base, Edit{operations}));
    note(base, changes, name);
    return changes;
}

void UndoStack::performLater(BaseId base, const QList<Operation> &operations, const QString &name,
    const Session::Answer &answer)
{
    m_session.submitLater(base, Edit{operations},
        [stack = QPointer(this), base, name, answer](const Result<ChangeSet> &changes) {
            if (stack && changes) {
                stack->note(base, changes.value(), name);
            }
            answer(changes);
        });
}

void UndoStack::beginStep()
{
    m_isInStep = true;
    m_isContinued = false;
}

void UndoStack::endStep()
{
    m_isInStep = false;
    m_isContinued = false;
}

void UndoStack::note(BaseId base, const ChangeSet &changes, const QString &name)
{
    const QList<Operation> inverse = invert(changes);
    if (inverse.isEmpty()) {
        return;
    }
    if (m_isContinued) {
        m_done.last().inverses += inverse;
    } else {
        m_done += Step{base, {inverse}, name};
        m_isContinued = m_isInStep;
    }
    if (m_done.size() > StepLimit) {
        m_done.removeFirst();
    }
    m_undone.clear();
    Q_EMIT changed();
}

Done UndoStack::undo()
{
    return move(m_done, m_undone);
}

Done UndoStack::redo()
{
    return move(m_undone, m_done);
}

Done UndoStack::move(QList<Step> &from, QList<Step> &to)
{
    if (from.isEmpty()) {
        return Ok;
    }
    endStep();
    const Step step = from.takeLast();
    Step back{step.base, {}, step.name};
    Done done = Ok;
    for (auto each = step.inverses.crbegin(); each != step.inverses.crend(); ++each) {
        const auto changes = m_session.submit(step.base, Edit{*each});
        if (!changes) {
            done = done ? Done(changes.error()) : done;
            continue;
        }
        const QList<Operation> inverse = invert(changes.value());
        if (!inverse.isEmpty()) {
            back.inverses += inverse;
        }
    }
    if (!back.inverses.isEmpty()) {
        to += back;
    }
    Q_EMIT changed();
    return done;
}

} // namespace casebase
