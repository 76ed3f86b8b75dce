// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/model/RuleMarks.h"
#include "app/theme/Theme.h"

#include <QFormLayout>

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;

namespace casebase {

/// Of the dialog of a field, the rows that say what its values must be.
class RuleRows final : public QObject {
    Q_OBJECT
public:
    /// Adds its rows to the form, which goes on to own them. Copies what it needs.
    RuleRows(QFormLayout *form, const Theme &theme, const Document &document,
        const TableData &table, const Field &field);

    /// Shows the rules that fields like this can have; none for what nobody types.
    void offerFor(const Field &field);
    ValueRules rules() const;
    /// Whether a field with these rules can be made; if not, the cursor goes where it is wrong.
    Done check(const Field &field);

private:
    void offerMessage();
    /// Counts the values that are against the rules as they are typed.
    void count();
    void showCount();
    void listBroken();

    QFormLayout *m_form;
    Document m_document;
    Table m_table;
    ValueRules m_before;
    QString m_conditionShown; ///< Of the condition that the field had, with names.
    QWidget *m_switches;
    QCheckBox *m_required;
    QCheckBox *m_unique;
    QCheckBox *m_notNegative;
    QLineEdit *m_pattern;
    QLineEdit *m_condition;
    QLineEdit *m_message;
    QComboBox *m_breaks; ///< What becomes of values that break them.
    QLabel *m_count;
    const Theme &m_theme;
    Field m_field; ///< As it was.
    Field m_counted; ///< With the rules that were counted last.
    QTimer m_typing;
    RuleMarks m_marks;
    bool m_isOffered = false;
    bool m_mayWarn = true;
    bool m_isCounted = false; ///< The values that are there are of the kind that is chosen.
};

} // namespace casebase
