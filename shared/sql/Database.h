// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/sql/Dialect.h"
#include "shared/sql/Statement.h"

#include <QHash>

#include <memory>

namespace casebase {

/// The rows that a query yields, one after another; gives the statement back when it goes.
class Rows {
public:
    explicit Rows(std::shared_ptr<Statement> statement)
        : m_statement(std::move(statement))
    {
    }
    Rows(Rows &&) = default;
    Rows &operator=(Rows &&) = delete;
    ~Rows();

    /// Goes to the next row. False at the end, and if reading failed: see done().
    bool next();
    const Done &done() const { return m_done; }
    const Statement *operator->() const { return m_statement.get(); }
    const Statement &operator*() const { return *m_statement; }

private:
    std::shared_ptr<Statement> m_statement; ///< Shared with the connection's store of statements.
    Done m_done = Ok;
};

/// How a file is opened.
enum class OpenMode : quint8 { ReadWrite, ReadOnly };

/// One connection. Belongs to one thread at a time.
class Database {
public:
    /// Opens or makes the SQLite file with the settings that durability needs, and reads them back.
    /// Checkpoints are made by checkpoint() only, never by a commit.
    static Result<std::unique_ptr<Database>> openSqlite(
        const QString &path, OpenMode mode = OpenMode::ReadWrite);
    ~Database();
    Q_DISABLE_COPY_MOVE(Database)

    Dialect dialect() const { return m_dialect; }
    sqlite3 *handle() const { return m_connection; }

    /// The statement of that text, prepared once, reset. Nobody else may be using the same text.
    Result<std::shared_ptr<Statement>> statement(const QString &sql);
    /// Runs one statement. After a failure of the disk, writes everything in the log anew first.
    Done run(const QString &sql, const SqlValues &values = {});
    /// The rows that it yields. The same text must not run again before they are gone.
    Result<Rows> query(const QString &sql, const SqlValues &values = {});
    /// The first column of the first row as text or integer; nothing if there is no row.
    Result<std::optional<QString>> text(const QString &sql, const SqlValues &values = {});
    Result<qint64> integer(const QString &sql, const SqlValues &values = {});
    /// Several statements separated by ";\n", as migrations have them.
    Done runScript(const QString &sql);

    /// WrittenByOther, from then on, if another connection has changed the file since it was
    /// opened: what this program knows of it is not what is there.
    Done begin();
    Done commit();
    void rollback();
    /// Moves the write-ahead log into the file once it has grown. Between transactions only, and by
    /// the one connection that writes: SQLite 3.40 may lose commits otherwise.
    Done checkpoint();
    /// From now on what is deleted or replaced is overwritten in the file. In PostgreSQL that is
    /// left to its vacuum.
    Done setWiping(bool isOn);
    /// Ends that, and empties the write-ahead log. Between transactions only.
    Done wipeLog();
    /// Copies everything to a new file while the connection stays usable, synced before it returns.
    Done copyTo(const QString &path);

private:
    Database(Dialect dialect, sqlite3 *connection);
    Done applySettings(OpenMode mode);
    void noteFailure(int code);
    Result<qint64> version();
    Done writeAnew();

    Dialect m_dialect;
    sqlite3 *m_connection;
    QHash<QString, std::shared_ptr<Statement>> m_statements;
    qint64 m_version = 0; ///< Changes with every commit of another connection.
    int m_logPages = 0; ///< In the write-ahead log after the last commit.
    bool m_isDoubtful = false; ///< The disk failed: nothing is written before all is written anew.
};

/// Runs the migrations that the store has not seen, each in its own transaction.
/// NewerVersion if it has seen one that this program does not know.
Done migrate(Database &database, const QString &resourceFolder, const QString &storeName);

} // namespace casebase
