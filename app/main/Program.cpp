// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/main/Program.h"

#include "app/grid/GridPane.h"
#include "app/net/SocketTransport.h"
#include "shared/support/ErrorText.h"

#include <QApplication>
#include <QCryptographicHash>
#include <QDir>
#include <QLibraryInfo>
#include <QLocale>
#include <QScreen>
#include <QTimer>
#include <qt6keychain/keychain.h>

namespace casebase {

namespace {

const QString KeychainService = QStringLiteral("Casebase");

QString folderFor(const QString &profile, const QString &server, const QString &user)
{
    const QByteArray name =
        QCryptographicHash::hash((server + u'\n' + user).toUtf8(), QCryptographicHash::Sha256);
    return profile + u'/' + QString::fromLatin1(name.toHex().left(12));
}

QUrl serverUrl(const QString &text)
{
    QString full = text;
    if (!full.contains(QLatin1String("://"))) {
        const bool isLocal =
            full.startsWith(QLatin1String("127.")) || full.startsWith(QLatin1String("localhost"));
        full.prepend(isLocal ? QLatin1String("http://") : QLatin1String("https://"));
    }
    return QUrl(full, QUrl::StrictMode);
}

} // namespace

Program::Program(const ProgramOptions &options)
    : m_options(options)
    , m_settings(options.profile + QStringLiteral("/settings.ini"), QSettings::IniFormat)
    , m_ids(m_clock)
    , m_theme(m_settings.value(QStringLiteral("dark")).toBool())
{
    setLanguage(m_settings.value(QStringLiteral("language"), QLocale::system().name()).toString());
    applyTheme();
    connect(&m_theme, &Theme::changed, this, [this] {
        m_settings.setValue(QStringLiteral("dark"), m_theme.isDark());
        applyTheme();
        if (m_window) {
            showWindow();
        } else {
            showSignIn();
        }
    });
}

Program::~Program() = default;

void Program::applyTheme()
{
    QApplication::setPalette(m_theme.palette());
    QApplication::setFont(m_theme.font(TextSize::Body));
    qApp->setStyleSheet(m_theme.styleSheet());
}

void Program::setLanguage(const QString &language)
{
    m_language =
        language.startsWith(QLatin1String("zh")) ? QStringLiteral("zh_CN") : QStringLiteral("en");
    QCoreApplication::removeTranslator(&m_translator);
    QCoreApplication::removeTranslator(&m_qtTranslator);
    // English has a file too: for "1 record" and "2 records".
    if (m_translator.load(QStringLiteral(":/translations/casebase_%1.qm").arg(m_language))) {
        QCoreApplication::installTranslator(&m_translator);
    }
    if (m_qtTranslator.load(QStringLiteral("qtbase_") + m_language,
            QLibraryInfo::path(QLibraryInfo::TranslationsPath))) {
        QCoreApplication::installTranslator(&m_qtTranslator);
    }
    QLocale::setDefault(m_language == u"zh_CN" ? QLocale(QLocale::Chinese, QLocale::China)
                                               : QLocale(QLocale::English, QLocale::UnitedStates));
    m_settings.setValue(QStringLiteral("language"), m_language);
}

void Program::toggleLanguage()
{
    setLanguage(m_language == u"zh_CN" ? QStringLiteral("en") : QStringLiteral("zh_CN"));
    if (m_window) {
        showWindow();
    } else {
        showSignIn();
    }
}

void Program::start()
{
    if (m_options.isDemo) {
        return startDemo();
    }
    readToken();
}

void Program::startDemo()
{
    m_demo = std::make_unique<DemoServer>(m_options.profile + QStringLiteral("/demo"));
    connect(m_demo.get(), &DemoServer::ready, this,
        [this](const QString &url) { signIn(url, m_demo->username(), m_demo->password()); });
    connect(m_demo.get(), &DemoServer::failed, this,
        [this](const QString &reason) { showSignIn(reason); });
    m_demo->start();
}

void Program::showSignIn(const QString &error)
{
    const QRect place = m_signIn ? m_signIn->geometry() : QRect();
    m_signIn = std::make_unique<SignInPage>(m_theme, nullptr);
    m_signIn->setWindowTitle(QStringLiteral("Casebase"));
    m_signIn->resize(QSize(1440, 900).boundedTo(m_signIn->screen()->availableSize()));
    if (place.isValid()) {
        m_signIn->setGeometry(place);
    }
    m_signIn->setServer(m_options.server.isEmpty()
            ? m_settings.value(QStringLiteral("server"), QStringLiteral("http://127.0.0.1:8720"))
                  .toString()
            : m_options.server,
        m_options.user.isEmpty() ? m_settings.value(QStringLiteral("user")).toString()
                                 : m_options.user);
    connect(m_signIn.get(), &SignInPage::submitted, this, &Program::signIn);
    connect(m_signIn.get(), &SignInPage::languageToggled, this, &Program::toggleLanguage,
        Qt::QueuedConnection);
    connect(
        m_signIn.get(), &SignInPage::themeToggled, this,
        [this] { m_theme.setDark(!m_theme.isDark()); }, Qt::QueuedConnection);
    m_signIn->show();
    if (!error.isEmpty()) {
        m_signIn->showError(error);
    }
}

void Program::signIn(const QString &server, const QString &username, const QString &password)
{
    const QUrl url = serverUrl(server);
    if (m_signIn) {
        m_signIn->setBusy(true);
    }
    m_http = std::make_unique<HttpClient>(url);
    m_http->post(QStringLiteral("/api/session"),
        {{QStringLiteral("username"), username}, {QStringLiteral("password"), password}}, this,
        [this, url, server, username](const Result<QJsonObject> &reply) {
            if (!reply) {
                const QString sentence = localisedSentence(reply.error());
                return m_signIn ? m_signIn->showError(sentence) : showSignIn(sentence);
            }
            const QJsonObject user = reply.value().value(QLatin1String("user")).toObject();
            const SessionSettings settings{folderFor(m_options.profile, server, username), url,
                reply.value().value(QLatin1String("token")).toString(),
                UserId::fromText(user.value(QLatin1String("id")).toString()).value_or(UserId()),
                user.value(QLatin1String("name")).toString()};
            m_settings.setValue(QStringLiteral("server"), server);
            m_settings.setValue(QStringLiteral("user"), username);
            m_settings.setValue(QStringLiteral("userId"), settings.user.text());
            m_settings.setValue(QStringLiteral("userName"), settings.userName);
            if (!m_options.isDemo && (!m_signIn || m_signIn->staysSignedIn())) {
                rememberToken(settings);
            }
            open(settings);
        });
}

void Program::rememberToken(const SessionSettings &settings)
{
    auto *job = new QKeychain::WritePasswordJob(KeychainService, this);
    job->setKey(settings.server.toString() + u' ' + settings.user.text());
    job->setTextData(settings.token);
    connect(job, &QKeychain::Job::finished, this, [](QKeychain::Job *done) {
        if (done->error() != QKeychain::NoError) {
            qWarning("the sign-in is kept until the program ends: %s",
                qUtf8Printable(done->errorString()));
        }
    });
    job->start();
}

void Program::readToken()
{
    const QString server = m_settings.value(QStringLiteral("server")).toString();
    const QString user = m_settings.value(QStringLiteral("user")).toString();
    const auto id = UserId::fromText(m_settings.value(QStringLiteral("userId")).toString());
    const bool isAskedFor = (m_options.server.isEmpty() || m_options.server == server)
        && (m_options.user.isEmpty() || m_options.user == user);
    if (!id || !isAskedFor) {
        return showSignIn();
    }
    const QUrl url = serverUrl(server);
    auto *job = new QKeychain::ReadPasswordJob(KeychainService, this);
    job->setKey(url.toString() + u' ' + id->text());
    connect(
        job, &QKeychain::Job::finished, this, [this, job, url, server, user, id](QKeychain::Job *) {
            if (job->error() != QKeychain::NoError || job->textData().isEmpty()) {
                return showSignIn();
            }
            m_http = std::make_unique<HttpClient>(url);
            open({folderFor(m_options.profile, server, user), url, job->textData(), *id,
                m_settings.value(QStringLiteral("userName")).toString()});
        });
    job->start();
}

void Program::open(const SessionSettings &settings)
{
    m_http->setToken(settings.token);
    auto session = Session::create(settings, std::make_unique<SocketTransport>(), m_clock, m_ids,
        std::make_unique<ThreadQueue>());
    if (!session) {
        return showSignIn(localisedSentence(session.error()));
    }
    m_session = std::move(session).value();
    connect(
        m_session.get(), &Session::signedOut, this,
        [this](const Error &error) {
            m_window.reset();
            m_session.reset();
            showSignIn(localisedSentence(error));
        },
        Qt::QueuedConnection);
    showWindow();
    m_window->tellSalvage(); // once, not with each change of language or theme
    m_session->connectToServer();
    m_signIn.reset();
}

void Program::showWindow()
{
    // A change of language or theme builds the window anew; the session and what is on screen stay.
    const QRect place = m_window ? m_window->geometry() : QRect();
    const BaseId base = m_window ? m_window->tablePage()->base() : BaseId();
    const TableId table = m_window ? m_window->tablePage()->tableId() : TableId();
    const bool isInbox = m_window && m_window->inbox()->isVisible();
    auto window = std::make_unique<MainWindow>(
        m_theme, *m_session, *m_http, [this](QWidget *parent) -> Pane * {
            auto *page = qobject_cast<TablePage *>(parent);
            return new GridPane(m_theme, page->undo(), page->pictures(), parent);
        });
    connect(
        window.get(), &MainWindow::signOutRequested, this, &Program::signOut, Qt::QueuedConnection);
    connect(window.get(), &MainWindow::languageToggled, this, &Program::toggleLanguage,
        Qt::QueuedConnection);
    if (place.isValid()) {
        window->setGeometry(place);
    }
    if (!base.isNull()) {
        window->showBase(base);
        window->tablePage()->showTable(table);
    }
    if (isInbox) {
        window->showInbox();
    }
    window->show();
    MainWindow *old = m_window.release();
    m_window = std::move(window);
    if (old) {
        old->hide();
        old->deleteLater();
    }
}

void Program::signOut()
{
    auto *job = new QKeychain::DeletePasswordJob(KeychainService, this);
    job->setKey(m_session->settings().server.toString() + u' ' + m_session->me().text());
    job->start();
    m_settings.remove(QStringLiteral("userId"));
    m_window.reset();
    m_session.reset();
    showSignIn();
}

} // namespace casebase
