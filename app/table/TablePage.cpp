// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/table/TablePage.h"

#include "app/model/Pictures.h"
#include "app/table/FilterWords.h"
#include "app/widgets/Parts.h"
#include "app/widgets/TabStrip.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QSplitter>
#include <QVBoxLayout>

namespace casebase {

namespace {

void clearLayout(QLayout *layout)
{
    while (QLayoutItem *item = layout->takeAt(0)) {
        if (item->widget()) {
            item->widget()->hide();
            item->widget()->deleteLater();
        }
        delete item;
    }
}

} // namespace

TablePage::TablePage(const Theme &theme, Session &session, UndoStack &undo, HttpClient &http,
    const PaneFactory &newPane, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_session(session)
    , m_undo(undo)
    , m_http(http)
    , m_pictures(new Pictures(http, this))
    , m_pane(newPane(this))
    , m_panel(new RecordPanel(theme, session, undo, http, *m_pictures, this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    m_baseBar = newBaseBar();
    layout->addWidget(m_baseBar);
    layout->addWidget(newLine(theme, Qt::Horizontal));
    m_split = new QSplitter(Qt::Horizontal);
    m_split->setHandleWidth(1);
    m_split->setChildrenCollapsible(false);
    auto *left = new QWidget;
    auto *leftLayout = new QVBoxLayout(left);
    leftLayout->setContentsMargins(0, 0, 0, 0);
    leftLayout->setSpacing(0);
    m_viewBar = newViewBar();
    m_chipBar = newChipBar();
    leftLayout->addWidget(m_viewBar);
    leftLayout->addWidget(m_chipBar);
    leftLayout->addWidget(newLine(theme, Qt::Horizontal));
    leftLayout->addWidget(m_pane, 1);
    auto *create =
        newIconTextButton(theme, QStringLiteral("table-new"), tr("New table"), "primary");
    auto *import = newIconTextButton(theme, QStringLiteral("import"), tr("Import CSV"), "");
    m_empty = new EmptyState(theme, QStringLiteral("table-new"), tr("This base has no table yet"),
        tr("Make an empty table, or import a CSV file. Every step can be undone."),
        {create, import}, left);
    connect(create, &QPushButton::clicked, this, &TablePage::newTable);
    connect(import, &QPushButton::clicked, this, &TablePage::importFile);
    leftLayout->addWidget(m_empty, 1);
    auto *newBase = newIconTextButton(theme, QStringLiteral("plus"), tr("New base"), "primary");
    m_noBase = new EmptyState(theme, QStringLiteral("bases"), tr("There is no base yet"),
        tr("A base holds tables that people share. Make one, or ask to be added to one."),
        {newBase}, left);
    connect(newBase, &QPushButton::clicked, this, &TablePage::baseRequested);
    leftLayout->addWidget(m_noBase, 1);
    m_split->addWidget(left);
    m_split->addWidget(m_panel);
    m_split->setStretchFactor(0, 1);
    m_panel->setMinimumWidth(360);
    m_panel->hide();
    layout->addWidget(m_split, 1);

    connect(&m_session, &Session::changed, this, &TablePage::onChanged);
    connect(&m_session, &Session::presenceChanged, this, [this](BaseId base) {
        if (base == m_base) {
            rebuildPresence();
        }
    });
    connect(m_pane, &Pane::recordActivated, this, &TablePage::openRecord);
    connect(m_pane, &Pane::fieldMenuRequested, this, &TablePage::fieldMenu);
    connect(m_pane, &Pane::recordMenuRequested, this, &TablePage::recordMenu);
    connect(m_pane, &Pane::addFieldRequested, this, [this] { editField({}); });
    connect(m_pane, &Pane::recordFormRequested, this, &TablePage::fillNewRecord);
    connect(m_pane, &Pane::linkedRecordWanted, this,
        [this](RecordId from, FieldId field, const NewRecord &begun) {
            fillLinkedRecord(m_table, from, field, begun);
        });
    connect(m_panel, &RecordPanel::linkedRecordWanted, this, &TablePage::fillLinkedRecord);
    connect(m_pane, &Pane::viewEdited, this, &TablePage::saveView);
    connect(m_pane, &Pane::refused, this, &TablePage::refused);
    connect(m_pane, &Pane::told, this, &TablePage::told);
    connect(m_pane, &Pane::currentChanged, this,
        [this](RecordId record, FieldId field, bool isEditing) {
            m_session.showPresence(Presence{m_base, {}, {}, m_table, record, field, isEditing});
            if (m_panel->isVisible() && record != m_panel->origin() && !record.isNull()) {
                m_panel->showRecord(m_base, m_table, record);
            }
            Q_EMIT summaryChanged();
        });
    connect(m_panel, &RecordPanel::closed, this, &TablePage::closeRecord);
    connect(m_panel, &RecordPanel::refused, this, &TablePage::refused);
    connect(m_panel, &RecordPanel::stepRequested, m_pane, &Pane::stepRecord);
    showTable({});
}

QWidget *TablePage::newBaseBar()
{
    auto *bar = new Ground(m_theme, Tone::Window, this);
    bar->setFixedHeight(41);
    auto *layout = new QHBoxLayout(bar);
    layout->setContentsMargins(14, 0, 10, 0);
    layout->setSpacing(16);
    m_baseName = newLabel({}, "heading");
    layout->addWidget(m_baseName);
    m_tabs = new TabStrip(m_theme, 12);
    layout->addWidget(m_tabs);
    auto *add = newIconButton(m_theme, QStringLiteral("plus"), tr("New table or import"));
    connect(add, &QToolButton::clicked, this,
        [this, add] { trashMenu(add->mapToGlobal(QPoint(0, add->height()))); });
    layout->addWidget(add);
    layout->addStretch();
    m_people = new QHBoxLayout;
    m_people->setSpacing(4);
    layout->addLayout(m_people);
    auto *undo = newIconButton(m_theme, QStringLiteral("undo"), tr("Undo"));
    auto *redo = newIconButton(m_theme, QStringLiteral("redo"), tr("Redo"));
    const auto run = [this](Done (UndoStack::*step)()) {
        const Done done = (m_undo.*step)();
        if (!done) {
            Q_EMIT refused(done.error());
        }
    };
    const auto update = [this, undo, redo] {
        undo->setEnabled(m_undo.canUndo());
        redo->setEnabled(m_undo.canRedo());
        undo->setToolTip(m_undo.canUndo() ? tr("Undo: %1 (Ctrl+Z)").arg(m_undo.undoName())
                                          : tr("Nothing to undo"));
        redo->setToolTip(m_undo.canRedo() ? tr("Redo: %1 (Ctrl+Y)").arg(m_undo.redoName())
                                          : tr("Nothing to redo"));
    };
    connect(undo, &QToolButton::clicked, this, [run] { run(&UndoStack::undo); });
    connect(redo, &QToolButton::clicked, this, [run] { run(&UndoStack::redo); });
    connect(&m_undo, &UndoStack::changed, this, update);
    update();
    layout->setSpacing(8);
    layout->addWidget(undo);
    layout->addWidget(redo);
    return bar;
}

QWidget *TablePage::newViewBar()
{
    auto *bar = new Ground(m_theme, Tone::Window, this);
    bar->setFixedHeight(38);
    auto *layout = new QHBoxLayout(bar);
    layout->setContentsMargins(14, 4, 10, 4);
    layout->setSpacing(4);
    m_views = new TabStrip(m_theme, 4);
    layout->addWidget(m_views);
    auto *add = newIconButton(m_theme, QStringLiteral("plus"), tr("New view"));
    connect(add, &QToolButton::clicked, this, &TablePage::newView);
    layout->addWidget(add);
    layout->addStretch();
    m_searchLine = new QLineEdit;
    m_searchLine->setFixedWidth(210);
    m_searchLine->setPlaceholderText(tr("Find in this view (Ctrl+F)"));
    m_searchLine->setAccessibleName(tr("Find in this view"));
    m_searchLine->setClearButtonEnabled(true);
    m_searchLine->addAction(
        m_theme.buttonIcon(QStringLiteral("search")), QLineEdit::LeadingPosition);
    connect(m_searchLine, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_search = text;
        applyView();
    });
    connect(m_searchLine, &QLineEdit::returnPressed, this, [this] { m_pane->setFocus(); });
    layout->addWidget(m_searchLine);
    m_create = newIconTextButton(m_theme, QStringLiteral("plus"), tr("New record"), "primary");
    connect(m_create, &QPushButton::clicked, this, [this] {
        m_pane->createRecord();
        m_pane->setFocus();
    });
    layout->addWidget(m_create);
    return bar;
}

QWidget *TablePage::newChipBar()
{
    auto *bar = new Ground(m_theme, Tone::Window, this);
    bar->setFixedHeight(34);
    m_chips = new QHBoxLayout(bar);
    m_chips->setContentsMargins(14, 2, 10, 6);
    m_chips->setSpacing(6);
    return bar;
}

const Table *TablePage::definition() const
{
    const Document *document = m_session.document(m_base);
    const TableData *table = document ? document->table(m_table) : nullptr;
    return table && !table->definition().isTrashed ? &table->definition() : nullptr;
}

bool TablePage::mayDesign() const
{
    const Person *me = m_session.fieldContext(m_base).people.person(m_session.me());
    return me && me->role == Role::Owner;
}

void TablePage::showBase(BaseId base)
{
    m_base = base;
    const Document *document = m_session.document(base);
    const QList<TableId> tables = document ? document->liveTables() : QList<TableId>();
    showTable(tables.contains(m_table) ? m_table : tables.value(0));
}

void TablePage::showTable(TableId table)
{
    closeRecord();
    m_pane->setSource(nullptr, {}); // before its model goes
    delete m_model;
    m_model = nullptr;
    m_table = table;
    m_search.clear();
    const QSignalBlocker blocker(m_searchLine);
    m_searchLine->clear();
    const Table *shown = definition();
    m_view = shown && !shown->views.isEmpty() ? shown->views.first() : View();
    rebuildTabs();
    m_empty->setVisible(!shown && !m_base.isNull());
    m_noBase->setVisible(m_base.isNull());
    m_baseBar->setVisible(!m_base.isNull());
    m_pane->setVisible(shown);
    m_viewBar->setVisible(shown);
    m_chipBar->setVisible(shown);
    if (shown) {
        m_model = new TableModel(m_session, m_base, m_table, this);
        connect(m_model, &QAbstractItemModel::modelReset, this, &TablePage::summaryChanged);
        connect(m_model, &QAbstractItemModel::rowsInserted, this, &TablePage::summaryChanged);
        connect(m_model, &QAbstractItemModel::rowsRemoved, this, &TablePage::summaryChanged);
        applyView();
        rebuildViews();
        rebuildPresence();
        m_pane->setFocus();
    } else {
        m_pane->setSource(nullptr, {});
    }
    Q_EMIT summaryChanged();
}

QList<FieldId> TablePage::visibleFields() const
{
    QList<FieldId> fields;
    const Table *table = definition();
    if (!table) {
        return fields;
    }
    QSet<FieldId> named;
    for (const ViewField &each : m_view.fields) {
        named.insert(each.field);
        if (!each.isHidden) {
            fields += each.field;
        }
    }
    for (const Field &field : table->liveFields()) {
        if (!named.contains(field.id)) {
            fields += field.id;
        }
    }
    return fields;
}

void TablePage::applyView()
{
    if (!m_model) {
        return;
    }
    m_model->setProjection({m_view.filter, m_view.sort, visibleFields(), m_search, m_view.colours});
    m_pane->setSource(m_model, m_view);
    m_pane->setFound(m_search);
    rebuildChips();
    Q_EMIT summaryChanged();
}

void TablePage::chooseView(ViewId view)
{
    if (const View *chosen = definition() ? definition()->view(view) : nullptr) {
        m_view = *chosen;
        applyView();
        rebuildViews();
    }
}

void TablePage::saveView(const View &view)
{
    m_view = view;
    applyView();
    const Person *me = m_session.fieldContext(m_base).people.person(m_session.me());
    if (!view.id.isNull() && me && me->role >= Role::Editor) {
        perform({PutView{m_table, view}}, tr("Change view"));
    }
}

void TablePage::perform(const QList<Operation> &operations, const QString &name)
{
    const auto done = m_undo.perform(m_base, operations, name);
    if (!done) {
        Q_EMIT refused(done.error());
    }
}

void TablePage::onChanged(BaseId base, const ReplicaChange &change)
{
    if (base != m_base) {
        return;
    }
    bool isSchema = change.isReset;
    for (const Change &each : change.changes.changes) {
        isSchema = isSchema || !std::holds_alternative<RecordChanges>(each);
    }
    if (!isSchema) {
        return;
    }
    const Table *table = definition();
    if (!table) {
        return showBase(m_base);
    }
    if (const View *view = table->view(m_view.id); view && *view != m_view) {
        m_view = *view;
    } else if (!view && !table->views.isEmpty()) {
        m_view = table->views.first();
    }
    rebuildTabs();
    rebuildViews();
    applyView();
}

void TablePage::rebuildTabs()
{
    m_tabs->clear();
    for (const BaseEntry &base : m_session.bases()) {
        if (base.id == m_base) {
            m_baseName->setText(base.name);
        }
    }
    const Document *document = m_session.document(m_base);
    for (const TableId id : document ? document->liveTables() : QList<TableId>()) {
        const Table &table = document->table(id)->definition();
        QPushButton *tab = newButton(table.name, "table");
        tab->setCheckable(true);
        tab->setChecked(id == m_table);
        // The chosen one is set in a heavier face; the place is kept for it.
        tab->setMinimumWidth(QFontMetrics(m_theme.font(TextSize::Body, QFont::DemiBold))
                                 .horizontalAdvance(table.name)
            + 14);
        setTip(tab, table.description);
        tab->setContextMenuPolicy(Qt::CustomContextMenu);
        connect(tab, &QPushButton::clicked, this, [this, id] { showTable(id); });
        connect(tab, &QPushButton::customContextMenuRequested, this,
            [this, id, tab](const QPoint &at) { tableMenu(id, tab->mapToGlobal(at)); });
        m_tabs->add(tab);
    }
}

void TablePage::rebuildViews()
{
    m_views->clear();
    const Table *table = definition();
    for (const View &view : table ? table->views : QList<View>()) {
        QPushButton *button = newIconTextButton(m_theme, QStringLiteral("grid"), view.name, "tab");
        button->setCheckable(true);
        button->setChecked(view.id == m_view.id);
        button->setContextMenuPolicy(Qt::CustomContextMenu);
        connect(button, &QPushButton::clicked, this, [this, id = view.id] { chooseView(id); });
        connect(button, &QPushButton::customContextMenuRequested, this,
            [this, button, id = view.id](const QPoint &at) {
                chooseView(id);
                viewMenu(button->mapToGlobal(at));
            });
        m_views->add(button);
    }
}

/// As the one that is shown, with another name.
void TablePage::newView()
{
    const Table *table = definition();
    if (!table) {
        return;
    }
    View view = m_view;
    view.id = m_session.ids().next<ViewId>();
    const QList<View> &views = table->views;
    for (int n = 2; !views.isEmpty(); ++n) {
        view.name = tr("View %1").arg(n);
        if (std::none_of(views.cbegin(), views.cend(),
                [&](const View &each) { return each.name == view.name; })) {
            break;
        }
    }
    perform({PutView{m_table, view}}, tr("New view"));
    chooseView(view.id);
}

void TablePage::rebuildChips()
{
    clearLayout(m_chips);
    const Table *table = definition();
    if (!table) {
        return;
    }
    const QueryContext asked{
        m_session.fieldContext(m_base), m_session.me(), Qt::Monday, m_session.document(m_base)};
    const auto addChip = [&](const char *icon, const QString &text, bool isOn, auto act) {
        QPushButton *chip = newButton(text, isOn ? "chipOn" : "chip");
        chip->setIcon(
            m_theme.buttonIcon(QString::fromLatin1(icon), isOn ? Tone::Accent : Tone::Text2));
        chip->setIconSize(QSize(14, 14));
        chip->setMaximumWidth(300);
        connect(chip, &QPushButton::clicked, this, act);
        m_chips->addWidget(chip);
    };
    const Filter &filter = m_view.filter;
    if (filter.isTrivial()) {
        addChip("filter", tr("Filter"), false, [this] { editFilter(); });
    } else {
        const QList<Filter> tests =
            filter.kind == Filter::Kind::All ? filter.children : QList<Filter>{filter};
        for (const Filter &test : tests) {
            addChip("filter", FilterWords::sentence(test, *table, asked), true,
                [this] { editFilter(); });
        }
        auto *remove =
            newIconButton(m_theme, QStringLiteral("filter-off"), tr("Remove the filter"));
        connect(remove, &QToolButton::clicked, this, [this] {
            View view = m_view;
            view.filter = {};
            saveView(view);
        });
        m_chips->addWidget(remove);
    }
    const int rules = int(m_view.colours.size());
    addChip("palette", rules > 0 ? tr("%n colour rule(s)", nullptr, rules) : tr("Colours"),
        rules > 0, [this] { editColours(); });
    for (const SortKey &key : std::as_const(m_view.sort)) {
        if (const Field *field = table->field(key.field)) {
            const QString arrow =
                key.order == Qt::AscendingOrder ? QStringLiteral(" ↑") : QStringLiteral(" ↓");
            addChip("sort", tr("Sort %1").arg(field->name) + arrow + QStringLiteral("  ×"), false,
                [this, key] {
                    View view = m_view;
                    view.sort.removeOne(key);
                    saveView(view);
                });
        }
    }
    const auto hidden = table->liveFields().size() - visibleFields().size();
    addChip("eye-off", hidden > 0 ? tr("%n hidden field(s)", nullptr, int(hidden)) : tr("Fields"),
        false, [this] { hideFields(QCursor::pos()); });
    if (mayDesign()) {
        const auto &flows = table->workflows;
        addChip("workflow",
            flows.isEmpty() ? tr("Workflow") : tr("Workflow %1").arg(flows.first().name), false,
            [this] {
                const Table *now = definition();
                editWorkflow(now->workflows.isEmpty() ? WorkflowId() : now->workflows.first().id);
            });
    }
    m_chips->addStretch();
}

void TablePage::rebuildPresence()
{
    clearLayout(m_people);
    const QList<Presence> presences = m_session.presences(m_base);
    const FieldContext context = m_session.fieldContext(m_base);
    QSet<UserId> shown;
    for (const Presence &presence : presences) {
        const Person *person = context.people.person(presence.user);
        if (person && !shown.contains(presence.user)) {
            shown.insert(presence.user);
            m_people->addWidget(new Avatar(m_theme, person->name, person->id.text(), 24, this));
        }
    }
    m_pane->setPresences(presences);
}

void TablePage::openRecord(RecordId record)
{
    if (record.isNull()) {
        return;
    }
    m_panel->showRecord(m_base, m_table, record);
    if (!m_panel->isVisible()) {
        m_panel->show();
        m_split->setSizes({width() - 440, 440});
    }
}

void TablePage::closeRecord()
{
    m_panel->hide();
    m_pane->setFocus();
}

void TablePage::showRecord(TableId table, RecordId record)
{
    if (table != m_table) {
        showTable(table);
    }
    m_pane->showRecord(record);
    openRecord(record);
}

QList<QWidget *> TablePage::focusRegions() const
{
    QList<QWidget *> regions{m_searchLine, m_pane};
    if (m_panel->isVisible()) {
        regions += m_panel;
    }
    return regions;
}

QString TablePage::summary() const
{
    if (!m_model) {
        return {};
    }
    const TableData *table = m_model->data();
    const qsizetype all = table ? table->aliveCount() : 0;
    const int shown = m_model->rowCount();
    const QLocale locale;
    QStringList parts;
    if (m_pane->selectedCells() > 1) {
        parts += tr("%n cell(s) selected", nullptr, m_pane->selectedCells());
    }
    parts += shown == all
        ? tr("%1 records").arg(locale.toString(shown))
        : tr("%1 of %2 records").arg(locale.toString(shown), locale.toString(all));
    return parts.join(QStringLiteral("    "));
}

void TablePage::focusSearch()
{
    m_searchLine->setFocus();
    m_searchLine->selectAll();
}

void TablePage::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && !m_search.isEmpty()) {
        m_searchLine->clear();
        m_pane->setFocus();
    } else if (event->modifiers() == Qt::AltModifier
        && (event->key() == Qt::Key_Up || event->key() == Qt::Key_Down)) {
        m_pane->stepRecord(event->key() == Qt::Key_Up ? -1 : 1);
    } else {
        QWidget::keyPressEvent(event);
    }
}

} // namespace casebase
