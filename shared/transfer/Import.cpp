// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/transfer/Import.h"

#include "shared/document/Convert.h"
#include "shared/field/SelectFields.h"
#include "shared/support/ErrorText.h"
#include "shared/support/Parallel.h"

#include <QSet>

namespace casebase {

namespace {

constexpr int SelectLimit = 30;
constexpr int RepeatsOfSelect = 5; ///< Values of a select stand in so many rows on average.

bool isBlankCell(QStringView cell)
{
    const QStringView text = cell.trimmed();
    return text.isEmpty() || text == u"?";
}

bool meansYesOrNo(QStringView text)
{
    constexpr QStringView words[] = {u"true", u"false", u"yes", u"no", u"是", u"否"};
    return std::any_of(std::begin(words), std::end(words),
        [&](QStringView word) { return text.compare(word, Qt::CaseInsensitive) == 0; });
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
    void add(const QString &cell, const FieldContext &context)
    {
        if (isBlankCell(cell)) {
            return;
        }
        const QString text = cell.trimmed();
        ++filled;
        if (distinct.size() <= SelectLimit) {
            distinct.insert(text);
        }
        isLong = isLong || text.contains(u'\n') || text.size() > 120;
        isYesNo = isYesNo && meansYesOrNo(text);
        if (isNumber) {
            isNumber = parseNumber(text, context.locale).has_value();
            isCode = isCode || text.size() > 15
                || (text.size() > 1 && text[0] == u'0' && text[1].isDigit());
            const qsizetype point = text.lastIndexOf(u'.');
            decimals = std::max(decimals, point < 0 ? 0 : int(text.size() - point - 1));
        }
        if (isDateTime) {
            isDateTime = looksLikeDate(text) && parseMoment(text, context);
            isDate = isDate && isDateTime && !text.contains(u':');
        }
    }
    /// Adds what is true of other cells of the column.
    void join(const Looks &other)
    {
        isNumber = isNumber && other.isNumber;
        isDate = isDate && other.isDate;
        isDateTime = isDateTime && other.isDateTime;
        isYesNo = isYesNo && other.isYesNo;
        isLong = isLong || other.isLong;
        isCode = isCode || other.isCode;
        filled += other.filled;
        decimals = std::max(decimals, other.decimals);
        distinct += other.distinct;
    }
    FieldKind kind() const;

    int decimals = 0; ///< Of numbers, the most.
    bool isNumber = true;
    bool isDate = true;
    bool isDateTime = true;
    bool isYesNo = true;
    bool isLong = false;
    bool isCode = false; ///< Digits with a leading zero, or too many for a number.
    int filled = 0;
    QSet<QString> distinct; ///< Not all, once they are too many for a select.
};

/// Row by row, because the cells of one lie next to each other, and parts of the file beside each
/// other.
QList<Looks> looksOfColumns(const CsvTable &csv, const FieldContext &context)
{
    constexpr qsizetype RowsPerPart = 4096;
    const qsizetype width = csv.header.size();
    QList<QList<Looks>> parts((csv.rows.size() + RowsPerPart - 1) / RowsPerPart);
    inParallel(size_t(parts.size()), [&, begin = parts.begin()](size_t part) {
        QList<Looks> looks(width);
        const qsizetype first = qsizetype(part) * RowsPerPart;
        for (qsizetype row = first; row < std::min(csv.rows.size(), first + RowsPerPart); ++row) {
            for (qsizetype column = 0; column < width; ++column) {
                looks[column].add(cellText(csv.rows[row][column]), context);
            }
        }
        begin[qsizetype(part)] = std::move(looks);
        return true;
    });
    QList<Looks> all(width);
    for (const QList<Looks> &part : std::as_const(parts)) {
        for (qsizetype column = 0; column < width; ++column) {
            all[column].join(part[column]);
        }
    }
    return all;
}

FieldKind Looks::kind() const
{
    if (filled == 0) {
        return FieldKind::SingleLineText;
    }
    if (isDateTime) {
        return isDate ? FieldKind::Date : FieldKind::DateTime;
    }
    if (isYesNo) {
        return FieldKind::Checkbox;
    }
    if (isNumber && !isCode) {
        return FieldKind::Number;
    }
    if (isLong) {
        return FieldKind::MultilineText;
    }
    const bool isFew =
        distinct.size() <= SelectLimit && filled >= distinct.size() * RepeatsOfSelect;
    return isFew ? FieldKind::SingleSelect : FieldKind::SingleLineText;
}

void addOptions(const CsvTable &csv, qsizetype column, Field &field, qsizetype limit)
{
    OptionMaker maker(field, limit);
    QSet<QString> seen;
    for (const QStringList &row : csv.rows) {
        const QString cell = cellText(row[column]);
        if (!isBlankCell(cell) && !seen.contains(cell)) {
            seen.insert(cell);
            maker.add(cell);
        }
    }
}

} // namespace

ImportPlan guessedImport(
    const CsvTable &csv, const QString &tableName, const FieldContext &context, IdSource &ids)
{
    ImportPlan plan;
    plan.table.id = ids.next<TableId>();
    plan.table.name = tableName;
    const QList<Looks> looks = looksOfColumns(csv, context);
    for (qsizetype i = 0; i < csv.header.size(); ++i) {
        Field field;
        field.id = ids.next<FieldId>();
        field.name = csv.header[i];
        // The first column names the records, so it stays text or a number.
        FieldKind kind = looks[i].kind();
        if (i == 0 && (kind == FieldKind::SingleSelect || kind == FieldKind::Checkbox)) {
            kind = FieldKind::SingleLineText;
        }
        field.precision = std::min(looks[i].decimals, 8);
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
    for (qsizetype i = 0; i < csv.header.size(); ++i) {
        const Field *field = table.fieldNamed(csv.header[i]);
        const bool isUsed = field && !field->isSystem && !field->isComputed();
        plan.columns += ImportColumn{isUsed, isUsed ? *field : Field()};
        if (isUsed && field->takesNewOptions) {
            addOptions(csv, i, plan.columns.last().field, OptionsPerField);
        }
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
    addOptions(csv, column, field, OptionsOfTexts);
    return field;
}

QList<Operation> newOptions(const ImportPlan &plan)
{
    QList<Operation> operations;
    for (const ImportColumn &column : plan.columns) {
        const Field *known = plan.table.field(column.field.id);
        if (column.isUsed && known && known->options != column.field.options) {
            operations += AddOptions{known->id, column.field.options.mid(known->options.size())};
        }
    }
    return operations;
}

RowImport::RowImport(const CsvTable &csv, const ImportPlan &plan, const TableData *existing)
    : m_csv(csv)
    , m_plan(plan)
{
    for (const ImportColumn &column : m_plan.columns) {
        if (!column.isUsed) {
            continue;
        }
        if (column.field.rules.onlyWarns) {
            continue;
        }
        m_checks.emplace(column.field.id, column.field);
        if (column.field.rules.isUnique) {
            QSet<QByteArray> &keys = m_taken[column.field.id];
            for (Row row = 0; existing && row < existing->rowCount(); ++row) {
                if (existing->isAlive(row)) {
                    keys.insert(uniqueKey(existing->value(row, column.field)));
                }
            }
        }
    }
}

CreateRecords RowImport::next(
    qsizetype count, const FieldContext &context, IdSource &ids, QList<ImportFault> &faults)
{
    CreateRecords create{m_plan.table.id, {}};
    m_lines.clear();
    const qsizetype end = std::min(m_at + count, m_csv.rows.size());
    create.records.reserve(end - m_at);
    for (; m_at < end; ++m_at) {
        NewRecord record{ids.next<RecordId>(), {}};
        record.values.reserve(m_plan.columns.size());
        for (qsizetype c = 0; c < m_plan.columns.size(); ++c) {
            const Field &field = m_plan.columns[c].field;
            const QString &cell = m_csv.rows[m_at][c];
            if (!m_plan.columns[c].isUsed) {
                continue;
            }
            if (isBlankCell(cell)) {
                if (field.defaultValue.kind != DefaultValue::Kind::Nothing) {
                    record.values += FieldValue{field.id, {}}; // The file says: empty.
                }
                continue;
            }
            auto value = fieldType(field.kind).parse(cellText(cell), field, context);
            const Done fits = value ? check(field, value.value(), context) : Done(value.error());
            if (!fits) {
                faults += ImportFault{m_csv.lines[m_at], m_csv.header[c], cell.left(80),
                    englishSentence(fits.error()), fits.error()};
            } else if (!isEmpty(value.value())) {
                record.values += FieldValue{field.id, std::move(value).value()};
            }
        }
        dropWhatFitsNot(record, context, faults);
        if (const Field *missing = missingField(record)) {
            const Error error{ErrorCode::MissingValue, {missing->name}, {}};
            faults +=
                ImportFault{m_csv.lines[m_at], missing->name, {}, englishSentence(error), error};
            continue;
        }
        for (const FieldValue &each : std::as_const(record.values)) {
            if (const auto keys = m_taken.find(each.field); keys != m_taken.end()) {
                keys->insert(uniqueKey(each.value));
            }
        }
        create.records.append(std::move(record));
        m_lines += m_csv.lines[m_at];
    }
    m_made += create.records.size();
    return create;
}

/// What the field demands of the value besides its kind.
Done RowImport::check(const Field &field, const Value &value, const FieldContext &context) const
{
    if (isEmpty(value)) {
        return Ok;
    }
    if (const auto form = m_checks.find(field.id); form != m_checks.cend()) {
        TRY(form->second(value, context));
    }
    const auto keys = m_taken.constFind(field.id);
    if (keys != m_taken.cend() && keys->contains(uniqueKey(value))) {
        return Error{ErrorCode::ValueTaken,
            {field.name, fieldType(field.kind).format(value, field, context).left(80)}, {}};
    }
    return Ok;
}

/// Options that do not go with what the row holds, or will hold, in their parent field. Parents
/// come first, since what they lose counts for their children.
void RowImport::dropWhatFitsNot(
    NewRecord &record, const FieldContext &context, QList<ImportFault> &faults) const
{
    const Table &table = m_plan.table;
    const auto held = [&record](const Field &field) {
        for (const FieldValue &each : std::as_const(record.values)) {
            if (each.field == field.id) {
                return each.value;
            }
        }
        const bool isFixed = field.defaultValue.kind == DefaultValue::Kind::Fixed;
        return isFixed ? field.defaultValue.value : Value();
    };
    bool isSettled = false;
    while (!isSettled) {
        isSettled = true;
        for (FieldValue &each : record.values) {
            const Field *field = table.field(each.field);
            const Field *parent = field ? table.field(field->parent) : nullptr;
            if (!parent || parent->isTrashed) {
                continue;
            }
            const Value above = held(*parent);
            const Value fitting = fittingUnder(each.value, *field, above);
            if (fitting == each.value) {
                continue;
            }
            const QString text = fieldType(field->kind).format(each.value, *field, context);
            const QString beside = isEmpty(above)
                ? QStringLiteral("—")
                : fieldType(parent->kind).format(above, *parent, context);
            const Error error{
                ErrorCode::OptionElsewhere, {field->name, text, parent->name, beside}, {}};
            faults +=
                ImportFault{m_csv.lines[m_at], field->name, text, englishSentence(error), error};
            each.value = fitting;
            isSettled = false;
        }
    }
}

/// A field that has to be filled and is not.
const Field *RowImport::missingField(const NewRecord &record) const
{
    const QList<Field> &fields = m_plan.table.fields;
    const auto found = std::find_if(fields.cbegin(), fields.cend(), [&](const Field &field) {
        const auto given = std::find_if(record.values.cbegin(), record.values.cend(),
            [&](const FieldValue &each) { return each.field == field.id; });
        return given == record.values.cend()
            ? field.isAskedFor()
            : field.rules.isRequired && !field.rules.onlyWarns && isEmpty(given->value);
    });
    return found == fields.cend() ? nullptr : &*found;
}

} // namespace casebase
