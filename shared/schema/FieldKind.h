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
    Persons,
    State, ///< A single select that may go from one option to another only as they say.
    Checklist,
    Barcode,
    Location,
    Image, ///< Files that are pictures.
    Signature, ///< One picture, drawn by hand.
    Button, ///< No value, but something to be done with the record.
    Department, ///< A single select of which the options are the departments of the base.
    Sensitive ///< Text of which only a mask is shown, and which the server keeps encrypted.
};
inline constexpr FieldKind LastFieldKind = FieldKind::Sensitive;

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
    Persons,
    Nothing,
    Sealed
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
    case FieldKind::Checklist:
    case FieldKind::Barcode:
    case FieldKind::Location:
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
    case FieldKind::State:
    case FieldKind::Department:
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
    case FieldKind::Image:
    case FieldKind::Signature:
        return ValueType::Files;
    case FieldKind::Links:
        return ValueType::Links;
    case FieldKind::Persons:
        return ValueType::Persons;
    case FieldKind::Button:
        return ValueType::Nothing;
    case FieldKind::Sensitive:
        return ValueType::Sealed;
    }
    return ValueType::Text;
}

/// When and by whom a record was made or changed.
constexpr bool isOfRecord(FieldKind kind)
{
    return kind == FieldKind::CreatedTime || kind == FieldKind::ModifiedTime
        || kind == FieldKind::CreatedBy || kind == FieldKind::ModifiedBy;
}

/// Nothing that anybody writes into it: the table fills it in, or there is nothing in it.
constexpr bool isAutomatic(FieldKind kind)
{
    return isOfRecord(kind) || kind == FieldKind::AutoNumber || kind == FieldKind::Button;
}

/// A number that people type, not one that the table counts.
constexpr bool isTypedNumber(FieldKind kind)
{
    return valueTypeOf(kind) == ValueType::Number && kind != FieldKind::AutoNumber;
}

/// Its cells are made by whoever writes them as text, and not by picking, drawing or pressing.
constexpr bool isTypable(FieldKind kind)
{
    return !isAutomatic(kind) && valueTypeOf(kind) != ValueType::Files;
}

} // namespace casebase
