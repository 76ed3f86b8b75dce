// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/query/FormulaTest.h"

#include "shared/formula/Asker.h"
#include "shared/formula/Batch.h"
#include "shared/formula/KeyFinder.h"

namespace casebase {

namespace {

/// All that the test needs, for as long as there is a copy of it.
struct Question {
    Question(const Expression &asked, const QueryContext &context)
        : expression(asked)
        , people(context.fields.people)
        , asker(context.me)
        , finder(people, {context.fields.nowMs, context.fields.zone, context.tables})
        , formula{context.fields.nowMs, context.fields.zone, context.tables, &asker, &finder}
        , horizon(context.horizon)
    {
    }

    bool isMet(const TableData &table, Row row)
    {
        FormulaRun run(formula);
        const bool result = isTrue(evaluate(expression, table, row, people, run));
        if (horizon) {
            horizon->note(run.untilMs);
        }
        return result;
    }

    const Expression expression;
    const People people;
    Asker asker;
    KeyFinder finder;
    const FormulaContext formula;
    const std::shared_ptr<Horizon> horizon;
};

} // namespace

RowTest formulaTest(
    const Expression &expression, const TableData &table, const QueryContext &context)
{
    const auto question = std::make_shared<Question>(expression, context);
    const auto one = [question, &table](Row row) { return question->isMet(table, row); };
    const std::shared_ptr<const BlockFlags> flags =
        blockFlags(question->expression, table, question->people, question->formula);
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
