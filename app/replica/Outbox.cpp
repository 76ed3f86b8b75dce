// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/replica/Outbox.h"

#include "shared/protocol/Message.h"

namespace casebase {

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
