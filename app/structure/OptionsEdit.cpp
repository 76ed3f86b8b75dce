// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/structure/OptionsEdit.h"

#include "app/widgets/CheckMenu.h"
#include "app/widgets/ColourMenu.h"
#include "app/widgets/Paint.h"
#include "app/widgets/Parts.h"
#include "shared/document/Convert.h"
#include "shared/field/SelectFields.h"

#include <QCheckBox>
#include <QFormLayout>
#include <QListWidget>
#include <QMenu>
#include <QVBoxLayout>

namespace casebase {

namespace {

constexpr int IdRole = Qt::UserRole;
constexpr int ColourRole = Qt::UserRole + 1;
constexpr int NextRole = Qt::UserRole + 2;
constexpr int AsksRole = Qt::UserRole + 3;
constexpr int UnderRole = Qt::UserRole + 4;

OptionId idOf(const QListWidgetItem &item)
{
    return OptionId::fromText(item.data(IdRole).toString()).value_or(OptionId());
}

QStringList textsOf(const QList<OptionId> &ids)
{
    QStringList texts;
    for (const OptionId id : ids) {
        texts += id.text();
    }
    return texts;
}

QList<OptionId> idsOf(const QVariant &texts)
{
    QList<OptionId> ids;
    for (const QString &text : texts.toStringList()) {
        ids += OptionId::fromText(text).value_or(OptionId());
    }
    return ids;
}

} // namespace

OptionsEdit::OptionsEdit(
    const Theme &theme, const TableData &table, const Field &field, IdSource &ids)
    : m_theme(theme)
    , m_table(table)
    , m_field(field)
    , m_ids(ids)
    , m_list(new QListWidget)
    , m_colour(newIconTextButton(theme, QStringLiteral("palette"), tr("Colour"), ""))
    , m_remove(newButton(tr("Remove"), ""))
    , m_grows(new QCheckBox(tr("Whoever edits records may add options")))
    , m_ties(new QFormLayout)
    , m_next(new CheckMenu(tr("Goes on to"), tr("nowhere")))
    , m_asks(new QCheckBox(tr("Whoever moves here says why")))
    , m_under(new CheckMenu(tr("Goes with"), tr("every choice")))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    m_list->setDragDropMode(QAbstractItemView::InternalMove);
    m_list->setAccessibleName(tr("Options"));
    m_list->setMinimumHeight(150);
    for (const Option &option : field.options) {
        add(option);
    }
    m_list->setCurrentRow(0);
    layout->addWidget(newLabel(tr("Options, in the order in which they sort"), "small"));
    layout->addWidget(m_list);
    auto *another = newIconTextButton(theme, QStringLiteral("plus"), tr("Add option"), "");
    connect(another, &QPushButton::clicked, this, [this] {
        add({m_ids.next<OptionId>(), tr("Option %1").arg(m_list->count() + 1),
            plainColour(m_list->count())});
        m_list->setCurrentRow(m_list->count() - 1);
        m_list->editItem(m_list->currentItem());
    });
    connect(m_colour, &QPushButton::clicked, this, &OptionsEdit::chooseColour);
    connect(m_remove, &QPushButton::clicked, this, &OptionsEdit::remove);
    auto *row = new QHBoxLayout;
    row->addWidget(another);
    row->addWidget(m_colour);
    row->addWidget(m_remove);
    row->addStretch();
    layout->addLayout(row);
    m_grows->setChecked(field.takesNewOptions);
    layout->addWidget(m_grows);
    m_ties->setLabelAlignment(Qt::AlignLeft);
    m_ties->addRow(tr("Goes on to"), m_next);
    m_ties->addRow(QString(), m_asks);
    m_ties->addRow(tr("Goes with"), m_under);
    layout->addLayout(m_ties);
    connect(m_list, &QListWidget::currentItemChanged, this, &OptionsEdit::updateTies);
    connect(m_list, &QListWidget::itemChanged, this, &OptionsEdit::updateTies);
    const auto keep = [this](int role, const QVariant &value) {
        if (QListWidgetItem *item = m_list->currentItem()) {
            const QSignalBlocker quiet(m_list);
            item->setData(role, value);
        }
    };
    connect(m_next, &CheckMenu::changed, this, [this, keep] { keep(NextRole, m_next->chosen()); });
    connect(
        m_under, &CheckMenu::changed, this, [this, keep] { keep(UnderRole, m_under->chosen()); });
    connect(m_asks, &QCheckBox::clicked, this, [keep](bool isOn) { keep(AsksRole, isOn); });
    showTies(false, false, nullptr);
}

void OptionsEdit::showTies(bool moves, bool reasons, const Field *parent)
{
    m_parent = parent ? *parent : Field();
    m_ties->setRowVisible(m_next, moves);
    m_ties->setRowVisible(m_asks, reasons);
    m_ties->setRowVisible(m_under, parent != nullptr);
    updateTies();
}

/// Of the current option.
void OptionsEdit::updateTies()
{
    const QListWidgetItem *item = m_list->currentItem();
    for (QWidget *each : {static_cast<QWidget *>(m_next), static_cast<QWidget *>(m_asks),
             static_cast<QWidget *>(m_under)}) {
        each->setEnabled(item != nullptr);
    }
    if (!item) {
        return;
    }
    QList<CheckMenu::Entry> others;
    for (int i = 0; i < m_list->count(); ++i) {
        if (m_list->item(i) != item) {
            others += {m_list->item(i)->data(IdRole).toString(), m_list->item(i)->text()};
        }
    }
    QList<CheckMenu::Entry> above;
    for (const Option &option : std::as_const(m_parent.options)) {
        above += {option.id.text(), option.name};
    }
    m_next->setEntries(others, item->data(NextRole).toStringList());
    m_under->setEntries(above, item->data(UnderRole).toStringList());
    m_asks->setChecked(item->data(AsksRole).toBool());
}

void OptionsEdit::add(const Option &option)
{
    auto *item = new QListWidgetItem(option.name, m_list);
    item->setFlags(item->flags() | Qt::ItemIsEditable);
    item->setData(IdRole, option.id.text());
    item->setData(ColourRole, option.colour);
    item->setData(NextRole, textsOf(option.next));
    item->setData(AsksRole, option.asksReason);
    item->setData(UnderRole, textsOf(option.under));
    item->setIcon(swatch(m_theme, option.colour));
}

void OptionsEdit::offerGrowth(bool isOffered)
{
    m_grows->setVisible(isOffered);
}

bool OptionsEdit::takesNew() const
{
    return m_grows->isVisibleTo(this) && m_grows->isChecked();
}

QList<Option> OptionsEdit::options() const
{
    QList<Option> options;
    for (int i = 0; i < m_list->count(); ++i) {
        const QListWidgetItem &item = *m_list->item(i);
        options += Option{idOf(item), item.text(), item.data(ColourRole).toString(),
            idsOf(item.data(NextRole)), item.data(AsksRole).toBool(), idsOf(item.data(UnderRole))};
    }
    return options;
}

void OptionsEdit::chooseColour()
{
    QListWidgetItem *item = m_list->currentItem();
    if (!item) {
        return;
    }
    auto *menu = new ColourMenu(m_theme, this);
    connect(menu, &ColourMenu::chosen, this, [this, item](const QString &colour) {
        item->setData(ColourRole, colour);
        item->setIcon(swatch(m_theme, colour));
    });
    menu->popup(m_colour->mapToGlobal(QPoint(0, m_colour->height())));
}

void OptionsEdit::remove()
{
    const QListWidgetItem *item = m_list->currentItem();
    if (!item) {
        return;
    }
    const OptionId id = idOf(*item);
    const int uses = usesOf(id);
    if (uses == 0) {
        return removeInto(id, {});
    }
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    QAction *where = menu->addAction(
        tr("“%1” stands in %n record(s)", nullptr, uses).arg(buttonText(item->text())));
    where->setEnabled(false);
    QMenu *others = menu->addMenu(tr("Another option in its place"));
    for (const Option &option : options()) {
        if (option.id != id) {
            others->addAction(swatch(m_theme, option.colour), buttonText(option.name), this,
                [this, id, other = option.id] { removeInto(id, other); });
        }
    }
    others->setEnabled(!others->isEmpty());
    menu->addAction(tr("Leave them empty"), this, [this, id] { removeInto(id, {}); });
    menu->popup(m_remove->mapToGlobal(QPoint(0, m_remove->height())));
}

void OptionsEdit::removeInto(OptionId option, OptionId other)
{
    for (int i = 0; i < m_list->count(); ++i) {
        if (idOf(*m_list->item(i)) == option) {
            delete m_list->takeItem(i);
            break;
        }
    }
    for (OptionId &heir : m_removed) {
        heir = heir == option ? other : heir;
    }
    m_removed.insert(option, other);
    Q_EMIT removed();
}

/// Also of options that were to become this one.
int OptionsEdit::usesOf(OptionId option) const
{
    const bool isOld = m_field.option(option) != nullptr;
    int uses = 0;
    for (Row row = 0; isOld && row < m_table.rowCount(); ++row) {
        if (m_table.isAlive(row)) {
            const Value value = mergedOptions(m_table.value(row, m_field), m_removed);
            const auto *one = std::get_if<OptionId>(&value);
            const auto *several = std::get_if<Options>(&value);
            uses += (one && *one == option) || (several && several->contains(option)) ? 1 : 0;
        }
    }
    return uses;
}

QList<Operation> OptionsEdit::merges() const
{
    const bool hasHeirs = std::any_of(
        m_removed.cbegin(), m_removed.cend(), [](OptionId heir) { return !heir.isNull(); });
    return hasHeirs ? mergeOptions(m_table, m_field, m_removed) : QList<Operation>();
}

int OptionsEdit::emptied() const
{
    int count = 0;
    for (Row row = 0; !m_removed.isEmpty() && row < m_table.rowCount(); ++row) {
        const Value before = m_table.isAlive(row) ? m_table.value(row, m_field) : Value();
        count += !isEmpty(before) && isEmpty(mergedOptions(before, m_removed)) ? 1 : 0;
    }
    return count;
}

} // namespace casebase
