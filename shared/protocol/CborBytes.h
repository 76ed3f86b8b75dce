// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <optional>
#include <string>

namespace casebase {

/// CBOR (RFC 8949), as far as the protocol needs it, written straight into bytes: no tree is built,
/// which is what costs most in a generic library. Into a std::string, whose appending is inline.
void appendInteger(std::string &bytes, qint64 integer);
void appendDouble(std::string &bytes, double number);
void appendBool(std::string &bytes, bool flag);
void appendNull(std::string &bytes);
void appendText(std::string &bytes, QByteArrayView utf8);
void appendBytes(std::string &bytes, QByteArrayView content);
void beginArray(std::string &bytes, qsizetype size);
/// A map whose size is told by its end.
void beginMap(std::string &bytes);
void endMap(std::string &bytes);

/// Reads CBOR from bytes that may come from anybody. Each function reads one item of its kind, or
/// yields nothing and leaves the reader where it is of no use any more. Views point into the bytes.
class CborReader {
public:
    static constexpr int NestingLimit = 64;

    explicit CborReader(QByteArrayView bytes)
        : m_at(reinterpret_cast<const uchar *>(bytes.data()))
        , m_end(m_at + bytes.size())
    {
    }

    /// The items of an array or the pairs of a map that is being read.
    class Items {
    public:
        /// True while there is another one.
        bool hasNext(CborReader &reader);
        /// It was an array or map, and all of it has been read.
        bool isWhole(const CborReader &reader) const { return m_isOne && !reader.m_failed; }

    private:
        friend class CborReader;
        bool m_isOne = false;
        bool m_isEndless = false;
        quint64 m_left = 0;
    };
    Items enterArray() { return enter(4); }
    Items enterMap() { return enter(5); }

    bool isNull() const { return m_at < m_end && *m_at == 0xF6; }
    /// What comes next: an unsigned or negative integer, bytes, text, array, map, tag, simple.
    int major() const { return m_at < m_end ? *m_at >> 5 : -1; }
    bool null();
    std::optional<bool> boolean();
    /// Integers, and doubles that are one.
    std::optional<qint64> integer();
    std::optional<double> number();
    std::optional<QByteArrayView> text();
    std::optional<QByteArrayView> bytes();
    /// Leaves out one item of any kind.
    bool skip(int depth);
    bool isAtEnd() const { return m_at == m_end && !m_failed; }
    /// What has not been read.
    QByteArrayView rest() const { return QByteArrayView(m_at, m_end); }

private:
    struct Head {
        int major = 0;
        int info = 0;
        quint64 argument = 0;
    };
    std::optional<Head> head();
    Items enter(int major);
    std::optional<QByteArrayView> run(int major);

    const uchar *m_at;
    const uchar *m_end;
    bool m_failed = false;
};

} // namespace casebase
