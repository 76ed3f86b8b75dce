// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/document/LinkIndex.h"
#include "shared/formula/FormulaValue.h"

namespace casebase {

/// Computed cells that have become different.
struct Recalculated {
    QList<RecordChanges> cells; ///< Not those of records that are new.
    bool isWide = false; ///< More than `cells` lists: look at everything again.
};

/// Brings computed cells up to date after the facts have come in, and says which became different.
/// Touches what depends on the facts only. `relinked`: see relink().
Recalculated recalculate(Document &document, const ChangeSet &facts,
    const QHash<TableId, LinkCells> &relinked, const FormulaContext &context);
/// Computes all of it: after a document has been loaded.
void calculateAll(Document &document, const FormulaContext &context);
/// Computes what has become different because time has passed; at document.nextExpiryMs().
Recalculated passTime(Document &document, const FormulaContext &context);

} // namespace casebase
