// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/model/TableModel.h"

#include <QWidget>

#include <functional>

namespace casebase {

/// One view on screen: shows a model as its view says, and tells what hands ask for. The page
/// around it knows no more than this.
class Pane : public QWidget {
    Q_OBJECT
public:
    using QWidget::QWidget;
    virtual void setSource(TableModel *model, const View &view) = 0;
    virtual void setFound(const QString &text) = 0;
    virtual void setPresences(const QList<Presence> &presences) = 0;
    virtual RecordId currentRecord() const = 0;
    virtual QList<RecordId> selectedRecords() const = 0;
    virtual int selectedCells() const = 0;
    virtual void showRecord(RecordId record) = 0;
    virtual void stepRecord(int by) = 0;
    virtual void createRecord() = 0;
    virtual void deleteSelected() = 0;
    /// Writes what is being edited, if anything.
    virtual void finishEditing() = 0;

Q_SIGNALS:
    void currentChanged(RecordId record, FieldId field, bool isEditing);
    void recordActivated(RecordId record);
    void recordMenuRequested(const QPoint &globalPosition);
    void fieldMenuRequested(FieldId field, const QPoint &globalPosition);
    void addFieldRequested();
    /// A new record that has to be filled in before it is made.
    void recordFormRequested();
    /// The same for one that the record is to lead to.
    void linkedRecordWanted(RecordId from, FieldId field, const casebase::NewRecord &begun);
    void viewEdited(const View &view);
    void refused(const Error &error);
    void told(const QString &sentence);
};

using PaneFactory = std::function<Pane *(QWidget *parent)>;

} // namespace casebase
