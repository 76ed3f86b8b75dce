// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/fields/ListEditor.h"

namespace casebase {

/// Chooses options or a person, and asks why where the option wants to know.
class ChoiceEditor final : public ListEditor {
    Q_OBJECT
public:
    ChoiceEditor(const Theme &theme, const Field &field, const Value &value,
        const FieldContext &context, QWidget *parent);

    Result<Value> value() const override { return m_value; }
    QList<Operation> preparations() const override;
    QList<FieldValue> besides() const override;

private:
    void fill() override;
    void choose(QListWidgetItem *item) override;
    void clear() override { m_value = Value(); }
    bool isChosen(const QString &id) const;
    void ask(const Option &option);
    void takeReason();
    void offerNew(const QString &name);

    Field m_field;
    qsizetype m_known; ///< Options that were there; those behind them are made here.
    People m_people;
    Value m_value;
    std::optional<OptionId> m_asked; ///< Chosen, once it is said why.
    QString m_reason;
};

} // namespace casebase
