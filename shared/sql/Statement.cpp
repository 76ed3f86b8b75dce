// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/sql/Statement.h"

#include <sqlite3.h>

namespace casebase {

Error sqliteError(sqlite3 *connection, const QString &what)
{
    const int code = sqlite3_extended_errcode(connection);
    const QString detail = QStringLiteral("%1: %2 (%3)")
                               .arg(what, QString::fromUtf8(sqlite3_errmsg(connection)))
                               .arg(code);
    switch (code & 0xFF) {
    case SQLITE_FULL:
        return {ErrorCode::DiskFull, {}, detail};
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return {ErrorCode::Damaged, {}, detail};
    default:
        return {ErrorCode::Storage, {}, detail};
    }
}

Statement::Statement(sqlite3 *connection, sqlite3_stmt *statement)
    : m_connection(connection)
    , m_statement(statement)
{
}

Result<std::unique_ptr<Statement>> Statement::prepare(sqlite3 *connection, const QString &sql)
{
    const QByteArray utf8 = sql.toUtf8();
    sqlite3_stmt *statement = nullptr;
    const int code = sqlite3_prepare_v3(connection, utf8.constData(), int(utf8.size()),
        SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
    if (code != SQLITE_OK || !statement) {
        return sqliteError(connection, QStringLiteral("preparing"));
    }
    return std::unique_ptr<Statement>(new Statement(connection, statement));
}

Statement::~Statement()
{
    sqlite3_finalize(m_statement);
}

void Statement::bind(int position, const SqlValue &value)
{
    struct Binder {
        sqlite3_stmt *statement;
        int at;
        void operator()(std::monostate) const { sqlite3_bind_null(statement, at); }
        void operator()(qint64 integer) const { sqlite3_bind_int64(statement, at, integer); }
        void operator()(double number) const { sqlite3_bind_double(statement, at, number); }
        void operator()(const QString &text) const
        {
            const QByteArray utf8 = text.toUtf8();
            sqlite3_bind_text(statement, at, utf8.constData(), int(utf8.size()), SQLITE_TRANSIENT);
        }
        void operator()(const QByteArray &bytes) const
        {
            // A blob of no bytes is not NULL.
            sqlite3_bind_blob64(statement, at, bytes.isNull() ? "" : bytes.constData(),
                sqlite3_uint64(bytes.size()), SQLITE_TRANSIENT);
        }
    };
    std::visit(Binder{m_statement, position + 1}, value.content());
}

void Statement::bindNull(int position)
{
    sqlite3_bind_null(m_statement, position + 1);
}

void Statement::bindInteger(int position, qint64 integer)
{
    sqlite3_bind_int64(m_statement, position + 1, integer);
}

void Statement::bindNumber(int position, double number)
{
    sqlite3_bind_double(m_statement, position + 1, number);
}

void Statement::bindText(int position, QByteArrayView utf8)
{
    sqlite3_bind_text(
        m_statement, position + 1, utf8.data() ? utf8.data() : "", int(utf8.size()), SQLITE_STATIC);
}

void Statement::bindBytes(int position, QByteArrayView bytes)
{
    sqlite3_bind_blob64(m_statement, position + 1, bytes.data() ? bytes.data() : "",
        sqlite3_uint64(bytes.size()), SQLITE_STATIC);
}

Result<bool> Statement::step()
{
    switch (sqlite3_step(m_statement)) {
    case SQLITE_ROW:
        return true;
    case SQLITE_DONE:
        return false;
    default: {
        const bool isReading = sqlite3_stmt_readonly(m_statement) != 0;
        const Error error = sqliteError(
            m_connection, isReading ? QStringLiteral("reading") : QStringLiteral("writing"));
        sqlite3_reset(m_statement);
        return error;
    }
    }
}

Done Statement::run()
{
    TRY(step());
    reset();
    return Ok;
}

void Statement::reset()
{
    sqlite3_reset(m_statement);
}

bool Statement::isNull(int column) const
{
    return sqlite3_column_type(m_statement, column) == SQLITE_NULL;
}

qint64 Statement::integer(int column) const
{
    return sqlite3_column_int64(m_statement, column);
}

double Statement::number(int column) const
{
    return sqlite3_column_double(m_statement, column);
}

QString Statement::text(int column) const
{
    const auto *utf8 = reinterpret_cast<const char *>(sqlite3_column_text(m_statement, column));
    return QString::fromUtf8(utf8, sqlite3_column_bytes(m_statement, column));
}

QByteArray Statement::bytes(int column) const
{
    return view(column).toByteArray();
}

QByteArrayView Statement::view(int column) const
{
    const auto *data = static_cast<const char *>(sqlite3_column_blob(m_statement, column));
    return QByteArrayView(data, sqlite3_column_bytes(m_statement, column));
}

} // namespace casebase
