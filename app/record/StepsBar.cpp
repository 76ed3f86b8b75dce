// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/record/StepsBar.h"

#include "app/widgets/Paint.h"

#include <QDateTime>
#include <QLocale>

namespace casebase {

namespace {

constexpr int NodeWidth = 188;
constexpr int NodeHeight = 62;
constexpr int Gap = 24;

QString nameOf(const People &people, UserId id)
{
    const Person *person = people.person(id);
    return person ? person->name : id.text();
}

} // namespace

QString durationText(qint64 ms)
{
    const qint64 minutes = std::max<qint64>(0, ms) / 60000;
    if (minutes < 1) {
        return StepsBar::tr("under 1 min");
    }
    if (minutes < 60) {
        return StepsBar::tr("%1 min").arg(minutes);
    }
    if (minutes < 24 * 60) {
        return StepsBar::tr("%1 h %2 min").arg(minutes / 60).arg(minutes % 60);
    }
    return StepsBar::tr("%1 d %2 h").arg(minutes / 1440).arg(minutes % 1440 / 60);
}

QString timeText(qint64 ms, qint64 nowMs)
{
    const QDateTime time = QDateTime::fromMSecsSinceEpoch(ms);
    const QDate today = QDateTime::fromMSecsSinceEpoch(nowMs).date();
    const QString clock = time.toString(QStringLiteral("HH:mm"));
    if (time.date() == today) {
        return clock;
    }
    if (time.date().daysTo(today) < 7 && time.date() < today) {
        return QLocale().dayName(time.date().dayOfWeek(), QLocale::ShortFormat) + u' ' + clock;
    }
    return time.toString(QStringLiteral("MM-dd ")) + clock;
}

StepsBar::StepsBar(const Theme &theme, Qt::Orientation orientation, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_orientation(orientation)
{
    setAccessibleName(tr("Workflow"));
}

void StepsBar::show(
    const Instance *instance, const Table &table, const People &people, qint64 nowMs)
{
    m_nodes.clear();
    const Workflow *workflow = instance ? table.workflow(instance->workflow) : nullptr;
    const WorkflowVersion *version = workflow ? workflow->version(instance->version) : nullptr;
    setVisible(version != nullptr);
    if (!version) {
        return;
    }
    m_nodes += Node{Kind::Passed, tr("Started"), nameOf(people, instance->starter),
        instance->starter.text(), timeText(instance->startedMs, nowMs), {}};
    for (const Step &step : instance->steps) {
        Node node{step.leftMs > 0 ? Kind::Passed : Kind::Now, step.name, {}, {}, {}, {}};
        for (const Task &task : step.tasks) {
            const bool isDecider =
                task.state == TaskState::Approved || task.state == TaskState::Rejected;
            if (isDecider || node.person.isEmpty()) {
                node.person = nameOf(people, task.assignee);
                node.personId = task.assignee.text();
            }
            node.kind = task.state == TaskState::Rejected ? Kind::Rejected : node.kind;
        }
        if (step.leftMs == 0 && step.tasks.size() > 1) {
            node.person =
                tr("%1 and %n more", nullptr, int(step.tasks.size()) - 1).arg(node.person);
        }
        const qint64 end = step.leftMs > 0 ? step.leftMs : nowMs;
        node.duration = durationText(end - step.enteredMs);
        node.time = step.leftMs > 0
            ? timeText(step.enteredMs, nowMs) + QStringLiteral(" → ") + timeText(step.leftMs, nowMs)
            : tr("since %1").arg(timeText(step.enteredMs, nowMs));
        m_nodes += node;
    }
    if (instance->isRunning()) {
        for (qsizetype i = instance->steps.size(); i < version->nodes.size(); ++i) {
            m_nodes += Node{Kind::ToCome, version->nodes[i].name, {}, {}, {}, {}};
        }
        m_nodes += Node{Kind::ToCome, workflow->endName, {}, {}, {}, {}};
    } else {
        m_nodes += Node{instance->state == InstanceState::Approved ? Kind::Passed : Kind::Rejected,
            workflow->endName, {}, {}, timeText(instance->endedMs, nowMs),
            durationText(instance->endedMs - instance->startedMs)};
    }
    updateGeometry();
    update();
}

QSize StepsBar::sizeHint() const
{
    const int count = int(std::max<qsizetype>(1, m_nodes.size()));
    return m_orientation == Qt::Horizontal
        ? QSize(count * (NodeWidth + Gap) - Gap + 36, NodeHeight + 28)
        : QSize(NodeWidth + 36, count * (NodeHeight + 12) + 12);
}

QSize StepsBar::minimumSizeHint() const
{
    return m_orientation == Qt::Horizontal ? QSize(100, NodeHeight + 28) : sizeHint();
}

void StepsBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const int count = int(m_nodes.size());
    if (count == 0) {
        return;
    }
    const bool isRow = m_orientation == Qt::Horizontal;
    const int width = isRow ? std::min(NodeWidth, (this->width() - 36 - (count - 1) * Gap) / count)
                            : this->width() - 32;
    for (int i = 0; i < count; ++i) {
        const QRect rect = isRow ? QRect(18 + i * (width + Gap), 14, width, NodeHeight)
                                 : QRect(16, 12 + i * (NodeHeight + 12), width, NodeHeight);
        if (i + 1 < count) {
            const bool isPassed =
                m_nodes[i].kind == Kind::Passed && m_nodes[i + 1].kind != Kind::ToCome;
            painter.setPen(QPen(m_theme.colour(isPassed ? Tone::Good : Tone::LineStrong),
                isPassed ? 1.5 : 1, isPassed ? Qt::SolidLine : Qt::DashLine));
            const QPointF from = isRow ? QPointF(rect.right() + 1, rect.center().y())
                                       : QPointF(rect.left() + 20, rect.bottom() + 1);
            painter.drawLine(from, from + (isRow ? QPointF(Gap, 0) : QPointF(0, 12)));
        }
        paintNode(painter, rect, m_nodes[i]);
    }
}

void StepsBar::paintNode(QPainter &painter, const QRect &rect, const Node &node) const
{
    const Tone edge = node.kind == Kind::Now ? Tone::Accent
        : node.kind == Kind::Rejected        ? Tone::Danger
                                             : Tone::LineStrong;
    painter.setPen(QPen(m_theme.colour(edge), node.kind == Kind::Now ? 2 : 1,
        node.kind == Kind::ToCome ? Qt::DashLine : Qt::SolidLine));
    painter.setBrush(node.kind == Kind::ToCome
            ? QBrush(Qt::NoBrush)
            : QBrush(
                m_theme.colour(node.kind == Kind::Rejected ? Tone::DangerGround : Tone::Surface)));
    painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), 7, 7);
    static const char *const icons[] = {"approve", "reject", "clock", "workflow"};
    static constexpr Tone tones[] = {Tone::Good, Tone::Danger, Tone::Accent, Tone::Text3};
    paintIcon(painter, m_theme, QRect(rect.left() + 10, rect.top() + 10, 16, 16),
        QString::fromLatin1(icons[int(node.kind)]), m_theme.colour(tones[int(node.kind)]));
    const QFont tiny = m_theme.font(TextSize::Tiny);
    const QFontMetrics tinyMetrics(tiny);
    const int durationWidth = tinyMetrics.horizontalAdvance(node.duration);
    const QFont body = m_theme.font(TextSize::Body, QFont::Medium);
    painter.setFont(body);
    painter.setPen(m_theme.colour(node.kind == Kind::ToCome ? Tone::Text2
            : node.kind == Kind::Now                        ? Tone::Accent
                                                            : Tone::Text));
    const QRect nameRect = rect.adjusted(32, 8, -14 - durationWidth, -34);
    painter.drawText(nameRect, Qt::AlignVCenter,
        QFontMetrics(body).elidedText(node.name, Qt::ElideRight, nameRect.width()));
    painter.setFont(tiny);
    painter.setPen(m_theme.colour(Tone::Text3));
    painter.drawText(
        rect.adjusted(32, 8, -10, -34), Qt::AlignRight | Qt::AlignVCenter, node.duration);
    const QRect below = rect.adjusted(10, 34, -10, -8);
    int left = below.left();
    if (!node.personId.isEmpty()) {
        paintAvatar(
            painter, m_theme, QRect(left, below.top() + 1, 18, 18), node.person, node.personId);
        left += 24;
    }
    const int timeWidth = tinyMetrics.horizontalAdvance(node.time);
    const QFont small = m_theme.font(TextSize::Small);
    painter.setFont(small);
    painter.setPen(m_theme.colour(Tone::Text));
    const int room = below.right() - left - timeWidth - 6;
    painter.drawText(QRect(left, below.top(), std::max(room, 0), below.height()), Qt::AlignVCenter,
        QFontMetrics(small).elidedText(node.person, Qt::ElideRight, std::max(room, 0)));
    painter.setFont(tiny);
    painter.setPen(m_theme.colour(Tone::Text3));
    painter.drawText(below, Qt::AlignRight | Qt::AlignVCenter, node.time);
}

} // namespace casebase
