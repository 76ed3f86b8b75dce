// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/secret/Box.h"

#include <QMap>

#include <memory>

namespace casebase {

/// The keys of sensitive texts, from a file beside the database that no backup holds. Without the
/// right file nothing is opened and nothing new is kept; all else goes on. Any thread.
class Vault {
public:
    /// Under which setting the store has the fingerprints of its keys, with spaces between.
    static const QString Setting;
    /// Where the keys of a store lie.
    static QString path(const QString &folder);
    /// Reads the keys. `known` are the fingerprints that the database knows keys by; where it knows
    /// none and there is no file, keys are made. Locked if there is no file, or not one with those
    /// keys. Fails if the file cannot be read, or not be made.
    static Result<std::unique_ptr<Vault>> open(const QString &folder, const QStringList &known);

    /// One without keys.
    static std::unique_ptr<Vault> locked();

    bool isLocked() const { return m_keys.isEmpty(); }
    /// Of its keys, for the database.
    QStringList fingerprints() const;
    /// What others seal texts to; empty if it is locked.
    QByteArray publicKey() const { return m_posting.open; }
    /// Keeps and opens the texts of one base. Not to be used once the vault is gone.
    std::unique_ptr<Keeper> keeper(const QString &base) const;

private:
    class BaseKeeper;

    static Result<std::unique_ptr<Vault>> read(const QByteArray &json, const QString &file);
    Done write(const QString &file) const;
    static std::unique_ptr<Vault> withNewKeys();

    QMap<quint32, SealingKey> m_keys;
    quint32 m_active = 0; ///< The number of the key that new texts are kept with.
    SecretKey m_equality;
    SecretKey m_seed;
    KeyPair m_posting;
};

} // namespace casebase
