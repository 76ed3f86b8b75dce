// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shell/RemovalBar.h"

#include <QHBoxLayout>
#include <QLocale>

namespace casebase {

RemovalBar::RemovalBar(const Theme &theme, Session &session, QWidget *parent)
    : Ground(theme, Tone::WarningGround, parent)
    , m_session(session)
    , m_what(newLabel({}, "warning"))
    , m_why(newLabel({}, "warning"))
    , m_bringBack(newButton(tr("Bring them back"), ""))
{
    setAccessibleName(tr("Most of a table would go"));
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(20, 8, 20, 8);
    layout->setSpacing(8);
    auto *words = new QVBoxLayout;
    words->setSpacing(2);
    m_what->setFont(theme.font(TextSize::Body, QFont::DemiBold));
    m_what->setWordWrap(true);
    m_why->setWordWrap(true);
    words->addWidget(m_what);
    words->addWidget(m_why);
    layout->addLayout(words, 1);
    layout->addWidget(m_bringBack);
    auto *goOn = newButton(tr("Delete them here too"), "danger");
    goOn->setToolTip(tr("A copy of what is here now stays on this computer for 30 days"));
    layout->addWidget(goOn);
    connect(m_bringBack, &QPushButton::clicked, this, [this] { answer(RemovalAnswer::BringBack); });
    connect(goOn, &QPushButton::clicked, this, [this] { answer(RemovalAnswer::GoOn); });
    connect(&session, &Session::removalChanged, this, &RemovalBar::refresh);
    refresh();
}

QString RemovalBar::sentence(const Removal &removal, const Document &document)
{
    const Person *by = document.people().person(removal.by);
    const QString count = QLocale().toString(removal.records.size());
    const QString of = QLocale().toString(removal.of);
    return by
        ? tr("%1 deleted %2 of the %3 records of “%4”").arg(by->name, count, of, removal.tableName)
        : tr("%1 of the %2 records of “%3” are gone on the server")
              .arg(count, of, removal.tableName);
}

void RemovalBar::refresh()
{
    m_base = {};
    for (const BaseEntry &base : m_session.bases()) {
        const auto &removal = m_session.removal(base.id);
        if (!removal) {
            continue;
        }
        m_base = base.id;
        m_what->setText(sentence(*removal, *m_session.document(base.id)));
        m_why->setText(removal->isInTrash
                ? tr("Nothing more goes from this computer, and “%1” takes in nothing new, until "
                     "you choose.")
                      .arg(base.name)
                : tr("They are not in its trash either. Nothing more goes from this computer, and "
                     "“%1” takes in nothing new, until you choose.")
                      .arg(base.name));
        m_bringBack->setVisible(removal->isInTrash);
        break;
    }
    setVisible(!m_base.isNull());
}

void RemovalBar::answer(RemovalAnswer answer)
{
    const Done done = m_session.answerRemoval(m_base, answer);
    if (!done) {
        Q_EMIT refused(done.error());
    } else {
        Q_EMIT answered(tr("A copy of what was here stays on this computer for 30 days"));
    }
}

} // namespace casebase
