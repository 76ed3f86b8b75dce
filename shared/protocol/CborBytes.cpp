// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/protocol/CborBytes.h"

#include <QFloat16>
#include <QtEndian>

#include <bit>
#include <cmath>
#include <cstring>

namespace casebase {

namespace {

constexpr int Endless = 31;
constexpr uchar Break = 0xFF;
constexpr uchar False = 0xF4;
constexpr uchar True = 0xF5;
constexpr uchar Null = 0xF6;

void appendHead(std::string &bytes, uchar major, quint64 argument)
{
    const auto lead = uchar(major << 5);
    uchar head[9];
    if (argument < 24) {
        bytes.push_back(char(lead | uchar(argument)));
    } else if (argument <= 0xFF) {
        bytes.push_back(char(lead | 24));
        bytes.push_back(char(argument));
    } else if (argument <= 0xFFFF) {
        head[0] = lead | 25;
        qToBigEndian(quint16(argument), head + 1);
        bytes.append(reinterpret_cast<const char *>(head), 3);
    } else if (argument <= 0xFFFFFFFF) {
        head[0] = lead | 26;
        qToBigEndian(quint32(argument), head + 1);
        bytes.append(reinterpret_cast<const char *>(head), 5);
    } else {
        head[0] = lead | 27;
        qToBigEndian(argument, head + 1);
        bytes.append(reinterpret_cast<const char *>(head), 9);
    }
}

} // namespace

void appendInteger(std::string &bytes, qint64 integer)
{
    integer >= 0 ? appendHead(bytes, 0, quint64(integer)) : appendHead(bytes, 1, ~quint64(integer));
}

void appendDouble(std::string &bytes, double number)
{
    uchar item[9] = {0xFB};
    qToBigEndian(std::bit_cast<quint64>(number), item + 1);
    bytes.append(reinterpret_cast<const char *>(item), 9);
}

void appendBool(std::string &bytes, bool flag)
{
    bytes.push_back(char(flag ? True : False));
}

void appendNull(std::string &bytes)
{
    bytes.push_back(char(Null));
}

void appendText(std::string &bytes, QByteArrayView utf8)
{
    appendHead(bytes, 3, quint64(utf8.size()));
    bytes.append(utf8.data(), size_t(utf8.size()));
}

void appendBytes(std::string &bytes, QByteArrayView content)
{
    appendHead(bytes, 2, quint64(content.size()));
    bytes.append(content.data(), size_t(content.size()));
}

void beginArray(std::string &bytes, qsizetype size)
{
    appendHead(bytes, 4, quint64(size));
}

void beginMap(std::string &bytes)
{
    bytes.push_back(char(5 << 5 | Endless));
}

void endMap(std::string &bytes)
{
    bytes.push_back(char(Break));
}

bool CborReader::Items::hasNext(CborReader &reader)
{
    if (!m_isOne || reader.m_failed) {
        return false;
    }
    if (!m_isEndless) {
        return m_left > 0 && m_left-- > 0;
    }
    if (reader.m_at < reader.m_end && *reader.m_at == Break) {
        ++reader.m_at;
        m_isEndless = false;
        m_left = 0;
        return false;
    }
    reader.m_failed = reader.m_at == reader.m_end;
    return !reader.m_failed;
}

std::optional<CborReader::Head> CborReader::head()
{
    if (m_failed || m_at == m_end) {
        m_failed = true;
        return std::nullopt;
    }
    Head head{*m_at >> 5, *m_at & 31, quint64(*m_at & 31)};
    ++m_at;
    if (head.info < 24 || head.info == Endless) {
        return head;
    }
    const int size = 1 << (head.info - 24);
    if (head.info > 27 || m_end - m_at < size) {
        m_failed = true;
        return std::nullopt;
    }
    head.argument = size == 1 ? *m_at
        : size == 2           ? qFromBigEndian<quint16>(m_at)
        : size == 4           ? qFromBigEndian<quint32>(m_at)
                              : qFromBigEndian<quint64>(m_at);
    m_at += size;
    return head;
}

CborReader::Items CborReader::enter(int major)
{
    Items items;
    const auto found = head();
    // Every item takes a byte at least: a count beyond that is a lie.
    const bool isEndless = found && found->info == Endless;
    items.m_isOne =
        found && found->major == major && (isEndless || found->argument <= quint64(m_end - m_at));
    items.m_isEndless = isEndless;
    items.m_left = isEndless || !found ? 0 : found->argument;
    m_failed = m_failed || !items.m_isOne;
    return items;
}

std::optional<QByteArrayView> CborReader::run(int major)
{
    const auto found = head();
    if (!found || found->major != major || found->info == Endless
        || found->argument > quint64(m_end - m_at)) {
        m_failed = true;
        return std::nullopt;
    }
    const QByteArrayView content(m_at, qsizetype(found->argument));
    m_at += found->argument;
    return content;
}

std::optional<QByteArrayView> CborReader::text()
{
    const auto content = run(3);
    if (content && !content->isValidUtf8()) {
        m_failed = true;
        return std::nullopt;
    }
    return content;
}

std::optional<QByteArrayView> CborReader::bytes()
{
    return run(2);
}

bool CborReader::null()
{
    if (!isNull()) {
        m_failed = true;
        return false;
    }
    ++m_at;
    return true;
}

std::optional<bool> CborReader::boolean()
{
    if (m_at == m_end || (*m_at != False && *m_at != True)) {
        m_failed = true;
        return std::nullopt;
    }
    return *m_at++ == True;
}

std::optional<double> CborReader::number()
{
    const auto found = head();
    if (found && found->major == 0 && found->info != Endless) {
        return double(found->argument);
    }
    if (found && found->major == 1 && found->info != Endless) {
        return -1.0 - double(found->argument);
    }
    if (found && found->major == 7 && found->info == 27) {
        return std::bit_cast<double>(found->argument);
    }
    if (found && found->major == 7 && found->info == 26) {
        return double(std::bit_cast<float>(quint32(found->argument)));
    }
    if (found && found->major == 7 && found->info == 25) {
        return double(float(std::bit_cast<qfloat16>(quint16(found->argument))));
    }
    m_failed = true;
    return std::nullopt;
}

std::optional<qint64> CborReader::integer()
{
    if (major() == 7) {
        const auto found = number();
        // Readers of JSON write integers as they like.
        if (found && std::abs(*found) < 9.0e15 && std::trunc(*found) == *found) {
            return qint64(*found);
        }
        m_failed = true;
        return std::nullopt;
    }
    const auto found = head();
    if (!found || found->major > 1 || found->info == Endless
        || found->argument > quint64(std::numeric_limits<qint64>::max())) {
        m_failed = true;
        return std::nullopt;
    }
    return found->major == 0 ? qint64(found->argument) : qint64(~found->argument);
}

bool CborReader::skip(int depth)
{
    if (depth > NestingLimit) {
        m_failed = true;
    }
    switch (m_failed ? -1 : major()) {
    case 2:
    case 3:
        return run(major()).has_value();
    case 4:
    case 5: {
        const bool isMap = major() == 5;
        Items items = enter(major());
        while (items.hasNext(*this)) {
            if (!skip(depth + 1) || (isMap && !skip(depth + 1))) {
                return false;
            }
        }
        return items.isWhole(*this);
    }
    case 6:
        return head() && skip(depth + 1);
    case -1:
        return false;
    default: {
        const auto found = head();
        m_failed = m_failed || !found || found->info == Endless;
        return !m_failed;
    }
    }
}

} // namespace casebase
