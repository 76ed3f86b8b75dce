// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/field/Divisions.h"

#include <QFile>
#include <QStringList>

static void initResources()
{
    Q_INIT_RESOURCE(places);
}

namespace casebase {

namespace {

/// Of one character nothing is left that could be told from other words.
QString shortened(const QString &name)
{
    static const QStringList words{QStringLiteral("壮族自治区"), QStringLiteral("回族自治区"),
        QStringLiteral("维吾尔自治区"), QStringLiteral("特别行政区"), QStringLiteral("自治区"),
        QStringLiteral("地区"), QStringLiteral("新区"), QStringLiteral("省"), QStringLiteral("市"),
        QStringLiteral("盟"), QStringLiteral("区"), QStringLiteral("县")};
    for (const QString &word : words) {
        if (name.endsWith(word)) {
            return name.size() - word.size() >= 2 ? name.chopped(word.size()) : name;
        }
    }
    return name;
}

Division division(const QString &name)
{
    return {name, shortened(name), {}};
}

QList<Division> read()
{
    initResources();
    QFile file(QStringLiteral(":/places/china.txt"));
    if (!file.open(QIODevice::ReadOnly)) {
        return {};
    }
    QList<Division> all;
    for (const QString &line : QString::fromUtf8(file.readAll()).split(u'\n', Qt::SkipEmptyParts)) {
        if (line.startsWith(u'#')) {
            continue;
        }
        if (!line.startsWith(u' ')) {
            all += division(line);
            continue;
        }
        const QStringList names = line.split(u' ', Qt::SkipEmptyParts);
        Division city = names.first() == u"-" ? Division() : division(names.first());
        for (const QString &name : names.mid(1)) {
            city.parts += division(name);
        }
        all.last().parts += city;
    }
    return all;
}

} // namespace

const QList<Division> &provinces()
{
    static const QList<Division> all = read();
    return all;
}

} // namespace casebase
