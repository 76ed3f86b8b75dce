// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/schema/Person.h"

#include <algorithm>

namespace casebase {

const Person *People::person(UserId id) const
{
    const auto found = std::lower_bound(m_people.cbegin(), m_people.cend(), id,
        [](const Person &each, UserId wanted) { return each.id < wanted; });
    return found != m_people.cend() && found->id == id ? &*found : nullptr;
}

const Person *People::personNamed(const QString &text) const
{
    if (const auto id = UserId::fromText(text)) {
        return person(*id);
    }
    const auto named = [&](QString Person::*name) {
        const auto found =
            std::find_if(m_people.cbegin(), m_people.cend(), [&](const Person &each) {
                return (each.*name).compare(text, Qt::CaseInsensitive) == 0;
            });
        return found == m_people.cend() ? nullptr : &*found;
    };
    const Person *byUsername = named(&Person::username);
    return byUsername ? byUsername : named(&Person::name);
}

void People::put(const Person &person)
{
    const auto at = std::lower_bound(m_people.begin(), m_people.end(), person.id,
        [](const Person &each, UserId wanted) { return each.id < wanted; });
    if (at != m_people.end() && at->id == person.id) {
        *at = person;
    } else {
        m_people.insert(at, person);
    }
}

void People::remove(UserId id)
{
    m_people.removeIf([id](const Person &each) { return each.id == id; });
}

} // namespace casebase
