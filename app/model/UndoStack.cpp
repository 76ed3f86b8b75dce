// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/model/UndoStack.h"

#include "app/session/LargeChange.h"
#include "shared/document/Invert.h"

#include <QFutureWatcher>
#include <QPointer>
#include <QtConcurrentRun>

namespace casebase {

namespace {

constexpr qsizetype StepLimit = 1000;
constexpr qsizetype BytesPerRequest = 12 * 1024 * 1024; ///< A message may have 16 MiB.

using Requests = QList<QList<Operation>>;

qsizetype cellsIn(const QList<Operation> &operations)
{
    qsizetype cells = 0;
    for (const Operation &operation : operations) {
        const auto *edit = std::get_if<EditCells>(&operation);
        cells += edit ? edit->cells.size() : 0;
    }
    return cells;
}

/// About what it takes in a message, rather too much.
qsizetype bytesOf(const CellEdit &cell)
{
    qsizetype bytes = 100;
    for (const Value &value : {cell.value, cell.seen.value_or(Value())}) {
        const auto *text = std::get_if<QString>(&value);
        const auto *options = std::get_if<Options>(&value);
        const auto *persons = std::get_if<Persons>(&value);
        const auto *links = std::get_if<Links>(&value);
        const auto *files = std::get_if<Attachments>(&value);
        bytes += text ? 3 * text->size()
            : options ? 20 * options->size()
            : persons ? 20 * persons->size()
            : links   ? 200 * links->size()
            : files   ? 1000 * files->size()
                      : 20;
    }
    return bytes;
}

/// What takes the changes back: as many requests as their cells need, the last one to be asked for
/// first.
Requests inverseOf(const ChangeSet &changes)
{
    Requests requests{{}};
    qsizetype left = BytesPerRequest;
    const QList<Operation> whole = invert(changes);
    for (const Operation &operation : whole) {
        const auto *edit = std::get_if<EditCells>(&operation);
        if (!edit) {
            requests.first() += operation;
            continue;
        }
        EditCells part{edit->table, {}, edit->onlyIfUnchanged};
        for (const CellEdit &cell : edit->cells) {
            left -= bytesOf(cell);
            if (left < 0) {
                if (!part.cells.isEmpty()) {
                    requests.first() += part;
                    part.cells.clear();
                }
                requests.prepend({});
                left = BytesPerRequest;
            }
            part.cells += cell;
        }
        requests.first() += part;
    }
    requests.removeAll(QList<Operation>());
    return requests;
}

/// Takes what inverseOf() says to the object, at once or from the background.
template <class Then> void findInverse(QObject *object, const ChangeSet &changes, Then then)
{
    if (!isLarge(changes)) {
        return then(inverseOf(changes));
    }
    auto *watcher = new QFutureWatcher<Requests>(object);
    QObject::connect(watcher, &QFutureWatcher<Requests>::finished, object, [watcher, then] {
        watcher->deleteLater();
        then(watcher->result());
    });
    watcher->setFuture(QtConcurrent::run([changes] { return inverseOf(changes); }));
}

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
    note({base, inverseOf(changes), name});
    return changes;
}

void UndoStack::performLater(BaseId base, const QList<Operation> &operations, const QString &name,
    const Session::Answer &answer, const std::shared_ptr<Progress> &progress)
{
    m_session.submitLater(
        base, Edit{operations},
        [stack = QPointer(this), base, name, answer](const Result<ChangeSet> &changes) {
            if (stack && changes) {
                findInverse(stack, changes.value(), [stack, base, name](const Requests &inverse) {
                    stack->note({base, inverse, name});
                });
            }
            answer(changes);
        },
        progress);
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

void UndoStack::note(const Step &step)
{
    if (step.inverses.isEmpty()) {
        return;
    }
    if (m_isContinued) {
        m_done.last().inverses += step.inverses;
    } else {
        m_done += step;
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
    if (from.isEmpty() || m_isMoving) {
        return Ok;
    }
    endStep();
    const Step step = from.takeLast();
    Step back{step.base, {}, step.name};
    const bool takesLong = std::any_of(step.inverses.cbegin(), step.inverses.cend(),
        [](const QList<Operation> &each) { return cellsIn(each) >= CellsForBackground; });
    if (takesLong) {
        m_isMoving = true;
        moveLater(step, back, to);
        Q_EMIT changed();
        return Ok;
    }
    Done done = Ok;
    for (auto each = step.inverses.crbegin(); each != step.inverses.crend(); ++each) {
        const auto changes = m_session.submit(step.base, Edit{*each});
        if (!changes) {
            done = done ? Done(changes.error()) : done;
            continue;
        }
        back.inverses += inverseOf(changes.value());
    }
    if (!back.inverses.isEmpty()) {
        to += back;
    }
    Q_EMIT changed();
    return done;
}

/// Asks for the last of the step's requests, and for the others when it has been answered.
void UndoStack::moveLater(const Step &step, Step back, QList<Step> &to)
{
    if (step.inverses.isEmpty()) {
        m_isMoving = false;
        if (!back.inverses.isEmpty()) {
            to += back;
        }
        Q_EMIT changed();
        return;
    }
    Step rest = step;
    const QList<Operation> next = rest.inverses.takeLast();
    m_session.submitLater(step.base, Edit{next},
        [stack = QPointer(this), rest, back, &to](const Result<ChangeSet> &changes) {
            if (!stack) {
                return;
            }
            if (!changes) {
                Q_EMIT stack->refused(changes.error());
                return stack->moveLater(rest, back, to);
            }
            findInverse(stack, changes.value(), [stack, rest, back, &to](const Requests &inverse) {
                Step longer = back;
                longer.inverses += inverse;
                stack->moveLater(rest, longer, to);
            });
        });
}

} // namespace casebase
