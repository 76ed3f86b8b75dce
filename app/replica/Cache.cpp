// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/replica/Cache.h"

#include "app/replica/PieceLoader.h"
#include "shared/protocol/Message.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>

namespace casebase {

namespace {

const char *const Schema[] = {
    "CREATE TABLE IF NOT EXISTS setting (key TEXT PRIMARY KEY, value TEXT NOT NULL)",
    "CREATE TABLE IF NOT EXISTS base (id TEXT PRIMARY KEY, name TEXT NOT NULL, timeline TEXT NOT "
    "NULL, revision INTEGER NOT NULL, people BLOB NOT NULL, sum BLOB NOT NULL)",
    "CREATE TABLE IF NOT EXISTS tab (base TEXT NOT NULL, id TEXT NOT NULL, rows INTEGER NOT NULL, "
    "body BLOB NOT NULL, PRIMARY KEY (base, id))",
    "CREATE TABLE IF NOT EXISTS piece (base TEXT NOT NULL, tab TEXT NOT NULL, col TEXT NOT NULL, "
    "idx INTEGER NOT NULL, body BLOB NOT NULL, PRIMARY KEY (base, tab, col, idx))"};

/// People and instances, in the shape in which a snapshot ends.
QByteArray encodedPeople(BaseId base, const Document &document)
{
    return encodeMessage(SnapshotEnd{base, document.revision(), document.people().all(),
                             document.instances().values(), document.departments().all()},
        true);
}

/// The version of the tables and the account whose file it is.
QString stampOf(UserId owner)
{
    return QStringLiteral("2 ") + owner.text();
}

/// Tells a whole base from a damaged one, together with the sums that are inside the pieces.
class BaseSum {
public:
    BaseSum(const CachedBase &base, const QByteArray &people)
    {
        add(QStringLiteral("%1 %2 %3 %4")
                .arg(base.base.text(), base.name, base.timeline)
                .arg(base.document.revision())
                .toUtf8());
        add(people);
    }
    void addTable(const QString &id, qint64 rows, const QByteArray &body)
    {
        add(QStringLiteral("%1 %2").arg(id).arg(rows).toUtf8());
        add(body);
    }
    QByteArray result() const { return m_hash.result(); }

private:
    void add(const QByteArray &bytes)
    {
        m_hash.addData(QByteArray::number(bytes.size()) + ' ');
        m_hash.addData(bytes);
    }
    QCryptographicHash m_hash{QCryptographicHash::Blake2b_256};
};

/// In the order of their ids, as they are read.
QList<TableId> sortedTables(const Document &document)
{
    QList<TableId> tables = document.tables();
    std::sort(
        tables.begin(), tables.end(), [](TableId a, TableId b) { return a.text() < b.text(); });
    return tables;
}

} // namespace

Cache::Cache(std::unique_ptr<Database> database)
    : m_database(std::move(database))
{
}

Result<std::unique_ptr<Cache>> Cache::openFile(const QString &path, UserId owner)
{
    TRY_SET(auto database, Database::openSqlite(path));
    std::unique_ptr<Cache> cache(new Cache(std::move(database)));
    Database &db = *cache->m_database;
    for (const char *sql : Schema) {
        TRY(db.run(QString::fromLatin1(sql)));
    }
    TRY(db.run(QStringLiteral("INSERT OR IGNORE INTO setting SELECT 'stamp', ? WHERE NOT EXISTS "
                              "(SELECT 1 FROM base)"),
        {stampOf(owner)}));
    TRY_SET(const auto stamp, db.text(QStringLiteral("SELECT value FROM setting")));
    if (stamp != stampOf(owner)) {
        return Error{ErrorCode::Damaged, {}, QStringLiteral("of another version or account")};
    }
    return cache;
}

Result<std::unique_ptr<Cache>> Cache::open(const QString &path, UserId owner)
{
    auto cache = openFile(path, owner);
    if (!cache) {
        qWarning("the cache cannot be opened and is begun anew: %s",
            qUtf8Printable(cache.error().detail));
        // With its log, which must not meet the new file.
        for (const char *end : {"", "-wal", "-shm"}) {
            const QString aside = path + QStringLiteral(".broken") + QLatin1String(end);
            if (!QFile::remove(aside)) {
                QDir().rmdir(aside);
            }
            QFile::rename(path + QLatin1String(end), aside);
        }
        cache = openFile(path, owner);
    }
    return cache;
}

QList<CachedBase> Cache::load()
{
    QList<BaseId> ids;
    auto query = m_database->query(QStringLiteral("SELECT id FROM base"));
    if (query) {
        Rows row = std::move(query).value();
        while (row.next()) {
            if (const auto id = BaseId::fromText(row->text(0))) {
                ids += *id;
            }
        }
    }
    QList<CachedBase> bases;
    for (const BaseId id : std::as_const(ids)) {
        auto base = loadBase(id);
        if (base) {
            m_saved.insert(id, base.value().document);
            bases += std::move(base).value();
        } else {
            qWarning("a base in the cache cannot be read and is loaded again: %s",
                qUtf8Printable(base.error().detail));
            const Done removed = remove(id);
            Q_UNUSED(removed) // What is left of it is written over by the next snapshot.
        }
    }
    return bases;
}

Result<CachedBase> Cache::loadBase(BaseId base)
{
    TRY_SET(Rows head,
        m_database->query(
            QStringLiteral("SELECT name, timeline, revision, people, sum FROM base WHERE id = ?"),
            {base.text()}));
    if (!head.next()) {
        return Error{ErrorCode::Damaged, {}, QStringLiteral("base")};
    }
    CachedBase cached{base, head->text(0), head->text(1), {}};
    cached.document.setRevision(quint64(head->integer(2)));
    const QByteArray people = head->bytes(3);
    BaseSum sum(cached, people);
    TRY_SET(const Message end, decodeMessage(people, qsizetype(1) << 30));
    const auto *ended = std::get_if<SnapshotEnd>(&end);
    if (!ended) {
        return Error{ErrorCode::Damaged, {}, QStringLiteral("people")};
    }
    for (const Person &person : ended->people) {
        cached.document.putPerson(person);
    }
    for (const Instance &instance : ended->instances) {
        cached.document.putInstance(instance);
    }
    cached.document.setDepartments(ended->departments);
    TRY_SET(Rows tables,
        m_database->query(
            QStringLiteral("SELECT body, rows, id FROM tab WHERE base = ? ORDER BY id"),
            {base.text()}));
    while (tables.next()) {
        sum.addTable(tables->text(2), tables->integer(1), tables->bytes(0));
        TRY_SET(const Table table, decodeTable(tables->bytes(0)));
        cached.document.writeTable(table.id) = TableChunks::begin(table, Row(tables->integer(1)));
    }
    TRY(tables.done());
    if (sum.result() != head->bytes(4)) {
        return Error{ErrorCode::Damaged, {}, QStringLiteral("sum")};
    }
    TRY_SET(Rows pieces,
        m_database->query(
            QStringLiteral(
                "SELECT tab, col, idx, body FROM piece WHERE base = ? ORDER BY tab, idx"),
            {base.text()}));
    // While one part of the pieces is unpacked on all processors, the next is read.
    PieceLoader loader(cached.document);
    while (pieces.next()) {
        const auto table = TableId::fromText(pieces->text(0));
        if (table && cached.document.table(*table)) {
            TRY(loader.add(
                {*table, {pieces->text(1), qint32(pieces->integer(2))}, pieces->bytes(3)}));
        }
    }
    TRY(loader.finish());
    TRY(pieces.done());
    for (const TableId table : cached.document.tables()) {
        TRY(TableChunks::finish(cached.document.writeTable(table)));
    }
    return cached;
}

Done Cache::save(const CachedBase &base)
{
    TRY(m_database->begin());
    Done done = write(base);
    if (done) {
        done = m_database->commit();
    }
    if (!done) {
        m_database->rollback();
        return done;
    }
    m_saved.insert(base.base, base.document);
    return m_database->checkpoint();
}

Done Cache::write(const CachedBase &base)
{
    const Document before = m_saved.value(base.base);
    const QByteArray people = encodedPeople(base.base, base.document);
    BaseSum sum(base, people);
    for (const TableId id : sortedTables(base.document)) {
        const TableData &table = *base.document.table(id);
        sum.addTable(id.text(), qint64(table.rowCount()), encodeTable(table.definition()));
    }
    TRY(m_database->run(
        QStringLiteral("INSERT INTO base (id, name, timeline, revision, people, sum) VALUES (?, ?, "
                       "?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET name = excluded.name, timeline "
                       "= excluded.timeline, revision = excluded.revision, people = "
                       "excluded.people, sum = excluded.sum"),
        {base.base.text(), base.name, base.timeline, qint64(base.document.revision()), people,
            sum.result()}));
    for (const TableId table : before.tables()) {
        if (!base.document.table(table)) {
            TRY(m_database->run(QStringLiteral("DELETE FROM tab WHERE base = ? AND id = ?"),
                {base.base.text(), table.text()}));
            TRY(m_database->run(QStringLiteral("DELETE FROM piece WHERE base = ? AND tab = ?"),
                {base.base.text(), table.text()}));
        }
    }
    for (const TableId table : base.document.tables()) {
        TRY(writeTable(base.base, *base.document.table(table), before.table(table)));
    }
    return Ok;
}

Done Cache::writeTable(BaseId base, const TableData &table, const TableData *before)
{
    const QString id = table.definition().id.text();
    TRY(m_database->run(QStringLiteral("INSERT INTO tab (base, id, rows, body) VALUES (?, ?, ?, ?) "
                                       "ON CONFLICT (base, id) DO UPDATE SET rows = "
                                       "excluded.rows, body = excluded.body"),
        {base.text(), id, qint64(table.rowCount()), encodeTable(table.definition())}));
    QSet<ChunkKey> gone;
    if (before) {
        const QList<ChunkKey> keys = TableChunks::keys(*before);
        gone = QSet<ChunkKey>(keys.cbegin(), keys.cend());
    }
    for (const ChunkKey &key : TableChunks::keys(table)) {
        gone.remove(key);
        const ColumnChunk *chunk = TableChunks::chunk(table, key);
        const bool isSame = before && chunk && TableChunks::chunk(*before, key) == chunk;
        if (!isSame) {
            TRY(m_database->run(
                QStringLiteral("INSERT INTO piece (base, tab, col, idx, body) VALUES (?, ?, ?, ?, "
                               "?) ON CONFLICT (base, tab, col, idx) DO UPDATE SET body = "
                               "excluded.body"),
                {base.text(), id, key.column, key.index,
                    compressed(TableChunks::bytes(table, key))}));
        }
    }
    for (const ChunkKey &key : std::as_const(gone)) {
        TRY(m_database->run(
            QStringLiteral("DELETE FROM piece WHERE base = ? AND tab = ? AND col = ? AND idx = ?"),
            {base.text(), id, key.column, key.index}));
    }
    return Ok;
}

Done Cache::remove(BaseId base)
{
    m_saved.remove(base);
    for (const char *sql : {"DELETE FROM base WHERE id = ?", "DELETE FROM tab WHERE base = ?",
             "DELETE FROM piece WHERE base = ?"}) {
        TRY(m_database->run(QString::fromLatin1(sql), {base.text()}));
    }
    return Ok;
}

} // namespace casebase
