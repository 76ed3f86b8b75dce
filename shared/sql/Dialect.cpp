// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/sql/Dialect.h"

namespace casebase {

QString dialectSql(Dialect dialect, const QString &sql)
{
    const bool isSqlite = dialect == Dialect::Sqlite;
    QString result = sql;
    result.replace(
        QLatin1String("${BYTES}"), isSqlite ? QLatin1String("BLOB") : QLatin1String("BYTEA"));
    return result.replace(QLatin1String("${CLUSTERED}"),
        isSqlite ? QLatin1String("WITHOUT ROWID") : QLatin1String(""));
}

QString sqlNumberType(Dialect dialect)
{
    return dialect == Dialect::Sqlite ? QStringLiteral("REAL") : QStringLiteral("DOUBLE PRECISION");
}

QString sqlIntegerType(Dialect dialect)
{
    return dialect == Dialect::Sqlite ? QStringLiteral("INTEGER") : QStringLiteral("BIGINT");
}

QString quotedName(const QString &name)
{
    QString inner = name;
    return u'"' + inner.replace(u'"', QLatin1String("\"\"")) + u'"';
}

} // namespace casebase
