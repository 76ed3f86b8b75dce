// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/query/RowTest.h"

#include "shared/support/Parallel.h"

#include <algorithm>
#include <atomic>
#include <bit>

namespace casebase {

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
    const RowMask asked = mask;
    eachRow(asked, [&](size_t i) {
        if (!m_one(Row(block * RowMask::Rows + i))) {
            mask.words[i / 64] &= ~(quint64(1) << (i % 64));
        }
    });
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

RowTest never()
{
    return RowTest([](Row) { return false; }, [](size_t, RowMask &mask) { mask = {}; });
}

namespace {

constexpr size_t BlocksPerPart = 16; ///< What one thread takes at once.

} // namespace

size_t blockCount(const TableData &table)
{
    return (table.rowCount() + RowMask::Rows - 1) / RowMask::Rows;
}

RowMask matchingInBlock(const TableData &table, const RowTest &test, size_t block)
{
    constexpr size_t BlocksPerAliveChunk = BitColumn::ChunkRows / RowMask::Rows;
    RowMask mask;
    if (const auto *chunk = table.alive().chunks().chunk(block / BlocksPerAliveChunk)) {
        const auto first =
            chunk->bits.words.cbegin() + qsizetype(block % BlocksPerAliveChunk * RowMask::Words);
        std::copy_n(first, RowMask::Words, mask.words.begin());
    }
    test.keep(block, mask);
    return mask;
}

std::vector<Row> matchingRows(
    const TableData &table, const RowTest &test, size_t limit, const QDeadlineTimer &deadline)
{
    const size_t blocks = blockCount(table);
    std::vector<std::vector<Row>> parts((blocks + BlocksPerPart - 1) / BlocksPerPart);
    std::atomic<size_t> found = 0;
    inParallel(parts.size(), [&](size_t part) {
        const size_t end = std::min(blocks, (part + 1) * BlocksPerPart);
        for (size_t block = part * BlocksPerPart; block < end; ++block) {
            if (parts[part].size() >= limit || deadline.hasExpired()) {
                break;
            }
            eachRow(matchingInBlock(table, test, block),
                [&](size_t i) { parts[part].push_back(Row(block * RowMask::Rows + i)); });
        }
        found += parts[part].size();
        return found < limit && !deadline.hasExpired();
    });
    std::vector<Row> rows = parts.empty() ? std::vector<Row>() : std::move(parts.front());
    rows.reserve(found);
    for (size_t part = 1; part < parts.size(); ++part) {
        rows.insert(rows.end(), parts[part].cbegin(), parts[part].cend());
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
