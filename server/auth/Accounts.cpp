// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/auth/Accounts.h"

#include "server/auth/Password.h"
#include "shared/support/Text.h"

#include <QHostAddress>

namespace casebase {

namespace {

constexpr qint64 SessionMs = 30LL * 24 * 3600 * 1000;
constexpr qint64 FailureWindowMs = 15 * 60 * 1000;
constexpr int FailuresPerAccount = 10;
constexpr int FailuresPerPeer = 30;

/// One home or office: an IPv4 address, or the 64 bits of a network of IPv6.
QString networkOf(const QString &peer)
{
    const QHostAddress address(peer);
    bool isV4 = false;
    const quint32 v4 = address.toIPv4Address(&isV4);
    if (isV4) {
        return QHostAddress(v4).toString();
    }
    return address.isNull()
        ? peer
        : QHostAddress::parseSubnet(peer + QStringLiteral("/64")).first.toString();
}

} // namespace

Accounts::Accounts(Store &store, WorkQueue &writer, const Clock &clock, IdSource &ids)
    : m_store(store)
    , m_writer(writer)
    , m_clock(clock)
    , m_ids(ids)
{
}

void Accounts::setRevokedHandler(std::function<void(const QStringList &)> handler)
{
    m_revoked = std::move(handler);
}

Done Accounts::write(const std::function<Done(Database &)> &job)
{
    Done result = Ok;
    m_writer.runAndWait([&] { result = job(m_store.database()); });
    return result;
}

Done Accounts::load()
{
    return write([this](Database &database) -> Done {
        const QMutexLocker lock(&m_mutex);
        TRY_SET(Rows accounts,
            database.query(QStringLiteral(
                "SELECT id, username, name, email, password, active, admin FROM account")));
        while (accounts.next()) {
            const auto id = UserId::fromText(accounts->text(0));
            if (id) {
                m_accounts.insert(*id,
                    Account{*id, accounts->text(1), accounts->text(2), accounts->text(3),
                        accounts->text(4), accounts->integer(5) != 0, accounts->integer(6) != 0});
            }
        }
        TRY(accounts.done());
        TRY_SET(Rows tokens,
            database.query(QStringLiteral(
                "SELECT hash, id, account, kind, name, scopes, created, expires FROM token")));
        while (tokens.next()) {
            const auto account = UserId::fromText(tokens->text(2));
            const Token token{tokens->text(0), tokens->text(1), account.value_or(UserId()),
                tokens->text(3) == u"session", tokens->text(4), Scopes(tokens->integer(5)),
                tokens->integer(6), tokens->integer(7)};
            m_tokens.insert(token.hash, token);
        }
        TRY(tokens.done());
        TRY_SET(Rows failures,
            database.query(QStringLiteral("SELECT who, at FROM failure WHERE at > ? ORDER BY at"),
                {m_clock.nowMs() - FailureWindowMs}));
        while (failures.next()) {
            m_failures[failures->text(0)] += failures->integer(1);
        }
        TRY(failures.done());
        return Ok;
    });
}

QList<Account> Accounts::all() const
{
    const QMutexLocker lock(&m_mutex);
    QList<Account> accounts = m_accounts.values();
    std::sort(accounts.begin(), accounts.end(),
        [](const Account &a, const Account &b) { return a.id < b.id; });
    return accounts;
}

std::optional<Account> Accounts::account(UserId id) const
{
    const QMutexLocker lock(&m_mutex);
    const auto found = m_accounts.constFind(id);
    return found == m_accounts.cend() ? std::nullopt : std::optional(*found);
}

std::optional<Account> Accounts::accountNamed(const QString &usernameOrId) const
{
    if (const auto id = UserId::fromText(usernameOrId)) {
        return account(*id);
    }
    const QMutexLocker lock(&m_mutex);
    for (const Account &each : m_accounts) {
        if (each.username.compare(usernameOrId, Qt::CaseInsensitive) == 0) {
            return each;
        }
    }
    return std::nullopt;
}

Result<Account> Accounts::add(const QString &username, const QString &name, const QString &email,
    const QString &password, bool isAdmin)
{
    Account account;
    account.id = m_ids.next<UserId>();
    account.username = storableText(username.trimmed()).value_or(QString());
    account.name = storableText(name.simplified()).value_or(QString());
    account.name = account.name.isEmpty() ? account.username : account.name;
    account.email = email;
    account.isAdmin = isAdmin;
    if (account.username.isEmpty() || account.username.size() > NameLimit) {
        return Error{ErrorCode::NameEmpty, {}, {}};
    }
    if (accountNamed(account.username)) {
        return Error{ErrorCode::NameTaken, {account.username}, {}};
    }
    TRY_SET(account.passwordHash, hashedPassword(password));
    TRY(save(account));
    return account;
}

Done Accounts::update(const Account &account)
{
    TRY(save(account));
    if (!account.isActive) {
        TRY(removeTokens([&](const Token &token) { return token.account == account.id; }));
    }
    return Ok;
}

Done Accounts::setPassword(UserId id, const QString &password)
{
    auto changed = account(id);
    if (!changed) {
        return Error{ErrorCode::NotFound, {id.text()}, {}};
    }
    TRY_SET(changed->passwordHash, hashedPassword(password));
    TRY(save(*changed));
    return removeTokens([&](const Token &token) { return token.account == id && token.isSession; });
}

Done Accounts::save(const Account &account)
{
    TRY(write([&](Database &database) {
        return database.run(
            QStringLiteral("INSERT INTO account (id, username, name, email, password, active, "
                           "admin, created) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO "
                           "UPDATE SET name = excluded.name, email = excluded.email, password = "
                           "excluded.password, active = excluded.active, admin = excluded.admin"),
            {account.id.text(), account.username, account.name, account.email, account.passwordHash,
                int(account.isActive), int(account.isAdmin), m_clock.nowMs()});
    }));
    const QMutexLocker lock(&m_mutex);
    m_accounts.insert(account.id, account);
    return Ok;
}

std::optional<qint64> Accounts::throttledForMs(const QString &key, int limit)
{
    const QMutexLocker lock(&m_mutex);
    QList<qint64> &failures = m_failures[key];
    const qint64 now = m_clock.nowMs();
    // Those of the future too: the clock was set back since.
    failures.removeIf([now](qint64 at) { return std::abs(now - at) > FailureWindowMs; });
    return failures.size() < limit ? std::nullopt
                                   : std::optional(failures.first() + FailureWindowMs - now);
}

void Accounts::countFailure(const QString &key)
{
    const qint64 now = m_clock.nowMs();
    {
        const QMutexLocker lock(&m_mutex);
        m_failures[key] += now;
    }
    // On disk too, so that a restart is no way round it.
    const Done written = write([&](Database &database) -> Done {
        TRY(database.run(
            QStringLiteral("DELETE FROM failure WHERE at < ?"), {now - FailureWindowMs}));
        return database.run(
            QStringLiteral("INSERT INTO failure (who, at) VALUES (?, ?)"), {key, now});
    });
    if (!written) {
        qWarning("a failed sign-in was not noted: %s", qUtf8Printable(written.error().detail));
    }
}

Result<SignedIn> Accounts::signIn(
    const QString &username, const QString &password, const QString &peer)
{
    const QString accountKey =
        QStringLiteral("account ") + username.trimmed().toLower().left(NameLimit);
    const QString peerKey = QStringLiteral("peer ") + networkOf(peer);
    auto waitMs = throttledForMs(accountKey, FailuresPerAccount);
    waitMs = waitMs ? waitMs : throttledForMs(peerKey, FailuresPerPeer);
    if (waitMs) {
        return Error{ErrorCode::Throttled, {QString::number(*waitMs / 1000 + 1)}, {}};
    }
    const auto found = accountNamed(username.trimmed());
    const bool matches = isPasswordOf(found ? found->passwordHash : QString(), password);
    if (!matches || !found->isActive) {
        countFailure(accountKey);
        countFailure(peerKey);
        return Error{ErrorCode::WrongPassword, {}, {}};
    }
    const QString secret = newSecret(QStringLiteral("cbs_"));
    const Token token{secretHash(secret),
        QStringLiteral("ses") + m_ids.next<TaskId>().text().mid(3), found->id, true, {}, AllScopes,
        m_clock.nowMs(), m_clock.nowMs() + SessionMs};
    TRY(insert(token));
    return SignedIn{secret, {*found, token}};
}

Result<Caller> Accounts::caller(const QString &secret) const
{
    const Error refused{ErrorCode::Unauthenticated, {}, {}};
    if (secret.isEmpty() || secret.size() > 200) {
        return refused;
    }
    const QString hash = secretHash(secret);
    const QMutexLocker lock(&m_mutex);
    const auto token = m_tokens.constFind(hash);
    if (token == m_tokens.cend() || (token->expiresMs != 0 && token->expiresMs < m_clock.nowMs())) {
        return refused;
    }
    const auto account = m_accounts.constFind(token->account);
    if (account == m_accounts.cend() || !account->isActive) {
        return refused;
    }
    return Caller{*account, *token};
}

Result<SignedIn> Accounts::createToken(UserId id, const QString &name, Scopes scopes)
{
    const auto owner = account(id);
    if (!owner) {
        return Error{ErrorCode::NotFound, {id.text()}, {}};
    }
    const QString secret = newSecret(QStringLiteral("cbt_"));
    const Token token{secretHash(secret),
        QStringLiteral("pat") + m_ids.next<TaskId>().text().mid(3), id, false, name, scopes,
        m_clock.nowMs(), 0};
    TRY(insert(token));
    return SignedIn{secret, {*owner, token}};
}

Done Accounts::insert(const Token &token)
{
    TRY(write([&](Database &database) {
        return database.run(
            QStringLiteral("INSERT INTO token (hash, id, account, kind, name, scopes, created, "
                           "expires) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"),
            {token.hash, token.id, token.account.text(),
                token.isSession ? QStringLiteral("session") : QStringLiteral("token"), token.name,
                int(token.scopes), token.createdMs, token.expiresMs});
    }));
    const QMutexLocker lock(&m_mutex);
    m_tokens.insert(token.hash, token);
    return Ok;
}

QList<Token> Accounts::tokens(UserId account) const
{
    const QMutexLocker lock(&m_mutex);
    QList<Token> found;
    for (const Token &token : m_tokens) {
        if (token.account == account) {
            found += token;
        }
    }
    return found;
}

Done Accounts::revoke(const QString &tokenId)
{
    return removeTokens([&](const Token &token) { return token.id == tokenId; });
}

Done Accounts::removeTokens(const std::function<bool(const Token &)> &which)
{
    QList<Token> ended;
    {
        const QMutexLocker lock(&m_mutex);
        for (const Token &token : std::as_const(m_tokens)) {
            if (which(token)) {
                ended += token;
            }
        }
    }
    QStringList ids;
    for (const Token &token : ended) {
        TRY(write([&](Database &database) {
            return database.run(QStringLiteral("DELETE FROM token WHERE hash = ?"), {token.hash});
        }));
        const QMutexLocker lock(&m_mutex);
        m_tokens.remove(token.hash);
        ids += token.id;
    }
    if (m_revoked && !ids.isEmpty()) {
        m_revoked(ids);
    }
    return Ok;
}

} // namespace casebase
