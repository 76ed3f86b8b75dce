// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/fields/ListEditor.h"

namespace casebase {

/// Chooses options or a person.
class ChoiceEditor final : public ListEditor {
public:
    ChoiceEditor(const Theme &theme, const Field &field, const Value &value,
        const FieldContext &context, QWidget *parent);

    Result<Value> value() const override { return m_value; }

private:
    void fill() override;
    void choose(QListWidgetItem *item) override;
    void clear() override { m_value = Value(); }
    bool isChosen(const QString &id) const;

    Field m_field;
    People m_people;
    Value m_value;
};

} // namespace casebase
