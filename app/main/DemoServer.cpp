// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/main/DemoServer.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QRandomGenerator>

namespace casebase {

DemoServer::DemoServer(const QString &folder)
    : m_folder(folder)
{
    connect(&m_init, &QProcess::finished, this, [this](int code) {
        if (code != 0) {
            Q_EMIT failed(QString::fromUtf8(m_init.readAllStandardError()));
        } else {
            QFile people(m_folder + QStringLiteral("/people.txt"));
            if (people.open(QIODevice::WriteOnly)) {
                people.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
                people.write(m_init.readAllStandardOutput());
            }
            serve();
        }
    });
    connect(&m_server, &QProcess::readyReadStandardOutput, this, [this] {
        const QString line = QString::fromUtf8(m_server.readLine()).trimmed();
        if (line.contains(QLatin1String(" ready on "))) {
            Q_EMIT ready(line.section(u' ', -1));
        }
    });
    connect(&m_server, &QProcess::errorOccurred, this,
        [this] { Q_EMIT failed(m_server.errorString()); });
}

DemoServer::~DemoServer()
{
    m_server.disconnect(this);
    m_server.terminate();
    m_server.waitForFinished(5000);
}

QString DemoServer::program()
{
    return QCoreApplication::applicationDirPath() + QStringLiteral("/casebase-server");
}

void DemoServer::start()
{
    QDir().mkpath(m_folder);
    const QString passwordPath = m_folder + QStringLiteral("/password");
    QFile file(passwordPath);
    if (file.open(QIODevice::ReadOnly)) {
        m_password = QString::fromUtf8(file.readAll()).trimmed();
        return serve();
    }
    m_password = QString::number(QRandomGenerator::system()->generate64(), 36)
        + QString::number(QRandomGenerator::system()->generate64(), 36);
    if (!file.open(QIODevice::WriteOnly)) {
        Q_EMIT failed(file.errorString());
        return;
    }
    file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    file.write(m_password.toUtf8());
    file.close();
    m_init.start(program(),
        {QStringLiteral("init"), QStringLiteral("--data"), m_folder + QStringLiteral("/data"),
            QStringLiteral("--admin"), username(), QStringLiteral("--password-file"), passwordPath,
            QStringLiteral("--demo")});
}

void DemoServer::serve()
{
    m_server.start(program(),
        {QStringLiteral("serve"), QStringLiteral("--data"), m_folder + QStringLiteral("/data"),
            QStringLiteral("--listen"), QStringLiteral("127.0.0.1:0"),
            QStringLiteral("--with-parent")});
}

} // namespace casebase
