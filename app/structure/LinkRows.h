// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/theme/Theme.h"
#include "shared/document/Document.h"
#include "shared/operation/Operation.h"
#include "shared/support/IdSource.h"

#include <QFormLayout>

class QCheckBox;
class QComboBox;
class QLineEdit;

namespace casebase {

/// Of the dialog of a field, the rows that say where links lead: to which table, to one record or
/// many, and what happens when one goes.
class LinkRows final : public QObject {
    Q_OBJECT
public:
    /// Adds its rows to the form, which goes on to own them.
    LinkRows(QFormLayout *form, const Document &document, const TableData &table,
        const Field &field, IdSource &ids);

    void setVisible(bool isVisible);
    LinkOptions options() const;
    /// What gives the field that leads back the name that has been typed for it; nothing if none
    /// has. `field` is the one that leads there.
    std::optional<PutField> reverseNamed(const Field &field) const;
    /// What makes records of these names in the chosen table.
    CreateRecords recordsNamed(const QStringList &names) const;

Q_SIGNALS:
    void changed();

private:
    const TableData *chosen() const;
    void offerViews();
    void offerTitles();

    QFormLayout *m_form;
    Document m_document;
    const TableData &m_table;
    Field m_field;
    IdSource &m_ids;
    LinkOptions m_new; ///< With the ids that a new link would get.
    QComboBox *m_target;
    QLineEdit *m_reverseName;
    QCheckBox *m_single;
    QComboBox *m_whenGone;
    QComboBox *m_view;
    QLineEdit *m_condition;
    QComboBox *m_shown;
    QCheckBox *m_onlyNew;
};

} // namespace casebase
