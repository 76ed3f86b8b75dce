// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/theme/Theme.h"
#include "shared/columns/TableData.h"
#include "shared/operation/Operation.h"
#include "shared/support/IdSource.h"

#include <QHash>
#include <QWidget>

class QCheckBox;
class QFormLayout;
class QListWidget;
class QListWidgetItem;
class QPushButton;

namespace casebase {

class CheckMenu;

/// The options of a select: added, renamed, coloured, put in order. One that is used is removed
/// only with a word on what becomes of the records: another option in its place, or none.
class OptionsEdit final : public QWidget {
    Q_OBJECT
public:
    OptionsEdit(const Theme &theme, const TableData &table, const Field &field, IdSource &ids);

    QList<Option> options() const;
    /// Which ties of the current option are shown below: where a state goes from it, whether one
    /// says why, and which options of the parent it goes with, if there is one.
    void showTies(bool moves, bool reasons, const Field *parent);
    /// Whether those who write values may make options, if the kind can have that.
    void offerGrowth(bool isOffered);
    bool takesNew() const;
    /// What gives removed options others in their place; before the field is changed.
    QList<Operation> merges() const;
    /// In how many records a removed option stands without another one in its place.
    int emptied() const;

Q_SIGNALS:
    void removed();

private:
    void add(const Option &option);
    void updateTies();
    void remove();
    void removeInto(OptionId option, OptionId other);
    void chooseColour();
    int usesOf(OptionId option) const;

    const Theme &m_theme;
    TableData m_table;
    Field m_field;
    IdSource &m_ids;
    QListWidget *m_list;
    QPushButton *m_colour;
    QPushButton *m_remove;
    QCheckBox *m_grows;
    QFormLayout *m_ties;
    CheckMenu *m_next;
    QCheckBox *m_asks;
    CheckMenu *m_under;
    Field m_parent; ///< With a null id: none.
    QHash<OptionId, OptionId> m_removed; ///< And what takes its place; null for nothing.
};

} // namespace casebase
