// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/schema/Department.h"

#include "shared/support/Text.h"

#include <QSet>

#include <algorithm>

namespace casebase {

const Department *Departments::department(OptionId id) const
{
    const auto found = std::find_if(
        m_all.cbegin(), m_all.cend(), [id](const Department &each) { return each.id == id; });
    return found == m_all.cend() ? nullptr : &*found;
}

int Departments::level(OptionId id) const
{
    int level = 0;
    const Department *each = department(id);
    while (each && (each = department(each->parent)) && level < DepartmentLevels) {
        ++level;
    }
    return level;
}

QList<Department> Departments::inTreeOrder() const
{
    QList<Department> ordered;
    appendBelow({}, ordered);
    return ordered;
}

void Departments::appendBelow(OptionId parent, QList<Department> &ordered) const
{
    for (const Department &each : m_all) {
        if (each.parent == parent) {
            ordered += each;
            appendBelow(each.id, ordered);
        }
    }
}

QString Departments::path(OptionId id) const
{
    QStringList names;
    for (const Department *each = department(id); each && names.size() < DepartmentLevels;
         each = department(each->parent)) {
        names.prepend(each->name);
    }
    return names.join(QLatin1String(" / "));
}

QList<Option> Departments::options() const
{
    QHash<QString, int> counts;
    for (const Department &each : m_all) {
        ++counts[each.name.toCaseFolded()];
    }
    QList<Option> options;
    for (const Department &each : inTreeOrder()) {
        Option option{each.id, each.name, QStringLiteral("grey")};
        if (counts.value(each.name.toCaseFolded()) > 1) {
            option.name = path(each.id);
        }
        option.isClosed = each.isClosed;
        options += option;
    }
    return options;
}

Done Departments::check() const
{
    if (m_all.size() > DepartmentsPerBase) {
        return Error{ErrorCode::TooMany,
            {QStringLiteral("departments"), QString::number(DepartmentsPerBase)}, {}};
    }
    QSet<OptionId> ids;
    QSet<std::pair<OptionId, QString>> names;
    for (const Department &each : m_all) {
        const auto name = storableText(each.name);
        if (each.name.trimmed().isEmpty()) {
            return Error{ErrorCode::NameEmpty, {}, {}};
        }
        if (!name || *name != each.name || each.name.size() > NameLimit) {
            return Error{ErrorCode::TextNotAllowed, {each.name.left(40)}, {}};
        }
        const std::pair sibling(each.parent, each.name.toCaseFolded());
        if (each.id.isNull() || ids.contains(each.id) || names.contains(sibling)) {
            return Error{ErrorCode::NameTaken, {each.name}, {}};
        }
        ids += each.id;
        names += sibling;
    }
    // Whoever is not reached from the top hangs on nothing, or on itself.
    const QList<Department> reached = inTreeOrder();
    for (const Department &each : m_all) {
        const bool isReached = std::any_of(reached.cbegin(), reached.cend(),
            [&each](const Department &other) { return other.id == each.id; });
        if (!isReached || level(each.id) >= DepartmentLevels) {
            return Error{ErrorCode::Invalid,
                {QStringLiteral("the place of the department “%1”").arg(each.name)}, {}};
        }
    }
    return Ok;
}

} // namespace casebase
