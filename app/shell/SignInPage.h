// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/theme/Theme.h"
#include "shared/support/Result.h"

#include <QWidget>

class QCheckBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace casebase {

/// Asks for server, user name and password.
class SignInPage final : public QWidget {
    Q_OBJECT
public:
    SignInPage(const Theme &theme, QWidget *parent);
    void setServer(const QString &server, const QString &username);
    void setBusy(bool isBusy);
    void showError(const QString &sentence);
    bool staysSignedIn() const;

Q_SIGNALS:
    void submitted(const QString &server, const QString &username, const QString &password);
    void languageToggled();
    void themeToggled();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void submit();
    void paintStory(QPainter &painter, const QRect &area) const;

    const Theme &m_theme;
    QLineEdit *m_server;
    QLineEdit *m_username;
    QLineEdit *m_password;
    QCheckBox *m_stay;
    QPushButton *m_submit;
    QLabel *m_error;
};

} // namespace casebase
