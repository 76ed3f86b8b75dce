// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/secret/Keeper.h"

#include <array>
#include <optional>

namespace casebase {

/// How the box of a sensitive text begins; what follows is said where each is made.
enum class BoxKind : quint8 {
    Kept = 1, ///< By the server, for one cell.
    Posted = 2 ///< By somebody, for the server.
};
/// Nothing for what is no box.
std::optional<BoxKind> boxKind(QByteArrayView box);

/// What a text is encrypted with. Ends with all zeros.
class SecretKey {
public:
    static constexpr qsizetype Size = 32;

    SecretKey() = default;
    ~SecretKey();
    SecretKey(const SecretKey &) = default;
    SecretKey &operator=(const SecretKey &) = default;
    /// Made of nothing but chance.
    static SecretKey random();
    /// Nothing if it has another size.
    static std::optional<SecretKey> fromBytes(QByteArrayView bytes);
    QByteArray bytes() const;
    const uchar *data() const { return m_bytes.data(); }
    uchar *data() { return m_bytes.data(); }

private:
    std::array<uchar, Size> m_bytes{};
};

/// The server's two keys for what is sent to it: everybody may know the first one.
struct KeyPair {
    QByteArray open;
    SecretKey secret;
    /// The same for the same seed.
    static KeyPair fromSeed(const SecretKey &seed);
};

/// Puts texts into boxes that only the server can open (X25519, XSalsa20-Poly1305). The box: kind,
/// sender's public key, nonce, text in UTF-8, encrypted.
class Sealer {
public:
    /// Nothing if that is no public key.
    static std::optional<Sealer> create(const QByteArray &serverKey);
    /// The text with its mask.
    Sealed seal(const QString &text, SensitiveForm form) const;

private:
    Sealer() = default;
    QByteArray m_sender;
    SecretKey m_shared;
};

/// The text in a box that was posted to these keys.
std::optional<QString> openPosted(QByteArrayView box, const KeyPair &keys);

/// What the server keeps texts with (XChaCha20-Poly1305). The box: kind, number of the key, tag,
/// nonce, text in UTF-8, encrypted. The nonce comes of text and place, so that equal boxes mean
/// equal texts in one cell; place, key and tag are authenticated with it.
struct SealingKey {
    quint32 number = 0;
    SecretKey secret;
};
QByteArray keptBox(
    const QString &text, QByteArrayView place, const QByteArray &tag, const SealingKey &key);
/// The number of the key that opens a kept box; 0 for another one.
quint32 keyNumber(QByteArrayView box);
std::optional<QString> openKept(QByteArrayView box, QByteArrayView place, const SealingKey &key);
/// The tag of a text, for equalityTag().
QByteArray tagOf(const QString &comparable, QByteArrayView place, const SecretKey &key);
/// Tells keys apart without telling them.
QString fingerprint(const SecretKey &key);

} // namespace casebase
