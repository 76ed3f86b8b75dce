// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/main/Serve.h"

#include "server/admin/ControlSocket.h"
#include "server/main/StopSignal.h"
#include "server/net/FrontServer.h"
#include "server/sync/SnapshotPacker.h"
#include "shared/support/ErrorText.h"

#include <QCoreApplication>
#include <QTimer>

#include <cstdio>

namespace casebase {

namespace {

constexpr int DrainMs = 10000;

int failed(const Error &error)
{
    std::fprintf(
        stderr, "%s %s\n", qUtf8Printable(englishSentence(error)), qUtf8Printable(error.detail));
    return 1;
}

/// Ends the event loop when the replies are out, or after ten seconds.
void stopWhenIdle(FrontServer &front)
{
    front.drain();
    auto *timer = new QTimer(&front);
    auto *left = new int(DrainMs / 50);
    QObject::connect(timer, &QTimer::timeout, &front, [&front, left] {
        if (front.isIdle() || --*left <= 0) {
            delete left;
            QCoreApplication::quit();
        }
    });
    timer->start(50);
}

void removeUnusedFiles(ServerCore &core)
{
    WorkerPool::forLongWork().post([&core] {
        const Done done = core.removeUnusedFiles();
        if (!done) {
            qWarning(
                "unused files were not removed: %s", qUtf8Printable(englishSentence(done.error())));
        }
    });
}

} // namespace

int serve(const Command &command)
{
    const auto opened = ServerCore::open(command.option(QStringLiteral("data")));
    if (!opened) {
        return failed(opened.error());
    }
    ServerCore &core = *opened.value();
    Api api({core.host(), core.accounts(), core.files()});
    SyncHub hub(core.host(), core.accounts());
    core.host().setListener(&hub);
    core.accounts().setRevokedHandler([&hub](const QStringList &ids) { hub.revoked(ids); });
    FrontServer front(api, hub);
    if (command.has(QStringLiteral("tls-cert"))) {
        const Done secured = front.useTls(
            command.option(QStringLiteral("tls-cert")), command.option(QStringLiteral("tls-key")));
        if (!secured) {
            return failed(secured.error());
        }
    }
    const Done listening =
        front.listen(command.option(QStringLiteral("listen"), QStringLiteral("127.0.0.1:8720")));
    if (!listening) {
        return failed(listening.error());
    }
    ControlSocket control(core);
    const Done controlled = control.listen();
    if (!controlled) {
        return failed(controlled.error());
    }
    onStopSignal([&front] { stopWhenIdle(front); });
    if (command.has(QStringLiteral("with-parent"))) {
        stopWhenInputEnds();
    }
    QTimer sweep;
    QObject::connect(&sweep, &QTimer::timeout, &front, [&core] { removeUnusedFiles(core); });
    sweep.start(std::chrono::hours(1));
    removeUnusedFiles(core);
    QTimer second;
    QObject::connect(&second, &QTimer::timeout, &front, [&core] { core.host().passTime(); });
    second.start(std::chrono::seconds(1));
    std::optional<SnapshotPacker> packer(std::in_place, core.host());
    std::printf("casebase-server ready on %s\n", qUtf8Printable(front.url()));
    std::fflush(stdout);
    const int code = QCoreApplication::exec();
    packer.reset();
    // What workers still do uses the core and may ask the writer.
    WorkerPool::forLongWork().waitForDone();
    WorkerPool::instance().waitForDone();
    core.writer().runAndWait([] {});
    WorkerPool::instance().waitForDone();
    core.host().setListener(nullptr);
    return code;
}

} // namespace casebase
