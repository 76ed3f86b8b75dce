// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/fields/FieldEditor.h"
#include "shared/query/Match.h"
#include "shared/schema/Table.h"

#include <QDialog>

class QComboBox;
class QLineEdit;
class QVBoxLayout;

namespace casebase {

/// Edits the conditions of a view: one line each, all or any of them.
class FilterDialog final : public QDialog {
    Q_OBJECT
public:
    FilterDialog(const Theme &theme, const Table &table, const Filter &filter,
        const FieldContext &context, QWidget *parent);
    Filter filter() const;

    static QString operatorText(FilterOp op);
    /// "类型 is 退款": one condition as a sentence.
    static QString sentence(const Filter &test, const Table &table, const FieldContext &context);

private:
    struct Line {
        QWidget *widget = nullptr;
        QComboBox *field = nullptr;
        QComboBox *op = nullptr;
        QWidget *operandBox = nullptr;
        QComboBox *choice = nullptr;
        QLineEdit *text = nullptr;
        QList<Filter> nested; ///< A group that this dialog keeps as it is.
    };
    void addLine(const Filter &test);
    void fillOperators(Line &line, FilterOp chosen);
    void fillOperand(Line &line, const Operand &operand);
    Filter testOf(const Line &line) const;
    const Field *fieldOf(const Line &line) const;
    FieldContext context() const;

    const Theme &m_theme;
    const Table m_table;
    const People m_people;
    QTimeZone m_zone;
    qint64 m_nowMs;
    QComboBox *m_kind;
    QVBoxLayout *m_lines;
    QList<std::shared_ptr<Line>> m_items; ///< Shared with the handlers of their widgets.
};

} // namespace casebase
