// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/sql/Dialect.h"
#include "shared/support/Result.h"

#include <QSqlDatabase>
#include <QSqlQuery>
#include <QVariantList>

#include <memory>

namespace casebase {

/// One connection. Belongs to the thread that made it.
class Database {
public:
    /// Opens or makes the SQLite file with the settings that durability needs, and reads them back.
    static Result<std::unique_ptr<Database>> openSqlite(const QString &path);
    ~Database();
    Q_DISABLE_COPY_MOVE(Database)

    Dialect dialect() const { return m_dialect; }

    /// Runs one statement, prepared once per text.
    Done run(const QString &sql, const QVariantList &values = {});
    /// The result, before its first row. Valid until the same text runs again.
    Result<QSqlQuery *> query(const QString &sql, const QVariantList &values = {});
    /// The first column of the first row, or an invalid QVariant.
    Result<QVariant> single(const QString &sql, const QVariantList &values = {});
    /// Several statements separated by ";\n", as migrations have them.
    Done runScript(const QString &sql);

    Done begin();
    Done commit();
    void rollback();

private:
    Database(Dialect dialect, const QString &connection);
    Error failed(const QString &what, const QSqlError &error) const;

    Dialect m_dialect;
    QString m_connection;
    QHash<QString, std::shared_ptr<QSqlQuery>> m_statements; ///< Shared with nobody; copyable hash.
};

/// Runs the migrations that the store has not seen, each in its own transaction.
/// NewerVersion if it has seen one that this program does not know.
Done migrate(Database &database, const QString &resourceFolder, const QString &storeName);

} // namespace casebase
