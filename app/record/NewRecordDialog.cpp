// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/record/NewRecordDialog.h"

#include "app/model/LinkChoices.h"
#include "app/widgets/Parts.h"
#include "shared/field/SelectFields.h"
#include "shared/support/ErrorText.h"

#include <QScrollArea>
#include <QVBoxLayout>

namespace casebase {

Value withLink(const Value &value, const Field &field, const NewRecord &record)
{
    const auto *links = std::get_if<Links>(&value);
    Links result = links && !field.link.isSingle ? *links : Links();
    const auto *title =
        record.values.isEmpty() ? nullptr : std::get_if<QString>(&record.values.first().value);
    result += Link{record.id, title ? *title : QString()};
    return result;
}

NewRecordDialog::NewRecordDialog(const Theme &theme, Session &session, BaseId base,
    const Table &table, const NewRecord &begun, const Submit &submit, QWidget *parent)
    : QDialog(parent)
    , m_theme(theme)
    , m_session(session)
    , m_base(base)
    , m_table(table.id)
    , m_record(begun.id)
    , m_submit(submit)
    , m_problem(newLabel({}, "danger"))
{
    setWindowTitle(tr("New record in “%1”").arg(table.name));
    resize(520, 560);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 12);
    layout->setSpacing(8);
    auto *scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto *body = new Ground(theme, Tone::Surface);
    auto *rows = new QVBoxLayout(body);
    rows->setContentsMargins(16, 12, 16, 12);
    rows->setSpacing(2);
    const FieldContext context = session.fieldContext(base);
    for (const Field &field : table.liveFields()) {
        // Files are added on the card.
        const bool isTyped = !field.isComputed() && !field.isSystem && isTypable(field.kind);
        if (!isTyped) {
            continue;
        }
        auto *row = new FieldRow(theme, withLiveTies(field, table), true, body);
        if (field.kind == FieldKind::Links) {
            row->setLinkChoices([&session, base, id = table.id, record = m_record, field] {
                return new LinkChoices(session, base, id, record, field);
            });
        }
        const auto said = std::find_if(begun.values.cbegin(), begun.values.cend(),
            [&field](const FieldValue &each) { return each.field == field.id; });
        const bool isGiven = field.defaultValue.kind == DefaultValue::Kind::Fixed;
        row->setValue(said != begun.values.cend() ? said->value
                : isGiven                         ? field.defaultValue.value
                                                  : Value(),
            context);
        connect(row, &FieldRow::recordWanted, this,
            [this, row](FieldId, const NewRecord &linked) { askForLinked(*row, linked); });
        connect(row, &FieldRow::edited, this,
            [this](FieldId id, const Value &, const Value &value, const QList<Operation> &first,
                const QList<FieldValue> &besides) {
                m_preparations[id] += first;
                m_problem->hide();
                for (const FieldValue &each : besides) {
                    settle(each.field, each.value);
                }
                settleChildren(id, value);
            });
        rows->addWidget(row);
        m_rows += row;
    }
    for (const FieldRow *row : std::as_const(m_rows)) {
        settleChildren(row->field().id, row->value());
    }
    rows->addStretch();
    scroll->setWidget(body);
    layout->addWidget(scroll, 1);
    m_problem->setWordWrap(true);
    m_problem->setContentsMargins(20, 0, 20, 0);
    m_problem->hide();
    layout->addWidget(m_problem);
    auto *buttons = new QHBoxLayout;
    buttons->setContentsMargins(20, 0, 20, 0);
    auto *hint = newLabel(tr("* must have a value"), "small");
    auto *cancel = newButton(tr("Cancel"), "");
    auto *create = newButton(tr("Create"), "primary");
    cancel->setAutoDefault(false);
    create->setAutoDefault(false); // Enter edits the field that has the focus.
    create->setShortcut(Qt::CTRL | Qt::Key_Return);
    setTip(create, tr("Create the record (Ctrl+Enter)"));
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(create, &QPushButton::clicked, this, &QDialog::accept);
    buttons->addWidget(hint);
    buttons->addStretch();
    buttons->addWidget(cancel);
    buttons->addWidget(create);
    layout->addLayout(buttons);
    const auto open = std::find_if(
        m_rows.cbegin(), m_rows.cend(), [](const FieldRow *row) { return isEmpty(row->value()); });
    if (open != m_rows.cend()) {
        (*open)->setFocus();
    }
}

void NewRecordDialog::settle(FieldId field, const Value &value)
{
    for (FieldRow *row : std::as_const(m_rows)) {
        if (row->field().id == field) {
            row->setValue(value, m_session.fieldContext(m_base));
            settleChildren(field, value);
        }
    }
}

/// What hangs on the field offers what goes with its value, and holds nothing else.
void NewRecordDialog::settleChildren(FieldId parent, const Value &value)
{
    for (FieldRow *row : std::as_const(m_rows)) {
        if (row->field().parent == parent) {
            row->setParentValue(value);
            row->setValue(
                fittingUnder(row->value(), row->field(), value), m_session.fieldContext(m_base));
        }
    }
}

/// It is made together with this one.
void NewRecordDialog::askForLinked(FieldRow &row, const NewRecord &begun)
{
    const Document *document = m_session.document(m_base);
    const LinkOptions &link = row.field().link;
    const TableData *far = document ? document->table(link.table) : nullptr;
    if (!far) {
        return;
    }
    auto *dialog = new NewRecordDialog(
        m_theme, m_session, m_base, far->definition(), begun,
        [this, &row, begun](const QList<Operation> &operations) -> Done {
            TRY(m_session.check(m_base, Edit{operations}));
            m_preparations[row.field().id] += operations;
            row.setValue(withLink(row.value(), row.field(), begun), m_session.fieldContext(m_base));
            return Ok;
        },
        this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

QList<Operation> NewRecordDialog::operations() const
{
    QList<Operation> operations;
    NewRecord record{m_record, {}};
    for (const FieldRow *row : m_rows) {
        const Field &field = row->field();
        operations += m_preparations.value(field.id);
        const bool isGiven = field.defaultValue.kind == DefaultValue::Kind::Fixed;
        if (isGiven || !isEmpty(row->value())) {
            record.values += FieldValue{field.id, row->value()};
        }
    }
    operations += CreateRecords{m_table, {record}};
    return operations;
}

void NewRecordDialog::accept()
{
    for (FieldRow *row : std::as_const(m_rows)) {
        row->finishEditing();
        if (row->isEditing()) {
            return; // It says what is wrong.
        }
    }
    const Done done = m_submit(operations());
    if (done) {
        QDialog::accept();
        return;
    }
    m_problem->setText(localisedSentence(done.error()));
    m_problem->show();
    for (FieldRow *row : std::as_const(m_rows)) {
        if (done.error().arguments.value(0) == row->field().name) {
            row->setFocus();
        }
    }
}

} // namespace casebase
