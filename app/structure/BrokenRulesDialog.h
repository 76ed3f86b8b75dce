// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/model/RuleMarks.h"
#include "app/theme/Theme.h"

#include <QDialog>

class QLabel;
class QTreeWidget;

namespace casebase {

/// Lists the records whose values break the rules of a field, each with the reason.
class BrokenRulesDialog final : public QDialog {
    Q_OBJECT
public:
    /// Whether records are opened from it, by whoever hears of recordChosen().
    enum class Use { Look, Open };

    /// The field may be one that the document does not have like this yet.
    BrokenRulesDialog(const Theme &theme, const Document &document, TableId table,
        const Field &field, Use use, QWidget *parent);

    /// Lists what breaks the rules now, as the document has them; closes if the field is gone.
    void follow(const Document &document);

Q_SIGNALS:
    void recordChosen(RecordId record);

private:
    void look();
    void fill();

    Document m_document;
    TableId m_table;
    Field m_field;
    Use m_use;
    RuleMarks m_marks;
    QLabel *m_count;
    QTreeWidget *m_list;
};

} // namespace casebase
