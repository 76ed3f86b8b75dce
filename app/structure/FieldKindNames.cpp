// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/structure/FieldDialog.h"

namespace casebase {

QString FieldDialog::kindName(FieldKind kind)
{
    switch (kind) {
    case FieldKind::SingleLineText:
        return tr("Text");
    case FieldKind::MultilineText:
        return tr("Long text");
    case FieldKind::Number:
        return tr("Number");
    case FieldKind::Checkbox:
        return tr("Checkbox");
    case FieldKind::SingleSelect:
        return tr("Single select");
    case FieldKind::MultipleSelects:
        return tr("Multiple select");
    case FieldKind::State:
        return tr("State");
    case FieldKind::Checklist:
        return tr("Checklist");
    case FieldKind::Barcode:
        return tr("Barcode");
    case FieldKind::Location:
        return tr("Location");
    case FieldKind::Image:
        return tr("Picture");
    case FieldKind::Signature:
        return tr("Signature");
    case FieldKind::Button:
        return tr("Button");
    case FieldKind::Department:
        return tr("Department");
    case FieldKind::Date:
        return tr("Date");
    case FieldKind::DateTime:
        return tr("Date and time");
    case FieldKind::Person:
        return tr("Person");
    case FieldKind::CreatedTime:
        return tr("Created at");
    case FieldKind::ModifiedTime:
        return tr("Changed at");
    case FieldKind::CreatedBy:
        return tr("Created by");
    case FieldKind::ModifiedBy:
        return tr("Changed by");
    case FieldKind::AutoNumber:
        return tr("Auto number");
    case FieldKind::Attachments:
        return tr("Files");
    case FieldKind::Currency:
        return tr("Currency");
    case FieldKind::Percent:
        return tr("Percent");
    case FieldKind::Duration:
        return tr("Duration");
    case FieldKind::Rating:
        return tr("Rating");
    case FieldKind::Progress:
        return tr("Progress");
    case FieldKind::Email:
        return tr("E-mail");
    case FieldKind::Url:
        return tr("Link");
    case FieldKind::PhoneNumber:
        return tr("Telephone");
    case FieldKind::Links:
        return tr("Linked records");
    case FieldKind::RichText:
        return tr("Formatted text");
    case FieldKind::Persons:
        return tr("Several people");
    case FieldKind::Sensitive:
        return tr("Sensitive text");
    }
    return {};
}

} // namespace casebase
