// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QPoint>
#include <QRect>

namespace casebase {

/// Where the rows and columns of a grid lie. Plain arithmetic: no widget, no model.
class GridLayout {
public:
    static constexpr int RowHeight = 32;
    static constexpr int HeaderHeight = 34;
    static constexpr int FooterHeight = 32;
    static constexpr int NumbersWidth = 48;
    static constexpr int AddColumnWidth = 44;
    static constexpr int ResizeZone = 6;

    void setColumns(const QList<int> &widths, int frozen);
    void setRows(int rows) { m_rows = rows; }
    void setViewport(const QSize &size) { m_viewport = size; }
    void setScroll(qint64 top, int left);

    int frozenColumns() const { return m_frozen; }
    int columnCount() const { return int(m_starts.size()) - 1; }
    int columnWidth(int column) const { return m_starts[column + 1] - m_starts[column]; }
    /// Right edge of what does not scroll.
    int frozenRight() const;
    int contentWidth() const { return NumbersWidth + m_starts.last() + AddColumnWidth; }
    qint64 contentHeight() const { return qint64(m_rows + 1) * RowHeight; }

    int columnLeft(int column) const;
    int rowTop(int row) const;
    QRect cell(int row, int column) const;
    int firstRow() const;
    int lastRow() const;
    /// The row at the height; m_rows is the ghost row, -1 is none.
    int rowAt(int y) const;
    /// -1 for the row numbers or nothing; columnCount() for the place after the last.
    int columnAt(int x) const;
    /// The column whose right edge is near.
    int edgeAt(int x) const;
    qint64 top() const { return m_top; }
    int left() const { return m_left; }

private:
    QList<int> m_starts{0};
    int m_frozen = 0;
    int m_rows = 0;
    QSize m_viewport;
    qint64 m_top = 0;
    int m_left = 0;
};

} // namespace casebase
