// SPDX-License-Identifier: GPL-3.0-or-later
// The one file of the server that talks to the system: Unix and Windows side by side.
#include "server/main/StopSignal.h"

#include <QCoreApplication>
#include <QTimer>

#include <atomic>
#include <cstdio>
#include <thread>

#ifdef Q_OS_WIN
#include <windows.h>
#else
#include <csignal>
#endif

namespace casebase {

namespace {

std::atomic<bool> stopAsked{false};

#ifdef Q_OS_WIN
BOOL WINAPI onConsole(DWORD)
{
    stopAsked = true;
    return TRUE;
}
#else
void onSignal(int)
{
    stopAsked = true;
}
#endif

} // namespace

void onStopSignal(std::function<void()> stop)
{
#ifdef Q_OS_WIN
    SetConsoleCtrlHandler(onConsole, TRUE);
#else
    std::signal(SIGTERM, onSignal);
    std::signal(SIGINT, onSignal);
    std::signal(SIGPIPE, SIG_IGN);
#endif
    // A handler may do nothing but set a flag, so the flag is looked at now and then.
    auto *timer = new QTimer(QCoreApplication::instance());
    QObject::connect(timer, &QTimer::timeout, timer, [timer, stop = std::move(stop)] {
        if (stopAsked) {
            timer->stop();
            stop();
        }
    });
    timer->start(50);
}

void stopWhenInputEnds()
{
    std::thread([] {
        while (std::fgetc(stdin) != EOF) { }
        stopAsked = true;
    }).detach();
}

} // namespace casebase
