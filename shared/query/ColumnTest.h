// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/query/RowTest.h"

/// Tests of single columns, a block of rows at a time.
namespace casebase {

/// Bits of the rows of a block of which `test` holds for the value.
template <class T, class Test>
void keepValues(const FixedColumn<T> &column, size_t block, RowMask &mask, Test test)
{
    const auto *chunk = column.chunks().chunk(block);
    for (size_t word = 0; word < RowMask::Words; ++word) {
        if (!chunk) {
            mask.words[word] = 0;
        } else if (mask.words[word] != 0) {
            const T *values = chunk->values.data() + word * 64;
            quint64 bits = 0;
            for (size_t i = 0; i < 64; ++i) {
                bits |= quint64(test(values[i])) << i;
            }
            mask.words[word] &= bits & chunk->present.words[word];
        }
    }
}

/// Values of a column of fixed size that hold something and pass the test.
template <class T, class Test> RowTest valueTest(const FixedColumn<T> *column, Test test)
{
    return RowTest([column, test](Row row) { return column->has(row) && test(column->at(row)); },
        [column, test](size_t block, RowMask &mask) { keepValues(*column, block, mask, test); });
}

/// Rows that hold one of the ids that are chosen, by code.
RowTest codeTest(const CodeColumn *column, std::vector<bool> chosen);
/// Rows in which the field is not empty.
RowTest filledTest(const TableData &table, const Field &field);

} // namespace casebase
