// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/replica/Outbox.h"

#include "shared/protocol/Message.h"

namespace casebase {

namespace {

constexpr qint64 KeptMs = 30LL * 24 * 3600 * 1000;

} // namespace

Outbox::Outbox(std::unique_ptr<Database> database)
    : m_database(std::move(database))
{
}

Result<std::unique_ptr<Outbox>> Outbox::open(const QString &path, DeviceId newDevice)
{
    TRY_SET(auto database, Database::openSqlite(path));
    std::unique_ptr<Outbox> outbox(new Outbox(std::move(database)));
    Database &db = *outbox->m_database;
    TRY(db.run(QStringLiteral("CREATE TABLE IF NOT EXISTS device (id TEXT PRIMARY KEY, counter "
                              "INTEGER NOT NULL)")));
    TRY(db.run(QStringLiteral("CREATE TABLE IF NOT EXISTS request (counter INTEGER PRIMARY KEY, "
                              "base TEXT NOT NULL, body BLOB NOT NULL, created INTEGER NOT NULL, "
                              "error INTEGER NOT NULL, arguments TEXT NOT NULL)")));
    TRY(db.run(QStringLiteral(
        "CREATE TABLE IF NOT EXISTS acknowledged (counter INTEGER PRIMARY KEY, base TEXT NOT NULL, "
        "body BLOB NOT NULL, created INTEGER NOT NULL, timeline TEXT NOT NULL, revision INTEGER "
        "NOT "
        "NULL, at INTEGER NOT NULL)")));
    TRY(db.run(QStringLiteral("INSERT INTO device (id, counter) SELECT ?, 0 WHERE NOT EXISTS "
                              "(SELECT 1 FROM device)"),
        {newDevice.text()}));
    TRY_SET(const auto id, db.text(QStringLiteral("SELECT id FROM device")));
    TRY_SET(const qint64 counter, db.integer(QStringLiteral("SELECT counter FROM device")));
    outbox->m_device = DeviceId::fromText(id.value_or(QString())).value_or(newDevice);
    outbox->m_counter = quint64(counter);
    return outbox;
}

Result<QList<Pending>> Outbox::all()
{
    TRY_SET(Rows rows,
        m_database->query(QStringLiteral("SELECT counter, base, body, created, error, arguments "
                                         "FROM request ORDER BY counter")));
    QList<Pending> pending;
    while (rows.next()) {
        auto request = decodeRequest(rows->bytes(2));
        const auto base = BaseId::fromText(rows->text(1));
        if (!request || !base) {
            continue; // Written by another version; the row stays where it is.
        }
        Pending each{
            *base, quint64(rows->integer(0)), std::move(request).value(), rows->integer(3), {}};
        if (rows->integer(4) != 0) {
            each.refusal = Error{ErrorCode(rows->integer(4)), rows->text(5).split(QChar(0x1F)), {}};
        }
        pending += each;
    }
    TRY(rows.done());
    return pending;
}

Result<Pending> Outbox::add(BaseId base, const Request &request, qint64 nowMs)
{
    const Pending pending{base, m_counter + 1, request, nowMs, {}};
    TRY(m_database->begin());
    Done done = m_database->run(
        QStringLiteral("INSERT INTO request (counter, base, body, created, error, arguments) "
                       "VALUES (?, ?, ?, ?, 0, '')"),
        {qint64(pending.counter), base.text(), encodeRequest(request), nowMs});
    if (done) {
        done = m_database->run(
            QStringLiteral("UPDATE device SET counter = ?"), {qint64(pending.counter)});
    }
    if (done) {
        done = m_database->commit();
    }
    if (!done) {
        m_database->rollback();
        return done.error();
    }
    m_counter = pending.counter;
    return pending;
}

Done Outbox::acknowledge(quint64 counter, const QString &timeline, quint64 revision, qint64 nowMs)
{
    TRY(m_database->begin());
    const auto move = [&]() -> Done {
        TRY(m_database->run(
            QStringLiteral("INSERT OR REPLACE INTO acknowledged (counter, base, body, created, "
                           "timeline, revision, at) SELECT counter, base, body, created, ?, ?, ? "
                           "FROM request WHERE counter = ?"),
            {timeline, qint64(revision), nowMs, qint64(counter)}));
        TRY(m_database->run(
            QStringLiteral("DELETE FROM acknowledged WHERE at < ?"), {nowMs - KeptMs}));
        TRY(remove(counter));
        return m_database->commit();
    };
    const Done moved = move();
    if (!moved) {
        m_database->rollback();
    }
    return moved;
}

Result<QList<Pending>> Outbox::takeBack(
    BaseId base, const QString &timeline, quint64 revision, const Error &error)
{
    const SqlValues which{base.text(), timeline, qint64(revision)};
    const QString where =
        QStringLiteral(" FROM acknowledged WHERE base = ? AND timeline = ? AND revision > ?");
    QSet<quint64> counters;
    TRY(m_database->begin());
    const auto move = [&]() -> Done {
        {
            TRY_SET(Rows rows, m_database->query(QStringLiteral("SELECT counter") + where, which));
            while (rows.next()) {
                counters.insert(quint64(rows->integer(0)));
            }
            TRY(rows.done());
        }
        TRY(m_database->run(QStringLiteral("INSERT OR IGNORE INTO request (counter, base, body, "
                                           "created, error, arguments) SELECT counter, base, body, "
                                           "created, %1, ''")
                                .arg(int(error.code))
                + where,
            which));
        TRY(m_database->run(QStringLiteral("DELETE") + where, which));
        return m_database->commit();
    };
    const Done moved = move();
    if (!moved) {
        m_database->rollback();
        return moved.error();
    }
    TRY_SET(QList<Pending> pending, all());
    pending.removeIf([&](const Pending &each) { return !counters.contains(each.counter); });
    return pending;
}

Done Outbox::setWaiting(quint64 counter)
{
    return m_database->run(
        QStringLiteral("UPDATE request SET error = 0, arguments = '' WHERE counter = ?"),
        {qint64(counter)});
}

Done Outbox::remove(quint64 counter)
{
    return m_database->run(
        QStringLiteral("DELETE FROM request WHERE counter = ?"), {qint64(counter)});
}

Done Outbox::setRefused(quint64 counter, const Error &error)
{
    return m_database->run(
        QStringLiteral("UPDATE request SET error = ?, arguments = ? WHERE counter = ?"),
        {int(error.code), error.arguments.join(QChar(0x1F)), qint64(counter)});
}

} // namespace casebase
