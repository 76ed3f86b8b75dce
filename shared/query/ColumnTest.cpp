// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/query/ColumnTest.h"

namespace casebase {

RowTest codeTest(const CodeColumn *column, std::vector<bool> chosen)
{
    const auto holds = [chosen](quint32 code) { return code < chosen.size() && chosen[code]; };
    return valueTest(&column->codes(), holds);
}

RowTest filledTest(const TableData &table, const Field &field)
{
    const Column *column = table.column(field.id);
    if (!column || table.faults(field.id) || std::holds_alternative<BytesColumn>(*column)
        || std::holds_alternative<BitColumn>(*column)) {
        return [&table, field](Row row) { return table.hasValue(row, field); };
    }
    const auto any = [](const auto &) { return true; };
    if (const auto *numbers = std::get_if<NumberColumn>(column)) {
        return valueTest(numbers, any);
    }
    if (const auto *integers = std::get_if<IntegerColumn>(column)) {
        return valueTest(integers, any);
    }
    return valueTest(
        &std::get<CodeColumn>(*column).codes(), [](quint32 code) { return code != 0; });
}

} // namespace casebase
