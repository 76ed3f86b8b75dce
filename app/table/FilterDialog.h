// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/table/FilterLine.h"
#include "shared/document/Document.h"

#include <QDialog>

class QComboBox;
class QLabel;
class QPushButton;
class QVBoxLayout;

namespace casebase {

class FormulaEdit;

/// Edits the filter of a view: one line for each condition, or all of it as a formula.
class FilterDialog final : public QDialog {
    Q_OBJECT
public:
    FilterDialog(const Theme &theme, const Document &document, const TableData &table,
        const Filter &filter, const QueryContext &context, QWidget *parent);
    Filter filter() const;
    /// What the conditions are for, in front of “all conditions hold”.
    void setLead(const QString &words);

private:
    void showLines(const Filter &filter);
    void showText(bool isText);
    void addLine(const Filter &filter);
    Filter filterOfLines() const;

    const Theme &m_theme;
    const Document m_document;
    const Table m_table;
    const People m_people;
    const QueryContext m_context;
    QLabel *m_lead;
    QComboBox *m_kind;
    QWidget *m_conditions;
    QVBoxLayout *m_lines;
    FormulaEdit *m_text;
    QPushButton *m_switch;
    QPushButton *m_apply;
    QList<FilterLine *> m_items;
    bool m_isText = false;
};

} // namespace casebase
