// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/columns/TableData.h"

namespace casebase {

/// The tables of a base, for whoever follows links from one to another.
class Tables {
public:
    virtual ~Tables() = default;
    /// Null if there is none of that id.
    virtual const TableData *table(TableId table) const = 0;
};

} // namespace casebase
