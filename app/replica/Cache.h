// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/document/Document.h"
#include "shared/sql/Database.h"

#include <memory>

namespace casebase {

/// What the client knows of one base.
struct CachedBase {
    BaseId base;
    QString name;
    QString timeline;
    Document document;
};

/// The confirmed documents on disk, as pieces of columns, so that starting is fast and works
/// without the network. May be thrown away: the server has everything in it. Belongs to one thread.
class Cache {
public:
    /// A file that is damaged, of another version or of another account is put aside, and a new one
    /// begun.
    static Result<std::unique_ptr<Cache>> open(const QString &path, UserId owner);

    QList<CachedBase> load();
    /// Writes the pieces that differ from what was saved or loaded last, in one transaction.
    Done save(const CachedBase &base);
    Done remove(BaseId base);
    /// Copies the file as it is, for people who want to look at what it was.
    Done copyTo(const QString &path) { return m_database->copyTo(path); }

private:
    explicit Cache(std::unique_ptr<Database> database);
    static Result<std::unique_ptr<Cache>> openFile(const QString &path, UserId owner);
    Result<CachedBase> loadBase(BaseId base);
    Done write(const CachedBase &base);
    Done writeTable(BaseId base, const TableData &table, const TableData *before);

    std::unique_ptr<Database> m_database;
    QHash<BaseId, Document> m_saved; ///< Shares its pieces with the live documents.
};

} // namespace casebase
