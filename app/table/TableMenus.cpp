// SPDX-License-Identifier: GPL-3.0-or-later
// What the menus of a TablePage do: shaping tables, fields, views and workflows.
#include "app/flow/WorkflowDialog.h"
#include "app/model/TaskList.h"
#include "app/record/FilesArchive.h"
#include "app/record/NewRecordDialog.h"
#include "app/record/RevealDialog.h"
#include "app/structure/BrokenRulesDialog.h"
#include "app/structure/DepartmentsDialog.h"
#include "app/structure/FieldDialog.h"
#include "app/table/ColourDialog.h"
#include "app/table/FilterDialog.h"
#include "app/table/TablePage.h"
#include "app/transfer/ImportDialog.h"
#include "app/widgets/Parts.h"
#include "shared/support/ErrorText.h"
#include "shared/support/FileName.h"
#include "shared/workflow/Advance.h"

#include <QFileDialog>
#include <QInputDialog>
#include <QMenu>

namespace casebase {

namespace {

/// What changes all records of a table with more of them takes long.
constexpr Row RowsForBackground = 20000;

QMenu *newMenu(QWidget *parent)
{
    auto *menu = new QMenu(parent);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    return menu;
}

bool isRead(const Filter &filter, FieldId field)
{
    return filter.field == field || filter.formula.contains(field.text())
        || std::any_of(filter.children.cbegin(), filter.children.cend(),
            [field](const Filter &child) { return isRead(child, field); });
}

/// What computes with the field, is filtered or sorted by it, in any table: “name”, or
/// “table.name”.
QStringList readersOf(const Document &document, TableId home, FieldId field)
{
    const QString id = field.text();
    QStringList readers;
    for (const TableId each : document.liveTables()) {
        const Table &table = document.table(each)->definition();
        const auto add = [&](const QString &name) {
            readers += QStringLiteral("“%1”").arg(each == home ? name : table.name + u'.' + name);
        };
        for (const Field &other : table.liveFields()) {
            const auto *byDefault = std::get_if<QString>(&other.defaultValue.value);
            const bool hasDefault = other.defaultValue.kind == DefaultValue::Kind::Formula;
            if (other.id != field
                && (other.formula.contains(id) || other.rules.condition.contains(id)
                    || other.link.condition.contains(id) || other.button.condition.contains(id)
                    || (hasDefault && byDefault && byDefault->contains(id)))) {
                add(other.name);
            }
        }
        for (const View &view : table.views) {
            const bool isSorted = std::any_of(view.sort.cbegin(), view.sort.cend(),
                [field](const SortKey &key) { return key.field == field; });
            const bool isColoured = std::any_of(
                view.colours.cbegin(), view.colours.cend(), [field](const ColourRule &rule) {
                    return rule.field == field || isRead(rule.condition, field);
                });
            if (isSorted || isColoured || isRead(view.filter, field)) {
                add(view.name);
            }
        }
    }
    return readers;
}

} // namespace

void TablePage::newTable()
{
    bool ok = false;
    const QString name = QInputDialog::getText(
        this, tr("New table"), tr("Name of the table"), QLineEdit::Normal, {}, &ok);
    if (!ok) {
        return;
    }
    IdSource &ids = m_session.ids();
    Table table;
    table.id = ids.next<TableId>();
    table.name = name;
    table.position = int(m_session.document(m_base)->tables().size());
    const std::pair<QString, FieldKind> fields[] = {{tr("Name"), FieldKind::SingleLineText},
        {tr("Notes"), FieldKind::MultilineText}, {tr("Responsible"), FieldKind::Person},
        {tr("Due"), FieldKind::Date}};
    for (const auto &[fieldName, kind] : fields) {
        Field field;
        field.id = ids.next<FieldId>();
        field.name = fieldName;
        field.kind = kind;
        table.fields += field;
    }
    View view;
    view.id = ids.next<ViewId>();
    view.name = tr("All");
    table.views += view;
    const auto done = m_undo.perform(m_base, {PutTable{table}}, tr("New table"));
    if (!done) {
        Q_EMIT refused(done.error());
    } else {
        showTable(table.id);
    }
}

void TablePage::importFile()
{
    const QString path =
        QFileDialog::getOpenFileName(this, tr("Import"), {}, tr("Tables (*.csv *.tsv *.txt)"));
    if (path.isEmpty()) {
        return;
    }
    auto *dialog = new ImportDialog(m_theme, m_session, m_undo, m_base, path, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::finished, this, [this, dialog] {
        if (!dialog->table().isNull()) {
            showTable(dialog->table());
        }
    });
    dialog->open();
}

void TablePage::trashMenu(const QPoint &position)
{
    QMenu *menu = newMenu(this);
    menu->addAction(m_theme.buttonIcon(QStringLiteral("table-new")), tr("New table…"), this,
        &TablePage::newTable);
    menu->addAction(m_theme.buttonIcon(QStringLiteral("import")), tr("Import CSV…"), this,
        &TablePage::importFile);
    if (mayDesign()) {
        menu->addAction(m_theme.buttonIcon(QStringLiteral("department")), tr("Departments…"), this,
            &TablePage::editDepartments);
    }
    const Document *document = m_session.document(m_base);
    QMenu *restore =
        menu->addMenu(m_theme.buttonIcon(QStringLiteral("trash")), tr("Restore a deleted table"));
    for (const TableId id : document ? document->tables() : QList<TableId>()) {
        const Table &table = document->table(id)->definition();
        if (table.isTrashed) {
            restore->addAction(buttonText(table.name), this, [this, table] {
                Table restored = table;
                restored.isTrashed = false;
                perform({PutTable{restored}}, tr("Restore table"));
                showTable(table.id);
            });
        }
    }
    restore->setEnabled(!restore->isEmpty());
    menu->popup(position);
}

void TablePage::editDepartments()
{
    const Document &document = *m_session.document(m_base);
    auto *dialog = new DepartmentsDialog(
        m_theme, document.departments(), document.people(), m_session.ids(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog, seen = document.departments().all()] {
        perform({PutDepartments{dialog->departments(), seen}}, tr("Change departments"));
    });
    dialog->open();
}

void TablePage::tableMenu(TableId id, const QPoint &position)
{
    const TableData *table = m_session.document(m_base)->table(id);
    if (!table || !mayDesign()) {
        return;
    }
    const Table shown = table->definition();
    const auto askText = [this](const QString &title, const QString &before) {
        bool ok = false;
        const QString text =
            QInputDialog::getText(this, title, title, QLineEdit::Normal, before, &ok);
        return ok ? std::optional(text) : std::nullopt;
    };
    QMenu *menu = newMenu(this);
    menu->addAction(
        m_theme.buttonIcon(QStringLiteral("edit")), tr("Rename…"), this, [this, shown, askText] {
            Table changed = shown;
            if (const auto name = askText(tr("Name of the table"), shown.name)) {
                changed.name = *name;
                perform({PutTable{changed}}, tr("Rename table"));
            }
        });
    menu->addAction(tr("Describe…"), this, [this, shown, askText] {
        Table changed = shown;
        if (const auto text = askText(tr("Description"), shown.description)) {
            changed.description = *text;
            perform({PutTable{changed}}, tr("Describe table"));
        }
    });
    const auto shift = [this, id](int by) {
        const Document *document = m_session.document(m_base);
        QList<TableId> order = document->liveTables();
        const qsizetype at = order.indexOf(id);
        if (at + by < 0 || at + by >= order.size()) {
            return;
        }
        order.move(at, at + by);
        QList<Operation> operations;
        for (qsizetype i = 0; i < order.size(); ++i) {
            Table moved = document->table(order[i])->definition();
            moved.position = int(i);
            operations += PutTable{moved};
        }
        perform(operations, tr("Move table"));
    };
    menu->addAction(tr("Move left"), this, [shift] { shift(-1); });
    menu->addAction(tr("Move right"), this, [shift] { shift(1); });
    menu->addSeparator();
    menu->addAction(m_theme.buttonIcon(QStringLiteral("trash")), tr("Delete"), this, [this, shown] {
        Table trashed = shown;
        trashed.isTrashed = true;
        perform({PutTable{trashed}}, tr("Delete table"));
        Q_EMIT told(tr("“%1” deleted; undo brings it back").arg(shown.name));
    });
    menu->popup(position);
}

void TablePage::fieldMenu(FieldId id, const QPoint &position)
{
    const Table *table = definition();
    const Field *field = table ? table->field(id) : nullptr;
    if (!field) {
        return;
    }
    QMenu *menu = newMenu(this);
    menu->addAction(m_theme.buttonIcon(QStringLiteral("arrow-up")), tr("Sort ascending"), this,
        [this, id] { sortBy(id, Qt::AscendingOrder); });
    menu->addAction(m_theme.buttonIcon(QStringLiteral("arrow-down")), tr("Sort descending"), this,
        [this, id] { sortBy(id, Qt::DescendingOrder); });
    menu->addAction(m_theme.buttonIcon(QStringLiteral("eye-off")), tr("Hide"), this, [this, id] {
        View view = m_view;
        const auto found = std::find_if(view.fields.begin(), view.fields.end(),
            [id](const ViewField &each) { return each.field == id; });
        if (found == view.fields.end()) {
            view.fields += ViewField{id, 0, true};
        } else {
            found->isHidden = true;
        }
        saveView(view);
    });
    if (valueTypeOf(field->kind) == ValueType::Files) {
        menu->addAction(m_theme.buttonIcon(QStringLiteral("export")),
            tr("Save all files of this view…"), this, [this, id] { saveFiles(id); });
    }
    if (!field->rules.isEmpty() && field->kind != FieldKind::Sensitive) {
        menu->addAction(m_theme.buttonIcon(QStringLiteral("warning")),
            tr("Values against its rules…"), this, [this, id] { listBroken(id); });
    }
    if (mayDesign()) {
        menu->addSeparator();
        menu->addAction(m_theme.buttonIcon(QStringLiteral("edit")), tr("Edit field…"), this,
            [this, id] { editField(id); });
        menu->addAction(m_theme.buttonIcon(QStringLiteral("plus")), tr("New field…"), this,
            [this] { editField({}); });
        QAction *remove = menu->addAction(
            m_theme.buttonIcon(QStringLiteral("trash")), tr("Delete field"), this, [this, id] {
                Field trashed = *definition()->field(id);
                trashed.isTrashed = true;
                perform({PutField{m_table, trashed}}, tr("Delete field"));
                const QStringList readers = readersOf(*m_session.document(m_base), m_table, id);
                if (!readers.isEmpty()) {
                    Q_EMIT told(tr("“%1” deleted. It was read by %2; undo brings it back")
                                    .arg(trashed.name, readers.join(QStringLiteral(", "))));
                }
            });
        remove->setEnabled(table->primaryField()->id != id && !field->isSystem);
        QMenu *restore = menu->addMenu(tr("Restore a deleted field"));
        for (const Field &each : table->fields) {
            if (each.isTrashed) {
                restore->addAction(buttonText(each.name), this, [this, each] {
                    Field restored = each;
                    restored.isTrashed = false;
                    perform({PutField{m_table, restored}}, tr("Restore field"));
                });
            }
        }
        restore->setEnabled(!restore->isEmpty());
    }
    menu->popup(position);
}

/// Of the records that the view shows, into one archive.
void TablePage::saveFiles(FieldId id)
{
    const TableData &table = *m_model->data();
    const Field field = *table.definition().field(id);
    const FieldContext context = m_session.fieldContext(m_base);
    const QString target = QFileDialog::getSaveFileName(this, tr("Save all files"),
        safeFileName(table.definition().name + u' ' + field.name + QStringLiteral(".zip")),
        tr("ZIP archives (*.zip)"));
    if (target.isEmpty()) {
        return;
    }
    auto *archive = new FilesArchive(m_http, target, this);
    for (int row = 0; row < m_model->rowCount(); ++row) {
        const auto at = table.row(m_model->record(row));
        const Value value = at ? table.value(*at, field) : Value();
        if (const auto *files = std::get_if<Attachments>(&value)) {
            archive->add(recordHeading(table, *at, context), *files);
        }
    }
    if (archive->count() == 0) {
        archive->deleteLater();
        Q_EMIT told(tr("No record of this view has a file in “%1”.").arg(field.name));
        return;
    }
    const int count = archive->count();
    connect(archive, &FilesArchive::finished, this, [this, count, target](const Done &done) {
        Q_EMIT told(done
                ? tr("%n file(s) saved in %1", nullptr, count).arg(QFileInfo(target).fileName())
                : localisedSentence(done.error()));
    });
    archive->start(this);
}

/// Stays open beside the records that are opened from it.
void TablePage::listBroken(FieldId id)
{
    auto *dialog = new BrokenRulesDialog(m_theme, *m_session.document(m_base), m_table,
        *definition()->field(id), BrokenRulesDialog::Use::Open, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &BrokenRulesDialog::recordChosen, this, &TablePage::openRecord);
    connect(&m_session, &Session::changed, dialog, [this, dialog, base = m_base](BaseId changed) {
        if (changed == base && m_session.document(base)) {
            dialog->follow(*m_session.document(base));
        }
    });
    dialog->show();
}

void TablePage::recordMenu(const QPoint &position)
{
    const qsizetype count = m_pane->selectedRecords().size();
    QMenu *menu = newMenu(this);
    menu->addAction(m_theme.buttonIcon(QStringLiteral("expand")), tr("Open record"), this,
        [this] { openRecord(m_pane->currentRecord()); });
    menu->addAction(m_theme.buttonIcon(QStringLiteral("plus")), tr("New record"), this,
        [this] { m_pane->createRecord(); });
    addReveals(menu, m_pane->currentRecord());
    menu->addSeparator();
    menu->addAction(m_theme.buttonIcon(QStringLiteral("trash")),
        tr("Delete %n record(s)", nullptr, int(count)), this, [this] { m_pane->deleteSelected(); });
    menu->popup(position);
}

/// The sensitive texts of the record.
void TablePage::addReveals(QMenu *menu, RecordId record)
{
    const Document *document = m_session.document(m_base);
    const TableData *table = document ? document->table(m_table) : nullptr;
    const auto row = table ? table->aliveRow(record) : std::nullopt;
    for (const Field &field : row ? table->definition().liveFields() : QList<Field>()) {
        if (!std::holds_alternative<Sealed>(table->value(*row, field))) {
            continue;
        }
        menu->addAction(m_theme.buttonIcon(QStringLiteral("eye")),
            tr("Reveal “%1”…").arg(buttonText(field.name)), this,
            [this, cell = SecretCell{m_base, m_table, record, field},
                heading = recordHeading(*table, *row, m_session.fieldContext(m_base))] {
                auto *dialog = new RevealDialog(m_theme, m_http, cell, heading, this);
                dialog->setAttribute(Qt::WA_DeleteOnClose);
                dialog->open();
            });
    }
}

void TablePage::fillNewRecord()
{
    auto *dialog = new NewRecordDialog(
        m_theme, m_session, m_base, *definition(), NewRecord{m_session.ids().next<RecordId>(), {}},
        [this](const QList<Operation> &operations) -> Done {
            TRY(m_undo.perform(m_base, operations, tr("New record")));
            return Ok;
        },
        this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] {
        m_pane->showRecord(dialog->record());
        if (m_model && m_model->rowOf(dialog->record()) < 0) {
            Q_EMIT told(tr("The new record does not match the filter of this view"));
        }
    });
    dialog->open();
}

/// What a record of that table is to lead to is made and linked in one step.
void TablePage::fillLinkedRecord(
    TableId table, RecordId from, FieldId fieldId, const NewRecord &begun)
{
    const Document *document = m_session.document(m_base);
    const TableData *near = document ? document->table(table) : nullptr;
    const Field *field = near ? near->definition().field(fieldId) : nullptr;
    const TableData *far = field ? document->table(field->link.table) : nullptr;
    if (!far) {
        return;
    }
    auto *dialog = new NewRecordDialog(
        m_theme, m_session, m_base, far->definition(), begun,
        [this, table, from, field = *field, begun](const QList<Operation> &operations) -> Done {
            const TableData *now = m_session.document(m_base)->table(table);
            const auto row = now ? now->aliveRow(from) : std::nullopt;
            if (!row) {
                return Error{ErrorCode::UnknownRecord, {from.text()}, {}};
            }
            const CellEdit cell{
                from, field.id, withLink(now->value(*row, field), field, begun), {}};
            TRY(m_undo.perform(m_base,
                operations + QList<Operation>{EditCells{table, {cell}, false}},
                tr("New linked record")));
            return Ok;
        },
        this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void TablePage::viewMenu(const QPoint &position)
{
    QMenu *menu = newMenu(this);
    menu->addAction(m_theme.buttonIcon(QStringLiteral("edit")), tr("Rename…"), this, [this] {
        bool ok = false;
        View view = m_view;
        view.name = QInputDialog::getText(this, tr("Name of the view"), tr("Name of the view"),
            QLineEdit::Normal, view.name, &ok);
        if (ok) {
            saveView(view);
        }
    });
    QAction *remove =
        menu->addAction(m_theme.buttonIcon(QStringLiteral("trash")), tr("Delete"), this, [this] {
            perform({RemoveView{m_table, m_view.id}}, tr("Delete view"));
        });
    remove->setEnabled(definition()->views.size() > 1);
    menu->popup(position);
}

void TablePage::editField(FieldId id)
{
    const TableData *table = m_session.document(m_base)->table(m_table);
    if (!table || !mayDesign()) {
        Q_EMIT refused({ErrorCode::Forbidden, {tr("shaping tables")}, {}});
        return;
    }
    const Field *existing = table->definition().field(id);
    auto *dialog = new FieldDialog(m_theme, *table, existing ? *existing : Field(),
        m_session.fieldContext(m_base), m_session.ids(), this, *m_session.document(m_base));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    // All records are looked at; what becomes different in many is worked out in the background.
    const bool isLarge = table->rowCount() >= RowsForBackground;
    dialog->setSubmit(
        [this, dialog, isLarge, name = existing ? tr("Change field") : tr("New field")](
            const QList<Operation> &made, const FieldDialog::Answer &answer) {
            const auto finish = [answer](const Result<ChangeSet> &changes) {
                answer(changes ? Done(Ok) : changes.error());
            };
            isLarge ? m_undo.performLater(m_base, made, name, finish, dialog->progress())
                    : finish(m_undo.perform(m_base, made, name));
        });
    dialog->open();
}

void TablePage::editFilter()
{
    const Document &document = *m_session.document(m_base);
    auto *dialog = new FilterDialog(m_theme, document, *document.table(m_table), m_view.filter,
        {m_session.fieldContext(m_base), m_session.me()}, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] {
        View view = m_view;
        view.filter = dialog->filter();
        saveView(view);
    });
    dialog->open();
}

void TablePage::editColours()
{
    const Document &document = *m_session.document(m_base);
    auto *dialog = new ColourDialog(m_theme, document, *document.table(m_table), m_view.colours,
        {m_session.fieldContext(m_base), m_session.me()}, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] {
        View view = m_view;
        view.colours = dialog->rules();
        saveView(view);
    });
    dialog->open();
}

void TablePage::sortBy(FieldId field, Qt::SortOrder order)
{
    View view = m_view;
    view.sort.removeIf([field](const SortKey &key) { return key.field == field; });
    view.sort.prepend(SortKey{field, order});
    saveView(view);
}

void TablePage::hideFields(const QPoint &position)
{
    QMenu *menu = newMenu(this);
    const QList<FieldId> visible = visibleFields();
    for (const Field &field : definition()->liveFields()) {
        QAction *action = menu->addAction(field.name);
        action->setCheckable(true);
        action->setChecked(visible.contains(field.id));
        connect(action, &QAction::toggled, this, [this, id = field.id](bool isShown) {
            View view = m_view;
            const auto found = std::find_if(view.fields.begin(), view.fields.end(),
                [id](const ViewField &each) { return each.field == id; });
            if (found == view.fields.end()) {
                view.fields += ViewField{id, 0, !isShown};
            } else {
                found->isHidden = !isShown;
            }
            saveView(view);
        });
    }
    menu->popup(position);
}

void TablePage::editWorkflow(WorkflowId id)
{
    const Table table = *definition();
    const Workflow *existing = table.workflow(id);
    auto *dialog = new WorkflowDialog(m_theme, table, existing ? *existing : Workflow(),
        m_session.fieldContext(m_base).people, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog, table] {
        const Workflow workflow = dialog->workflow();
        if (!workflow.id.isNull()) {
            return perform({PutWorkflow{table.id, workflow}}, tr("Change workflow"));
        }
        const WorkflowNames names{tr("Approval state"), tr("Approval node"),
            {tr("In approval"), tr("Approved"), tr("Rejected"), tr("Withdrawn")}, tr("End")};
        perform(newWorkflow(table, workflow, names,
                    [this] { return m_session.ids().next<WorkflowId>().bits(); }),
            tr("New workflow"));
    });
    dialog->open();
}

} // namespace casebase
