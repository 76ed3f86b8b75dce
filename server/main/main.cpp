// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/admin/ControlSocket.h"
#include "server/admin/Template.h"
#include "server/main/Log.h"
#include "server/main/Serve.h"
#include "shared/support/ErrorText.h"

#include <QCoreApplication>

#include <cstdio>

using namespace casebase;

namespace {

int finish(const CommandResult &result)
{
    std::fputs(qUtf8Printable(result.output), stdout);
    std::fputs(qUtf8Printable(result.errors), stderr);
    return result.exitCode;
}

int finishWithError(const Error &error, int code)
{
    return finish({code, {}, englishSentence(error) + u'\n'});
}

int runStoreCommand(const Command &command)
{
    const QString folder = command.option(QStringLiteral("data"));
    const auto core = ServerCore::open(folder);
    if (core) {
        return finish(runOnCore(command, *core.value()));
    }
    if (core.error().code == ErrorCode::Busy) {
        if (const auto result = runThroughServer(folder, command)) {
            return finish(*result);
        }
    }
    return finishWithError(core.error(), 1);
}

} // namespace

int main(int argc, char *argv[])
{
    // GLib's event loop costs twice as much for each socket; nothing here needs it.
    qputenv("QT_NO_GLIB", "1");
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("casebase-server"));
    QCoreApplication::setApplicationVersion(QStringLiteral(CASEBASE_VERSION));
    installLog();
    const QStringList arguments = QCoreApplication::arguments().mid(1);
    if (arguments.contains(QLatin1String("--version"))) {
        return finish(
            {0, QStringLiteral("casebase-server %1\n").arg(QCoreApplication::applicationVersion()),
                {}});
    }
    if (arguments.contains(QLatin1String("--help")) || arguments.isEmpty()) {
        const QString name = arguments.value(0).startsWith(u'-') ? QString() : arguments.value(0);
        return arguments.isEmpty() ? finish({2, {}, usage()}) : finish({0, usage(name), {}});
    }
    const auto command = parseCommand(arguments);
    if (!command) {
        return finish(
            {2, {}, command.error().arguments.value(0) + u'\n' + usage(arguments.first())});
    }
    const QString &name = command.value().name;
    if (name == u"serve") {
        return serve(command.value());
    }
    if (name == u"init") {
        return finish(runInit(command.value()));
    }
    if (name == u"check" || name == u"backup" || name == u"restore") {
        return finish(runOnFiles(command.value()));
    }
    if (name == u"templates") {
        CommandResult result;
        for (const TemplateEntry &entry : shippedTemplates()) {
            result.output +=
                QStringList{entry.id, entry.name, entry.description}.join(u'\t') + u'\n';
        }
        return finish(result);
    }
    return runStoreCommand(command.value());
}
