// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/theme/Theme.h"
#include "shared/schema/Person.h"
#include "shared/schema/Table.h"

#include <QDialog>

class QCheckBox;
class QLabel;
class QLineEdit;
class QTableWidget;

namespace casebase {

/// A plain editor for a workflow of approvals one after another: each with a name and who decides.
class WorkflowDialog final : public QDialog {
    Q_OBJECT
public:
    /// A workflow with a null id is a new one.
    WorkflowDialog(const Theme &theme, const Table &table, const Workflow &workflow,
        const People &people, QWidget *parent);

    Workflow workflow() const;

private:
    void addNode(const WorkflowNode &node);
    void check();

    const Table m_table;
    Workflow m_workflow;
    const People m_people;
    QLineEdit *m_name;
    QCheckBox *m_cancellable;
    QTableWidget *m_nodes;
    QLabel *m_problem;
};

} // namespace casebase
