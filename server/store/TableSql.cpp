// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/TableSql.h"

#include "shared/field/DateFields.h"
#include "shared/value/Packed.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace casebase {

namespace {

struct SqlWriter {
    QVariant operator()(Empty) const { return {}; }
    QVariant operator()(bool on) const { return int(on); }
    QVariant operator()(double number) const { return number; }
    QVariant operator()(const QString &text) const { return text; }
    QVariant operator()(Date date) const { return toQDate(date).toString(Qt::ISODate); }
    QVariant operator()(Moment moment) const { return moment.ms; }
    QVariant operator()(OptionId option) const { return option.text(); }
    QVariant operator()(UserId person) const { return person.text(); }
    QVariant operator()(const Options &options) const
    {
        QJsonArray array;
        for (const OptionId option : options) {
            array += option.text();
        }
        return QString::fromUtf8(QJsonDocument(array).toJson(QJsonDocument::Compact));
    }
    QVariant operator()(const Attachments &files) const
    {
        QJsonArray array;
        for (const Attachment &file : files) {
            array += QJsonArray{file.id.text(), file.name, file.size, file.mimeType};
        }
        return QString::fromUtf8(QJsonDocument(array).toJson(QJsonDocument::Compact));
    }
};

Value idFrom(const QString &text, FieldKind kind)
{
    if (kind == FieldKind::SingleSelect) {
        const auto id = OptionId::fromText(text);
        return id ? Value(*id) : Value();
    }
    const auto id = UserId::fromText(text);
    return id ? Value(*id) : Value();
}

Value listFrom(const QString &text, FieldKind kind)
{
    const QJsonArray array = QJsonDocument::fromJson(text.toUtf8()).array();
    if (kind == FieldKind::MultipleSelects) {
        Options options;
        for (const QJsonValue &each : array) {
            if (const auto id = OptionId::fromText(each.toString())) {
                options += *id;
            }
        }
        return options.isEmpty() ? Value() : Value(options);
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

Value valueFrom(const QVariant &sql, FieldKind kind)
{
    if (sql.isNull()) {
        return {};
    }
    switch (kind) {
    case FieldKind::SingleLineText:
    case FieldKind::MultilineText:
        return sql.toString();
    case FieldKind::Number:
    case FieldKind::AutoNumber:
        return sql.toDouble();
    case FieldKind::Checkbox:
        return sql.toInt() != 0 ? Value(true) : Value();
    case FieldKind::Date: {
        const QDate date = QDate::fromString(sql.toString(), Qt::ISODate);
        return date.isValid() ? Value(fromQDate(date)) : Value();
    }
    case FieldKind::DateTime:
        return Moment{sql.toLongLong()};
    case FieldKind::SingleSelect:
    case FieldKind::Person:
        return idFrom(sql.toString(), kind);
    case FieldKind::MultipleSelects:
    case FieldKind::Attachments:
        return listFrom(sql.toString(), kind);
    default:
        return {};
    }
}

QString columnType(Dialect dialect, FieldKind kind)
{
    if (dialect == Dialect::Sqlite) {
        return {}; // a column without a type keeps whatever a field may become
    }
    switch (kind) {
    case FieldKind::Number:
    case FieldKind::AutoNumber:
        return sqlNumberType(dialect);
    case FieldKind::Checkbox:
    case FieldKind::DateTime:
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
    if (field.kind == FieldKind::SingleSelect && !field.options.isEmpty()
        && field.options.size() <= 200) {
        QString cases = QStringLiteral("CASE ") + column;
        for (const Option &option : field.options) {
            cases += QStringLiteral(" WHEN %1 THEN %2")
                         .arg(literal(option.id.text()), literal(option.name));
        }
        return cases + QStringLiteral(" END");
    }
    if (field.kind == FieldKind::DateTime) {
        return dialect == Dialect::Sqlite
            ? QStringLiteral("datetime(%1 / 1000, 'unixepoch')").arg(column)
            : QStringLiteral("to_timestamp(%1 / 1000.0)").arg(column);
    }
    return column;
}

const QStringList MetaColumns{QStringLiteral("id"), QStringLiteral("alive"),
    QStringLiteral("created"), QStringLiteral("created_by"), QStringLiteral("modified"),
    QStringLiteral("modified_by"), QStringLiteral("revision")};

QVariantList metaValues(const TableData &table, Row row)
{
    const RecordMeta meta = table.meta(row);
    return {table.recordId(row).text(), int(table.isAlive(row)), meta.createdMs,
        meta.createdBy.text(), meta.modifiedMs, meta.modifiedBy.text(), qint64(meta.revision)};
}

QVariant sqlValue(const TableData &table, Row row, const Field &field)
{
    return std::visit(SqlWriter(), table.value(row, field));
}

bool isStored(const Field &field)
{
    return emptyColumn(field.kind).has_value();
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
        "CREATE TABLE %1 (slot %2, id TEXT NOT NULL UNIQUE, alive INTEGER NOT NULL, "
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
        if (isStored(field)) {
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
    QStringList columns = MetaColumns;
    QList<Field> fields;
    for (const Field &field : m_table.fields) {
        if (isStored(field)) {
            fields += field;
            columns += quotedName(field.id.text());
        }
    }
    TRY_SET(QSqlQuery * rows,
        m_database.query(QStringLiteral("SELECT %1 FROM %2 ORDER BY slot")
                             .arg(columns.join(QLatin1String(", ")), m_name)));
    while (rows->next()) {
        const auto id = RecordId::fromText(rows->value(0).toString());
        if (!id) {
            return Error{
                ErrorCode::Storage, {}, QStringLiteral("a record of %1 has no id").arg(m_name)};
        }
        const Row row = table.insert(*id, rows->value(1).toInt() != 0,
            {rows->value(2).toLongLong(),
                UserId::fromText(rows->value(3).toString()).value_or(UserId()),
                rows->value(4).toLongLong(),
                UserId::fromText(rows->value(5).toString()).value_or(UserId()),
                rows->value(6).toULongLong()});
        for (qsizetype i = 0; i < fields.size(); ++i) {
            table.setValue(row, fields[i],
                valueFrom(rows->value(int(MetaColumns.size() + i)), fields[i].kind));
        }
    }
    rows->finish();
    return table;
}

Done TableSql::insert(const TableData &table, Row row)
{
    QStringList columns = MetaColumns;
    QVariantList values = metaValues(table, row);
    for (const Field &field : m_table.fields) {
        if (isStored(field)) {
            columns += quotedName(field.id.text());
            values += sqlValue(table, row, field);
        }
    }
    const QString marks = QStringList(columns.size(), QStringLiteral("?")).join(u',');
    return m_database.run(QStringLiteral("INSERT INTO %1 (%2) VALUES (%3)")
                              .arg(m_name, columns.join(QLatin1String(", ")), marks),
        values);
}

Done TableSql::updateMeta(const TableData &table, Row row)
{
    return update(table, row, {});
}

Done TableSql::update(const TableData &table, Row row, const QList<FieldId> &fields)
{
    QStringList settings;
    QVariantList values;
    for (qsizetype i = 1; i < MetaColumns.size(); ++i) {
        settings += MetaColumns[i] + QLatin1String(" = ?");
    }
    values += metaValues(table, row).mid(1);
    for (const FieldId id : fields) {
        if (const Field *field = m_table.field(id); field && isStored(*field)) {
            settings += quotedName(id.text()) + QLatin1String(" = ?");
            values += sqlValue(table, row, *field);
        }
    }
    values += table.recordId(row).text();
    return m_database.run(QStringLiteral("UPDATE %1 SET %2 WHERE id = ?")
                              .arg(m_name, settings.join(QLatin1String(", "))),
        values);
}

} // namespace casebase
