// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/theme/Theme.h"

#include <QLabel>
#include <QPushButton>
#include <QToolButton>

namespace casebase {

/// Buttons and labels as the design has them; `kind` is a selector of the theme's rules.

/// People's words on a button or in a menu, where an & would make the next letter a shortcut.
QString buttonText(const QString &words);
/// People's words as a tip, where what looks like a tag would be taken for one.
QString tipText(const QString &words);
void setTip(QWidget *widget, const QString &words);
/// The text is shown as it is.
QPushButton *newButton(const QString &text, const char *kind, QWidget *parent = nullptr);
QPushButton *newIconTextButton(const Theme &theme, const QString &icon, const QString &text,
    const char *kind, QWidget *parent = nullptr);
/// An icon alone: the tool tip is also its accessible name.
QToolButton *newIconButton(
    const Theme &theme, const QString &icon, const QString &tip, QWidget *parent = nullptr);
QLabel *newLabel(const QString &text, const char *tone = "", QWidget *parent = nullptr);
/// A line of one pixel.
QWidget *newLine(const Theme &theme, Qt::Orientation orientation, QWidget *parent = nullptr);
/// Changes a property that style rules look at, and has them look again.
void setTone(QWidget *widget, const char *property, const QVariant &value);

/// Text over a plain ground of one tone, for bars and panels.
class Ground : public QWidget {
public:
    Ground(const Theme &theme, Tone tone, QWidget *parent = nullptr);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    Tone m_tone;
};

/// A round picture of a person.
class Avatar final : public QWidget {
public:
    Avatar(const Theme &theme, const QString &name, const QString &id, int size, QWidget *parent);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    QString m_name;
    QString m_id;
};

/// What is shown instead of an empty list: an icon, what is empty, what to do next.
class EmptyState final : public QWidget {
public:
    EmptyState(const Theme &theme, const QString &icon, const QString &title, const QString &hint,
        const QList<QWidget *> &actions, QWidget *parent);
};

} // namespace casebase
