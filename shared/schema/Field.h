// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/schema/FieldKind.h"
#include "shared/value/Value.h"

namespace casebase {

/// One choice of a select field. Cells hold its id, so renaming is free.
struct Option {
    OptionId id;
    QString name;
    QString colour; ///< Name of one of the 24 option colours, such as "red" or "teal-strong".
    friend bool operator==(const Option &, const Option &) = default;
};

/// How finely durations are typed and shown; the value is always in seconds.
enum class DurationFormat : quint8 { Minutes, Seconds, Tenths, Hundredths, Thousandths };

/// What a new record gets where nothing is given.
struct DefaultValue {
    enum class Kind : quint8 {
        Nothing,
        Fixed,
        Me, ///< Of people: whoever makes the record.
        Now ///< Of dates and moments: when it is made.
    };
    Kind kind = Kind::Nothing;
    Value value; ///< Of a fixed one.
    friend bool operator==(const DefaultValue &, const DefaultValue &) = default;
};

/// A column of a table: what it is called and what it takes.
struct Field {
    FieldId id;
    QString name;
    QString description;
    FieldKind kind = FieldKind::SingleLineText;
    QList<Option> options; ///< Of selects, in their order, which is also the sort order.
    int precision = 0; ///< Of numbers: decimals shown, 0 to 8; -1 as many as needed.
    QString symbol; ///< Of currencies, before the number; of numbers their unit, after it.
    bool isGrouped = true; ///< Of numbers: thousands are set apart.
    DurationFormat durationFormat = DurationFormat::Minutes;
    int maximum = 5; ///< Of ratings: the best, 1 to 10.
    QString icon = QStringLiteral("star"); ///< Of ratings: one of ratingIcons().
    QString colour = QStringLiteral("amber"); ///< Of ratings and progress: as of options.
    QString prefix; ///< Of auto numbers, before the digits.
    int digits = 4; ///< Of auto numbers: at least so many digits.
    DefaultValue defaultValue;
    /// Where the values come from, with fields by id; empty where people type them. The kind says
    /// what the result is shown as.
    QString formula;
    bool isSystem = false; ///< Written by a workflow only.
    bool isTrashed = false; ///< Deleted, restorable.

    /// Nobody types its values: the table or a formula makes them.
    bool isComputed() const { return !formula.isEmpty() || isAutomatic(kind); }
    /// Its values are kept in the database, in the log and in snapshots.
    bool isStored() const { return formula.isEmpty() && hasColumn(kind); }
    const Option *option(OptionId option) const;
    const Option *optionNamed(const QString &optionName) const;
    friend bool operator==(const Field &, const Field &) = default;
};

inline constexpr int RatingLimit = 10;
inline constexpr qsizetype SymbolLimit = 12; ///< Characters of a currency's sign or a unit.
/// What a rating may be counted in.
const QStringList &ratingIcons();

} // namespace casebase
