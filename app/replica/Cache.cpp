// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/replica/Cache.h"

#include "shared/document/TableChunks.h"
#include "shared/protocol/Message.h"

#include <QFile>

namespace casebase {

namespace {

const char *const Schema[] = {
    "CREATE TABLE IF NOT EXISTS base (id TEXT PRIMARY KEY, name TEXT NOT NULL, timeline TEXT NOT "
    "NULL, revision INTEGER NOT NULL, people BLOB NOT NULL)",
    "CREATE TABLE IF NOT EXISTS tab (base TEXT NOT NULL, id TEXT NOT NULL, rows INTEGER NOT NULL, "
    "body BLOB NOT NULL, PRIMARY KEY (base, id))",
    "CREATE TABLE IF NOT EXISTS piece (base TEXT NOT NULL, tab TEXT NOT NULL, col TEXT NOT NULL, "
    "idx INTEGER NOT NULL, body BLOB NOT NULL, PRIMARY KEY (base, tab, col, idx))"};

/// People and instances, in the shape in which a snapshot ends.
QByteArray encodedPeople(BaseId base, const Document &document)
{
    return encodeMessage(SnapshotEnd{base, document.revision(), document.people().all(),
                             document.instances().values()},
        true);
}

} // namespace

Cache::Cache(std::unique_ptr<Database> database)
    : m_database(std::move(database))
{
}

Result<std::unique_ptr<Cache>> Cache::open(const QString &path)
{
    const auto tryOpen = [&path]() -> Result<std::unique_ptr<Cache>> {
        TRY_SET(auto database, Database::openSqlite(path));
        std::unique_ptr<Cache> cache(new Cache(std::move(database)));
        for (const char *sql : Schema) {
            TRY(cache->m_database->run(QString::fromLatin1(sql)));
        }
        return cache;
    };
    auto cache = tryOpen();
    if (!cache) {
        qWarning("the cache cannot be opened and is begun anew: %s",
            qUtf8Printable(cache.error().detail));
        QFile::remove(path + QStringLiteral(".broken"));
        QFile::rename(path, path + QStringLiteral(".broken"));
        cache = tryOpen();
    }
    return cache;
}

QList<CachedBase> Cache::load()
{
    struct BaseEntryRow {
        BaseId id;
        QString name;
        QString timeline;
        quint64 revision;
    };
    QList<BaseEntryRow> rows;
    auto query = m_database->query(QStringLiteral("SELECT id, name, timeline, revision FROM base"));
    if (query) {
        Rows row = std::move(query).value();
        while (row.next()) {
            if (const auto id = BaseId::fromText(row->text(0))) {
                rows += BaseEntryRow{*id, row->text(1), row->text(2), quint64(row->integer(3))};
            }
        }
    }
    QList<CachedBase> bases;
    for (const BaseEntryRow &row : std::as_const(rows)) {
        auto base = loadBase(row.id, row.name, row.timeline, row.revision);
        if (base) {
            m_saved.insert(row.id, base.value().document);
            bases += std::move(base).value();
        } else {
            qWarning("a base in the cache cannot be read and is loaded again");
            const Done removed = remove(row.id);
            Q_UNUSED(removed)
        }
    }
    return bases;
}

Result<CachedBase> Cache::loadBase(
    BaseId base, const QString &name, const QString &timeline, quint64 revision)
{
    CachedBase cached{base, name, timeline, {}};
    TRY_SET(Rows people,
        m_database->query(QStringLiteral("SELECT people FROM base WHERE id = ?"), {base.text()}));
    if (!people.next()) {
        return Error{ErrorCode::Protocol, {}, {}};
    }
    TRY_SET(const Message end, decodeMessage(people->bytes(0), qsizetype(1) << 30));
    const auto *ended = std::get_if<SnapshotEnd>(&end);
    if (!ended) {
        return Error{ErrorCode::Protocol, {}, {}};
    }
    for (const Person &person : ended->people) {
        cached.document.putPerson(person);
    }
    for (const Instance &instance : ended->instances) {
        cached.document.putInstance(instance);
    }
    TRY_SET(Rows tables,
        m_database->query(
            QStringLiteral("SELECT body, rows FROM tab WHERE base = ?"), {base.text()}));
    while (tables.next()) {
        TRY_SET(const Table table, decodeTable(tables->bytes(0)));
        cached.document.writeTable(table.id) = TableChunks::begin(table, Row(tables->integer(1)));
    }
    TRY(tables.done());
    TRY_SET(Rows pieces,
        m_database->query(
            QStringLiteral(
                "SELECT tab, col, idx, body FROM piece WHERE base = ? ORDER BY tab, idx"),
            {base.text()}));
    while (pieces.next()) {
        const auto table = TableId::fromText(pieces->text(0));
        if (!table || !cached.document.table(*table)) {
            continue;
        }
        TRY_SET(const QByteArray bytes, decompressed(pieces->bytes(3), qsizetype(1) << 30));
        TRY(TableChunks::put(cached.document.writeTable(*table),
            {pieces->text(1), qint32(pieces->integer(2))}, bytes));
    }
    TRY(pieces.done());
    for (const TableId table : cached.document.tables()) {
        TRY(TableChunks::finish(cached.document.writeTable(table)));
    }
    cached.document.setRevision(revision);
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
    return Ok;
}

Done Cache::write(const CachedBase &base)
{
    const Document before = m_saved.value(base.base);
    TRY(m_database->run(
        QStringLiteral("INSERT INTO base (id, name, timeline, revision, people) VALUES (?, ?, ?, "
                       "?, ?) ON CONFLICT (id) DO UPDATE SET name = excluded.name, timeline = "
                       "excluded.timeline, revision = excluded.revision, people = excluded.people"),
        {base.base.text(), base.name, base.timeline, qint64(base.document.revision()),
            encodedPeople(base.base, base.document)}));
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
        const void *identity = TableChunks::identity(table, key);
        const bool isSame =
            before && identity && key.index >= 0 && TableChunks::identity(*before, key) == identity;
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
