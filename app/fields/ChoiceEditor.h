// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/fields/FieldEditor.h"

#include <QLineEdit>
#include <QListWidget>

namespace casebase {

/// Chooses options or a person from a list that narrows while typing.
class ChoiceEditor final : public FieldEditor {
public:
    ChoiceEditor(const Theme &theme, const Field &field, const Value &value,
        const FieldContext &context, QWidget *parent);

    Result<Value> value() const override { return m_value; }
    void beginWith(const QString &text) override { m_search->setText(text); }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void fill();
    void choose(QListWidgetItem *item);
    bool isChosen(const QString &id) const;

    const Theme &m_theme;
    Field m_field;
    People m_people;
    Value m_value;
    QLineEdit *m_search;
    QListWidget *m_list;
};

} // namespace casebase
