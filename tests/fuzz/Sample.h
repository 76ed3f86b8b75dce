// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/columns/TableData.h"
#include "shared/query/Match.h"

#include <cstddef>
#include <cstdint>

/// What libFuzzer calls with each input. Programs without libFuzzer call it with the kept corpus.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

namespace casebase {

/// A table with one field of each kind, named after its number, and a few records.
const TableData &sampleTable();
QueryContext sampleContext();

inline QByteArray inputBytes(const uint8_t *data, size_t size)
{
    return QByteArray(reinterpret_cast<const char *>(data), qsizetype(size));
}

} // namespace casebase
