// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/widgets/Paint.h"

#include <QCache>
#include <QFontMetrics>
#include <QStaticText>

namespace casebase {

namespace {

constexpr int PillPadding = 7;
constexpr int KeptLines = 5000; // several screens full of cells

struct LineKey {
    QString text;
    size_t font = 0;
    int width = 0;
    friend bool operator==(const LineKey &, const LineKey &) = default;
    friend size_t qHash(const LineKey &key, size_t seed = 0) noexcept
    {
        return qHashMulti(seed, key.text, key.font, key.width);
    }
};

struct Line {
    QStaticText text;
    QSize size;
};

constexpr int Uncut = std::numeric_limits<int>::max();

/// Interface thread only.
const Line &shapedLine(const QString &text, const QFont &font, int width)
{
    static QCache<LineKey, Line> lines(KeptLines);
    // Of a very long text only what can be seen is measured.
    const LineKey key{width == Uncut ? text : text.left(width / 2 + 8), qHash(font), width};
    if (Line *known = lines.object(key)) {
        return *known;
    }
    auto line = std::make_unique<Line>();
    QTextOption option;
    option.setWrapMode(QTextOption::NoWrap);
    line->text.setTextOption(option);
    line->text.setTextFormat(Qt::PlainText);
    line->text.setText(key.text);
    line->text.prepare({}, font);
    if (line->text.size().width() > width) {
        line->text.setText(QFontMetrics(font).elidedText(key.text, Qt::ElideRight, width));
        line->text.prepare({}, font);
    }
    line->size = {qCeil(line->text.size().width()), qCeil(line->text.size().height())};
    Line *kept = line.release();
    lines.insert(key, kept);
    return *kept;
}

} // namespace

void paintLine(QPainter &painter, const QRect &rect, const QString &text, const QFont &font,
    Qt::Alignment side)
{
    if (rect.width() <= 0 || text.isEmpty()) {
        return;
    }
    const Line &line = shapedLine(text, font, rect.width());
    const int left = side & Qt::AlignRight ? rect.right() + 1 - line.size.width() : rect.left();
    painter.setFont(font);
    painter.drawStaticText(
        QPoint(left, rect.top() + (rect.height() - line.size.height()) / 2), line.text);
}

int lineWidth(const QString &text, const QFont &font)
{
    return shapedLine(text, font, Uncut).size.width();
}

namespace {

constexpr int KeptPills = 500;

struct PillKey {
    QString text;
    size_t font = 0;
    QSize size;
    double scale = 1;
    QRgb ground = 0;
    QRgb colour = 0;
    friend bool operator==(const PillKey &, const PillKey &) = default;
    friend size_t qHash(const PillKey &key, size_t seed = 0) noexcept
    {
        return qHashMulti(seed, key.text, key.font, key.size.width(), key.size.height(), key.scale,
            key.ground, key.colour);
    }
};

QPixmap newPill(const QString &text, const QFont &font, const ColourPair &colours,
    const QSize &size, double scale)
{
    QPixmap pill((QSizeF(size) * scale).toSize());
    pill.setDevicePixelRatio(scale);
    pill.fill(Qt::transparent);
    QPainter painter(&pill);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colours.ground);
    const QRect rect(QPoint(), size);
    painter.drawRoundedRect(rect, 4, 4);
    painter.setPen(colours.text);
    paintLine(painter, rect.adjusted(PillPadding, 0, -PillPadding + 1, 0), text, font);
    return pill;
}

} // namespace

int pillWidth(const Theme &theme, const QString &text)
{
    return lineWidth(text, theme.font(TextSize::Small)) + 2 * PillPadding;
}

int paintPill(QPainter &painter, const Theme &theme, const QPoint &leftMiddle, const QString &text,
    const ColourPair &colours, int maxWidth, int height)
{
    const QFont font = theme.font(TextSize::Small);
    const int width = std::min(pillWidth(theme, text), maxWidth);
    if (width < 2 * PillPadding) {
        return 0;
    }
    const double scale = painter.device()->devicePixelRatioF();
    // A few look alike everywhere, and rounding their corners takes longer than their text.
    static QCache<PillKey, QPixmap> pills(KeptPills);
    const PillKey key{
        text, qHash(font), QSize(width, height), scale, colours.ground.rgba(), colours.text.rgba()};
    QPixmap *pill = pills.object(key);
    if (!pill) {
        pill = new QPixmap(newPill(text, font, colours, key.size, scale));
        pills.insert(key, pill);
    }
    painter.drawPixmap(leftMiddle.x(), leftMiddle.y() - height / 2, *pill);
    return width;
}

QString initials(const QString &name)
{
    const QString trimmed = name.trimmed();
    if (trimmed.isEmpty()) {
        return QStringLiteral("?");
    }
    if (trimmed[0].script() == QChar::Script_Han) {
        return trimmed.left(1);
    }
    const QStringList words = trimmed.split(u' ', Qt::SkipEmptyParts);
    return (words.first().left(1) + (words.size() > 1 ? words.last().left(1) : QString()))
        .toUpper();
}

void paintAvatar(QPainter &painter, const Theme &theme, const QRect &rect, const QString &name,
    const QString &id)
{
    const ColourPair colours = theme.person(id);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colours.ground);
    painter.drawEllipse(rect);
    QFont font = theme.font(TextSize::Tiny);
    font.setPixelSize(std::max(8, rect.height() * 11 / 20));
    painter.setFont(font);
    painter.setPen(colours.text);
    painter.drawText(rect, Qt::AlignCenter, initials(name));
    painter.restore();
}

void paintIcon(QPainter &painter, const Theme &theme, const QRect &rect, const QString &icon,
    const QColor &colour)
{
    const qreal ratio = painter.device()->devicePixelRatioF();
    painter.drawPixmap(rect.topLeft(), theme.icon(icon, rect.width(), colour, ratio));
}

} // namespace casebase
