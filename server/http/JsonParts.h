// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/support/Result.h"

#include <QJsonArray>
#include <QJsonObject>

#include <optional>

namespace casebase {

/// UnknownKey for the first key that is not among those.
Done onlyKeys(
    const QJsonObject &json, std::initializer_list<const char *> known, const QString &path = {});

/// The member of that name if it is a text, else the fallback.
QString memberText(const QJsonObject &json, const char *key, const QString &fallback = {});

/// Where the name stands in the list.
template <size_t N> std::optional<int> indexOf(const char *const (&names)[N], const QString &name)
{
    for (size_t i = 0; i < N; ++i) {
        if (name == QLatin1String(names[i])) {
            return int(i);
        }
    }
    return std::nullopt;
}

} // namespace casebase
