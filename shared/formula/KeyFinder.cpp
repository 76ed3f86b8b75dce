// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/formula/KeyFinder.h"

#include "shared/formula/CellValue.h"

namespace casebase {

QString keyText(const FormulaValue &value, FormulaRun &run)
{
    return isFault(value) ? QString() : asText(value, run).trimmed().toCaseFolded();
}

quint64 keyHash(const QString &key)
{
    constexpr quint64 Odd = 0x9E3779B97F4A7C15ULL;
    return key.isEmpty() ? KeyIndex::NoKey : std::max<quint64>(1, qHash(key, 1) * Odd);
}

quint64 keyHash(const TableData &table, Row row, const Field &field, const People &people,
    const FormulaContext &context)
{
    FormulaRun run(context);
    return table.isAlive(row) ? keyHash(keyText(readCell(table, row, field, people, run), run))
                              : KeyIndex::NoKey;
}

std::optional<Row> rowOfKey(const TableData &table, const Field &field, const QString &key,
    const KeyIndex &index, const People &people, FormulaRun &run)
{
    for (const KeyIndex::Entry &entry : index.rows(keyHash(key))) {
        if (table.isAlive(entry.row)
            && keyText(readCell(table, entry.row, field, people, run), run) == key) {
            return entry.row;
        }
    }
    return std::nullopt;
}

const KeyIndex &KeyFinder::keys(const TableData &table, const Field &field)
{
    const QMutexLocker locker(&m_mutex);
    std::shared_ptr<const KeyIndex> &known = m_indexes[field.id];
    if (!known) {
        auto made = std::make_shared<KeyIndex>();
        for (Row row = 0; row < table.rowCount(); ++row) {
            made->set(row, keyHash(table, row, field, m_people, m_context), table);
        }
        known = std::move(made);
    }
    return *known;
}

} // namespace casebase
