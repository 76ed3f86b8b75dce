// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/replica/PieceLoader.h"

#include "shared/protocol/Message.h"

#include <QtConcurrentMap>

namespace casebase {

namespace {

constexpr qsizetype PartSize = 128;
constexpr qsizetype LargestPiece = qsizetype(1) << 30;

std::optional<QByteArray> unpacked(const PackedPiece &piece)
{
    if (!piece.isPacked) {
        return piece.bytes;
    }
    auto bytes = decompressed(piece.bytes, LargestPiece);
    return bytes ? std::optional(std::move(bytes).value()) : std::nullopt;
}

} // namespace

Done PieceLoader::add(const PackedPiece &piece)
{
    m_next += piece;
    return m_next.size() < PartSize ? Done(Ok) : startPart();
}

Done PieceLoader::finish()
{
    TRY(startPart());
    return takePart();
}

Done PieceLoader::startPart()
{
    TRY(takePart());
    m_part = std::exchange(m_next, {});
    m_unpacked = QtConcurrent::mapped(m_part, unpacked);
    return Ok;
}

Done PieceLoader::takePart()
{
    for (qsizetype i = 0; i < m_part.size(); ++i) {
        const std::optional<QByteArray> bytes = m_unpacked.resultAt(int(i)); // waits for it
        if (!bytes) {
            return Error{ErrorCode::Damaged, {}, m_part[i].key.column};
        }
        TRY(TableChunks::put(m_document.writeTable(m_part[i].table), m_part[i].key, *bytes));
    }
    m_part.clear();
    return Ok;
}

} // namespace casebase
