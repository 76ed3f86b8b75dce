// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/main/Log.h"

#include <QDateTime>
#include <QJsonDocument>
#include <QJsonObject>

#include <cstdio>

namespace casebase {

namespace {

constexpr qsizetype LineLimit = 4000;

void write(QtMsgType type, const QMessageLogContext &context, const QString &message)
{
    static const char *const levels[] = {"debug", "warning", "critical", "fatal", "info"};
    const QJsonObject line{
        {QStringLiteral("time"), QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs)},
        {QStringLiteral("level"), QString::fromLatin1(levels[type])},
        {QStringLiteral("category"), QString::fromLatin1(context.category)},
        {QStringLiteral("message"), message.left(LineLimit)}};
    std::fprintf(stderr, "%s\n", QJsonDocument(line).toJson(QJsonDocument::Compact).constData());
}

} // namespace

void installLog()
{
    qInstallMessageHandler(write);
}

} // namespace casebase
