// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/schema/Field.h"
#include "shared/schema/Person.h"
#include "shared/support/Result.h"

#include <QJsonValue>
#include <QLocale>
#include <QTimeZone>

#include <memory>

namespace casebase {

class LinkFinder;

/// What parsing and formatting depend on besides the field. Borrowed for one call.
struct FieldContext {
    const People &people;
    QLocale locale = QLocale::c();
    QTimeZone zone = QTimeZone::utc();
    qint64 nowMs = 0; ///< For words such as "tomorrow".
    /// For names of linked records; null where none are read.
    std::shared_ptr<const LinkFinder> links = nullptr;
};

/// Everything that depends on what kind of field it is, except how it is stored and painted.
/// Stateless; one object per kind.
class FieldType {
public:
    virtual ~FieldType() = default;

    /// The name in the API, as Airtable has it.
    virtual const char *apiName() const = 0;
    /// From what people type or paste. Empty or blank text is Empty.
    virtual Result<Value> parse(const QString &, const Field &, const FieldContext &) const = 0;
    /// For screens, exports and search. Of a fault its code, of a sensitive text its mask.
    QString format(const Value &, const Field &, const FieldContext &) const;
    /// The canonical form of a value from outside, or why the field cannot take it.
    virtual Result<Value> accept(const Value &, const Field &, const FieldContext &) const = 0;
    /// As the API gives it; of a fault {"error": code}, of a sensitive text its mask.
    QJsonValue toJson(const Value &, const Field &, const FieldContext &) const;
    virtual Result<Value> fromJson(
        const QJsonValue &, const Field &, const FieldContext &) const = 0;
    /// Below, equal, above zero. Both are not empty; faults come last.
    int compare(const Value &, const Value &, const Field &, const FieldContext &) const;

protected:
    virtual QString formatValue(const Value &, const Field &, const FieldContext &) const = 0;
    virtual QJsonValue valueToJson(const Value &, const Field &, const FieldContext &) const = 0;
    virtual int compareFilled(
        const Value &, const Value &, const Field &, const FieldContext &) const = 0;
};

const FieldType &fieldType(FieldKind kind);
/// The kind with that API name, if there is one. That a text is sensitive is an option there.
std::optional<FieldKind> fieldKindNamed(const QString &apiName);
QList<FieldKind> allFieldKinds();

/// "The field … cannot take …; it expects …": the refusal of a value.
Error wrongType(const Field &field, const QString &value, const QString &expected);
/// Compares with digits as numbers ("a2" before "a10"), ignoring case.
int compareTexts(const QString &a, const QString &b);
/// The number that people mean by "¥1,234.5", "1.234,5", "１２" or "(3)"; nothing if none.
std::optional<double> parseNumber(const QString &text, const QLocale &locale);
/// The date that people mean by "2026-11-22", "22.11.2026", "3-5", "明天" or "tomorrow".
std::optional<Date> parseDate(const QString &text, const FieldContext &context);
/// The moment that people mean; a date alone is its midnight in the context's zone.
std::optional<Moment> parseMoment(const QString &text, const FieldContext &context);

} // namespace casebase
