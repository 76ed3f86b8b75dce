// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/sync/DeltaFrames.h"

namespace casebase {

std::optional<QList<QByteArray>> DeltaFrames::framesFor(
    const Actor &actor, quint64 since, const FrameFormat &format)
{
    const auto seenBy = VisibleChanges::classOf(*m_stored.after, actor);
    if (!seenBy) {
        return std::nullopt;
    }
    for (const Made &made : std::as_const(m_made)) {
        if (made.seenBy == *seenBy && made.since == since && made.format == format) {
            return made.frames;
        }
    }
    m_made += Made{*seenBy, since, format, newFrames(actor, since, format)};
    return m_made.last().frames;
}

QList<QByteArray> DeltaFrames::newFrames(
    const Actor &actor, quint64 since, const FrameFormat &format) const
{
    QList<QByteArray> frames;
    QByteArray sequence;
    for (const Commit &commit : m_stored.commits) {
        const auto visible = VisibleChanges::of(*m_stored.after, commit.changes, actor);
        if (commit.revision <= since || !visible) {
            continue;
        }
        Commit seen = commit;
        seen.changes = visible->changes();
        const Delta delta{m_stored.base, seen};
        if (format.isJson) {
            frames += encodeJsonMessage(delta);
        } else if (format.maySequence) {
            sequence += encodeMessage(delta, false);
        } else {
            frames += encodeMessage(delta, format.mayCompress);
        }
    }
    if (!sequence.isEmpty()) {
        frames += format.mayCompress ? packed(sequence) : sequence;
    }
    return frames;
}

} // namespace casebase
