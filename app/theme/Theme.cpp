// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/theme/Theme.h"

#include <QGuiApplication>
#include <QHash>
#include <QPainter>
#include <QSvgRenderer>

namespace casebase {

namespace {

struct ToneRow {
    const char *light;
    const char *dark;
};

constexpr ToneRow Tones[] = {{"#EBEFF0", "#121617"}, {"#F5F7F7", "#171C1E"}, {"#FFFFFF", "#1D2325"},
    {"#F0F3F3", "#191F21"}, {"#EEF2F3", "#252C2F"}, {"#E3E9EA", "#2D3538"}, {"#E3E8E9", "#2B3336"},
    {"#CBD3D5", "#414C50"}, {"#1A2226", "#E4E9EA"}, {"#545F65", "#A9B3B7"}, {"#626C72", "#94A0A5"},
    {"#0E6B7B", "#5CBFCE"}, {"#0B5966", "#7BCEDA"}, {"#084852", "#9ADCE5"}, {"#FFFFFF", "#0B1D21"},
    {"#E2F0F2", "#173A41"}, {"#C9E3E7", "#22505A"}, {"#B3331F", "#F08A73"}, {"#FDEBE7", "#43241E"},
    {"#8A5A00", "#E3B341"}, {"#FDF1D8", "#3B2F14"}, {"#2B6B36", "#7CC486"}, {"#E3F4E5", "#1D3522"},
    {"#2A5DA8", "#86B4F0"}, {"#E6EFFB", "#1E2E45"}, {"#C98A0B", "#E3B341"}, {"#FBE39A", "#6B5410"}};

struct OptionRow {
    const char *name;
    const char *light[2];
    const char *dark[2];
};

constexpr OptionRow OptionRows[] = {{"red", {"#FFE9E7", "#813939"}, {"#462827", "#FFC3C0"}},
    {"orange", {"#FFEADF", "#7E3F1A"}, {"#442A1D", "#FEC6AA"}},
    {"amber", {"#FDECD5", "#704A01"}, {"#3F2E16", "#F2CE9D"}},
    {"yellow", {"#F4F0D5", "#5E5307"}, {"#373216", "#DFD69D"}},
    {"olive", {"#EAF3D9", "#495B0D"}, {"#2E351B", "#CCDDA6"}},
    {"green", {"#DFF6E2", "#206133"}, {"#203825", "#B2E3BB"}},
    {"teal", {"#D5F7F4", "#035F5C"}, {"#103937", "#99E5DF"}},
    {"sky", {"#DBF3FF", "#085A78"}, {"#163644", "#A1DEFC"}},
    {"blue", {"#E6EFFF", "#335189"}, {"#253249", "#BFD5FD"}},
    {"violet", {"#EFEBFF", "#574683"}, {"#332D46", "#D7CCFE"}},
    {"magenta", {"#FFE7F3", "#78395F"}, {"#422837", "#F9C1E0"}},
    {"grey", {"#EBEFF2", "#4F5355"}, {"#2F3234", "#D0D5D7"}},
    {"red-strong", {"#FFC3C0", "#602223"}, {"#783B3A", "#FEE6E5"}},
    {"orange-strong", {"#FEC6AA", "#5D2704"}, {"#754023", "#FFE7DC"}},
    {"amber-strong", {"#F5CD95", "#4E3303"}, {"#6B480C", "#FEE9CE"}},
    {"yellow-strong", {"#E1D695", "#423A02"}, {"#5B5009", "#F3EECC"}},
    {"olive-strong", {"#CBDE9F", "#323F01"}, {"#48571C", "#E7F2D1"}},
    {"green-strong", {"#ADE5B7", "#07461E"}, {"#285D36", "#D9F6DD"}},
    {"teal-strong", {"#8FE7E1", "#054340"}, {"#075C59", "#CCF7F3"}},
    {"sky-strong", {"#9EDFFE", "#023F55"}, {"#025875", "#D8F2FF"}},
    {"blue-strong", {"#BFD5FE", "#1E3767"}, {"#354F7E", "#E4EDFF"}},
    {"violet-strong", {"#D7CCFE", "#3D2E62"}, {"#534579", "#EEE9FF"}},
    {"magenta-strong", {"#FEBEE1", "#582344"}, {"#703B5A", "#FFE4F2"}},
    {"grey-strong", {"#D0D5D7", "#363A3C"}, {"#4D5052", "#E9EEF0"}}};

constexpr const char *PresenceLight[] = {
    "#8A3FA0", "#B3541E", "#1F6FB5", "#2B7A4B", "#B0305C", "#5B6B00", "#5A54C4", "#7A5230"};
constexpr const char *PresenceDark[] = {
    "#C489DA", "#EE9A63", "#7DB6EE", "#7FCB9A", "#F08DB0", "#BFCB5A", "#A9A4F5", "#CFA27C"};

size_t stableHash(const QString &text)
{
    size_t hash = 2166136261u;
    for (const QChar c : text) {
        hash = (hash ^ c.unicode()) * 16777619u;
    }
    return hash;
}

QColor named(const char *hex)
{
    return QColor(QLatin1String(hex));
}

const char StyleRules[] = R"(
* { font-size: 13px; }
QWidget { color: @text; }
QToolTip { background: @surface; color: @text; border: 1px solid @lineStrong; padding: 4px 8px; }
QPushButton { background: @surface; border: 1px solid @lineStrong; border-radius: 5px; padding: 0 12px; min-height: 26px; }
QPushButton:hover { background: @hover; }
QPushButton:pressed { background: @pressed; }
QPushButton:focus { border: 2px solid @accent; padding: 0 11px; min-height: 24px; }
QPushButton:disabled { color: @text3; }
QPushButton[kind="primary"] { background: @accent; color: @onAccent; border-color: @accent; }
QPushButton[kind="primary"]:hover { background: @accentHover; }
QPushButton[kind="primary"]:pressed { background: @accentPressed; }
QPushButton[kind="danger"] { color: @danger; }
QPushButton[kind="danger"]:hover { background: @dangerGround; }
QPushButton[kind="flat"] { border: none; background: transparent; padding: 0 8px; color: @text2; }
QPushButton[kind="flat"]:hover { background: @hover; }
QPushButton[kind="flat"]:focus { border: 2px solid @accent; padding: 0 6px; }
QPushButton[kind="flat"]::menu-indicator { width: 0; }
QPushButton[kind="link"] { border: none; background: transparent; color: @accent; padding: 0 2px; }
QPushButton[kind="primary"]:disabled { background: @sunken; color: @text3; border-color: @line; }
QPushButton[kind="danger"]:disabled, QPushButton[kind="link"]:disabled { color: @text3; }
QPushButton[kind="chip"] { border: 1px solid @line; background: @sunken; border-radius: 5px; padding: 0 8px; min-height: 22px; font-size: 12px; }
QPushButton[kind="chipOn"] { border: 1px solid @selectedStrong; background: @selected; color: @accent; border-radius: 5px; padding: 0 8px; min-height: 22px; font-size: 12px; }
QPushButton[kind="tab"] { border: none; border-radius: 5px; background: transparent; padding: 0 10px; min-height: 26px; }
QPushButton[kind="tab"]:hover { background: @hover; }
QPushButton[kind="tab"]:checked { background: @selected; color: @accent; font-weight: 500; }
QPushButton[kind="tab"]:focus { border: 2px solid @accent; padding: 0 8px; min-height: 22px; }
QPushButton[kind="table"] { border: none; border-bottom: 2px solid transparent; border-radius: 0; background: transparent; padding: 0 4px; min-height: 36px; max-height: 36px; color: @text2; }
QPushButton[kind="table"]:hover { color: @text; }
QPushButton[kind="table"]:checked { color: @text; font-weight: 600; border-bottom: 2px solid @accent; }
QPushButton[kind="table"]:focus { color: @accent; }
QPushButton[kind="rail"] { border: none; border-radius: 6px; background: transparent; padding: 0; min-height: 36px; max-height: 36px; min-width: 40px; max-width: 40px; }
QPushButton[kind="rail"]:hover { background: @pressed; }
QPushButton[kind="rail"]:checked { background: @selectedStrong; }
QPushButton[kind="rail"]:focus { border: 2px solid @accent; }
QToolButton { border: none; border-radius: 5px; background: transparent; min-width: 26px; min-height: 26px; }
QToolButton:hover { background: @hover; }
QToolButton:pressed { background: @pressed; }
QToolButton:focus { border: 2px solid @accent; }
QToolButton::menu-indicator { image: none; }
QLineEdit, QPlainTextEdit, QTextEdit, QSpinBox, QDoubleSpinBox, QComboBox, QDateEdit, QDateTimeEdit { background: @surface; border: 1px solid @lineStrong; border-radius: 5px; padding: 0 8px; selection-background-color: @accent; selection-color: @onAccent; }
QLineEdit, QSpinBox, QDoubleSpinBox, QComboBox, QDateEdit, QDateTimeEdit { min-height: 26px; }
QPlainTextEdit, QTextEdit { padding: 4px 6px; }
QLineEdit:hover, QComboBox:hover { border-color: @text3; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus, QComboBox:focus { border: 2px solid @accent; padding: 0 7px; }
QLineEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus, QComboBox:focus { min-height: 24px; }
QPlainTextEdit:focus, QTextEdit:focus { padding: 3px 5px; }
QLineEdit:disabled, QComboBox:disabled { background: @sunken; color: @text2; border-color: @line; }
QLineEdit[refused="true"] { border: 1px solid @danger; }
QComboBox::drop-down { border: none; width: 22px; }
QComboBox::down-arrow { image: url(@chevron); width: 14px; height: 14px; }
QSpinBox::up-button, QDoubleSpinBox::up-button, QSpinBox::down-button, QDoubleSpinBox::down-button { border: none; background: transparent; width: 20px; }
QSpinBox::up-button, QDoubleSpinBox::up-button { subcontrol-position: top right; margin: 2px 2px 0 0; }
QSpinBox::down-button, QDoubleSpinBox::down-button { subcontrol-position: bottom right; margin: 0 2px 2px 0; }
QSpinBox::up-button:hover, QDoubleSpinBox::up-button:hover, QSpinBox::down-button:hover, QDoubleSpinBox::down-button:hover { background: @hover; border-radius: 3px; }
QSpinBox::up-arrow, QDoubleSpinBox::up-arrow { image: url(@up); width: 11px; height: 11px; }
QSpinBox::down-arrow, QDoubleSpinBox::down-arrow { image: url(@chevron); width: 11px; height: 11px; }
QComboBox QAbstractItemView { background: @surface; border: 1px solid @lineStrong; selection-background-color: @selected; selection-color: @text; outline: 0; }
QMenu { background: @surface; border: 1px solid @lineStrong; padding: 4px 0; }
QMenu::item { padding: 5px 24px 5px 12px; }
QMenu::icon { padding-left: 10px; }
QMenu::item:selected { background: @selected; }
QMenu::item:disabled { color: @text3; }
QMenu::separator { height: 1px; background: @line; margin: 4px 0; }
QListView, QTreeView, QTableView { background: @surface; border: 1px solid @line; outline: 0; alternate-background-color: @sunken; selection-background-color: @selected; selection-color: @text; gridline-color: @line; }
QHeaderView::section { background: @sunken; color: @text2; border: none; border-right: 1px solid @line; border-bottom: 1px solid @line; padding: 4px 8px; font-size: 12px; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: @lineStrong; border-radius: 4px; margin: 2px; min-height: 28px; min-width: 28px; }
QScrollBar::handle:hover { background: @text3; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QCheckBox::indicator, QRadioButton::indicator, QListView::indicator { width: 14px; height: 14px; border: 1px solid @lineStrong; border-radius: 3px; background: @surface; }
QRadioButton::indicator { border-radius: 8px; }
QCheckBox::indicator:checked, QListView::indicator:checked { background: @accent; border-color: @accent; image: url(@check); }
QRadioButton::indicator:checked { background: @accent; border: 4px solid @surface; }
QCheckBox:focus, QRadioButton:focus { color: @accent; }
QProgressBar { background: @pressed; border: none; border-radius: 3px; max-height: 6px; text-align: center; }
QProgressBar::chunk { background: @accent; border-radius: 3px; }
QSplitter::handle { background: @line; }
QDialog { background: @window; }
QLabel[tone="title"] { font-size: 18px; font-weight: 600; }
QLabel[tone="heading"] { font-size: 15px; font-weight: 600; }
QLabel[tone="2"] { color: @text2; }
QLabel[tone="small"] { color: @text2; font-size: 12px; }
QLabel[tone="tiny"] { color: @text3; font-size: 11px; }
QLabel[tone="danger"] { color: @danger; font-size: 12px; }
QLabel[tone="warning"] { color: @warning; }
QLabel[tone="good"] { color: @good; }
)";

} // namespace

Theme::Theme(bool isDark)
    : m_isDark(isDark)
{
}

void Theme::setDark(bool isDark)
{
    if (m_isDark != isDark) {
        m_isDark = isDark;
        m_icons.clear();
        Q_EMIT changed();
    }
}

QColor Theme::colour(Tone tone) const
{
    const ToneRow &row = Tones[size_t(tone)];
    return named(m_isDark ? row.dark : row.light);
}

ColourPair Theme::option(const QString &name) const
{
    for (const OptionRow &row : OptionRows) {
        if (name == QLatin1String(row.name)) {
            const auto &pair = m_isDark ? row.dark : row.light;
            return {named(pair[0]), named(pair[1])};
        }
    }
    return option(QStringLiteral("grey"));
}

QColor Theme::tint(const QString &name, Tint strength) const
{
    // Between the surface and the pill, which has to stand out from it.
    const QColor surface = colour(Tone::Surface);
    const QColor ground = option(name).ground;
    const float share = (strength == Tint::Cell ? 0.85F : 0.5F) + (m_isDark ? 0.1F : 0.0F);
    const auto mixed = [share](float a, float b) { return a + (b - a) * share; };
    return QColor::fromRgbF(mixed(surface.redF(), ground.redF()),
        mixed(surface.greenF(), ground.greenF()), mixed(surface.blueF(), ground.blueF()));
}

QColor Theme::mark(const QString &name) const
{
    const QColor text = option(name).text;
    const bool isGrey = name == QLatin1String("grey");
    return QColor::fromHslF(
        std::max(0.0F, text.hslHueF()), isGrey ? 0.08F : 0.7F, m_isDark ? 0.58F : 0.43F);
}

ColourPair Theme::person(const QString &id) const
{
    const OptionRow &row = OptionRows[12 + stableHash(id) % 12];
    return option(QLatin1String(row.name));
}

QColor Theme::presence(const QString &id) const
{
    return named((m_isDark ? PresenceDark : PresenceLight)[stableHash(id) % 8]);
}

QFont Theme::font(TextSize size, int weight) const
{
    static constexpr int Pixels[] = {26, 18, 15, 13, 12, 11};
    const auto known = m_fonts.constFind({int(size), weight});
    if (known != m_fonts.cend()) { // asked for with every cell that is painted
        return *known;
    }
    QFont font = QGuiApplication::font();
    font.setFamilies(families());
    font.setPixelSize(Pixels[size_t(size)]);
    font.setWeight(QFont::Weight(weight));
    m_fonts.insert({int(size), weight}, font);
    return font;
}

QPixmap Theme::icon(const QString &name, int size, const QColor &colour, qreal ratio) const
{
    const QString key =
        QStringLiteral("%1|%2|%3|%4").arg(name).arg(size).arg(colour.rgba()).arg(ratio);
    const auto known = m_icons.constFind(key);
    if (known != m_icons.cend()) {
        return *known;
    }
    QPixmap pixmap(QSize(size, size) * ratio);
    pixmap.fill(Qt::transparent);
    QSvgRenderer renderer(QStringLiteral(":/icons/%1.svg").arg(name));
    QPainter painter(&pixmap);
    renderer.render(&painter);
    painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
    painter.fillRect(pixmap.rect(), colour);
    painter.end();
    pixmap.setDevicePixelRatio(ratio);
    m_icons.insert(key, pixmap);
    return pixmap;
}

QIcon Theme::buttonIcon(const QString &name, Tone tone) const
{
    QIcon icon;
    for (const qreal ratio : {1.0, 2.0}) {
        icon.addPixmap(this->icon(name, 20, colour(tone), ratio));
    }
    return icon;
}

QStringList Theme::families()
{
#if defined(Q_OS_WIN)
    return {QStringLiteral("Segoe UI"), QStringLiteral("Microsoft YaHei UI")};
#elif defined(Q_OS_MACOS)
    return {QGuiApplication::font().family(), QStringLiteral("PingFang SC")};
#else
    // Latin first, so that digits are the narrow ones. Without a desktop Qt knows no better font
    // than DejaVu Sans, which is a fifth wider than the design.
    const QString own = QGuiApplication::font().family();
    const bool isDefault =
        own == QLatin1String("Sans Serif") || own.startsWith(QLatin1String("DejaVu"));
    return {isDefault ? QStringLiteral("Noto Sans") : own, QStringLiteral("Noto Sans CJK SC")};
#endif
}

QPalette Theme::palette() const
{
    QPalette palette;
    const auto set = [&](QPalette::ColorRole role, Tone tone) {
        palette.setColor(role, colour(tone));
    };
    set(QPalette::Window, Tone::Window);
    set(QPalette::WindowText, Tone::Text);
    set(QPalette::Base, Tone::Surface);
    set(QPalette::AlternateBase, Tone::Sunken);
    set(QPalette::Text, Tone::Text);
    set(QPalette::Button, Tone::Surface);
    set(QPalette::ButtonText, Tone::Text);
    set(QPalette::Highlight, Tone::Accent);
    set(QPalette::HighlightedText, Tone::OnAccent);
    set(QPalette::Link, Tone::Accent);
    set(QPalette::PlaceholderText, Tone::Text3);
    set(QPalette::Mid, Tone::Line);
    set(QPalette::Dark, Tone::LineStrong);
    set(QPalette::ToolTipBase, Tone::Surface);
    set(QPalette::ToolTipText, Tone::Text);
    return palette;
}

QString Theme::styleSheet() const
{
    static const std::pair<const char *, Tone> names[] = {{"@onAccent", Tone::OnAccent},
        {"@accentHover", Tone::AccentHover}, {"@accentPressed", Tone::AccentPressed},
        {"@accent", Tone::Accent}, {"@text2", Tone::Text2}, {"@text3", Tone::Text3},
        {"@text", Tone::Text}, {"@lineStrong", Tone::LineStrong}, {"@line", Tone::Line},
        {"@hover", Tone::Hover}, {"@pressed", Tone::Pressed}, {"@surface", Tone::Surface},
        {"@sunken", Tone::Sunken}, {"@selectedStrong", Tone::SelectedStrong},
        {"@selected", Tone::Selected}, {"@dangerGround", Tone::DangerGround},
        {"@danger", Tone::Danger}, {"@warning", Tone::Warning}, {"@good", Tone::Good},
        {"@window", Tone::Window}};
    QString rules = QString::fromLatin1(StyleRules);
    const QString suffix = m_isDark ? QStringLiteral("-dark") : QStringLiteral("-light");
    rules.replace(QLatin1String("@chevron"), QStringLiteral(":/marks/chevron%1.svg").arg(suffix));
    rules.replace(QLatin1String("@up)"), QStringLiteral(":/marks/chevronUp%1.svg)").arg(suffix));
    rules.replace(QLatin1String("@check"), QStringLiteral(":/marks/check%1.svg").arg(suffix));
    for (const auto &[name, tone] : names) {
        rules.replace(QLatin1String(name), colour(tone).name());
    }
    return rules;
}

QStringList Theme::optionNames()
{
    QStringList names;
    for (const OptionRow &row : OptionRows) {
        names += QLatin1String(row.name);
    }
    return names;
}

} // namespace casebase
