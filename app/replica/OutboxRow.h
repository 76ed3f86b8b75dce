// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/replica/Outbox.h"

namespace casebase {

/// A request as it lies in the outbox file, with a sum over everything that goes to the server.
struct OutboxRow {
    static constexpr const char *Select = "SELECT counter, base, body, created, error, arguments, "
                                          "device, sum FROM request ORDER BY counter";
    static constexpr QChar Separator = QChar(0x1F); ///< Between the arguments of an error.

    OutboxRow() = default;
    OutboxRow(const Pending &pending, DeviceId device);
    explicit OutboxRow(const Statement &row);

    /// It is as it was written. Rows of the first version have no sum and count as whole.
    bool isWhole() const;
    /// Nothing if another version of the program wrote it.
    std::optional<Pending> pending() const;

    quint64 counter = 0;
    QString base;
    QByteArray body;
    qint64 createdMs = 0;
    qint64 error = 0;
    QString arguments;
    QString device;
    QByteArray sum;

private:
    QByteArray sumOfAll() const;
};

} // namespace casebase
