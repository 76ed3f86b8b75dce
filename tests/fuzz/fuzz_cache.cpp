// SPDX-License-Identifier: GPL-3.0-or-later
// The pieces of a table as they lie in the client's cache and come in snapshots. The input replaces
// one of them, and every value can be read afterwards.
#include "shared/columns/TableChunks.h"
#include "shared/field/FieldType.h"
#include "tests/fuzz/Sample.h"

using namespace casebase;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0) {
        return 0;
    }
    const TableData &whole = sampleTable();
    const QList<ChunkKey> keys = TableChunks::keys(whole);
    const qsizetype replaced = data[0] % keys.size();
    TableData table = TableChunks::begin(whole.definition(), whole.rowCount());
    for (qsizetype i = 0; i < keys.size(); ++i) {
        const QByteArray bytes =
            i == replaced ? inputBytes(data + 1, size - 1) : TableChunks::bytes(whole, keys[i]);
        if (!TableChunks::put(table, keys[i], bytes)) {
            return 0;
        }
    }
    if (!TableChunks::finish(table)) {
        return 0;
    }
    const FieldContext context = sampleContext().fields;
    for (Row row = 0; row < table.rowCount(); ++row) {
        for (const Field &field : table.definition().fields) {
            fieldType(field.kind).format(table.value(row, field), field, context);
        }
        table.row(table.recordId(row));
        table.meta(row);
    }
    for (const ChunkKey &key : TableChunks::keys(table)) {
        TableChunks::bytes(table, key);
    }
    return 0;
}
