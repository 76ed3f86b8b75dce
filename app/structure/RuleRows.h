// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/document/Document.h"

#include <QFormLayout>

class QCheckBox;
class QLineEdit;

namespace casebase {

/// Of the dialog of a field, the rows that say what its values must be.
class RuleRows final : public QObject {
    Q_OBJECT
public:
    /// Adds its rows to the form, which goes on to own them. Copies what it needs.
    RuleRows(
        QFormLayout *form, const Document &document, const TableData &table, const Field &field);

    /// Shows the rules that fields like this can have; none for what nobody types.
    void offerFor(const Field &field);
    ValueRules rules() const;
    /// Whether a field with these rules can be made; if not, the cursor goes where it is wrong.
    Done check(const Field &field);

private:
    void offerMessage();

    QFormLayout *m_form;
    Document m_document;
    Table m_table;
    ValueRules m_before;
    QString m_conditionShown; ///< Of the condition that the field had, with names.
    QWidget *m_switches;
    QCheckBox *m_required;
    QCheckBox *m_unique;
    QLineEdit *m_pattern;
    QLineEdit *m_condition;
    QLineEdit *m_message;
    bool m_isOffered = false;
};

} // namespace casebase
