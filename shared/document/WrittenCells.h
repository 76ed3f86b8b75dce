// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/document/Document.h"
#include "shared/operation/ChangeSet.h"

#include <QHash>
#include <QSet>

namespace casebase {

/// What was written into one table.
struct WrittenCells {
    QSet<RecordId> born;
    QSet<RecordId> restored;
    QHash<RecordId, QSet<FieldId>> cells; ///< Of records that were there before.

    /// The rows of new records, and of those in which one of the fields was written. In order, so
    /// that the same comes of it everywhere.
    QList<Row> rows(const TableData &table, const QSet<FieldId> &fields) const;
};

/// By tables, of those where something hangs on what is written: rules to be kept, cells that
/// follow. Of a link that is written, both ends are. `after` is the document with the changes.
QHash<TableId, WrittenCells> writtenCells(const Document &after, const ChangeSet &changes);

/// Whether writtenCells() can find anything.
bool hasConsequences(const Document &document, const ChangeSet &changes);

} // namespace casebase
