// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/session/Session.h"
#include "app/theme/Theme.h"

#include <QDialog>

class QLabel;
class QListWidget;
class QPushButton;

namespace casebase {

/// The changes that wait for the server, and those that it could not apply, with the reason. These
/// can be sent again, saved as a file, or given up.
class WaitingDialog final : public QDialog {
    Q_OBJECT
public:
    WaitingDialog(const Theme &theme, Session &session, QWidget *parent);

private:
    void fill();
    void saveFile();
    Session &m_session;
    QLabel *m_hint;
    QListWidget *m_list;
    QLabel *m_saved; ///< What became of the file.
    QPushButton *m_discard = nullptr;
    QPushButton *m_again = nullptr;
    QPushButton *m_save = nullptr;
};

} // namespace casebase
