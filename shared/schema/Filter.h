// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/value/Value.h"

#include <optional>

namespace casebase {

enum class FilterOp : quint8 {
    Is,
    IsNot,
    Contains,
    DoesNotContain,
    StartsWith,
    EndsWith,
    Matches,
    IsEmpty,
    IsNotEmpty,
    IsAnyOf,
    IsNoneOf,
    HasAnyOf,
    HasAllOf,
    HasNoneOf,
    IsExactly,
    Equal,
    NotEqual,
    Greater,
    GreaterOrEqual,
    Less,
    LessOrEqual,
    Before,
    After,
    OnOrBefore,
    OnOrAfter,
    Within,
    SameMonthDay,
    IsDuplicate,
    BreaksRules ///< Those of the field.
};

enum class TimeUnit : quint8 { Days, Weeks, Months, Quarters, Years };

/// A date that moves with the calendar: today, this week, the past 7 days, 3 days ago.
struct RelativeDate {
    enum class Kind : quint8 { Today, Tomorrow, Yesterday, This, Past, Next, Ago, FromNow };
    Kind kind = Kind::Today;
    TimeUnit unit = TimeUnit::Days;
    int count = 1;
    friend bool operator==(const RelativeDate &, const RelativeDate &) = default;
};

/// What a field is compared with: values, the person who looks, or a moving date.
struct Operand {
    QList<Value> values;
    bool me = false;
    std::optional<RelativeDate> relative = std::nullopt;
    friend bool operator==(const Operand &, const Operand &) = default;
};

/// A tree of conditions. An empty All matches everything, an empty Any nothing.
struct Filter {
    enum class Kind : quint8 { All, Any, Test, Formula };
    Kind kind = Kind::All;
    QList<Filter> children; ///< Of All and Any.
    FieldId field; ///< Of Test, as the two below.
    FilterOp op = FilterOp::Is;
    Operand operand;
    QString formula; ///< Of Formula: what has to be true, with ids for names.

    bool isTrivial() const { return kind == Kind::All && children.isEmpty(); }
    friend bool operator==(const Filter &, const Filter &) = default;
};

struct SortKey {
    FieldId field;
    Qt::SortOrder order = Qt::AscendingOrder;
    friend bool operator==(const SortKey &, const SortKey &) = default;
};

} // namespace casebase
