// SPDX-License-Identifier: GPL-3.0-or-later
// A CSV file in whatever encoding; what was read and is written again reads as the same.
#include "shared/transfer/Csv.h"
#include "tests/fuzz/Sample.h"

using namespace casebase;

namespace {

QByteArray written(const CsvTable &table)
{
    QString text;
    for (const QStringList &row : QList<QStringList>{table.header} + table.rows) {
        QStringList cells;
        for (const QString &cell : row) {
            cells += u'"' + QString(cell).replace(u'"', QLatin1String("\"\"")) + u'"';
        }
        text += cells.join(u',') + QLatin1String("\r\n");
    }
    return text.toUtf8();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const auto table = parseCsv(inputBytes(data, size));
    if (!table) {
        return 0;
    }
    for (const QStringList &row : table.value().rows) {
        if (row.size() != table.value().header.size()) {
            std::abort();
        }
        for (const QString &cell : row) {
            csvCell(cell);
        }
    }
    const auto again = parseCsv(written(table.value()));
    if (!again || written(again.value()) != written(table.value())) {
        std::abort();
    }
    return 0;
}
