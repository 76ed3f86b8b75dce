// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/fields/FieldEditor.h"

class QLineEdit;
class QListWidget;

namespace casebase {

/// Edits where something is: the division, which is found by any part of its name, the address in
/// it, and coordinates. A whole address typed or pasted into the first line is taken apart.
class LocationEditor final : public FieldEditor {
    Q_OBJECT
public:
    LocationEditor(const Field &field, const Value &value, QWidget *parent);

    Result<Value> value() const override;
    int goodWidth() const override { return 340; }
    void beginWith(const QString &text) override;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void offer();
    void choose();
    bool handleKey(QObject *watched, const QKeyEvent &key);

    Field m_field;
    QLineEdit *m_division;
    QListWidget *m_offered;
    QLineEdit *m_address;
    QLineEdit *m_coordinates;
};

} // namespace casebase
