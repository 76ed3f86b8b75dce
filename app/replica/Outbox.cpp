// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/replica/Outbox.h"

#include "app/replica/OutboxRow.h"
#include "shared/protocol/Message.h"

namespace casebase {

namespace {

constexpr qint64 KeptMs = 30LL * 24 * 3600 * 1000;

} // namespace

Outbox::Outbox(std::unique_ptr<Database> database)
    : m_database(std::move(database))
{
}

Result<std::unique_ptr<Outbox>> Outbox::openFile(
    const QString &path, UserId owner, DeviceId newDevice)
{
    TRY_SET(auto database, Database::openSqlite(path));
    std::unique_ptr<Outbox> outbox(new Outbox(std::move(database)));
    Database &db = *outbox->m_database;
    TRY(migrate(db, QStringLiteral(":/outbox"), path));
    TRY(db.run(QStringLiteral("INSERT INTO device (id, counter, owner) SELECT ?, 0, ? WHERE NOT "
                              "EXISTS (SELECT 1 FROM device)"),
        {newDevice.text(), owner.text()}));
    TRY(db.run(QStringLiteral("UPDATE device SET owner = ? WHERE owner = ''"), {owner.text()}));
    TRY_SET(const auto id, db.text(QStringLiteral("SELECT id FROM device")));
    TRY_SET(const auto whose, db.text(QStringLiteral("SELECT owner FROM device")));
    TRY_SET(const qint64 counter, db.integer(QStringLiteral("SELECT counter FROM device")));
    TRY_SET(const qint64 last,
        db.integer(QStringLiteral("SELECT COALESCE(MAX(counter), 0) FROM request")));
    const auto device = DeviceId::fromText(id.value_or(QString()));
    if (!device) {
        return Error{ErrorCode::Damaged, {path}, {}};
    }
    if (whose != owner.text()) {
        return Error{ErrorCode::Forbidden, {path}, {}};
    }
    outbox->m_device = *device;
    outbox->m_counter = quint64(std::max(counter, last));
    return outbox;
}

Done Outbox::verify()
{
    TRY_SET(Rows rows, m_database->query(QLatin1String(OutboxRow::Select)));
    while (rows.next()) {
        const OutboxRow row(*rows);
        if (!row.isWhole() || (!row.device.isEmpty() && row.device != m_device.text())) {
            return Error{ErrorCode::Damaged, {}, QStringLiteral("request %1").arg(row.counter)};
        }
    }
    return rows.done();
}

Result<QList<Pending>> Outbox::all()
{
    TRY_SET(Rows rows, m_database->query(QLatin1String(OutboxRow::Select)));
    QList<Pending> pending;
    while (rows.next()) {
        // One that another version wrote cannot be read; the row stays where it is.
        if (const auto each = OutboxRow(*rows).pending()) {
            pending += *each;
        }
    }
    TRY(rows.done());
    return pending;
}

Done Outbox::insert(const Pending &pending)
{
    const OutboxRow row(pending, m_device);
    if (row.body.size() > RequestBytes) { // It would wait for ever.
        constexpr double MiB = 1024 * 1024;
        return Error{ErrorCode::TooLarge,
            {QStringLiteral("%1 MiB").arg(double(row.body.size()) / MiB, 0, 'f', 1),
                QStringLiteral("%1 MiB").arg(double(RequestBytes) / MiB, 0, 'f', 1)},
            {}};
    }
    return m_database->run(
        QStringLiteral("INSERT INTO request (counter, base, body, created, error, arguments, "
                       "device, sum) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"),
        {qint64(row.counter), row.base, row.body, row.createdMs, row.error, row.arguments,
            row.device, row.sum});
}

Result<Pending> Outbox::add(BaseId base, const Request &request, qint64 nowMs)
{
    const Pending pending{base, m_counter + 1, request, nowMs, {}};
    const Done added = inTransaction([&]() -> Done {
        TRY(insert(pending));
        return m_database->run(
            QStringLiteral("UPDATE device SET counter = ?"), {qint64(pending.counter)});
    });
    TRY(added);
    m_counter = pending.counter;
    return pending;
}

Done Outbox::acknowledge(const QList<Confirmed> &confirmed, qint64 nowMs)
{
    return inTransaction([&]() -> Done {
        for (const Confirmed &each : confirmed) {
            TRY(m_database->run(
                QStringLiteral("INSERT OR REPLACE INTO acknowledged (counter, base, body, created, "
                               "timeline, revision, at) SELECT counter, base, body, created, ?, "
                               "?, ? FROM request WHERE counter = ?"),
                {each.timeline, qint64(each.revision), nowMs, qint64(each.counter)}));
            TRY(remove(each.counter));
        }
        return m_database->run(
            QStringLiteral("DELETE FROM acknowledged WHERE at < ?"), {nowMs - KeptMs});
    });
}

Result<QList<Pending>> Outbox::takeBack(
    BaseId base, const QString &timeline, quint64 revision, const Error &error)
{
    return inTransaction([&]() -> Result<QList<Pending>> {
        QList<Pending> lost;
        {
            TRY_SET(Rows rows,
                m_database->query(
                    QStringLiteral("SELECT counter, base, body, created FROM acknowledged WHERE "
                                   "base = ? AND timeline = ? AND revision > ? ORDER BY counter"),
                    {base.text(), timeline, qint64(revision)}));
            while (rows.next()) {
                auto request = decodeRequest(rows->bytes(2));
                if (request) {
                    lost += Pending{base, quint64(rows->integer(0)), std::move(request).value(),
                        rows->integer(3), error};
                }
            }
            TRY(rows.done());
        }
        // What another version wrote and this one cannot read stays where it is.
        for (const Pending &each : std::as_const(lost)) {
            TRY(remove(each.counter));
            TRY(insert(each));
            TRY(m_database->run(QStringLiteral("DELETE FROM acknowledged WHERE counter = ?"),
                {qint64(each.counter)}));
        }
        return lost;
    });
}

Result<QList<Pending>> Outbox::renumber(const QList<quint64> &counters)
{
    TRY_SET(const QList<Pending> waiting, all());
    QList<Pending> renumbered;
    for (const quint64 counter : counters) {
        const auto found = std::find_if(waiting.cbegin(), waiting.cend(),
            [counter](const Pending &each) { return each.counter == counter; });
        if (found != waiting.cend()) {
            renumbered += *found;
            renumbered.last().counter = m_counter + quint64(renumbered.size());
        }
    }
    const Done written = inTransaction([&]() -> Done {
        for (const quint64 counter : counters) {
            TRY(remove(counter));
        }
        for (const Pending &each : std::as_const(renumbered)) {
            TRY(insert(each));
        }
        return m_database->run(QStringLiteral("UPDATE device SET counter = ?"),
            {qint64(m_counter + quint64(renumbered.size()))});
    });
    TRY(written);
    m_counter += quint64(renumbered.size());
    return renumbered;
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

Done Outbox::setRefused(const QList<quint64> &counters, const Error &error)
{
    return inTransaction([&]() -> Done {
        for (const quint64 counter : counters) {
            TRY(m_database->run(
                QStringLiteral("UPDATE request SET error = ?, arguments = ? WHERE counter = ?"),
                {int(error.code), error.arguments.join(OutboxRow::Separator), qint64(counter)}));
        }
        return Ok;
    });
}

} // namespace casebase
