// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/sql/Database.h"

#include <QDir>
#include <QFile>

namespace casebase {

Done migrate(Database &database, const QString &resourceFolder, const QString &storeName)
{
    TRY(database.run(QStringLiteral(
        "CREATE TABLE IF NOT EXISTS migration (number INTEGER PRIMARY KEY, name TEXT NOT NULL)")));
    TRY_SET(const qint64 last,
        database.integer(QStringLiteral("SELECT COALESCE(MAX(number), 0) FROM migration")));
    const QStringList files =
        QDir(resourceFolder).entryList({QStringLiteral("*.sql")}, QDir::Files, QDir::Name);
    if (last > files.size()) {
        return Error{ErrorCode::NewerVersion, {storeName}, {}};
    }
    for (qsizetype i = qsizetype(last); i < files.size(); ++i) {
        QFile file(resourceFolder + u'/' + files[i]);
        if (!file.open(QIODevice::ReadOnly)) {
            return Error{ErrorCode::Storage, {}, files[i]};
        }
        TRY(database.begin());
        Done done = database.runScript(QString::fromUtf8(file.readAll()));
        if (done) {
            done =
                database.run(QStringLiteral("INSERT INTO migration (number, name) VALUES (?, ?)"),
                    {qint64(i + 1), files[i]});
        }
        if (done) {
            done = database.commit();
        }
        if (!done) {
            database.rollback();
            return done.error();
        }
    }
    return Ok;
}

} // namespace casebase
