// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/field/AutoNumberField.h"

#include "shared/field/DateFields.h"
#include "shared/field/NumberField.h"

namespace casebase {

namespace {

constexpr qint64 NumbersPerDay = 1'000'000;

/// A number that the system gives to each new record: 1, 2, 3, shown as PREFIX-0001, or with the
/// day before it: 20261127-0001.
class AutoNumberType final : public FieldType {
public:
    const char *apiName() const override { return "autoNumber"; }

    Result<Value> parse(const QString &, const Field &field, const FieldContext &) const override
    {
        return Error{ErrorCode::ReadOnlyField, {field.name}, {}};
    }

    QString formatValue(const Value &value, const Field &field, const FieldContext &) const override
    {
        const auto *number = std::get_if<double>(&value);
        if (!number) {
            return {};
        }
        const qint64 whole = qint64(*number);
        const qint64 ofDay = field.isDaily ? whole % NumbersPerDay : whole;
        return field.prefix
            + (field.isDaily ? QString::number(whole / NumbersPerDay) + u'-' : QString())
            + QStringLiteral("%1").arg(ofDay, field.digits, 10, QLatin1Char('0'));
    }

    Result<Value> accept(const Value &, const Field &field, const FieldContext &) const override
    {
        return Error{ErrorCode::ReadOnlyField, {field.name}, {}};
    }

    QJsonValue valueToJson(
        const Value &value, const Field &field, const FieldContext &context) const override
    {
        const auto *number = std::get_if<double>(&value);
        if (!number) {
            return {};
        }
        return field.prefix.isEmpty() && !field.isDaily ? QJsonValue(*number)
                                                        : QJsonValue(format(value, field, context));
    }

    Result<Value> fromJson(
        const QJsonValue &, const Field &field, const FieldContext &) const override
    {
        return Error{ErrorCode::ReadOnlyField, {field.name}, {}};
    }

    int compareFilled(const Value &a, const Value &b, const Field &field,
        const FieldContext &context) const override
    {
        return numberType().compare(a, b, field, context);
    }
};

} // namespace

double numberBeforeDay(qint64 ms, const QTimeZone &zone)
{
    const QDate day = toQDateTime(Moment{ms}, zone).date();
    return double((day.year() * 10000LL + day.month() * 100 + day.day()) * NumbersPerDay);
}

const FieldType &autoNumberType()
{
    static const AutoNumberType type;
    return type;
}

} // namespace casebase
