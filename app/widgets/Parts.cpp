// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/widgets/Parts.h"

#include "app/widgets/Paint.h"

#include <QHBoxLayout>
#include <QStyle>
#include <QVariant>

namespace casebase {

QString buttonText(const QString &words)
{
    return QString(words).replace(u'&', QLatin1String("&&"));
}

QString tipText(const QString &words)
{
    const QString escaped = words.toHtmlEscaped().replace(u'\n', QLatin1String("<br>"));
    return words.isEmpty() ? words : QStringLiteral("<span>%1</span>").arg(escaped);
}

void setTip(QWidget *widget, const QString &words)
{
    widget->setToolTip(tipText(words));
}

QPushButton *newButton(const QString &text, const char *kind, QWidget *parent)
{
    auto *button = new QPushButton(buttonText(text), parent);
    button->setProperty("kind", QString::fromLatin1(kind));
    button->setAccessibleName(text);
    button->setAutoDefault(false);
    return button;
}

QPushButton *newIconTextButton(
    const Theme &theme, const QString &icon, const QString &text, const char *kind, QWidget *parent)
{
    auto *button = newButton(text, kind, parent);
    const bool isPrimary = QLatin1String(kind) == QLatin1String("primary");
    button->setIcon(theme.buttonIcon(icon, isPrimary ? Tone::OnAccent : Tone::Text2));
    button->setIconSize(QSize(14, 14));
    return button;
}

QToolButton *newIconButton(
    const Theme &theme, const QString &icon, const QString &tip, QWidget *parent)
{
    auto *button = new QToolButton(parent);
    button->setIcon(theme.buttonIcon(icon));
    button->setIconSize(QSize(16, 16));
    button->setToolTip(tip);
    button->setAccessibleName(tip);
    return button;
}

QLabel *newLabel(const QString &text, const char *tone, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    label->setTextFormat(Qt::PlainText);
    label->setProperty("tone", QString::fromLatin1(tone));
    return label;
}

QWidget *newLine(const Theme &theme, Qt::Orientation orientation, QWidget *parent)
{
    auto *line = new Ground(theme, Tone::Line, parent);
    if (orientation == Qt::Horizontal) {
        line->setFixedHeight(1);
    } else {
        line->setFixedWidth(1);
    }
    return line;
}

void setTone(QWidget *widget, const char *property, const QVariant &value)
{
    if (widget->property(property) != value) {
        widget->setProperty(property, value);
        widget->style()->unpolish(widget);
        widget->style()->polish(widget);
    }
}

Ground::Ground(const Theme &theme, Tone tone, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_tone(tone)
{
}

void Ground::paintEvent(QPaintEvent *)
{
    QPainter(this).fillRect(rect(), m_theme.colour(m_tone));
}

Avatar::Avatar(
    const Theme &theme, const QString &name, const QString &id, int size, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_name(name)
    , m_id(id)
{
    setFixedSize(size, size);
    setTip(this, name);
    setAccessibleName(name);
}

void Avatar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintAvatar(painter, m_theme, rect(), m_name, m_id);
}

EmptyState::EmptyState(const Theme &theme, const QString &icon, const QString &title,
    const QString &hint, const QList<QWidget *> &actions, QWidget *parent)
    : QWidget(parent)
{
    auto *layout = new QVBoxLayout(this);
    layout->setSpacing(8);
    layout->addStretch();
    auto *picture = new QLabel;
    picture->setPixmap(theme.icon(icon, 32, theme.colour(Tone::Text3), devicePixelRatioF()));
    layout->addWidget(picture, 0, Qt::AlignHCenter);
    layout->addWidget(newLabel(title, "heading"), 0, Qt::AlignHCenter);
    auto *sentence = newLabel(hint, "2");
    sentence->setWordWrap(true);
    sentence->setAlignment(Qt::AlignHCenter);
    sentence->setMaximumWidth(420);
    // In a row of its own: only so the layout asks how high the wrapped text gets.
    auto *middle = new QHBoxLayout;
    middle->addStretch(1);
    middle->addWidget(sentence, 1000);
    middle->addStretch(1);
    layout->addLayout(middle);
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    row->addStretch();
    for (QWidget *action : actions) {
        row->addWidget(action);
    }
    row->addStretch();
    layout->addLayout(row);
    layout->addStretch();
}

} // namespace casebase
