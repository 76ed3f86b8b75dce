// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/protocol/CborBytes.h"
#include "shared/support/Result.h"
#include "shared/value/Value.h"

#include <optional>
#include <type_traits>

namespace casebase {

/// The greatest valid value of an enum; anything above is refused when read.
template <class T> inline constexpr qint64 EnumLast = 0;

class ArchiveWriter;
class MemberReader;

/// A struct is described once, by `template <class A> void describe(A &a, Struct &s)`, which names
/// each member: the same words write it and read it. Empty texts, lists and the like are left out.
template <class T>
concept Described = requires(ArchiveWriter &writer, T &value)
{
    describe(writer, value);
};

/// Writes structs, members and values one after another, as CBOR.
class ArchiveWriter {
public:
    explicit ArchiveWriter(std::string &bytes)
        : m_bytes(bytes)
    {
    }

    /// One member of the struct that is being written.
    template <class T> void operator()(const char *key, const T &member)
    {
        // Numbers, flags and enums are always written: their default need not be zero.
        if constexpr (std::is_arithmetic_v<T> || std::is_enum_v<T>) {
            appendText(m_bytes, QByteArrayView(key));
            write(member);
        } else if (!(member == T())) {
            appendText(m_bytes, QByteArrayView(key));
            write(member);
        }
    }

    template <class T> void write(const T &value)
    {
        if constexpr (Described<T>) {
            beginMap(m_bytes);
            describe(*this, const_cast<T &>(value)); // writing does not change it
            endMap(m_bytes);
        } else if constexpr (std::is_enum_v<T>) {
            appendInteger(m_bytes, qint64(value));
        } else if constexpr (std::is_same_v<T, Value>) {
            writeValue(value);
        } else if constexpr (std::is_same_v<T, bool>) {
            appendBool(m_bytes, value);
        } else if constexpr (std::is_same_v<T, double>) {
            appendDouble(m_bytes, value);
        } else if constexpr (std::is_integral_v<T>) {
            appendInteger(m_bytes, qint64(value));
        } else if constexpr (std::is_same_v<T, QString>) {
            appendText(m_bytes, value.toUtf8());
        } else if constexpr (std::is_same_v<T, QByteArray>) {
            appendBytes(m_bytes, value);
        } else if constexpr (requires { value.bits(); }) {
            appendText(m_bytes, IdText(value));
        } else if constexpr (requires { value.has_value(); }) {
            value ? write(*value) : appendNull(m_bytes);
        } else if constexpr (requires { value.index(); }) {
            beginArray(m_bytes, 2);
            appendInteger(m_bytes, qint64(value.index()));
            std::visit([this](const auto &each) { write(each); }, value);
        } else {
            beginArray(m_bytes, value.size());
            for (const auto &each : value) {
                write(each);
            }
        }
    }

private:
    void writeValue(const Value &value);
    friend struct ValueWriter;

    std::string &m_bytes;
};

/// Reads what ArchiveWriter wrote. False means that the bytes are something else; the reader is of
/// no use after that.
template <class T> bool readArchive(CborReader &reader, T &value, int depth = 0);

/// Reads the member of a struct that has the key, if it has one.
class MemberReader {
public:
    MemberReader(CborReader &reader, QByteArrayView key, int depth)
        : m_reader(reader)
        , m_key(key)
        , m_depth(depth)
    {
    }
    template <class T> void operator()(const char *key, T &member)
    {
        if (!m_isKnown && m_key == QByteArrayView(key)) {
            m_isKnown = true;
            m_ok = readArchive(m_reader, member, m_depth + 1);
        }
    }
    /// What the struct does not know is left out, so that newer peers may add.
    bool finish() { return m_isKnown ? m_ok : m_reader.skip(m_depth + 1); }

private:
    CborReader &m_reader;
    QByteArrayView m_key;
    int m_depth;
    bool m_isKnown = false;
    bool m_ok = true;
};

bool readValue(CborReader &reader, Value &value, int depth);

template <class Variant, size_t I = 0>
bool readAlternative(CborReader &reader, qint64 index, Variant &value, int depth)
{
    if constexpr (I < std::variant_size_v<Variant>) {
        if (index != qint64(I)) {
            return readAlternative<Variant, I + 1>(reader, index, value, depth);
        }
        std::variant_alternative_t<I, Variant> inner;
        const bool ok = readArchive(reader, inner, depth + 1);
        value = std::move(inner);
        return ok;
    } else {
        return false;
    }
}

template <class T> bool readArchive(CborReader &reader, T &value, int depth)
{
    if (depth > CborReader::NestingLimit) {
        return false;
    }
    if constexpr (Described<T>) {
        auto map = reader.enterMap();
        while (map.hasNext(reader)) {
            const auto key = reader.text();
            if (!key) {
                return false;
            }
            MemberReader member(reader, *key, depth);
            describe(member, value);
            if (!member.finish()) {
                return false;
            }
        }
        return map.isWhole(reader);
    } else if constexpr (std::is_enum_v<T>) {
        const auto number = reader.integer();
        value = T(number.value_or(0));
        return number && *number >= 0 && *number <= EnumLast<T>;
    } else if constexpr (std::is_same_v<T, Value>) {
        return readValue(reader, value, depth);
    } else if constexpr (std::is_same_v<T, bool>) {
        const auto flag = reader.boolean();
        value = flag.value_or(false);
        return flag.has_value();
    } else if constexpr (std::is_same_v<T, double>) {
        const auto number = reader.number();
        value = number.value_or(0);
        return number.has_value();
    } else if constexpr (std::is_integral_v<T>) {
        const auto number = reader.integer();
        value = T(number.value_or(0));
        return number.has_value();
    } else if constexpr (std::is_same_v<T, QString>) {
        const auto text = reader.text();
        value = text ? QString::fromUtf8(*text) : QString();
        return text.has_value();
    } else if constexpr (std::is_same_v<T, QByteArray>) {
        const auto bytes = reader.bytes();
        value = bytes ? bytes->toByteArray() : QByteArray();
        return bytes.has_value();
    } else if constexpr (requires { T::fromLatin1(QByteArrayView()); }) {
        const auto text = reader.text();
        const auto id = text ? T::fromLatin1(*text) : std::nullopt;
        value = id.value_or(T());
        return id.has_value();
    } else if constexpr (requires { value.has_value(); }) {
        value.emplace();
        return readArchive(reader, *value, depth + 1);
    } else if constexpr (requires { value.index(); }) {
        auto pair = reader.enterArray();
        const auto index = pair.hasNext(reader) ? reader.integer() : std::nullopt;
        return index && pair.hasNext(reader) && readAlternative(reader, *index, value, depth)
            && !pair.hasNext(reader) && pair.isWhole(reader);
    } else {
        value.clear();
        auto array = reader.enterArray();
        while (array.hasNext(reader)) {
            typename T::value_type inner{};
            if (!readArchive(reader, inner, depth + 1)) {
                return false;
            }
            value += std::move(inner);
        }
        return array.isWhole(reader);
    }
}

/// One struct from bytes, or a Protocol error that names what it was to be.
template <class T> Result<T> decoded(const QByteArray &bytes, const char *what)
{
    CborReader reader(bytes);
    T value{};
    if (!readArchive(reader, value) || !reader.isAtEnd()) {
        return Error{ErrorCode::Protocol, {QString::fromLatin1(what)}, {}};
    }
    return value;
}

template <class T> QByteArray encoded(const T &value)
{
    std::string bytes;
    ArchiveWriter(bytes).write(value);
    return QByteArray(bytes.data(), qsizetype(bytes.size()));
}

} // namespace casebase
