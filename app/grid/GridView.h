// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/fields/CellPainter.h"
#include "app/fields/FieldEditor.h"
#include "app/grid/GridLayout.h"
#include "app/model/TableModel.h"
#include "app/model/UndoStack.h"

#include <QAbstractScrollArea>

namespace casebase {

/// The table as a grid: paints what can be seen, moves a cursor over it, selects, edits in place,
/// copies and pastes. Knows one TableModel and changes records through the undo stack.
class GridView final : public QAbstractScrollArea {
    Q_OBJECT
public:
    GridView(const Theme &theme, UndoStack &undo, QWidget *parent = nullptr);

    void setModel(TableModel *model);
    TableModel *model() const { return m_model; }
    void setWidths(const QHash<FieldId, int> &widths, int frozen);
    void setFound(const QString &text);
    void setPictures(Pictures *pictures);
    void setPresences(const QList<Presence> &presences);

    /// In the viewport; of use while the cell is on screen.
    QRect cellRect(int row, int column) const { return m_layout.cell(row, column); }
    /// Row and column at a point of the viewport, -1 where there is none.
    std::pair<int, int> cellAt(const QPoint &point) const;
    int currentRow() const { return m_row; }
    int currentColumn() const { return m_column; }
    RecordId currentRecord() const;
    QList<RecordId> selectedRecords() const;
    int selectedCells() const;
    void setCurrent(int row, int column, bool extends = false);
    void showRecord(RecordId record);

    void editCurrent(const QString &typed = {});
    /// Writes what is being edited, if anything.
    void finishEditing();
    void createRecord();
    void deleteSelected();
    void copySelection() const;
    void paste();
    void clearSelection();

Q_SIGNALS:
    void currentChanged(RecordId record, FieldId field);
    void selectionChanged();
    void recordActivated(RecordId record);
    void refused(const Error &error);
    void done(const QString &sentence);
    void widthChanged(FieldId field, int width);
    void fieldMoved(FieldId field, int to);
    void fieldMenuRequested(FieldId field, const QPoint &globalPosition);
    void recordMenuRequested(const QPoint &globalPosition);
    void addFieldRequested();
    /// A new record that has to be filled in before it is made.
    void recordFormRequested();
    /// The same for one that the record is to lead to.
    void linkedRecordWanted(RecordId from, FieldId field, const casebase::NewRecord &begun);
    void editingChanged(bool isEditing);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    bool viewportEvent(QEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    bool focusNextPrevChild(bool next) override;

private:
    struct Selection {
        int firstRow = 0;
        int lastRow = 0;
        int firstColumn = 0;
        int lastColumn = 0;
        bool contains(int row, int column) const
        {
            return row >= firstRow && row <= lastRow && column >= firstColumn
                && column <= lastColumn;
        }
    };
    Selection selection() const;
    void relayout();
    void updateScrollBars();
    void onRowsReset();
    void keepCurrent();
    void tellFocus();
    void move(int rows, int columns, bool extends);
    bool handleEditKey(QKeyEvent *event);
    void commitEditor(FieldEditor::Step step);
    void closeEditor();
    void write(const QList<CellEdit> &cells, const QString &name);
    void perform(const QList<Operation> &operations, const QString &name);
    void toggleCheckbox(int row, int column);
    void rate(int row, int column, int rating);
    void pressButton(int row, int column);
    QUrl linkOf(int row, int column) const;
    QUrl linkAt(const QPoint &at) const;
    QString tipAt(const QPoint &at) const;
    void pasteInto(const QList<QStringList> &cells);

    void paintHeader(QPainter &painter) const;
    void paintRows(QPainter &painter) const;
    void paintRow(QPainter &painter, int row, bool frozenPart) const;
    void paintCell(QPainter &painter, const QRect &rect, int row, int column) const;
    QColor ground(const QString &colour, Theme::Tint strength, bool isHovered) const;
    void paintCursor(QPainter &painter) const;
    void paintPresences(QPainter &painter) const;
    void paintFooter(QPainter &painter) const;
    QString footerText(int column) const;
    QRect bodyRect() const;

    const Theme &m_theme;
    UndoStack &m_undo;
    CellPainter m_cells;
    GridLayout m_layout;
    TableModel *m_model = nullptr;
    int m_row = 0;
    int m_column = 0;
    int m_anchorRow = 0;
    int m_anchorColumn = 0;
    RecordId m_currentRecord;
    int m_hoverRow = -1;
    QString m_found;
    QList<Presence> m_presences;
    FieldEditor *m_editor = nullptr;
    int m_resizing = -1;
    int m_dragging = -1;
    int m_pressX = 0;
    bool m_isSelecting = false;
};

} // namespace casebase
