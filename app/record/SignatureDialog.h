// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/theme/Theme.h"

#include <QDialog>
#include <QPainterPath>

namespace casebase {

/// A line to sign on, with a mouse, a finger or a pen.
class SignaturePad final : public QWidget {
    Q_OBJECT
public:
    SignaturePad(const Theme &theme, QWidget *parent = nullptr);

    bool isEmpty() const { return m_strokes.isEmpty(); }
    void clear();
    /// What has been drawn, in black on nothing, cut to what is there; as PNG.
    QByteArray png() const;
    QSize sizeHint() const override { return {520, 220}; }

Q_SIGNALS:
    void changed();

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;

private:
    void draw(QPainter &painter, const QColor &ink) const;

    const Theme &m_theme;
    QList<QPainterPath> m_strokes;
    QPointF m_last;
    bool m_isDrawing = false;
};

/// Asks for a signature.
class SignatureDialog final : public QDialog {
    Q_OBJECT
public:
    SignatureDialog(const Theme &theme, const QString &fieldName, QWidget *parent);
    QByteArray png() const { return m_pad->png(); }

private:
    SignaturePad *m_pad;
};

} // namespace casebase
