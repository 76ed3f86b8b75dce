// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QProcess>

namespace casebase {

/// A private server on loopback with the demo base, which ends with the program.
class DemoServer final : public QObject {
    Q_OBJECT
public:
    explicit DemoServer(const QString &folder);
    ~DemoServer() override;
    void start();
    QString username() const { return QStringLiteral("demo"); }
    QString password() const { return m_password; }

Q_SIGNALS:
    void ready(const QString &url);
    void failed(const QString &reason);

private:
    void serve();
    static QString program();

    QString m_folder;
    QString m_password;
    QProcess m_init;
    QProcess m_server;
};

} // namespace casebase
