// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/field/UrlField.h"

#include "shared/field/TextFields.h"

namespace casebase {

namespace {

class UrlType final : public TextType {
public:
    UrlType()
        : TextType("url", true)
    {
    }

protected:
    /// With a scheme, or what would be a host: people leave "https://" out.
    Result<QString> checked(const QString &text, const Field &field) const override
    {
        const QString link = text.trimmed();
        const bool hasSpace =
            std::any_of(link.cbegin(), link.cend(), [](QChar c) { return c.isSpace(); });
        const QUrl url(link, QUrl::TolerantMode);
        const bool isLink = !hasSpace && url.isValid()
            && (url.scheme().isEmpty() ? link.section(u'/', 0, 0).contains(u'.')
                                       : !url.host().isEmpty() || !url.path().isEmpty());
        return link.isEmpty() || isLink
            ? Result<QString>(link)
            : wrongType(field, text, QStringLiteral("a link such as https://example.com/page"));
    }
};

} // namespace

const FieldType &urlType()
{
    static const UrlType type;
    return type;
}

QUrl linkTarget(FieldKind kind, const QString &text)
{
    QUrl target;
    if (kind == FieldKind::Email) {
        target.setScheme(QStringLiteral("mailto"));
        target.setPath(text);
    } else if (kind == FieldKind::PhoneNumber) {
        QString number = text;
        number.removeIf([](QChar c) { return !c.isDigit() && c != u'+'; });
        target.setScheme(QStringLiteral("tel"));
        target.setPath(number);
    } else if (kind == FieldKind::Url) {
        target = QUrl(text, QUrl::TolerantMode);
        if (target.scheme().isEmpty()) {
            target = QUrl(QStringLiteral("https://") + text, QUrl::TolerantMode);
        }
    }
    static const QStringList harmless{QStringLiteral("http"), QStringLiteral("https"),
        QStringLiteral("mailto"), QStringLiteral("tel")};
    return harmless.contains(target.scheme()) ? target : QUrl();
}

} // namespace casebase
