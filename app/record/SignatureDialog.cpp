// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/record/SignatureDialog.h"

#include "app/widgets/Parts.h"

#include <QBuffer>
#include <QMouseEvent>
#include <QPainter>
#include <QVBoxLayout>

namespace casebase {

namespace {

constexpr qreal PenWidth = 2.4;
constexpr int Margin = 12;

} // namespace

SignaturePad::SignaturePad(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
{
    setCursor(Qt::CrossCursor);
    setMinimumSize(320, 160);
    setAccessibleName(tr("Signature"));
}

void SignaturePad::clear()
{
    m_strokes.clear();
    update();
    Q_EMIT changed();
}

void SignaturePad::draw(QPainter &painter, const QColor &ink) const
{
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(ink, PenWidth, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(Qt::NoBrush);
    for (const QPainterPath &stroke : m_strokes) {
        if (stroke.elementCount() > 1) {
            painter.drawPath(stroke);
        } else {
            painter.drawPoint(stroke.currentPosition());
        }
    }
}

QByteArray SignaturePad::png() const
{
    constexpr int Scale = 2;
    QImage image(size() * Scale, QImage::Format_ARGB32);
    image.fill(Qt::transparent);
    QRectF bounds;
    for (const QPainterPath &stroke : m_strokes) {
        bounds |= stroke.boundingRect();
    }
    QPainter painter(&image);
    painter.scale(Scale, Scale);
    draw(painter, Qt::black);
    painter.end();
    const QRect area = bounds.adjusted(-Margin, -Margin, Margin, Margin).toAlignedRect() & rect();
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.copy(QRect(area.topLeft() * Scale, area.size() * Scale)).save(&buffer, "PNG");
    return bytes;
}

void SignaturePad::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.colour(Tone::Surface));
    painter.setPen(m_theme.colour(Tone::LineStrong));
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
    const int line = height() - 44;
    painter.drawLine(28, line, width() - 28, line);
    painter.setPen(m_theme.colour(Tone::Text3));
    painter.setFont(m_theme.font(TextSize::Small));
    painter.drawText(QRect(28, line + 6, width() - 56, 24), Qt::AlignLeft, tr("Sign here"));
    draw(painter, m_theme.colour(Tone::Text));
}

void SignaturePad::mousePressEvent(QMouseEvent *event)
{
    m_isDrawing = true;
    m_last = event->position();
    m_strokes += QPainterPath(m_last);
    update();
    Q_EMIT changed();
}

/// A curve through the middles between the points, so that it has no corners.
void SignaturePad::mouseMoveEvent(QMouseEvent *event)
{
    if (m_isDrawing) {
        const QPointF at = event->position();
        m_strokes.last().quadTo(m_last, (m_last + at) / 2);
        m_last = at;
        update();
    }
}

void SignaturePad::mouseReleaseEvent(QMouseEvent *)
{
    m_isDrawing = false;
}

SignatureDialog::SignatureDialog(const Theme &theme, const QString &fieldName, QWidget *parent)
    : QDialog(parent)
    , m_pad(new SignaturePad(theme))
{
    setWindowTitle(tr("Sign “%1”").arg(fieldName));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 16, 20, 16);
    layout->setSpacing(12);
    layout->addWidget(m_pad, 1);
    auto *buttons = new QHBoxLayout;
    auto *again = newButton(tr("Start over"), "");
    auto *cancel = newButton(tr("Cancel"), "");
    auto *sign = newButton(tr("Sign"), "primary");
    sign->setDefault(true);
    const auto update = [this, again, sign] {
        again->setEnabled(!m_pad->isEmpty());
        sign->setEnabled(!m_pad->isEmpty());
    };
    update();
    connect(m_pad, &SignaturePad::changed, this, update);
    connect(again, &QPushButton::clicked, m_pad, &SignaturePad::clear);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(sign, &QPushButton::clicked, this, &QDialog::accept);
    buttons->addWidget(again);
    buttons->addStretch();
    buttons->addWidget(cancel);
    buttons->addWidget(sign);
    layout->addLayout(buttons);
}

} // namespace casebase
