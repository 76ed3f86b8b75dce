// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace casebase {

/// Numbers cross the wire and lie in stores: append, never renumber.
enum class FieldKind : quint8 {
    SingleLineText,
    MultilineText,
    Number,
    Checkbox,
    SingleSelect,
    MultipleSelects,
    Date,
    DateTime,
    Person,
    CreatedTime,
    ModifiedTime,
    CreatedBy,
    ModifiedBy,
    AutoNumber,
    Attachments,
    Currency,
    Percent,
    Duration,
    Rating,
    Progress,
    Email,
    Url,
    PhoneNumber,
    Links,
    RichText, ///< Text in Markdown.
    Persons
};
inline constexpr FieldKind LastFieldKind = FieldKind::Persons;

/// What a cell holds, whatever its kind makes of it. Kinds that hold the same share columns,
/// comparisons, operators and what the store writes; they differ in how they are typed and shown.
enum class ValueType : quint8 {
    Text,
    Number,
    Flag,
    Date,
    Moment,
    Option,
    Options,
    Person,
    Files,
    Links,
    Persons
};

constexpr ValueType valueTypeOf(FieldKind kind)
{
    switch (kind) {
    case FieldKind::SingleLineText:
    case FieldKind::MultilineText:
    case FieldKind::RichText:
    case FieldKind::Email:
    case FieldKind::Url:
    case FieldKind::PhoneNumber:
        return ValueType::Text;
    case FieldKind::Number:
    case FieldKind::AutoNumber:
    case FieldKind::Currency:
    case FieldKind::Percent:
    case FieldKind::Duration:
    case FieldKind::Rating:
    case FieldKind::Progress:
        return ValueType::Number;
    case FieldKind::Checkbox:
        return ValueType::Flag;
    case FieldKind::SingleSelect:
        return ValueType::Option;
    case FieldKind::MultipleSelects:
        return ValueType::Options;
    case FieldKind::Date:
        return ValueType::Date;
    case FieldKind::DateTime:
    case FieldKind::CreatedTime:
    case FieldKind::ModifiedTime:
        return ValueType::Moment;
    case FieldKind::Person:
    case FieldKind::CreatedBy:
    case FieldKind::ModifiedBy:
        return ValueType::Person;
    case FieldKind::Attachments:
        return ValueType::Files;
    case FieldKind::Links:
        return ValueType::Links;
    case FieldKind::Persons:
        return ValueType::Persons;
    }
    return ValueType::Text;
}

/// False for what every record knows of itself: when and by whom it was made and changed.
constexpr bool hasColumn(FieldKind kind)
{
    return kind != FieldKind::CreatedTime && kind != FieldKind::ModifiedTime
        && kind != FieldKind::CreatedBy && kind != FieldKind::ModifiedBy;
}

/// Filled in by the table itself, whatever anybody writes.
constexpr bool isAutomatic(FieldKind kind)
{
    return !hasColumn(kind) || kind == FieldKind::AutoNumber;
}

/// A number that people type, not one that the table counts.
constexpr bool isTypedNumber(FieldKind kind)
{
    return valueTypeOf(kind) == ValueType::Number && kind != FieldKind::AutoNumber;
}

} // namespace casebase
