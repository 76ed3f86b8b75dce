// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QUrl>

namespace casebase {

/// Carries whole messages to a server and back. A socket in the program, memory in tests.
class Transport : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;
    virtual void open(const QUrl &url) = 0;
    virtual void close() = 0;
    virtual void send(const QByteArray &bytes) = 0;

Q_SIGNALS:
    void opened();
    void received(const QByteArray &bytes);
    /// Also when opening failed.
    void closed(const QString &reason);
};

} // namespace casebase
