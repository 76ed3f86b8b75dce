// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/TableSql.h"

#include "shared/field/DateFields.h"
#include "shared/value/Packed.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace casebase {

namespace {

/// Binds the content of one cell, straight from its column.
class CellBinder {
public:
    CellBinder(Statement &statement, const TableData &table, Row row)
        : m_statement(statement)
        , m_table(table)
        , m_row(row)
    {
    }

    void bind(int position, const Field &field)
    {
        const Column *column = m_table.column(field.id);
        if (!column) {
            return m_statement.bindNull(position);
        }
        std::visit([&](const auto &each) { bindFrom(each, position, field.kind); }, *column);
    }

private:
    void bindFrom(const BytesColumn &column, int position, FieldKind kind)
    {
        const QByteArrayView bytes = column.at(m_row);
        if (bytes.isEmpty()) {
            m_statement.bindNull(position);
        } else if (kind == FieldKind::MultipleSelects) {
            m_statement.bind(position, optionsText(unpackedOptions(bytes)));
        } else if (valueTypeOf(kind) == ValueType::Files) {
            m_statement.bind(position, attachmentsText(unpackedAttachments(bytes)));
        } else if (kind == FieldKind::Persons) {
            m_statement.bind(position, personsText(unpackedPersons(bytes)));
        } else if (kind == FieldKind::Links) {
            m_statement.bind(position, linksText(unpackedLinks(bytes)));
        } else if (kind == FieldKind::Sensitive) {
            const Sealed sealed = unpackedSealed(bytes);
            m_statement.bind(
                position, arrayText({sealed.mask, QString::fromLatin1(sealed.box.toBase64())}));
        } else {
            m_statement.bindText(position, bytes);
        }
    }
    void bindFrom(const NumberColumn &column, int position, FieldKind)
    {
        column.has(m_row) ? m_statement.bindNumber(position, column.at(m_row))
                          : m_statement.bindNull(position);
    }
    void bindFrom(const IntegerColumn &column, int position, FieldKind kind)
    {
        if (!column.has(m_row)) {
            m_statement.bindNull(position);
        } else if (kind == FieldKind::Date) {
            m_statement.bind(
                position, toQDate(Date{qint32(column.at(m_row))}).toString(Qt::ISODate));
        } else {
            m_statement.bindInteger(position, column.at(m_row));
        }
    }
    void bindFrom(const BitColumn &column, int position, FieldKind)
    {
        column.at(m_row) ? m_statement.bindInteger(position, 1) : m_statement.bindNull(position);
    }
    void bindFrom(const CodeColumn &column, int position, FieldKind kind)
    {
        const auto id = column.get(m_row);
        if (!id) {
            m_statement.bindNull(position);
        } else {
            m_statement.bind(position,
                valueTypeOf(kind) == ValueType::Person ? UserId(*id).text() : OptionId(*id).text());
        }
    }

    static QString arrayText(const QJsonArray &array)
    {
        return QString::fromUtf8(QJsonDocument(array).toJson(QJsonDocument::Compact));
    }
    static QString optionsText(const Options &options)
    {
        QJsonArray array;
        for (const OptionId option : options) {
            array += option.text();
        }
        return arrayText(array);
    }
    static QString personsText(const Persons &persons)
    {
        QJsonArray array;
        for (const UserId person : persons) {
            array += person.text();
        }
        return arrayText(array);
    }
    static QString linksText(const Links &links)
    {
        QJsonArray array;
        for (const Link &link : links) {
            array += link.record.text();
        }
        return arrayText(array);
    }
    static QString attachmentsText(const Attachments &files)
    {
        QJsonArray array;
        for (const Attachment &file : files) {
            array += QJsonArray{file.id.text(), file.name, file.size, file.mimeType};
        }
        return arrayText(array);
    }

    Statement &m_statement;
    const TableData &m_table;
    Row m_row;
};

Value idFrom(const QString &text, FieldKind kind)
{
    if (valueTypeOf(kind) == ValueType::Option) {
        const auto id = OptionId::fromText(text);
        return id ? Value(*id) : Value();
    }
    const auto id = UserId::fromText(text);
    return id ? Value(*id) : Value();
}

Value listFrom(const QString &text, FieldKind kind)
{
    const QJsonArray array = QJsonDocument::fromJson(text.toUtf8()).array();
    if (valueTypeOf(kind) == ValueType::Options) {
        Options options;
        for (const QJsonValue &each : array) {
            if (const auto id = OptionId::fromText(each.toString())) {
                options += *id;
            }
        }
        return options.isEmpty() ? Value() : Value(options);
    }
    if (valueTypeOf(kind) == ValueType::Persons) {
        Persons persons;
        for (const QJsonValue &each : array) {
            if (const auto id = UserId::fromText(each.toString())) {
                persons += *id;
            }
        }
        return persons.isEmpty() ? Value() : Value(persons);
    }
    if (valueTypeOf(kind) == ValueType::Links) {
        Links links;
        for (const QJsonValue &each : array) {
            if (const auto id = RecordId::fromText(each.toString())) {
                links += Link{*id, {}};
            }
        }
        return links.isEmpty() ? Value() : Value(links);
    }
    if (valueTypeOf(kind) == ValueType::Sealed) {
        return array.isEmpty() ? Value()
                               : Value(Sealed{array.at(0).toString(),
                                   QByteArray::fromBase64(array.at(1).toString().toLatin1())});
    }
    Attachments files;
    for (const QJsonValue &each : array) {
        const QJsonArray row = each.toArray();
        if (const auto id = FileId::fromText(row.at(0).toString())) {
            files += Attachment{
                *id, row.at(1).toString(), qint64(row.at(2).toDouble()), row.at(3).toString()};
        }
    }
    return files.isEmpty() ? Value() : Value(files);
}

/// What the statement's column holds, as the field has it. Another program may have written there:
/// what makes no sense is empty.
Value valueFrom(const Statement &row, int at, FieldKind kind)
{
    switch (valueTypeOf(kind)) {
    case ValueType::Text:
        return row.text(at);
    case ValueType::Number:
        return row.number(at);
    case ValueType::Flag:
        return row.integer(at) != 0 ? Value(true) : Value();
    case ValueType::Date: {
        const QDate date = QDate::fromString(row.text(at), Qt::ISODate);
        return date.isValid() ? Value(fromQDate(date)) : Value();
    }
    case ValueType::Moment:
        return Moment{row.integer(at)};
    case ValueType::Option:
    case ValueType::Person:
        return idFrom(row.text(at), kind);
    case ValueType::Options:
    case ValueType::Persons:
    case ValueType::Files:
    case ValueType::Links:
    case ValueType::Sealed:
    case ValueType::Nothing:
        return listFrom(row.text(at), kind);
    }
    return {};
}

QString columnType(Dialect dialect, FieldKind kind)
{
    if (dialect == Dialect::Sqlite) {
        return {}; // a column without a type keeps whatever a field may become
    }
    switch (valueTypeOf(kind)) {
    case ValueType::Number:
        return sqlNumberType(dialect);
    case ValueType::Flag:
    case ValueType::Moment:
        return sqlIntegerType(dialect);
    default:
        return QStringLiteral("TEXT");
    }
}

QString literal(QString text)
{
    return u'\'' + text.replace(u'\'', QLatin1String("''")) + u'\'';
}

/// How the view shows a column: options by name, moments as text.
QString shownColumn(const Field &field, Dialect dialect)
{
    const QString column = quotedName(field.id.text());
    if (valueTypeOf(field.kind) == ValueType::Option && !field.options.isEmpty()
        && field.options.size() <= 200) {
        QString cases = QStringLiteral("CASE ") + column;
        for (const Option &option : field.options) {
            cases += QStringLiteral(" WHEN %1 THEN %2")
                         .arg(literal(option.id.text()), literal(option.name));
        }
        return cases + QStringLiteral(" END");
    }
    if (valueTypeOf(field.kind) == ValueType::Moment) {
        return dialect == Dialect::Sqlite
            ? QStringLiteral("datetime(%1 / 1000, 'unixepoch')").arg(column)
            : QStringLiteral("to_timestamp(%1 / 1000.0)").arg(column);
    }
    if (valueTypeOf(field.kind) == ValueType::Sealed) {
        return dialect == Dialect::Sqlite ? QStringLiteral("json_extract(%1, '$[0]')").arg(column)
                                          : QStringLiteral("%1::json ->> 0").arg(column);
    }
    return column;
}

const QStringList MetaColumns{QStringLiteral("id"), QStringLiteral("alive"),
    QStringLiteral("created"), QStringLiteral("created_by"), QStringLiteral("modified"),
    QStringLiteral("modified_by"), QStringLiteral("revision")};

void bindMeta(Statement &statement, int position, const TableData &table, Row row)
{
    const RecordMeta meta = table.meta(row);
    statement.bindInteger(position, table.isAlive(row) ? 1 : 0);
    statement.bindInteger(position + 1, meta.createdMs);
    statement.bind(position + 2, meta.createdBy.text());
    statement.bindInteger(position + 3, meta.modifiedMs);
    statement.bind(position + 4, meta.modifiedBy.text());
    statement.bindInteger(position + 5, qint64(meta.revision));
}

/// Rows count from 0, the numbers in the database from 1.
qint64 slotOf(Row row)
{
    return qint64(row) + 1;
}

} // namespace

TableSql::TableSql(Database &database, const Table &table)
    : m_database(database)
    , m_table(table)
    , m_name(quotedName(table.id.text()))
{
}

Done TableSql::create()
{
    const QString serial = m_database.dialect() == Dialect::Sqlite
        ? QStringLiteral("INTEGER PRIMARY KEY")
        : QStringLiteral("BIGSERIAL PRIMARY KEY");
    TRY(m_database.run(QStringLiteral(
        "CREATE TABLE %1 (slot %2, id TEXT NOT NULL, alive INTEGER NOT NULL, "
        "created BIGINT NOT NULL, created_by TEXT NOT NULL, modified BIGINT NOT NULL, "
        "modified_by TEXT NOT NULL, revision BIGINT NOT NULL)")
                           .arg(m_name, serial)));
    for (const Field &field : m_table.fields) {
        TRY(addColumn(field));
    }
    return Ok;
}

Done TableSql::addColumn(const Field &field)
{
    return m_database.run(QStringLiteral("ALTER TABLE %1 ADD COLUMN %2 %3")
                              .arg(m_name, quotedName(field.id.text()),
                                  columnType(m_database.dialect(), field.kind)));
}

Done TableSql::retypeColumn(const Field &field)
{
    if (m_database.dialect() == Dialect::Sqlite) {
        return Ok;
    }
    return m_database.run(QStringLiteral("ALTER TABLE %1 ALTER COLUMN %2 TYPE %3 USING NULL")
                              .arg(m_name, quotedName(field.id.text()),
                                  columnType(m_database.dialect(), field.kind)));
}

Done TableSql::clearColumn(const Field &field)
{
    return m_database.run(
        QStringLiteral("UPDATE %1 SET %2 = NULL").arg(m_name, quotedName(field.id.text())));
}

Done TableSql::replaceView(const QString &baseName, const QString &before)
{
    const auto viewName = [&](const QString &name) {
        return quotedName(
            (baseName + u'.' + name).left(60) + QLatin1String(" ") + m_table.id.text().right(4));
    };
    if (!before.isEmpty()) {
        TRY(m_database.run(QStringLiteral("DROP VIEW IF EXISTS %1").arg(viewName(before))));
    }
    if (m_table.isTrashed) {
        return Ok;
    }
    QStringList columns{QStringLiteral("id AS record_id")};
    for (const Field &field : m_table.liveFields()) {
        if (field.isStored()) {
            columns += QStringLiteral("%1 AS %2")
                           .arg(shownColumn(field, m_database.dialect()), quotedName(field.name));
        }
    }
    return m_database.run(
        QStringLiteral("CREATE VIEW %1 AS SELECT %2 FROM %3 WHERE alive = 1")
            .arg(viewName(m_table.name), columns.join(QLatin1String(", ")), m_name));
}

Result<TableData> TableSql::load()
{
    TableData table;
    table.setDefinition(m_table);
    QStringList columns{QStringLiteral("slot")};
    columns += MetaColumns;
    QList<Field> fields;
    for (const Field &field : m_table.fields) {
        if (field.isStored()) {
            fields += field;
            columns += quotedName(field.id.text());
        }
    }
    TRY_SET(Rows rows,
        m_database.query(QStringLiteral("SELECT %1 FROM %2 ORDER BY slot")
                             .arg(columns.join(QLatin1String(", ")), m_name)));
    const int firstField = int(MetaColumns.size()) + 1;
    while (rows.next()) {
        const auto id = RecordId::fromText(rows->text(1));
        if (!id || rows->integer(0) != slotOf(table.rowCount())) {
            return Error{ErrorCode::Damaged, {},
                QStringLiteral("slot %1 of %2 is not a record").arg(rows->integer(0)).arg(m_name)};
        }
        const Row row = table.insert(*id, rows->integer(2) != 0,
            {rows->integer(3), UserId::fromText(rows->text(4)).value_or(UserId()), rows->integer(5),
                UserId::fromText(rows->text(6)).value_or(UserId()), quint64(rows->integer(7))});
        for (qsizetype i = 0; i < fields.size(); ++i) {
            if (!rows->isNull(firstField + int(i))) {
                table.setValue(row, fields[i],
                    valueFrom(*rows.operator->(), firstField + int(i), fields[i].kind));
            }
        }
    }
    TRY(rows.done());
    return table;
}

Done TableSql::insert(const TableData &table, Row row)
{
    if (!m_insert) {
        QStringList columns{QStringLiteral("slot")};
        columns += MetaColumns;
        for (const Field &field : m_table.fields) {
            if (field.isStored()) {
                columns += quotedName(field.id.text());
            }
        }
        const QString marks = QStringList(columns.size(), QStringLiteral("?")).join(u',');
        TRY_SET(m_insert,
            m_database.statement(QStringLiteral("INSERT INTO %1 (%2) VALUES (%3)")
                                     .arg(m_name, columns.join(QLatin1String(", ")), marks)));
    }
    m_insert->bindInteger(0, slotOf(row));
    m_insert->bind(1, table.recordId(row).text());
    bindMeta(*m_insert, 2, table, row);
    CellBinder cells(*m_insert, table, row);
    int position = int(MetaColumns.size()) + 1;
    for (const Field &field : m_table.fields) {
        if (field.isStored()) {
            cells.bind(position++, field);
        }
    }
    return m_insert->run();
}

Result<std::shared_ptr<Statement>> TableSql::updateStatement(const QList<const Field *> &fields)
{
    if (fields.size() == 1 && m_updates.contains(fields.first()->id)) {
        return m_updates.value(fields.first()->id);
    }
    QString settings = QStringLiteral("alive = ?, created = ?, created_by = ?, modified = ?, "
                                      "modified_by = ?, revision = ?");
    for (const Field *field : fields) {
        settings += QLatin1String(", ") + quotedName(field->id.text()) + QLatin1String(" = ?");
    }
    TRY_SET(const auto statement,
        m_database.statement(
            QStringLiteral("UPDATE %1 SET %2 WHERE slot = ?").arg(m_name, settings)));
    if (fields.size() == 1) {
        m_updates.insert(fields.first()->id, statement);
    }
    return statement;
}

Done TableSql::update(const TableData &table, Row row, const QList<FieldId> &fields)
{
    QList<const Field *> written;
    for (const FieldId id : fields) {
        if (const Field *field = m_table.field(id); field && field->isStored()) {
            written += field;
        }
    }
    TRY_SET(const auto statement, updateStatement(written));
    bindMeta(*statement, 0, table, row);
    CellBinder cells(*statement, table, row);
    int position = int(MetaColumns.size()) - 1;
    for (const Field *field : std::as_const(written)) {
        cells.bind(position++, *field);
    }
    statement->bindInteger(position, slotOf(row));
    return statement->run();
}

} // namespace casebase
