// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/field/FieldType.h"

namespace casebase {

/// Records of another table, or of the same one.
const FieldType &linkType();

/// Finds records by what they are called, for those who type or paste names.
class LinkFinder {
public:
    virtual ~LinkFinder() = default;
    /// The oldest record that such a link would show under this title, whatever its case; nothing
    /// if none.
    virtual std::optional<RecordId> find(const LinkOptions &link, const QString &title) const = 0;
};

} // namespace casebase
