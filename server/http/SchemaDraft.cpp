// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/SchemaDraft.h"

#include "shared/document/Adopt.h"

namespace casebase {

namespace {

QString typeOf(const QJsonObject &field)
{
    return field.value(QLatin1String("type")).toString();
}

bool isLink(const QJsonObject &field)
{
    return typeOf(field) == QLatin1String("multipleRecordLinks");
}

bool isFormula(const QJsonObject &field)
{
    static const QStringList types{QStringLiteral("formula"), QStringLiteral("count"),
        QStringLiteral("multipleLookupValues"), QStringLiteral("rollup")};
    return types.contains(typeOf(field));
}

/// It hangs on other fields of its table, wherever they stand in the list.
bool isTied(const QJsonObject &field)
{
    const QJsonObject options = field.value(QLatin1String("options")).toObject();
    return options.contains(QLatin1String("reasonFieldId"))
        || options.contains(QLatin1String("parentFieldId"))
        || options.contains(QLatin1String("referencedFieldIds"));
}

} // namespace

SchemaDraft::SchemaDraft(Document document, qint64 nowMs, IdSource &ids)
    : m_document(std::move(document))
    , m_nowMs(nowMs)
    , m_ids(ids)
{
}

Done SchemaDraft::apply(const Operation &operation)
{
    const Stamp stamp{{}, m_nowMs};
    const quint64 revision = m_document.revision() + 1;
    TRY_SET(const ChangeSet changes, plan(m_document, {operation}, {stamp, true}, revision));
    adopt(m_document, changes, stamp, revision, {m_nowMs, QTimeZone::utc()});
    m_operations += operation;
    return Ok;
}

Result<TableId> SchemaDraft::addTable(const QJsonObject &json)
{
    TRY(onlyKeys(json, {"name", "description", "fields"}));
    Table table;
    table.id = m_ids.next<TableId>();
    table.name = memberText(json, "name");
    table.description = memberText(json, "description");
    table.position = int(m_document.tables().size());
    const QJsonArray fields = json.value(QLatin1String("fields")).toArray();
    for (qsizetype i = 0; i < fields.size(); ++i) {
        const QJsonObject each = fields[i].toObject();
        if (QList<Later> *later = waiting(each)) {
            *later += Later{table.id, each, i};
            continue;
        }
        TRY_SET(const Field field, fieldFromJson(each, {}, table, m_document.people(), m_ids));
        table.fields += field;
        m_places[table.id] += i;
    }
    View view;
    view.id = m_ids.next<ViewId>();
    view.name = QStringLiteral("全部");
    table.views += view;
    TRY(apply(PutTable{table}));
    return table.id;
}

Done SchemaDraft::addLaterFields()
{
    for (QList<Later> *each : {&m_links, &m_tied, &m_formulas, &m_buttons}) {
        TRY(addEach(std::exchange(*each, {})));
    }
    return Ok;
}

QList<SchemaDraft::Later> *SchemaDraft::waiting(const QJsonObject &field)
{
    return isLink(field)                           ? &m_links
        : isFormula(field)                         ? &m_formulas
        : typeOf(field) == QLatin1String("button") ? &m_buttons
        : isTied(field)                            ? &m_tied
                                                   : nullptr;
}

Done SchemaDraft::addEach(const QList<Later> &fields)
{
    for (const Later &each : fields) {
        QList<qsizetype> &places = m_places[each.table];
        const auto before = std::count_if(
            places.cbegin(), places.cend(), [&](qsizetype place) { return place < each.place; });
        TRY(putField(each.table, each.json, {}, int(before)));
        places += each.place;
    }
    return Ok;
}

Result<FieldId> SchemaDraft::putField(
    TableId id, QJsonObject json, const Field &before, int position)
{
    QJsonObject options = json.value(QLatin1String("options")).toObject();
    const QString reverseName =
        options.take(QLatin1String("inverseLinkFieldName")).toString().simplified();
    if (const TableData *named = m_document.tableNamed(memberText(options, "linkedTableId"))) {
        options.insert(QStringLiteral("linkedTableId"), named->definition().id.text());
    }
    if (!options.isEmpty()) {
        json.insert(QStringLiteral("options"), options);
    }
    const Table &table = m_document.table(id)->definition();
    TRY_SET(Field field, fieldFromJson(json, before, table, m_document.people(), m_ids));
    TRY(settleResult(field, table, json, &m_document));
    TRY(apply(PutField{id, field, position}));
    const TableData *far = m_document.table(field.link.table);
    const Field *reverse = far ? far->definition().field(field.link.reverse) : nullptr;
    if (reverse && !reverseName.isEmpty()) {
        Field renamed = *reverse;
        renamed.name = reverseName;
        TRY(apply(PutField{field.link.table, renamed, -1}));
    }
    return field.id;
}

} // namespace casebase
