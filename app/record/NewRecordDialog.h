// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/fields/FieldRow.h"
#include "app/session/Session.h"

#include <QDialog>

class QLabel;

namespace casebase {

/// Asks for what a new record has to say from the start, and makes it as a whole.
class NewRecordDialog final : public QDialog {
    Q_OBJECT
public:
    /// Makes the record, or says why not: then the dialog stays, with all that was typed.
    using Submit = std::function<Done(const QList<Operation> &)>;

    /// `begun` is what the record says already.
    NewRecordDialog(const Theme &theme, Session &session, BaseId base, const Table &table,
        const NewRecord &begun, const Submit &submit, QWidget *parent);

    RecordId record() const { return m_record; }
    void accept() override;

private:
    void settle(FieldId field, const Value &value);
    void settleChildren(FieldId parent, const Value &value);
    void askForLinked(FieldRow &row, const NewRecord &begun);
    QList<Operation> operations() const;

    const Theme &m_theme;
    Session &m_session;
    BaseId m_base;
    TableId m_table;
    RecordId m_record;
    Submit m_submit;
    QList<FieldRow *> m_rows;
    QHash<FieldId, QList<Operation>> m_preparations; ///< Records that the links lead to.
    QLabel *m_problem;
};

/// The value of a field of links that leads to that record, too; in the place of another if it
/// leads to one at most.
Value withLink(const Value &value, const Field &field, const NewRecord &record);

} // namespace casebase
