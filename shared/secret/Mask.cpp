// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/secret/Mask.h"

#include "shared/support/Text.h"

namespace casebase {

namespace {

const QString Hidden = QStringLiteral("****");
constexpr qsizetype Shown = 4; ///< At the end, as people tell numbers apart.
constexpr qsizetype Whole = 8; ///< Of fewer characters not so many can be shown.

/// The digits, without the country code of China, which some people write and others do not.
QString digitsOf(const QString &number)
{
    QString digits;
    for (const QChar c : plainWidth(number)) {
        if (c.isDigit()) {
            digits += c;
        }
    }
    constexpr qsizetype National = 11;
    for (const QLatin1String code : {QLatin1String("0086"), QLatin1String("86")}) {
        if (digits.size() == National + code.size() && digits.startsWith(code)) {
            return digits.mid(code.size());
        }
    }
    return digits;
}

QString maskedMiddle(const QString &text)
{
    const QList<uint> letters = text.toUcs4();
    const qsizetype size = letters.size();
    const qsizetype first = std::clamp<qsizetype>(size - Whole, 0, 3);
    const qsizetype last = size >= Whole ? Shown : size / 3;
    const auto part = [&](qsizetype from, qsizetype count) {
        return QString::fromUcs4(
            reinterpret_cast<const char32_t *>(letters.constData()) + from, count);
    };
    return part(0, first) + Hidden + part(size - last, last);
}

} // namespace

QString masked(const QString &text, SensitiveForm form)
{
    switch (form) {
    case SensitiveForm::Text:
        break;
    case SensitiveForm::PhoneNumber:
        return maskedMiddle(digitsOf(text));
    case SensitiveForm::Email:
        if (const qsizetype at = text.lastIndexOf(u'@'); at >= 0) {
            return text.left(at > 1 ? 1 : 0) + Hidden + text.mid(at);
        }
        break;
    }
    return maskedMiddle(text);
}

bool isMask(const QString &text)
{
    return text.contains(Hidden);
}

QString soughtMask(const QString &text, SensitiveForm form)
{
    const QString sought = text.trimmed();
    if (isMask(sought)) {
        return sought;
    }
    switch (form) {
    case SensitiveForm::Text:
        return sought.size() < Whole ? sought : masked(sought, form);
    case SensitiveForm::PhoneNumber: {
        const QString digits = digitsOf(sought);
        return digits.isEmpty() ? sought : digits.size() < Whole ? digits : masked(sought, form);
    }
    case SensitiveForm::Email:
        return sought.indexOf(u'@') > 0 ? masked(sought, form) : sought;
    }
    return sought;
}

QString comparable(const QString &text, SensitiveForm form)
{
    return form == SensitiveForm::PhoneNumber ? digitsOf(text) : text.trimmed().toLower();
}

} // namespace casebase
