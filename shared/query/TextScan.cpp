// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/query/TextScan.h"

#include <algorithm>

namespace casebase {

namespace {

constexpr qsizetype Stride = 64;
constexpr size_t ChunksPerBlock = RowMask::Rows / BytesColumn::ChunkRows;

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? char(c + 32) : c;
}

bool isLetter(char c)
{
    return c >= 'a' && c <= 'z';
}

/// For letters a mask that makes both cases one; other bytes stay as they are.
char caseMask(char c)
{
    return isLetter(c) ? char(0x20) : char(0);
}

} // namespace

std::optional<TextScan> TextScan::create(const QString &text)
{
    const bool needsUnicode = std::any_of(text.cbegin(), text.cend(), [](QChar c) {
        return c.unicode() > 127 && (c.isSurrogate() || c.toLower() != c || c.toUpper() != c);
    });
    if (needsUnicode || text.isEmpty()) {
        return std::nullopt;
    }
    QByteArray folded = text.toUtf8();
    std::transform(folded.cbegin(), folded.cend(), folded.begin(), lower);
    return TextScan(folded);
}

TextScan::TextScan(const QByteArray &folded)
    : m_text(folded)
{
    // The first bytes of Chinese characters are nearly all alike: prefer a pair across two of them.
    for (qsizetype i = 0; i + 1 < folded.size(); ++i) {
        if (uchar(folded[i]) >= 0x80 && uchar(folded[i]) < 0xC0) {
            m_pair.at = i;
            break;
        }
    }
    m_pair.gap = folded.size() > m_pair.at + 1 ? 1 : 0;
    m_pair.first = folded[m_pair.at];
    m_pair.second = folded[m_pair.at + m_pair.gap];
    m_pair.firstMask = caseMask(m_pair.first);
    m_pair.secondMask = caseMask(m_pair.second);
}

bool TextScan::standsAt(const char *bytes) const
{
    return std::equal(m_text.cbegin(), m_text.cend(), bytes,
        [](char wanted, char found) { return wanted == lower(found); });
}

qsizetype TextScan::skip(const char *data, qsizetype at, qsizetype last) const
{
    // The compiler makes one comparison of sixteen or more bytes of this, as long as it stands in a
    // function of its own that calls nothing.
    const Pair pair = m_pair;
    const char *first = data + pair.at;
    const char *second = first + pair.gap;
    for (; at + Stride <= last; at += Stride) {
        uchar any = 0;
        for (qsizetype i = at; i < at + Stride; ++i) {
            const auto isFirst = uchar(char(first[i] | pair.firstMask) == pair.first);
            const auto isSecond = uchar(char(second[i] | pair.secondMask) == pair.second);
            any = uchar(any | (isFirst & isSecond));
        }
        if (any) {
            break;
        }
    }
    return at;
}

qsizetype TextScan::find(QByteArrayView bytes, qsizetype from) const
{
    const char *data = bytes.data();
    const qsizetype last = bytes.size() - m_text.size(); // the last place where it can stand
    for (qsizetype at = skip(data, from, last); at <= last; at = skip(data, at, last)) {
        for (const qsizetype end = std::min(at + Stride, last + 1); at < end; ++at) {
            if (standsAt(data + at)) {
                return at;
            }
        }
    }
    return -1;
}

void TextScan::keep(const BytesColumn &column, size_t block, RowMask &mask) const
{
    RowMask found;
    for (size_t part = 0; part < ChunksPerBlock; ++part) {
        const auto *chunk = column.chunks().chunk(block * ChunksPerBlock + part);
        if (!chunk) {
            continue;
        }
        const QByteArrayView bytes(chunk->bytes);
        for (qsizetype at = find(bytes); at >= 0;) {
            const auto after =
                std::upper_bound(chunk->ends.cbegin(), chunk->ends.cend(), quint32(at));
            const auto row = size_t(after - chunk->ends.cbegin()) - 1;
            qsizetype next = qsizetype(chunk->ends[row + 1]);
            if (at + m_text.size() > next) {
                next = at + 1; // it stands across two texts, which is in neither
            } else {
                const size_t bit = part * BytesColumn::ChunkRows + row;
                found.words[bit / 64] |= quint64(1) << (bit % 64);
            }
            at = find(bytes, next);
        }
    }
    mask &= found;
}

} // namespace casebase
