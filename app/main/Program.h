// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/main/DemoServer.h"
#include "app/net/HttpClient.h"
#include "app/session/Session.h"
#include "app/shell/MainWindow.h"
#include "app/shell/SignInPage.h"

#include <QSettings>
#include <QTranslator>

namespace casebase {

/// What the command line asked for.
struct ProgramOptions {
    QString server;
    QString user;
    QString profile;
    bool isDemo = false;
};

/// Builds and owns everything of the client: from sign-in to the window and back.
class Program final : public QObject {
    Q_OBJECT
public:
    explicit Program(const ProgramOptions &options);
    ~Program() override;
    void start();
    MainWindow *window() const { return m_window.get(); }

private:
    void applyTheme();
    void setLanguage(const QString &language);
    void toggleLanguage();
    void startDemo();
    void showSignIn(const QString &error = {});
    void signIn(const QString &server, const QString &username, const QString &password);
    void open(const SessionSettings &settings);
    void showWindow();
    void rememberToken(const SessionSettings &settings);
    void readToken();
    void signOut();

    ProgramOptions m_options;
    QSettings m_settings;
    SystemClock m_clock;
    IdSource m_ids;
    Theme m_theme;
    QTranslator m_translator;
    QTranslator m_qtTranslator;
    QString m_language;
    std::unique_ptr<DemoServer> m_demo;
    std::unique_ptr<HttpClient> m_http;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<SignInPage> m_signIn;
    std::unique_ptr<MainWindow> m_window;
};

} // namespace casebase
