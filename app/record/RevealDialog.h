// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/net/HttpClient.h"
#include "app/theme/Theme.h"
#include "shared/schema/Field.h"

#include <QDialog>
#include <QLineEdit>
#include <QTimer>

class QLabel;
class QPushButton;

namespace casebase {

/// Where a sensitive text is kept.
struct SecretCell {
    BaseId base;
    TableId table;
    RecordId record;
    Field field;
};

/// Asks why somebody wants to read a sensitive text, and shows it for a minute. It is kept nowhere.
class RevealDialog final : public QDialog {
    Q_OBJECT
public:
    /// `heading` is what the record is called.
    RevealDialog(const Theme &theme, HttpClient &http, const SecretCell &cell,
        const QString &heading, QWidget *parent);

private:
    void ask();
    void present(const QString &text);

    HttpClient &m_http;
    SecretCell m_cell;
    QLabel *m_why;
    QLineEdit *m_reason;
    QLineEdit *m_text;
    QLabel *m_refused;
    QPushButton *m_cancel;
    QPushButton *m_reveal;
    QPushButton *m_copy;
    QTimer m_hide;
};

} // namespace casebase
