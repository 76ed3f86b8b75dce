// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/schema/Field.h"

#include <QFormLayout>

class QCheckBox;
class QComboBox;

namespace casebase {

/// Of the dialog of a field, the rows that say how dates and moments are written.
class DateRows final : public QObject {
    Q_OBJECT
public:
    /// Adds its rows to the form, which goes on to own them. `nowMs` is shown as the example.
    DateRows(QFormLayout *form, const Field &field, qint64 nowMs);

    /// Shows what fields of that kind have.
    void offerFor(FieldKind kind);
    DateOptions options() const;

private:
    QFormLayout *m_form;
    QComboBox *m_format;
    QComboBox *m_clock;
    QComboBox *m_zone;
    QCheckBox *m_showsZone;
};

} // namespace casebase
