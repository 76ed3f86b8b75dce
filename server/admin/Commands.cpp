// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/admin/Commands.h"

#include "server/admin/Await.h"
#include "server/admin/Backup.h"
#include "server/admin/StoreCheck.h"
#include "server/admin/Template.h"
#include "server/auth/Password.h"
#include "shared/document/TitleFinder.h"
#include "shared/query/Sort.h"
#include "shared/support/ErrorText.h"
#include "shared/transfer/Import.h"

#include <QFile>
#include <QSaveFile>

namespace casebase {

namespace {

CommandResult failure(const Error &error)
{
    QString text = englishSentence(error) + u'\n';
    if (!error.detail.isEmpty()) {
        text += error.detail + u'\n';
    }
    return {1, {}, text};
}

CommandResult wrongUsage(const QString &name, const QString &what)
{
    return {2, {}, what + u'\n' + usage(name)};
}

CommandResult done(const Done &result)
{
    return result ? CommandResult() : failure(result.error());
}

Result<Account> namedAccount(ServerCore &core, const QString &name)
{
    const auto account = core.accounts().accountNamed(name);
    return account ? Result<Account>(*account) : Error{ErrorCode::UnknownPerson, {name}, {}};
}

CommandResult listUsers(ServerCore &core)
{
    CommandResult result;
    for (const Account &account : core.accounts().all()) {
        result.output +=
            QStringList{account.username, account.name,
                account.isAdmin ? QStringLiteral("administrator") : QStringLiteral("member"),
                account.isActive ? QStringLiteral("active") : QStringLiteral("disabled")}
                .join(u'\t')
            + u'\n';
    }
    return result;
}

CommandResult runUser(const Command &command, ServerCore &core)
{
    const QString verb = command.arguments.value(0);
    const QString username = command.arguments.value(1);
    if (verb == u"list") {
        return listUsers(core);
    }
    if (username.isEmpty()) {
        return wrongUsage(command.name, QStringLiteral("a user name is missing"));
    }
    if (verb == u"add") {
        const auto added = core.accounts().add(username, command.option(QStringLiteral("name")),
            command.option(QStringLiteral("email")), command.password,
            command.has(QStringLiteral("admin")));
        return added ? CommandResult{0, added.value().id.text() + u'\n', {}}
                     : failure(added.error());
    }
    auto account = namedAccount(core, username);
    if (!account) {
        return failure(account.error());
    }
    if (verb == u"passwd") {
        return done(core.accounts().setPassword(account.value().id, command.password));
    }
    if (verb != u"disable" && verb != u"enable") {
        return wrongUsage(command.name, QStringLiteral("“%1” is not known").arg(verb));
    }
    Account changed = account.value();
    changed.isActive = verb == u"enable";
    return done(core.accounts().update(changed));
}

Result<Scopes> scopesOf(const QStringList &names)
{
    static const QHash<QString, Scope> known{{QStringLiteral("read"), Scope::Read},
        {QStringLiteral("write"), Scope::Write}, {QStringLiteral("schema"), Scope::Schema},
        {QStringLiteral("admin"), Scope::Admin}};
    Scopes scopes = 0;
    for (const QString &name : names) {
        for (const QString &each : name.split(u',')) {
            if (!known.contains(each)) {
                return Error{ErrorCode::Invalid, {QStringLiteral("--scope %1").arg(each)}, {}};
            }
            scopes |= Scopes(known.value(each));
        }
    }
    return scopes == 0 ? Scopes(Scope::Read) : scopes;
}

CommandResult runToken(const Command &command, ServerCore &core)
{
    const QString verb = command.arguments.value(0);
    if (verb == u"revoke") {
        return done(core.accounts().revoke(command.arguments.value(1)));
    }
    const auto account = namedAccount(core, command.option(QStringLiteral("user")));
    if (!account) {
        return failure(account.error());
    }
    if (verb == u"list") {
        CommandResult result;
        for (const Token &token : core.accounts().tokens(account.value().id)) {
            result.output +=
                QStringList{token.id,
                    token.isSession ? QStringLiteral("session") : QStringLiteral("token"),
                    QString::number(token.scopes), token.name}
                    .join(u'\t')
                + u'\n';
        }
        return result;
    }
    if (verb != u"create") {
        return wrongUsage(command.name, QStringLiteral("“%1” is not known").arg(verb));
    }
    const auto scopes = scopesOf(command.options.value(QStringLiteral("scope")));
    if (!scopes) {
        return failure(scopes.error());
    }
    const auto token = core.accounts().createToken(
        account.value().id, command.option(QStringLiteral("name")), scopes.value());
    return token ? CommandResult{0, token.value().secret + u'\n', {}} : failure(token.error());
}

Result<BaseRow> namedBase(ServerCore &core, const QString &name)
{
    const QList<BaseRow> bases = core.host().bases();
    for (const BaseRow &base : bases) {
        if (base.id.text() == name || base.name.compare(name, Qt::CaseInsensitive) == 0) {
            return base;
        }
    }
    return Error{ErrorCode::NotFound, {QStringLiteral("The base “%1”").arg(name)}, {}};
}

FieldContext contextFor(ServerCore &core, const Document &document)
{
    return {document.people(), QLocale::c(), QTimeZone::systemTimeZone(),
        core.host().clock().nowMs(), std::make_shared<TitleFinder>(document)};
}

Result<CommandResult> importFile(const Command &command, ServerCore &core)
{
    TRY_SET(const BaseRow base, namedBase(core, command.option(QStringLiteral("base"))));
    QFile file(command.arguments.value(0));
    if (!file.open(QIODevice::ReadOnly)) {
        return Error{ErrorCode::FileInvalid, {QStringLiteral("0"), file.errorString()}, {}};
    }
    TRY_SET(const CsvTable csv, parseCsv(file.readAll()));
    const Snapshot document = core.host().snapshot(base.id);
    const QString tableName = command.option(QStringLiteral("table"));
    const TableData *existing = document->tableNamed(tableName);
    const bool creates = command.has(QStringLiteral("create"));
    if (creates == (existing != nullptr)) {
        return creates ? Error{ErrorCode::NameTaken, {tableName}, {}}
                       : Error{ErrorCode::UnknownTable, {tableName}, {}};
    }
    UserId user;
    for (const Person &person : document->people().all()) {
        user = user.isNull() && person.role == Role::Owner ? person.id : user;
    }
    if (command.has(QStringLiteral("user"))) {
        TRY_SET(const Account account, namedAccount(core, command.option(QStringLiteral("user"))));
        user = account.id;
    }
    const Actor actor{user};
    const FieldContext context = contextFor(core, *document);
    ImportPlan plan = existing ? matchedImport(csv, existing->definition())
                               : guessedImport(csv, tableName, context, core.host().ids());
    if (!existing) {
        plan.table.position = int(document->tables().size());
        TRY(submitAndWait(core, actor, base.id, Edit{{PutTable{plan.table}}}));
    }
    if (const QList<Operation> options = newOptions(plan); existing && !options.isEmpty()) {
        TRY(submitAndWait(core, actor, base.id, Edit{options}));
    }
    QList<ImportFault> faults;
    Pipeline pipeline(core, actor, base.id);
    RowImport import(csv, plan, existing);
    while (!import.atEnd()) {
        TRY(pipeline.submit(
            Edit{{import.next(ImportRowsPerRequest, context, core.host().ids(), faults)}}));
    }
    TRY(pipeline.finish());
    CommandResult result;
    result.output =
        QStringLiteral("imported %1 records into %2\n").arg(import.made()).arg(tableName);
    for (const auto &[line, why] : csv.faults) {
        result.errors += QStringLiteral("line %1: left out: %2\n").arg(line).arg(why);
    }
    for (const ImportFault &fault : std::as_const(faults)) {
        result.errors +=
            QStringLiteral("line %1, %2: %3\n").arg(fault.line).arg(fault.column, fault.why);
    }
    return result;
}

Result<CommandResult> exportFile(const Command &command, ServerCore &core)
{
    TRY_SET(const BaseRow base, namedBase(core, command.option(QStringLiteral("base"))));
    const Snapshot document = core.host().snapshot(base.id);
    const TableData *table = document->tableNamed(command.option(QStringLiteral("table")));
    if (!table) {
        return Error{ErrorCode::UnknownTable, {command.option(QStringLiteral("table"))}, {}};
    }
    QSaveFile file(command.arguments.value(0));
    if (!file.open(QIODevice::WriteOnly)) {
        return Error{ErrorCode::FileInvalid, {QStringLiteral("0"), file.errorString()}, {}};
    }
    const FieldContext context = contextFor(core, *document);
    const QList<Field> fields = table->definition().liveFields();
    QStringList cells;
    for (const Field &field : fields) {
        cells += csvCell(field.name);
    }
    file.write("\xEF\xBB\xBF" + cells.join(u',').toUtf8() + "\r\n");
    std::vector<Row> rows = matchingRows(*table, always());
    sortByAge(rows, *table);
    for (const Row row : rows) {
        cells.clear();
        for (const Field &field : fields) {
            cells +=
                csvCell(fieldType(field.kind).format(table->value(row, field), field, context));
        }
        file.write(cells.join(u',').toUtf8() + "\r\n");
    }
    if (!file.commit()) {
        return Error{ErrorCode::FileInvalid, {QStringLiteral("0"), file.errorString()}, {}};
    }
    return CommandResult{0, QStringLiteral("exported %1 records\n").arg(rows.size()), {}};
}

} // namespace

CommandResult runInit(const Command &command)
{
    const QString admin = command.option(QStringLiteral("admin"));
    if (admin.isEmpty() || !command.has(QStringLiteral("password-file"))) {
        return wrongUsage(command.name, QStringLiteral("--admin and --password-file are needed"));
    }
    const auto acceptable = acceptablePassword(command.password);
    if (!acceptable) {
        return failure(acceptable.error());
    }
    const QString folder = command.option(QStringLiteral("data"));
    const Done created = ServerCore::create(folder);
    if (!created) {
        return failure(created.error());
    }
    const auto core = ServerCore::open(folder);
    if (!core) {
        return failure(core.error());
    }
    const auto owner = core.value()->accounts().add(admin, admin, {}, acceptable.value(), true);
    if (!owner) {
        return failure(owner.error());
    }
    CommandResult result;
    result.output = QStringLiteral("created a store in %1\n").arg(folder);
    const bool isDemo = command.has(QStringLiteral("demo"));
    if (isDemo || command.has(QStringLiteral("template"))) {
        const auto people = createFromTemplate(*core.value(),
            command.option(QStringLiteral("template"), QStringLiteral("food-retail")),
            owner.value(), isDemo);
        if (!people) {
            return failure(people.error());
        }
        for (const CreatedPerson &person : people.value()) {
            result.output +=
                QStringList{person.username, person.password, person.role, person.name}.join(u'\t')
                + u'\n';
        }
    }
    return result;
}

CommandResult runOnFiles(const Command &command)
{
    const QString folder = command.option(QStringLiteral("data"));
    const QString path = ServerCore::databasePath(folder);
    const FileStore files(ServerCore::filesPath(folder));
    if (command.name == u"restore") {
        return done(restoreBackup(command.option(QStringLiteral("from")), folder));
    }
    if (!QFile::exists(path)) {
        return failure({ErrorCode::NotFound, {QStringLiteral("A store in %1").arg(folder)}, {}});
    }
    if (command.name == u"backup") {
        const QString target = command.option(QStringLiteral("to"));
        if (target.isEmpty()) {
            return wrongUsage(command.name, QStringLiteral("--to FILE is missing"));
        }
        CommandResult result = done(backUp(path, files, target));
        if (result.exitCode == 0 && QFile::exists(Vault::path(folder))) {
            result.output += QStringLiteral("Not in it: the keys of sensitive texts, %1. Keep a "
                                            "copy of them elsewhere.\n")
                                 .arg(Vault::path(folder));
        }
        return result;
    }
    const auto database = Database::openSqlite(path, OpenMode::ReadOnly);
    const auto faults = database ? storeFaults(*database.value(), files, folder)
                                 : Result<QStringList>(database.error());
    if (!faults) {
        return failure(faults.error());
    }
    const QStringList &lines = faults.value();
    return lines.isEmpty() ? CommandResult{0, QStringLiteral("no faults\n"), {}}
                           : CommandResult{1, lines.join(u'\n') + u'\n', {}};
}

CommandResult runOnCore(const Command &command, ServerCore &core)
{
    if (command.name == u"user") {
        return runUser(command, core);
    }
    if (command.name == u"token") {
        return runToken(command, core);
    }
    if (command.arguments.isEmpty()) {
        return wrongUsage(command.name, QStringLiteral("a file is missing"));
    }
    const auto result =
        command.name == u"import" ? importFile(command, core) : exportFile(command, core);
    return result ? result.value() : failure(result.error());
}

} // namespace casebase
