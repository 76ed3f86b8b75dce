// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/model/UndoStack.h"
#include "app/net/HttpClient.h"
#include "app/pane/Pane.h"
#include "app/record/RecordPanel.h"

class QHBoxLayout;
class QLineEdit;
class QPushButton;
class QSplitter;

namespace casebase {

class TabStrip;

/// One base on screen: its tables as tabs, the views of the open one, what the view does as chips,
/// the pane, and the record beside it.
class TablePage final : public QWidget {
    Q_OBJECT
public:
    TablePage(const Theme &theme, Session &session, UndoStack &undo, HttpClient &http,
        const PaneFactory &newPane, QWidget *parent);

    void showBase(BaseId base);
    void showTable(TableId table);
    void showRecord(TableId table, RecordId record);
    BaseId base() const { return m_base; }
    TableId tableId() const { return m_table; }
    TableModel *model() const { return m_model; }
    UndoStack &undo() const { return m_undo; }
    Pane *pane() const { return m_pane; }
    RecordPanel *panel() const { return m_panel; }
    Pictures *pictures() const { return m_pictures; }
    QList<QWidget *> focusRegions() const;
    /// What the foot of the window says about the open table.
    QString summary() const;
    void focusSearch();
    void finishEditing() { m_pane->finishEditing(); }

public Q_SLOTS:
    void importFile();
    void newTable();

Q_SIGNALS:
    void refused(const Error &error);
    void told(const QString &sentence);
    void summaryChanged();
    /// There is no base yet, and the person asks for one.
    void baseRequested();

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    QWidget *newBaseBar();
    QWidget *newViewBar();
    QWidget *newChipBar();
    void onChanged(BaseId base, const ReplicaChange &change);
    void rebuildTabs();
    void rebuildViews();
    void newView();
    void rebuildChips();
    void rebuildPresence();
    void applyView();
    void chooseView(ViewId view);
    void saveView(const View &view);
    void perform(const QList<Operation> &operations, const QString &name);
    void tableMenu(TableId table, const QPoint &position);
    void fieldMenu(FieldId field, const QPoint &position);
    void listBroken(FieldId id);
    void saveFiles(FieldId id);
    void recordMenu(const QPoint &position);
    void addReveals(QMenu *menu, RecordId record);
    void viewMenu(const QPoint &position);
    void trashMenu(const QPoint &position);
    void editField(FieldId field);
    void editDepartments();
    void fillNewRecord();
    void fillLinkedRecord(TableId table, RecordId from, FieldId field, const NewRecord &begun);
    void editFilter();
    void editColours();
    void sortBy(FieldId field, Qt::SortOrder order);
    void hideFields(const QPoint &position);
    void editWorkflow(WorkflowId workflow);
    void openRecord(RecordId record);
    void closeRecord();
    QList<FieldId> visibleFields() const;
    bool mayDesign() const;
    const Table *definition() const;

    const Theme &m_theme;
    Session &m_session;
    UndoStack &m_undo;
    HttpClient &m_http;
    Pictures *m_pictures;
    BaseId m_base;
    TableId m_table;
    View m_view;
    QString m_search;
    TableModel *m_model = nullptr;
    Pane *m_pane;
    RecordPanel *m_panel;
    QWidget *m_empty = nullptr;
    QWidget *m_noBase = nullptr;
    QWidget *m_baseBar = nullptr;
    QLabel *m_baseName = nullptr;
    TabStrip *m_tabs = nullptr;
    QHBoxLayout *m_people = nullptr;
    TabStrip *m_views = nullptr;
    QHBoxLayout *m_chips = nullptr;
    QLineEdit *m_searchLine = nullptr;
    QPushButton *m_create = nullptr;
    QWidget *m_viewBar = nullptr;
    QWidget *m_chipBar = nullptr;
    QSplitter *m_split = nullptr;
};

} // namespace casebase
