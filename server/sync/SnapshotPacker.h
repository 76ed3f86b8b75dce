// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/host/BaseHost.h"
#include "shared/columns/TableChunks.h"

#include <QTimer>

#include <atomic>

namespace casebase {

/// A piece as it travels, compressed. It stays with its chunk, so that it is packed once for all
/// readers until the chunk is written.
QByteArray packedPiece(const TableData &table, const ChunkKey &key);

/// Packs the pieces of all bases before somebody asks for them: at the start, and what has been
/// written every few seconds. On a thread for long work; stops when the packer goes away.
class SnapshotPacker final {
public:
    explicit SnapshotPacker(const BaseHost &host);
    ~SnapshotPacker();
    Q_DISABLE_COPY_MOVE(SnapshotPacker)

private:
    void packWhatChanged();

    struct Progress {
        std::atomic<bool> isBusy = false;
        std::atomic<bool> isStopped = false;
    };
    const BaseHost &m_host;
    std::shared_ptr<Progress> m_progress = std::make_shared<Progress>();
    QHash<BaseId, quint64> m_packed; ///< Up to which revision.
    QTimer m_timer;
};

} // namespace casebase
