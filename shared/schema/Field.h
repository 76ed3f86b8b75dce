// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/value/Value.h"

namespace casebase {

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
    Attachments
};

/// One choice of a select field. Cells hold its id, so renaming is free.
struct Option {
    OptionId id;
    QString name;
    QString colour; ///< Name of one of the 24 option colours, such as "red" or "teal-strong".
    friend bool operator==(const Option &, const Option &) = default;
};

/// A column of a table: what it is called and what it takes.
struct Field {
    FieldId id;
    QString name;
    QString description;
    FieldKind kind = FieldKind::SingleLineText;
    QList<Option> options; ///< Of selects, in their order, which is also the sort order.
    int precision = 0; ///< Of numbers: decimals shown, 0 to 8; -1 as many as needed.
    QString prefix; ///< Of auto numbers, before the digits.
    int digits = 4; ///< Of auto numbers: at least so many digits.
    bool isSystem = false; ///< Written by a workflow only.
    bool isTrashed = false; ///< Deleted, restorable.

    const Option *option(OptionId option) const;
    const Option *optionNamed(const QString &optionName) const;
    friend bool operator==(const Field &, const Field &) = default;
};

} // namespace casebase
