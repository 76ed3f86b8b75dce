// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/widgets/TabStrip.h"

#include "app/widgets/Parts.h"

#include <QAbstractButton>
#include <QHBoxLayout>
#include <QMenu>
#include <QScrollArea>
#include <QScrollBar>
#include <QToolButton>
#include <QWheelEvent>

namespace casebase {

namespace {

constexpr int LeastWidth = 120;

} // namespace

TabStrip::TabStrip(const Theme &theme, int spacing, QWidget *parent)
    : QWidget(parent)
    , m_area(new QScrollArea(this))
    , m_content(new QWidget)
    , m_layout(new QHBoxLayout(m_content))
    , m_more(newIconButton(theme, QStringLiteral("chevron-down"), tr("All of them")))
{
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Preferred);
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(spacing);
    m_layout->setSizeConstraint(QLayout::SetFixedSize);
    m_area->setFrameShape(QFrame::NoFrame);
    m_area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_area->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_area->setFocusPolicy(Qt::NoFocus);
    m_area->setWidget(m_content);
    m_area->viewport()->setAutoFillBackground(false);
    m_content->setAutoFillBackground(false);
    m_content->installEventFilter(this);
    auto *outer = new QHBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->setSpacing(2);
    outer->addWidget(m_area);
    outer->addWidget(m_more);
    m_more->hide();
    connect(m_more, &QToolButton::clicked, this, &TabStrip::offerAll);
}

void TabStrip::clear()
{
    while (QLayoutItem *item = m_layout->takeAt(0)) {
        if (QWidget *widget = item->widget()) {
            widget->hide();
            widget->deleteLater();
        }
        delete item;
    }
    updateGeometry();
}

void TabStrip::add(QAbstractButton *tab)
{
    m_layout->addWidget(tab);
    tab->installEventFilter(this);
    updateGeometry();
}

QList<QAbstractButton *> TabStrip::tabs() const
{
    QList<QAbstractButton *> all;
    for (int i = 0; i < m_layout->count(); ++i) {
        if (auto *tab = qobject_cast<QAbstractButton *>(m_layout->itemAt(i)->widget())) {
            all += tab;
        }
    }
    return all;
}

QSize TabStrip::sizeHint() const
{
    return m_layout->sizeHint();
}

QSize TabStrip::minimumSizeHint() const
{
    return {std::min(LeastWidth, sizeHint().width()), sizeHint().height()};
}

void TabStrip::resizeEvent(QResizeEvent *)
{
    update();
}

/// Shows the way to what has no room, and the chosen one.
void TabStrip::update()
{
    m_more->setVisible(width() < m_layout->sizeHint().width());
    m_area->setFixedHeight(m_layout->sizeHint().height());
    for (QAbstractButton *tab : tabs()) {
        if (tab->isChecked()) {
            m_area->ensureWidgetVisible(tab, 0, 0);
        }
    }
}

bool TabStrip::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Wheel) {
        const QPoint by = static_cast<QWheelEvent *>(event)->angleDelta();
        QScrollBar *bar = m_area->horizontalScrollBar();
        bar->setValue(bar->value() - (by.x() != 0 ? by.x() : by.y()) / 2);
        return true;
    }
    if (watched == m_content && event->type() == QEvent::Resize) {
        updateGeometry();
        QMetaObject::invokeMethod(this, &TabStrip::update, Qt::QueuedConnection);
    }
    return QWidget::eventFilter(watched, event);
}

void TabStrip::offerAll()
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (QAbstractButton *tab : tabs()) {
        QAction *action = menu->addAction(tab->text(), tab, &QAbstractButton::click);
        action->setCheckable(true);
        action->setChecked(tab->isChecked());
    }
    menu->popup(m_more->mapToGlobal(QPoint(0, m_more->height())));
}

} // namespace casebase
