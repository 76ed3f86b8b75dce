// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QFont>
#include <QHash>
#include <QIcon>
#include <QObject>
#include <QPalette>
#include <QPixmap>

namespace casebase {

/// What a colour is for. The values stand in Theme.cpp, from the design of the project.
enum class Tone : quint8 {
    Rail,
    Window,
    Surface,
    Sunken,
    Hover,
    Pressed,
    Line,
    LineStrong,
    Text,
    Text2,
    Text3,
    Accent,
    AccentHover,
    AccentPressed,
    OnAccent,
    Selected,
    SelectedStrong,
    Danger,
    DangerGround,
    Warning,
    WarningGround,
    Good,
    GoodGround,
    Info,
    InfoGround,
    Star,
    Found
};

/// Ground and text of a pill.
struct ColourPair {
    QColor ground;
    QColor text;
};

enum class TextSize : quint8 { Figure, Title, Heading, Body, Small, Tiny };

/// The colours, fonts and icons of the program in its light or dark form. One object, made in main
/// and passed to whoever paints.
class Theme final : public QObject {
    Q_OBJECT
public:
    explicit Theme(bool isDark);

    bool isDark() const { return m_isDark; }
    void setDark(bool isDark);

    QColor colour(Tone tone) const;
    ColourPair option(const QString &name) const;
    /// A ground in the colour of an option on which all texts and pills can be read; stronger for
    /// a single cell than for a row.
    enum class Tint : quint8 { Row, Cell };
    QColor tint(const QString &option, Tint strength) const;
    /// For a shape in the colour of an option, on the surface.
    QColor mark(const QString &option) const;
    /// The pair of a person, by their id.
    ColourPair person(const QString &id) const;
    QColor presence(const QString &id) const;
    QFont font(TextSize size, int weight = QFont::Normal) const;
    /// The drawing of that name in one colour.
    QPixmap icon(const QString &name, int size, const QColor &colour, qreal ratio) const;
    QIcon buttonIcon(const QString &name, Tone tone = Tone::Text2) const;
    QPalette palette() const;
    /// The rules for standard widgets.
    QString styleSheet() const;

    static QStringList optionNames();
    /// The fonts of the system, in the order in which they are tried.
    static QStringList families();

Q_SIGNALS:
    void changed();

private:
    bool m_isDark;
    mutable QHash<QString, QPixmap> m_icons;
    mutable QHash<std::pair<int, int>, QFont> m_fonts;
};

} // namespace casebase
