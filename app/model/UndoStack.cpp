// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/model/UndoStack.h"

#include "shared/document/Invert.h"

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

void UndoStack::note(BaseId base, const ChangeSet &changes, const QString &name)
{
    const QList<Operation> inverse = invert(changes);
    if (inverse.isEmpty()) {
        return;
    }
    m_done += Step{base, inverse, name};
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
    const Step step = from.takeLast();
    const auto changes = m_session.submit(step.base, Edit{step.inverse});
    if (changes) {
        const QList<Operation> inverse = invert(changes.value());
        if (!inverse.isEmpty()) {
            to += Step{step.base, inverse, step.name};
        }
    }
    Q_EMIT changed();
    return changes ? Done(Ok) : changes.error();
}

} // namespace casebase
