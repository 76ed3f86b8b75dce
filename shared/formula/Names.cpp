// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/formula/Expression.h"

namespace casebase {

namespace {

QString quotedField(const QString &name)
{
    QString quoted = name;
    quoted.replace(u'\\', QLatin1String("\\\\"));
    quoted.replace(u'}', QLatin1String("\\}"));
    quoted.replace(u'｝', QStringLiteral("\\｝"));
    return u'{' + quoted + u'}';
}

/// The text with each of the references written by what the function makes of its field.
template <class Write>
QString rewritten(const QString &text, const QList<FieldReference> &references, Write write)
{
    QString result;
    qsizetype at = 0;
    for (const FieldReference &each : references) {
        result += QStringView(text).mid(at, each.at - at);
        const QString written = write(each);
        result += written.isEmpty() ? text.mid(each.at, each.length) : written;
        at = each.at + each.length;
    }
    return result += QStringView(text).mid(at);
}

} // namespace

Result<QString> withIds(
    const QString &formula, const Table &table, const Tables *tables, const Table *linked)
{
    TRY_SET(const ParsedFormula parsed, parseFormula(formula, table, tables, linked));
    return rewritten(formula, parsed.fields, [](const FieldReference &each) {
        return u'{' + (each.table.isNull() ? each.field.text() : each.table.text()) + u'}';
    });
}

QString withNames(
    const QString &formula, const Table &table, const Tables *tables, const Table *linked)
{
    const auto parsed = parseFormula(formula, table, tables, linked);
    if (!parsed) {
        return formula;
    }
    return rewritten(formula, parsed.value().fields, [](const FieldReference &each) {
        return each.name.isEmpty() ? QString() : quotedField(each.name);
    });
}

} // namespace casebase
