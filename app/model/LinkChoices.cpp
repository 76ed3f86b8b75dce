// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/model/LinkChoices.h"

#include "shared/document/LinkLimit.h"
#include "shared/document/TitleFinder.h"
#include "shared/query/Match.h"

#include <QFutureWatcher>
#include <QtConcurrentRun>

namespace casebase {

namespace {

constexpr Row RowsForWorker = 20000;
/// So many are looked at to find those that begin with the text.
constexpr size_t MostMatches = 1000;

/// The field besides the title that tells most about a record.
const Field *detailField(const Table &table, const LinkOptions &link)
{
    const Field *title = table.titleField(link.shown);
    for (const Field &field : table.fields) {
        const ValueType type = valueTypeOf(field.kind);
        const bool isTelling = type != ValueType::Links && type != ValueType::Files
            && type != ValueType::Nothing && type != ValueType::Flag && !field.isSystem
            && !isAutomatic(field.kind);
        if (!field.isTrashed && &field != title && isTelling) {
            return &field;
        }
    }
    return nullptr;
}

LinkChoice choiceOf(const TableData &table, Row row, const LinkOptions &link, const Field *detail,
    const FieldContext &context)
{
    const QString about = detail
        ? fieldType(detail->kind).format(table.value(row, *detail), *detail, context).simplified()
        : QString();
    return {
        {table.recordId(row), recordTitle(table, row, context.people, context.zone, link.shown)},
        about};
}

QList<LinkChoice> choicesFor(const TableData &table, const LinkOptions &link, const QString &text,
    const QueryContext &context, const std::function<bool(Row)> &isOffered)
{
    const Field *title = table.definition().titleField(link.shown);
    if (!title) {
        return {};
    }
    const Field *detail = detailField(table.definition(), link);
    const QList<FieldId> searched{title->id, detail ? detail->id : title->id};
    const RowTest test = containsText(text, table, searched, context);
    QList<LinkChoice> first;
    QList<LinkChoice> others;
    size_t matches = 0;
    for (Row row = table.rowCount(); row-- > 0 && matches < MostMatches;) {
        if (!table.isAlive(row) || !test(row) || !isOffered(row)) {
            continue;
        }
        ++matches;
        const LinkChoice choice = choiceOf(table, row, link, detail, context.fields);
        (choice.link.title.startsWith(text, Qt::CaseInsensitive) ? first : others) += choice;
        if (first.size() >= LinkChoices::MostFound) {
            break;
        }
    }
    return (first + others).mid(0, LinkChoices::MostFound);
}

} // namespace

LinkChoices::LinkChoices(Session &session, BaseId base, TableId near, RecordId record,
    const Field &field, QObject *parent)
    : QObject(parent)
    , m_session(session)
    , m_base(base)
    , m_near(near)
    , m_record(record)
    , m_field(field)
{
}

const TableData *LinkChoices::table() const
{
    const Document *document = m_session.document(m_base);
    return document ? document->table(m_field.link.table) : nullptr;
}

void LinkChoices::search(const QString &text)
{
    const quint64 generation = ++m_generation;
    const TableData *table = this->table();
    if (!table || m_field.link.onlyNew) {
        Q_EMIT found({});
        return;
    }
    const auto look = [document = *m_session.document(m_base), near = m_near, record = m_record,
                          field = m_field, wanted = text.simplified(), me = m_session.me(),
                          fields = m_session.fieldContext(m_base)]() -> QList<LinkChoice> {
        const QueryContext context{
            {document.people(), fields.locale, fields.zone, fields.nowMs}, me};
        const TableData *from = document.table(near);
        if (!from) {
            return {};
        }
        const LinkLimit limit(document, *from, field, me, context.fields);
        const auto row = from->aliveRow(record);
        return choicesFor(*document.table(field.link.table), field.link, wanted, context,
            [&](Row to) { return limit.allows(row, to); });
    };
    if (table->rowCount() < RowsForWorker) {
        Q_EMIT found(look());
        return;
    }
    auto *watcher = new QFutureWatcher<QList<LinkChoice>>(this);
    connect(
        watcher, &QFutureWatcher<QList<LinkChoice>>::finished, this, [this, watcher, generation] {
            if (generation == m_generation) {
                Q_EMIT found(watcher->result());
            }
            watcher->deleteLater();
        });
    watcher->setFuture(QtConcurrent::run(look));
}

LinkChoice LinkChoices::choice(const Link &link) const
{
    const TableData *table = this->table();
    const auto row = table ? table->aliveRow(link.record) : std::nullopt;
    return row ? choiceOf(*table, *row, m_field.link,
               detailField(table->definition(), m_field.link), m_session.fieldContext(m_base))
               : LinkChoice{link, {}};
}

Result<Value> LinkChoices::named(const QString &text) const
{
    if (m_field.link.onlyNew) {
        return Error{ErrorCode::LinkNotOffered, {m_field.name, text.left(80)}, {}};
    }
    return fieldType(m_field.kind).parse(text, m_field, m_session.typingContext(m_base));
}

std::optional<NewRecord> LinkChoices::newRecord(const QString &title) const
{
    const TableData *table = this->table();
    const Field *primary = table ? table->definition().titleField(m_field.link.shown) : nullptr;
    const FieldContext context = m_session.fieldContext(m_base);
    const Person *me = context.people.person(m_session.me());
    if (!primary || !me || me->role < Role::Editor || primary->isComputed() || primary->isSystem
        || primary->kind == FieldKind::Links) {
        return std::nullopt;
    }
    const auto value = fieldType(primary->kind).parse(title, *primary, context);
    if (!value || isEmpty(value.value())) {
        return std::nullopt;
    }
    return NewRecord{m_session.ids().next<RecordId>(), {FieldValue{primary->id, value.value()}}};
}

bool LinkChoices::asksForMore() const
{
    const TableData *table = this->table();
    const QList<Field> fields = table ? table->definition().fields : QList<Field>();
    const Field *primary = table ? table->definition().titleField(m_field.link.shown) : nullptr;
    return std::any_of(fields.cbegin(), fields.cend(), [primary](const Field &field) {
        return field.isAskedFor() && primary && field.id != primary->id;
    });
}

} // namespace casebase
