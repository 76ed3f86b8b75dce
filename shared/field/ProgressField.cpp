// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/field/RatingField.h"

#include "shared/field/NumberField.h"
#include "shared/support/Text.h"

namespace casebase {

namespace {

class ProgressType final : public NumberType {
public:
    const char *apiName() const override { return "progress"; }

    Result<Value> accept(
        const Value &value, const Field &field, const FieldContext &context) const override
    {
        TRY_SET(const Value accepted, NumberType::accept(value, field, context));
        const auto *number = std::get_if<double>(&accepted);
        return !number || (*number >= 0 && *number <= 100)
            ? Result<Value>(accepted)
            : wrongType(field, context.locale.toString(*number), expected(field));
    }

protected:
    QString expected(const Field &) const override
    {
        return QStringLiteral("a number from 0 to 100");
    }

    std::optional<double> typed(
        const QString &text, const Field &field, const FieldContext &context) const override
    {
        return parseNumber(plainWidth(text).remove(u'%'), signsOf(field, context.locale));
    }

    QString shown(double number, const Field &field, const FieldContext &context) const override
    {
        return plainNumberText(number, field, context.locale) + u'%';
    }
};

} // namespace

const FieldType &progressType()
{
    static const ProgressType type;
    return type;
}

} // namespace casebase
