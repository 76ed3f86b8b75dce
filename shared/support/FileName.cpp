// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/support/FileName.h"

#include "shared/support/Text.h"

#include <QRegularExpression>

namespace casebase {

namespace {

constexpr qsizetype LongestSuffix = 20;

/// Marks, embeddings, overrides and isolates: "gpj.exe" could be shown as "exe.jpg".
bool turnsDirection(QChar c)
{
    const char16_t u = c.unicode();
    return u == 0x061C || u == 0x200E || u == 0x200F || (u >= 0x202A && u <= 0x202E)
        || (u >= 0x2066 && u <= 0x2069);
}

bool isOutside(QChar c)
{
    return QStringView(u"<>:\"|?*").contains(c); // of what Windows takes
}

} // namespace

QString safeFileName(const QString &given)
{
    QString name;
    for (const QChar c : given.section(u'/', -1).section(u'\\', -1)) {
        if (c.category() != QChar::Other_Control && !turnsDirection(c)) {
            name += isOutside(c) ? QChar(u'_') : c;
        }
    }
    name = name.trimmed();
    while (name.startsWith(u'.')) {
        name.remove(0, 1); // neither a folder nor hidden
    }
    while (name.endsWith(u'.') || name.endsWith(u' ')) {
        name.chop(1); // Windows drops them
    }
    static const QRegularExpression device(
        QStringLiteral("^(con|prn|aux|nul|com[1-9]|lpt[1-9])(\\.|$)"),
        QRegularExpression::CaseInsensitiveOption);
    if (device.match(name).hasMatch()) {
        name.prepend(u'_');
    }
    if (name.size() > NameLimit) {
        const qsizetype dot = name.lastIndexOf(u'.');
        const QString suffix =
            dot > 0 && name.size() - dot <= LongestSuffix ? name.mid(dot) : QString();
        name.truncate(NameLimit - suffix.size());
        if (name.back().isHighSurrogate()) {
            name.chop(1);
        }
        name += suffix;
    }
    return name.isEmpty() ? QStringLiteral("file") : name;
}

} // namespace casebase
