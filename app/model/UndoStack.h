// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/session/Session.h"

namespace casebase {

/// What this person did in the bases, to be taken back and done again. Everything a person asks for
/// goes through perform(), so that it can be undone. What takes long is worked out in the
/// background.
class UndoStack final : public QObject {
    Q_OBJECT
public:
    explicit UndoStack(Session &session, QObject *parent = nullptr);

    /// Submits the operations as one step with a name for the menu.
    Result<ChangeSet> perform(BaseId base, const QList<Operation> &operations, const QString &name);
    /// The same for what takes long; see Session::submitLater().
    void performLater(BaseId base, const QList<Operation> &operations, const QString &name,
        const Session::Answer &answer, const std::shared_ptr<Progress> &progress = nullptr);
    /// What is performed until endStep() is one step, however many requests it takes.
    void beginStep();
    void endStep();

    bool canUndo() const { return !m_done.isEmpty() && !m_isMoving; }
    bool canRedo() const { return !m_undone.isEmpty() && !m_isMoving; }
    QString undoName() const { return m_done.isEmpty() ? QString() : m_done.last().name; }
    QString redoName() const { return m_undone.isEmpty() ? QString() : m_undone.last().name; }
    /// Refused with a reason if somebody changed the same since; that part of the step is dropped
    /// then. A large step goes on in the background, and what is refused of it is told by
    /// refused().
    Done undo();
    Done redo();

Q_SIGNALS:
    void changed();
    void refused(const Error &error);

private:
    struct Step {
        BaseId base;
        QList<QList<Operation>> inverses; ///< One for each request, in the order they were made.
        QString name;
    };
    void note(const Step &step);
    Done move(QList<Step> &from, QList<Step> &to);
    void moveLater(const Step &step, Step back, QList<Step> &to);

    Session &m_session;
    QList<Step> m_done;
    QList<Step> m_undone;
    bool m_isInStep = false; ///< Between beginStep() and endStep().
    bool m_isContinued = false; ///< The last step is the one that goes on.
    bool m_isMoving = false; ///< A step is being undone or redone in the background.
};

} // namespace casebase
