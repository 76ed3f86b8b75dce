// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/store/Store.h"
#include "shared/access/Access.h"
#include "shared/support/IdSource.h"
#include "shared/support/WorkQueue.h"

#include <QMutex>

namespace casebase {

/// Somebody who may sign in.
struct Account {
    UserId id;
    QString username;
    QString name;
    QString email;
    QString passwordHash;
    bool isActive = true;
    bool isAdmin = false;
};

/// A session, or a personal access token.
struct Token {
    QString hash;
    QString id;
    UserId account;
    bool isSession = true;
    QString name;
    Scopes scopes = AllScopes;
    qint64 createdMs = 0;
    qint64 expiresMs = 0; ///< 0 is never.
};

/// Who calls, as their token says.
struct Caller {
    Account account;
    Token token;
    Actor actor() const { return {account.id, token.scopes}; }
};

struct SignedIn {
    QString secret;
    Caller caller;
};

/// The accounts, sessions and tokens of the server. Any thread may ask; what hashes a password
/// takes 100 ms and belongs on a worker.
class Accounts {
public:
    Accounts(Store &store, WorkQueue &writer, const Clock &clock, IdSource &ids);
    Done load();

    QList<Account> all() const;
    std::optional<Account> account(UserId id) const;
    std::optional<Account> accountNamed(const QString &usernameOrId) const;

    Result<Account> add(const QString &username, const QString &name, const QString &email,
        const QString &password, bool isAdmin);
    /// Changes name, email, active and admin state.
    Done update(const Account &account);
    /// Ends every session of that person.
    Done setPassword(UserId id, const QString &password);

    /// Throttled per account and per address.
    Result<SignedIn> signIn(const QString &username, const QString &password, const QString &peer);
    Result<Caller> caller(const QString &secret) const;
    Result<SignedIn> createToken(UserId account, const QString &name, Scopes scopes);
    QList<Token> tokens(UserId account) const;
    Done revoke(const QString &tokenId);

    /// Called with the ids of tokens that ended, so that their sockets can be closed.
    void setRevokedHandler(std::function<void(const QStringList &)> handler);

private:
    Done save(const Account &account);
    Done insert(const Token &token);
    Done removeTokens(const std::function<bool(const Token &)> &which);
    std::optional<qint64> throttledForMs(const QString &key, int limit);
    void countFailure(const QString &key);
    Done write(const std::function<Done(Database &)> &job);

    Store &m_store;
    WorkQueue &m_writer;
    const Clock &m_clock;
    IdSource &m_ids;
    std::function<void(const QStringList &)> m_revoked;

    mutable QMutex m_mutex; ///< Guards what follows.
    QHash<UserId, Account> m_accounts;
    QHash<QString, Token> m_tokens;
    QHash<QString, QList<qint64>> m_failures;
};

} // namespace casebase
