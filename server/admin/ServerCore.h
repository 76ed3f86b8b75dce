// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/auth/Accounts.h"
#include "server/files/FileStore.h"
#include "server/host/BaseHost.h"
#include "server/vault/Vault.h"

#include <QLockFile>

namespace casebase {

/// Everything of a server but the network: owns the store, the door to it and the accounts.
class ServerCore {
public:
    /// Opens the store in the directory. Busy if another process holds it, NotFound if there is
    /// none, NewerVersion if a newer program made it.
    static Result<std::unique_ptr<ServerCore>> open(const QString &folder);
    /// The same with everything given, for tests.
    static Result<std::unique_ptr<ServerCore>> open(const QString &folder,
        std::unique_ptr<WorkQueue> writer, const Clock &clock, quint32 idSeed);
    /// Makes a store in the directory. Exists if there is one already.
    static Done create(const QString &folder);
    ~ServerCore();
    /// Where the store of a folder keeps its records and its attachments.
    static QString databasePath(const QString &folder);
    static QString filesPath(const QString &folder);

    /// Forgets the files that were uploaded more than a week ago and that no cell has ever held,
    /// and removes bytes that have had no name for an hour: those of the files forgotten an hour
    /// before, and what a crash left. Any thread but the writer's; takes long.
    Done removeUnusedFiles();

    BaseHost &host() { return *m_host; }
    Accounts &accounts() { return *m_accounts; }
    FileStore &files() { return *m_files; }
    const Vault &vault() const { return *m_vault; }
    WorkQueue &writer() { return *m_writer; }
    const QString &folder() const { return m_folder; }

private:
    explicit ServerCore(const QString &folder);
    Done start(
        std::unique_ptr<WorkQueue> writer, const Clock &clock, std::unique_ptr<IdSource> ids);

    Done openVault();

    QString m_folder;
    SystemClock m_systemClock;
    std::unique_ptr<QLockFile> m_lock;
    std::unique_ptr<IdSource> m_ids;
    std::unique_ptr<Database> m_database; ///< Made and ended on the writer's thread.
    std::unique_ptr<Store> m_store;
    std::unique_ptr<WorkQueue> m_writer;
    std::unique_ptr<Vault> m_vault;
    std::unique_ptr<BaseHost> m_host;
    std::unique_ptr<Accounts> m_accounts;
    std::unique_ptr<FileStore> m_files;
};

} // namespace casebase
