// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/main/Program.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QStandardPaths>
#include <QStyleFactory>

using namespace casebase;

int main(int argc, char *argv[])
{
    QApplication application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("casebase"));
    QApplication::setApplicationVersion(QStringLiteral(CASEBASE_VERSION));
    QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));

    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral("The desktop client of Casebase."));
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addOptions({{QStringLiteral("server"), QStringLiteral("Address of the server."),
                           QStringLiteral("URL")},
        {QStringLiteral("user"), QStringLiteral("User name to sign in with."),
            QStringLiteral("NAME")},
        {QStringLiteral("profile"), QStringLiteral("Folder for settings, cache and outbox."),
            QStringLiteral("DIR")},
        {QStringLiteral("demo"),
            QStringLiteral("Start a private server with the demo base and sign in.")}});
    parser.process(application);

    const QString profile = parser.isSet(QStringLiteral("profile"))
        ? parser.value(QStringLiteral("profile"))
        : QStandardPaths::writableLocation(QStandardPaths::AppDataLocation);
    Program program({parser.value(QStringLiteral("server")), parser.value(QStringLiteral("user")),
        profile, parser.isSet(QStringLiteral("demo"))});
    program.start();
    return QApplication::exec();
}
