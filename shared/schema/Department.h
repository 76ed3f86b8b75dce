// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/schema/Field.h"
#include "shared/support/Result.h"

namespace casebase {

/// A part of the organisation. Fields of departments hold its id, as an option's.
struct Department {
    OptionId id;
    QString name;
    OptionId parent; ///< What it is a part of; null for the topmost.
    UserId head; ///< Who leads it; may be null.
    bool isClosed = false; ///< Stays where it stands, and is not offered any more.
    friend bool operator==(const Department &, const Department &) = default;
};

inline constexpr qsizetype DepartmentsPerBase = 1000;
inline constexpr int DepartmentLevels = 10;

/// The departments of a base. Those of one parent stand in the order in which they are shown.
class Departments {
public:
    Departments() = default;
    explicit Departments(const QList<Department> &all)
        : m_all(all)
    {
    }
    const QList<Department> &all() const { return m_all; }
    const Department *department(OptionId id) const;
    /// How many are above it.
    int level(OptionId id) const;
    /// Each behind the one that it is a part of.
    QList<Department> inTreeOrder() const;
    /// The names from the topmost to it, with slashes between.
    QString path(OptionId id) const;
    /// What a field of departments can hold: in tree order, by name, or by path where two have the
    /// same name.
    QList<Option> options() const;
    /// The names are there and differ where they have one parent, parents are there and lead up,
    /// limits are kept.
    Done check() const;
    friend bool operator==(const Departments &, const Departments &) = default;

private:
    void appendBelow(OptionId parent, QList<Department> &ordered) const;
    QList<Department> m_all;
};

} // namespace casebase
