// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/document/Document.h"

namespace casebase {

/// Cells of links, by field.
using LinkCells = QHash<FieldId, std::vector<Row>>;

/// After a cell that keeps links has become another: the fields that lead back follow. Adds the
/// cells of the far table that became different to `touched`.
void relink(Document &document, RecordId record, const Field &kept, const Links &before,
    const Links &after, QHash<TableId, LinkCells> &touched);
/// Makes the whole field that leads back anew; `reverse` is a field of the table.
void relinkAll(Document &document, TableId table, const Field &reverse);

/// Fields of links that lead to no record of the other table, or of which the two ends differ, one
/// sentence each: for checking a store.
QStringList brokenLinks(const Document &document);

} // namespace casebase
