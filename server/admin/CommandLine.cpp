// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/admin/Commands.h"

#include <QFile>
#include <QJsonArray>

namespace casebase {

namespace {

struct Usage {
    const char *name;
    const char *synopsis;
    const char *what;
    const char *options; ///< Space-separated; those that take a value end in "=".
};

const Usage Usages[] = {
    {"serve",
        "serve --data DIR [--listen HOST:PORT] [--tls-cert FILE --tls-key FILE] [--with-parent]",
        "Runs the server; prints one line when it answers. SIGTERM ends it cleanly; with "
        "--with-parent also the end of standard input.",
        "data= listen= tls-cert= tls-key= public-url= with-parent"},
    {"init", "init --data DIR --admin NAME --password-file FILE [--template NAME] [--demo]",
        "Creates the store. --demo fills the template with sample records and people.",
        "data= admin= password-file= template= demo"},
    {"user",
        "user add|passwd|disable|enable|list --data DIR [USERNAME] [--name NAME] [--admin] "
        "[--password-file FILE]",
        "Manages the people who may sign in.", "data= name= email= admin password-file="},
    {"token",
        "token create|revoke|list --data DIR --user NAME [--scope read|write|schema|admin]… "
        "[--name NAME] [ID]",
        "Manages personal access tokens; the secret is printed once.", "data= user= scope= name="},
    {"import", "import --data DIR --base BASE --table TABLE FILE.csv [--create] [--user NAME]",
        "Reads records from a file; --create makes the table with guessed field types.",
        "data= base= table= create user="},
    {"export", "export --data DIR --base BASE --table TABLE FILE.csv",
        "Writes the records of a table to a file.", "data= base= table="},
    {"backup", "backup --data DIR --to FILE",
        "Writes one consistent file with records, attachments and settings; also while the server "
        "runs.",
        "data= to="},
    {"restore", "restore --data DIR --from FILE",
        "Makes a store from a backup, in an empty directory only.", "data= from="},
    {"check", "check --data DIR",
        "Looks over the whole store: database, log, records, attachments. Exits 1 and prints one "
        "line for each fault.",
        "data="},
    {"templates", "templates", "Lists the templates that ship.", ""},
};

const Usage *usageOf(const QString &name)
{
    for (const Usage &each : Usages) {
        if (name == QLatin1String(each.name)) {
            return &each;
        }
    }
    return nullptr;
}

Error wrongUsage(const QString &what)
{
    return {ErrorCode::Invalid, {what}, {}};
}

Result<QString> readPassword(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return wrongUsage(QStringLiteral("the password file %1 cannot be opened").arg(path));
    }
    QString text = QString::fromUtf8(file.read(4096));
    while (text.endsWith(u'\n') || text.endsWith(u'\r')) {
        text.chop(1);
    }
    return text;
}

} // namespace

QString usage(const QString &command)
{
    QString text;
    for (const Usage &each : Usages) {
        if (command.isEmpty() || command == QLatin1String(each.name)) {
            text += QStringLiteral("casebase-server %1\n    %2\n")
                        .arg(QString::fromUtf8(each.synopsis), QString::fromUtf8(each.what));
        }
    }
    return text + QStringLiteral("Every command takes --help and --version.\n");
}

Result<Command> parseCommand(const QStringList &arguments)
{
    Command command;
    command.name = arguments.value(0);
    const Usage *known = usageOf(command.name);
    if (!known) {
        return wrongUsage(QStringLiteral("“%1” is no command").arg(command.name));
    }
    const QStringList allowed = QString::fromLatin1(known->options).split(u' ', Qt::SkipEmptyParts);
    for (qsizetype i = 1; i < arguments.size(); ++i) {
        const QString &argument = arguments[i];
        if (!argument.startsWith(QLatin1String("--"))) {
            command.arguments += argument;
            continue;
        }
        const QString key = argument.mid(2).section(u'=', 0, 0);
        if (allowed.contains(key)) {
            command.options[key] += QString();
        } else if (!allowed.contains(key + u'=')) {
            return wrongUsage(QStringLiteral("%1 does not take --%2").arg(command.name, key));
        } else if (argument.contains(u'=')) {
            command.options[key] += argument.section(u'=', 1);
        } else if (i + 1 < arguments.size()) {
            command.options[key] += arguments[++i];
        } else {
            return wrongUsage(QStringLiteral("--%1 needs a value").arg(key));
        }
    }
    if (allowed.contains(QStringLiteral("data="))
        && command.option(QStringLiteral("data")).isEmpty()) {
        return wrongUsage(QStringLiteral("--data DIR is missing"));
    }
    if (command.has(QStringLiteral("password-file"))) {
        TRY_SET(command.password, readPassword(command.option(QStringLiteral("password-file"))));
    }
    return command;
}

QJsonObject Command::toJson() const
{
    QJsonObject json{{QStringLiteral("name"), name}, {QStringLiteral("password"), password},
        {QStringLiteral("arguments"), QJsonArray::fromStringList(arguments)}};
    QJsonObject all;
    for (auto each = options.begin(); each != options.end(); ++each) {
        all.insert(each.key(), QJsonArray::fromStringList(*each));
    }
    json.insert(QStringLiteral("options"), all);
    return json;
}

Command Command::fromJson(const QJsonObject &json)
{
    Command command;
    command.name = json.value(QLatin1String("name")).toString();
    command.password = json.value(QLatin1String("password")).toString();
    command.arguments = json.value(QLatin1String("arguments")).toVariant().toStringList();
    const QJsonObject all = json.value(QLatin1String("options")).toObject();
    for (auto each = all.begin(); each != all.end(); ++each) {
        command.options.insert(each.key(), each.value().toVariant().toStringList());
    }
    return command;
}

} // namespace casebase
