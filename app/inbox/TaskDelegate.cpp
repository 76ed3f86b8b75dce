// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/inbox/TaskDelegate.h"

#include "app/widgets/Paint.h"

namespace casebase {

TaskDelegate::TaskDelegate(const Theme &theme, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_theme(theme)
{
}

QSize TaskDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const
{
    return {200, 60};
}

void TaskDelegate::paint(
    QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const QRect card = option.rect.adjusted(8, 2, -8, -2);
    if (option.state & QStyle::State_Selected) {
        painter->setPen(m_theme.colour(Tone::SelectedStrong));
        painter->setBrush(m_theme.colour(Tone::Selected));
        painter->drawRoundedRect(QRectF(card).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
    } else if (option.state & QStyle::State_MouseOver) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(m_theme.colour(Tone::Hover));
        painter->drawRoundedRect(card, 6, 6);
    }
    const QFont small = m_theme.font(TextSize::Small);
    const QFont body = m_theme.font(TextSize::Body);
    const QString time = index.data(TimeRole).toString();
    const int timeWidth = QFontMetrics(small).horizontalAdvance(time);
    const QRect top = card.adjusted(12, 6, -10, -30);
    painter->setFont(small);
    painter->setPen(m_theme.colour(index.data(WaitingRole).toBool() ? Tone::Warning : Tone::Text3));
    painter->drawText(top, Qt::AlignRight | Qt::AlignVCenter, time);
    painter->setFont(body);
    painter->setPen(m_theme.colour(Tone::Text));
    const int titleWidth = top.width() - timeWidth - 12;
    painter->drawText(QRect(top.left(), top.top(), titleWidth, top.height()), Qt::AlignVCenter,
        QFontMetrics(body).elidedText(index.data().toString(), Qt::ElideRight, titleWidth));
    const QRect below = card.adjusted(12, 30, -10, -6);
    const QString name = index.data(PersonRole).toString();
    paintAvatar(*painter, m_theme, QRect(below.left(), below.center().y() - 8, 16, 16), name,
        index.data(PersonIdRole).toString());
    painter->setFont(small);
    painter->setPen(m_theme.colour(Tone::Text2));
    const int nameWidth = QFontMetrics(small).horizontalAdvance(name);
    painter->drawText(below.adjusted(22, 0, 0, 0), Qt::AlignVCenter, name);
    const int pillLeft = below.left() + 30 + nameWidth;
    const int taken = paintPill(*painter, m_theme, {pillLeft, below.center().y() + 1},
        index.data(NodeRole).toString(), m_theme.option(QStringLiteral("sky")), 120, 18);
    const QRect rest(
        pillLeft + taken + 8, below.top(), below.right() - pillLeft - taken - 8, below.height());
    painter->setFont(small);
    painter->setPen(m_theme.colour(Tone::Text3));
    painter->drawText(rest, Qt::AlignRight | Qt::AlignVCenter,
        QFontMetrics(small).elidedText(
            index.data(TableRole).toString(), Qt::ElideRight, rest.width()));
    painter->restore();
}

} // namespace casebase
