// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/schema/Field.h"
#include "shared/support/Result.h"

namespace casebase {

/// Characters of a sensitive text.
inline constexpr qsizetype SensitiveTextLimit = 1000;

/// Which cell a sensitive text belongs to. What is kept for one cell cannot be opened in another.
struct CellPlace {
    TableId table;
    RecordId record;
    FieldId field;
};

/// Whoever has the keys of sensitive texts: the server. Any thread.
class Keeper {
public:
    virtual ~Keeper() = default;
    /// The text as the cell keeps it; the same text always becomes the same. SecretsLocked if the
    /// keys are not there.
    virtual Result<Sealed> keep(
        const QString &text, const CellPlace &place, SensitiveForm form) const = 0;
    /// All of a text that was kept for this cell, or that somebody has sealed for this server.
    virtual Result<QString> open(const Sealed &sealed, const CellPlace &place) const = 0;
};

/// The same for equal texts of one field, whatever way they are written, and tells nothing else.
/// Empty if the server has not kept the text yet.
QByteArray equalityTag(const Sealed &sealed);

} // namespace casebase
