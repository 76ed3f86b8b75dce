// SPDX-License-Identifier: GPL-3.0-or-later
// One message, binary or as JSON, and the things that the log and the outbox hold. What was read
// and is written again reads as the same.
#include "shared/protocol/Message.h"
#include "tests/fuzz/Sample.h"

using namespace casebase;

namespace {

void tryMessage(const Result<Message> &message)
{
    if (!message) {
        return;
    }
    const QByteArray once = encodeMessage(message.value(), false);
    const auto again = decodeMessage(once, qsizetype(1) << 24);
    if (!again || encodeMessage(again.value(), false) != once) {
        std::abort();
    }
    encodeJsonMessage(message.value());
}

template <class Decode, class Encode>
void tryBoth(const QByteArray &bytes, Decode decode, Encode encode)
{
    const auto value = decode(bytes);
    if (value) {
        const QByteArray once = encode(value.value());
        const auto again = decode(once);
        if (!again || encode(again.value()) != once) {
            std::abort();
        }
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArray bytes = inputBytes(data, size);
    tryMessage(decodeMessage(bytes, MessageLimit));
    tryMessage(decodeJsonMessage(bytes));
    tryBoth(bytes, decodeChanges, encodeChanges);
    tryBoth(bytes, decodeTable, encodeTable);
    tryBoth(bytes, decodePerson, encodePerson);
    tryBoth(bytes, decodeInstance, encodeInstance);
    tryBoth(bytes, decodeRequest, encodeRequest);
    return 0;
}
