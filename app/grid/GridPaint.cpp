// SPDX-License-Identifier: GPL-3.0-or-later
// How a GridView looks.
#include "app/grid/GridView.h"

#include "app/model/ButtonPress.h"
#include "app/widgets/Paint.h"

#include <QPainter>

namespace casebase {

namespace {

constexpr int WarningWidth = 20; ///< Of the mark of a value that breaks rules which only warn.

} // namespace

void GridView::paintEvent(QPaintEvent *)
{
    QPainter painter(viewport());
    painter.fillRect(viewport()->rect(), m_theme.colour(Tone::Window));
    if (!m_model) {
        return;
    }
    paintRows(painter);
    paintHeader(painter);
    painter.save();
    painter.setClipRect(bodyRect());
    paintPresences(painter);
    paintCursor(painter);
    painter.restore();
    paintFooter(painter);
}

QRect GridView::bodyRect() const
{
    return QRect(0, GridLayout::HeaderHeight, viewport()->width(),
        viewport()->height() - GridLayout::HeaderHeight - GridLayout::FooterHeight);
}

void GridView::paintRows(QPainter &painter) const
{
    const int columns = m_layout.columnCount();
    const int right = m_layout.columnLeft(columns - 1 < 0 ? 0 : columns - 1)
        + (columns > 0 ? m_layout.columnWidth(columns - 1) : 0);
    const int bottom = m_layout.rowTop(m_model->rowCount() + 1);
    const QRect body = bodyRect();
    painter.save();
    painter.setClipRect(body);
    painter.fillRect(QRect(0, body.top(), std::max(right, m_layout.frozenRight()),
                         std::min(bottom, body.bottom() + 1) - body.top()),
        m_theme.colour(Tone::Surface));
    for (const bool frozenPart : {false, true}) {
        const int edge = m_layout.frozenRight();
        painter.setClipRect(
            frozenPart ? QRect(0, body.top(), edge, body.height()) : body.adjusted(edge, 0, 0, 0));
        for (int row = m_layout.firstRow(); row <= m_layout.lastRow(); ++row) {
            paintRow(painter, row, frozenPart);
        }
    }
    painter.setClipRect(body);
    const int ghost = m_layout.rowTop(m_model->rowCount());
    if (ghost < body.bottom()) {
        paintIcon(painter, m_theme, QRect(17, ghost + 9, 14, 14), QStringLiteral("plus"),
            m_theme.colour(Tone::Text2));
        painter.setFont(m_theme.font(TextSize::Body));
        painter.setPen(m_theme.colour(Tone::Text3));
        painter.drawText(QRect(GridLayout::NumbersWidth + 8, ghost, 400, GridLayout::RowHeight),
            Qt::AlignVCenter, tr("New record"));
        painter.setPen(m_theme.colour(Tone::Line));
        painter.drawLine(0, ghost + GridLayout::RowHeight - 1,
            std::max(right, m_layout.frozenRight()), ghost + GridLayout::RowHeight - 1);
    }
    painter.setPen(QPen(m_theme.colour(Tone::LineStrong), 2));
    painter.drawLine(m_layout.frozenRight() - 1, body.top(), m_layout.frozenRight() - 1,
        std::min(bottom - 1, body.bottom()));
    painter.restore();
}

void GridView::paintRow(QPainter &painter, int row, bool frozenPart) const
{
    const int top = m_layout.rowTop(row);
    const Selection chosen = selection();
    const bool isHovered = row == m_hoverRow;
    const QString rowColour = m_model->colour(row, ColourRule::Part::Row);
    const int first = frozenPart ? 0 : m_layout.frozenColumns();
    const int last = frozenPart ? m_layout.frozenColumns() : m_layout.columnCount();
    if (frozenPart) {
        const QRect numbers(0, top, GridLayout::NumbersWidth, GridLayout::RowHeight);
        const bool isIn = row >= chosen.firstRow && row <= chosen.lastRow;
        painter.fillRect(numbers,
            isIn ? m_theme.colour(Tone::Selected) : ground(rowColour, Theme::Tint::Row, isHovered));
        const QString edge = m_model->colour(row, ColourRule::Part::Edge);
        if (!edge.isEmpty()) {
            painter.fillRect(QRect(0, top, 4, GridLayout::RowHeight - 1), m_theme.mark(edge));
        }
        const bool isLong = row >= 99999; // seven digits fit when they are small
        painter.setFont(m_theme.font(isLong ? TextSize::Tiny : TextSize::Small));
        painter.setPen(m_theme.colour(isIn ? Tone::Accent : Tone::Text3));
        painter.drawText(numbers.adjusted(0, 0, isLong ? -4 : -12, 0),
            Qt::AlignRight | Qt::AlignVCenter, QString::number(row + 1));
        if (isHovered) {
            paintIcon(painter, m_theme, QRect(4, top + 9, 14, 14), QStringLiteral("expand"),
                m_theme.colour(Tone::Text2));
        }
        painter.setPen(m_theme.colour(Tone::Line));
        painter.drawLine(numbers.right(), top, numbers.right(), numbers.bottom());
        painter.drawLine(numbers.left(), numbers.bottom(), numbers.right(), numbers.bottom());
    }
    for (int column = first; column < last; ++column) {
        const QRect rect = m_layout.cell(row, column);
        if (rect.right() < 0 || rect.left() > viewport()->width()) {
            continue;
        }
        const bool isMany =
            chosen.firstRow != chosen.lastRow || chosen.firstColumn != chosen.lastColumn;
        if (isMany && chosen.contains(row, column)) {
            painter.fillRect(rect, m_theme.colour(Tone::Selected));
        } else {
            const QString own =
                m_model->colour(row, ColourRule::Part::Cell, m_model->fields()[column]);
            painter.fillRect(rect,
                own.isEmpty() ? ground(rowColour, Theme::Tint::Row, isHovered)
                              : ground(own, Theme::Tint::Cell, isHovered));
        }
        paintCell(painter, rect, row, column);
        painter.setPen(m_theme.colour(Tone::Line));
        painter.drawLine(rect.right(), rect.top(), rect.right(), rect.bottom());
        painter.drawLine(rect.left(), rect.bottom(), rect.right(), rect.bottom());
    }
}

/// Behind what is in a cell; the colour is that of a rule, or empty.
QColor GridView::ground(const QString &colour, Theme::Tint strength, bool isHovered) const
{
    if (colour.isEmpty()) {
        return m_theme.colour(isHovered ? Tone::Hover : Tone::Surface);
    }
    const QColor tint = m_theme.tint(colour, strength);
    return !isHovered ? tint : m_theme.isDark() ? tint.lighter(118) : tint.darker(104);
}

void GridView::paintCell(QPainter &painter, const QRect &rect, int row, int column) const
{
    const Field *field = m_model->field(column);
    if (!field) {
        return;
    }
    if (field->kind == FieldKind::Button) {
        m_cells.paintButton(painter, rect, *field,
            isButtonOffered(m_model->session(), m_model->base(), m_model->table(),
                m_model->record(row), *field));
        return;
    }
    const bool isWarned = m_model->isWarned(row, column);
    m_cells.paint(painter, rect.adjusted(0, 0, isWarned ? -WarningWidth : 0, 0),
        m_model->value(row, column), *field, m_model->session().fieldContext(m_model->base()),
        m_found);
    if (isWarned) {
        paintIcon(painter, m_theme,
            QRect(rect.right() - WarningWidth, rect.center().y() - 7, 14, 14),
            QStringLiteral("warning"), m_theme.colour(Tone::Warning));
    }
    const Replica *replica = m_model->session().replica(m_model->base());
    if (replica && replica->isPending(m_model->record(row), field->id)) {
        const QPoint corner = rect.topLeft();
        painter.setPen(Qt::NoPen);
        painter.setBrush(m_theme.colour(Tone::Warning));
        painter.drawPolygon(QPolygon({corner, corner + QPoint(9, 0), corner + QPoint(0, 9)}));
    }
}

void GridView::paintHeader(QPainter &painter) const
{
    const int height = GridLayout::HeaderHeight;
    painter.fillRect(QRect(0, 0, viewport()->width(), height), m_theme.colour(Tone::Sunken));
    const auto &sort = m_model->projection().sort;
    for (const bool frozenPart : {false, true}) {
        painter.save();
        painter.setClipRect(frozenPart
                ? QRect(0, 0, m_layout.frozenRight(), height)
                : QRect(m_layout.frozenRight(), 0, viewport()->width(), height));
        const int first = frozenPart ? 0 : m_layout.frozenColumns();
        const int last = frozenPart ? m_layout.frozenColumns() : m_layout.columnCount();
        for (int column = first; column < last; ++column) {
            const QRect rect(m_layout.columnLeft(column), 0, m_layout.columnWidth(column), height);
            const Field &field = *m_model->field(column);
            paintIcon(painter, m_theme, QRect(rect.left() + 8, 10, 14, 14),
                CellPainter::icon(field), m_theme.colour(Tone::Text2));
            int right = rect.right() - 8;
            for (const SortKey &key : sort) {
                if (key.field == field.id) {
                    right -= 18;
                    paintIcon(painter, m_theme, QRect(right, 10, 14, 14),
                        key.order == Qt::AscendingOrder ? QStringLiteral("arrow-up")
                                                        : QStringLiteral("arrow-down"),
                        m_theme.colour(Tone::Accent));
                }
            }
            const QFont font = m_theme.font(TextSize::Body);
            painter.setFont(font);
            painter.setPen(m_theme.colour(Tone::Text));
            const int left = rect.left() + 28;
            painter.drawText(QRect(left, 0, right - left, height), Qt::AlignVCenter,
                QFontMetrics(font).elidedText(field.name, Qt::ElideRight, right - left));
            painter.setPen(m_theme.colour(Tone::Line));
            painter.drawLine(rect.right(), 0, rect.right(), height);
        }
        if (!frozenPart) {
            const int left = GridLayout::NumbersWidth + m_layout.contentWidth()
                - GridLayout::NumbersWidth - GridLayout::AddColumnWidth - m_layout.left();
            paintIcon(painter, m_theme, QRect(left + 14, 10, 14, 14), QStringLiteral("plus"),
                m_theme.colour(Tone::Text2));
        }
        painter.restore();
    }
    painter.setPen(m_theme.colour(Tone::Line));
    painter.drawLine(0, height - 1, viewport()->width(), height - 1);
    painter.setPen(QPen(m_theme.colour(Tone::LineStrong), 2));
    painter.drawLine(m_layout.frozenRight() - 1, 0, m_layout.frozenRight() - 1, height);
}

void GridView::paintCursor(QPainter &painter) const
{
    if (m_model->rowCount() == 0 || m_layout.columnCount() == 0 || m_row >= m_model->rowCount()) {
        return;
    }
    const Selection chosen = selection();
    QRect frame = m_layout.cell(chosen.firstRow, chosen.firstColumn)
                      .united(m_layout.cell(chosen.lastRow, chosen.lastColumn));
    const bool isFrozen = chosen.firstColumn < m_layout.frozenColumns();
    painter.save();
    if (!isFrozen) {
        painter.setClipRect(bodyRect().adjusted(m_layout.frozenRight() - 1, 0, 0, 0));
    }
    const Tone tone = hasFocus() || m_editor ? Tone::Accent : Tone::LineStrong;
    painter.setPen(QPen(m_theme.colour(tone), 2, Qt::SolidLine, Qt::SquareCap, Qt::MiterJoin));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(frame.adjusted(0, 0, -1, -1));
    painter.restore();
}

void GridView::paintPresences(QPainter &painter) const
{
    const Document *document = m_model->session().document(m_model->base());
    for (const Presence &presence : m_presences) {
        const int row = presence.table == m_model->table() ? m_model->rowOf(presence.record) : -1;
        const int column = int(m_model->fields().indexOf(presence.field));
        if (row < 0 || column < 0 || !document) {
            continue;
        }
        const QRect cell = m_layout.cell(row, column);
        if (column >= m_layout.frozenColumns() && cell.right() < m_layout.frozenRight()) {
            continue;
        }
        const Person *person = document->people().person(presence.user);
        const QString name = person ? person->name : presence.user.text();
        const QString label = presence.isEditing ? tr("%1 is editing").arg(name) : name;
        const QColor colour = m_theme.presence(presence.user.text());
        painter.setPen(QPen(colour, 2, Qt::SolidLine, Qt::SquareCap, Qt::MiterJoin));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(cell.adjusted(0, 0, -1, -1));
        const QFont font = m_theme.font(TextSize::Tiny);
        const int width = QFontMetrics(font).horizontalAdvance(label) + 10;
        const QRect tag(cell.left() - 1, cell.top() - 15, width, 16);
        painter.fillRect(tag, colour);
        painter.setFont(font);
        painter.setPen(m_theme.isDark() ? QColor(0x1B, 0x12, 0x22) : QColor(Qt::white));
        painter.drawText(tag, Qt::AlignCenter, label);
    }
}

QString GridView::footerText(int column) const
{
    if (column == 0) {
        return tr("%Ln record(s)", nullptr, m_model->rowCount());
    }
    const Field *field = m_model->field(column);
    const Selection chosen = selection();
    const bool isSelected = field && isTypedNumber(field->kind) && chosen.firstRow != chosen.lastRow
        && column >= chosen.firstColumn && column <= chosen.lastColumn
        && chosen.lastRow - chosen.firstRow < 5000;
    if (!isSelected) {
        return {};
    }
    double sum = 0;
    for (int row = chosen.firstRow; row <= chosen.lastRow; ++row) {
        const Value value = m_model->value(row, column);
        sum += std::get_if<double>(&value) ? std::get<double>(value) : 0;
    }
    return QStringLiteral("Σ ")
        + fieldType(field->kind)
              .format(sum, *field, m_model->session().fieldContext(m_model->base()));
}

void GridView::paintFooter(QPainter &painter) const
{
    const int top = viewport()->height() - GridLayout::FooterHeight;
    painter.fillRect(
        QRect(0, top, viewport()->width(), GridLayout::FooterHeight), m_theme.colour(Tone::Sunken));
    painter.setPen(m_theme.colour(Tone::Line));
    painter.drawLine(0, top, viewport()->width(), top);
    painter.setFont(m_theme.font(TextSize::Small));
    for (int column = m_layout.columnCount() - 1; column >= 0; --column) {
        const QString text = footerText(column);
        if (text.isEmpty()) {
            continue;
        }
        const QRect rect(m_layout.columnLeft(column), top,
            std::max(m_layout.columnWidth(column), column == 0 ? 120 : 0),
            GridLayout::FooterHeight);
        if (column >= m_layout.frozenColumns() && rect.left() < m_layout.frozenRight() - 4) {
            continue;
        }
        painter.setPen(m_theme.colour(Tone::Text2));
        painter.drawText(rect.adjusted(8, 0, -8, 0),
            Qt::AlignVCenter | (column == 0 ? Qt::AlignLeft : Qt::AlignRight), text);
    }
}

} // namespace casebase
