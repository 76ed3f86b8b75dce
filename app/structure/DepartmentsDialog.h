// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/theme/Theme.h"
#include "shared/schema/Department.h"
#include "shared/schema/Person.h"
#include "shared/support/IdSource.h"

#include <QDialog>

class QCheckBox;
class QComboBox;
class QLabel;
class QToolButton;
class QTreeWidget;
class QTreeWidgetItem;

namespace casebase {

/// Edits the departments of a base as a tree: names, heads, what is a part of what.
class DepartmentsDialog final : public QDialog {
    Q_OBJECT
public:
    DepartmentsDialog(const Theme &theme, const Departments &departments, const People &people,
        IdSource &ids, QWidget *parent);
    QList<Department> departments() const;
    /// Stays, and says why, if they cannot be so.
    void accept() override;

private:
    QTreeWidgetItem *add(const Department &department, QTreeWidgetItem *above);
    void addNew(bool isBelow);
    void move(int by);
    void remove();
    void show(QTreeWidgetItem &item) const;
    void showCurrent();
    void appendFrom(const QTreeWidgetItem &above, OptionId parent, QList<Department> &all) const;
    QTreeWidgetItem *above(const QTreeWidgetItem &item) const;

    const Theme &m_theme;
    const People m_people;
    IdSource &m_ids;
    QTreeWidget *m_tree;
    QComboBox *m_head;
    QCheckBox *m_closed;
    QToolButton *m_below;
    QToolButton *m_up;
    QToolButton *m_down;
    QToolButton *m_remove;
    QLabel *m_error;
};

} // namespace casebase
