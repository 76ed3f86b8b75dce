// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/columns/RowMask.h"
#include "shared/columns/TableData.h"

#include <QDeadlineTimer>

#include <functional>
#include <vector>

namespace casebase {

/// Does a record match? Asked for one row, or for a block of rows at once, which is how tables of a
/// million are filtered. Borrows the table that it was made for.
class RowTest {
public:
    using One = std::function<bool(Row)>;
    /// Clears the bits of the rows that do not match. `block` counts blocks of RowMask::Rows rows.
    using Block = std::function<void(size_t block, RowMask &mask)>;

    RowTest(One one);
    RowTest(One one, Block block);
    template <class Function>
    requires(std::is_invocable_r_v<bool, Function,
                 Row> && !std::is_same_v<Function, RowTest> && !std::is_same_v<Function, One>)
        RowTest(Function one)
        : RowTest(One(std::move(one)))
    {
    }

    bool operator()(Row row) const { return m_one(row); }
    void keep(size_t block, RowMask &mask) const;

private:
    One m_one;
    Block m_block;
};

RowTest allOf(const QList<RowTest> &tests);
RowTest anyOf(const QList<RowTest> &tests);
RowTest inverseOf(const RowTest &test);
/// Everything matches, and nothing.
RowTest always();
RowTest never();

/// How many blocks the table has, and the rows of one that are alive and match.
size_t blockCount(const TableData &table);
RowMask matchingInBlock(const TableData &table, const RowTest &test, size_t block);

/// The rows that are alive and match, as they stand in the table. With a limit, the first so many
/// of them. Idle threads help, so a test is asked on several at once. Stops where it is once the
/// deadline has expired; the caller asks the deadline.
std::vector<Row> matchingRows(const TableData &table, const RowTest &test,
    size_t limit = std::numeric_limits<size_t>::max(),
    const QDeadlineTimer &deadline = QDeadlineTimer(QDeadlineTimer::Forever));

/// Puts the rows into the order of their ids, which is the order of creation.
void sortByAge(std::vector<Row> &rows, const TableData &table);

} // namespace casebase
