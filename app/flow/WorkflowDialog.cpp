// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/flow/WorkflowDialog.h"

#include "app/widgets/Parts.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QTableWidget>

namespace casebase {

namespace {

constexpr int IdRole = Qt::UserRole;

} // namespace

WorkflowDialog::WorkflowDialog(const Theme &theme, const Table &table, const Workflow &workflow,
    const People &people, QWidget *parent)
    : QDialog(parent)
    , m_table(table)
    , m_workflow(workflow)
    , m_people(people)
    , m_name(new QLineEdit(workflow.name))
    , m_cancellable(new QCheckBox(tr("Who started it may withdraw it")))
    , m_nodes(new QTableWidget(0, 2))
    , m_problem(newLabel({}, "danger"))
{
    const bool isNew = workflow.id.isNull();
    setWindowTitle(isNew ? tr("New workflow") : tr("Workflow “%1”").arg(workflow.name));
    setMinimumSize(560, 380);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 16, 20, 16);
    layout->setSpacing(10);
    auto *form = new QFormLayout;
    m_name->setAccessibleName(tr("Name"));
    m_name->setPlaceholderText(tr("For example: Refund approval"));
    form->addRow(tr("Name"), m_name);
    layout->addLayout(form);
    layout->addWidget(newLabel(
        tr("Approvals, one after another. Running ones keep the version they started with."),
        "small"));
    m_nodes->setHorizontalHeaderLabels({tr("Node"), tr("Who decides")});
    m_nodes->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    m_nodes->verticalHeader()->setDefaultSectionSize(36);
    m_nodes->setAccessibleName(tr("Nodes"));
    layout->addWidget(m_nodes, 1);
    auto *row = new QHBoxLayout;
    auto *add = newIconTextButton(theme, QStringLiteral("plus"), tr("Add approval"), "");
    connect(add, &QPushButton::clicked, this, [this] {
        addNode({{}, tr("Approval %1").arg(m_nodes->rowCount() + 1), {}, {}});
    });
    auto *remove = newButton(tr("Remove"), "");
    connect(
        remove, &QPushButton::clicked, this, [this] { m_nodes->removeRow(m_nodes->currentRow()); });
    row->addWidget(add);
    row->addWidget(remove);
    row->addStretch();
    layout->addLayout(row);
    m_cancellable->setChecked(workflow.isCancellable);
    layout->addWidget(m_cancellable);
    m_problem->hide();
    layout->addWidget(m_problem);
    auto *buttons = new QHBoxLayout;
    auto *save = newButton(isNew ? tr("Create") : tr("Save"), "primary");
    auto *cancel = newButton(tr("Cancel"), "");
    connect(save, &QPushButton::clicked, this, &WorkflowDialog::check);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    buttons->addStretch();
    buttons->addWidget(cancel);
    buttons->addWidget(save);
    layout->addLayout(buttons);
    if (isNew) {
        addNode({{}, tr("Approval %1").arg(1), {}, {}});
    } else {
        for (const WorkflowNode &node : workflow.versions.last().nodes) {
            addNode(node);
        }
    }
}

void WorkflowDialog::addNode(const WorkflowNode &node)
{
    const int row = m_nodes->rowCount();
    m_nodes->insertRow(row);
    auto *name = new QTableWidgetItem(node.name);
    name->setData(IdRole, node.id);
    m_nodes->setItem(row, 0, name);
    auto *who = new QComboBox;
    who->setAccessibleName(tr("Who decides"));
    for (const Person &person : m_people.all()) {
        if (person.role != Role::None) {
            who->addItem(person.name, person.id.text());
        }
    }
    for (const Field &field : m_table.liveFields()) {
        if (field.kind == FieldKind::Person || field.kind == FieldKind::Persons
            || field.kind == FieldKind::CreatedBy) {
            who->addItem(tr("whoever stands in “%1”").arg(field.name), field.id.text());
        }
    }
    if (!node.assignees.isEmpty()) {
        const Assignee &first = node.assignees.first();
        who->setCurrentIndex(
            who->findData(first.person.isNull() ? first.field.text() : first.person.text()));
    }
    m_nodes->setCellWidget(row, 1, who);
}

Workflow WorkflowDialog::workflow() const
{
    Workflow result = m_workflow;
    result.name = m_name->text().simplified();
    result.isCancellable = m_cancellable->isChecked();
    const QList<WorkflowNode> before =
        m_workflow.versions.isEmpty() ? QList<WorkflowNode>() : m_workflow.versions.last().nodes;
    WorkflowVersion version;
    for (int row = 0; row < m_nodes->rowCount(); ++row) {
        WorkflowNode node;
        node.id = m_nodes->item(row, 0)->data(IdRole).toString();
        for (const WorkflowNode &each : before) {
            node = !node.id.isEmpty() && each.id == node.id ? each : node;
        }
        node.id = node.id.isEmpty() ? QStringLiteral("n%1").arg(before.size() + row + 1) : node.id;
        node.name = m_nodes->item(row, 0)->text().simplified();
        const QString who =
            qobject_cast<QComboBox *>(m_nodes->cellWidget(row, 1))->currentData().toString();
        const auto person = UserId::fromText(who);
        const auto field = FieldId::fromText(who);
        const Assignee chosen{person.value_or(UserId()), field.value_or(FieldId())};
        if (node.assignees.isEmpty() || node.assignees.first() != chosen) {
            node.assignees = {chosen};
        }
        version.nodes += node;
    }
    result.versions = {version};
    return result;
}

void WorkflowDialog::check()
{
    const Workflow made = workflow();
    const auto &nodes = made.versions.last().nodes;
    const bool isNameless = std::any_of(
        nodes.cbegin(), nodes.cend(), [](const WorkflowNode &node) { return node.name.isEmpty(); });
    if (made.name.isEmpty() || nodes.isEmpty() || isNameless) {
        m_problem->setText(tr("A workflow needs a name, and at least one approval with a name"));
        m_problem->show();
        return;
    }
    accept();
}

} // namespace casebase
