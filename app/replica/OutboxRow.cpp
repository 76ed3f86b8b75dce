// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/replica/OutboxRow.h"

#include "shared/protocol/Message.h"

#include <QCryptographicHash>

namespace casebase {

OutboxRow::OutboxRow(const Pending &pending, DeviceId ownDevice)
    : counter(pending.counter)
    , base(pending.base.text())
    , body(encodeRequest(pending.request))
    , createdMs(pending.createdMs)
    , error(pending.refusal ? int(pending.refusal->code) : 0)
    , arguments(pending.refusal ? pending.refusal->arguments.join(Separator) : QString())
    , device(ownDevice.text())
    , sum(sumOfAll())
{
}

OutboxRow::OutboxRow(const Statement &row)
    : counter(quint64(row.integer(0)))
    , base(row.text(1))
    , body(row.bytes(2))
    , createdMs(row.integer(3))
    , error(row.integer(4))
    , arguments(row.text(5))
    , device(row.text(6))
    , sum(row.bytes(7))
{
}

QByteArray OutboxRow::sumOfAll() const
{
    QCryptographicHash hash(QCryptographicHash::Blake2b_256);
    const QByteArray head =
        QStringLiteral("%1 %2 %3 %4 ").arg(device, base).arg(counter).arg(createdMs).toUtf8();
    hash.addData(head);
    hash.addData(body);
    return hash.result().left(16);
}

bool OutboxRow::isWhole() const
{
    return (sum.isEmpty() && device.isEmpty()) || sum == sumOfAll();
}

std::optional<Pending> OutboxRow::pending() const
{
    auto request = decodeRequest(body);
    const auto id = BaseId::fromText(base);
    if (!request || !id) {
        return std::nullopt;
    }
    Pending pending{*id, counter, std::move(request).value(), createdMs, {}};
    if (error != 0) {
        pending.refusal = Error{ErrorCode(error), arguments.split(Separator), {}};
    }
    return pending;
}

} // namespace casebase
