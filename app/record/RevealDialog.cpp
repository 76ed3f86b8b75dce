// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/record/RevealDialog.h"

#include "app/widgets/Parts.h"
#include "shared/support/ErrorText.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace casebase {

namespace {

constexpr int ShownMs = 60 * 1000;

} // namespace

RevealDialog::RevealDialog(const Theme &theme, HttpClient &http, const SecretCell &cell,
    const QString &heading, QWidget *parent)
    : QDialog(parent)
    , m_http(http)
    , m_cell(cell)
    , m_why(newLabel(tr("Why do you need it? The server notes who has read it, when and why.")))
    , m_reason(new QLineEdit)
    , m_text(new QLineEdit)
    , m_refused(newLabel({}, "danger"))
    , m_cancel(newButton(tr("Cancel"), ""))
    , m_reveal(newButton(tr("Reveal"), "primary"))
    , m_copy(newButton(tr("Copy"), "primary"))
{
    setWindowTitle(tr("Reveal “%1”").arg(cell.field.name));
    setMinimumWidth(420);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 16, 20, 16);
    layout->setSpacing(12);
    layout->addWidget(newLabel(heading, "heading"));
    m_why->setWordWrap(true);
    layout->addWidget(m_why);
    m_reason->setAccessibleName(tr("Reason"));
    m_reason->setPlaceholderText(tr("such as: calls back about the delivery"));
    m_reason->setMaxLength(200);
    layout->addWidget(m_reason);
    m_text->setAccessibleName(cell.field.name);
    m_text->setReadOnly(true);
    m_text->setFont(theme.font(TextSize::Heading));
    m_text->hide();
    layout->addWidget(m_text);
    m_refused->setWordWrap(true);
    m_refused->hide();
    layout->addWidget(m_refused);
    auto *buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(m_cancel);
    buttons->addWidget(m_reveal);
    buttons->addWidget(m_copy);
    layout->addLayout(buttons);
    m_copy->hide();
    m_reveal->setEnabled(false);
    m_reveal->setDefault(true);
    connect(m_reason, &QLineEdit::textChanged, this,
        [this](const QString &text) { m_reveal->setEnabled(!text.trimmed().isEmpty()); });
    connect(m_cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_reveal, &QPushButton::clicked, this, &RevealDialog::ask);
    connect(m_copy, &QPushButton::clicked, this, [this] {
        QGuiApplication::clipboard()->setText(m_text->text());
        accept();
    });
    m_hide.setSingleShot(true);
    m_hide.setInterval(ShownMs);
    connect(&m_hide, &QTimer::timeout, this, &QDialog::accept);
}

void RevealDialog::ask()
{
    m_reveal->setEnabled(false);
    m_refused->hide();
    m_http.post(QStringLiteral("/api/%1/%2/%3/reveal/%4")
                    .arg(m_cell.base.text(), m_cell.table.text(), m_cell.record.text(),
                        m_cell.field.id.text()),
        {{QStringLiteral("reason"), m_reason->text()}}, this,
        [this](const Result<QJsonObject> &reply) {
            if (reply) {
                return present(reply.value().value(QLatin1String("value")).toString());
            }
            m_refused->setText(localisedSentence(reply.error()));
            m_refused->show();
            m_reveal->setEnabled(true);
        });
}

void RevealDialog::present(const QString &text)
{
    m_why->setText(tr("It is shown for a minute."));
    m_reason->hide();
    m_reveal->hide();
    m_text->setText(text);
    m_text->setCursorPosition(0);
    m_text->show();
    m_text->selectAll();
    m_text->setFocus();
    m_copy->show();
    m_copy->setDefault(true);
    m_cancel->setText(tr("Close"));
    adjustSize();
    m_hide.start();
}

} // namespace casebase
