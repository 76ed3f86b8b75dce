// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/field/PlainFields.h"

#include "shared/field/TextFields.h"

#include <QRegularExpression>

namespace casebase {

namespace {

class EmailType final : public TextType {
public:
    EmailType()
        : TextType("email", true)
    {
    }

protected:
    /// What mail programs take: a name that may be in quotes, and a host with a dot or in brackets.
    Result<QString> checked(const QString &text, const Field &field) const override
    {
        static const QRegularExpression pattern(
            QStringLiteral(
                "^(?:[^\\s@\"(),:;<>\\[\\]\\\\]+|\"[^\"\\r\\n]+\")@"
                "(?:[\\w](?:[\\w-]*[\\w])?(?:\\.[\\w](?:[\\w-]*[\\w])?)+|\\[[0-9A-Fa-f.:]+\\])$"),
            QRegularExpression::UseUnicodePropertiesOption);
        QString address = text.trimmed();
        if (address.startsWith(QLatin1String("mailto:"), Qt::CaseInsensitive)) {
            address = address.mid(7);
        }
        constexpr qsizetype Longest = 254; // RFC 5321
        return address.isEmpty() || (address.size() <= Longest && pattern.match(address).hasMatch())
            ? Result<QString>(address)
            : wrongType(field, text, QStringLiteral("an e-mail address such as name@example.com"));
    }
};

} // namespace

const FieldType &emailType()
{
    static const EmailType type;
    return type;
}

} // namespace casebase
