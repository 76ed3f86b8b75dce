// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace casebase {

/// Where the two databases differ. Everything else is written once.
enum class Dialect : quint8 { Sqlite, PostgreSql };

/// The SQL of a migration with ${BYTES} and the like filled in.
QString dialectSql(Dialect dialect, const QString &sql);
/// Column types for what users' tables hold.
QString sqlNumberType(Dialect dialect);
QString sqlIntegerType(Dialect dialect);
/// A name that may hold anything, quoted.
QString quotedName(const QString &name);

} // namespace casebase
