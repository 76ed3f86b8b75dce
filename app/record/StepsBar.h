// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/theme/Theme.h"
#include "shared/schema/Instance.h"
#include "shared/schema/Person.h"
#include "shared/schema/Table.h"

#include <QWidget>

namespace casebase {

/// The way of a record through its workflow: nodes passed, the one it waits at, those to come; who,
/// when, how long. Beside each other, or below each other in a narrow place.
class StepsBar final : public QWidget {
    Q_OBJECT
public:
    StepsBar(const Theme &theme, Qt::Orientation orientation, QWidget *parent);
    void show(const Instance *instance, const Table &table, const People &people, qint64 nowMs);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    enum class Kind : quint8 { Passed, Rejected, Now, ToCome };
    struct Node {
        Kind kind = Kind::ToCome;
        QString name;
        QString person;
        QString personId;
        QString time;
        QString duration;
    };
    void paintNode(QPainter &painter, const QRect &rect, const Node &node) const;

    const Theme &m_theme;
    Qt::Orientation m_orientation;
    QList<Node> m_nodes;
};

/// "4 min", "1 h 24 min", "3 d 2 h".
QString durationText(qint64 ms);
/// "14:02" today, "Fri 18:00" this week, otherwise with the date.
QString timeText(qint64 ms, qint64 nowMs);

} // namespace casebase
