// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/sync/SnapshotPacker.h"

#include "shared/protocol/Message.h"

namespace casebase {

namespace {

constexpr int PackEveryMs = 10000;

void pack(const Document &document, const std::atomic<bool> &isStopped)
{
    for (const TableId id : document.tables()) {
        const TableData &table = *document.table(id);
        for (const ChunkKey &key : TableChunks::keys(table)) {
            if (isStopped) {
                return;
            }
            packedPiece(table, key);
        }
    }
}

} // namespace

QByteArray packedPiece(const TableData &table, const ChunkKey &key)
{
    const auto make = [&] {
        QByteArray bytes = compressed(TableChunks::bytes(table, key));
        bytes.squeeze(); // it is kept
        return bytes;
    };
    const ColumnChunk *chunk = TableChunks::chunk(table, key);
    return chunk ? chunk->packed.get(make) : make();
}

SnapshotPacker::SnapshotPacker(const BaseHost &host)
    : m_host(host)
{
    QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] { packWhatChanged(); });
    m_timer.start(PackEveryMs);
    packWhatChanged();
}

SnapshotPacker::~SnapshotPacker()
{
    m_progress->isStopped = true;
}

void SnapshotPacker::packWhatChanged()
{
    if (m_progress->isBusy) {
        return;
    }
    QList<Snapshot> changed;
    for (const BaseRow &base : m_host.bases()) {
        const Snapshot now = m_host.snapshot(base.id);
        if (now && m_packed.value(base.id) != now->revision()) {
            m_packed.insert(base.id, now->revision());
            changed += now;
        }
    }
    if (changed.isEmpty()) {
        return;
    }
    m_progress->isBusy = true;
    WorkerPool::forLongWork().post([changed, progress = m_progress] {
        for (const Snapshot &each : changed) {
            pack(*each, progress->isStopped);
        }
        progress->isBusy = false;
    });
}

} // namespace casebase
