// SPDX-License-Identifier: GPL-3.0-or-later
// A filter as the API takes it, compiled and run over a table: block by block and row by row say
// the same.
#include "server/http/SchemaJson.h"
#include "tests/fuzz/Sample.h"

#include <QJsonDocument>

using namespace casebase;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QJsonDocument json = QJsonDocument::fromJson(inputBytes(data, size));
    const TableData &table = sampleTable();
    const auto filter = filterFromJson(json.object(), table.definition(), sampleContext().fields);
    const auto test = filter ? compileFilter(filter.value(), table, sampleContext())
                             : Result<RowTest>(filter.error());
    if (test) {
        std::vector<Row> rows;
        for (Row row = 0; row < table.rowCount(); ++row) {
            if (table.isAlive(row) && test.value()(row)) {
                rows.push_back(row);
            }
        }
        if (rows != matchingRows(table, test.value())) {
            std::abort();
        }
    }
    return 0;
}
