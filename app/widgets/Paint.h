// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/theme/Theme.h"

#include <QPainter>

namespace casebase {

/// Small things that are painted in many places. Each returns the width it took.

/// Paints one line of plain text, cut with an ellipsis to the rectangle's width and centred in its
/// height; what was painted so is shaped and measured once and kept for the next time.
void paintLine(QPainter &painter, const QRect &rect, const QString &text, const QFont &font,
    Qt::Alignment side = Qt::AlignLeft);
/// What it takes without being cut.
int lineWidth(const QString &text, const QFont &font);
int paintPill(QPainter &painter, const Theme &theme, const QPoint &leftMiddle, const QString &text,
    const ColourPair &colours, int maxWidth, int height = 20);
int pillWidth(const Theme &theme, const QString &text);
void paintAvatar(QPainter &painter, const Theme &theme, const QRect &rect, const QString &name,
    const QString &id);
void paintIcon(QPainter &painter, const Theme &theme, const QRect &rect, const QString &icon,
    const QColor &colour);
/// Chinese: the surname; Latin: two initials.
QString initials(const QString &name);

} // namespace casebase
