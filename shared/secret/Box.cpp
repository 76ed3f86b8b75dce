// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/secret/Box.h"

#include "shared/secret/Mask.h"

#include <sodium.h>

#include <QtEndian>

namespace casebase {

namespace {

constexpr qsizetype TagSize = 16;
constexpr qsizetype NumberSize = sizeof(quint32);
constexpr qsizetype KeptNonceSize = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr qsizetype KeptHeader = 1 + NumberSize + TagSize;
constexpr qsizetype KeptSeal = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr qsizetype PostedHeader = 1 + crypto_box_PUBLICKEYBYTES;
static_assert(SecretKey::Size == crypto_aead_xchacha20poly1305_ietf_KEYBYTES
    && SecretKey::Size == crypto_box_SECRETKEYBYTES && SecretKey::Size == crypto_box_BEFORENMBYTES
    && SecretKey::Size == crypto_kdf_KEYBYTES && SecretKey::Size == crypto_box_SEEDBYTES);

void makeReady()
{
    static const bool ready = sodium_init() >= 0;
    if (!ready) {
        qFatal("libsodium cannot be used: there are no random numbers");
    }
}

const uchar *data(QByteArrayView bytes)
{
    return reinterpret_cast<const uchar *>(bytes.data());
}

uchar *data(QByteArray &bytes)
{
    return reinterpret_cast<uchar *>(bytes.data());
}

QByteArray hashed(QByteArrayView bytes, const SecretKey &key, qsizetype size)
{
    makeReady();
    QByteArray hash(size, Qt::Uninitialized);
    crypto_generichash(data(hash), size_t(size), data(bytes), size_t(bytes.size()), key.data(),
        size_t(SecretKey::Size));
    return hash;
}

/// One key for each use, so that none tells anything of another.
SecretKey derived(const SecretKey &key, quint64 use)
{
    makeReady();
    SecretKey made;
    crypto_kdf_derive_from_key(made.data(), size_t(SecretKey::Size), use, "casebase", key.data());
    return made;
}

/// With the length in front, nothing else comes to the same bytes.
QByteArray joined(QByteArrayView first, QByteArrayView second)
{
    return QByteArray::number(first.size()) + ':' + first.toByteArray() + second.toByteArray();
}

} // namespace

std::optional<BoxKind> boxKind(QByteArrayView box)
{
    const int first = box.isEmpty() ? 0 : uchar(box.front());
    return first == int(BoxKind::Kept) && box.size() >= KeptHeader + KeptNonceSize + KeptSeal
        ? std::optional(BoxKind::Kept)
        : first == int(BoxKind::Posted)
            && box.size() >= PostedHeader + qsizetype(crypto_box_NONCEBYTES + crypto_box_MACBYTES)
        ? std::optional(BoxKind::Posted)
        : std::nullopt;
}

QByteArray equalityTag(const Sealed &sealed)
{
    return boxKind(sealed.box) == BoxKind::Kept ? sealed.box.mid(1 + NumberSize, TagSize)
                                                : QByteArray();
}

SecretKey::~SecretKey()
{
    sodium_memzero(m_bytes.data(), m_bytes.size());
}

SecretKey SecretKey::random()
{
    makeReady();
    SecretKey made;
    randombytes_buf(made.m_bytes.data(), made.m_bytes.size());
    return made;
}

std::optional<SecretKey> SecretKey::fromBytes(QByteArrayView bytes)
{
    if (bytes.size() != Size) {
        return std::nullopt;
    }
    SecretKey made;
    std::copy(bytes.begin(), bytes.end(), made.m_bytes.begin());
    return made;
}

QByteArray SecretKey::bytes() const
{
    return QByteArray(reinterpret_cast<const char *>(m_bytes.data()), Size);
}

KeyPair KeyPair::fromSeed(const SecretKey &seed)
{
    makeReady();
    KeyPair made;
    made.open.resize(crypto_box_PUBLICKEYBYTES);
    crypto_box_seed_keypair(casebase::data(made.open), made.secret.data(), seed.data());
    return made;
}

std::optional<Sealer> Sealer::create(const QByteArray &serverKey)
{
    if (serverKey.size() != crypto_box_PUBLICKEYBYTES) {
        return std::nullopt;
    }
    makeReady();
    Sealer made;
    made.m_sender.resize(crypto_box_PUBLICKEYBYTES);
    SecretKey own;
    crypto_box_keypair(data(made.m_sender), own.data());
    const bool isKey = crypto_box_beforenm(made.m_shared.data(), data(serverKey), own.data()) == 0;
    return isKey ? std::optional(made) : std::nullopt;
}

Sealed Sealer::seal(const QString &text, SensitiveForm form) const
{
    const QByteArray plain = text.toUtf8();
    QByteArray nonce(crypto_box_NONCEBYTES, Qt::Uninitialized);
    randombytes_buf(nonce.data(), size_t(nonce.size()));
    QByteArray sealed(plain.size() + qsizetype(crypto_box_MACBYTES), Qt::Uninitialized);
    crypto_box_easy_afternm(
        data(sealed), data(plain), size_t(plain.size()), data(nonce), m_shared.data());
    return {masked(text, form), char(BoxKind::Posted) + m_sender + nonce + sealed};
}

std::optional<QString> openPosted(QByteArrayView box, const KeyPair &keys)
{
    if (boxKind(box) != BoxKind::Posted) {
        return std::nullopt;
    }
    makeReady();
    // One sender after the other: those of one sender come together.
    static thread_local QByteArray lastSender;
    static thread_local SecretKey lastShared;
    const QByteArrayView sender = box.sliced(1, crypto_box_PUBLICKEYBYTES);
    const QByteArray pair = sender.toByteArray() + keys.open;
    if (lastSender != pair) {
        if (crypto_box_beforenm(lastShared.data(), data(sender), keys.secret.data()) != 0) {
            lastSender.clear();
            return std::nullopt;
        }
        lastSender = pair;
    }
    const QByteArrayView nonce = box.sliced(PostedHeader, crypto_box_NONCEBYTES);
    const QByteArrayView sealed = box.sliced(PostedHeader + qsizetype(crypto_box_NONCEBYTES));
    QByteArray plain(sealed.size() - qsizetype(crypto_box_MACBYTES), Qt::Uninitialized);
    const bool isWhole = crypto_box_open_easy_afternm(data(plain), data(sealed),
                             size_t(sealed.size()), data(nonce), lastShared.data())
        == 0;
    return isWhole ? std::optional(QString::fromUtf8(plain)) : std::nullopt;
}

QByteArray keptBox(
    const QString &text, QByteArrayView place, const QByteArray &tag, const SealingKey &key)
{
    const QByteArray plain = text.toUtf8();
    QByteArray header(1 + NumberSize, char(BoxKind::Kept));
    qToLittleEndian(key.number, header.data() + 1);
    header += tag;
    const QByteArray bound = joined(header, place);
    const QByteArray nonce = hashed(joined(bound, plain), derived(key.secret, 2), KeptNonceSize);
    QByteArray sealed(plain.size() + KeptSeal, Qt::Uninitialized);
    crypto_aead_xchacha20poly1305_ietf_encrypt(data(sealed), nullptr, data(plain),
        size_t(plain.size()), data(bound), size_t(bound.size()), nullptr, data(nonce),
        derived(key.secret, 1).data());
    return header + nonce + sealed;
}

quint32 keyNumber(QByteArrayView box)
{
    return boxKind(box) == BoxKind::Kept ? qFromLittleEndian<quint32>(box.data() + 1) : 0;
}

std::optional<QString> openKept(QByteArrayView box, QByteArrayView place, const SealingKey &key)
{
    if (keyNumber(box) != key.number || key.number == 0) {
        return std::nullopt;
    }
    const QByteArray bound = joined(box.first(KeptHeader), place);
    const QByteArrayView nonce = box.sliced(KeptHeader, KeptNonceSize);
    const QByteArrayView sealed = box.sliced(KeptHeader + KeptNonceSize);
    QByteArray plain(sealed.size() - KeptSeal, Qt::Uninitialized);
    const bool isWhole = crypto_aead_xchacha20poly1305_ietf_decrypt(data(plain), nullptr, nullptr,
                             data(sealed), size_t(sealed.size()), data(bound), size_t(bound.size()),
                             data(nonce), derived(key.secret, 1).data())
        == 0;
    return isWhole ? std::optional(QString::fromUtf8(plain)) : std::nullopt;
}

QByteArray tagOf(const QString &comparable, QByteArrayView place, const SecretKey &key)
{
    return hashed(joined(place, comparable.toUtf8()), key, TagSize);
}

QString fingerprint(const SecretKey &key)
{
    return QString::fromLatin1(hashed("fingerprint", derived(key, 3), TagSize).toHex());
}

} // namespace casebase
