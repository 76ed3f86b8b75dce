// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/support/Id.h"

#include <array>

namespace casebase {

namespace {

constexpr char Digits[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
constexpr int PrefixLength = 3;
constexpr int HalfLength = 7;
static_assert(IdTextLength == PrefixLength + 2 * HalfLength);

void writeHalf(char *text, quint64 half)
{
    for (int i = HalfLength - 1; i >= 0; --i) {
        text[i] = Digits[half % 62];
        half /= 62;
    }
}

constexpr std::array<qint8, 128> DigitValues = [] {
    std::array<qint8, 128> values{};
    values.fill(-1);
    for (int i = 0; i < 62; ++i) {
        values[size_t(Digits[i])] = qint8(i);
    }
    return values;
}();

template <class Char> std::optional<quint64> half(const Char *text)
{
    quint64 result = 0;
    for (int i = 0; i < HalfLength; ++i) {
        const auto unit = char16_t(text[i]);
        const int digit = unit < 128 ? DigitValues[unit] : -1;
        if (digit < 0) {
            return std::nullopt;
        }
        result = result * 62 + quint64(digit);
    }
    return result;
}

template <class Char>
std::optional<IdBits> bitsOf(const char *prefix, const Char *text, qsizetype size)
{
    if (size != IdTextLength || text[0] != Char(prefix[0]) || text[1] != Char(prefix[1])
        || text[2] != Char(prefix[2])) {
        return std::nullopt;
    }
    const auto time = half(text + PrefixLength);
    const auto noise = half(text + PrefixLength + HalfLength);
    return time && noise ? std::optional(IdBits{*time, *noise}) : std::nullopt;
}

} // namespace

void writeIdText(const char *prefix, const IdBits &bits, char *text)
{
    std::copy_n(prefix, PrefixLength, text);
    writeHalf(text + PrefixLength, bits.time);
    writeHalf(text + PrefixLength + HalfLength, bits.noise);
}

QString idText(const char *prefix, const IdBits &bits)
{
    char text[IdTextLength];
    writeIdText(prefix, bits, text);
    return QString::fromLatin1(text, IdTextLength);
}

std::optional<IdBits> idBits(const char *prefix, QByteArrayView text)
{
    return bitsOf(prefix, reinterpret_cast<const uchar *>(text.data()), text.size());
}

std::optional<IdBits> idBits(const char *prefix, QStringView text)
{
    return bitsOf(prefix, text.utf16(), text.size());
}

} // namespace casebase
