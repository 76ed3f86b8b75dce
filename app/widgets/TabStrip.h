// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/theme/Theme.h"

#include <QWidget>

class QAbstractButton;
class QHBoxLayout;
class QScrollArea;
class QToolButton;

namespace casebase {

/// Buttons beside each other of which one is chosen. Takes what it needs, and where there is less
/// room it scrolls, by wheel and so that the chosen one is seen, and a menu offers them all.
class TabStrip final : public QWidget {
    Q_OBJECT
public:
    TabStrip(const Theme &theme, int spacing, QWidget *parent = nullptr);

    /// Takes the buttons away that are there.
    void clear();
    /// Owns the button from now on.
    void add(QAbstractButton *tab);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QList<QAbstractButton *> tabs() const;
    void update();
    void offerAll();

    QScrollArea *m_area;
    QWidget *m_content;
    QHBoxLayout *m_layout;
    QToolButton *m_more;
};

} // namespace casebase
