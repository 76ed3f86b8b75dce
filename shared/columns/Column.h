// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/columns/CowVector.h"
#include "shared/columns/KeptBytes.h"
#include "shared/support/Id.h"
#include "shared/support/Result.h"

#include <QByteArray>
#include <QHash>
#include <QList>

#include <bit>
#include <optional>

namespace casebase {

using Row = quint32; ///< Position of a record in its table; never reused within a document.

/// Which rows of a chunk hold something.
template <size_t Rows> struct RowBits {
    std::array<quint64, Rows / 64> words{};
    bool at(size_t i) const { return (words[i / 64] >> (i % 64)) & 1; }
    void set(size_t i, bool on)
    {
        const quint64 bit = quint64(1) << (i % 64);
        words[i / 64] = on ? words[i / 64] | bit : words[i / 64] & ~bit;
    }
};

/// The base of a column's chunks.
struct ColumnChunk : CowCounted {
    void beforeWrite() { packed.forget(); }
    KeptBytes packed; ///< The chunk as it travels, for the next reader.
};

/// A column of values of one fixed size.
template <class T> class FixedColumn {
public:
    static constexpr size_t ChunkRows = 1024;
    struct Chunk : ColumnChunk {
        std::array<T, ChunkRows> values{};
        RowBits<ChunkRows> present;
    };

    bool has(Row row) const
    {
        const Chunk *chunk = m_chunks.chunk(row / ChunkRows);
        return chunk && chunk->present.at(row % ChunkRows);
    }
    T at(Row row) const
    {
        const Chunk *chunk = m_chunks.chunk(row / ChunkRows);
        return chunk ? chunk->values[row % ChunkRows] : T{};
    }
    std::optional<T> get(Row row) const { return has(row) ? std::optional(at(row)) : std::nullopt; }
    void set(Row row, std::optional<T> value)
    {
        if (get(row) == value) {
            return; // nothing is copied for it
        }
        Chunk &chunk = m_chunks.write(row / ChunkRows);
        chunk.values[row % ChunkRows] = value.value_or(T{});
        chunk.present.set(row % ChunkRows, value.has_value());
    }
    const CowVector<Chunk> &chunks() const { return m_chunks; }
    CowVector<Chunk> &chunks() { return m_chunks; }

private:
    CowVector<Chunk> m_chunks;
};

/// A column of yes or no, one bit a row.
class BitColumn {
public:
    static constexpr size_t ChunkRows = 4096;
    struct Chunk : ColumnChunk {
        RowBits<ChunkRows> bits;
    };

    bool at(Row row) const;
    void set(Row row, bool on);
    const CowVector<Chunk> &chunks() const { return m_chunks; }
    CowVector<Chunk> &chunks() { return m_chunks; }

private:
    CowVector<Chunk> m_chunks;
};

/// A column of ids of which few differ: options, people. Rows hold a small code, 0 for none.
class CodeColumn {
public:
    static constexpr size_t ChunkRows = FixedColumn<quint32>::ChunkRows;

    std::optional<IdBits> get(Row row) const;
    quint32 code(Row row) const { return m_codes.at(row); }
    void set(Row row, std::optional<IdBits> id);
    /// The id of each code; the first stands for none.
    const QList<IdBits> &dictionary() const { return m_dictionary; }
    void setDictionary(const QList<IdBits> &dictionary);
    const FixedColumn<quint32> &codes() const { return m_codes; }
    FixedColumn<quint32> &codes() { return m_codes; }

private:
    FixedColumn<quint32> m_codes;
    QList<IdBits> m_dictionary{IdBits{}};
    QHash<std::pair<quint64, quint64>, quint32> m_codeOf;
};

/// A column of bytes of any length, mostly UTF-8: per chunk one run of bytes with offsets.
class BytesColumn {
public:
    static constexpr size_t ChunkRows = 256;
    struct Chunk : ColumnChunk {
        std::array<quint32, ChunkRows + 1> ends{}; ///< ends[i] .. ends[i + 1] is row i.
        QByteArray bytes;
    };

    /// Points into the column: valid until it is written or goes away. Empty if there is nothing.
    QByteArrayView at(Row row) const;
    void set(Row row, QByteArrayView bytes);
    const CowVector<Chunk> &chunks() const { return m_chunks; }
    CowVector<Chunk> &chunks() { return m_chunks; }

private:
    CowVector<Chunk> m_chunks;
};

} // namespace casebase
