// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/support/Text.h"

#include <algorithm>

namespace casebase {

namespace {

/// Nothing can be composed from these: Latin, Chinese, and the punctuation of both.
bool isComposed(char16_t c)
{
    return c < 0x300 || (c >= 0x4E00 && c < 0xA000) || (c >= 0x3001 && c < 0x302A)
        || (c >= 0x2010 && c < 0x2028) || (c >= 0xFF01 && c < 0xFF61);
}

} // namespace

std::optional<QString> storableText(const QString &text)
{
    if (text.size() > TextLimit || !text.isValidUtf16() || text.contains(QChar(u'\0'))) {
        return std::nullopt;
    }
    const bool plain =
        std::all_of(text.cbegin(), text.cend(), [](QChar c) { return isComposed(c.unicode()); });
    return plain ? text : text.normalized(QString::NormalizationForm_C);
}

QString plainWidth(const QString &text)
{
    QString result = text;
    for (QChar &c : result) {
        if (c.unicode() >= 0xFF01 && c.unicode() <= 0xFF5E) {
            c = QChar(char16_t(c.unicode() - 0xFEE0));
        } else if (c.unicode() == 0x3000 || c.unicode() == 0x00A0) {
            c = QChar(u' ');
        }
    }
    return result;
}

} // namespace casebase
