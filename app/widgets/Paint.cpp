// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/widgets/Paint.h"

#include <QFontMetrics>

namespace casebase {

namespace {

constexpr int PillPadding = 7;

} // namespace

int pillWidth(const Theme &theme, const QString &text)
{
    return QFontMetrics(theme.font(TextSize::Small)).horizontalAdvance(text) + 2 * PillPadding;
}

int paintPill(QPainter &painter, const Theme &theme, const QPoint &leftMiddle, const QString &text,
    const ColourPair &colours, int maxWidth, int height)
{
    const QFont font = theme.font(TextSize::Small);
    const QFontMetrics metrics(font);
    const int width = std::min(pillWidth(theme, text), maxWidth);
    if (width < 2 * PillPadding) {
        return 0;
    }
    const QRect rect(leftMiddle.x(), leftMiddle.y() - height / 2, width, height);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colours.ground);
    painter.drawRoundedRect(rect, 4, 4);
    painter.setPen(colours.text);
    painter.setFont(font);
    painter.drawText(rect.adjusted(PillPadding, 0, -PillPadding + 1, 0), Qt::AlignVCenter,
        metrics.elidedText(text, Qt::ElideRight, width - 2 * PillPadding + 1));
    painter.restore();
    return width;
}

QString initials(const QString &name)
{
    const QString trimmed = name.trimmed();
    if (trimmed.isEmpty()) {
        return QStringLiteral("?");
    }
    if (trimmed[0].script() == QChar::Script_Han) {
        return trimmed.left(1);
    }
    const QStringList words = trimmed.split(u' ', Qt::SkipEmptyParts);
    return (words.first().left(1) + (words.size() > 1 ? words.last().left(1) : QString()))
        .toUpper();
}

void paintAvatar(QPainter &painter, const Theme &theme, const QRect &rect, const QString &name,
    const QString &id)
{
    const ColourPair colours = theme.person(id);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colours.ground);
    painter.drawEllipse(rect);
    QFont font = theme.font(TextSize::Tiny);
    font.setPixelSize(std::max(8, rect.height() * 11 / 20));
    painter.setFont(font);
    painter.setPen(colours.text);
    painter.drawText(rect, Qt::AlignCenter, initials(name));
    painter.restore();
}

void paintIcon(QPainter &painter, const Theme &theme, const QRect &rect, const QString &icon,
    const QColor &colour)
{
    const qreal ratio = painter.device()->devicePixelRatioF();
    painter.drawPixmap(rect.topLeft(), theme.icon(icon, rect.width(), colour, ratio));
}

} // namespace casebase
