// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/structure/ChangePreview.h"
#include "app/theme/Theme.h"
#include "shared/document/Document.h"
#include "shared/field/FieldType.h"
#include "shared/operation/Operation.h"
#include "shared/support/IdSource.h"

#include <QDialog>
#include <QTimer>

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;
class QSpinBox;

namespace casebase {

class ButtonRows;
class DateRows;
class FormatRows;
class FormulaEdit;
class LinkRows;
class OptionsEdit;
class RuleRows;
class TieRows;

/// Makes a field, or changes its name, description, kind and options. Before a change of kind it
/// counts what would be lost.
class FieldDialog final : public QDialog {
    Q_OBJECT
public:
    /// `field` with a null id is a new one.
    FieldDialog(const Theme &theme, const TableData &table, const Field &field,
        const FieldContext &context, IdSource &ids, QWidget *parent,
        const Document &document = Document());

    Field field() const;
    /// What makes the field what it is here: also the records that names are to lead to.
    QList<Operation> operations() const;
    /// What makes the field, answered at once or later; if it is refused, the dialog says why and
    /// stays. Until it is answered the dialog shows that it is busy.
    using Answer = std::function<void(const Done &)>;
    using Submit = std::function<void(const QList<Operation> &, const Answer &)>;
    void setSubmit(const Submit &submit) { m_submit = submit; }
    /// What the dialog shows while it is busy, for whoever makes the field.
    const std::shared_ptr<Progress> &progress() const { return m_work; }
    /// Stays if something is wrong.
    void accept() override;
    /// Not while it is busy.
    void reject() override;

    /// The name of the kind in the language of the user.
    static QString kindName(FieldKind kind);

private:
    void updateKind();
    void updateLoss();
    void showPreview(const ChangePreview &preview);
    /// Says what is being done, and takes nothing meanwhile; empty once it is done.
    void setBusy(const QString &what);
    void updateTies();
    void refuse(const QString &why);
    void offerDefaults();
    Done readable(const QString &formula, const Field &field) const;
    Result<DefaultValue> defaultValue(const Field &field) const;
    /// Of a formula, what its result is shown as.
    FieldKind kind() const;
    bool isFormula() const;
    void updateFormula();
    void editDepartments();

    const Theme &m_theme;
    Submit m_submit;
    TableData m_table;
    Document m_document; ///< With the departments as they are to be.
    const QList<Department> m_departmentsBefore;
    Field m_field;
    People m_people;
    QTimeZone m_zone;
    IdSource &m_ids;
    QLineEdit *m_name;
    QLineEdit *m_description;
    QFormLayout *m_form;
    QComboBox *m_kind;
    FormulaEdit *m_formula;
    QComboBox *m_shownAs;
    OptionsEdit *m_options;
    QPushButton *m_departments;
    QLineEdit *m_prefix;
    QSpinBox *m_digits;
    QCheckBox *m_daily;
    QCheckBox *m_tells;
    QComboBox *m_default;
    QString m_defaultShown; ///< What the field had, as long as its kind stays.
    LinkRows *m_links;
    RuleRows *m_rules;
    TieRows *m_ties;
    ButtonRows *m_button;
    FormatRows *m_formats;
    QComboBox *m_barcode;
    QComboBox *m_sensitive;
    DateRows *m_dates;
    QCheckBox *m_makeMissing;
    QStringList m_missing; ///< Names of records that are not there.
    QLabel *m_loss;
    QProgressBar *m_progress;
    std::shared_ptr<Progress> m_work = std::make_shared<Progress>();
    QTimer m_looking; ///< How far it has got.
    QPushButton *m_save;
    ChangePreviewer m_previewer;
    bool m_isSubmitting = false;
};

} // namespace casebase
