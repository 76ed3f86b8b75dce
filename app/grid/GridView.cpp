// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/grid/GridView.h"

#include "app/grid/GridAccessible.h"
#include "app/model/Pictures.h"
#include "app/widgets/Parts.h"

#include <QAccessible>
#include <QDesktopServices>
#include <QHelpEvent>
#include <QMouseEvent>
#include <QScrollBar>
#include <QToolTip>

namespace casebase {

GridView::GridView(const Theme &theme, UndoStack &undo, QWidget *parent)
    : QAbstractScrollArea(parent)
    , m_theme(theme)
    , m_undo(undo)
    , m_cells(theme)
{
    installGridAccessible();
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    viewport()->setMouseTracking(true);
    viewport()->setAttribute(Qt::WA_OpaquePaintEvent);
    setAttribute(Qt::WA_InputMethodEnabled);
    setAccessibleName(tr("Grid"));
    connect(&m_theme, &Theme::changed, viewport(), qOverload<>(&QWidget::update));
    connect(horizontalScrollBar(), &QScrollBar::valueChanged, this, &GridView::relayout);
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, &GridView::relayout);
}

void GridView::setModel(TableModel *model)
{
    closeEditor();
    if (m_model) {
        m_model->disconnect(this);
    }
    m_model = model;
    m_row = m_column = m_anchorRow = m_anchorColumn = 0;
    m_currentRecord = {};
    verticalScrollBar()->setValue(0);
    horizontalScrollBar()->setValue(0);
    if (m_model) {
        connect(m_model, &QAbstractItemModel::modelReset, this, &GridView::onRowsReset);
        connect(m_model, &QAbstractItemModel::rowsInserted, this, &GridView::keepCurrent);
        connect(m_model, &QAbstractItemModel::rowsRemoved, this, &GridView::keepCurrent);
        connect(
            m_model, &QAbstractItemModel::dataChanged, viewport(), qOverload<>(&QWidget::update));
        connect(m_model, &TableModel::refused, this, &GridView::refused);
    }
    onRowsReset();
}

void GridView::setWidths(const QHash<FieldId, int> &widths, int frozen)
{
    QList<int> columns;
    for (int column = 0; m_model && column < m_model->columnCount(); ++column) {
        const Field &field = *m_model->field(column);
        const int width = widths.value(field.id, 0);
        columns += std::max(width > 0 ? width : CellPainter::defaultWidth(field), 48);
    }
    m_layout.setViewport(viewport()->size());
    m_layout.setColumns(columns, frozen);
    updateScrollBars();
    relayout();
}

void GridView::setFound(const QString &text)
{
    m_found = text.trimmed();
    viewport()->update();
}

void GridView::setPresences(const QList<Presence> &presences)
{
    m_presences = presences;
    viewport()->update();
}

void GridView::onRowsReset()
{
    if (m_editor && m_model && m_model->rowOf(m_currentRecord) < 0) {
        closeEditor();
    }
    keepCurrent();
}

void GridView::keepCurrent()
{
    // The cursor stays on its record, wherever that went.
    const int row = m_model ? m_model->rowOf(m_currentRecord) : -1;
    const int last = m_model ? std::max(0, m_model->rowCount() - 1) : 0;
    if (row >= 0) {
        m_anchorRow = std::clamp(m_anchorRow + row - m_row, 0, last);
        m_row = row;
    } else {
        m_row = std::clamp(m_row, 0, last);
        m_anchorRow = m_row;
        m_currentRecord = m_model ? m_model->record(m_row) : RecordId();
    }
    const int lastColumn = m_model ? std::max(0, m_model->columnCount() - 1) : 0;
    m_column = std::clamp(m_column, 0, lastColumn);
    m_anchorColumn = std::clamp(m_anchorColumn, 0, lastColumn);
    updateScrollBars();
    relayout();
    if (QAccessible::isActive()) {
        QAccessibleTableModelChangeEvent event(this, QAccessibleTableModelChangeEvent::ModelReset);
        QAccessible::updateAccessibility(&event);
    }
    Q_EMIT selectionChanged();
}

void GridView::tellFocus()
{
    if (QAccessible::isActive() && m_model && m_model->rowCount() > 0) {
        QAccessibleEvent event(this, QAccessible::Focus);
        event.setChild(m_row * m_model->columnCount() + m_column);
        QAccessible::updateAccessibility(&event);
    }
}

std::pair<int, int> GridView::cellAt(const QPoint &point) const
{
    const int row = m_layout.rowAt(point.y());
    const int column = m_layout.columnAt(point.x());
    const bool isCell = m_model && row >= 0 && row < m_model->rowCount() && column >= 0
        && column < m_layout.columnCount();
    return isCell ? std::pair(row, column) : std::pair(-1, -1);
}

void GridView::updateScrollBars()
{
    m_layout.setRows(m_model ? m_model->rowCount() : 0);
    m_layout.setViewport(viewport()->size());
    const int visible =
        std::max(1, viewport()->height() - GridLayout::HeaderHeight - GridLayout::FooterHeight);
    const qint64 height = m_layout.contentHeight();
    // Scroll bars count rows: pixels of a million rows would not fit an int at 200 % scaling.
    verticalScrollBar()->setRange(0,
        int(std::max<qint64>(
            0, (height - visible + GridLayout::RowHeight - 1) / GridLayout::RowHeight)));
    verticalScrollBar()->setPageStep(std::max(1, visible / GridLayout::RowHeight));
    verticalScrollBar()->setSingleStep(1);
    horizontalScrollBar()->setRange(0, std::max(0, m_layout.contentWidth() - viewport()->width()));
    horizontalScrollBar()->setPageStep(viewport()->width());
    horizontalScrollBar()->setSingleStep(40);
}

void GridView::relayout()
{
    m_layout.setScroll(qint64(verticalScrollBar()->value()) * GridLayout::RowHeight,
        horizontalScrollBar()->value());
    if (m_editor) {
        m_editor->move(m_layout.cell(m_row, m_column).topLeft());
    }
    viewport()->update();
}

void GridView::resizeEvent(QResizeEvent *event)
{
    QAbstractScrollArea::resizeEvent(event);
    updateScrollBars();
    relayout();
}

RecordId GridView::currentRecord() const
{
    return m_model ? m_model->record(m_row) : RecordId();
}

GridView::Selection GridView::selection() const
{
    return {std::min(m_row, m_anchorRow), std::max(m_row, m_anchorRow),
        std::min(m_column, m_anchorColumn), std::max(m_column, m_anchorColumn)};
}

QList<RecordId> GridView::selectedRecords() const
{
    QList<RecordId> records;
    const Selection chosen = selection();
    for (int row = chosen.firstRow; m_model && row <= chosen.lastRow; ++row) {
        if (row < m_model->rowCount()) {
            records += m_model->record(row);
        }
    }
    return records;
}

int GridView::selectedCells() const
{
    const Selection chosen = selection();
    return (chosen.lastRow - chosen.firstRow + 1) * (chosen.lastColumn - chosen.firstColumn + 1);
}

void GridView::setCurrent(int row, int column, bool extends)
{
    if (!m_model || m_model->rowCount() == 0) {
        return;
    }
    finishEditing();
    if (m_editor) {
        return; // what was typed does not fit: the cursor stays with it
    }
    m_row = std::clamp(row, 0, m_model->rowCount() - 1);
    m_column = std::clamp(column, 0, std::max(0, m_model->columnCount() - 1));
    if (!extends) {
        m_anchorRow = m_row;
        m_anchorColumn = m_column;
    }
    m_currentRecord = m_model->record(m_row);
    const int top = m_row * GridLayout::RowHeight;
    const int visible = viewport()->height() - GridLayout::HeaderHeight - GridLayout::FooterHeight;
    if (qint64(top) < m_layout.top()) {
        verticalScrollBar()->setValue(m_row);
    } else if (top + GridLayout::RowHeight > m_layout.top() + visible) {
        verticalScrollBar()->setValue(m_row - visible / GridLayout::RowHeight + 1);
    }
    const QRect cell = m_layout.cell(m_row, m_column);
    if (m_column >= m_layout.frozenColumns()) {
        if (cell.left() < m_layout.frozenRight()) {
            horizontalScrollBar()->setValue(
                horizontalScrollBar()->value() - (m_layout.frozenRight() - cell.left()));
        } else if (cell.right() > viewport()->width()) {
            horizontalScrollBar()->setValue(
                horizontalScrollBar()->value() + cell.right() - viewport()->width() + 1);
        }
    }
    viewport()->update();
    tellFocus();
    const Field *field = m_model->field(m_column);
    Q_EMIT currentChanged(m_currentRecord, field ? field->id : FieldId());
    Q_EMIT selectionChanged();
}

void GridView::showRecord(RecordId record)
{
    const int row = m_model ? m_model->rowOf(record) : -1;
    if (row >= 0) {
        setCurrent(row, m_column);
    }
}

void GridView::mousePressEvent(QMouseEvent *event)
{
    if (!m_model) {
        return;
    }
    const QPoint at = event->position().toPoint();
    setFocus(Qt::MouseFocusReason);
    if (at.y() < GridLayout::HeaderHeight) {
        finishEditing();
        const int column = m_layout.columnAt(at.x());
        if (event->button() == Qt::LeftButton && m_layout.edgeAt(at.x()) >= 0) {
            m_resizing = m_layout.edgeAt(at.x());
            m_pressX = at.x() - m_layout.columnWidth(m_resizing);
        } else if (column == m_layout.columnCount()) {
            Q_EMIT addFieldRequested();
        } else if (column >= 0 && event->button() == Qt::RightButton) {
            Q_EMIT fieldMenuRequested(m_model->fields()[column], event->globalPosition().toPoint());
        } else if (column >= 0) {
            m_dragging = column;
            m_pressX = at.x();
        }
        return;
    }
    const int row = m_layout.rowAt(at.y());
    if (row < 0) {
        return;
    }
    if (row == m_model->rowCount()) {
        return createRecord();
    }
    const int column = m_layout.columnAt(at.x());
    if (column < 0) {
        if (at.x() < 22) {
            setCurrent(row, m_column);
            Q_EMIT recordActivated(currentRecord());
        } else {
            const bool extends = event->modifiers() & Qt::ShiftModifier;
            setCurrent(row, 0, extends);
            m_anchorColumn = std::max(0, m_model->columnCount() - 1);
            viewport()->update();
        }
    } else if (column < m_layout.columnCount()) {
        const QUrl link = event->modifiers() & Qt::ControlModifier ? linkAt(at) : QUrl();
        if (!link.isEmpty()) {
            QDesktopServices::openUrl(link);
            return;
        }
        const bool wasCurrent = row == m_row && column == m_column;
        const bool isInside =
            event->button() == Qt::RightButton && selection().contains(row, column);
        if (!isInside) {
            setCurrent(row, column, event->modifiers() & Qt::ShiftModifier);
        }
        m_isSelecting = event->button() == Qt::LeftButton;
        const Field *field = m_model->field(column);
        if (m_isSelecting && field->kind == FieldKind::Checkbox) {
            toggleCheckbox(row, column);
        } else if (m_isSelecting && field->kind == FieldKind::Button
            && m_cells.buttonRect(m_layout.cell(row, column), *field).contains(at)) {
            m_isSelecting = false;
            pressButton(row, column);
        } else if (m_isSelecting && field->kind == FieldKind::Rating && wasCurrent) {
            const int rating = CellPainter::ratingAt(m_layout.cell(row, column), *field, at);
            const bool isSame = m_model->value(row, column) == Value(double(rating));
            if (rating > 0) {
                rate(row, column, isSame ? 0 : rating); // The same sign again takes it back.
            }
        }
    }
    if (event->button() == Qt::RightButton) {
        Q_EMIT recordMenuRequested(event->globalPosition().toPoint());
    }
}

void GridView::mouseMoveEvent(QMouseEvent *event)
{
    const QPoint at = event->position().toPoint();
    if (!m_model) {
        return;
    }
    if (m_resizing >= 0) {
        Q_EMIT widthChanged(m_model->fields()[m_resizing], std::max(48, at.x() - m_pressX));
        return;
    }
    const bool isHeader = at.y() < GridLayout::HeaderHeight;
    const QUrl link = event->modifiers() & Qt::ControlModifier ? linkAt(at) : QUrl();
    viewport()->setCursor(isHeader && m_layout.edgeAt(at.x()) >= 0 ? Qt::SplitHCursor
            : m_dragging >= 0 && std::abs(at.x() - m_pressX) > 8   ? Qt::ClosedHandCursor
            : !link.isEmpty()                                      ? Qt::PointingHandCursor
                                                                   : Qt::ArrowCursor);
    const int row = m_layout.rowAt(at.y());
    if (m_isSelecting && row >= 0 && row < m_model->rowCount()) {
        const int column = m_layout.columnAt(at.x());
        if (row != m_row || column != m_column) {
            setCurrent(row, std::max(0, column), true);
        }
    }
    const int hover = row >= 0 && row < m_model->rowCount() ? row : -1;
    if (hover != m_hoverRow) {
        m_hoverRow = hover;
        viewport()->update();
    }
}

void GridView::setPictures(Pictures *pictures)
{
    m_cells.setPictures(pictures);
    if (pictures) {
        connect(pictures, &Pictures::loaded, viewport(), qOverload<>(&QWidget::update));
    }
}

QUrl GridView::linkAt(const QPoint &at) const
{
    const int row = m_layout.rowAt(at.y());
    const int column = m_layout.columnAt(at.x());
    const bool isCell =
        row >= 0 && row < m_model->rowCount() && column >= 0 && column < m_layout.columnCount();
    return isCell ? linkOf(row, column) : QUrl();
}

/// What would be opened, before it is; why there is no result.
QString GridView::tipAt(const QPoint &at) const
{
    const QUrl link = linkAt(at);
    if (!link.isEmpty()) {
        return tr("Ctrl+click opens %1").arg(link.toDisplayString());
    }
    const int row = m_layout.rowAt(at.y());
    const int column = m_layout.columnAt(at.x());
    const Value value = m_model->value(row, column);
    const auto *fault = std::get_if<Fault>(&value);
    return fault ? CellPainter::reason(*fault) : m_model->warning(row, column);
}

QUrl GridView::linkOf(int row, int column) const
{
    return CellPainter::link(m_model->value(row, column), *m_model->field(column));
}

bool GridView::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::ToolTip && m_model) {
        const auto *help = static_cast<QHelpEvent *>(event);
        QToolTip::showText(help->globalPos(), tipText(tipAt(help->pos())), viewport());
        return true;
    }
    return QAbstractScrollArea::viewportEvent(event);
}

void GridView::mouseReleaseEvent(QMouseEvent *event)
{
    const int from = std::exchange(m_dragging, -1);
    const int to = m_layout.columnAt(event->position().toPoint().x());
    const bool moved = std::abs(event->position().toPoint().x() - m_pressX) > 8;
    if (from >= 0 && moved && to >= 0 && to != from && to < m_layout.columnCount()) {
        Q_EMIT fieldMoved(m_model->fields()[from], to);
    } else if (from >= 0 && !moved && m_resizing < 0) {
        Q_EMIT fieldMenuRequested(m_model->fields()[from],
            viewport()->mapToGlobal(QPoint(m_layout.columnLeft(from), GridLayout::HeaderHeight)));
    }
    m_resizing = -1;
    m_isSelecting = false;
    viewport()->setCursor(Qt::ArrowCursor);
}

void GridView::mouseDoubleClickEvent(QMouseEvent *event)
{
    const QPoint at = event->position().toPoint();
    const int row = m_layout.rowAt(at.y());
    const int column = m_layout.columnAt(at.x());
    if (m_model && row >= 0 && row < m_model->rowCount() && column >= 0
        && column < m_layout.columnCount()) {
        editCurrent();
    }
}

void GridView::leaveEvent(QEvent *event)
{
    m_hoverRow = -1;
    viewport()->update();
    QAbstractScrollArea::leaveEvent(event);
}

void GridView::focusInEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusInEvent(event);
    viewport()->update();
    tellFocus();
}

void GridView::focusOutEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusOutEvent(event);
    viewport()->update();
}

bool GridView::focusNextPrevChild(bool)
{
    return false; // Tab moves between cells; F6 leaves the grid.
}

} // namespace casebase
