// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/theme/Theme.h"

#include <QMenu>

namespace casebase {

/// A small picture of the colour of an option.
QIcon swatch(const Theme &theme, const QString &colour);

/// The n-th of the plain colours, which come back after the last.
QString plainColour(int n);

/// The palette of the options; goes when it closes.
class ColourMenu final : public QMenu {
    Q_OBJECT
public:
    ColourMenu(const Theme &theme, QWidget *parent);

Q_SIGNALS:
    void chosen(const QString &colour);
};

} // namespace casebase
