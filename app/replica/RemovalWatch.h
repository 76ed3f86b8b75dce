// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/support/Id.h"

#include <QSet>

#include <optional>

namespace casebase {

class Document;
struct Commit;
struct RecordChanges;

/// So much of a table is about to go from this computer that somebody is asked first.
struct Removal {
    TableId table;
    QString tableName;
    QSet<RecordId> records;
    qsizetype of = 0; ///< How many the table held before.
    UserId by; ///< Null if it is not known: a snapshot does not say.
    qint64 timeMs = 0;
    bool isInTrash = true; ///< Some of them at least can be brought back.

    /// Counts what the changes remove from the table, bring back to it or add to it.
    void count(const RecordChanges &changes);
};

/// Notices when what comes from the server removes more than half of a table, and more than a
/// hundred records: by one commit, by many shortly after one another, or with a snapshot.
class RemovalWatch {
public:
    explicit RemovalWatch(UserId me)
        : m_me(me)
    {
    }

    /// Counts what the commit would remove from the document. What the person did is not counted,
    /// nor the tables that somebody has answered about.
    std::optional<Removal> check(
        const Document &before, const Commit &commit, const QSet<TableId> &answered);
    /// Counts what the commit, which waits for the answer, would remove besides.
    void addTo(Removal &removal, const Commit &commit) const;
    /// Counts from nothing again: somebody has answered.
    void forget(TableId table);
    /// What is in one document and not in the other. Looks at every record.
    static std::optional<Removal> check(
        const Document &before, const Document &after, const QSet<TableId> &answered);

private:
    UserId m_me;
    QHash<TableId, Removal> m_recent; ///< Since the time of its first commit.
};

} // namespace casebase
