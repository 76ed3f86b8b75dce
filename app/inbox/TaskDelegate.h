// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/theme/Theme.h"

#include <QStyledItemDelegate>

namespace casebase {

/// Paints one line of the inbox: title, who started it, node, how long it has waited.
class TaskDelegate final : public QStyledItemDelegate {
public:
    enum LineRole {
        NodeRole = Qt::UserRole,
        PersonRole,
        PersonIdRole,
        TimeRole,
        TableRole,
        WaitingRole
    };

    TaskDelegate(const Theme &theme, QObject *parent);
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    void paint(QPainter *painter, const QStyleOptionViewItem &option,
        const QModelIndex &index) const override;

private:
    const Theme &m_theme;
};

} // namespace casebase
