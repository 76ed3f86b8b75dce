// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/transfer/ImportDialog.h"

#include "app/structure/FieldDialog.h"
#include "app/widgets/Parts.h"
#include "shared/support/ErrorText.h"

#include <QComboBox>
#include <QFile>
#include <QFileInfo>
#include <QFutureWatcher>
#include <QHeaderView>
#include <QLineEdit>
#include <QProgressBar>
#include <QStackedWidget>
#include <QTableWidget>
#include <QTimer>
#include <QtConcurrentRun>

namespace casebase {

namespace {

constexpr int PreviewRows = 20;
constexpr int NotUsed = -1;
constexpr int BackPressure = 4; ///< Requests that may wait for the server before more are made.

} // namespace

ImportDialog::ImportDialog(const Theme &theme, Session &session, UndoStack &undo, BaseId base,
    const QString &path, QWidget *parent)
    : QDialog(parent)
    , m_theme(theme)
    , m_session(session)
    , m_undo(undo)
    , m_base(base)
    , m_pages(new QStackedWidget(this))
{
    setWindowTitle(tr("Import %1").arg(QFileInfo(path).fileName()));
    resize(960, 560);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 16, 20, 16);
    layout->addWidget(m_pages);
    m_pages->addWidget(newPreview());
    m_pages->addWidget(newProgress());
    m_name->setText(QFileInfo(path).completeBaseName());
    read(path);
}

FieldContext ImportDialog::context() const
{
    return m_session.typingContext(m_base);
}

QWidget *ImportDialog::newPreview()
{
    auto *page = new QWidget;
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(10);
    m_summary = newLabel(tr("Reading the file…"), "heading");
    layout->addWidget(m_summary);
    auto *row = new QHBoxLayout;
    row->addWidget(newLabel(tr("Into")));
    m_target = new QComboBox;
    m_target->setAccessibleName(tr("Into"));
    m_target->addItem(tr("a new table"));
    for (const TableId id : m_session.document(m_base)->liveTables()) {
        m_target->addItem(m_session.document(m_base)->table(id)->definition().name, id.text());
    }
    m_name = new QLineEdit;
    m_name->setAccessibleName(tr("Name of the table"));
    row->addWidget(m_target);
    row->addWidget(m_name, 1);
    row->addStretch();
    layout->addLayout(row);
    m_preview = new QTableWidget;
    m_preview->setAccessibleName(tr("Preview"));
    m_preview->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_preview->verticalHeader()->hide();
    layout->addWidget(m_preview, 1);
    m_problem = newLabel({}, "danger");
    m_problem->hide();
    layout->addWidget(m_problem);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(newLabel(
        tr("“?” and blanks become empty. What does not fit is left out and reported."), "small"));
    buttons->addStretch();
    auto *cancel = newButton(tr("Cancel"), "");
    m_start = newButton(tr("Import"), "primary");
    m_start->setEnabled(false);
    buttons->addWidget(cancel);
    buttons->addWidget(m_start);
    layout->addLayout(buttons);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_start, &QPushButton::clicked, this, &ImportDialog::start);
    connect(m_target, &QComboBox::currentIndexChanged, this, &ImportDialog::chooseTarget);
    return page;
}

QWidget *ImportDialog::newProgress()
{
    auto *page = new QWidget;
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(10);
    m_heading = newLabel({}, "heading");
    layout->addWidget(m_heading);
    m_bar = new QProgressBar;
    m_bar->setTextVisible(false);
    layout->addWidget(m_bar);
    m_report = new QTableWidget(0, 4);
    m_report->setHorizontalHeaderLabels({tr("Line"), tr("Field"), tr("Text"), tr("Why")});
    m_report->horizontalHeader()->setStretchLastSection(true);
    m_report->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_report->verticalHeader()->hide();
    m_report->hide();
    layout->addWidget(m_report, 1);
    layout->addStretch();
    auto *buttons = new QHBoxLayout;
    buttons->addStretch();
    m_close = newButton(tr("Cancel"), "");
    buttons->addWidget(m_close);
    layout->addLayout(buttons);
    connect(m_close, &QPushButton::clicked, this, [this] {
        if (m_isRunning) {
            m_isCancelled = true;
        } else {
            accept();
        }
    });
    return page;
}

void ImportDialog::read(const QString &path)
{
    auto *watcher = new QFutureWatcher<Result<CsvTable>>(this);
    connect(watcher, &QFutureWatcher<Result<CsvTable>>::finished, this, [this, watcher] {
        const auto csv = watcher->result();
        watcher->deleteLater();
        if (!csv) {
            m_summary->setText(tr("The file cannot be imported"));
            m_problem->setText(localisedSentence(csv.error()));
            m_problem->show();
            return;
        }
        m_csv = csv.value();
        m_start->setEnabled(!m_csv.rows.isEmpty());
        m_summary->setText(
            tr("%1 rows, %2 columns").arg(m_csv.rows.size()).arg(m_csv.header.size()));
        chooseTarget(0);
    });
    watcher->setFuture(QtConcurrent::run([path]() -> Result<CsvTable> {
        QFile file(path);
        if (!file.open(QIODevice::ReadOnly)) {
            return Error{ErrorCode::FileInvalid, {QStringLiteral("0"), file.errorString()}, {}};
        }
        return parseCsv(file.readAll());
    }));
}

void ImportDialog::chooseTarget(int index)
{
    m_name->setVisible(index == 0);
    if (m_csv.header.isEmpty()) {
        return;
    }
    const auto id = TableId::fromText(m_target->currentData().toString());
    const TableData *existing = id ? m_session.document(m_base)->table(*id) : nullptr;
    m_plan = existing ? matchedImport(m_csv, existing->definition())
                      : guessedImport(m_csv, m_name->text(), context(), m_session.ids());
    showPlan();
}

void ImportDialog::showPlan()
{
    const bool isNew = m_target->currentIndex() == 0;
    const int rows = int(std::min<qsizetype>(PreviewRows, m_csv.rows.size()));
    m_preview->clear();
    m_preview->setColumnCount(int(m_csv.header.size()));
    m_preview->setRowCount(rows + 1);
    m_preview->setHorizontalHeaderLabels(m_csv.header);
    m_preview->setRowHeight(0, 36);
    for (int column = 0; column < m_csv.header.size(); ++column) {
        auto *choice = new QComboBox;
        choice->setAccessibleName(m_csv.header[column]);
        choice->addItem(tr("Do not import"), NotUsed);
        if (isNew) {
            for (const FieldKind kind : allFieldKinds()) {
                if (isTypable(kind) && kind != FieldKind::Links) {
                    choice->addItem(FieldDialog::kindName(kind), int(kind));
                }
            }
            choice->setCurrentIndex(choice->findData(int(m_plan.columns[column].field.kind)));
        } else {
            const QList<Field> fields = m_plan.table.liveFields();
            for (qsizetype i = 0; i < fields.size(); ++i) {
                if (!fields[i].isSystem && !fields[i].isComputed()) {
                    choice->addItem(fields[i].name, int(i));
                    if (m_plan.columns[column].isUsed
                        && m_plan.columns[column].field.id == fields[i].id) {
                        choice->setCurrentIndex(choice->count() - 1);
                    }
                }
            }
        }
        connect(choice, &QComboBox::currentIndexChanged, this,
            [this, column, choice] { setKind(column, choice->currentData().toInt()); });
        m_preview->setCellWidget(0, column, choice);
        m_preview->setColumnWidth(column, 140);
        for (int row = 0; row < rows; ++row) {
            m_preview->setItem(row + 1, column, new QTableWidgetItem(m_csv.rows[row][column]));
        }
    }
}

void ImportDialog::setKind(int column, int choice)
{
    ImportColumn &target = m_plan.columns[column];
    target.isUsed = choice != NotUsed;
    if (!target.isUsed) {
        return;
    }
    if (m_target->currentIndex() == 0) {
        target.field = fieldForColumn(m_csv, column, target.field, FieldKind(choice));
    } else {
        target.field = m_plan.table.liveFields().value(choice);
    }
}

void ImportDialog::start()
{
    const bool isNew = m_target->currentIndex() == 0;
    m_problem->hide();
    if (isNew) {
        m_plan.table.name = m_name->text();
        m_plan.table.position = int(m_session.document(m_base)->tables().size());
        m_plan.table.fields.clear();
        for (const ImportColumn &column : std::as_const(m_plan.columns)) {
            if (column.isUsed) {
                m_plan.table.fields += column.field;
            }
        }
        const auto made = m_undo.perform(
            m_base, {PutTable{m_plan.table}}, tr("Import %1").arg(m_plan.table.name));
        if (!made) {
            m_problem->setText(localisedSentence(made.error()));
            m_problem->show();
            return;
        }
    }
    m_done = m_plan.table.id;
    m_import.emplace(m_csv, m_plan, m_session.document(m_base)->table(m_done));
    m_isRunning = true;
    m_undo.beginStep();
    m_bar->setRange(0, int(m_csv.rows.size()));
    m_heading->setText(tr("Importing…"));
    m_pages->setCurrentIndex(1);
    QTimer::singleShot(0, this, &ImportDialog::importSome);
}

void ImportDialog::importSome()
{
    if (m_isCancelled) {
        return finish(tr("Cancelled after %n row(s)", nullptr, made()));
    }
    if (m_import->atEnd()) {
        return finish(tr("%n row(s) imported", nullptr, made()));
    }
    if (m_session.connection() == Connection::Online && m_session.waitingCount() > BackPressure) {
        QTimer::singleShot(20, this, &ImportDialog::importSome);
        return;
    }
    // Small steps, so that the window stays alive and "Cancel" is heard.
    constexpr qsizetype StepRows = 100;
    const CreateRecords create = m_import->next(StepRows, context(), m_session.ids(), m_faults);
    const Done done = add(create);
    if (!done && isOfTheStore(done.error().code)) {
        return finish(localisedSentence(done.error()));
    }
    for (qsizetype i = 0; !done && i < create.records.size(); ++i) {
        const Done one = add({create.table, {create.records[i]}}); // Which of them it was.
        if (!one) {
            ++m_refused;
            m_faults += ImportFault{m_import->lines()[i], {}, {}, {}, one.error()};
        }
    }
    m_bar->setValue(int(m_import->at()));
    QTimer::singleShot(0, this, &ImportDialog::importSome);
}

/// Taking back a new table takes its records along; otherwise they are one step together.
Done ImportDialog::add(const CreateRecords &create)
{
    TRY(m_target->currentIndex() == 0
            ? m_session.submit(m_base, Edit{{create}})
            : m_undo.perform(m_base, {create}, tr("Import %1").arg(m_plan.table.name)));
    return Ok;
}

int ImportDialog::made() const
{
    return int(m_import->made() - m_refused);
}

void ImportDialog::finish(const QString &heading)
{
    m_isRunning = false;
    m_undo.endStep();
    m_heading->setText(heading);
    m_close->setText(tr("Close"));
    setTone(m_close, "kind", QStringLiteral("primary"));
    const qsizetype count = m_csv.faults.size() + m_faults.size();
    m_report->setVisible(count > 0);
    m_report->setRowCount(int(std::min<qsizetype>(count, 1000)));
    int row = 0;
    const auto add = [&](const QStringList &cells) {
        for (int column = 0; row < m_report->rowCount() && column < cells.size(); ++column) {
            m_report->setItem(row, column, new QTableWidgetItem(cells[column]));
        }
        ++row;
    };
    for (const auto &[line, why] : std::as_const(m_csv.faults)) {
        add({QString::number(line), {}, {}, why});
    }
    for (const ImportFault &fault : std::as_const(m_faults)) {
        add({QString::number(fault.line), fault.column, fault.text,
            localisedSentence(fault.error)});
    }
}

void ImportDialog::reject()
{
    if (m_isRunning) {
        m_isCancelled = true;
    } else {
        QDialog::reject();
    }
}

} // namespace casebase
