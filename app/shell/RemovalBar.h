// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/session/Session.h"
#include "app/widgets/Parts.h"

namespace casebase {

/// Asks, above the page, what to do when most of a table would go from this computer at once. Shown
/// only while a base stands still for it; of several, one after the other.
class RemovalBar final : public Ground {
    Q_OBJECT
public:
    RemovalBar(const Theme &theme, Session &session, QWidget *parent);

Q_SIGNALS:
    void refused(const Error &error);
    void answered(const QString &sentence);

private:
    static QString sentence(const Removal &removal, const Document &document);
    void refresh();
    void answer(RemovalAnswer answer);

    Session &m_session;
    BaseId m_base; ///< Null while nothing is asked.
    QLabel *m_what;
    QLabel *m_why;
    QPushButton *m_bringBack;
};

} // namespace casebase
