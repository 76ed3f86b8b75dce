// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/session/Session.h"

#include <QCoreApplication>

namespace casebase {

/// The changes that the server does not have, in words.
class PendingText {
    Q_DECLARE_TR_FUNCTIONS(PendingText)
public:
    explicit PendingText(const Session &session)
        : m_session(session)
    {
    }

    /// Everything that waits or was refused, in the order of the work.
    QList<Pending> all() const;
    /// In short, for a list.
    QString sentence(const Pending &pending) const;
    /// Why the server did not take a change, with records named as people know them.
    QString reason(BaseId base, const Error &error) const;
    /// Complete, a line for each cell, as a spreadsheet opens it: when, base, table, record, field,
    /// value, why it was refused.
    QByteArray csv(const QList<Pending> &changes) const;

private:
    QString sentence(const Operation &operation, BaseId base) const;
    QString titleOf(BaseId base, const TableData *table, RecordId record) const;
    QList<QStringList> lines(const Operation &operation, const Pending &pending) const;
    QString baseName(BaseId base) const;

    const Session &m_session;
};

} // namespace casebase
