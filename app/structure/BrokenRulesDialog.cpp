// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/structure/BrokenRulesDialog.h"

#include "app/model/TaskList.h"
#include "app/widgets/Parts.h"

#include <QHeaderView>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace casebase {

namespace {

constexpr qsizetype MostShown = 500;

} // namespace

BrokenRulesDialog::BrokenRulesDialog(const Theme &theme, const Document &document, TableId table,
    const Field &field, Use use, QWidget *parent)
    : QDialog(parent)
    , m_document(document)
    , m_table(table)
    , m_field(field)
    , m_use(use)
    , m_count(newLabel({}, "small"))
    , m_list(new QTreeWidget)
{
    setWindowTitle(tr("Values against the rules of “%1”").arg(field.name));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 16, 20, 16);
    layout->setSpacing(10);
    m_count->setWordWrap(true);
    layout->addWidget(m_count);
    m_list->setAccessibleName(windowTitle());
    m_list->setHeaderLabels({tr("Record"), field.name, tr("Why")});
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->setMinimumSize(620, 280);
    m_list->setColumnWidth(0, 170);
    m_list->setColumnWidth(1, 150);
    m_list->setFont(theme.font(TextSize::Body));
    layout->addWidget(m_list, 1);
    auto *buttons = new QHBoxLayout;
    auto *close = newButton(tr("Close"), "primary");
    connect(close, &QPushButton::clicked, this, &QDialog::accept);
    buttons->addStretch();
    buttons->addWidget(close);
    layout->addLayout(buttons);
    connect(m_list, &QTreeWidget::itemActivated, this, [this](QTreeWidgetItem *item) {
        if (const auto id = RecordId::fromText(item->data(0, Qt::UserRole).toString())) {
            Q_EMIT recordChosen(*id);
        }
    });
    connect(&m_marks, &RuleMarks::changed, this, &BrokenRulesDialog::fill);
    look();
    fill();
}

void BrokenRulesDialog::follow(const Document &document)
{
    const TableData *table = document.table(m_table);
    const Field *field = table ? table->definition().field(m_field.id) : nullptr;
    if (!field || field->isTrashed) {
        return reject();
    }
    m_document = document;
    m_field = *field;
    look();
}

void BrokenRulesDialog::look()
{
    m_document = withField(m_document, m_table, m_field);
    m_marks.look(m_document, m_table, {m_field}, {},
        {m_document.people(), QLocale(), QTimeZone::systemTimeZone(),
            QDateTime::currentMSecsSinceEpoch()});
}

void BrokenRulesDialog::fill()
{
    const TableData &table = *m_document.table(m_table);
    const FieldContext context{m_document.people(), QLocale(), QTimeZone::systemTimeZone(),
        QDateTime::currentMSecsSinceEpoch()};
    const std::vector<Row> rows = m_marks.rows(m_field.id);
    const qsizetype shown = std::min(MostShown, qsizetype(rows.size()));
    m_count->setText(rows.empty() ? tr("All values meet the rules.")
            : shown < qsizetype(rows.size())
            ? tr("%n value(s); the first %1 are listed.", nullptr, int(rows.size())).arg(shown)
            : m_use == Use::Open
            ? tr("%n value(s). Double-click one to open its record.", nullptr, int(rows.size()))
            : tr("%n value(s).", nullptr, int(rows.size())));
    m_list->clear();
    for (const BrokenRule &each : brokenRules(m_document, table,
             QList<Row>(rows.cbegin(), rows.cbegin() + shown), {m_field}, context)) {
        const Row row = *table.row(each.record);
        auto *item = new QTreeWidgetItem(m_list,
            QStringList{recordHeading(table, row, context),
                fieldType(m_field.kind).format(table.value(row, m_field), m_field, context),
                warningText(each.error)});
        item->setData(0, Qt::UserRole, each.record.text());
        item->setToolTip(2, tipText(item->text(2)));
    }
}

} // namespace casebase
