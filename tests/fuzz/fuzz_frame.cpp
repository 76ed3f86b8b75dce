// SPDX-License-Identifier: GPL-3.0-or-later
// A frame of the sync protocol, plain or compressed, with one message or many, as a server reads it
// from a stranger.
#include "shared/protocol/Message.h"
#include "tests/fuzz/Sample.h"

using namespace casebase;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArray bytes = inputBytes(data, size);
    const auto plain = decodeMessages(bytes, MessageLimitBeforeHello);
    const auto packed = decodeMessages(compressed(bytes), MessageLimit);
    if (!isCompressed(bytes) && plain
        && (!packed || plain.value().size() != packed.value().size())) {
        std::abort(); // the same frame says the same, compressed or not
    }
    return 0;
}
