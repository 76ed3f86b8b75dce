// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/support/Id.h"

#include <QList>
#include <QString>

namespace casebase {

/// What somebody may do in one base. None is a person who has left it, still shown by name.
enum class Role : quint8 { None, Reader, Editor, Owner };

/// A member of a base, as the others see them.
struct Person {
    UserId id;
    QString username;
    QString name;
    Role role = Role::None;
    friend bool operator==(const Person &, const Person &) = default;
};

/// The members of a base.
class People {
public:
    const Person *person(UserId id) const;
    /// By id, user name or name.
    const Person *personNamed(const QString &text) const;
    const QList<Person> &all() const { return m_people; }
    void put(const Person &person);
    void remove(UserId id);
    friend bool operator==(const People &, const People &) = default;

private:
    QList<Person> m_people; ///< By id, ascending.
};

} // namespace casebase
