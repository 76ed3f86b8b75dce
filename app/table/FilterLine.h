// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/theme/Theme.h"
#include "shared/query/Match.h"
#include "shared/schema/Table.h"

#include <QWidget>

class QComboBox;
class QLineEdit;

namespace casebase {

class CheckMenu;

/// One condition of a filter: a field, what is asked of it, and what it is compared with. What
/// these cannot show, as a group or a formula, is kept and shown in words.
class FilterLine final : public QWidget {
    Q_OBJECT
public:
    /// Borrows the table and the context.
    FilterLine(
        const Theme &theme, const Table &table, const QueryContext &context, const Filter &filter);

    Filter filter() const;
    /// It says what to compare with, where that is needed.
    bool isComplete() const;

Q_SIGNALS:
    void removed();

private:
    void build(const Filter &test);
    void fillOperators(FilterOp chosen);
    void fillOperand(const Operand &operand);
    void addPersonsOrOptions(const Operand &operand, bool isSeveral);
    void addDates(const Operand &operand);
    const Field *field() const;
    FilterOp op() const;
    Operand operand() const;

    const Theme &m_theme;
    const Table &m_table;
    const QueryContext &m_context;
    Filter m_kept; ///< What is not shown by the boxes; trivial if they show it.
    QComboBox *m_field = nullptr;
    QComboBox *m_op = nullptr;
    QWidget *m_operandBox = nullptr;
    QComboBox *m_choice = nullptr;
    CheckMenu *m_choices = nullptr;
    QLineEdit *m_text = nullptr;
};

} // namespace casebase
