// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/support/Pattern.h"

#include <QByteArray>

#include <re2/re2.h>

namespace casebase {

std::shared_ptr<const re2::RE2> compiledPattern(
    const QString &text, Qt::CaseSensitivity sensitivity)
{
    if (text.size() > PatternLimit) {
        return nullptr;
    }
    re2::RE2::Options options;
    options.set_case_sensitive(sensitivity == Qt::CaseSensitive);
    options.set_log_errors(false);
    options.set_max_mem(8 << 20);
    const QByteArray utf8 = text.toUtf8();
    auto pattern = std::make_shared<const re2::RE2>(
        re2::StringPiece(utf8.constData(), size_t(utf8.size())), options);
    return pattern->ok() ? pattern : nullptr;
}

} // namespace casebase
