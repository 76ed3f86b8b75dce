// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/theme/Theme.h"
#include "shared/document/Document.h"
#include "shared/field/FieldType.h"
#include "shared/formula/Expression.h"
#include "shared/formula/KeyFinder.h"

#include <QWidget>

class QCompleter;
class QLabel;
class QPlainTextEdit;

namespace casebase {

/// Where a formula is written: offers fields and functions while one types, says at which character
/// it goes wrong, and shows what it comes to for the first records.
class FormulaEdit final : public QWidget {
    Q_OBJECT
public:
    /// Copies what it needs of the table and the people.
    FormulaEdit(const Theme &theme, const TableData &table, const Document &document,
        const FieldContext &context, QWidget *parent = nullptr);

    /// As it is kept, with ids; shown with names.
    void setFormula(const QString &formula);
    /// As it stands there.
    QString formula() const;
    /// What it has been read as, or why it cannot be.
    const Result<Expression> &expression() const { return m_expression; }
    /// Shows for the first records whether it is true, asked by that person.
    void showsTruth(UserId me);
    /// The results are shown as values of this field.
    void showResultsAs(const Field &field);

    /// Its labels are as high as they need to be at its width; the form that it stands in must not
    /// ask: QFormLayout of Qt 6.4 writes past its rows if some are hidden and one has a height for
    /// a width.
    bool hasHeightForWidth() const override { return false; }

Q_SIGNALS:
    /// Another formula, which may be wrong.
    void changed();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void read();
    void offer();
    void insert(const QString &text);
    QString wordBefore() const;
    void explain();
    void fitLabels();

    const Theme &m_theme;
    TableData m_table;
    Document m_document; ///< Where links lead.
    People m_people;
    FieldContext m_context;
    KeyFinder m_finder; ///< Of the records as they were when it was first asked.
    std::optional<UserId> m_asker; ///< Who asks whether it is true.
    QPlainTextEdit *m_text;
    QCompleter *m_completer;
    QLabel *m_help;
    QLabel *m_results;
    Result<Expression> m_expression = Error{};
};

} // namespace casebase
