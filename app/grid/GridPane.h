// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/grid/GridView.h"
#include "app/pane/Pane.h"

namespace casebase {

/// The grid as a pane: turns dragged widths and columns into an edited view.
class GridPane final : public Pane {
    Q_OBJECT
public:
    GridPane(const Theme &theme, UndoStack &undo, Pictures *pictures, QWidget *parent);

    void setSource(TableModel *model, const View &view) override;
    void setFound(const QString &text) override { m_grid->setFound(text); }
    void setPresences(const QList<Presence> &presences) override
    {
        m_grid->setPresences(presences);
    }
    RecordId currentRecord() const override { return m_grid->currentRecord(); }
    QList<RecordId> selectedRecords() const override { return m_grid->selectedRecords(); }
    int selectedCells() const override { return m_grid->selectedCells(); }
    void showRecord(RecordId record) override { m_grid->showRecord(record); }
    void stepRecord(int by) override;
    void createRecord() override { m_grid->createRecord(); }
    void deleteSelected() override { m_grid->deleteSelected(); }
    void finishEditing() override { m_grid->finishEditing(); }
    GridView *grid() const { return m_grid; }

private:
    void applyWidths();
    void setWidth(FieldId field, int width);
    void moveField(FieldId field, int to);
    void tellCurrent(bool isEditing);

    GridView *m_grid;
    View m_view;
    FieldId m_currentField;
    bool m_isEditing = false;
};

} // namespace casebase
