// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/admin/StoreCheck.h"

#include "server/vault/Vault.h"
#include "shared/document/Adopt.h"
#include "shared/document/LinkIndex.h"
#include "shared/protocol/Message.h"

#include <QFile>

#include <algorithm>

namespace casebase {

namespace {

constexpr qsizetype FaultsPerKind = 20;

/// Collects lines, not more of one kind than anybody reads.
class Faults {
public:
    void add(const QString &kind, const QString &line)
    {
        if (++m_counts[kind] <= FaultsPerKind) {
            m_lines += QStringLiteral("%1: %2").arg(kind, line);
        }
    }
    QStringList lines() const
    {
        QStringList all = m_lines;
        for (auto each = m_counts.cbegin(); each != m_counts.cend(); ++each) {
            if (*each > FaultsPerKind) {
                all += QStringLiteral("%1: and %2 more").arg(each.key()).arg(*each - FaultsPerKind);
            }
        }
        return all;
    }

private:
    QStringList m_lines;
    QMap<QString, qsizetype> m_counts;
};

Done checkFile(Database &database, Faults &faults)
{
    TRY_SET(Rows rows, database.query(QStringLiteral("PRAGMA integrity_check(20)")));
    while (rows.next()) {
        if (rows->text(0) != u"ok") {
            faults.add(QStringLiteral("database"), rows->text(0));
        }
    }
    TRY(rows.done());
    TRY_SET(Rows keys, database.query(QStringLiteral("PRAGMA foreign_key_check")));
    while (keys.next()) {
        faults.add(QStringLiteral("database"),
            QStringLiteral("row %1 of %2 refers to nothing")
                .arg(keys->integer(1))
                .arg(keys->text(0)));
    }
    return keys.done();
}

void compareRecords(
    const QString &base, const TableData &stored, const TableData &replayed, Faults &faults)
{
    const QString where = QStringLiteral("%1 %2").arg(base, stored.definition().name);
    if (stored.rowCount() != replayed.rowCount()) {
        faults.add(QStringLiteral("records"),
            QStringLiteral("%1: %2 in the table, %3 in the log")
                .arg(where)
                .arg(stored.rowCount())
                .arg(replayed.rowCount()));
        return;
    }
    for (Row row = 0; row < stored.rowCount(); ++row) {
        const RecordMeta a = stored.meta(row);
        const RecordMeta b = replayed.meta(row);
        bool isSame = stored.recordId(row) == replayed.recordId(row)
            && stored.isAlive(row) == replayed.isAlive(row) && a.createdMs == b.createdMs
            && a.createdBy == b.createdBy && a.modifiedMs == b.modifiedMs
            && a.modifiedBy == b.modifiedBy && a.revision == b.revision;
        for (const Field &field : stored.definition().fields) {
            // Both ends of links: what followed edit by edit is what comes of the kept ends anew.
            isSame = isSame
                && (field.kind == FieldKind::Links
                        ? stored.allLinks(row, field) == replayed.allLinks(row, field)
                        : !field.isStored()
                            || stored.value(row, field) == replayed.value(row, field));
        }
        if (!isSame) {
            faults.add(QStringLiteral("records"),
                QStringLiteral("%1: %2 differs from the log")
                    .arg(where, stored.recordId(row).text()));
        }
    }
}

void compare(const QString &base, const Document &stored, const Document &replayed, Faults &faults)
{
    if (stored.tables() != replayed.tables()) {
        faults.add(QStringLiteral("records"), base + QStringLiteral(": other tables than the log"));
        return;
    }
    for (const TableId id : stored.tables()) {
        if (stored.table(id)->definition() != replayed.table(id)->definition()) {
            faults.add(QStringLiteral("records"),
                QStringLiteral("%1 %2: another definition than the log")
                    .arg(base, stored.table(id)->definition().name));
            continue;
        }
        compareRecords(base, *stored.table(id), *replayed.table(id), faults);
    }
    const QStringList broken = brokenLinks(stored);
    for (const QString &each : broken) {
        faults.add(QStringLiteral("links"), base + QLatin1String(": ") + each);
    }
    if (stored.people() != replayed.people()) {
        faults.add(
            QStringLiteral("records"), base + QStringLiteral(": other members than the log"));
    }
    if (stored.departments() != replayed.departments()) {
        faults.add(
            QStringLiteral("records"), base + QStringLiteral(": other departments than the log"));
    }
    if (stored.instances() != replayed.instances()) {
        faults.add(
            QStringLiteral("records"), base + QStringLiteral(": other workflow runs than the log"));
    }
}

/// The index of requests says what the log says, as far as it is written.
Done checkRequests(Database &database, const BaseRow &base,
    const QHash<RequestId, quint64> &requests, Faults &faults)
{
    TRY_SET(const qint64 indexed,
        database.integer(
            QStringLiteral("SELECT indexed FROM base WHERE id = ?"), {base.id.text()}));
    TRY_SET(Rows rows,
        database.query(
            QStringLiteral("SELECT device, counter, revision FROM request WHERE base = ?"),
            {base.id.text()}));
    qsizetype right = 0;
    while (rows.next()) {
        const RequestId request{
            DeviceId::fromText(rows->text(0)).value_or(DeviceId()), quint64(rows->integer(1))};
        right += requests.value(request) == quint64(rows->integer(2)) ? 1 : 0;
    }
    TRY(rows.done());
    const qsizetype wanted = std::count_if(requests.cbegin(), requests.cend(),
        [indexed](quint64 revision) { return revision <= quint64(indexed); });
    if (right != wanted) {
        faults.add(QStringLiteral("index"),
            QStringLiteral("%1: %2 requests are found, %3 are in the log up to revision %4")
                .arg(base.name)
                .arg(right)
                .arg(wanted)
                .arg(indexed));
    }
    return Ok;
}

/// What the log makes of nothing; faults of the log on the way.
Result<Document> replay(Database &database, const BaseRow &base, Faults &faults)
{
    Document replayed;
    QByteArray previous;
    quint64 expected = 1;
    QHash<RequestId, quint64> requests;
    TRY_SET(Rows rows,
        database.query(QStringLiteral("SELECT revision, actor, time, changes, hash, device, "
                                      "counter FROM commits WHERE base = ? ORDER BY revision"),
            {base.id.text()}));
    while (rows.next()) {
        Commit commit;
        commit.revision = quint64(rows->integer(0));
        commit.stamp = {UserId::fromText(rows->text(1)).value_or(UserId()), rows->integer(2)};
        const QByteArray body = rows->bytes(3);
        const QByteArray hash = rows->bytes(4);
        if (commit.revision != expected) {
            faults.add(QStringLiteral("log"),
                QStringLiteral("%1: revision %2 is missing").arg(base.name).arg(expected));
        }
        if (hash != chainedHash(previous, commit, body)) {
            faults.add(QStringLiteral("log"),
                QStringLiteral("%1: the chain breaks at revision %2")
                    .arg(base.name)
                    .arg(commit.revision));
        }
        auto changes = decodeChanges(body);
        if (!changes) {
            faults.add(QStringLiteral("log"),
                QStringLiteral("%1: revision %2 cannot be read")
                    .arg(base.name)
                    .arg(commit.revision));
        } else {
            adopt(replayed, changes.value(), commit.stamp, commit.revision, {});
        }
        const RequestId request{
            DeviceId::fromText(rows->text(5)).value_or(DeviceId()), quint64(rows->integer(6))};
        if (requests.contains(request)) {
            faults.add(QStringLiteral("log"),
                QStringLiteral("%1: revisions %2 and %3 are of one request")
                    .arg(base.name)
                    .arg(requests.value(request))
                    .arg(commit.revision));
        }
        requests.insert(request, commit.revision);
        expected = commit.revision + 1;
        previous = hash;
    }
    TRY(rows.done());
    TRY(checkRequests(database, base, requests, faults));
    if (base.revision != expected - 1) {
        faults.add(QStringLiteral("log"),
            QStringLiteral("%1: the base is at revision %2, the log at %3")
                .arg(base.name)
                .arg(base.revision)
                .arg(expected - 1));
    }
    return replayed;
}

/// The keys that the database knows, if they are there. None are made.
Result<std::unique_ptr<Vault>> vaultOf(Store &store, const QString &folder, Faults &faults)
{
    TRY_SET(const QString known, store.setting(Vault::Setting));
    const QString path = Vault::path(folder);
    const QStringList fingerprints = known.split(u' ', Qt::SkipEmptyParts);
    if (fingerprints.isEmpty() && !QFile::exists(path)) {
        return Vault::locked(); // No server has run there yet.
    }
    auto opened = Vault::open(folder, fingerprints);
    if (!opened || opened.value()->isLocked()) {
        faults.add(QStringLiteral("keys"),
            QStringLiteral("%1 is not there, or does not hold the keys of this database")
                .arg(path));
    }
    return opened ? std::move(opened).value() : Vault::locked();
}

/// Every sensitive text can be opened where it stands.
void checkSecrets(const BaseRow &base, const Document &document, const Vault &vault, Faults &faults)
{
    const auto keeper = vault.keeper(base.id.text());
    for (const TableId id : vault.isLocked() ? QList<TableId>() : document.tables()) {
        const TableData &table = *document.table(id);
        for (const Field &field : table.definition().fields) {
            for (Row row = 0; field.kind == FieldKind::Sensitive && row < table.rowCount(); ++row) {
                const Value value = table.value(row, field);
                const auto *sealed = std::get_if<Sealed>(&value);
                if (sealed && !keeper->open(*sealed, {id, table.recordId(row), field.id})) {
                    faults.add(QStringLiteral("keys"),
                        QStringLiteral("%1 %2: “%3” of %4 cannot be opened")
                            .arg(base.name, table.definition().name, field.name,
                                table.recordId(row).text()));
                }
            }
        }
    }
}

Done checkAttachments(Database &database, const FileStore &files, Faults &faults)
{
    TRY_SET(Rows rows, database.query(QStringLiteral("SELECT id, hash, name, size FROM file")));
    while (rows.next()) {
        const auto bytes = files.get(rows->text(1));
        if (!bytes) {
            faults.add(QStringLiteral("attachment"),
                QStringLiteral("%1 “%2” is missing").arg(rows->text(0), rows->text(2)));
        } else if (bytes.value().size() != rows->integer(3)
            || FileStore::hashOf(bytes.value()) != rows->text(1)) {
            faults.add(QStringLiteral("attachment"),
                QStringLiteral("%1 “%2” holds something else").arg(rows->text(0), rows->text(2)));
        }
    }
    return rows.done();
}

} // namespace

Result<QStringList> storeFaults(Database &database, const FileStore &files, const QString &folder)
{
    Faults faults;
    // One state, whatever is committed meanwhile.
    TRY(database.run(QStringLiteral("BEGIN")));
    const auto check = [&]() -> Done {
        TRY(checkFile(database, faults));
        Store store(database);
        TRY_SET(const auto vault, vaultOf(store, folder, faults));
        TRY_SET(const QList<BaseRow> bases, store.bases());
        for (const BaseRow &base : bases) {
            TRY_SET(const Document replayed, replay(database, base, faults));
            const auto stored = store.load(base);
            if (stored) {
                Document calculated = stored.value();
                calculateAll(calculated, {});
                compare(base.name, calculated, replayed, faults);
                checkSecrets(base, stored.value(), *vault, faults);
            } else {
                faults.add(QStringLiteral("records"),
                    QStringLiteral("%1: %2").arg(base.name, stored.error().detail));
            }
        }
        return checkAttachments(database, files, faults);
    };
    const Done checked = check();
    database.rollback();
    TRY(checked);
    return faults.lines();
}

} // namespace casebase
