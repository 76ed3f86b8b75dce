// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/support/Id.h"

#include <cstring>

namespace casebase {

namespace {

constexpr char Digits[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
constexpr int HalfLength = 7;

void appendHalf(QString &text, quint64 half)
{
    QChar digits[HalfLength];
    for (int i = HalfLength - 1; i >= 0; --i) {
        digits[i] = QLatin1Char(Digits[half % 62]);
        half /= 62;
    }
    text.append(digits, HalfLength);
}

std::optional<quint64> half(QStringView text)
{
    quint64 result = 0;
    for (const QChar c : text) {
        const char16_t u = c.unicode();
        int digit = 0;
        if (u >= u'0' && u <= u'9') {
            digit = u - u'0';
        } else if (u >= u'A' && u <= u'Z') {
            digit = u - u'A' + 10;
        } else if (u >= u'a' && u <= u'z') {
            digit = u - u'a' + 36;
        } else {
            return std::nullopt;
        }
        result = result * 62 + quint64(digit);
    }
    return result;
}

} // namespace

QString idText(const char *prefix, const IdBits &bits)
{
    QString text = QString::fromLatin1(prefix);
    text.reserve(text.size() + 2 * HalfLength);
    appendHalf(text, bits.time);
    appendHalf(text, bits.noise);
    return text;
}

std::optional<IdBits> idBits(const char *prefix, QStringView text)
{
    const auto prefixLength = qsizetype(std::strlen(prefix));
    if (text.size() != prefixLength + 2 * HalfLength
        || !text.startsWith(QLatin1String(prefix, prefixLength))) {
        return std::nullopt;
    }
    const auto time = half(text.mid(prefixLength, HalfLength));
    const auto noise = half(text.mid(prefixLength + HalfLength, HalfLength));
    if (!time || !noise) {
        return std::nullopt;
    }
    return IdBits{*time, *noise};
}

} // namespace casebase
