// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/support/Result.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <variant>

struct sqlite3;
struct sqlite3_stmt;

namespace casebase {

/// What a statement is given for one of its question marks.
class SqlValue {
public:
    SqlValue() = default; ///< NULL
    SqlValue(int integer)
        : m_value(qint64(integer))
    {
    }
    SqlValue(qint64 integer)
        : m_value(integer)
    {
    }
    SqlValue(double number)
        : m_value(number)
    {
    }
    SqlValue(const QString &text)
        : m_value(text)
    {
    }
    SqlValue(const QByteArray &bytes)
        : m_value(bytes)
    {
    }

    using Content = std::variant<std::monostate, qint64, double, QString, QByteArray>;
    const Content &content() const { return m_value; }

private:
    Content m_value;
};
using SqlValues = QList<SqlValue>;

/// One prepared statement of a connection: bind by position from 0, step, read the row. What it
/// points to while reading is valid until the next step. Belongs to its connection's thread.
class Statement {
public:
    static Result<std::unique_ptr<Statement>> prepare(sqlite3 *connection, const QString &sql);
    ~Statement();
    Q_DISABLE_COPY_MOVE(Statement)

    void bind(int position, const SqlValue &value);
    void bindNull(int position);
    void bindInteger(int position, qint64 integer);
    void bindNumber(int position, double number);
    /// Bytes are not copied: they must live until the statement has been stepped.
    void bindText(int position, QByteArrayView utf8);
    void bindBytes(int position, QByteArrayView bytes);

    /// True while there is a row. Starts again after reset().
    Result<bool> step();
    /// Runs a statement that yields no rows, and resets it.
    Done run();
    void reset();

    bool isNull(int column) const;
    qint64 integer(int column) const;
    double number(int column) const;
    QString text(int column) const;
    QByteArray bytes(int column) const;
    /// UTF-8 or bytes, in place.
    QByteArrayView view(int column) const;

private:
    Statement(sqlite3 *connection, sqlite3_stmt *statement);
    sqlite3 *m_connection;
    sqlite3_stmt *m_statement;
};

/// The Error for what the connection last refused. A full disk and damage have codes of their own.
/// `what` names the work in a word: the detail goes to logs, which hold no SQL and no values.
Error sqliteError(sqlite3 *connection, const QString &what);

} // namespace casebase
