// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/document/LinkLimit.h"

#include "shared/document/TitleFinder.h"

namespace casebase {

namespace {

const Field *linkField(const TableData *table, FieldId id)
{
    const Field *field = table ? table->definition().field(id) : nullptr;
    return field && field->kind == FieldKind::Links && !field->isTrashed ? field : nullptr;
}

QSet<RecordId> recordsIn(const Value &value)
{
    QSet<RecordId> records;
    for (const Link &link :
        std::holds_alternative<Links>(value) ? std::get<Links>(value) : Links()) {
        records.insert(link.record);
    }
    return records;
}

/// Checks links of one field, and of the one that leads back.
class Checker {
public:
    Checker(const Document &document, UserId author, const FieldContext &context)
        : m_document(document)
        , m_author(author)
        , m_context(context)
    {
    }

    Done check(const TableData &table, const CellChange &cell)
    {
        const Field *kept = linkField(&table, cell.field);
        const TableData *far = kept ? m_document.table(kept->link.table) : nullptr;
        const Field *reverse = linkField(far, kept ? kept->link.reverse : FieldId());
        if (!reverse || !(kept->link.isLimited() || reverse->link.isLimited())) {
            return Ok;
        }
        for (const RecordId record : recordsIn(cell.after) - recordsIn(cell.before)) {
            TRY(checkOne(table, *kept, cell.record, *far, record));
            TRY(checkOne(*far, *reverse, record, table, cell.record));
        }
        return Ok;
    }

private:
    Done checkOne(
        const TableData &near, const Field &field, RecordId from, const TableData &far, RecordId to)
    {
        const auto fromRow = near.aliveRow(from);
        const auto toRow = far.aliveRow(to);
        if (!field.link.isLimited() || !fromRow || !toRow) {
            return Ok;
        }
        std::shared_ptr<const LinkLimit> &limit = m_limits[field.id];
        if (!limit) {
            limit = std::make_shared<LinkLimit>(m_document, near, field, m_author, m_context);
        }
        return limit->allows(*fromRow, *toRow)
            ? Done(Ok)
            : Error{ErrorCode::LinkNotOffered,
                {field.name,
                    recordTitle(far, *toRow, m_document.people(), m_context.zone).left(80)},
                {}};
    }

    const Document &m_document;
    const UserId m_author;
    const FieldContext &m_context;
    QHash<FieldId, std::shared_ptr<const LinkLimit>> m_limits;
};

} // namespace

LinkLimit::LinkLimit(const Document &document, const TableData &near, const Field &field,
    UserId asker, const FieldContext &context)
    : m_near(near)
    , m_far(document.table(field.link.table))
    , m_people(document.people())
    , m_asker(asker)
    , m_context{context.nowMs, context.zone, &document, &m_asker}
{
    const View *view = m_far ? m_far->definition().view(field.link.view) : nullptr;
    if (view) {
        const QueryContext asked{context, asker, Qt::Monday, &document};
        m_view = compileKeptFilter(view->filter, *m_far, asked);
    }
    if (m_far && !field.link.condition.isEmpty()) {
        const auto condition = parseExpression(
            field.link.condition, near.definition(), &document, &m_far->definition());
        m_condition = condition ? std::optional(condition.value()) : std::nullopt;
    }
}

bool LinkLimit::allows(std::optional<Row> from, Row to) const
{
    if (m_view && !(*m_view)(to)) {
        return false;
    }
    if (!m_condition || !from) {
        return true;
    }
    FormulaRun run(m_context);
    const FormulaValue met =
        evaluateLinked(*m_condition, {&m_near, *from}, {m_far, to}, m_people, run);
    const auto *fault = std::get_if<Fault>(&met);
    return isTrue(met) || (fault && *fault == Fault::MissingField);
}

Done checkLinkLimits(
    const Document &after, const ChangeSet &changes, UserId author, const FieldContext &context)
{
    Checker checker(after, author, context);
    for (const Change &change : changes.changes) {
        const auto *records = std::get_if<RecordChanges>(&change);
        const TableData *table = records ? after.table(records->table) : nullptr;
        for (const CellChange &cell : table ? records->cells : QList<CellChange>()) {
            TRY(checker.check(*table, cell));
        }
    }
    return Ok;
}

} // namespace casebase
