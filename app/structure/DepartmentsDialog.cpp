// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/structure/DepartmentsDialog.h"

#include "app/widgets/Parts.h"
#include "shared/support/ErrorText.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHeaderView>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace casebase {

namespace {

constexpr int IdRole = Qt::UserRole;
constexpr int HeadRole = Qt::UserRole + 1;
constexpr int ClosedRole = Qt::UserRole + 2;

} // namespace

DepartmentsDialog::DepartmentsDialog(const Theme &theme, const Departments &departments,
    const People &people, IdSource &ids, QWidget *parent)
    : QDialog(parent)
    , m_theme(theme)
    , m_people(people)
    , m_ids(ids)
    , m_tree(new QTreeWidget)
    , m_head(new QComboBox)
    , m_closed(new QCheckBox(tr("Closed: not offered any more")))
    , m_below(newIconButton(theme, QStringLiteral("branch"), tr("Add a part of it")))
    , m_up(newIconButton(theme, QStringLiteral("arrow-up"), tr("Move up")))
    , m_down(newIconButton(theme, QStringLiteral("arrow-down"), tr("Move down")))
    , m_remove(newIconButton(theme, QStringLiteral("trash"), tr("Remove")))
    , m_error(newLabel({}, "danger"))
{
    setWindowTitle(tr("Departments"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 16, 20, 16);
    layout->setSpacing(10);
    layout->addWidget(newLabel(tr("All fields of departments in this base offer these."), "small"));
    m_tree->setAccessibleName(tr("Departments"));
    m_tree->setHeaderLabels({tr("Department"), tr("Head")});
    m_tree->setMinimumSize(460, 240);
    m_tree->header()->setStretchLastSection(true);
    m_tree->setColumnWidth(0, 280);
    m_tree->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed);
    layout->addWidget(m_tree, 1);
    auto *add = newIconTextButton(theme, QStringLiteral("plus"), tr("Add department"), "");
    auto *tools = new QHBoxLayout;
    tools->addWidget(add);
    for (QToolButton *each : {m_below, m_up, m_down, m_remove}) {
        tools->addWidget(each);
    }
    tools->addStretch();
    layout->addLayout(tools);
    auto *line = new QHBoxLayout;
    line->addWidget(newLabel(tr("Head")));
    m_head->setAccessibleName(tr("Head"));
    m_head->addItem(tr("Nobody"));
    for (const Person &person : m_people.all()) {
        if (person.role != Role::None) {
            m_head->addItem(person.name, person.id.text());
        }
    }
    line->addWidget(m_head, 1);
    line->addWidget(m_closed);
    layout->addLayout(line);
    m_error->setWordWrap(true);
    m_error->hide();
    layout->addWidget(m_error);
    auto *buttons = new QHBoxLayout;
    auto *cancel = newButton(tr("Cancel"), "");
    auto *save = newButton(tr("Save"), "primary");
    save->setDefault(true);
    buttons->addStretch();
    buttons->addWidget(cancel);
    buttons->addWidget(save);
    layout->addLayout(buttons);

    connect(add, &QPushButton::clicked, this, [this] { addNew(false); });
    connect(m_below, &QToolButton::clicked, this, [this] { addNew(true); });
    connect(m_up, &QToolButton::clicked, this, [this] { move(-1); });
    connect(m_down, &QToolButton::clicked, this, [this] { move(1); });
    connect(m_remove, &QToolButton::clicked, this, &DepartmentsDialog::remove);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(save, &QPushButton::clicked, this, &QDialog::accept);
    connect(m_tree, &QTreeWidget::currentItemChanged, this, &DepartmentsDialog::showCurrent);
    connect(m_head, qOverload<int>(&QComboBox::activated), this, [this] {
        m_tree->currentItem()->setData(0, HeadRole, m_head->currentData());
        show(*m_tree->currentItem());
    });
    connect(m_closed, &QCheckBox::clicked, this, [this](bool isClosed) {
        m_tree->currentItem()->setData(0, ClosedRole, isClosed);
        show(*m_tree->currentItem());
    });

    QHash<OptionId, QTreeWidgetItem *> items;
    for (const Department &each : departments.inTreeOrder()) {
        items.insert(each.id, this->add(each, items.value(each.parent)));
    }
    m_tree->expandAll();
    m_tree->setCurrentItem(m_tree->topLevelItem(0));
    showCurrent();
}

/// The invisible item at the root for the topmost.
QTreeWidgetItem *DepartmentsDialog::above(const QTreeWidgetItem &item) const
{
    return item.parent() ? item.parent() : m_tree->invisibleRootItem();
}

QTreeWidgetItem *DepartmentsDialog::add(const Department &department, QTreeWidgetItem *above)
{
    auto *item = new QTreeWidgetItem(above ? above : m_tree->invisibleRootItem());
    item->setFlags(item->flags() | Qt::ItemIsEditable);
    item->setText(0, department.name);
    item->setData(0, IdRole, department.id.text());
    item->setData(0, HeadRole, department.head.isNull() ? QString() : department.head.text());
    item->setData(0, ClosedRole, department.isClosed);
    show(*item);
    return item;
}

void DepartmentsDialog::show(QTreeWidgetItem &item) const
{
    const auto head = UserId::fromText(item.data(0, HeadRole).toString());
    const Person *person = head ? m_people.person(*head) : nullptr;
    item.setText(1, person ? person->name : QString());
    const bool isClosed = item.data(0, ClosedRole).toBool();
    item.setForeground(0, m_theme.colour(isClosed ? Tone::Text3 : Tone::Text));
    item.setToolTip(0, isClosed ? tr("Closed") : QString());
}

void DepartmentsDialog::showCurrent()
{
    const QTreeWidgetItem *item = m_tree->currentItem();
    for (QWidget *each :
        std::initializer_list<QWidget *>{m_head, m_closed, m_below, m_up, m_down, m_remove}) {
        each->setEnabled(item);
    }
    if (item) {
        m_head->setCurrentIndex(std::max(0, m_head->findData(item->data(0, HeadRole))));
        m_closed->setChecked(item->data(0, ClosedRole).toBool());
        const int place = above(*item)->indexOfChild(const_cast<QTreeWidgetItem *>(item));
        m_up->setEnabled(place > 0);
        m_down->setEnabled(place + 1 < above(*item)->childCount());
    }
}

/// Beside the one that is chosen, or as a part of it; its name is asked for at once.
void DepartmentsDialog::addNew(bool isBelow)
{
    QTreeWidgetItem *current = m_tree->currentItem();
    QTreeWidgetItem *parent = !current ? nullptr : isBelow ? current : current->parent();
    const int number = (parent ? parent : m_tree->invisibleRootItem())->childCount() + 1;
    QTreeWidgetItem *item =
        add({m_ids.next<OptionId>(), tr("Department %1").arg(number), {}, {}, false}, parent);
    if (parent) {
        parent->setExpanded(true);
    }
    m_tree->setCurrentItem(item);
    m_tree->editItem(item);
}

void DepartmentsDialog::move(int by)
{
    QTreeWidgetItem *item = m_tree->currentItem();
    QTreeWidgetItem *parent = above(*item);
    const int place = parent->indexOfChild(item);
    const bool isExpanded = item->isExpanded();
    parent->insertChild(place + by, parent->takeChild(place));
    item->setExpanded(isExpanded);
    m_tree->setCurrentItem(item);
}

void DepartmentsDialog::remove()
{
    delete m_tree->currentItem();
    showCurrent();
}

QList<Department> DepartmentsDialog::departments() const
{
    QList<Department> all;
    appendFrom(*m_tree->invisibleRootItem(), {}, all);
    return all;
}

void DepartmentsDialog::appendFrom(
    const QTreeWidgetItem &above, OptionId parent, QList<Department> &all) const
{
    for (int i = 0; i < above.childCount(); ++i) {
        const QTreeWidgetItem &item = *above.child(i);
        const OptionId id = *OptionId::fromText(item.data(0, IdRole).toString());
        all += Department{id, item.text(0).simplified(), parent,
            UserId::fromText(item.data(0, HeadRole).toString()).value_or(UserId()),
            item.data(0, ClosedRole).toBool()};
        appendFrom(item, id, all);
    }
}

void DepartmentsDialog::accept()
{
    const Done done = Departments(departments()).check();
    if (!done) {
        m_error->setText(localisedSentence(done.error()));
        m_error->show();
        return;
    }
    QDialog::accept();
}

} // namespace casebase
