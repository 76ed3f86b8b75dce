// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/query/RowTest.h"

#include <algorithm>
#include <bit>

namespace casebase {

bool RowMask::isEmpty() const
{
    return std::all_of(words.cbegin(), words.cend(), [](quint64 word) { return word == 0; });
}

RowMask &RowMask::operator&=(const RowMask &other)
{
    for (size_t i = 0; i < Words; ++i) {
        words[i] &= other.words[i];
    }
    return *this;
}

RowMask &RowMask::operator|=(const RowMask &other)
{
    for (size_t i = 0; i < Words; ++i) {
        words[i] |= other.words[i];
    }
    return *this;
}

RowMask &RowMask::operator-=(const RowMask &other)
{
    for (size_t i = 0; i < Words; ++i) {
        words[i] &= ~other.words[i];
    }
    return *this;
}

RowTest::RowTest(One one)
    : m_one(std::move(one))
{
}

RowTest::RowTest(One one, Block block)
    : m_one(std::move(one))
    , m_block(std::move(block))
{
}

void RowTest::keep(size_t block, RowMask &mask) const
{
    if (m_block) {
        return m_block(block, mask);
    }
    for (size_t word = 0; word < RowMask::Words; ++word) {
        for (quint64 left = mask.words[word]; left != 0; left &= left - 1) {
            const auto bit = size_t(std::countr_zero(left));
            if (!m_one(Row(block * RowMask::Rows + word * 64 + bit))) {
                mask.words[word] &= ~(quint64(1) << bit);
            }
        }
    }
}

RowTest allOf(const QList<RowTest> &tests)
{
    if (tests.size() == 1) {
        return tests.first();
    }
    return RowTest(
        [tests](Row row) {
            return std::all_of(
                tests.cbegin(), tests.cend(), [row](const RowTest &test) { return test(row); });
        },
        [tests](size_t block, RowMask &mask) {
            for (const RowTest &test : tests) {
                if (mask.isEmpty()) {
                    return;
                }
                test.keep(block, mask);
            }
        });
}

RowTest anyOf(const QList<RowTest> &tests)
{
    if (tests.size() == 1) {
        return tests.first();
    }
    return RowTest(
        [tests](Row row) {
            return std::any_of(
                tests.cbegin(), tests.cend(), [row](const RowTest &test) { return test(row); });
        },
        [tests](size_t block, RowMask &mask) {
            RowMask found;
            for (const RowTest &test : tests) {
                RowMask left = mask;
                left -= found;
                if (left.isEmpty()) {
                    break;
                }
                test.keep(block, left);
                found |= left;
            }
            mask &= found;
        });
}

RowTest inverseOf(const RowTest &test)
{
    return RowTest([test](Row row) { return !test(row); },
        [test](size_t block, RowMask &mask) {
            RowMask matching = mask;
            test.keep(block, matching);
            mask -= matching;
        });
}

RowTest always()
{
    return RowTest([](Row) { return true; }, [](size_t, RowMask &) {});
}

namespace {

constexpr size_t BlocksPerAliveChunk = BitColumn::ChunkRows / RowMask::Rows;

/// The rows of the block that are alive.
RowMask aliveRows(const TableData &table, size_t block)
{
    RowMask mask;
    if (const auto *chunk = table.alive().chunks().chunk(block / BlocksPerAliveChunk)) {
        const auto first =
            chunk->bits.words.cbegin() + qsizetype(block % BlocksPerAliveChunk * RowMask::Words);
        std::copy_n(first, RowMask::Words, mask.words.begin());
    }
    return mask;
}

} // namespace

std::vector<Row> matchingRows(
    const TableData &table, const RowTest &test, size_t limit, const QDeadlineTimer &deadline)
{
    std::vector<Row> rows;
    const size_t blocks = (table.rowCount() + RowMask::Rows - 1) / RowMask::Rows;
    for (size_t block = 0; block < blocks && rows.size() < limit; ++block) {
        if (deadline.hasExpired()) {
            break;
        }
        RowMask mask = aliveRows(table, block);
        test.keep(block, mask);
        for (size_t word = 0; word < RowMask::Words; ++word) {
            const auto first = Row(block * RowMask::Rows + word * 64);
            for (quint64 left = mask.words[word]; left != 0; left &= left - 1) {
                rows.push_back(first + Row(std::countr_zero(left)));
            }
        }
    }
    if (rows.size() > limit) {
        rows.resize(limit);
    }
    return rows;
}

void sortByAge(std::vector<Row> &rows, const TableData &table)
{
    if (!table.isInOrder()) {
        std::sort(rows.begin(), rows.end(),
            [&](Row a, Row b) { return table.recordId(a) < table.recordId(b); });
    }
}

} // namespace casebase
