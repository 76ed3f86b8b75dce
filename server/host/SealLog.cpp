// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/host/SealLog.h"

#include "shared/field/FieldType.h"

namespace casebase {

namespace {

/// The field of which values of that type are; nothing for those that say nothing by themselves, as
/// options and files.
std::optional<FieldKind> kindOf(const Value &value)
{
    return std::holds_alternative<QString>(value) ? std::optional(FieldKind::SingleLineText)
        : std::holds_alternative<double>(value)   ? std::optional(FieldKind::Number)
        : std::holds_alternative<Date>(value)     ? std::optional(FieldKind::Date)
        : std::holds_alternative<Moment>(value)   ? std::optional(FieldKind::DateTime)
                                                  : std::nullopt;
}

class LogSealer {
public:
    LogSealer(TableId table, const QHash<FieldId, SensitiveForm> &fields, const Keeper &keeper)
        : m_table(table)
        , m_fields(fields)
        , m_keeper(keeper)
    {
    }

    /// True if there was something to seal.
    Result<bool> operator()(ChangeSet &changes) const
    {
        bool isSealed = false;
        for (Change &change : changes.changes) {
            auto *records = std::get_if<RecordChanges>(&change);
            if (!records || records->table != m_table) {
                continue;
            }
            for (CellChange &cell : records->cells) {
                const auto form = m_fields.constFind(cell.field);
                if (form != m_fields.cend()) {
                    TRY_SET(const bool before, seal(cell.before, cell, *form));
                    TRY_SET(const bool after, seal(cell.after, cell, *form));
                    isSealed = isSealed || before || after;
                }
            }
        }
        return isSealed;
    }

private:
    Result<bool> seal(Value &value, const CellChange &cell, SensitiveForm form) const
    {
        const auto kind = kindOf(value);
        if (!kind) {
            return false;
        }
        Field field;
        field.kind = *kind;
        field.precision = -1;
        field.isGrouped = false;
        const QString text = fieldType(*kind).format(value, field, {m_nobody});
        TRY_SET(value, m_keeper.keep(text, {m_table, cell.record, cell.field}, form));
        return true;
    }

    TableId m_table;
    QHash<FieldId, SensitiveForm> m_fields;
    const Keeper &m_keeper;
    People m_nobody;
};

} // namespace

Result<bool> sealLog(Store &store, BaseId base, const ChangeSet &changes, const Keeper &keeper)
{
    bool isSealed = false;
    for (const Change &change : changes.changes) {
        const auto *table = std::get_if<TableChange>(&change);
        if (!table || !table->before || !table->after) {
            continue;
        }
        QHash<FieldId, SensitiveForm> fields;
        for (const Field &field : table->after->fields) {
            const Field *before = table->before->field(field.id);
            if (field.kind == FieldKind::Sensitive && before && before->kind != field.kind) {
                fields.insert(field.id, field.sensitive);
            }
        }
        if (!fields.isEmpty()) {
            TRY(store.rewriteLog(base, LogSealer(table->after->id, fields, keeper)));
            isSealed = true;
        }
    }
    return isSealed;
}

} // namespace casebase
