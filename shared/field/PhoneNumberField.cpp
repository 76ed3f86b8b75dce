// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/field/PlainFields.h"

#include "shared/field/TextFields.h"
#include "shared/support/Text.h"

namespace casebase {

namespace {

constexpr int MostDigits = 20; // E.164 has 15; then there is an extension
constexpr int LeastDigits = 3;

class PhoneNumberType final : public TextType {
public:
    PhoneNumberType()
        : TextType("phoneNumber", true)
    {
    }

protected:
    Result<QString> checked(const QString &text, const Field &field) const override
    {
        QString number = plainWidth(text).simplified();
        if (number.startsWith(QLatin1String("tel:"), Qt::CaseInsensitive)) {
            number = number.mid(4);
        }
        static const QString words = QStringLiteral("+-–. ()/,;#*~转分机extEXT:");
        qsizetype digits = 0;
        const bool isPlain = std::all_of(number.cbegin(), number.cend(), [&](QChar c) {
            digits += c.isDigit() ? 1 : 0;
            return c.isDigit() || words.contains(c);
        });
        const bool isNumber = isPlain && digits >= LeastDigits && digits <= MostDigits
            && number.lastIndexOf(u'+') <= 0;
        return number.isEmpty() || isNumber
            ? Result<QString>(number)
            : wrongType(
                field, text, QStringLiteral("a telephone number such as +86 138 0013 8000"));
    }
};

} // namespace

const FieldType &phoneNumberType()
{
    static const PhoneNumberType type;
    return type;
}

} // namespace casebase
