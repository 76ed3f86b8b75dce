// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/widgets/CheckMenu.h"

#include "app/widgets/Parts.h"

#include <QCheckBox>
#include <QMenu>
#include <QVBoxLayout>
#include <QWidgetAction>

namespace casebase {

CheckMenu::CheckMenu(const QString &name, const QString &none)
    : m_none(none)
{
    setAccessibleName(name);
    setAutoDefault(false);
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    setMinimumWidth(160);
    setStyleSheet(QStringLiteral("text-align: left")); // as in a box that is filled in
    connect(this, &QPushButton::clicked, this, &CheckMenu::open);
}

void CheckMenu::setEntries(const QList<Entry> &entries, const QStringList &chosen)
{
    m_entries = entries;
    m_chosen.clear();
    for (const Entry &entry : entries) {
        if (chosen.contains(entry.id)) {
            m_chosen += entry.id;
        }
    }
    updateText();
}

void CheckMenu::updateText()
{
    QStringList names;
    for (const Entry &entry : std::as_const(m_entries)) {
        if (m_chosen.contains(entry.id)) {
            names += entry.name;
        }
    }
    const QString all = names.join(QStringLiteral(", "));
    const QString shown =
        fontMetrics().elidedText(all, Qt::ElideRight, std::max(120, width() - 40));
    setText(buttonText(names.isEmpty() ? m_none : shown));
    setTip(this, all);
    setAccessibleDescription(all);
}

void CheckMenu::open()
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    auto *boxes = new QWidget;
    auto *layout = new QVBoxLayout(boxes);
    layout->setContentsMargins(10, 6, 10, 6);
    layout->setSpacing(4);
    for (const Entry &entry : std::as_const(m_entries)) {
        auto *box = new QCheckBox(buttonText(entry.name));
        box->setChecked(m_chosen.contains(entry.id));
        connect(box, &QCheckBox::toggled, this, [this, id = entry.id](bool isOn) {
            QStringList chosen = m_chosen;
            chosen.removeAll(id);
            setEntries(m_entries, isOn ? chosen << id : chosen);
            Q_EMIT changed();
        });
        layout->addWidget(box);
    }
    auto *action = new QWidgetAction(menu);
    action->setDefaultWidget(boxes);
    menu->addAction(action);
    menu->popup(mapToGlobal(QPoint(0, height())));
    if (auto *first = boxes->findChild<QCheckBox *>()) {
        first->setFocus();
    }
}

} // namespace casebase
