// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/fields/PressQuestion.h"

#include <QCoreApplication>
#include <QMessageBox>

namespace casebase {

bool confirmsPress(const Field &button, QWidget *parent)
{
    if (!button.button.asksFirst) {
        return true;
    }
    const QString label = button.button.label.isEmpty() ? button.name : button.button.label;
    QMessageBox question(parent);
    question.setTextFormat(Qt::PlainText);
    question.setIcon(QMessageBox::Question);
    question.setWindowTitle(label);
    question.setText(
        QCoreApplication::translate("PressQuestion", "Do “%1” for this record?").arg(label));
    question.setInformativeText(button.description);
    question.setStandardButtons(QMessageBox::Yes | QMessageBox::Cancel);
    question.setDefaultButton(QMessageBox::Yes);
    return question.exec() == QMessageBox::Yes;
}

} // namespace casebase
