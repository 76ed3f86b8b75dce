// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/query/Group.h"

namespace casebase {

/// One figure for each group, gathered a block of rows at a time.
class Gatherer {
public:
    virtual ~Gatherer() = default;
    /// Takes the rows of the block that the mask holds; `groups` says for each to which group it
    /// belongs, `end` is above all of those.
    virtual void add(size_t block, const RowMask &mask, const quint32 *groups, quint32 end) = 0;
    /// Takes what another one of the same figure has gathered from later rows, by the same groups.
    /// Of those that cannot, canJoin() is false.
    virtual void join(const Gatherer &later) = 0;
    virtual bool canJoin() const { return true; }
    /// What was gathered for the group; for all together without one.
    virtual Value result(std::optional<quint32> group) const = 0;
};

/// UnknownField; WrongType for what the field does not allow.
Result<std::unique_ptr<Gatherer>> gatherer(
    const Aggregate &aggregate, const TableData &table, const QueryContext &context);

} // namespace casebase
