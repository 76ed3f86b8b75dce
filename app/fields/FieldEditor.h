// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/theme/Theme.h"
#include "shared/field/FieldType.h"
#include "shared/operation/Operation.h"

#include <QWidget>

#include <functional>

namespace casebase {

class LinkChoices;

/// Edits one value: text where it stands, or a list to choose from. Tells when it is done and does
/// not write anything itself.
class FieldEditor : public QWidget {
    Q_OBJECT
public:
    enum class Step : quint8 { Stay, Next, Previous, Down };

    using QWidget::QWidget;
    /// What typing so far comes to.
    virtual Result<Value> value() const = 0;
    /// What has to be done before the value can be written: making records that it leads to.
    virtual QList<Operation> preparations() const { return {}; }
    /// What other fields of the record come to hold with it.
    virtual QList<FieldValue> besides() const { return {}; }
    /// What it takes where there is room.
    virtual int goodWidth() const { return minimumWidth(); }
    /// Begins with this text instead of the value, as when somebody types on a cell.
    virtual void beginWith(const QString &text) = 0;

Q_SIGNALS:
    void committed(Step step);
    void cancelled();
    /// The field is to lead to a new record, too, that has to say more than it does: whoever shows
    /// the editor asks for that.
    void recordWanted(const casebase::NewRecord &begun);
};

/// The editor of the kind; null for what is not edited in place (files) or by a click (checkbox).
/// Takes over the choices, which a field of links needs and others do without.
FieldEditor *newFieldEditor(const Theme &theme, const Field &field, const Value &value,
    const FieldContext &context, LinkChoices *choices, QWidget *parent);

} // namespace casebase
