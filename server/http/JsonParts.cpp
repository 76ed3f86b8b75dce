// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/JsonParts.h"

namespace casebase {

Done onlyKeys(
    const QJsonObject &json, std::initializer_list<const char *> known, const QString &path)
{
    for (auto each = json.begin(); each != json.end(); ++each) {
        const bool isKnown = std::any_of(known.begin(), known.end(),
            [&](const char *key) { return each.key() == QLatin1String(key); });
        if (!isKnown) {
            return Error{ErrorCode::UnknownKey,
                {path.isEmpty() ? each.key() : path + u'.' + each.key()}, {}};
        }
    }
    return Ok;
}

QString memberText(const QJsonObject &json, const char *key, const QString &fallback)
{
    const QJsonValue value = json.value(QLatin1String(key));
    return value.isString() ? value.toString() : fallback;
}

} // namespace casebase
