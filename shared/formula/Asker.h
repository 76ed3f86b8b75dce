// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/schema/Field.h"

#include <QHash>
#include <QMutex>

#include <functional>
#include <memory>

namespace casebase {

class RuleTest;

/// Who asks a question of a table, as by a filter, and what is counted once for its answer. Used by
/// several threads.
class Asker {
public:
    explicit Asker(UserId me)
        : m_me(me)
    {
    }
    UserId me() const { return m_me; }

    using Counts = QHash<QString, int>;
    /// How often each text of the field occurs; counted by the function when it is first asked for.
    Counts counts(FieldId field, const std::function<Counts()> &count);
    /// The rules of the field; made when they are first asked for.
    const RuleTest &rules(
        FieldId field, const std::function<std::shared_ptr<const RuleTest>()> &make);

private:
    UserId m_me;
    QMutex m_mutex;
    QHash<FieldId, Counts> m_counts;
    QHash<FieldId, std::shared_ptr<const RuleTest>> m_rules;
};

} // namespace casebase
