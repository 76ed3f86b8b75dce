// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/columns/TableChunks.h"

#include "shared/value/Packed.h"

#include <cstring>

namespace casebase {

namespace {

static_assert(
    Q_BYTE_ORDER == Q_LITTLE_ENDIAN, "pieces are little-endian in memory and on the wire");

constexpr int Dictionary = -1;

template <class T> QByteArray chunkBytes(const typename FixedColumn<T>::Chunk &chunk)
{
    QByteArray bytes(reinterpret_cast<const char *>(&chunk.present), sizeof(chunk.present));
    bytes.append(reinterpret_cast<const char *>(&chunk.values), sizeof(chunk.values));
    return bytes;
}

QByteArray chunkBytes(const BitColumn::Chunk &chunk)
{
    return QByteArray(reinterpret_cast<const char *>(&chunk.bits), sizeof(chunk.bits));
}

QByteArray chunkBytes(const BytesColumn::Chunk &chunk)
{
    return QByteArray(reinterpret_cast<const char *>(&chunk.ends), sizeof(chunk.ends))
        + chunk.bytes;
}

template <class T> bool readChunk(typename FixedColumn<T>::Chunk &chunk, const QByteArray &bytes)
{
    if (bytes.size() != qsizetype(sizeof(chunk.present) + sizeof(chunk.values))) {
        return false;
    }
    std::memcpy(&chunk.present, bytes.constData(), sizeof(chunk.present));
    std::memcpy(&chunk.values, bytes.constData() + sizeof(chunk.present), sizeof(chunk.values));
    return true;
}

bool readChunk(BitColumn::Chunk &chunk, const QByteArray &bytes)
{
    if (bytes.size() != qsizetype(sizeof(chunk.bits))) {
        return false;
    }
    std::memcpy(&chunk.bits, bytes.constData(), sizeof(chunk.bits));
    return true;
}

bool readChunk(BytesColumn::Chunk &chunk, const QByteArray &bytes)
{
    constexpr auto HeaderSize = qsizetype(sizeof(chunk.ends));
    if (bytes.size() < HeaderSize) {
        return false;
    }
    std::memcpy(&chunk.ends, bytes.constData(), size_t(HeaderSize));
    chunk.bytes = bytes.mid(HeaderSize);
    return chunk.ends.front() == 0 && chunk.ends.back() == quint32(chunk.bytes.size())
        && std::is_sorted(chunk.ends.cbegin(), chunk.ends.cend());
}

QByteArray dictionaryBytes(const CodeColumn &column)
{
    const QList<IdBits> &ids = column.dictionary();
    return QByteArray(
        reinterpret_cast<const char *>(ids.constData()), ids.size() * qsizetype(sizeof(IdBits)));
}

bool readDictionary(CodeColumn &column, const QByteArray &bytes)
{
    if (bytes.isEmpty() || bytes.size() % qsizetype(sizeof(IdBits)) != 0) {
        return false;
    }
    QList<IdBits> ids(bytes.size() / qsizetype(sizeof(IdBits)));
    std::memcpy(ids.data(), bytes.constData(), size_t(bytes.size()));
    column.setDictionary(ids);
    return true;
}

/// Any column, or the CowVector of one, by one call for all kinds.
template <class Visit> auto visitChunks(const Column &column, Visit visit)
{
    return std::visit(
        [&](const auto &each) {
            if constexpr (std::is_same_v<std::decay_t<decltype(each)>, CodeColumn>) {
                return visit(each.codes().chunks());
            } else {
                return visit(each.chunks());
            }
        },
        column);
}

template <class T> bool putFixed(FixedColumn<T> &column, qint32 index, const QByteArray &bytes)
{
    return readChunk<T>(column.chunks().write(size_t(index)), bytes);
}

bool putColumn(Column &column, qint32 index, const QByteArray &bytes)
{
    if (auto *codes = std::get_if<CodeColumn>(&column)) {
        return index == Dictionary ? readDictionary(*codes, bytes)
                                   : putFixed(codes->codes(), index, bytes);
    }
    if (index < 0) {
        return false;
    }
    if (auto *numbers = std::get_if<NumberColumn>(&column)) {
        return putFixed(*numbers, index, bytes);
    }
    if (auto *integers = std::get_if<IntegerColumn>(&column)) {
        return putFixed(*integers, index, bytes);
    }
    if (auto *bits = std::get_if<BitColumn>(&column)) {
        return readChunk(bits->chunks().write(size_t(index)), bytes);
    }
    return readChunk(std::get<BytesColumn>(column).chunks().write(size_t(index)), bytes);
}

bool codesFit(const CodeColumn &column, Row rows)
{
    for (Row row = 0; row < rows; ++row) {
        if (column.code(row) >= quint32(column.dictionary().size())) {
            return false;
        }
    }
    return true;
}

Error broken(const QString &column)
{
    return {ErrorCode::Protocol, {QStringLiteral("a piece of column %1").arg(column)}, {}};
}

const QStringList MetaNames{QStringLiteral("id"), QStringLiteral("alive"),
    QStringLiteral("created"), QStringLiteral("createdBy"), QStringLiteral("modified"),
    QStringLiteral("modifiedBy"), QStringLiteral("revision")};

template <class Chunks>
void appendKeys(QList<ChunkKey> &keys, const QString &name, const Chunks &chunks)
{
    for (size_t i = 0; i < chunks.limit(); ++i) {
        if (chunks.chunk(i)) {
            keys += ChunkKey{name, qint32(i)};
        }
    }
}

} // namespace

QList<ChunkKey> TableChunks::keys(const TableData &table)
{
    QList<ChunkKey> keys;
    keys += ChunkKey{MetaNames[3], Dictionary};
    keys += ChunkKey{MetaNames[5], Dictionary};
    appendKeys(keys, MetaNames[0], table.m_ids.chunks());
    appendKeys(keys, MetaNames[1], table.m_alive.chunks());
    appendKeys(keys, MetaNames[2], table.m_created.chunks());
    appendKeys(keys, MetaNames[3], table.m_createdBy.codes().chunks());
    appendKeys(keys, MetaNames[4], table.m_modified.chunks());
    appendKeys(keys, MetaNames[5], table.m_modifiedBy.codes().chunks());
    appendKeys(keys, MetaNames[6], table.m_revision.chunks());
    for (const TableData::Entry &entry : table.m_columns) {
        if (!entry.isStored) {
            continue; // Whoever puts the pieces together computes it.
        }
        if (std::holds_alternative<CodeColumn>(entry.column)) {
            keys += ChunkKey{entry.field.text(), Dictionary};
        }
        visitChunks(entry.column,
            [&](const auto &chunks) { appendKeys(keys, entry.field.text(), chunks); });
    }
    return keys;
}

QByteArray TableChunks::bytes(const TableData &table, const ChunkKey &key)
{
    const auto index = size_t(key.index);
    switch (MetaNames.indexOf(key.column)) {
    case 0:
        return chunkBytes<IdBits>(*table.m_ids.chunks().chunk(index));
    case 1:
        return chunkBytes(*table.m_alive.chunks().chunk(index));
    case 2:
        return chunkBytes<qint64>(*table.m_created.chunks().chunk(index));
    case 3:
        return key.index == Dictionary
            ? dictionaryBytes(table.m_createdBy)
            : chunkBytes<quint32>(*table.m_createdBy.codes().chunks().chunk(index));
    case 4:
        return chunkBytes<qint64>(*table.m_modified.chunks().chunk(index));
    case 5:
        return key.index == Dictionary
            ? dictionaryBytes(table.m_modifiedBy)
            : chunkBytes<quint32>(*table.m_modifiedBy.codes().chunks().chunk(index));
    case 6:
        return chunkBytes<qint64>(*table.m_revision.chunks().chunk(index));
    default:
        break;
    }
    const auto field = FieldId::fromText(key.column);
    const Column *column = field ? table.column(*field) : nullptr;
    if (!column) {
        return {};
    }
    if (const auto *codes = std::get_if<CodeColumn>(column)) {
        return key.index == Dictionary ? dictionaryBytes(*codes)
                                       : chunkBytes<quint32>(*codes->codes().chunks().chunk(index));
    }
    if (const auto *numbers = std::get_if<NumberColumn>(column)) {
        return chunkBytes<double>(*numbers->chunks().chunk(index));
    }
    if (const auto *integers = std::get_if<IntegerColumn>(column)) {
        return chunkBytes<qint64>(*integers->chunks().chunk(index));
    }
    if (const auto *bits = std::get_if<BitColumn>(column)) {
        return chunkBytes(*bits->chunks().chunk(index));
    }
    return chunkBytes(*std::get<BytesColumn>(*column).chunks().chunk(index));
}

const ColumnChunk *TableChunks::chunk(const TableData &table, const ChunkKey &key)
{
    if (key.index < 0) {
        return nullptr;
    }
    const auto index = size_t(key.index);
    switch (MetaNames.indexOf(key.column)) {
    case 0:
        return table.m_ids.chunks().chunk(index);
    case 1:
        return table.m_alive.chunks().chunk(index);
    case 2:
        return table.m_created.chunks().chunk(index);
    case 3:
        return table.m_createdBy.codes().chunks().chunk(index);
    case 4:
        return table.m_modified.chunks().chunk(index);
    case 5:
        return table.m_modifiedBy.codes().chunks().chunk(index);
    case 6:
        return table.m_revision.chunks().chunk(index);
    default:
        break;
    }
    const auto field = FieldId::fromText(key.column);
    const Column *column = field ? table.column(*field) : nullptr;
    return column ? visitChunks(*column,
               [&](const auto &chunks) -> const ColumnChunk * { return chunks.chunk(index); })
                  : nullptr;
}

TableData TableChunks::begin(const Table &definition, Row rowCount)
{
    TableData table;
    table.setDefinition(definition);
    table.m_rowCount = rowCount;
    return table;
}

Done TableChunks::put(TableData &table, const ChunkKey &key, const QByteArray &bytes)
{
    const qint32 limit = qint32(table.m_rowCount / BytesColumn::ChunkRows) + 1;
    if (key.index < Dictionary || key.index > limit) {
        return broken(key.column);
    }
    const bool isDictionary = key.index == Dictionary;
    const auto index = size_t(key.index);
    bool ok = false;
    const qsizetype meta = MetaNames.indexOf(key.column);
    if (isDictionary && (meta == 3 || meta == 5)) {
        ok = readDictionary(meta == 3 ? table.m_createdBy : table.m_modifiedBy, bytes);
    } else if (meta >= 0 && isDictionary) {
        ok = false;
    } else if (meta == 0) {
        ok = putFixed(table.m_ids, key.index, bytes);
    } else if (meta == 1) {
        ok = readChunk(table.m_alive.chunks().write(index), bytes);
    } else if (meta == 2 || meta == 4 || meta == 6) {
        IntegerColumn &column = meta == 2 ? table.m_created
            : meta == 4                   ? table.m_modified
                                          : table.m_revision;
        ok = putFixed(column, key.index, bytes);
    } else if (meta == 3 || meta == 5) {
        ok = putFixed(
            (meta == 3 ? table.m_createdBy : table.m_modifiedBy).codes(), key.index, bytes);
    } else if (const auto field = FieldId::fromText(key.column)) {
        TableData::Entry *entry = table.writableEntry(*field);
        ok = entry && entry->isStored && putColumn(entry->column, key.index, bytes);
    }
    return ok ? Done(Ok) : broken(key.column);
}

Done TableChunks::finish(TableData &table)
{
    if (!codesFit(table.m_createdBy, table.m_rowCount)
        || !codesFit(table.m_modifiedBy, table.m_rowCount)) {
        return broken(QStringLiteral("createdBy"));
    }
    for (const TableData::Entry &entry : table.m_columns) {
        const auto *codes = std::get_if<CodeColumn>(&entry.column);
        if (codes && !codesFit(*codes, table.m_rowCount)) {
            return broken(entry.field.text());
        }
    }
    for (Row row = 0; row < table.m_rowCount; ++row) {
        if (table.m_index.find(table.m_ids.at(row), table.m_ids)) {
            return broken(QStringLiteral("id"));
        }
        table.m_index.insert(row, table.m_ids);
        table.m_isInOrder =
            table.m_isInOrder && (row == 0 || table.m_ids.at(row - 1) < table.m_ids.at(row));
        table.m_aliveCount += table.m_alive.at(row) ? 1 : 0;
    }
    for (const Field &field : table.m_definition.fields) {
        if (TableData::Entry *entry = table.writableEntry(field.id);
            entry && valueTypeOf(field.kind) == ValueType::Sealed) {
            const auto &boxes = std::get<BytesColumn>(entry->column);
            for (Row row = 0; row < table.m_rowCount; ++row) {
                entry->shown.set(row, unpackedSealed(boxes.at(row)).mask.toUtf8());
            }
        }
        if (field.kind != FieldKind::AutoNumber) {
            continue;
        }
        double last = 0;
        for (Row row = 0; row < table.m_rowCount; ++row) {
            last = std::max(last, std::get<NumberColumn>(*table.column(field.id)).at(row));
        }
        table.m_lastNumbers.insert(field.id, last);
    }
    return Ok;
}

} // namespace casebase
