// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/field/FieldType.h"

namespace casebase {

/// A number with a unit behind it, and what all kinds that hold a number have in common.
class NumberType : public FieldType {
public:
    const char *apiName() const override { return "number"; }
    Result<Value> parse(const QString &, const Field &, const FieldContext &) const override;
    QString formatValue(const Value &, const Field &, const FieldContext &) const override;
    /// Any finite number. -0 becomes 0.
    Result<Value> accept(const Value &, const Field &, const FieldContext &) const override;
    QJsonValue valueToJson(const Value &, const Field &, const FieldContext &) const override;
    Result<Value> fromJson(const QJsonValue &, const Field &, const FieldContext &) const override;
    int compareFilled(
        const Value &, const Value &, const Field &, const FieldContext &) const override;

protected:
    /// What the field takes, for people.
    virtual QString expected(const Field &) const;
    /// The number that people mean, or nothing. Not blank.
    virtual std::optional<double> typed(
        const QString &text, const Field &field, const FieldContext &context) const;
    /// As it is shown.
    virtual QString shown(double number, const Field &field, const FieldContext &context) const;
};

const FieldType &numberType();

/// How the field's numbers are set for whoever has that locale.
QLocale signsOf(const Field &field, const QLocale &locale);
/// With the field's decimals and signs, and thousands set apart if it wants that.
QString plainNumberText(double number, const Field &field, const QLocale &locale);

} // namespace casebase
