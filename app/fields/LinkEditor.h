// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/fields/ListEditor.h"
#include "app/model/LinkChoices.h"

namespace casebase {

/// Chooses records to link to: those that are chosen stand first, then what is found, then an offer
/// to make a record of the name that has been typed.
class LinkEditor final : public ListEditor {
public:
    /// Takes the choices over.
    LinkEditor(const Theme &theme, LinkChoices *choices, const Value &value, QWidget *parent);

    Result<Value> value() const override;
    QList<Operation> preparations() const override;
    int goodWidth() const override { return 320; } // for titles with what tells namesakes apart

private:
    void fill() override;
    void choose(QListWidgetItem *item) override;
    void clear() override { m_links.clear(); }
    void show(const QList<LinkChoice> &found);
    Links typed();
    void addEntry(const LinkChoice &choice);
    bool isChosen(RecordId record) const;

    LinkChoices &m_choices;
    Links m_links;
    QList<NewRecord> m_made; ///< Not yet made: with the cell, if they are still chosen then.
};

} // namespace casebase
