// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/fields/RatingShape.h"

#include <QTransform>
#include <QtMath>

namespace casebase {

namespace {

/// All in a square from 0 to 24.
QPainterPath star()
{
    QPainterPath path;
    for (int i = 0; i < 10; ++i) {
        const double radius = i % 2 == 0 ? 11 : 5;
        const double angle = M_PI * i / 5 - M_PI / 2;
        const QPointF point(12 + radius * std::cos(angle), 12.8 + radius * std::sin(angle));
        i == 0 ? path.moveTo(point) : path.lineTo(point);
    }
    path.closeSubpath();
    return path;
}

QPainterPath heart()
{
    QPainterPath path(QPointF(12, 21.5));
    path.cubicTo(4, 15.5, 1.5, 12, 1.5, 8.2);
    path.cubicTo(1.5, 2.6, 9, 1.2, 12, 6.2);
    path.cubicTo(15, 1.2, 22.5, 2.6, 22.5, 8.2);
    path.cubicTo(22.5, 12, 20, 15.5, 12, 21.5);
    path.closeSubpath();
    return path;
}

QPainterPath thumb()
{
    QPainterPath path;
    path.addRoundedRect(QRectF(2, 10, 4.2, 11.5), 1.2, 1.2);
    path.moveTo(8, 11);
    path.lineTo(12, 2.2);
    path.cubicTo(15, 2.2, 15.6, 4.4, 15, 6.6);
    path.lineTo(14.2, 9.4);
    path.lineTo(20, 9.4);
    path.cubicTo(22, 9.4, 22.6, 11, 22.2, 12.4);
    path.lineTo(20.2, 19.6);
    path.cubicTo(19.8, 21, 18.8, 21.5, 17.6, 21.5);
    path.lineTo(8, 21.5);
    path.closeSubpath();
    return path;
}

QPainterPath flag()
{
    QPainterPath path;
    path.addRoundedRect(QRectF(3.5, 2, 2.2, 20.5), 1, 1);
    path.moveTo(7, 3);
    path.cubicTo(11, 0.8, 15, 5.6, 20.5, 3.2);
    path.lineTo(20.5, 13.6);
    path.cubicTo(15, 16, 11, 11.2, 7, 13.4);
    path.closeSubpath();
    return path;
}

QPainterPath dot()
{
    QPainterPath path;
    path.addEllipse(QPointF(12, 12), 8.5, 8.5);
    return path;
}

} // namespace

QPainterPath ratingShape(const QString &icon, const QRectF &square)
{
    const QPainterPath path = icon == u"heart" ? heart()
        : icon == u"thumbsUp"                  ? thumb()
        : icon == u"flag"                      ? flag()
        : icon == u"dot"                       ? dot()
                                               : star();
    return QTransform::fromTranslate(square.left(), square.top())
        .scale(square.width() / 24, square.height() / 24)
        .map(path);
}

} // namespace casebase
