// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/Store.h"

#include "shared/protocol/Message.h"
#include "shared/support/Parallel.h"

#include <QCryptographicHash>
#include <QSet>

#include <algorithm>

namespace casebase {

namespace {

const QString TableKind = QStringLiteral("table");
const QString PersonKind = QStringLiteral("person");
const QString DepartmentsKind = QStringLiteral("departments"); ///< All in one row.
const QString InstanceKind = QStringLiteral("instance");

Result<Commit> commitFrom(const Rows &row)
{
    Commit commit;
    commit.revision = quint64(row->integer(0));
    commit.stamp.actor = UserId::fromText(row->text(1)).value_or(UserId());
    commit.stamp.timeMs = row->integer(2);
    commit.request.device = DeviceId::fromText(row->text(3)).value_or(DeviceId());
    commit.request.counter = quint64(row->integer(4));
    TRY_SET(commit.changes, decodeChanges(row->bytes(5)));
    return commit;
}

const QString CommitColumns =
    QStringLiteral("revision, actor, time, device, counter, changes, request");

} // namespace

Store::Store(Database &database)
    : m_database(database)
    , m_index(database)
    , m_files(database)
{
}

Result<QString> Store::setting(const QString &key)
{
    TRY_SET(const auto value,
        m_database.text(QStringLiteral("SELECT value FROM setting WHERE key = ?"), {key}));
    return value.value_or(QString());
}

Done Store::setSetting(const QString &key, const QString &value)
{
    return m_database.run(QStringLiteral("INSERT INTO setting (key, value) VALUES (?, ?) "
                                         "ON CONFLICT (key) DO UPDATE SET value = excluded.value"),
        {key, value});
}

Result<QList<BaseRow>> Store::bases()
{
    TRY_SET(Rows rows,
        m_database.query(
            QStringLiteral("SELECT id, name, revision FROM base ORDER BY position, id")));
    QList<BaseRow> bases;
    while (rows.next()) {
        bases += BaseRow{BaseId::fromText(rows->text(0)).value_or(BaseId()), rows->text(1),
            quint64(rows->integer(2))};
    }
    TRY(rows.done());
    return bases;
}

Done Store::createBase(BaseId base, const QString &name)
{
    return m_database.run(
        QStringLiteral("INSERT INTO base (id, name, position, revision) VALUES (?, ?, "
                       "(SELECT COALESCE(MAX(position), 0) + 1 FROM base), 0)"),
        {base.text(), name});
}

Done Store::renameBase(BaseId base, const QString &name)
{
    return m_database.run(
        QStringLiteral("UPDATE base SET name = ? WHERE id = ?"), {name, base.text()});
}

Result<QList<QByteArray>> Store::entities(BaseId base, const QString &kind)
{
    TRY_SET(Rows rows,
        m_database.query(QStringLiteral("SELECT body FROM entity WHERE base = ? AND kind = ?"),
            {base.text(), kind}));
    QList<QByteArray> bodies;
    while (rows.next()) {
        bodies += rows->bytes(0);
    }
    TRY(rows.done());
    return bodies;
}

Result<Document> Store::load(const BaseRow &base)
{
    Document document;
    TRY_SET(const QList<QByteArray> tables, entities(base.id, TableKind));
    for (const QByteArray &body : tables) {
        TRY_SET(const Table table, decodeTable(body));
        TRY_SET(document.writeTable(table.id), TableSql(m_database, table).load());
    }
    TRY_SET(const QList<QByteArray> people, entities(base.id, PersonKind));
    for (const QByteArray &body : people) {
        TRY_SET(const Person person, decodePerson(body));
        document.putPerson(person);
    }
    TRY_SET(const QList<QByteArray> departments, entities(base.id, DepartmentsKind));
    for (const QByteArray &body : departments) {
        TRY_SET(const QList<Department> all, decodeDepartments(body));
        document.setDepartments(all);
    }
    TRY_SET(const QList<QByteArray> instances, entities(base.id, InstanceKind));
    for (const QByteArray &body : instances) {
        TRY_SET(const Instance instance, decodeInstance(body));
        document.putInstance(instance);
    }
    document.setRevision(base.revision);
    return document;
}

void Store::forget()
{
    m_lastHash.clear();
    m_index.forget();
    m_tables.clear();
}

Result<std::optional<LoggedCommit>> Store::commitOf(BaseId base, const RequestId &request)
{
    TRY_SET(const auto revision, m_index.revisionOf(base, request));
    if (!revision) {
        return std::optional<LoggedCommit>();
    }
    TRY_SET(Rows row,
        m_database.query(QStringLiteral("SELECT %1 FROM commits WHERE base = ? AND revision = ?")
                             .arg(CommitColumns),
            {base.text(), qint64(*revision)}));
    if (!row.next()) {
        TRY(row.done());
        return std::optional<LoggedCommit>();
    }
    TRY_SET(Commit commit, commitFrom(row));
    return std::optional(LoggedCommit{std::move(commit), row->text(6)});
}

Result<quint64> Store::lastCounter(DeviceId device)
{
    return m_index.lastCounter(device);
}

Done Store::append(BaseId base, const LoggedCommit &logged, const Document &after)
{
    TRY(m_index.load(base));
    // What a large commit needs most time for, its text for the log, is made on an idle thread.
    QByteArray changes;
    Done written = Ok;
    const bool isLarge = std::any_of(logged.commit.changes.changes.cbegin(),
        logged.commit.changes.changes.cend(), [](const Change &change) {
            const auto *records = std::get_if<RecordChanges>(&change);
            return records && records->cells.size() > 1000;
        });
    const auto makePart = [&](size_t part) {
        if (part == 0) {
            changes = encodeChanges(logged.commit.changes);
        } else {
            written = writeChanges(base, logged.commit, after);
        }
        return true;
    };
    if (isLarge) {
        inParallel(2, makePart);
    } else {
        makePart(0);
        makePart(1);
    }
    TRY(written);
    TRY(appendToLog(base, logged, changes));
    m_index.add(base, logged.commit);
    return Ok;
}

Done Store::writeChanges(BaseId base, const Commit &commit, const Document &after)
{
    for (const Change &change : commit.changes.changes) {
        if (const auto *table = std::get_if<TableChange>(&change)) {
            TRY(writeTable(base, *table));
        } else if (const auto *records = std::get_if<RecordChanges>(&change)) {
            TRY(writeRecords(*records, commit.revision, after));
        } else if (const auto *person = std::get_if<PersonChange>(&change)) {
            TRY(writeEntity(
                base, PersonKind, person->after.id.text(), encodePerson(person->after)));
        } else if (const auto *departments = std::get_if<DepartmentsChange>(&change)) {
            TRY(writeEntity(
                base, DepartmentsKind, base.text(), encodeDepartments(departments->after)));
        } else if (const auto *instance = std::get_if<InstanceChange>(&change)) {
            TRY(writeEntity(
                base, InstanceKind, instance->after.id.text(), encodeInstance(instance->after)));
        }
    }
    return Ok;
}

Done Store::appendToLog(BaseId base, const LoggedCommit &logged, const QByteArray &changes)
{
    const Commit &commit = logged.commit;
    if (!m_lastHash.contains(base)) {
        TRY_SET(const auto last,
            m_database.text(QStringLiteral("SELECT hash FROM commits WHERE base = ? "
                                           "ORDER BY revision DESC LIMIT 1"),
                {base.text()}));
        m_lastHash.insert(base, last.value_or(QString()).toLatin1());
    }
    const QByteArray hash = chainedHash(m_lastHash.value(base), commit, changes);
    TRY_SET(const auto insert,
        m_database.statement(
            QStringLiteral("INSERT INTO commits (base, revision, actor, time, device, counter, "
                           "request, changes, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")));
    const IdText baseText(base);
    const IdText actorText(commit.stamp.actor);
    const IdText deviceText(commit.request.device);
    const QByteArray request = logged.requestHash.toLatin1();
    insert->bindText(0, baseText);
    insert->bindInteger(1, qint64(commit.revision));
    insert->bindText(2, actorText);
    insert->bindInteger(3, commit.stamp.timeMs);
    insert->bindText(4, deviceText);
    insert->bindInteger(5, qint64(commit.request.counter));
    insert->bindText(6, request);
    insert->bindBytes(7, changes);
    insert->bindText(8, hash);
    TRY(insert->run());
    m_lastHash.insert(base, hash);
    return Ok;
}

Done Store::rewriteLog(BaseId base, const std::function<Result<bool>(ChangeSet &)> &change)
{
    TRY(m_database.setWiping(true));
    QByteArray previous;
    bool isOther = false;
    for (quint64 since = 0;;) {
        TRY_SET(const QList<Commit> commits, commitsSince(base, since, 100));
        if (commits.isEmpty()) {
            break;
        }
        for (Commit commit : commits) {
            since = commit.revision;
            TRY_SET(const bool isChanged, change(commit.changes));
            isOther = isOther || isChanged;
            TRY_SET(Rows row,
                m_database.query(QStringLiteral("SELECT changes, hash FROM commits WHERE base = ? "
                                                "AND revision = ?"),
                    {base.text(), qint64(since)}));
            if (!row.next()) {
                TRY(row.done());
                break;
            }
            const QByteArray changes = isChanged ? encodeChanges(commit.changes) : row->bytes(0);
            previous = isOther ? chainedHash(previous, commit, changes) : row->bytes(1);
            if (isOther) {
                TRY(m_database.run(QStringLiteral("UPDATE commits SET changes = ?, hash = ? WHERE "
                                                  "base = ? AND revision = ?"),
                    {changes, QString::fromLatin1(previous), base.text(), qint64(since)}));
            }
        }
    }
    m_lastHash.insert(base, previous);
    return Ok;
}

Done Store::setRevision(BaseId base, quint64 revision)
{
    TRY(m_database.run(QStringLiteral("UPDATE base SET revision = ? WHERE id = ?"),
        {qint64(revision), base.text()}));
    return m_index.write(base);
}

QByteArray chainedHash(const QByteArray &previous, const Commit &commit, const QByteArray &changes)
{
    QCryptographicHash chain(QCryptographicHash::Sha256);
    chain.addData(previous);
    chain.addData('|' + QByteArray::number(commit.revision) + '|'
        + commit.stamp.actor.text().toLatin1() + '|' + QByteArray::number(commit.stamp.timeMs)
        + '|');
    chain.addData(changes);
    return chain.result().toHex();
}

Done Store::writeEntity(BaseId base, const QString &kind, const QString &id, const QByteArray &body)
{
    return m_database.run(
        QStringLiteral("INSERT INTO entity (base, kind, id, body) VALUES (?, ?, ?, ?) "
                       "ON CONFLICT (base, kind, id) DO UPDATE SET body = excluded.body"),
        {base.text(), kind, id, body});
}

Done Store::writeTable(BaseId base, const TableChange &change)
{
    if (!change.after) {
        return Ok;
    }
    const Table &table = *change.after;
    TRY(writeEntity(base, TableKind, table.id.text(), encodeTable(table)));
    m_tables.erase(table.id);
    TableSql sql(m_database, table);
    if (!change.before) {
        TRY(sql.create());
    } else {
        for (const Field &field : table.fields) {
            const Field *before = change.before->field(field.id);
            if (!before) {
                TRY(sql.addColumn(field));
                continue;
            }
            if (before->isStored() && !field.isStored()) {
                TRY(sql.clearColumn(field));
            }
            if (before->kind != field.kind) {
                TRY(sql.retypeColumn(field));
            }
        }
    }
    TRY_SET(const auto baseName,
        m_database.text(QStringLiteral("SELECT name FROM base WHERE id = ?"), {base.text()}));
    return sql.replaceView(
        baseName.value_or(QString()), change.before ? change.before->name : QString());
}

Done Store::writeRecords(const RecordChanges &changes, quint64 revision, const Document &after)
{
    const TableData *table = after.table(changes.table);
    if (!table) {
        return Ok;
    }
    TableSql &sql = tableSql(table->definition());
    QSet<RecordId> whole;
    QHash<RecordId, QList<FieldId>> edited;
    QList<RecordId> order;
    QList<Row> born;
    for (const RecordChange &each : changes.records) {
        whole.insert(each.record);
        const Row row = *table->row(each.record);
        if (each.isNew) {
            TRY(sql.insert(*table, row));
            born += row;
        } else {
            TRY(sql.update(*table, row, {}));
        }
    }
    TRY(writeBirths(changes.table, born, revision));
    for (const CellChange &cell : changes.cells) {
        if (whole.isEmpty() || !whole.contains(cell.record)) {
            QList<FieldId> &fields = edited[cell.record];
            if (fields.isEmpty()) {
                order += cell.record;
            }
            fields += cell.field;
        }
    }
    for (const RecordId record : order) {
        TRY(sql.update(*table, *table->row(record), edited.value(record)));
    }
    return Ok;
}

TableSql &Store::tableSql(const Table &table)
{
    return m_tables.try_emplace(table.id, m_database, table).first->second;
}

Done Store::writeBirths(TableId table, const QList<Row> &rows, quint64 revision)
{
    // They are in one run, since nobody else creates records meanwhile.
    if (rows.isEmpty()) {
        return Ok;
    }
    return m_database.run(
        QStringLiteral("INSERT INTO birth (tab, first, last, revision) VALUES (?, ?, ?, ?)"),
        {table.text(), qint64(rows.first()), qint64(rows.last()), qint64(revision)});
}

Result<QList<Commit>> Store::readCommits(const QString &sql, const SqlValues &values)
{
    TRY_SET(Rows rows, m_database.query(sql, values));
    QList<Commit> commits;
    while (rows.next()) {
        TRY_SET(Commit commit, commitFrom(rows));
        commits += std::move(commit);
    }
    TRY(rows.done());
    return commits;
}

Result<QList<Commit>> Store::commitsSince(BaseId base, quint64 since, int limit)
{
    return readCommits(QStringLiteral("SELECT %1 FROM commits WHERE base = ? AND revision > ? "
                                      "ORDER BY revision LIMIT ?")
                           .arg(CommitColumns),
        {base.text(), qint64(since), limit});
}

Result<QList<Commit>> Store::historyOf(
    BaseId base, TableId table, Row row, RecordId record, int limit)
{
    TRY_SET(QList<quint64> revisions, m_index.touching(base, record));
    TRY_SET(Rows births,
        m_database.query(
            QStringLiteral("SELECT revision FROM birth WHERE tab = ? AND first <= ? AND last >= ?"),
            {table.text(), qint64(row), qint64(row)}));
    while (births.next()) {
        revisions += quint64(births->integer(0));
    }
    TRY(births.done());
    std::sort(revisions.begin(), revisions.end(), std::greater());
    // A record may be written to again in the commit that makes it.
    revisions.erase(std::unique(revisions.begin(), revisions.end()), revisions.end());
    QList<Commit> history;
    for (const quint64 revision :
        std::as_const(revisions).first(std::min(qsizetype(limit), revisions.size()))) {
        TRY_SET(const QList<Commit> found, commitsSince(base, revision - 1, 1));
        history += found;
    }
    return history;
}

} // namespace casebase
