// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/structure/FieldDialog.h"

#include "app/fields/CellPainter.h"
#include "app/widgets/Parts.h"
#include "shared/document/Convert.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QListWidget>
#include <QSpinBox>

namespace casebase {

namespace {

constexpr int IdRole = Qt::UserRole;
constexpr int ColourRole = Qt::UserRole + 1;

} // namespace

QString FieldDialog::kindName(FieldKind kind)
{
    switch (kind) {
    case FieldKind::SingleLineText:
        return tr("Text");
    case FieldKind::MultilineText:
        return tr("Long text");
    case FieldKind::Number:
        return tr("Number");
    case FieldKind::Checkbox:
        return tr("Checkbox");
    case FieldKind::SingleSelect:
        return tr("Single select");
    case FieldKind::MultipleSelects:
        return tr("Multiple select");
    case FieldKind::Date:
        return tr("Date");
    case FieldKind::DateTime:
        return tr("Date and time");
    case FieldKind::Person:
        return tr("Person");
    case FieldKind::CreatedTime:
        return tr("Created at");
    case FieldKind::ModifiedTime:
        return tr("Changed at");
    case FieldKind::CreatedBy:
        return tr("Created by");
    case FieldKind::ModifiedBy:
        return tr("Changed by");
    case FieldKind::AutoNumber:
        return tr("Auto number");
    case FieldKind::Attachments:
        return tr("Files");
    }
    return {};
}

FieldDialog::FieldDialog(const Theme &theme, const TableData &table, const Field &field,
    const FieldContext &context, IdSource &ids, QWidget *parent)
    : QDialog(parent)
    , m_theme(theme)
    , m_table(table)
    , m_field(field)
    , m_people(context.people)
    , m_zone(context.zone)
    , m_ids(ids)
    , m_name(new QLineEdit(field.name))
    , m_description(new QLineEdit(field.description))
    , m_kind(new QComboBox)
    , m_optionsBox(new QWidget)
    , m_options(new QListWidget)
    , m_precisionBox(new QWidget)
    , m_precision(new QSpinBox)
    , m_prefixBox(new QWidget)
    , m_prefix(new QLineEdit(field.prefix))
    , m_loss(newLabel({}, "warning"))
{
    const bool isNew = field.id.isNull();
    setWindowTitle(isNew ? tr("New field") : tr("Field “%1”").arg(field.name));
    setMinimumWidth(420);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 16, 20, 16);
    layout->setSpacing(10);
    auto *form = new QFormLayout;
    form->setVerticalSpacing(10);
    form->setLabelAlignment(Qt::AlignLeft);
    m_name->setAccessibleName(tr("Name"));
    m_description->setAccessibleName(tr("Description"));
    m_description->setPlaceholderText(tr("Shown as help; may stay empty"));
    m_kind->setAccessibleName(tr("Type"));
    for (const FieldKind each : allFieldKinds()) {
        Field sample;
        sample.kind = each;
        m_kind->addItem(theme.buttonIcon(CellPainter::icon(sample)), kindName(each), int(each));
    }
    m_kind->setCurrentIndex(m_kind->findData(int(field.kind)));
    m_kind->setEnabled(!field.isSystem);
    form->addRow(tr("Name"), m_name);
    form->addRow(tr("Description"), m_description);
    form->addRow(tr("Type"), m_kind);
    layout->addLayout(form);

    auto *optionsLayout = new QVBoxLayout(m_optionsBox);
    optionsLayout->setContentsMargins(0, 0, 0, 0);
    m_options->setDragDropMode(QAbstractItemView::InternalMove);
    m_options->setAccessibleName(tr("Options"));
    m_options->setMinimumHeight(150);
    for (const Option &option : field.options) {
        addOption(option);
    }
    optionsLayout->addWidget(newLabel(tr("Options, in the order in which they sort"), "small"));
    optionsLayout->addWidget(m_options);
    auto *add = newIconTextButton(theme, QStringLiteral("plus"), tr("Add option"), "");
    connect(add, &QPushButton::clicked, this, [this] {
        static const QStringList colours = Theme::optionNames().mid(0, 12);
        addOption({m_ids.next<OptionId>(), tr("Option %1").arg(m_options->count() + 1),
            colours[m_options->count() % colours.size()]});
        m_options->setCurrentRow(m_options->count() - 1);
        m_options->editItem(m_options->currentItem());
    });
    auto *remove = newButton(tr("Remove"), "");
    connect(remove, &QPushButton::clicked, this, [this] { delete m_options->currentItem(); });
    auto *row = new QHBoxLayout;
    row->addWidget(add);
    row->addWidget(remove);
    row->addStretch();
    optionsLayout->addLayout(row);
    layout->addWidget(m_optionsBox);

    auto *precisionLayout = new QFormLayout(m_precisionBox);
    precisionLayout->setContentsMargins(0, 0, 0, 0);
    m_precision->setRange(-1, 8);
    m_precision->setSpecialValueText(tr("as many as needed"));
    m_precision->setValue(field.precision);
    precisionLayout->addRow(tr("Decimals"), m_precision);
    layout->addWidget(m_precisionBox);
    auto *prefixLayout = new QFormLayout(m_prefixBox);
    prefixLayout->setContentsMargins(0, 0, 0, 0);
    prefixLayout->addRow(tr("Prefix"), m_prefix);
    layout->addWidget(m_prefixBox);
    m_loss->setWordWrap(true);
    layout->addWidget(m_loss);
    layout->addStretch();

    auto *buttons = new QHBoxLayout;
    auto *save = newButton(isNew ? tr("Create") : tr("Save"), "primary");
    auto *cancel = newButton(tr("Cancel"), "");
    save->setDefault(true);
    connect(save, &QPushButton::clicked, this, &QDialog::accept);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    buttons->addStretch();
    buttons->addWidget(cancel);
    buttons->addWidget(save);
    layout->addLayout(buttons);
    connect(m_kind, &QComboBox::currentIndexChanged, this, &FieldDialog::updateKind);
    updateKind();
    m_name->selectAll();
    m_name->setFocus();
}

FieldKind FieldDialog::kind() const
{
    return FieldKind(m_kind->currentData().toInt());
}

void FieldDialog::addOption(const Option &option)
{
    auto *item = new QListWidgetItem(option.name, m_options);
    item->setFlags(item->flags() | Qt::ItemIsEditable);
    item->setData(IdRole, option.id.text());
    item->setData(ColourRole, option.colour);
    QPixmap swatch(14, 14);
    swatch.fill(m_theme.option(option.colour).ground);
    item->setIcon(swatch);
}

void FieldDialog::updateKind()
{
    const FieldKind now = kind();
    m_optionsBox->setVisible(now == FieldKind::SingleSelect || now == FieldKind::MultipleSelects);
    m_precisionBox->setVisible(now == FieldKind::Number);
    m_prefixBox->setVisible(now == FieldKind::AutoNumber);
    m_loss->hide();
    if (!m_field.id.isNull() && now != m_field.kind) {
        const Field to = field();
        const Conversion conversion =
            convertField(m_table, m_field, to, {m_people, QLocale(), m_zone});
        m_loss->setVisible(conversion.converted > 0 || !conversion.lost.isEmpty());
        m_loss->setText(conversion.lost.isEmpty()
                ? tr("All %n value(s) convert", nullptr, int(conversion.converted))
                : tr("%1 values convert, %2 do not fit and become empty. Undo brings them back.")
                      .arg(conversion.converted)
                      .arg(conversion.lost.size()));
    }
    adjustSize();
}

Field FieldDialog::field() const
{
    Field result = m_field;
    if (result.id.isNull()) {
        result.id = m_ids.next<FieldId>();
    }
    result.name = m_name->text();
    result.description = m_description->text();
    result.kind = kind();
    result.precision = m_precision->value();
    result.prefix = m_prefix->text();
    result.options.clear();
    for (int i = 0; m_optionsBox->isVisibleTo(this) && i < m_options->count(); ++i) {
        const QListWidgetItem *item = m_options->item(i);
        result.options +=
            Option{OptionId::fromText(item->data(IdRole).toString()).value_or(OptionId()),
                item->text(), item->data(ColourRole).toString()};
    }
    return result;
}

} // namespace casebase
