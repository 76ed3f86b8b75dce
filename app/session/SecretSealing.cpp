// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/SecretSealing.h"

#include "shared/field/ValueRules.h"

#include <QFile>
#include <QSaveFile>

namespace casebase {

namespace {

class RequestSealing {
public:
    RequestSealing(
        const std::optional<Sealer> &sealer, const Document &document, const FieldContext &context)
        : m_sealer(sealer)
        , m_document(document)
        , m_context(context)
    {
    }

    Done operator()(Edit &edit)
    {
        for (Operation &operation : edit.operations) {
            note(operation);
            // What has none is not touched, so that it is not copied.
            if (auto *cells = std::get_if<EditCells>(&operation);
                cells && hasSecrets(cells->table)) {
                for (CellEdit &each : cells->cells) {
                    TRY(seal(cells->table, each.record, each.field, each.value));
                }
            } else if (auto *made = std::get_if<CreateRecords>(&operation);
                       made && hasSecrets(made->table)) {
                for (NewRecord &record : made->records) {
                    for (FieldValue &each : record.values) {
                        TRY(seal(made->table, record.id, each.field, each.value));
                    }
                }
            }
        }
        return Ok;
    }
    Done operator()(ActOnTask &act)
    {
        const Instance *instance = m_document.instance(act.instance);
        for (FieldValue &each : act.edits) {
            if (instance) {
                TRY(seal(instance->table, instance->record, each.field, each.value));
            }
        }
        return Ok;
    }
    template <class Other> Done operator()(Other &) { return Ok; }

private:
    /// Fields as they are by then.
    void note(const Operation &operation)
    {
        if (const auto *put = std::get_if<PutField>(&operation)) {
            m_put[put->table].insert(put->field.id, put->field);
        } else if (const auto *table = std::get_if<PutTable>(&operation)) {
            for (const Field &field : table->table.fields) {
                m_put[table->table.id].insert(field.id, field);
            }
        }
    }

    const Field *fieldOf(TableId id, FieldId field) const
    {
        const auto put = m_put.constFind(id);
        if (put != m_put.cend() && put->contains(field)) {
            return &*put->constFind(field);
        }
        const TableData *table = m_document.table(id);
        return table ? table->definition().field(field) : nullptr;
    }

    bool hasSecrets(TableId id) const
    {
        const auto isSecret = [](const Field &field) { return field.kind == FieldKind::Sensitive; };
        const TableData *table = m_document.table(id);
        const QList<Field> fields = table ? table->definition().fields : QList<Field>();
        const QHash<FieldId, Field> put = m_put.value(id);
        return std::any_of(fields.cbegin(), fields.cend(), isSecret)
            || std::any_of(put.cbegin(), put.cend(), isSecret);
    }

    Done seal(TableId tableId, RecordId record, FieldId fieldId, Value &value) const
    {
        const auto *text = std::get_if<QString>(&value);
        const Field *field = text ? fieldOf(tableId, fieldId) : nullptr;
        if (!field || field->kind != FieldKind::Sensitive) {
            return Ok;
        }
        const TableData *table = m_document.table(tableId);
        const auto row = table ? table->row(record) : std::nullopt;
        const Value held = row ? table->value(*row, *field) : Value();
        const auto *there = std::get_if<Sealed>(&held);
        if (there && there->mask == *text) {
            return Ok; // It stands for what is there.
        }
        TRY_SET(value, fieldType(field->kind).accept(value, *field, m_context));
        text = std::get_if<QString>(&value);
        if (!text) {
            return Ok;
        }
        TRY(ValueCheck(*field)(value, m_context));
        if (!m_sealer) {
            return Error{ErrorCode::SecretsLocked, {}, {}};
        }
        value = m_sealer->seal(*text, field->sensitive);
        return Ok;
    }

    const std::optional<Sealer> &m_sealer;
    const Document &m_document;
    const FieldContext &m_context;
    QHash<TableId, QHash<FieldId, Field>> m_put; ///< By the request, so far.
};

} // namespace

SecretSealing::SecretSealing(const QString &file)
    : m_file(file)
{
    QFile kept(file);
    if (kept.open(QIODevice::ReadOnly)) {
        m_key = QByteArray::fromBase64(kept.readAll().trimmed());
        m_sealer = Sealer::create(m_key);
    }
}

void SecretSealing::setServerKey(const QByteArray &key)
{
    if (key == m_key) {
        return;
    }
    m_key = key;
    m_sealer = Sealer::create(key);
    QSaveFile kept(m_file);
    const bool isKept =
        kept.open(QIODevice::WriteOnly) && kept.write(key.toBase64()) >= 0 && kept.commit();
    if (!isKept) {
        qWarning("the server's key cannot be kept: %s", qUtf8Printable(kept.errorString()));
    }
}

Result<Request> SecretSealing::sealed(
    const Request &request, const Document &document, const FieldContext &context) const
{
    Request made = request;
    TRY(std::visit(RequestSealing(m_sealer, document, context), made));
    return made;
}

} // namespace casebase
