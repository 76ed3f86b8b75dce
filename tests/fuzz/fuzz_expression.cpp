// SPDX-License-Identifier: GPL-3.0-or-later
// A formula: parsed, evaluated for each record, and run over columns with the same result.
#include "shared/query/FormulaTest.h"
#include "tests/fuzz/Sample.h"

using namespace casebase;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const TableData &table = sampleTable();
    const auto expression =
        parseExpression(QString::fromUtf8(inputBytes(data, size)), table.definition());
    if (!expression) {
        return 0;
    }
    const FormulaContext context{sampleContext().fields.nowMs, QTimeZone::utc()};
    const People &people = sampleContext().fields.people;
    std::vector<Row> rows;
    for (Row row = 0; row < table.rowCount(); ++row) {
        FormulaRun run(context);
        const FormulaValue value = evaluate(expression.value(), table, row, people, run);
        asText(value, run);
        if (table.isAlive(row) && isTrue(value)) {
            rows.push_back(row);
        }
    }
    if (rows != matchingRows(table, formulaTest(expression.value(), table, sampleContext()))) {
        std::abort();
    }
    return 0;
}
