// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/model/UndoStack.h"
#include "app/theme/Theme.h"
#include "shared/transfer/Import.h"

#include <QDialog>

class QComboBox;
class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;
class QStackedWidget;
class QTableWidget;

namespace casebase {

/// Brings a CSV file into a table: a look at its rows with the guessed types, which may be changed;
/// then the import with progress, and a report of what did not fit.
class ImportDialog final : public QDialog {
    Q_OBJECT
public:
    ImportDialog(const Theme &theme, Session &session, UndoStack &undo, BaseId base,
        const QString &path, QWidget *parent);

    /// The table that was made or filled; null if nothing was imported.
    TableId table() const { return m_done; }

protected:
    void reject() override;

private:
    QWidget *newPreview();
    QWidget *newProgress();
    void read(const QString &path);
    void showPlan();
    void chooseTarget(int index);
    void setKind(int column, int choice);
    void start();
    void importSome();
    Done add(const CreateRecords &create);
    int made() const;
    void finish(const QString &heading);
    FieldContext context() const;

    const Theme &m_theme;
    Session &m_session;
    UndoStack &m_undo;
    BaseId m_base;
    CsvTable m_csv;
    ImportPlan m_plan;
    QList<ImportFault> m_faults;
    QStackedWidget *m_pages;
    QLabel *m_summary = nullptr;
    QComboBox *m_target = nullptr;
    QLineEdit *m_name = nullptr;
    QTableWidget *m_preview = nullptr;
    QLabel *m_problem = nullptr;
    QPushButton *m_start = nullptr;
    QLabel *m_heading = nullptr;
    QProgressBar *m_bar = nullptr;
    QTableWidget *m_report = nullptr;
    QPushButton *m_close = nullptr;
    std::optional<RowImport> m_import; ///< While it runs, and after it.
    qsizetype m_refused = 0; ///< Records that the table did not take.
    bool m_isRunning = false;
    bool m_isCancelled = false;
    TableId m_done;
};

} // namespace casebase
