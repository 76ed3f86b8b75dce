// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPainterPath>

namespace casebase {

/// One of ratingIcons() as a shape that fills the square.
QPainterPath ratingShape(const QString &icon, const QRectF &square);

} // namespace casebase
