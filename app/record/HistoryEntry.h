// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/theme/Theme.h"

#include <QJsonObject>
#include <QWidget>

namespace casebase {

/// One commit in the history of a record: who, when, what was before and after.
class HistoryEntry final : public QWidget {
    Q_OBJECT
public:
    HistoryEntry(const Theme &theme, const QJsonObject &json, qint64 nowMs, QWidget *parent);
};

} // namespace casebase
