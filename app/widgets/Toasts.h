// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/theme/Theme.h"

#include <QWidget>

#include <functional>

namespace casebase {

/// Short messages at the lower right of a window: at most three, gone after six seconds unless they
/// say that something failed.
class Toasts final : public QWidget {
    Q_OBJECT
public:
    enum class Kind : quint8 { Done, Information, Warning, Failure };

    Toasts(const Theme &theme, QWidget *window);
    void show(Kind kind, const QString &sentence, const QString &action = {},
        const std::function<void()> &act = {});

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void place();
    const Theme &m_theme;
};

} // namespace casebase
