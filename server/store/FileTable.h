// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/sql/Database.h"
#include "shared/value/Value.h"

#include <QSet>

namespace casebase {

/// An uploaded file as the store knows it: the bytes lie under their hash.
struct StoredFile {
    Attachment file;
    QString hash;
    BaseId base; ///< Where it may be attached, and whose members may have it.
};

/// Which files were uploaded. One that no cell has ever held is forgotten after a while; one that
/// a cell held is kept, as history and undo name it. Belongs to the writer's thread.
class FileTable {
public:
    explicit FileTable(Database &database);

    Done add(const StoredFile &file, UserId by, qint64 nowMs);
    Result<std::optional<StoredFile>> file(FileId id);
    /// A cell holds it now.
    Done markUsed(FileId id);
    /// Forgets what was uploaded before that moment and never used.
    Done removeUnused(qint64 beforeMs);
    /// The hashes of all that are known.
    Result<QSet<QString>> hashes();

private:
    Database &m_database;
};

} // namespace casebase
