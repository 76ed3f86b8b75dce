// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/widgets/ColourMenu.h"

#include <QGridLayout>
#include <QPainter>
#include <QToolButton>
#include <QWidgetAction>

namespace casebase {

namespace {

constexpr int PlainColours = 12; ///< Of the others each is a stronger one of these.

} // namespace

QIcon swatch(const Theme &theme, const QString &colour)
{
    const ColourPair pair = theme.option(colour);
    QPixmap picture(QSize(16, 16) * 2);
    picture.fill(Qt::transparent);
    QPainter painter(&picture);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(pair.ground);
    painter.drawRoundedRect(QRectF(picture.rect()).adjusted(2, 2, -2, -2), 8, 8);
    painter.setBrush(pair.text);
    painter.drawEllipse(QRectF(picture.rect()).adjusted(11, 11, -11, -11));
    painter.end();
    QIcon icon(picture);
    icon.addPixmap(picture, QIcon::Selected); // The colour is what it says: not tinted.
    return icon;
}

QString plainColour(int n)
{
    return Theme::optionNames()[n % PlainColours];
}

ColourMenu::ColourMenu(const Theme &theme, QWidget *parent)
    : QMenu(parent)
{
    static const char *const Names[] = {QT_TR_NOOP("Red"), QT_TR_NOOP("Orange"),
        QT_TR_NOOP("Amber"), QT_TR_NOOP("Yellow"), QT_TR_NOOP("Olive"), QT_TR_NOOP("Green"),
        QT_TR_NOOP("Teal"), QT_TR_NOOP("Sky blue"), QT_TR_NOOP("Blue"), QT_TR_NOOP("Violet"),
        QT_TR_NOOP("Magenta"), QT_TR_NOOP("Grey")};
    setAttribute(Qt::WA_DeleteOnClose);
    auto *palette = new QWidget;
    auto *grid = new QGridLayout(palette);
    grid->setContentsMargins(8, 8, 8, 8);
    grid->setSpacing(2);
    const QStringList colours = Theme::optionNames();
    for (int i = 0; i < colours.size(); ++i) {
        const QString plain = tr(Names[i % PlainColours]);
        auto *button = new QToolButton;
        button->setAutoRaise(true);
        button->setIcon(swatch(theme, colours[i]));
        button->setToolTip(i < PlainColours ? plain : tr("%1, strong").arg(plain));
        button->setAccessibleName(button->toolTip());
        connect(button, &QToolButton::clicked, this, [this, colour = colours[i]] {
            Q_EMIT chosen(colour);
            close();
        });
        grid->addWidget(button, i / 6, i % 6);
    }
    auto *action = new QWidgetAction(this);
    action->setDefaultWidget(palette);
    addAction(action);
}

} // namespace casebase
