// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/support/Result.h"

namespace casebase {

/// Refuses what is too short, too long or unreadable; the composed (NFC) form otherwise.
Result<QString> acceptablePassword(const QString &password);
/// argon2id, about 100 ms and 64 MiB: on a worker thread.
Result<QString> hashedPassword(const QString &password);
/// As slow as hashing, also when the hash is empty, so that it does not tell who exists.
bool isPasswordOf(const QString &hash, const QString &password);

/// A new secret of 256 random bits, with a prefix that tells what it is.
QString newSecret(const QString &prefix);
/// What is stored of a secret.
QString secretHash(const QString &secret);

} // namespace casebase
