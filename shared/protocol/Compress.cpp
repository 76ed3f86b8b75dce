// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/protocol/Message.h"

#include <zstd.h>

#include <memory>

namespace casebase {

namespace {

constexpr int Level = 3;
constexpr quint64 LargestRatio = 1 << 15; // four bytes of zstd repeat one byte 128 KiB long
constexpr char Magic[] = "\x28\xB5\x2F\xFD"; // no CBOR map begins with these bytes

Error unpackable()
{
    return {ErrorCode::Protocol, {QStringLiteral("compressed bytes")}, {}};
}

} // namespace

bool isCompressed(const QByteArray &bytes)
{
    return bytes.startsWith(QByteArrayView(Magic, 4));
}

QByteArray compressed(const QByteArray &bytes)
{
    QByteArray packed(qsizetype(ZSTD_compressBound(size_t(bytes.size()))), Qt::Uninitialized);
    // Making a context asks the processor what it is, which takes 30 µs and more on a virtual one.
    thread_local const std::unique_ptr<ZSTD_CCtx, decltype(&ZSTD_freeCCtx)> context(
        ZSTD_createCCtx(), ZSTD_freeCCtx);
    ZSTD_CCtx_reset(context.get(), ZSTD_reset_session_and_parameters);
    // With a checksum: a flipped bit on a disk is noticed.
    ZSTD_CCtx_setParameter(context.get(), ZSTD_c_compressionLevel, Level);
    ZSTD_CCtx_setParameter(context.get(), ZSTD_c_checksumFlag, 1);
    const size_t size = ZSTD_compress2(context.get(), packed.data(), size_t(packed.size()),
        bytes.constData(), size_t(bytes.size()));
    if (ZSTD_isError(size)) {
        return bytes;
    }
    packed.truncate(qsizetype(size));
    return packed;
}

Result<QByteArray> decompressed(const QByteArray &bytes, qsizetype limit)
{
    const auto size = ZSTD_getFrameContentSize(bytes.constData(), size_t(bytes.size()));
    if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN) {
        return unpackable();
    }
    if (size > quint64(limit)) {
        return Error{ErrorCode::TooLarge,
            {QStringLiteral("The message"), QStringLiteral("%1 bytes").arg(limit)}, {}};
    }
    if (size > quint64(bytes.size()) * LargestRatio) {
        return unpackable(); // It says so, but it cannot be: no memory for that.
    }
    QByteArray plain(qsizetype(size), Qt::Uninitialized);
    thread_local const std::unique_ptr<ZSTD_DCtx, decltype(&ZSTD_freeDCtx)> context(
        ZSTD_createDCtx(), ZSTD_freeDCtx);
    const size_t got = ZSTD_decompressDCtx(
        context.get(), plain.data(), size_t(plain.size()), bytes.constData(), size_t(bytes.size()));
    if (ZSTD_isError(got) || got != size) {
        return unpackable();
    }
    return plain;
}

} // namespace casebase
