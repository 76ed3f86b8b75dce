// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/structure/TieRows.h"

#include "app/widgets/CheckMenu.h"

#include <QCheckBox>
#include <QComboBox>

namespace casebase {

namespace {

FieldId idOf(const QString &text)
{
    return FieldId::fromText(text).value_or(FieldId());
}

} // namespace

TieRows::TieRows(QFormLayout *form, const Table &table, const Field &field, IdSource &ids)
    : QObject(form)
    , m_form(form)
    , m_table(table)
    , m_field(field)
    , m_kind(field.kind)
    , m_newReason(ids.next<FieldId>())
    , m_newSince(ids.next<FieldId>())
    , m_parent(new QComboBox)
    , m_moves(new QCheckBox(tr("Only the moves chosen below are allowed")))
    , m_reason(new QComboBox)
    , m_since(new QCheckBox(tr("Add a field that tells since when it is so")))
    , m_watched(new CheckMenu(tr("Counts"), tr("changes of any field")))
{
    QList<CheckMenu::Entry> typed;
    m_parent->setAccessibleName(tr("Depends on"));
    m_parent->addItem(tr("nothing"), QString());
    m_reason->setAccessibleName(tr("Reasons"));
    m_reason->addItem(tr("are not asked for"), QString());
    m_reason->addItem(tr("go into a new field"), m_newReason.text());
    for (const Field &each : table.liveFields()) {
        if (each.id == field.id) {
            continue;
        }
        if (valueTypeOf(each.kind) == ValueType::Option && !each.isComputed()) {
            m_parent->addItem(each.name, each.id.text());
        }
        if (valueTypeOf(each.kind) == ValueType::Text && !each.isComputed()) {
            m_reason->addItem(tr("go into “%1”").arg(each.name), each.id.text());
        }
        if (!each.isComputed()) {
            typed += {each.id.text(), each.name};
        }
    }
    QStringList watched;
    for (const FieldId id : field.watched) {
        watched += id.text();
    }
    m_watched->setEntries(typed, watched);
    m_parent->setCurrentIndex(std::max(0, m_parent->findData(field.parent.text())));
    m_reason->setCurrentIndex(std::max(0, m_reason->findData(field.reason.text())));
    m_moves->setChecked(field.limitsMoves);
    m_since->setChecked(true);
    form->addRow(tr("Depends on"), m_parent);
    form->addRow(tr("Moves"), m_moves);
    form->addRow(tr("Reasons"), m_reason);
    form->addRow(QString(), m_since);
    form->addRow(tr("Counts"), m_watched);
    connect(m_parent, &QComboBox::currentIndexChanged, this, &TieRows::changed);
    connect(m_reason, &QComboBox::currentIndexChanged, this, &TieRows::changed);
    connect(m_moves, &QCheckBox::toggled, this, &TieRows::changed);
}

void TieRows::offerFor(FieldKind kind, bool isFormula)
{
    m_kind = isFormula ? FieldKind::SingleLineText : kind;
    const ValueType type = valueTypeOf(m_kind);
    const bool isSelect =
        kind != FieldKind::Department && (type == ValueType::Option || type == ValueType::Options);
    const bool isState = m_kind == FieldKind::State;
    m_form->setRowVisible(m_parent, isSelect && m_parent->count() > 1);
    m_form->setRowVisible(m_moves, isState);
    m_form->setRowVisible(m_reason, isState);
    m_form->setRowVisible(m_since, isState && m_field.kind != FieldKind::State);
    m_form->setRowVisible(
        m_watched, m_kind == FieldKind::ModifiedTime || m_kind == FieldKind::ModifiedBy);
}

const Field *TieRows::parent() const
{
    return m_form->isRowVisible(m_parent) ? m_table.field(idOf(m_parent->currentData().toString()))
                                          : nullptr;
}

bool TieRows::limitsMoves() const
{
    return m_kind == FieldKind::State && m_moves->isChecked();
}

bool TieRows::asksReasons() const
{
    return m_kind == FieldKind::State && m_reason->currentIndex() > 0;
}

bool TieRows::takesNewReason() const
{
    return asksReasons() && m_reason->currentData().toString() == m_newReason.text();
}

void TieRows::apply(Field &field) const
{
    field.parent = parent() ? parent()->id : FieldId();
    field.limitsMoves = limitsMoves();
    field.reason = asksReasons() ? idOf(m_reason->currentData().toString()) : FieldId();
    field.watched.clear();
    for (const QString &id :
        m_form->isRowVisible(m_watched) ? m_watched->chosen() : QStringList()) {
        field.watched += idOf(id);
    }
}

QList<Operation> TieRows::fieldsBefore(const QString &name) const
{
    if (!takesNewReason()) {
        return {};
    }
    Field reason;
    reason.id = m_newReason;
    reason.name = tr("%1: why").arg(name.simplified());
    return {PutField{m_table.id, reason}};
}

QList<Operation> TieRows::fieldsAfter(const Field &made) const
{
    if (!m_form->isRowVisible(m_since) || !m_since->isChecked()) {
        return {};
    }
    Field since;
    since.id = m_newSince;
    since.name = tr("%1 since").arg(made.name.simplified());
    since.kind = FieldKind::ModifiedTime;
    since.watched = {made.id};
    return {PutField{m_table.id, since}};
}

} // namespace casebase
