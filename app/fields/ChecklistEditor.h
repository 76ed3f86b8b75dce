// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/fields/FieldEditor.h"
#include "shared/field/ChecklistField.h"

class QLineEdit;
class QListWidget;
class QListWidgetItem;

namespace casebase {

/// Edits a list of things to do: a line adds one, Space ticks, F2 renames, Delete takes away,
/// dragging or Alt with an arrow moves. Enter in the empty line ends.
class ChecklistEditor final : public FieldEditor {
    Q_OBJECT
public:
    ChecklistEditor(
        const Field &field, const Value &value, const FieldContext &context, QWidget *parent);

    Result<Value> value() const override;
    int goodWidth() const override { return 320; }
    void beginWith(const QString &text) override;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void add(const ChecklistItem &item);
    void addTyped();
    void move(int by);
    bool handleKey(QObject *watched, const QKeyEvent &key);
    void fit();

    Field m_field;
    QListWidget *m_list;
    QLineEdit *m_new;
};

} // namespace casebase
