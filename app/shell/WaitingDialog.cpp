// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shell/WaitingDialog.h"

#include "app/record/StepsBar.h"
#include "app/transfer/PendingText.h"
#include "app/widgets/Parts.h"

#include <QDir>
#include <QFileDialog>
#include <QListWidget>
#include <QPainter>
#include <QSaveFile>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

namespace casebase {

namespace {

/// Text in as many lines as it needs, which the delegate of Qt cuts short beside a style sheet.
class LinesDelegate final : public QStyledItemDelegate {
public:
    LinesDelegate(const Theme &theme, QListWidget *list)
        : QStyledItemDelegate(list)
        , m_theme(theme)
        , m_list(list)
    {
    }

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const int width = m_list->viewport()->width();
        const QRect lines = option.fontMetrics.boundingRect(
            QRect(0, 0, width - 2 * Margin, Tallest), Qt::TextWordWrap, textOf(index));
        return {width, lines.height() + 2 * Margin};
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
        const QModelIndex &index) const override
    {
        if (option.state & QStyle::State_Selected) {
            painter->fillRect(option.rect, m_theme.colour(Tone::Selected));
        }
        painter->setFont(option.font);
        painter->setPen(m_theme.colour(Tone::Text));
        painter->drawText(option.rect.adjusted(Margin, Margin, -Margin, -Margin), Qt::TextWordWrap,
            textOf(index));
    }

private:
    static QString textOf(const QModelIndex &index)
    {
        return index.data(Qt::DisplayRole).toString();
    }

    static constexpr int Margin = 7;
    static constexpr int Tallest = 10000;
    const Theme &m_theme;
    QListWidget *m_list;
};

} // namespace

WaitingDialog::WaitingDialog(const Theme &theme, Session &session, QWidget *parent)
    : QDialog(parent)
    , m_session(session)
    , m_hint(newLabel({}, "2"))
    , m_list(new QListWidget)
    , m_saved(newLabel({}, "2"))
{
    setWindowTitle(tr("Changes that wait"));
    resize(640, 400);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 16, 20, 16);
    layout->setSpacing(10);
    m_hint->setWordWrap(true);
    layout->addWidget(m_hint);
    m_list->setAccessibleName(windowTitle());
    m_list->setItemDelegate(new LinesDelegate(theme, m_list));
    m_list->setResizeMode(QListView::Adjust); // Lines break anew when the width changes.
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    layout->addWidget(m_list, 1);
    m_saved->setWordWrap(true);
    m_saved->hide();
    layout->addWidget(m_saved);
    auto *row = new QHBoxLayout;
    m_discard = newButton(tr("Discard what could not be applied"), "danger");
    connect(m_discard, &QPushButton::clicked, this, [this] {
        for (const Pending &pending : m_session.refused()) {
            m_session.discardRefused(pending.counter);
        }
        fill();
    });
    auto *close = newButton(tr("Close"), "primary");
    connect(close, &QPushButton::clicked, this, &QDialog::accept);
    m_again = newButton(tr("Send it again"), "");
    connect(m_again, &QPushButton::clicked, this, [this] {
        for (const Pending &pending : m_session.refused()) {
            m_session.retryRefused(pending.counter);
        }
        fill();
    });
    m_save = newButton(tr("Save as a file…"), "");
    m_save->setToolTip(tr("As a spreadsheet: to look at, to send to somebody, to type in again"));
    connect(m_save, &QPushButton::clicked, this, &WaitingDialog::saveFile);
    row->addWidget(m_discard);
    row->addWidget(m_again);
    row->addWidget(m_save);
    row->addStretch();
    row->addWidget(close);
    layout->addLayout(row);
    connect(&m_session, &Session::connectionChanged, this, &WaitingDialog::fill);
    fill();
}

void WaitingDialog::saveFile()
{
    const QString path = QFileDialog::getSaveFileName(this, tr("Save these changes"),
        QDir::home().filePath(tr("changes") + QStringLiteral(".csv")), tr("Spreadsheets (*.csv)"));
    if (path.isEmpty()) {
        return;
    }
    const PendingText words(m_session);
    QSaveFile file(path);
    const bool isSaved =
        file.open(QIODevice::WriteOnly) && file.write(words.csv(words.all())) >= 0 && file.commit();
    setTone(m_saved, "tone", isSaved ? QStringLiteral("2") : QStringLiteral("danger"));
    m_saved->setText(isSaved
            ? tr("Saved as %1").arg(QDir::toNativeSeparators(path))
            : tr("Not saved: %1 (%2)").arg(QDir::toNativeSeparators(path), file.errorString()));
    m_saved->show();
}

void WaitingDialog::fill()
{
    m_list->clear();
    const PendingText words(m_session);
    const QList<Pending> changes = words.all();
    for (const Pending &pending : changes) {
        QString text = timeText(pending.createdMs, m_session.clock().nowMs())
            + QStringLiteral("   ") + words.sentence(pending);
        if (pending.refusal) {
            text += u'\n'
                + tr("Could not be applied: %1").arg(words.reason(pending.base, *pending.refusal));
        }
        new QListWidgetItem(text, m_list);
    }
    const bool isAnyRefused = !m_session.refused().isEmpty();
    m_hint->setText(isAnyRefused
            ? tr("What could not be applied stays on this computer until it is sent again or "
                 "discarded. Everything else goes out by itself.")
            : tr("They are on this computer and go out by themselves when the server is there."));
    m_discard->setEnabled(isAnyRefused);
    m_again->setEnabled(isAnyRefused);
    m_save->setEnabled(!changes.isEmpty());
    if (m_list->count() == 0) {
        auto *item = new QListWidgetItem(tr("Nothing waits: everything is saved"), m_list);
        item->setFlags(Qt::NoItemFlags);
    }
}

} // namespace casebase
