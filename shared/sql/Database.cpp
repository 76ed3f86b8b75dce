// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/sql/Database.h"

#include <sqlite3.h>

namespace casebase {

namespace {

constexpr int StatementLimit = 256;
constexpr int CheckpointPages = 4000; // 16 MiB of write-ahead log

} // namespace

Rows::~Rows()
{
    // What was moved from has no statement.
    if (m_statement) {
        m_statement->reset();
    }
}

bool Rows::next()
{
    auto row = m_statement->step();
    if (!row) {
        m_done = row.error();
        return false;
    }
    return row.value();
}

Result<std::unique_ptr<Database>> Database::openSqlite(const QString &path, OpenMode mode)
{
    sqlite3 *connection = nullptr;
    const int flags = SQLITE_OPEN_NOMUTEX
        | (mode == OpenMode::ReadOnly ? SQLITE_OPEN_READONLY
                                      : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
    const int code = sqlite3_open_v2(path.toUtf8().constData(), &connection, flags, nullptr);
    std::unique_ptr<Database> database(new Database(Dialect::Sqlite, connection));
    if (code != SQLITE_OK) {
        return sqliteError(connection, QStringLiteral("open"));
    }
    TRY(database->applySettings(mode));
    return database;
}

Done Database::applySettings(OpenMode mode)
{
    sqlite3_extended_result_codes(m_connection, 1);
    sqlite3_db_config(m_connection, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_limit(m_connection, SQLITE_LIMIT_SQL_LENGTH, 1 << 20);
    sqlite3_limit(m_connection, SQLITE_LIMIT_EXPR_DEPTH, 200);
    const struct {
        const char *name;
        const char *value;
        const char *expected;
        bool needsWriting;
    } pragmas[] = {
        {"busy_timeout", "5000", "5000", false},
        {"journal_mode", "WAL", "wal", true},
        {"synchronous", "FULL", "2", true},
        {"foreign_keys", "ON", "1", false},
        {"trusted_schema", "OFF", "0", false},
        {"cell_size_check", "ON", "1", false},
        {"temp_store", "MEMORY", "2", false},
        {"wal_autocheckpoint", "0", "0", false},
        {"journal_size_limit", "67108864", "67108864", true},
        {"cache_size", "-16384", "-16384", false},
        {"mmap_size", "0", "0", false},
    };
    for (const auto &pragma : pragmas) {
        if (pragma.needsWriting && mode == OpenMode::ReadOnly) {
            continue;
        }
        const QString name = QString::fromLatin1(pragma.name);
        TRY(text(QStringLiteral("PRAGMA %1=%2").arg(name, QLatin1String(pragma.value))));
        TRY_SET(const auto value, text(QStringLiteral("PRAGMA %1").arg(name)));
        if (value.value_or(QString()) != QLatin1String(pragma.expected)) {
            return Error{ErrorCode::Storage, {},
                QStringLiteral("PRAGMA %1 gives %2").arg(name, value.value_or(QString()))};
        }
    }
    m_statements.clear();
    sqlite3_wal_hook(
        m_connection,
        [](void *self, sqlite3 *, const char *, int pages) {
            static_cast<Database *>(self)->m_logPages = pages;
            return SQLITE_OK;
        },
        this);
    TRY_SET(m_version, version());
    return Ok;
}

Database::Database(Dialect dialect, sqlite3 *connection)
    : m_dialect(dialect)
    , m_connection(connection)
{
}

Database::~Database()
{
    m_statements.clear();
    sqlite3_close_v2(m_connection);
}

Result<std::shared_ptr<Statement>> Database::statement(const QString &sql)
{
    const auto known = m_statements.constFind(sql);
    if (known != m_statements.cend()) {
        (*known)->reset();
        return *known;
    }
    if (m_statements.size() >= StatementLimit) {
        m_statements.clear(); // Users' tables and fields make texts without end.
    }
    TRY_SET(auto fresh, Statement::prepare(m_connection, sql));
    std::shared_ptr<Statement> shared = std::move(fresh);
    m_statements.insert(sql, shared);
    return shared;
}

Result<Rows> Database::query(const QString &sql, const SqlValues &values)
{
    TRY_SET(auto prepared, statement(sql));
    for (qsizetype i = 0; i < values.size(); ++i) {
        prepared->bind(int(i), values[i]);
    }
    return Rows(std::move(prepared));
}

Done Database::run(const QString &sql, const SqlValues &values)
{
    if (m_isDoubtful && sqlite3_get_autocommit(m_connection)) {
        TRY(writeAnew());
    }
    TRY_SET(Rows rows, query(sql, values));
    while (rows.next()) { }
    noteFailure(sqlite3_errcode(m_connection)); // Before the statement is reset, which forgets it.
    return rows.done();
}

void Database::noteFailure(int code)
{
    // The system reports a failed write or sync once and forgets it: what was written before may be
    // on the disk or not, and another sync that succeeds says nothing about it.
    m_isDoubtful = m_isDoubtful || (code & 0xFF) == SQLITE_IOERR;
}

Result<std::optional<QString>> Database::text(const QString &sql, const SqlValues &values)
{
    TRY_SET(Rows rows, query(sql, values));
    std::optional<QString> found;
    if (rows.next()) {
        found = rows->text(0);
    }
    TRY(rows.done());
    return found;
}

Result<qint64> Database::integer(const QString &sql, const SqlValues &values)
{
    TRY_SET(Rows rows, query(sql, values));
    const qint64 found = rows.next() ? rows->integer(0) : 0;
    TRY(rows.done());
    return found;
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

Result<qint64> Database::version()
{
    return m_dialect == Dialect::Sqlite ? integer(QStringLiteral("PRAGMA data_version")) : 0;
}

Done Database::begin()
{
    TRY(run(m_dialect == Dialect::Sqlite ? QStringLiteral("BEGIN IMMEDIATE")
                                         : QStringLiteral("BEGIN")));
    const auto now = version();
    if (now && now.value() == m_version) {
        return Ok;
    }
    rollback();
    return now ? Error{ErrorCode::WrittenByOther, {}, QStringLiteral("written by another program")}
               : now.error();
}

Done Database::commit()
{
    return run(QStringLiteral("COMMIT"));
}

Done Database::writeAnew()
{
    // Everything in the log is written and synced once more, into the file, and the log ends; with
    // it goes what is left there of a transaction that failed.
    const int code = sqlite3_wal_checkpoint_v2(
        m_connection, nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
    if (code != SQLITE_OK) {
        return sqliteError(m_connection, QStringLiteral("writing anew"));
    }
    m_isDoubtful = false;
    m_logPages = 0;
    return Ok;
}

Done Database::setWiping(bool isOn)
{
    return m_dialect == Dialect::Sqlite
        ? Done(text(isOn ? QStringLiteral("PRAGMA secure_delete=ON")
                         : QStringLiteral("PRAGMA secure_delete=OFF"))
                ? Done(Ok)
                : Error{ErrorCode::Storage, {}, QStringLiteral("secure_delete")})
        : Done(Ok);
}

Done Database::wipeLog()
{
    TRY(setWiping(false));
    return m_dialect == Dialect::Sqlite ? writeAnew() : Done(Ok);
}

void Database::rollback()
{
    // A failed COMMIT may have rolled back already.
    if (sqlite3_get_autocommit(m_connection) == 0) {
        const Done rolledBack = run(QStringLiteral("ROLLBACK"));
        Q_UNUSED(rolledBack) // Nothing to do if there is no transaction any more.
    }
}

Done Database::checkpoint()
{
    if (m_logPages < CheckpointPages) {
        return Ok;
    }
    m_logPages = 0;
    const int code = sqlite3_wal_checkpoint_v2(
        m_connection, nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
    if (code == SQLITE_OK || code == SQLITE_BUSY) {
        return Ok; // Readers may keep it from finishing; the next one goes on.
    }
    noteFailure(code);
    return sqliteError(m_connection, QStringLiteral("checkpoint"));
}

Done Database::copyTo(const QString &path)
{
    sqlite3 *target = nullptr;
    int code = sqlite3_open_v2(
        path.toUtf8().constData(), &target, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nullptr);
    if (code == SQLITE_OK) {
        if (sqlite3_backup *backup = sqlite3_backup_init(target, "main", m_connection, "main")) {
            code = sqlite3_backup_step(backup, -1); // one step: one state of the source
            sqlite3_backup_finish(backup);
        }
    }
    const Error error = sqliteError(target, QStringLiteral("copy"));
    sqlite3_close_v2(target);
    return code == SQLITE_DONE ? Done(Ok) : error;
}

} // namespace casebase
