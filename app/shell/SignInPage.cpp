// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shell/SignInPage.h"

#include "app/widgets/Paint.h"
#include "app/widgets/Parts.h"

#include <QCheckBox>
#include <QLineEdit>
#include <QVBoxLayout>

namespace casebase {

namespace {

constexpr int FormWidth = 368;
constexpr int SideWidth = 560;

} // namespace

SignInPage::SignInPage(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_server(new QLineEdit)
    , m_username(new QLineEdit)
    , m_password(new QLineEdit)
    , m_stay(new QCheckBox(tr("Stay signed in on this computer")))
    , m_submit(newButton(tr("Sign in"), "primary"))
    , m_error(newLabel({}, "danger"))
{
    auto *outer = new QHBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    auto *side = new QWidget;
    side->setFixedWidth(SideWidth);
    outer->addWidget(side);
    outer->addStretch();
    auto *sideLayout = new QHBoxLayout(side);
    auto *form = new QWidget;
    form->setFixedWidth(FormWidth);
    sideLayout->addWidget(form, 0, Qt::AlignHCenter);
    auto *layout = new QVBoxLayout(form);
    layout->setContentsMargins(0, 48, 0, 24);
    layout->setSpacing(6);
    auto *brand = newLabel(QStringLiteral("Casebase"), "title");
    layout->addWidget(brand);
    layout->addSpacing(76);
    auto *title = newLabel(tr("Sign in"), "title");
    layout->addWidget(title);
    layout->addWidget(newLabel(tr("With your account on the company's server"), "2"));
    layout->addSpacing(18);
    const auto addLine = [&](const QString &label, QLineEdit *line, const char *icon) {
        layout->addWidget(newLabel(label, "small"));
        line->setMinimumHeight(34);
        line->setAccessibleName(label);
        line->addAction(theme.buttonIcon(QString::fromLatin1(icon)), QLineEdit::LeadingPosition);
        layout->addWidget(line);
        layout->addSpacing(8);
        connect(line, &QLineEdit::returnPressed, this, &SignInPage::submit);
    };
    addLine(tr("Server"), m_server, "server");
    addLine(tr("User name"), m_username, "person");
    addLine(tr("Password"), m_password, "key");
    m_password->setEchoMode(QLineEdit::Password);
    m_error->setWordWrap(true);
    m_error->hide();
    layout->addWidget(m_error);
    m_stay->setChecked(true);
    layout->addWidget(m_stay);
    layout->addSpacing(8);
    m_submit->setMinimumHeight(36);
    layout->addWidget(m_submit);
    layout->addStretch();
    auto *foot = new QHBoxLayout;
    auto *language = newIconTextButton(theme, QStringLiteral("globe"), tr("中文"), "flat");
    auto *appearance = newIconTextButton(theme, QStringLiteral("sun"), tr("Light or dark"), "flat");
    connect(language, &QPushButton::clicked, this, &SignInPage::languageToggled);
    connect(appearance, &QPushButton::clicked, this, &SignInPage::themeToggled);
    foot->addWidget(language);
    foot->addWidget(appearance);
    foot->addStretch();
    foot->addWidget(newLabel(QStringLiteral(CASEBASE_VERSION), "small"));
    layout->addLayout(foot);
    connect(m_submit, &QPushButton::clicked, this, &SignInPage::submit);
}

void SignInPage::setServer(const QString &server, const QString &username)
{
    m_server->setText(server);
    m_username->setText(username);
    (username.isEmpty() ? m_username : m_password)->setFocus();
}

bool SignInPage::staysSignedIn() const
{
    return m_stay->isChecked();
}

void SignInPage::setBusy(bool isBusy)
{
    m_submit->setEnabled(!isBusy);
    m_submit->setText(isBusy ? tr("Signing in…") : tr("Sign in"));
    if (isBusy) {
        m_error->hide();
    }
}

void SignInPage::showError(const QString &sentence)
{
    setBusy(false);
    m_error->setText(sentence);
    m_error->show();
    m_password->setFocus();
    m_password->selectAll();
}

void SignInPage::submit()
{
    if (m_username->text().trimmed().isEmpty()) {
        m_username->setFocus();
        return showError(tr("The user name is missing"));
    }
    Q_EMIT submitted(m_server->text().trimmed(), m_username->text().trimmed(), m_password->text());
}

void SignInPage::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.colour(Tone::Surface));
    if (width() > SideWidth + 200) {
        const QRect area(SideWidth, 0, width() - SideWidth, height());
        painter.fillRect(area, m_theme.colour(Tone::Rail));
        paintStory(painter, area);
    }
}

/// What the program is about, drawn: a case on its way, with who has it and since when.
void SignInPage::paintStory(QPainter &painter, const QRect &area) const
{
    painter.setPen(m_theme.colour(Tone::LineStrong));
    for (int x = area.left() + 24; x < area.right(); x += 24) {
        for (int y = 20; y < area.bottom(); y += 24) {
            painter.drawPoint(x, y);
        }
    }
    painter.setRenderHint(QPainter::Antialiasing);
    const int left = area.left() + 88;
    painter.setFont(m_theme.font(TextSize::Title, QFont::DemiBold));
    painter.setPen(m_theme.colour(Tone::Text));
    painter.drawText(left, 118, tr("See where every case is"));
    painter.setFont(m_theme.font(TextSize::Body));
    painter.setPen(m_theme.colour(Tone::Text2));
    painter.drawText(left, 144, tr("Node, person, waiting time; without a network too"));
    struct Card {
        int x;
        int y;
        const char *icon;
        Tone edge;
        QString name;
        QString person;
    };
    const Card cards[] = {{0, 220, "approve", Tone::LineStrong, tr("Submitted"), tr("Customer")},
        {150, 340, "approve", Tone::LineStrong, tr("Confirmed"), QStringLiteral("李敏")},
        {300, 460, "clock", Tone::Accent, tr("In approval"), QStringLiteral("王建国")}};
    QPointF last;
    for (const Card &card : cards) {
        const QRect rect(left + card.x, card.y, 204, 66);
        if (!last.isNull()) {
            painter.setPen(QPen(m_theme.colour(Tone::Good), 1.5));
            painter.drawLine(last, QPointF(rect.center().x(), last.y()));
            painter.drawLine(
                QPointF(rect.center().x(), last.y()), QPointF(rect.center().x(), rect.top()));
        }
        last = QPointF(rect.right(), rect.center().y());
        painter.setPen(QPen(m_theme.colour(card.edge), card.edge == Tone::Accent ? 2 : 1));
        painter.setBrush(m_theme.colour(Tone::Surface));
        painter.drawRoundedRect(rect, 7, 7);
        paintIcon(painter, m_theme, QRect(rect.left() + 12, rect.top() + 12, 16, 16),
            QString::fromLatin1(card.icon),
            m_theme.colour(card.edge == Tone::Accent ? Tone::Accent : Tone::Good));
        painter.setFont(m_theme.font(TextSize::Body));
        painter.setPen(m_theme.colour(Tone::Text));
        painter.drawText(rect.adjusted(36, 8, -8, -34), Qt::AlignVCenter, card.name);
        paintAvatar(painter, m_theme, QRect(rect.left() + 12, rect.top() + 38, 18, 18), card.person,
            card.person);
        painter.setPen(m_theme.colour(Tone::Text2));
        painter.drawText(rect.adjusted(36, 34, -8, -6), Qt::AlignVCenter, card.person);
    }
}

} // namespace casebase
