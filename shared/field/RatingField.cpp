// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/field/RatingField.h"

#include "shared/field/NumberField.h"

#include <cmath>

namespace casebase {

namespace {

class RatingType final : public NumberType {
public:
    const char *apiName() const override { return "rating"; }

    Result<Value> accept(
        const Value &value, const Field &field, const FieldContext &context) const override
    {
        TRY_SET(const Value accepted, NumberType::accept(value, field, context));
        const auto *number = std::get_if<double>(&accepted);
        if (!number || *number == 0) {
            return Value();
        }
        return *number == std::floor(*number) && *number > 0 && *number <= field.maximum
            ? Result<Value>(accepted)
            : wrongType(field, context.locale.toString(*number), expected(field));
    }

protected:
    QString expected(const Field &) const override
    {
        return QStringLiteral("a whole number from 0 to the field's best");
    }

    /// Also so many stars, as other programs write them.
    std::optional<double> typed(
        const QString &text, const Field &, const FieldContext &context) const override
    {
        const bool isStars = std::all_of(text.cbegin(), text.cend(),
            [](QChar c) { return c == QChar(0x2605) || c == QChar(0x2606) || c == QChar(0xFE0F); });
        return isStars ? std::optional(double(text.count(QChar(0x2605))))
                       : parseNumber(text, context.locale);
    }

    QString shown(double number, const Field &, const FieldContext &context) const override
    {
        return context.locale.toString(number, 'f', 0);
    }
};

} // namespace

const FieldType &ratingType()
{
    static const RatingType type;
    return type;
}

} // namespace casebase
