// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/host/BaseHost.h"
#include "shared/protocol/Message.h"

namespace casebase {

/// How a connection wants its messages.
struct FrameFormat {
    bool isJson = false;
    bool mayCompress = false;
    bool maySequence = false; ///< Several messages in one frame.
    bool mayPackPieces = false; ///< Pieces of a snapshot compressed one by one.
    friend bool operator==(const FrameFormat &, const FrameFormat &) = default;
};

/// The deltas of commits that were stored together, as frames. Those who may see the same get the
/// same bytes, so that they are made once however many listen.
class DeltaFrames {
public:
    explicit DeltaFrames(const StoredCommits &stored)
        : m_stored(stored)
    {
    }

    /// What the actor may see of the commits after `since`. Nothing if they may not see the base.
    std::optional<QList<QByteArray>> framesFor(
        const Actor &actor, quint64 since, const FrameFormat &format);

private:
    struct Made {
        VisibleChanges::Class seenBy;
        quint64 since;
        FrameFormat format;
        QList<QByteArray> frames;
    };
    QList<QByteArray> newFrames(const Actor &actor, quint64 since, const FrameFormat &format) const;

    const StoredCommits &m_stored;
    QList<Made> m_made;
};

} // namespace casebase
