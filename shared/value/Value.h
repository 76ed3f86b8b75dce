// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/support/Id.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <variant>

namespace casebase {

/// A calendar date, never shifted by a time zone. `day` counts from 1970-01-01.
struct Date {
    qint32 day = 0;
    friend auto operator<=>(const Date &, const Date &) = default;
};

/// A point in time, milliseconds since 1970-01-01 UTC.
struct Moment {
    qint64 ms = 0;
    friend auto operator<=>(const Moment &, const Moment &) = default;
};

/// One file in a cell. The bytes lie in the server's file store under `id`.
struct Attachment {
    FileId id;
    QString name;
    qint64 size = 0;
    QString mimeType;
    friend bool operator==(const Attachment &, const Attachment &) = default;
};

/// One linked record in a cell. What it is called comes from the record itself: it is there for
/// whoever shows or reads the cell, and no part of what the cell holds.
struct Link {
    RecordId record;
    QString title;
    friend bool operator==(const Link &a, const Link &b) { return a.record == b.record; }
};

/// A text that is not to be read by everybody: what is shown of it, and all of it in a box that the
/// server alone can open (shared/secret). Boxes of equal texts in one cell are equal.
struct Sealed {
    QString mask;
    QByteArray box; ///< Empty where it is not known yet.
    friend bool operator==(const Sealed &, const Sealed &) = default;
};

/// Why something could not be computed: a value, so that it shows where it happened. Numbers cross
/// the wire: append, never renumber.
enum class Fault : quint8 {
    Error, ///< A formula asked for it.
    DivideByZero,
    NotANumber,
    BadUnit,
    BadPattern,
    MissingField,
    Circular,
    TooComplex
};
inline constexpr Fault LastFault = Fault::TooComplex;
/// As cells show it, such as #DIV/0!
QString faultCode(Fault fault);

using Empty = std::monostate;
using Options = QList<OptionId>;
using Attachments = QList<Attachment>;
using Links = QList<Link>;
using Persons = QList<UserId>;

/// What one cell holds. Which alternative a field uses is decided by its type; an empty cell is
/// always Empty (never an empty text or list).
using Value = std::variant<Empty, bool, double, QString, Date, Moment, OptionId, Options, UserId,
    Attachments, Fault, Links, Persons, Sealed>;

inline bool isEmpty(const Value &value)
{
    return value.index() == 0;
}

inline bool isFault(const Value &value)
{
    return std::holds_alternative<Fault>(value);
}

} // namespace casebase
