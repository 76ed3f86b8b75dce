// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/admin/ServerCore.h"

#include "shared/support/PrivateFiles.h"

#include <QDir>
#include <QFile>
#include <QUuid>

namespace casebase {

namespace {

Result<std::unique_ptr<QLockFile>> lockFolder(const QString &folder)
{
    auto lock = std::make_unique<QLockFile>(folder + QStringLiteral("/server.lock"));
    lock->setStaleLockTime(0);
    if (lock->tryLock(0)) {
        return lock;
    }
    if (lock->error() != QLockFile::LockFailedError) {
        return Error{ErrorCode::NotWritable, {folder}, {}};
    }
    qint64 pid = 0;
    QString host;
    QString program;
    const bool isKnown = lock->getLockInfo(&pid, &host, &program);
    return Error{ErrorCode::Busy,
        {folder, isKnown ? QStringLiteral("process %1").arg(pid) : QStringLiteral("unknown")}, {}};
}

} // namespace

QString ServerCore::databasePath(const QString &folder)
{
    return folder + QStringLiteral("/casebase.db");
}

QString ServerCore::filesPath(const QString &folder)
{
    return folder + QStringLiteral("/files");
}

ServerCore::ServerCore(const QString &folder)
    : m_folder(QDir(folder).absolutePath())
{
}

ServerCore::~ServerCore()
{
    if (m_writer) {
        m_writer->runAndWait([this] {
            m_store.reset();
            m_database.reset();
        });
    }
    m_writer.reset();
}

Done ServerCore::create(const QString &folder)
{
    if (QFile::exists(databasePath(folder))) {
        return Error{ErrorCode::Exists, {QStringLiteral("A store in %1").arg(folder)}, {}};
    }
    if (!makePrivateFolder(folder)) {
        return Error{ErrorCode::Busy, {folder, QStringLiteral("not writable")}, {}};
    }
    TRY_SET(const auto lock, lockFolder(folder));
    // Private also in a folder that others may look into.
    if (!makePrivateFile(databasePath(folder)) || !makePrivateFolder(filesPath(folder))) {
        return Error{ErrorCode::NotWritable, {folder}, {}};
    }
    TRY_SET(const auto database, Database::openSqlite(databasePath(folder)));
    TRY(migrate(*database, QStringLiteral(":/sql"), folder));
    Store store(*database);
    return store.setSetting(
        QStringLiteral("timeline"), QUuid::createUuid().toString(QUuid::WithoutBraces));
}

Result<std::unique_ptr<ServerCore>> ServerCore::open(const QString &folder)
{
    std::unique_ptr<ServerCore> core(new ServerCore(folder));
    auto ids = std::make_unique<IdSource>(core->m_systemClock);
    TRY(core->start(std::make_unique<ThreadQueue>(), core->m_systemClock, std::move(ids)));
    return core;
}

Result<std::unique_ptr<ServerCore>> ServerCore::open(
    const QString &folder, std::unique_ptr<WorkQueue> writer, const Clock &clock, quint32 idSeed)
{
    std::unique_ptr<ServerCore> core(new ServerCore(folder));
    TRY(core->start(std::move(writer), clock, std::make_unique<IdSource>(clock, idSeed)));
    return core;
}

Done ServerCore::start(
    std::unique_ptr<WorkQueue> writer, const Clock &clock, std::unique_ptr<IdSource> ids)
{
    if (!QFile::exists(databasePath(m_folder))) {
        return Error{ErrorCode::NotFound, {QStringLiteral("A store in %1").arg(m_folder)}, {}};
    }
    TRY_SET(m_lock, lockFolder(m_folder));
    m_writer = std::move(writer);
    m_ids = std::move(ids);
    Done opened = Ok;
    m_writer->runAndWait([&] {
        const auto open = [&]() -> Done {
            TRY_SET(m_database, Database::openSqlite(databasePath(m_folder)));
            TRY(migrate(*m_database, QStringLiteral(":/sql"), m_folder));
            m_store = std::make_unique<Store>(*m_database);
            return openVault();
        };
        opened = open();
    });
    TRY(opened);
    m_host = std::make_unique<BaseHost>(*m_store, *m_writer, clock, *m_ids);
    m_host->setVault(m_vault.get());
    TRY(m_host->open());
    m_accounts = std::make_unique<Accounts>(*m_store, *m_writer, clock, *m_ids);
    TRY(m_accounts->load());
    m_files = std::make_unique<FileStore>(filesPath(m_folder));
    return Ok;
}

/// On the writer's thread. The database knows its keys by their fingerprints.
Done ServerCore::openVault()
{
    TRY_SET(const QString known, m_store->setting(Vault::Setting));
    TRY_SET(m_vault, Vault::open(m_folder, known.split(u' ', Qt::SkipEmptyParts)));
    const QString own = m_vault->fingerprints().join(u' ');
    if (m_vault->isLocked()) {
        qCritical("%s is not there, or holds other keys than those of this database: sensitive "
                  "texts can be neither read nor written until it is put back",
            qUtf8Printable(Vault::path(m_folder)));
    } else if (own != known) {
        TRY(m_store->setSetting(Vault::Setting, own));
    }
    return Ok;
}

Done ServerCore::removeUnusedFiles()
{
    constexpr qint64 hourMs = 3600 * 1000;
    const qint64 weekAgoMs = m_host->clock().nowMs() - 7 * 24 * hourMs;
    // Before the names, the bytes: a backup that was begun in the last hour may still know those.
    const QDateTime hourAgo = QDateTime::currentDateTime().addMSecs(-hourMs);
    Result<QSet<QString>> named = Error{};
    m_writer->runAndWait([&] { named = m_store->files().hashes(); });
    TRY(named);
    m_files->removeUnnamed(named.value(), hourAgo);
    Done done = Ok;
    m_writer->runAndWait([&] { done = m_store->files().removeUnused(weekAgoMs); });
    return done;
}

} // namespace casebase
