// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/transfer/PendingText.h"

#include "app/model/TaskList.h"
#include "shared/field/DateFields.h"
#include "shared/support/ErrorText.h"
#include "shared/transfer/Csv.h"

#include <QDateTime>

namespace casebase {

namespace {

constexpr qsizetype NamedCells = 3;

/// What a value says where its field is not known any more.
QString plainText(const Value &value)
{
    struct {
        QString operator()(const Empty &) const { return {}; }
        QString operator()(const QString &text) const { return text; }
        QString operator()(double number) const
        {
            return QString::number(number, 'g', QLocale::FloatingPointShortest);
        }
        QString operator()(bool isTrue) const
        {
            return isTrue ? QStringLiteral("✓") : QStringLiteral("✗");
        }
        QString operator()(const Date &date) const
        {
            return QDate(1970, 1, 1).addDays(date.day).toString(Qt::ISODate);
        }
        QString operator()(const Moment &moment) const { return isoMoment(moment); }
        QString operator()(const OptionId &option) const { return option.text(); }
        QString operator()(const Options &options) const
        {
            QStringList texts;
            for (const OptionId option : options) {
                texts += option.text();
            }
            return texts.join(QLatin1String(", "));
        }
        QString operator()(const UserId &person) const { return person.text(); }
        QString operator()(const Persons &persons) const
        {
            QStringList ids;
            for (const UserId person : persons) {
                ids += person.text();
            }
            return ids.join(QLatin1String(", "));
        }
        QString operator()(const Links &links) const
        {
            QStringList titles;
            for (const casebase::Link &link : links) {
                titles += link.title.isEmpty() ? link.record.text() : link.title;
            }
            return titles.join(QLatin1String(", "));
        }
        QString operator()(Fault fault) const { return faultCode(fault); }
        QString operator()(const Sealed &sealed) const { return sealed.mask; }
        QString operator()(const Attachments &files) const
        {
            QStringList names;
            for (const Attachment &file : files) {
                names += file.name;
            }
            return names.join(QLatin1String(", "));
        }
    } visitor;
    return std::visit(visitor, value);
}

QString valueText(const Value &value, const Field *field, const FieldContext &context)
{
    return field ? fieldType(field->kind).format(value, *field, context) : plainText(value);
}

} // namespace

QList<Pending> PendingText::all() const
{
    QList<Pending> changes = m_session.allWaiting() + m_session.refused();
    std::sort(changes.begin(), changes.end(),
        [](const Pending &a, const Pending &b) { return a.counter < b.counter; });
    return changes;
}

QString PendingText::sentence(const Pending &pending) const
{
    if (const auto *act = std::get_if<ActOnTask>(&pending.request)) {
        return act->verb == TaskVerb::Approve ? tr("an approval") : tr("a rejection");
    }
    const auto *edit = std::get_if<Edit>(&pending.request);
    if (!edit) {
        return tr("a workflow");
    }
    QStringList parts;
    for (const Operation &operation : edit->operations) {
        parts += sentence(operation, pending.base);
    }
    return parts.join(QLatin1String(", "));
}

QString PendingText::sentence(const Operation &operation, BaseId base) const
{
    if (const auto *create = std::get_if<CreateRecords>(&operation)) {
        return tr("%n new record(s)", nullptr, int(create->records.size()));
    }
    if (const auto *remove = std::get_if<DeleteRecords>(&operation)) {
        return tr("%n record(s) deleted", nullptr, int(remove->records.size()));
    }
    if (const auto *restore = std::get_if<RestoreRecords>(&operation)) {
        return tr("%n record(s) brought back", nullptr, int(restore->records.size()));
    }
    const auto *edit = std::get_if<EditCells>(&operation);
    if (!edit) {
        return tr("a change of the table's shape");
    }
    const Document *document = m_session.document(base);
    const TableData *table = document ? document->table(edit->table) : nullptr;
    QStringList parts;
    for (const CellEdit &cell : edit->cells.mid(0, NamedCells)) {
        const Field *field = table ? table->definition().field(cell.field) : nullptr;
        parts += field ? tr("%1: %2 becomes “%3”")
                             .arg(titleOf(base, table, cell.record), field->name,
                                 valueText(cell.value, field, m_session.fieldContext(base)))
                       : tr("a cell becomes “%1”").arg(plainText(cell.value));
    }
    if (edit->cells.size() > NamedCells) {
        parts += tr("%n more cell(s)", nullptr, int(edit->cells.size() - NamedCells));
    }
    return parts.join(QLatin1String(", "));
}

QString PendingText::titleOf(BaseId base, const TableData *table, RecordId record) const
{
    const auto row = table ? table->row(record) : std::nullopt;
    return row ? recordHeading(*table, *row, m_session.fieldContext(base)) : record.text();
}

QString PendingText::reason(BaseId base, const Error &error) const
{
    const auto record = error.code == ErrorCode::UnknownRecord
        ? RecordId::fromText(error.arguments.value(0))
        : std::nullopt;
    const Document *document = m_session.document(base);
    Error named = error;
    for (const TableId id : record &&document ? document->tables() : QList<TableId>()) {
        if (document->table(id)->row(*record)) {
            named.arguments[0] = u'“' + titleOf(base, document->table(id), *record) + u'”';
        }
    }
    return localisedSentence(named);
}

QByteArray PendingText::csv(const QList<Pending> &changes) const
{
    QList<QStringList> rows{{tr("When"), tr("Base"), tr("Table"), tr("Record"), tr("Field"),
        tr("Value"), tr("Why it could not be applied")}};
    for (const Pending &pending : changes) {
        const QString when = QDateTime::fromMSecsSinceEpoch(
            pending.createdMs, m_session.fieldContext(pending.base).zone)
                                 .toString(QStringLiteral("yyyy-MM-dd HH:mm:ss"));
        const QString why = pending.refusal ? reason(pending.base, *pending.refusal) : QString();
        QList<QStringList> middles;
        if (const auto *edit = std::get_if<Edit>(&pending.request)) {
            for (const Operation &operation : edit->operations) {
                middles += lines(operation, pending);
            }
        } else {
            middles += QStringList{{}, {}, {}, sentence(pending)};
        }
        for (const QStringList &middle : middles) {
            rows += QStringList{when, baseName(pending.base)} + middle + QStringList{why};
        }
    }
    QString text(QChar::ByteOrderMark); // By it spreadsheets know UTF-8.
    for (const QStringList &row : rows) {
        for (qsizetype i = 0; i < row.size(); ++i) {
            text += (i > 0 ? QStringLiteral(",") : QString()) + csvCell(row[i]);
        }
        text += QLatin1String("\r\n");
    }
    return text.toUtf8();
}

/// Table, record, field and value of each cell.
QList<QStringList> PendingText::lines(const Operation &operation, const Pending &pending) const
{
    const Document *document = m_session.document(pending.base);
    const FieldContext context = m_session.fieldContext(pending.base);
    QList<QStringList> lines;
    if (const auto *create = std::get_if<CreateRecords>(&operation)) {
        const TableData *table = document ? document->table(create->table) : nullptr;
        const QString name = table ? table->definition().name : QString();
        for (const NewRecord &record : create->records) {
            for (const FieldValue &value : record.values) {
                const Field *field = table ? table->definition().field(value.field) : nullptr;
                lines += QStringList{name, tr("new %1").arg(record.id.text()),
                    field ? field->name : QString(), valueText(value.value, field, context)};
            }
        }
        return lines;
    }
    if (const auto *edit = std::get_if<EditCells>(&operation)) {
        const TableData *table = document ? document->table(edit->table) : nullptr;
        for (const CellEdit &cell : edit->cells) {
            const Field *field = table ? table->definition().field(cell.field) : nullptr;
            lines += QStringList{table ? table->definition().name : QString(),
                titleOf(pending.base, table, cell.record), field ? field->name : QString(),
                valueText(cell.value, field, context)};
        }
        return lines;
    }
    const auto *remove = std::get_if<DeleteRecords>(&operation);
    const auto *restore = std::get_if<RestoreRecords>(&operation);
    if (remove || restore) {
        const TableData *table =
            document ? document->table(remove ? remove->table : restore->table) : nullptr;
        for (const RecordId record : remove ? remove->records : restore->records) {
            lines += QStringList{table ? table->definition().name : QString(),
                titleOf(pending.base, table, record), {},
                remove ? tr("deleted") : tr("brought back")};
        }
        return lines;
    }
    return {{{}, {}, {}, sentence(operation, pending.base)}};
}

QString PendingText::baseName(BaseId base) const
{
    for (const BaseEntry &each : m_session.bases()) {
        if (each.id == base) {
            return each.name;
        }
    }
    return {};
}

} // namespace casebase
