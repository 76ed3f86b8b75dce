// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/vault/Vault.h"

#include "shared/secret/Mask.h"
#include "shared/support/DiskSync.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>

namespace casebase {

namespace {

const QString Keys = QStringLiteral("keys");
const QString Number = QStringLiteral("number");
const QString State = QStringLiteral("state");
const QString Key = QStringLiteral("key");
const QString Equality = QStringLiteral("equality");
const QString Posting = QStringLiteral("posting");
const QString Active = QStringLiteral("active");

QString textOf(const SecretKey &key)
{
    return QString::fromLatin1(key.bytes().toBase64());
}

std::optional<SecretKey> keyIn(const QJsonValue &json)
{
    return SecretKey::fromBytes(QByteArray::fromBase64(json.toString().toLatin1()));
}

Error noKeys()
{
    return {ErrorCode::SecretsLocked, {}, {}};
}

} // namespace

class Vault::BaseKeeper final : public Keeper {
public:
    BaseKeeper(const Vault &vault, const QString &base)
        : m_vault(vault)
        , m_base(base)
    {
    }

    Result<Sealed> keep(
        const QString &text, const CellPlace &place, SensitiveForm form) const override
    {
        if (m_vault.isLocked()) {
            return noKeys();
        }
        const QByteArray field = fieldBytes(place);
        const QByteArray tag = tagOf(comparable(text, form), field, m_vault.m_equality);
        return Sealed{masked(text, form),
            keptBox(text, cellBytes(place), tag, m_vault.m_keys.value(m_vault.m_active))};
    }

    Result<QString> open(const Sealed &sealed, const CellPlace &place) const override
    {
        if (m_vault.isLocked()) {
            return noKeys();
        }
        const auto text = boxKind(sealed.box) == BoxKind::Posted
            ? openPosted(sealed.box, m_vault.m_posting)
            : openKept(sealed.box, cellBytes(place), m_vault.m_keys.value(keyNumber(sealed.box)));
        return text ? Result<QString>(*text) : Error{ErrorCode::SecretForeign, {sealed.mask}, {}};
    }

private:
    QByteArray fieldBytes(const CellPlace &place) const
    {
        return (m_base + u'|' + place.table.text() + u'|' + place.field.text()).toUtf8();
    }
    QByteArray cellBytes(const CellPlace &place) const
    {
        return fieldBytes(place) + '|' + place.record.text().toUtf8();
    }

    const Vault &m_vault;
    QString m_base;
};

const QString Vault::Setting = QStringLiteral("keys");

QString Vault::path(const QString &folder)
{
    return folder + QStringLiteral("/keys.json");
}

std::unique_ptr<Vault> Vault::locked()
{
    return std::unique_ptr<Vault>(new Vault);
}

std::unique_ptr<Vault> Vault::withNewKeys()
{
    auto vault = locked();
    vault->m_active = 1;
    vault->m_keys.insert(1, {1, SecretKey::random()});
    vault->m_equality = SecretKey::random();
    vault->m_seed = SecretKey::random();
    vault->m_posting = KeyPair::fromSeed(vault->m_seed);
    return vault;
}

Result<std::unique_ptr<Vault>> Vault::open(const QString &folder, const QStringList &known)
{
    const QString path = Vault::path(folder);
    QFile file(path);
    if (!file.exists()) {
        if (!known.isEmpty()) {
            return locked();
        }
        auto made = withNewKeys();
        TRY(made->write(path));
        return made;
    }
    if (!file.open(QIODevice::ReadOnly)) {
        return Error{ErrorCode::NotWritable, {path}, file.errorString()};
    }
    TRY_SET(auto vault, read(file.readAll(), path));
    const QStringList own = vault->fingerprints();
    const bool isRight = std::all_of(
        known.cbegin(), known.cend(), [&own](const QString &each) { return own.contains(each); });
    return isRight ? std::move(vault) : locked();
}

Result<std::unique_ptr<Vault>> Vault::read(const QByteArray &json, const QString &file)
{
    const QJsonObject object = QJsonDocument::fromJson(json).object();
    auto vault = locked();
    const auto equality = keyIn(object.value(Equality));
    const auto seed = keyIn(object.value(Posting));
    const QJsonArray keys = object.value(Keys).toArray();
    bool isWhole = equality && seed;
    for (const QJsonValue &each : keys) {
        const auto number = quint32(each[Number].toInteger());
        const auto key = keyIn(each[Key]);
        isWhole = isWhole && key && number > 0 && !vault->m_keys.contains(number);
        vault->m_keys.insert(number, {number, key.value_or(SecretKey())});
        vault->m_active = each[State].toString() == Active ? number : vault->m_active;
    }
    if (!isWhole || vault->m_active == 0) {
        return Error{ErrorCode::Invalid, {QStringLiteral("the key file %1").arg(file)}, {}};
    }
    vault->m_equality = *equality;
    vault->m_seed = *seed;
    vault->m_posting = KeyPair::fromSeed(*seed);
    return vault;
}

Done Vault::write(const QString &file) const
{
    QJsonArray keys;
    for (const SealingKey &each : m_keys) {
        keys += QJsonObject{{Number, qint64(each.number)}, {Key, textOf(each.secret)},
            {State, each.number == m_active ? Active : QStringLiteral("old")}};
    }
    const QJsonObject object{
        {Keys, keys}, {Equality, textOf(m_equality)}, {Posting, textOf(m_seed)}};
    // It is on the disk, under its name, before anything is kept with it.
    QSaveFile saved(file);
    const bool isWritten = saved.open(QIODevice::WriteOnly)
        && saved.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner)
        && saved.write(QJsonDocument(object).toJson()) > 0 && saved.flush();
    const Done synced = isWritten ? syncToDisk(saved) : Done(Ok);
    if (!isWritten || !synced || !saved.commit()) {
        return Error{ErrorCode::NotWritable, {file}, saved.errorString()};
    }
    return syncFolder(QFileInfo(file).path());
}

QStringList Vault::fingerprints() const
{
    QStringList all;
    for (const SealingKey &each : m_keys) {
        all += fingerprint(each.secret);
    }
    return isLocked() ? all : all + QStringList{fingerprint(m_equality), fingerprint(m_seed)};
}

std::unique_ptr<Keeper> Vault::keeper(const QString &base) const
{
    return std::make_unique<BaseKeeper>(*this, base);
}

} // namespace casebase
