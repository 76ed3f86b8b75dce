// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/fields/FieldRow.h"
#include "app/model/TaskList.h"
#include "app/model/UndoStack.h"
#include "app/net/HttpClient.h"
#include "app/record/StepsBar.h"

#include <QLabel>
#include <QVBoxLayout>

class QPushButton;
class QScrollArea;
class QToolButton;

namespace casebase {

class CellFiles;
class Pictures;

/// One record beside its table: fields to edit, the workflow it is in, its history.
class RecordPanel final : public QWidget {
    Q_OBJECT
public:
    RecordPanel(const Theme &theme, Session &session, UndoStack &undo, HttpClient &http,
        Pictures &pictures, QWidget *parent);

    void showRecord(BaseId base, TableId table, RecordId record);
    RecordId record() const { return m_record; }
    /// The one that was asked for; links may have led from there to another.
    RecordId origin() const { return m_trail.isEmpty() ? m_record : m_trail.first().second; }
    void focusFields();

Q_SIGNALS:
    void closed();
    void stepRequested(int by); ///< To the record above or below.
    void refused(const Error &error);
    /// A record that the one that is shown is to lead to has to be filled in first.
    void linkedRecordWanted(
        TableId table, RecordId from, FieldId field, const casebase::NewRecord &begun);

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void present(TableId table, RecordId record);
    void build();
    void refresh();
    void refreshWarnings();
    void loadHistory();
    void showHistory(const QJsonObject &json);
    void onChanged(BaseId base, const ReplicaChange &change);
    void write(FieldId field, const Value &before, const Value &value,
        const QList<Operation> &preparations = {}, const QList<FieldValue> &besides = {});
    void follow(TableId table, RecordId record);
    void goBack();
    void press(FieldId field);
    void reveal(FieldId field);
    void startWorkflow();
    const TableData *table() const;

    const Theme &m_theme;
    Session &m_session;
    UndoStack &m_undo;
    HttpClient &m_http;
    Pictures &m_pictures;
    CellFiles *m_files;
    BaseId m_base;
    TableId m_table;
    RecordId m_record;
    QList<std::pair<TableId, RecordId>> m_trail; ///< From where links have led here.
    QToolButton *m_back;
    QLabel *m_title;
    QLabel *m_gone;
    QPushButton *m_start;
    QPushButton *m_withdraw;
    StepsBar *m_steps;
    QScrollArea *m_scroll;
    QWidget *m_body = nullptr;
    QList<FieldRow *> m_rows;
    QList<Field> m_fields;
    QVBoxLayout *m_history = nullptr;
};

} // namespace casebase
