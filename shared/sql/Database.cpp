// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/sql/Database.h"

#include <QSqlError>
#include <QUuid>

namespace casebase {

namespace {

constexpr int StatementLimit = 256;

} // namespace

Result<std::unique_ptr<Database>> Database::openSqlite(const QString &path)
{
    const QString name = QUuid::createUuid().toString(QUuid::WithoutBraces);
    QSqlDatabase connection = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), name);
    connection.setDatabaseName(path);
    std::unique_ptr<Database> database(new Database(Dialect::Sqlite, name));
    const bool opened = connection.open();
    const Error error = database->failed(QStringLiteral("open"), connection.lastError());
    connection = {};
    if (!opened) {
        return error;
    }
    const struct {
        const char *set;
        const char *read;
        const char *expected;
    } pragmas[] = {
        {"PRAGMA journal_mode=WAL", "PRAGMA journal_mode", "wal"},
        {"PRAGMA synchronous=FULL", "PRAGMA synchronous", "2"},
        {"PRAGMA foreign_keys=ON", "PRAGMA foreign_keys", "1"},
        {"PRAGMA trusted_schema=OFF", "PRAGMA trusted_schema", "0"},
        {"PRAGMA cell_size_check=ON", "PRAGMA cell_size_check", "1"},
        {"PRAGMA temp_store=MEMORY", "PRAGMA temp_store", "2"},
        {"PRAGMA busy_timeout=5000", "PRAGMA busy_timeout", "5000"},
        {"PRAGMA journal_size_limit=67108864", "PRAGMA journal_size_limit", "67108864"},
    };
    for (const auto &pragma : pragmas) {
        TRY(database->single(QString::fromLatin1(pragma.set)));
        TRY_SET(const QVariant value, database->single(QString::fromLatin1(pragma.read)));
        if (value.toString() != QLatin1String(pragma.expected)) {
            return Error{ErrorCode::Storage, {},
                QStringLiteral("%1 gives %2").arg(QLatin1String(pragma.set), value.toString())};
        }
    }
    database->m_statements.clear();
    return database;
}

Database::Database(Dialect dialect, const QString &connection)
    : m_dialect(dialect)
    , m_connection(connection)
{
}

Database::~Database()
{
    m_statements.clear();
    QSqlDatabase::database(m_connection, false).close();
    QSqlDatabase::removeDatabase(m_connection);
}

Error Database::failed(const QString &what, const QSqlError &error) const
{
    return {ErrorCode::Storage, {},
        QStringLiteral("%1: %2 (%3)").arg(what.left(200), error.text(), error.nativeErrorCode())};
}

Result<QSqlQuery *> Database::query(const QString &sql, const QVariantList &values)
{
    std::shared_ptr<QSqlQuery> &statement = m_statements[sql];
    if (!statement) {
        if (m_statements.size() > StatementLimit) {
            m_statements.clear();
        }
        auto fresh = std::make_shared<QSqlQuery>(QSqlDatabase::database(m_connection, false));
        fresh->setForwardOnly(true);
        if (!fresh->prepare(sql)) {
            const Error error = failed(sql, fresh->lastError());
            m_statements.remove(sql);
            return error;
        }
        m_statements.insert(sql, fresh);
        return query(sql, values);
    }
    statement->finish();
    for (qsizetype i = 0; i < values.size(); ++i) {
        // A QString without contents is an empty text; NULL is an invalid QVariant.
        const bool isEmptyText =
            values[i].typeId() == QMetaType::QString && values[i].toString().isEmpty();
        statement->bindValue(int(i), isEmptyText ? QVariant(QStringLiteral("")) : values[i]);
    }
    if (!statement->exec()) {
        return failed(sql, statement->lastError());
    }
    return statement.get();
}

Done Database::run(const QString &sql, const QVariantList &values)
{
    TRY_SET(QSqlQuery * statement, query(sql, values));
    statement->finish();
    return Ok;
}

Result<QVariant> Database::single(const QString &sql, const QVariantList &values)
{
    TRY_SET(QSqlQuery * statement, query(sql, values));
    const QVariant value = statement->next() ? statement->value(0) : QVariant();
    statement->finish();
    return value;
}

Done Database::runScript(const QString &sql)
{
    for (const QString &part : dialectSql(m_dialect, sql).split(QLatin1String(";\n"))) {
        QString statement;
        for (const QString &line : part.split(u'\n')) {
            if (!line.startsWith(QLatin1String("--"))) {
                statement += line + u'\n';
            }
        }
        if (!statement.trimmed().isEmpty()) {
            TRY(run(statement));
        }
    }
    return Ok;
}

Done Database::begin()
{
    return run(
        m_dialect == Dialect::Sqlite ? QStringLiteral("BEGIN IMMEDIATE") : QStringLiteral("BEGIN"));
}

Done Database::commit()
{
    return run(QStringLiteral("COMMIT"));
}

void Database::rollback()
{
    const Done rolledBack = run(QStringLiteral("ROLLBACK"));
    Q_UNUSED(rolledBack) // Nothing to do if there is no transaction any more.
}

} // namespace casebase
