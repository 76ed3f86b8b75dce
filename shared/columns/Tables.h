// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/columns/KeyIndex.h"
#include "shared/columns/TableData.h"

namespace casebase {

/// The tables of a base, for whoever follows links from one to another.
class Tables {
public:
    virtual ~Tables() = default;
    /// Null if there is none of that id.
    virtual const TableData *table(TableId table) const = 0;
    /// By id or name, not the trashed ones; null if there is none.
    virtual const TableData *tableNamed(const QString &nameOrId) const = 0;
    /// The records by what the field says, if that is kept; otherwise null.
    virtual const KeyIndex *keys(FieldId field) const = 0;
};

} // namespace casebase
