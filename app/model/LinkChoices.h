// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/session/Session.h"

namespace casebase {

/// A record that a cell could lead to.
struct LinkChoice {
    Link link;
    QString detail; ///< The next thing that it says of itself, to tell namesakes apart.
    friend bool operator==(const LinkChoice &, const LinkChoice &) = default;
};

/// The records that a link field can lead to, found by what they are called; and new ones, where
/// the person may make them. Large tables are looked through on a worker.
class LinkChoices final : public QObject {
    Q_OBJECT
public:
    static constexpr qsizetype MostFound = 50;

    /// Of a field of that table, for a record that may be yet to be made.
    LinkChoices(Session &session, BaseId base, TableId near, RecordId record, const Field &field,
        QObject *parent = nullptr);

    const Field &field() const { return m_field; }
    /// The table that the field leads to, as it is now; null if it is gone.
    const TableData *table() const;
    /// Looks for records with this text in their title or detail: those whose title begins with it,
    /// then others, the newest first. Answers with found(), at once for a table that is not large.
    void search(const QString &text);
    /// The record that a link leads to, as it is listed.
    LinkChoice choice(const Link &link) const;
    /// What a name or several that somebody has typed or pasted lead to.
    Result<Value> named(const QString &text) const;
    /// A record that would be called this; nothing where titles are not typed, or for somebody who
    /// may not make any.
    std::optional<NewRecord> newRecord(const QString &title) const;
    /// A new record has to say more than what it is called.
    bool asksForMore() const;

Q_SIGNALS:
    void found(const QList<casebase::LinkChoice> &choices);

private:
    Session &m_session;
    BaseId m_base;
    TableId m_near;
    RecordId m_record;
    Field m_field;
    quint64 m_generation = 0;
};

} // namespace casebase
