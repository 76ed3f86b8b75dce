// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/field/PlainFields.h"

#include "shared/field/NumberField.h"
#include "shared/support/Text.h"

#include <QRegularExpression>

#include <cmath>

namespace casebase {

namespace {

constexpr double MinuteSeconds = 60;
constexpr double HourSeconds = 3600;
constexpr double DaySeconds = 86400;

/// "1h30m", "2 小时 5 分", "1d": numbers with the letters of their units.
std::optional<double> spelled(const QString &text)
{
    static const QRegularExpression part(
        QStringLiteral(
            "\\s*(\\d+(?:\\.\\d+)?)\\s*(d|days?|天|日|h|hours?|小时|时|m|min|minutes?|分钟|分|"
            "s|sec|seconds?|秒)(?![a-z])"),
        QRegularExpression::CaseInsensitiveOption);
    double seconds = 0;
    qsizetype at = 0;
    while (at < text.size()) {
        const auto match = part.match(text, at, QRegularExpression::NormalMatch,
            QRegularExpression::AnchorAtOffsetMatchOption);
        if (!match.hasMatch()) {
            return std::nullopt;
        }
        const QString unit = match.captured(2).toLower();
        const double size = unit.startsWith(u'd') || unit == u"天" || unit == u"日" ? DaySeconds
            : unit.startsWith(u'h') || unit.endsWith(u"时")                         ? HourSeconds
            : unit.startsWith(u'm') || unit.startsWith(u"分")                       ? MinuteSeconds
                                                                                    : 1;
        seconds += match.captured(1).toDouble() * size;
        at = match.capturedEnd();
    }
    return seconds;
}

/// "1:30", "1:30:05.5": the last part is in the field's finest unit, or in seconds if there are
/// three.
std::optional<double> withColons(const QString &text, bool isMinutes)
{
    const QStringList parts = text.split(u':');
    if (parts.size() < 2 || parts.size() > 3) {
        return std::nullopt;
    }
    double seconds = 0;
    for (const QString &part : parts) {
        bool ok = false;
        const double number = QLocale::c().toDouble(part.trimmed(), &ok);
        if (!ok || number < 0 || !part.trimmed().at(0).isDigit()) {
            return std::nullopt;
        }
        seconds = seconds * 60 + number;
    }
    return parts.size() == 2 && isMinutes ? seconds * MinuteSeconds : seconds;
}

class DurationType final : public NumberType {
public:
    const char *apiName() const override { return "duration"; }

protected:
    QString expected(const Field &field) const override
    {
        return field.durationFormat == DurationFormat::Minutes
            ? QStringLiteral("a duration such as 1:30, 90 (minutes) or 2h")
            : QStringLiteral("a duration such as 0:01:30, 90 (seconds) or 2h");
    }

    std::optional<double> typed(
        const QString &given, const Field &field, const FieldContext &context) const override
    {
        QString text = plainWidth(given).trimmed().replace(QChar(0xFF1A), u':');
        const bool isNegative = text.startsWith(u'-') || text.startsWith(QChar(0x2212));
        text = isNegative ? text.mid(1).trimmed() : text;
        const bool isMinutes = field.durationFormat == DurationFormat::Minutes;
        std::optional<double> seconds =
            text.contains(u':') ? withColons(text, isMinutes) : spelled(text);
        if (!seconds && !text.contains(u':')) {
            const auto number = parseNumber(text, context.locale);
            seconds = number ? std::optional(*number * (isMinutes ? MinuteSeconds : 1)) : number;
        }
        return seconds && isNegative ? std::optional(-*seconds) : seconds;
    }

    QString shown(double number, const Field &field, const FieldContext &) const override
    {
        const bool isMinutes = field.durationFormat == DurationFormat::Minutes;
        const int decimals =
            isMinutes ? 0 : int(field.durationFormat) - int(DurationFormat::Seconds);
        // In the finest unit that is shown, rounded once.
        const double finest = isMinutes ? MinuteSeconds : std::pow(10, -decimals);
        const double units = std::round(std::abs(number) / finest);
        if (units > 9e15) {
            return QString::number(number, 'g', 6);
        }
        const QString sign = number < 0 && units > 0 ? QStringLiteral("-") : QString();
        if (isMinutes) {
            const qint64 minutes = qint64(units);
            return sign
                + QStringLiteral("%1:%2").arg(minutes / 60).arg(minutes % 60, 2, 10, QChar(u'0'));
        }
        const qint64 scale = qint64(std::llround(std::pow(10, decimals)));
        const qint64 seconds = qint64(units) / scale;
        QString text = sign
            + QStringLiteral("%1:%2:%3")
                  .arg(seconds / 3600)
                  .arg(seconds / 60 % 60, 2, 10, QChar(u'0'))
                  .arg(seconds % 60, 2, 10, QChar(u'0'));
        if (decimals > 0) {
            text += QStringLiteral(".%1").arg(qint64(units) % scale, decimals, 10, QChar(u'0'));
        }
        return text;
    }
};

} // namespace

const FieldType &durationType()
{
    static const DurationType type;
    return type;
}

} // namespace casebase
