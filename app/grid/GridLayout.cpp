// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/grid/GridLayout.h"

#include <algorithm>

namespace casebase {

void GridLayout::setColumns(const QList<int> &widths, int frozen)
{
    m_starts = {0};
    for (const int width : widths) {
        m_starts += m_starts.last() + width;
    }
    // The frozen part takes at most 60 % of the width, so that something is left to scroll.
    m_frozen = std::clamp(frozen, 0, columnCount());
    while (m_frozen > 0 && m_viewport.width() > 0
        && NumbersWidth + m_starts[m_frozen] > m_viewport.width() * 6 / 10) {
        --m_frozen;
    }
}

void GridLayout::setScroll(qint64 top, int left)
{
    m_top = top;
    m_left = left;
}

int GridLayout::frozenRight() const
{
    return NumbersWidth + m_starts[m_frozen];
}

int GridLayout::columnLeft(int column) const
{
    return NumbersWidth + m_starts[column] - (column < m_frozen ? 0 : m_left);
}

int GridLayout::rowTop(int row) const
{
    return HeaderHeight + int(qint64(row) * RowHeight - m_top);
}

QRect GridLayout::cell(int row, int column) const
{
    return QRect(columnLeft(column), rowTop(row), columnWidth(column), RowHeight);
}

int GridLayout::firstRow() const
{
    return int(m_top / RowHeight);
}

int GridLayout::lastRow() const
{
    const int visible = m_viewport.height() - HeaderHeight - FooterHeight;
    return int(std::min<qint64>(m_rows - 1, (m_top + visible) / RowHeight));
}

int GridLayout::rowAt(int y) const
{
    if (y < HeaderHeight || y >= m_viewport.height() - FooterHeight) {
        return -1;
    }
    const qint64 row = (y - HeaderHeight + m_top) / RowHeight;
    return row <= m_rows ? int(row) : -1;
}

int GridLayout::columnAt(int x) const
{
    if (x < NumbersWidth) {
        return -1;
    }
    for (int column = 0; column < m_frozen; ++column) {
        if (x < columnLeft(column) + columnWidth(column)) {
            return column;
        }
    }
    for (int column = m_frozen; column < columnCount(); ++column) {
        const int start = columnLeft(column);
        if (x >= start && x < start + columnWidth(column)) {
            return column;
        }
    }
    return columnCount();
}

int GridLayout::edgeAt(int x) const
{
    for (int column = 0; column < columnCount(); ++column) {
        const int edge = columnLeft(column) + columnWidth(column);
        const bool isCovered = column >= m_frozen && edge < frozenRight();
        if (!isCovered && std::abs(x - edge) <= ResizeZone / 2) {
            return column;
        }
    }
    return -1;
}

} // namespace casebase
