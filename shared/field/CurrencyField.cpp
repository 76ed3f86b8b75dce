// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/field/PlainFields.h"

#include "shared/field/NumberField.h"

#include <cmath>

namespace casebase {

namespace {

class CurrencyType final : public NumberType {
public:
    const char *apiName() const override { return "currency"; }

protected:
    QString expected(const Field &) const override { return QStringLiteral("an amount"); }

    std::optional<double> typed(
        const QString &text, const Field &field, const FieldContext &context) const override
    {
        QString bare = text;
        if (!field.symbol.isEmpty()) {
            bare.remove(field.symbol, Qt::CaseInsensitive);
        }
        return parseNumber(bare, signsOf(field, context.locale));
    }

    QString shown(double number, const Field &field, const FieldContext &context) const override
    {
        const bool isWord = !field.symbol.isEmpty() && field.symbol.back().isLetter();
        const QString amount = field.symbol + (isWord ? QStringLiteral(" ") : QString())
            + plainNumberText(std::abs(number), field, context.locale);
        // What is rounded to nothing has no sign.
        const bool isNegative = number < 0
            && plainNumberText(number, field, QLocale::c())
                != u'-' + plainNumberText(0, field, QLocale::c());
        return isNegative ? u'-' + amount : amount;
    }
};

} // namespace

const FieldType &currencyType()
{
    static const CurrencyType type;
    return type;
}

} // namespace casebase
