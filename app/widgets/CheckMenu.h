// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPushButton>

namespace casebase {

/// A button that says what is chosen of a list, and opens it to choose several.
class CheckMenu final : public QPushButton {
    Q_OBJECT
public:
    struct Entry {
        QString id;
        QString name;
    };

    /// `none` is what it says where nothing is chosen.
    CheckMenu(const QString &name, const QString &none);

    /// Those of the chosen that are not in the list are forgotten.
    void setEntries(const QList<Entry> &entries, const QStringList &chosen);
    QStringList chosen() const { return m_chosen; }

Q_SIGNALS:
    void changed();

private:
    void open();
    void updateText();

    QString m_none;
    QList<Entry> m_entries;
    QStringList m_chosen; ///< In the order of the list.
};

} // namespace casebase
