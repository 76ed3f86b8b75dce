// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/fields/FieldRow.h"
#include "app/model/TaskList.h"
#include "app/record/StepsBar.h"

class QLabel;
class QListWidget;
class QPlainTextEdit;
class QPushButton;
class QScrollArea;
class QVBoxLayout;

namespace casebase {

/// What waits for this person's decision, what they started, what they decided; and the decision.
class InboxPage final : public QWidget {
    Q_OBJECT
public:
    InboxPage(const Theme &theme, Session &session, QWidget *parent);
    void refresh();
    void showInstance(InstanceId instance);

Q_SIGNALS:
    void refused(const Error &error);
    void decided(const QString &sentence);
    void recordRequested(BaseId base, TableId table, RecordId record);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QWidget *newList();
    QWidget *newDetail();
    QWidget *newDecision();
    void setFilter(TaskFilter filter);
    void showCurrent();
    void fillFields(const TaskEntry &entry);
    void decide(TaskVerb verb);
    void acknowledgeChange();
    const TaskEntry *current() const;
    const WorkflowNode *nodeOf(const TaskEntry &entry) const;

    const Theme &m_theme;
    Session &m_session;
    TaskFilter m_filter = TaskFilter::ToDo;
    QList<TaskEntry> m_entries;
    QList<QPushButton *> m_tabs;
    QListWidget *m_list = nullptr;
    QWidget *m_empty = nullptr;
    QWidget *m_detail = nullptr;
    QLabel *m_title = nullptr;
    QLabel *m_node = nullptr;
    QLabel *m_rights = nullptr;
    QWidget *m_changedStrip = nullptr;
    QScrollArea *m_scroll = nullptr;
    QWidget *m_decision = nullptr;
    QLabel *m_missing = nullptr;
    QPlainTextEdit *m_comment = nullptr;
    StepsBar *m_steps = nullptr;
    QList<FieldValue> m_edits;
    quint64 m_seen = 0;
    TaskId m_shownTask;
    InstanceId m_shownInstance;
};

} // namespace casebase
