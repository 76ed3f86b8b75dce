// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/schema/Field.h"

#include <algorithm>

namespace casebase {

const Option *Field::option(OptionId wanted) const
{
    const auto found = std::find_if(
        options.cbegin(), options.cend(), [&](const Option &each) { return each.id == wanted; });
    return found == options.cend() ? nullptr : &*found;
}

const Option *Field::optionNamed(const QString &optionName) const
{
    const auto found = std::find_if(options.cbegin(), options.cend(), [&](const Option &each) {
        return each.name.compare(optionName, Qt::CaseInsensitive) == 0;
    });
    return found == options.cend() ? nullptr : &*found;
}

const QStringList &ratingIcons()
{
    static const QStringList icons{QStringLiteral("star"), QStringLiteral("heart"),
        QStringLiteral("thumbsUp"), QStringLiteral("flag"), QStringLiteral("dot")};
    return icons;
}

} // namespace casebase
