// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/transfer/Import.h"

#include "shared/document/Convert.h"
#include "shared/field/SelectFields.h"
#include "shared/support/ErrorText.h"

#include <QSet>

namespace casebase {

namespace {

constexpr int SelectLimit = 30;
constexpr int RepeatsOfSelect = 5; ///< Values of a select stand in so many rows on average.

const QStringList Colours{QStringLiteral("red"), QStringLiteral("orange"), QStringLiteral("amber"),
    QStringLiteral("yellow"), QStringLiteral("olive"), QStringLiteral("green"),
    QStringLiteral("teal"), QStringLiteral("sky"), QStringLiteral("blue"), QStringLiteral("violet"),
    QStringLiteral("magenta"), QStringLiteral("grey")};

bool isBlank(const QString &cell)
{
    const QString text = cell.trimmed();
    return text.isEmpty() || text == u"?";
}

/// Up to four digits, a mark, up to two digits, a mark, a digit.
bool looksLikeDate(QStringView text)
{
    qsizetype at = 0;
    const auto digits = [&](int most) {
        const qsizetype first = at;
        while (at < text.size() && at - first < most && text[at].isDigit()) {
            ++at;
        }
        return at > first;
    };
    const auto mark = [&](QStringView marks) {
        return at < text.size() && marks.contains(text[at++]);
    };
    return digits(4) && mark(u"-/.年") && digits(2) && mark(u"-/.月") && digits(1);
}

/// What is true of all cells of a column that hold something.
struct Looks {
    bool isNumber = true;
    bool isDate = true;
    bool isDateTime = true;
    bool isYesNo = true;
    bool isLong = false;
    bool isCode = false; ///< Digits with a leading zero, or too many for a number.
    int filled = 0;
    int decimals = 0;
    QSet<QString> distinct;
};

Looks looksOf(const CsvTable &csv, qsizetype column, const FieldContext &context)
{
    static const QStringList yesNo{QStringLiteral("true"), QStringLiteral("false"),
        QStringLiteral("yes"), QStringLiteral("no"), QStringLiteral("是"), QStringLiteral("否")};
    Looks looks;
    for (const QStringList &row : csv.rows) {
        const QString &cell = row[column];
        if (isBlank(cell)) {
            continue;
        }
        const QString text = cell.trimmed();
        ++looks.filled;
        if (looks.distinct.size() <= SelectLimit) {
            looks.distinct.insert(text);
        }
        looks.isLong = looks.isLong || text.contains(u'\n') || text.size() > 120;
        looks.isYesNo = looks.isYesNo && yesNo.contains(text.toLower());
        if (looks.isNumber) {
            looks.isNumber = parseNumber(text, context.locale).has_value();
            looks.isCode = looks.isCode || text.size() > 15
                || (text.size() > 1 && text[0] == u'0' && text[1].isDigit());
            const qsizetype point = text.lastIndexOf(u'.');
            looks.decimals = std::max(looks.decimals, point < 0 ? 0 : int(text.size() - point - 1));
        }
        if (looks.isDateTime || looks.isDate) {
            const bool isDateLike = looksLikeDate(text);
            looks.isDateTime = looks.isDateTime && isDateLike && parseMoment(text, context);
            looks.isDate = looks.isDate && looks.isDateTime && !text.contains(u':');
        }
    }
    return looks;
}

FieldKind kindOf(const Looks &looks)
{
    if (looks.filled == 0) {
        return FieldKind::SingleLineText;
    }
    if (looks.isDateTime) {
        return looks.isDate ? FieldKind::Date : FieldKind::DateTime;
    }
    if (looks.isYesNo) {
        return FieldKind::Checkbox;
    }
    if (looks.isNumber && !looks.isCode) {
        return FieldKind::Number;
    }
    if (looks.isLong) {
        return FieldKind::MultilineText;
    }
    const bool isFew = looks.distinct.size() <= SelectLimit
        && looks.filled >= looks.distinct.size() * RepeatsOfSelect;
    return isFew ? FieldKind::SingleSelect : FieldKind::SingleLineText;
}

} // namespace

ImportPlan guessedImport(
    const CsvTable &csv, const QString &tableName, const FieldContext &context, IdSource &ids)
{
    ImportPlan plan;
    plan.table.id = ids.next<TableId>();
    plan.table.name = tableName;
    for (qsizetype i = 0; i < csv.header.size(); ++i) {
        Field field;
        field.id = ids.next<FieldId>();
        field.name = csv.header[i];
        const Looks looks = looksOf(csv, i, context);
        // The first column names the records, so it stays text or a number.
        FieldKind kind = kindOf(looks);
        if (i == 0 && (kind == FieldKind::SingleSelect || kind == FieldKind::Checkbox)) {
            kind = FieldKind::SingleLineText;
        }
        field.precision = std::min(looks.decimals, 8);
        plan.columns += ImportColumn{true, fieldForColumn(csv, i, field, kind)};
        plan.table.fields += plan.columns.last().field;
    }
    View view;
    view.id = ids.next<ViewId>();
    view.name = QStringLiteral("全部");
    plan.table.views += view;
    return plan;
}

ImportPlan matchedImport(const CsvTable &csv, const Table &table)
{
    ImportPlan plan{table, {}};
    for (const QString &name : csv.header) {
        const Field *field = table.fieldNamed(name);
        const bool isUsed = field && !field->isSystem && !fieldType(field->kind).isComputed();
        plan.columns += ImportColumn{isUsed, isUsed ? *field : Field()};
    }
    return plan;
}

Field fieldForColumn(const CsvTable &csv, qsizetype column, Field field, FieldKind kind)
{
    field.kind = kind;
    field.options.clear();
    if (kind != FieldKind::SingleSelect && kind != FieldKind::MultipleSelects) {
        return field;
    }
    for (const QStringList &row : csv.rows) {
        if (isBlank(row[column])) {
            continue;
        }
        const QStringList names = kind == FieldKind::MultipleSelects
            ? splitNames(row[column])
            : QStringList{row[column].trimmed()};
        for (const QString &name : names) {
            if (field.options.size() < 500 && !field.optionNamed(name)) {
                field.options += Option{derivedOption(field.id, name), name,
                    Colours[field.options.size() % Colours.size()]};
            }
        }
    }
    return field;
}

CreateRecords importedRecords(const CsvTable &csv, const ImportPlan &plan, qsizetype first,
    qsizetype count, const FieldContext &context, IdSource &ids, QList<ImportFault> &faults)
{
    CreateRecords create{plan.table.id, {}};
    for (qsizetype r = first; r < std::min(first + count, csv.rows.size()); ++r) {
        NewRecord record{ids.next<RecordId>(), {}};
        for (qsizetype c = 0; c < plan.columns.size(); ++c) {
            const ImportColumn &column = plan.columns[c];
            if (!column.isUsed || isBlank(csv.rows[r][c])) {
                continue;
            }
            auto value = fieldType(column.field.kind).parse(csv.rows[r][c], column.field, context);
            if (!value) {
                faults += ImportFault{csv.lines[r], csv.header[c], csv.rows[r][c].left(80),
                    englishSentence(value.error()), value.error()};
            } else if (!isEmpty(value.value())) {
                record.values += FieldValue{column.field.id, std::move(value).value()};
            }
        }
        create.records += record;
    }
    return create;
}

} // namespace casebase
