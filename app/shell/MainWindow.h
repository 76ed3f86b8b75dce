// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/inbox/InboxPage.h"
#include "app/model/UndoStack.h"
#include "app/table/TablePage.h"
#include "app/widgets/Toasts.h"

#include <QMainWindow>

class QButtonGroup;
class QStackedWidget;
class QSystemTrayIcon;

namespace casebase {

/// The window of somebody who is signed in: the rail, the page, the truth about the connection at
/// the foot. Arranges; what happens on the pages is theirs.
class MainWindow final : public QMainWindow {
    Q_OBJECT
public:
    MainWindow(Theme &theme, Session &session, HttpClient &http, const PaneFactory &newPane);

    /// Says what became of a damaged file of waiting requests, if there was one.
    void tellSalvage();
    TablePage *tablePage() const { return m_tables; }
    InboxPage *inbox() const { return m_inbox; }
    void showInbox();
    void showBase(BaseId base);

Q_SIGNALS:
    void signOutRequested();
    void languageToggled();

protected:
    void closeEvent(QCloseEvent *event) override;

private:
    QWidget *newRail();
    QWidget *newFoot();
    void addShortcuts();
    void rebuildBases();
    void newBase();
    void updateFoot();
    void updateInboxCount();
    void showWaiting();
    void showRefusal(const Error &error);
    void onNotice(BaseId base, InstanceId instance, bool isTask);
    void onAdded(
        BaseId base, TableId table, const QList<RecordId> &records, FieldId field, UserId by);
    void onOverwritten(BaseId base, TableId table, const CellChange &cell, UserId by);
    void cycleFocus(int by);
    void undo(Done (UndoStack::*step)());

    Theme &m_theme;
    Session &m_session;
    HttpClient &m_http;
    UndoStack m_undo;
    QStackedWidget *m_pages;
    TablePage *m_tables;
    InboxPage *m_inbox;
    Toasts *m_toasts;
    BaseId m_awaited; ///< Made here, and on its way.
    QVBoxLayout *m_baseButtons = nullptr;
    QPushButton *m_inboxButton = nullptr;
    QLabel *m_inboxCount = nullptr;
    QPushButton *m_connection = nullptr;
    QLabel *m_saved = nullptr;
    QLabel *m_summary = nullptr;
    QSystemTrayIcon *m_tray = nullptr;
};

} // namespace casebase
