// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/support/Result.h"

namespace casebase {

/// A file of rows and columns as text, the first row being the names.
struct CsvTable {
    QStringList header;
    QList<QStringList> rows; ///< Each as long as the header.
    QList<int> lines; ///< In which line of the file each row begins, from 1.
    QList<std::pair<int, QString>> faults; ///< Rows that did not fit: line and why.
};

/// Reads RFC 4180: quotes, line breaks within quotes, comma, semicolon or tab, UTF-8 (or UTF-16
/// with a mark, or GB 18030 when it is no UTF-8). Refuses what has no header or no end of a quote.
Result<CsvTable> parseCsv(const QByteArray &bytes);

/// One cell, quoted when needed. A text that a spreadsheet would run gets an apostrophe in front.
QString csvCell(const QString &text);
/// What a cell says, without the apostrophe that csvCell(), or another program, put in front.
QString cellText(const QString &cell);

} // namespace casebase
