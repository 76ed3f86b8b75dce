// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/query/FormulaTest.h"

#include "shared/formula/Batch.h"

namespace casebase {

RowTest formulaTest(const Expression &expression, const TableData &table, const People &people,
    const FormulaContext &context)
{
    const auto one = [expression, &table, &people, context](Row row) {
        FormulaRun run(context);
        return isTrue(evaluate(expression, table, row, people, run));
    };
    const std::shared_ptr<const BlockFlags> flags = blockFlags(expression, table, people, context);
    if (!flags) {
        return RowTest(one);
    }
    return RowTest(one, [flags, one](size_t block, RowMask &mask) {
        RowMask unsure;
        RowMask yes = flags->read(block, unsure);
        unsure &= mask;
        eachRow(unsure,
            [&](size_t i) { one(Row(block * RowMask::Rows + i)) ? yes.set(i) : yes.clear(i); });
        mask &= yes;
    });
}

} // namespace casebase
