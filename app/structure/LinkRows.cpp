// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/structure/LinkRows.h"

#include "shared/field/FieldType.h"
#include "shared/formula/Expression.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>

namespace casebase {

LinkRows::LinkRows(QFormLayout *form, const Document &document, const TableData &table,
    const Field &field, IdSource &ids)
    : QObject(form)
    , m_form(form)
    , m_document(document)
    , m_table(table)
    , m_field(field)
    , m_ids(ids)
    , m_target(new QComboBox)
    , m_reverseName(new QLineEdit)
    , m_single(new QCheckBox(tr("Only one record")))
    , m_whenGone(new QComboBox)
    , m_view(new QComboBox)
    , m_condition(new QLineEdit)
    , m_shown(new QComboBox)
    , m_onlyNew(new QCheckBox(tr("Only records that are made here")))
{
    const bool isLink = field.kind == FieldKind::Links;
    m_new.reverse = ids.next<FieldId>();
    m_new.isKept = true;
    m_target->setAccessibleName(tr("Leads to"));
    for (const TableId id : document.liveTables()) {
        const QString &name = document.table(id)->definition().name;
        m_target->addItem(
            id == table.definition().id ? tr("%1 (this table)").arg(name) : name, id.text());
    }
    if (isLink) {
        m_target->setCurrentIndex(m_target->findData(field.link.table.text()));
        m_target->setEnabled(false); // Settled when it was made.
    } else if (m_target->count() > 1 && m_target->currentData() == table.definition().id.text()) {
        m_target->setCurrentIndex(1); // Most links lead elsewhere.
    }
    m_reverseName->setAccessibleName(tr("Called there"));
    m_reverseName->setPlaceholderText(table.definition().name);
    m_single->setChecked(isLink && field.link.isSingle);
    m_whenGone->setAccessibleName(tr("If a linked record is deleted"));
    m_whenGone->addItem(tr("the link goes"), int(WhenGone::Unlink));
    m_whenGone->addItem(tr("refuse to delete it"), int(WhenGone::Forbid));
    m_whenGone->addItem(tr("delete this record, too"), int(WhenGone::Cascade));
    m_whenGone->setCurrentIndex(m_whenGone->findData(int(field.link.whenGone)));
    form->addRow(tr("Leads to"), m_target);
    form->addRow(tr("Called there"), m_reverseName);
    m_shown->setAccessibleName(tr("Shows"));
    form->addRow(tr("Shows"), m_shown);
    form->addRow(QString(), m_single);
    m_onlyNew->setChecked(isLink && field.link.onlyNew);
    form->addRow(QString(), m_onlyNew);
    m_view->setAccessibleName(tr("Offers"));
    m_condition->setAccessibleName(tr("Only if"));
    m_condition->setPlaceholderText(tr("for example {City}={Town}"));
    m_condition->setToolTip(
        tr("A formula in the record to be linked. Fields are looked for there, then here."));
    form->addRow(tr("If it is deleted"), m_whenGone);
    form->addRow(tr("Offers"), m_view);
    form->addRow(tr("Only if"), m_condition);
    offerViews();
    offerTitles();
    if (isLink && chosen()) {
        m_shown->setCurrentIndex(std::max(0, m_shown->findData(field.link.shown.text())));
        m_condition->setText(withNames(
            field.link.condition, table.definition(), &m_document, &chosen()->definition()));
        m_view->setCurrentIndex(std::max(0, m_view->findData(field.link.view.text())));
    }
    connect(m_target, &QComboBox::currentIndexChanged, this, [this] {
        offerViews();
        offerTitles();
        Q_EMIT changed();
    });
    connect(m_shown, &QComboBox::activated, this, &LinkRows::changed);
    connect(m_single, &QCheckBox::toggled, this, &LinkRows::changed);
}

void LinkRows::setVisible(bool isVisible)
{
    m_form->setRowVisible(m_target, isVisible);
    m_form->setRowVisible(m_reverseName, isVisible && m_field.kind != FieldKind::Links);
    m_form->setRowVisible(m_shown, isVisible);
    m_form->setRowVisible(m_single, isVisible);
    m_form->setRowVisible(m_onlyNew, isVisible);
    m_form->setRowVisible(m_whenGone, isVisible);
    m_form->setRowVisible(m_view, isVisible);
    m_form->setRowVisible(m_condition, isVisible);
}

const TableData *LinkRows::chosen() const
{
    const auto id = TableId::fromText(m_target->currentData().toString());
    return id ? m_document.table(*id) : nullptr;
}

void LinkRows::offerViews()
{
    m_view->clear();
    m_view->addItem(tr("all records"));
    for (const View &view : chosen() ? chosen()->definition().views : QList<View>()) {
        m_view->addItem(tr("those of the view “%1”").arg(view.name), view.id.text());
    }
}

/// The fields by which linked records can be called.
void LinkRows::offerTitles()
{
    m_shown->clear();
    const QList<Field> fields = chosen() ? chosen()->definition().liveFields() : QList<Field>();
    for (const Field &field : fields) {
        const ValueType type = valueTypeOf(field.kind);
        const bool isFirst = m_shown->count() == 0;
        if (isFirst
            || (type != ValueType::Links && type != ValueType::Files
                && type != ValueType::Nothing)) {
            m_shown->addItem(isFirst ? tr("%1 (the first field)").arg(field.name) : field.name,
                isFirst ? QString() : field.id.text());
        }
    }
}

LinkOptions LinkRows::options() const
{
    LinkOptions options = m_field.kind == FieldKind::Links ? m_field.link : m_new;
    options.table = TableId::fromText(m_target->currentData().toString()).value_or(TableId());
    options.isSingle = m_single->isChecked();
    options.whenGone = WhenGone(m_whenGone->currentData().toInt());
    options.view = ViewId::fromText(m_view->currentData().toString()).value_or(ViewId());
    options.shown = FieldId::fromText(m_shown->currentData().toString()).value_or(FieldId());
    options.onlyNew = m_onlyNew->isChecked();
    options.condition = m_condition->text().trimmed();
    return options;
}

std::optional<PutField> LinkRows::reverseNamed(const Field &field) const
{
    const QString name = m_reverseName->text().simplified();
    if (m_field.kind == FieldKind::Links || name.isEmpty()) {
        return std::nullopt;
    }
    Field reverse;
    reverse.id = field.link.reverse;
    reverse.name = name;
    reverse.kind = FieldKind::Links;
    reverse.link = {m_table.definition().id, field.id, !field.link.isKept, false, WhenGone::Unlink};
    return PutField{field.link.table, reverse, -1};
}

CreateRecords LinkRows::recordsNamed(const QStringList &names) const
{
    const TableData *far = chosen();
    const Field &primary = *far->definition().titleField(options().shown);
    const FieldContext context{m_document.people(), QLocale()};
    CreateRecords create{far->definition().id, {}};
    for (const QString &name : names) {
        const auto value = fieldType(primary.kind).parse(name, primary, context);
        if (value && !isEmpty(value.value())) {
            create.records +=
                NewRecord{m_ids.next<RecordId>(), {FieldValue{primary.id, value.value()}}};
        }
    }
    return create;
}

} // namespace casebase
