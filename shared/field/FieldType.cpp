// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/field/FieldType.h"

#include "shared/field/AttachmentField.h"
#include "shared/field/AutoNumberField.h"
#include "shared/field/BarcodeField.h"
#include "shared/field/ChecklistField.h"
#include "shared/field/DateFields.h"
#include "shared/field/LinkField.h"
#include "shared/field/LocationField.h"
#include "shared/field/NumberField.h"
#include "shared/field/PersonField.h"
#include "shared/field/PlainFields.h"
#include "shared/field/RatingField.h"
#include "shared/field/SelectFields.h"
#include "shared/field/SensitiveField.h"
#include "shared/field/SystemFields.h"
#include "shared/field/TextFields.h"
#include "shared/field/UrlField.h"

#include <QCollator>

namespace casebase {

const FieldType &fieldType(FieldKind kind)
{
    switch (kind) {
    case FieldKind::SingleLineText:
        return singleLineTextType();
    case FieldKind::MultilineText:
        return multilineTextType();
    case FieldKind::RichText:
        return richTextType();
    case FieldKind::Number:
        return numberType();
    case FieldKind::Checkbox:
        return checkboxType();
    case FieldKind::SingleSelect:
        return singleSelectType();
    case FieldKind::MultipleSelects:
        return multipleSelectsType();
    case FieldKind::State:
        return stateType();
    case FieldKind::Department:
        return departmentType();
    case FieldKind::Date:
        return dateType();
    case FieldKind::DateTime:
        return dateTimeType();
    case FieldKind::Person:
        return personType();
    case FieldKind::Persons:
        return personsType();
    case FieldKind::CreatedTime:
        return createdTimeType();
    case FieldKind::ModifiedTime:
        return modifiedTimeType();
    case FieldKind::CreatedBy:
        return createdByType();
    case FieldKind::ModifiedBy:
        return modifiedByType();
    case FieldKind::AutoNumber:
        return autoNumberType();
    case FieldKind::Image:
        return imageType();
    case FieldKind::Signature:
        return signatureType();
    case FieldKind::Checklist:
        return checklistType();
    case FieldKind::Barcode:
        return barcodeType();
    case FieldKind::Location:
        return locationType();
    case FieldKind::Button:
        return buttonType();
    case FieldKind::Attachments:
        return attachmentType();
    case FieldKind::Currency:
        return currencyType();
    case FieldKind::Percent:
        return percentType();
    case FieldKind::Duration:
        return durationType();
    case FieldKind::Rating:
        return ratingType();
    case FieldKind::Progress:
        return progressType();
    case FieldKind::Email:
        return emailType();
    case FieldKind::Url:
        return urlType();
    case FieldKind::PhoneNumber:
        return phoneNumberType();
    case FieldKind::Links:
        return linkType();
    case FieldKind::Sensitive:
        return sensitiveType();
    }
    return singleLineTextType();
}

QList<FieldKind> allFieldKinds()
{
    QList<FieldKind> kinds;
    for (int i = 0; i <= int(LastFieldKind); ++i) {
        kinds += FieldKind(i);
    }
    return kinds;
}

QString FieldType::format(const Value &value, const Field &field, const FieldContext &context) const
{
    const auto *fault = std::get_if<Fault>(&value);
    const auto *sealed = std::get_if<Sealed>(&value);
    return fault ? faultCode(*fault) : sealed ? sealed->mask : formatValue(value, field, context);
}

QJsonValue FieldType::toJson(
    const Value &value, const Field &field, const FieldContext &context) const
{
    const auto *fault = std::get_if<Fault>(&value);
    const auto *sealed = std::get_if<Sealed>(&value);
    return fault ? QJsonValue(QJsonObject{{QStringLiteral("error"), faultCode(*fault)}})
        : sealed ? QJsonValue(sealed->mask)
                 : valueToJson(value, field, context);
}

int FieldType::compare(
    const Value &a, const Value &b, const Field &field, const FieldContext &context) const
{
    if (isFault(a) || isFault(b)) {
        return int(isFault(a)) - int(isFault(b));
    }
    return std::holds_alternative<Sealed>(a) || std::holds_alternative<Sealed>(b)
        ? compareTexts(format(a, field, context), format(b, field, context))
        : compareFilled(a, b, field, context);
}

std::optional<FieldKind> fieldKindNamed(const QString &apiName)
{
    for (const FieldKind kind : allFieldKinds()) {
        if (kind != FieldKind::Sensitive && apiName == QLatin1String(fieldType(kind).apiName())) {
            return kind;
        }
    }
    return std::nullopt;
}

Error wrongType(const Field &field, const QString &value, const QString &expected)
{
    return {ErrorCode::WrongType, {field.name, value.left(80), expected}, {}};
}

int compareTexts(const QString &a, const QString &b)
{
    static thread_local const QCollator collator = [] {
        QCollator made(QLocale(QLocale::Chinese, QLocale::China));
        made.setNumericMode(true);
        made.setCaseSensitivity(Qt::CaseInsensitive);
        return made;
    }();
    return collator.compare(a, b);
}

} // namespace casebase
