// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/field/FieldType.h"
#include "shared/query/RowTest.h"

#include <memory>

namespace casebase {

/// How far apart dates may be that count as the same. Weeks begin on the context's first day.
enum class Period : quint8 { Exact, Day, Week, Month, Quarter, Year };

/// The first day of the period in which the day lies.
Date firstDayOf(Period period, Date day, Qt::DayOfWeek firstDayOfWeek);

/// Numbers the values of a field, so that rows which hold the same one get the same number; 0 is
/// for those that hold none. Choices in another order are the same. Borrows the table.
class ValueNumbers {
public:
    virtual ~ValueNumbers() = default;
    /// Writes the number of each row of the block that the mask holds; others may be anything below
    /// end().
    virtual void read(size_t block, const RowMask &mask, quint32 *numbers) = 0;
    /// Whoever reads a value gives it the same number, in whatever order.
    virtual bool isFixed() const { return false; }
    /// Greater than all numbers until now.
    virtual quint32 end() const = 0;
};

/// WrongType for files, and for periods of what is no date.
Result<std::unique_ptr<ValueNumbers>> numberValues(const TableData &table, const Field &field,
    Period period, const QTimeZone &zone, Qt::DayOfWeek firstDayOfWeek);

} // namespace casebase
