// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/widgets/Toasts.h"

#include "app/widgets/Paint.h"
#include "app/widgets/Parts.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QTimer>

namespace casebase {

namespace {

constexpr int Width = 360;
constexpr int SentenceWidth = 210;
constexpr int StayMs = 6000;
constexpr int AboveFoot = 38;

/// One message: icon, sentence, action, cross.
class Toast final : public QWidget {
public:
    Toast(const Theme &theme, const QString &icon, Tone tone, const QString &sentence,
        QWidget *parent)
        : QWidget(parent)
        , m_theme(theme)
    {
        setFixedWidth(Width);
        auto *layout = new QHBoxLayout(this);
        layout->setContentsMargins(16, 10, 8, 12);
        auto *picture = new QLabel;
        picture->setPixmap(theme.icon(icon, 16, theme.colour(tone), devicePixelRatioF()));
        layout->addWidget(picture);
        auto *label = newLabel(sentence);
        label->setWordWrap(true);
        label->ensurePolished();
        // The height for the narrowest line that buttons may leave.
        label->setMinimumHeight(label->heightForWidth(SentenceWidth));
        layout->addWidget(label, 1);
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const QRectF card = QRectF(rect()).adjusted(2.5, 1.5, -2.5, -4.5);
        painter.setPen(Qt::NoPen);
        painter.setBrush(QColor(0, 0, 0, m_theme.isDark() ? 90 : 26));
        painter.drawRoundedRect(card.translated(0, 2.5), 8, 8);
        painter.setPen(m_theme.colour(Tone::LineStrong));
        painter.setBrush(m_theme.colour(Tone::Surface));
        painter.drawRoundedRect(card, 8, 8);
    }

private:
    const Theme &m_theme;
};

} // namespace

Toasts::Toasts(const Theme &theme, QWidget *window)
    : QWidget(window)
    , m_theme(theme)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    window->installEventFilter(this);
    hide();
}

void Toasts::show(
    Kind kind, const QString &sentence, const QString &action, const std::function<void()> &act)
{
    static const char *const icons[] = {"check", "info", "warning", "error"};
    static constexpr Tone tones[] = {Tone::Good, Tone::Info, Tone::Warning, Tone::Danger};
    auto *toast =
        new Toast(m_theme, QString::fromLatin1(icons[int(kind)]), tones[int(kind)], sentence, this);
    auto *row = qobject_cast<QHBoxLayout *>(toast->layout());
    if (act) {
        auto *button = newButton(action, "link");
        connect(button, &QPushButton::clicked, toast, [toast, act] {
            toast->deleteLater();
            act();
        });
        row->addWidget(button);
    }
    auto *close = newIconButton(m_theme, QStringLiteral("close"), tr("Close"));
    connect(close, &QToolButton::clicked, toast, &QObject::deleteLater);
    row->addWidget(close);
    connect(
        toast, &QObject::destroyed, this, [this] { QTimer::singleShot(0, this, &Toasts::place); });
    if (layout()->count() >= 3) {
        delete layout()->itemAt(0)->widget();
    }
    layout()->addWidget(toast);
    toast->show(); // now, since place() counts only what is shown
    if (kind != Kind::Failure) {
        QTimer::singleShot(StayMs, toast, &QObject::deleteLater);
    }
    place();
}

void Toasts::place()
{
    setVisible(layout()->count() > 0);
    adjustSize();
    const QSize window = parentWidget()->size();
    move(window.width() - width() - 12, window.height() - height() - AboveFoot);
    raise();
}

bool Toasts::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Resize) {
        place();
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace casebase
