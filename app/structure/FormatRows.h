// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/theme/Theme.h"
#include "shared/schema/Field.h"

#include <QFormLayout>

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QLineEdit;
class QSpinBox;

namespace casebase {

/// Of the dialog of a field, the rows that say how numbers, ratings and places are shown.
class FormatRows final : public QObject {
    Q_OBJECT
public:
    /// Adds its rows to the form, which goes on to own them.
    FormatRows(QFormLayout *form, const Theme &theme, const Field &field);

    /// Shows what fields of that kind have.
    void offerFor(FieldKind kind);
    /// Gives the field, which has its kind, what has been chosen.
    void apply(Field &field) const;
    int precision() const;
    void setPrecision(int precision);

Q_SIGNALS:
    void precisionChanged();
    /// What the field takes is different: values may be lost.
    void takesOther();

private:
    void addColours(const Theme &theme, const QString &chosen);
    void offerFull();

    QFormLayout *m_form;
    FieldKind m_kind;
    QComboBox *m_currency;
    QLineEdit *m_unit;
    QSpinBox *m_precision;
    QCheckBox *m_grouped;
    QComboBox *m_signs;
    QComboBox *m_shape;
    QDoubleSpinBox *m_full;
    QComboBox *m_duration;
    QSpinBox *m_maximum;
    QComboBox *m_icon;
    QComboBox *m_colour;
    QComboBox *m_place;
};

} // namespace casebase
