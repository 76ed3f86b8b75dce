// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/session/Session.h"
#include "app/theme/Theme.h"

#include <QDialog>

class QListWidget;

namespace casebase {

/// The changes that wait for the server, and those that it could not apply, with the reason.
class WaitingDialog final : public QDialog {
    Q_OBJECT
public:
    WaitingDialog(const Theme &theme, Session &session, QWidget *parent);

private:
    void fill();
    QString describe(const Pending &pending) const;
    Session &m_session;
    QListWidget *m_list;
};

} // namespace casebase
