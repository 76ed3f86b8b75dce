// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/columns/Column.h"

namespace casebase {

bool BitColumn::at(Row row) const
{
    const Chunk *chunk = m_chunks.chunk(row / ChunkRows);
    return chunk && chunk->bits.at(row % ChunkRows);
}

void BitColumn::set(Row row, bool on)
{
    if (at(row) != on) {
        m_chunks.write(row / ChunkRows).bits.set(row % ChunkRows, on);
    }
}

std::optional<IdBits> CodeColumn::get(Row row) const
{
    const quint32 code = m_codes.at(row);
    return code == 0 ? std::nullopt : std::optional(m_dictionary[code]);
}

void CodeColumn::set(Row row, std::optional<IdBits> id)
{
    if (!id) {
        m_codes.set(row, std::nullopt);
        return;
    }
    const std::pair key(id->time, id->noise);
    quint32 code = m_codeOf.value(key, 0);
    if (code == 0) {
        code = quint32(m_dictionary.size());
        m_dictionary.append(*id);
        m_codeOf.insert(key, code);
    }
    m_codes.set(row, code);
}

void CodeColumn::setDictionary(const QList<IdBits> &dictionary)
{
    m_dictionary = dictionary.isEmpty() ? QList<IdBits>{IdBits{}} : dictionary;
    m_codeOf.clear();
    for (qsizetype i = 1; i < m_dictionary.size(); ++i) {
        m_codeOf.insert({m_dictionary[i].time, m_dictionary[i].noise}, quint32(i));
    }
}

QByteArrayView BytesColumn::at(Row row) const
{
    const Chunk *chunk = m_chunks.chunk(row / ChunkRows);
    if (!chunk) {
        return {};
    }
    const size_t i = row % ChunkRows;
    return QByteArrayView(
        chunk->bytes.constData() + chunk->ends[i], qsizetype(chunk->ends[i + 1] - chunk->ends[i]));
}

void BytesColumn::set(Row row, QByteArrayView bytes)
{
    const QByteArrayView before = at(row);
    if (before == bytes) {
        return;
    }
    const QByteArray copy = bytes.toByteArray(); // may point into this very chunk
    Chunk &chunk = m_chunks.write(row / ChunkRows);
    const size_t i = row % ChunkRows;
    const quint32 length = chunk.ends[i + 1] - chunk.ends[i];
    chunk.bytes.replace(qsizetype(chunk.ends[i]), qsizetype(length), copy);
    const quint32 shift = quint32(copy.size()) - length; // wraps round when it gets shorter
    for (size_t k = i + 1; k <= ChunkRows; ++k) {
        chunk.ends[k] += shift;
    }
}

} // namespace casebase
