// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/operation/Operation.h"
#include "shared/support/IdSource.h"

#include <QFormLayout>

class QCheckBox;
class QComboBox;

namespace casebase {

class CheckMenu;

/// Of the dialog of a field, the rows that tie it to other fields of its table: which one decides
/// its options, where the reason of a state is written, whose changes a time of change tells.
class TieRows final : public QObject {
    Q_OBJECT
public:
    /// Adds its rows to the form, which goes on to own them.
    TieRows(QFormLayout *form, const Table &table, const Field &field, IdSource &ids);

    /// Shows what a field of that kind can be tied to.
    void offerFor(FieldKind kind, bool isFormula);
    /// Sets what the rows say.
    void apply(Field &field) const;
    /// The select that decides, or null.
    const Field *parent() const;
    bool limitsMoves() const;
    bool asksReasons() const;
    /// Fields that are made with it: before it the one that takes the reasons, after it the one
    /// that tells since when.
    QList<Operation> fieldsBefore(const QString &name) const;
    QList<Operation> fieldsAfter(const Field &made) const;

Q_SIGNALS:
    void changed();

private:
    bool takesNewReason() const;

    QFormLayout *m_form;
    Table m_table;
    Field m_field;
    FieldKind m_kind;
    FieldId m_newReason;
    FieldId m_newSince;
    QComboBox *m_parent;
    QCheckBox *m_moves;
    QComboBox *m_reason;
    QCheckBox *m_since;
    CheckMenu *m_watched;
};

} // namespace casebase
