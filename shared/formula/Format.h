// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QTimeZone>

#include <optional>

/// The format codes of formulas: those of moment.js for dates, those of spreadsheets for numbers.
namespace casebase {

/// Writes the moment with YYYY, MM, DD, HH, mm, ss, …; [what stands in brackets] stays. The words
/// "date" and "time" and an empty format mean YYYY-MM-DD HH:mm or its parts.
QString formatMoment(const QDateTime &moment, const QString &format);
/// How long what such a format writes holds: a second, a minute, an hour or a day.
qint64 grainOf(const QString &format);
/// Reads what formatMoment() writes; nothing if the text is something else.
std::optional<QDateTime> readMoment(
    const QString &text, const QString &format, const QTimeZone &zone);
/// Writes the number with a format such as #,##0.00, 0%, ¥0.0 or one of SeaTable's words.
QString formatNumber(double number, const QString &format);

} // namespace casebase
