// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/auth/Password.h"

#include "shared/support/Text.h"

#include <sodium.h>

#include <algorithm>

namespace casebase {

namespace {

constexpr qsizetype LeastBytes = 10;
constexpr qsizetype MostBytes = 256;
constexpr unsigned long long Passes = 3;
constexpr size_t Memory = 64 * 1024 * 1024;

bool isSodiumReady()
{
    static const bool ready = sodium_init() >= 0;
    return ready;
}

QString hashOf(const QByteArray &password)
{
    char hash[crypto_pwhash_STRBYTES];
    const bool ok = isSodiumReady()
        && crypto_pwhash_str_alg(hash, password.constData(), size_t(password.size()), Passes,
               Memory, crypto_pwhash_ALG_ARGON2ID13)
            == 0;
    return ok ? QString::fromLatin1(hash) : QString();
}

} // namespace

Result<QString> acceptablePassword(const QString &password)
{
    const auto text = storableText(password);
    const qsizetype bytes = text ? text->toUtf8().size() : 0;
    const bool hasControl = std::any_of(password.cbegin(), password.cend(),
        [](QChar c) { return c.category() == QChar::Other_Control; });
    if (bytes < LeastBytes || bytes > MostBytes || hasControl) {
        return Error{ErrorCode::PasswordWeak, {}, {}};
    }
    return *text;
}

Result<QString> hashedPassword(const QString &password)
{
    TRY_SET(const QString text, acceptablePassword(password));
    const QString hash = hashOf(text.toUtf8());
    if (hash.isEmpty()) {
        return Error{ErrorCode::Unavailable, {QStringLiteral("5")},
            QStringLiteral("not enough memory to hash a password")};
    }
    return hash;
}

bool isPasswordOf(const QString &hash, const QString &password)
{
    static const QString nobody = hashOf("no account has this password");
    const QByteArray text = storableText(password).value_or(QString()).toUtf8().left(MostBytes);
    const QByteArray stored = (hash.isEmpty() ? nobody : hash).toLatin1();
    const bool matches = isSodiumReady()
        && crypto_pwhash_str_verify(stored.constData(), text.constData(), size_t(text.size())) == 0;
    return matches && !hash.isEmpty();
}

QString newSecret(const QString &prefix)
{
    QByteArray bytes(32, Qt::Uninitialized);
    if (!isSodiumReady()) {
        qFatal("libsodium cannot start");
    }
    randombytes_buf(bytes.data(), size_t(bytes.size()));
    return prefix
        + QString::fromLatin1(
            bytes.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));
}

QString secretHash(const QString &secret)
{
    const QByteArray text = secret.toUtf8();
    QByteArray hash(32, Qt::Uninitialized);
    crypto_generichash(reinterpret_cast<unsigned char *>(hash.data()), size_t(hash.size()),
        reinterpret_cast<const unsigned char *>(text.constData()), size_t(text.size()), nullptr, 0);
    return QString::fromLatin1(hash.toHex());
}

} // namespace casebase
