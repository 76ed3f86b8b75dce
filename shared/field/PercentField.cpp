// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/field/PlainFields.h"

#include "shared/field/NumberField.h"
#include "shared/support/Text.h"

namespace casebase {

namespace {

class PercentType final : public NumberType {
public:
    const char *apiName() const override { return "percent"; }

protected:
    QString expected(const Field &) const override { return QStringLiteral("a share such as 25%"); }

    std::optional<double> typed(
        const QString &text, const Field &field, const FieldContext &context) const override
    {
        const auto number = parseNumber(text, signsOf(field, context.locale));
        const bool hasSign = plainWidth(text).contains(u'%');
        return !number || hasSign ? number : *number / 100;
    }

    QString shown(double number, const Field &field, const FieldContext &context) const override
    {
        return plainNumberText(number * 100, field, context.locale) + u'%';
    }
};

} // namespace

const FieldType &percentType()
{
    static const PercentType type;
    return type;
}

} // namespace casebase
