// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/support/Result.h"
#include "shared/value/Value.h"

#include <QCborArray>
#include <QCborMap>

#include <optional>
#include <type_traits>

namespace casebase {

inline constexpr int NestingLimit = 32;

/// The greatest valid value of an enum; anything above is refused when read.
template <class T> inline constexpr qint64 EnumLast = 0;

class CborWriter;
class CborReader;

/// A struct is described once, by `template <class A> void describe(A &a, Struct &s)`, which names
/// each member: the same words write it and read it. Empty texts, lists and the like are left out.
template <class T>
concept Described = requires(CborWriter &writer, T &value)
{
    describe(writer, value);
};

QCborValue encodeValue(const Value &value);
bool decodeValue(const QCborValue &cbor, Value &value);

/// Writes the members of one struct into a map.
class CborWriter {
public:
    template <class T> void operator()(const char *key, const T &member)
    {
        // Numbers, flags and enums are always written: their default need not be zero.
        if (std::is_arithmetic_v<T> || std::is_enum_v<T> || !(member == T())) {
            m_map.insert(QLatin1String(key), encode(member));
        }
    }
    const QCborMap &map() const { return m_map; }

    template <class T> static QCborValue encode(const T &value)
    {
        if constexpr (Described<T>) {
            CborWriter writer;
            describe(writer, const_cast<T &>(value)); // writing does not change it
            return writer.m_map;
        } else if constexpr (std::is_enum_v<T>) {
            return qint64(value);
        } else if constexpr (std::is_same_v<T, Value>) {
            return encodeValue(value);
        } else if constexpr (std::is_integral_v<T> && !std::is_same_v<T, bool>) {
            return qint64(value);
        } else if constexpr (requires { value.text(); }) {
            return value.text();
        } else if constexpr (requires { value.has_value(); }) {
            return value ? encode(*value) : QCborValue(nullptr);
        } else if constexpr (requires { value.index(); }) {
            return std::visit(
                [&](const auto &each) {
                    return QCborValue(QCborArray{qint64(value.index()), encode(each)});
                },
                value);
        } else if constexpr (
            std::is_same_v<T,
                QByteArray> || std::is_same_v<T, QString> || std::is_same_v<T, bool> || std::is_same_v<T, double>) {
            return value;
        } else {
            QCborArray array;
            for (const auto &each : value) {
                array += encode(each);
            }
            return array;
        }
    }

private:
    QCborMap m_map;
};

/// Reads the members of one struct from a map. What has the wrong type makes it fail; what is
/// missing keeps its default; what is unknown is ignored, so that newer peers may add.
class CborReader {
public:
    CborReader(const QCborMap &map, int depth)
        : m_map(map)
        , m_depth(depth)
    {
    }
    template <class T> void operator()(const char *key, T &member)
    {
        const QCborValue value = m_map.value(QLatin1String(key));
        if (!value.isUndefined() && !decode(value, member, m_depth + 1)) {
            m_ok = false;
        }
    }
    bool ok() const { return m_ok; }

    template <class T> static bool decode(const QCborValue &cbor, T &value, int depth = 0)
    {
        if (depth > NestingLimit) {
            return false;
        }
        if constexpr (Described<T>) {
            const QCborMap map = cbor.toMap();
            CborReader reader(map, depth);
            describe(reader, value);
            return cbor.isMap() && reader.m_ok;
        } else if constexpr (std::is_enum_v<T>) {
            value = T(cbor.toInteger());
            return (cbor.isInteger() || cbor.isDouble()) && cbor.toInteger(-1) >= 0
                && cbor.toInteger() <= EnumLast<T>;
        } else if constexpr (std::is_same_v<T, Value>) {
            return decodeValue(cbor, value);
        } else if constexpr (std::is_same_v<T, bool>) {
            value = cbor.toBool();
            return cbor.isBool();
        } else if constexpr (std::is_same_v<T, double>) {
            value = cbor.toDouble();
            return cbor.isDouble() || cbor.isInteger();
        } else if constexpr (std::is_integral_v<T>) {
            value = T(cbor.toInteger());
            return cbor.isInteger() || (cbor.isDouble() && cbor.toDouble() == double(value));
        } else if constexpr (std::is_same_v<T, QString>) {
            value = cbor.toString();
            return cbor.isString();
        } else if constexpr (std::is_same_v<T, QByteArray>) {
            value = cbor.toByteArray();
            return cbor.isByteArray();
        } else if constexpr (requires { T::fromText(QString()); }) {
            const auto id = T::fromText(cbor.toString());
            value = id.value_or(T());
            return id.has_value();
        } else if constexpr (requires { value.has_value(); }) {
            typename T::value_type inner;
            const bool ok = decode(cbor, inner, depth + 1);
            value = ok ? T(std::move(inner)) : std::nullopt;
            return ok;
        } else if constexpr (requires { value.index(); }) {
            return decodeVariant(cbor, value, depth);
        } else {
            value.clear();
            for (const QCborValue &each : cbor.toArray()) {
                typename T::value_type inner{};
                if (!decode(each, inner, depth + 1)) {
                    return false;
                }
                value += std::move(inner);
            }
            return cbor.isArray();
        }
    }

private:
    template <class Variant, size_t I = 0>
    static bool decodeVariant(const QCborValue &cbor, Variant &value, int depth)
    {
        if constexpr (I < std::variant_size_v<Variant>) {
            const QCborArray pair = cbor.toArray();
            if (pair.size() != 2 || pair.at(0).toInteger(-1) != qint64(I)) {
                return decodeVariant<Variant, I + 1>(cbor, value, depth);
            }
            std::variant_alternative_t<I, Variant> inner;
            const bool ok = decode(pair.at(1), inner, depth + 1);
            value = std::move(inner);
            return ok;
        } else {
            return false;
        }
    }

    const QCborMap &m_map;
    int m_depth;
    bool m_ok = true;
};

/// One struct from bytes, or a Protocol error that names what it was to be.
template <class T> Result<T> decoded(const QByteArray &bytes, const char *what)
{
    QCborParserError error;
    const QCborValue cbor = QCborValue::fromCbor(bytes, &error);
    T value{};
    if (error.error != QCborError::NoError || !CborReader::decode(cbor, value)) {
        return Error{ErrorCode::Protocol, {QString::fromLatin1(what)}, error.errorString()};
    }
    return value;
}

template <class T> QByteArray encoded(const T &value)
{
    return CborWriter::encode(value).toCbor();
}

} // namespace casebase
