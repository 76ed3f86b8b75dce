// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/columns/RowMask.h"
#include "shared/formula/Expression.h"

#include <memory>

/// Formulas over columns, a block of rows at a time: what most filters and formula fields are made
/// of, a hundred times faster than record by record. evaluate() says what is right; a block that
/// cannot know, as where a number is divided by zero, leaves the row to it.
namespace casebase {

struct NumberBlock {
    std::array<double, RowMask::Rows> values; ///< 0 where there is none.
    RowMask present;
};

/// An expression that yields numbers or blanks.
class BlockNumbers {
public:
    virtual ~BlockNumbers() = default;
    /// Adds the rows for which it does not know to `unsure`.
    virtual void read(size_t block, NumberBlock &numbers, RowMask &unsure) const = 0;
};

/// An expression of which only the truth counts.
class BlockFlags {
public:
    virtual ~BlockFlags() = default;
    virtual RowMask read(size_t block, RowMask &unsure) const = 0;
};

/// Null if the expression has a part that only evaluate() knows. Borrows all that it is given.
std::unique_ptr<BlockNumbers> blockNumbers(const Expression &expression, const TableData &table,
    const People &people, const FormulaContext &context);
std::unique_ptr<BlockFlags> blockFlags(const Expression &expression, const TableData &table,
    const People &people, const FormulaContext &context);

} // namespace casebase
