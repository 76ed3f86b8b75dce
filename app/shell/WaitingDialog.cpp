// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shell/WaitingDialog.h"

#include "app/record/StepsBar.h"
#include "app/widgets/Parts.h"
#include "shared/support/ErrorText.h"

#include <QListWidget>
#include <QVBoxLayout>

namespace casebase {

namespace {

constexpr int CounterRole = Qt::UserRole;

} // namespace

WaitingDialog::WaitingDialog(const Theme &, Session &session, QWidget *parent)
    : QDialog(parent)
    , m_session(session)
    , m_list(new QListWidget)
{
    setWindowTitle(tr("Changes that wait"));
    resize(560, 360);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 16, 20, 16);
    layout->setSpacing(10);
    layout->addWidget(newLabel(
        tr("They are on this computer and go out by themselves when the server is there."), "2"));
    m_list->setAccessibleName(windowTitle());
    m_list->setWordWrap(true);
    layout->addWidget(m_list, 1);
    auto *row = new QHBoxLayout;
    auto *discard = newButton(tr("Discard what could not be applied"), "danger");
    connect(discard, &QPushButton::clicked, this, [this] {
        for (const Pending &pending : m_session.refused()) {
            m_session.discardRefused(pending.counter);
        }
        fill();
    });
    auto *close = newButton(tr("Close"), "primary");
    connect(close, &QPushButton::clicked, this, &QDialog::accept);
    auto *again = newButton(tr("Send these again"), "");
    connect(again, &QPushButton::clicked, this, [this] {
        for (const Pending &pending : m_session.refused()) {
            m_session.retryRefused(pending.counter);
        }
        fill();
    });
    row->addWidget(discard);
    row->addWidget(again);
    row->addStretch();
    row->addWidget(close);
    layout->addLayout(row);
    connect(&m_session, &Session::connectionChanged, this, &WaitingDialog::fill);
    fill();
}

QString WaitingDialog::describe(const Pending &pending) const
{
    const Document *document = m_session.document(pending.base);
    QStringList parts;
    if (const auto *edit = std::get_if<Edit>(&pending.request)) {
        for (const Operation &operation : edit->operations) {
            if (const auto *cells = std::get_if<EditCells>(&operation)) {
                const TableData *table = document ? document->table(cells->table) : nullptr;
                for (const CellEdit &cell : cells->cells.mid(0, 3)) {
                    const Field *field = table ? table->definition().field(cell.field) : nullptr;
                    parts += field ? tr("%1 becomes “%2”")
                                         .arg(field->name,
                                             fieldType(field->kind)
                                                 .format(cell.value, *field,
                                                     m_session.fieldContext(pending.base)))
                                   : tr("a cell");
                }
                if (cells->cells.size() > 3) {
                    parts += tr("%n more cell(s)", nullptr, int(cells->cells.size()) - 3);
                }
            } else if (const auto *create = std::get_if<CreateRecords>(&operation)) {
                parts += tr("%n new record(s)", nullptr, int(create->records.size()));
            } else if (const auto *remove = std::get_if<DeleteRecords>(&operation)) {
                parts += tr("%n record(s) deleted", nullptr, int(remove->records.size()));
            } else {
                parts += tr("a change of the table's shape");
            }
        }
    } else if (const auto *act = std::get_if<ActOnTask>(&pending.request)) {
        parts += act->verb == TaskVerb::Approve ? tr("an approval") : tr("a rejection");
    } else {
        parts += tr("a workflow");
    }
    return parts.join(QLatin1String(", "));
}

void WaitingDialog::fill()
{
    m_list->clear();
    for (const BaseEntry &base : m_session.bases()) {
        const Replica *replica = m_session.replica(base.id);
        for (const Pending &pending : replica ? replica->pending() : QList<Pending>()) {
            QString text = timeText(pending.createdMs, m_session.clock().nowMs())
                + QStringLiteral("   ") + describe(pending);
            if (pending.refusal) {
                text +=
                    u'\n' + tr("Could not be applied: %1").arg(localisedSentence(*pending.refusal));
            }
            auto *item = new QListWidgetItem(text, m_list);
            item->setData(CounterRole, pending.counter);
        }
    }
    if (m_list->count() == 0) {
        auto *item = new QListWidgetItem(tr("Nothing waits: everything is saved"), m_list);
        item->setFlags(Qt::NoItemFlags);
    }
}

} // namespace casebase
