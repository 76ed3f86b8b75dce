// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/admin/ServerCore.h"

#include <QJsonObject>

namespace casebase {

/// What a command wrote and how it ended: 0 success, 1 failure, 2 wrong usage.
struct CommandResult {
    int exitCode = 0;
    QString output;
    QString errors;
};

/// A command with all it needs read: options by name, the rest in order, secrets from files.
struct Command {
    QString name;
    QHash<QString, QStringList> options;
    QStringList arguments;
    QString password; ///< What --password-file held.

    QString option(const QString &key, const QString &fallback = {}) const
    {
        return options.value(key).value(0, fallback);
    }
    bool has(const QString &key) const { return options.contains(key); }
    QJsonObject toJson() const;
    static Command fromJson(const QJsonObject &json);
};

/// Parses the command line. A usage error gives the text to print.
Result<Command> parseCommand(const QStringList &arguments);
QString usage(const QString &command = {});

CommandResult runInit(const Command &command);
/// The commands that read the files of a store beside a server that may be running: check, backup;
/// and restore, which makes one.
CommandResult runOnFiles(const Command &command);
/// The commands on an open store: user, token, import, export. Also run inside a server that
/// serves.
CommandResult runOnCore(const Command &command, ServerCore &core);

} // namespace casebase
