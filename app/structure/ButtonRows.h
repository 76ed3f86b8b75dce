// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/document/Document.h"

#include <QFormLayout>

class QCheckBox;
class QComboBox;
class QLineEdit;
class QVBoxLayout;

namespace casebase {

/// Of the dialog of a field, the rows that say what a button does.
class ButtonRows final : public QObject {
    Q_OBJECT
public:
    /// Adds its rows to the form, which goes on to own them. Copies what it needs.
    ButtonRows(QFormLayout *form, const Document &document, const Table &table, const Field &field);

    void setVisible(bool isVisible);
    ButtonAction action() const;

private:
    struct SettingLine {
        QWidget *widget;
        QComboBox *field;
        QLineEdit *formula;
        QString shown; ///< The formula with names, as long as it stays.
        QString kept; ///< And with ids.
    };
    void addSetting(const ButtonSetting &setting);
    void updateKind();
    QString named(const QString &formula) const;

    QFormLayout *m_form;
    Document m_document;
    Table m_table;
    ButtonAction m_before;
    bool m_isVisible = false;
    QLineEdit *m_label;
    QComboBox *m_kind;
    QLineEdit *m_link;
    QWidget *m_settings;
    QVBoxLayout *m_lines;
    QList<SettingLine> m_settingLines;
    QComboBox *m_workflow;
    QLineEdit *m_condition;
    QCheckBox *m_asks;
};

} // namespace casebase
