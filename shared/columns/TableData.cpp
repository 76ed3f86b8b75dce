// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/columns/TableData.h"

#include "shared/columns/RowMask.h"
#include "shared/value/Packed.h"

namespace casebase {

namespace {

template <class AnyId> Value idValue(const CodeColumn &column, Row row)
{
    const auto bits = column.get(row);
    return bits ? Value(AnyId(*bits)) : Value();
}

constexpr char Gone = '\x1a'; ///< Stands for the title of a link to a deleted record.

/// The links that lead to records that are there, with their titles.
Links shownLinks(QByteArrayView ids, QByteArrayView titles)
{
    Links links;
    qsizetype at = 0;
    for (Link &link : unpackedLinks(ids)) {
        if (at >= titles.size()) {
            break; // not computed yet
        }
        if (titles[at] == Gone) {
            ++at;
            continue;
        }
        qsizetype end = at;
        while (end < titles.size() && titles[end] != '\n') {
            ++end;
        }
        link.title = QString::fromUtf8(titles.sliced(at, end - at));
        links += std::move(link);
        at = end + 1;
    }
    return links;
}

Value columnValue(const Column &column, ValueType type, Row row)
{
    switch (type) {
    case ValueType::Text: {
        const QByteArrayView bytes = std::get<BytesColumn>(column).at(row);
        return bytes.isEmpty() ? Value() : Value(QString::fromUtf8(bytes));
    }
    case ValueType::Options: {
        const QByteArrayView bytes = std::get<BytesColumn>(column).at(row);
        return bytes.isEmpty() ? Value() : Value(unpackedOptions(bytes));
    }
    case ValueType::Persons: {
        const QByteArrayView bytes = std::get<BytesColumn>(column).at(row);
        return bytes.isEmpty() ? Value() : Value(unpackedPersons(bytes));
    }
    case ValueType::Files: {
        const QByteArrayView bytes = std::get<BytesColumn>(column).at(row);
        return bytes.isEmpty() ? Value() : Value(unpackedAttachments(bytes));
    }
    case ValueType::Sealed: {
        const QByteArrayView bytes = std::get<BytesColumn>(column).at(row);
        return bytes.isEmpty() ? Value() : Value(unpackedSealed(bytes));
    }
    case ValueType::Links: // has a second column
    case ValueType::Nothing:
        break;
    case ValueType::Number: {
        const auto number = std::get<NumberColumn>(column).get(row);
        return number ? Value(*number) : Value();
    }
    case ValueType::Date: {
        const auto day = std::get<IntegerColumn>(column).get(row);
        return day ? Value(Date{qint32(*day)}) : Value();
    }
    case ValueType::Moment: {
        const auto ms = std::get<IntegerColumn>(column).get(row);
        return ms ? Value(Moment{*ms}) : Value();
    }
    case ValueType::Flag:
        return std::get<BitColumn>(column).at(row) ? Value(true) : Value();
    case ValueType::Option:
        return idValue<OptionId>(std::get<CodeColumn>(column), row);
    case ValueType::Person:
        return idValue<UserId>(std::get<CodeColumn>(column), row);
    }
    return {};
}

struct Writer {
    Row row;
    const Value &value;

    void operator()(BytesColumn &column) const
    {
        if (const auto *text = std::get_if<QString>(&value)) {
            column.set(row, text->toUtf8());
        } else if (const auto *options = std::get_if<Options>(&value)) {
            column.set(row, packedOptions(*options));
        } else if (const auto *persons = std::get_if<Persons>(&value)) {
            column.set(row, packedPersons(*persons));
        } else if (const auto *files = std::get_if<Attachments>(&value)) {
            column.set(row, packedAttachments(*files));
        } else if (const auto *links = std::get_if<Links>(&value)) {
            column.set(row, packedLinks(*links));
        } else if (const auto *sealed = std::get_if<Sealed>(&value)) {
            column.set(row, packedSealed(*sealed));
        } else {
            column.set(row, QByteArrayView());
        }
    }
    void operator()(NumberColumn &column) const
    {
        const auto *number = std::get_if<double>(&value);
        column.set(row, number ? std::optional(*number) : std::nullopt);
    }
    void operator()(IntegerColumn &column) const
    {
        std::optional<qint64> integer;
        if (const auto *date = std::get_if<Date>(&value)) {
            integer = date->day;
        } else if (const auto *moment = std::get_if<Moment>(&value)) {
            integer = moment->ms;
        }
        column.set(row, integer);
    }
    void operator()(BitColumn &column) const
    {
        const auto *on = std::get_if<bool>(&value);
        column.set(row, on && *on);
    }
    void operator()(CodeColumn &column) const
    {
        std::optional<IdBits> id;
        if (const auto *option = std::get_if<OptionId>(&value)) {
            id = option->bits();
        } else if (const auto *person = std::get_if<UserId>(&value)) {
            id = person->bits();
        }
        column.set(row, id);
    }
};

} // namespace

std::optional<Column> emptyColumn(const Field &field)
{
    if (field.isOfRecord()) {
        return std::nullopt;
    }
    switch (valueTypeOf(field.kind)) {
    case ValueType::Nothing:
        return std::nullopt;
    case ValueType::Text:
    case ValueType::Options:
    case ValueType::Persons:
    case ValueType::Files:
    case ValueType::Links:
    case ValueType::Sealed:
        return BytesColumn();
    case ValueType::Number:
        return NumberColumn();
    case ValueType::Date:
    case ValueType::Moment:
        return IntegerColumn();
    case ValueType::Flag:
        return BitColumn();
    case ValueType::Option:
    case ValueType::Person:
        return CodeColumn();
    }
    return std::nullopt;
}

void TableData::setDefinition(const Table &definition)
{
    std::vector<Entry> columns;
    for (const Field &field : definition.fields) {
        auto fresh = emptyColumn(field);
        if (!fresh) {
            continue;
        }
        const Field *before = m_definition.field(field.id);
        const bool isComputed = !field.formula.isEmpty();
        const Entry *old = entry(field.id);
        const bool isKept = old && before->kind == field.kind && old->isStored == field.isStored()
            && old->computed.has_value() == isComputed;
        columns.push_back(isKept ? *old
                                 : Entry{field.id, *std::move(fresh), field.isStored(),
                                     isComputed ? std::optional(Computed()) : std::nullopt, {}});
    }
    m_columns = std::move(columns);
    m_definition = definition;
}

std::optional<Row> TableData::aliveRow(RecordId record) const
{
    const auto found = row(record);
    return found && isAlive(*found) ? found : std::nullopt;
}

RecordMeta TableData::meta(Row row) const
{
    return {m_created.at(row), UserId(m_createdBy.get(row).value_or(IdBits{})), m_modified.at(row),
        UserId(m_modifiedBy.get(row).value_or(IdBits{})), quint64(m_revision.at(row))};
}

Value TableData::value(Row row, const Field &field) const
{
    if (field.isOfRecord()) {
        const IntegerColumn *times = integers(field);
        return times ? Value(Moment{times->at(row)}) : idValue<UserId>(*codes(field), row);
    }
    const Entry *found = entry(field.id);
    if (found && found->computed && found->computed->faults.has(row)) {
        return Fault(found->computed->faults.at(row));
    }
    if (found && field.kind == FieldKind::Links) {
        Links links =
            shownLinks(std::get<BytesColumn>(found->column).at(row), found->shown.at(row));
        return links.isEmpty() ? Value() : Value(std::move(links));
    }
    return found ? columnValue(found->column, valueTypeOf(field.kind), row) : Value();
}

bool TableData::hasValue(Row row, const Field &field) const
{
    const Entry *found = entry(field.id);
    if (!found || (found->computed && found->computed->faults.has(row))) {
        return found || !isEmpty(value(row, field));
    }
    if (field.kind == FieldKind::Links) {
        const QByteArrayView titles = found->shown.at(row);
        return std::find(titles.begin(), titles.end(), '\n') != titles.end();
    }
    return std::visit(
        [row](const auto &each) {
            using Kind = std::decay_t<decltype(each)>;
            if constexpr (std::is_same_v<Kind, BytesColumn>) {
                return !each.at(row).isEmpty();
            } else if constexpr (std::is_same_v<Kind, BitColumn>) {
                return each.at(row);
            } else if constexpr (std::is_same_v<Kind, CodeColumn>) {
                return each.code(row) != 0;
            } else {
                return each.has(row);
            }
        },
        found->column);
}

Links TableData::allLinks(Row row, const Field &field) const
{
    return unpackedLinks(linkedBytes(row, field));
}

QByteArrayView TableData::linkedBytes(Row row, const Field &field) const
{
    const Entry *found = entry(field.id);
    return found && field.kind == FieldKind::Links ? std::get<BytesColumn>(found->column).at(row)
                                                   : QByteArrayView();
}

const BytesColumn *TableData::texts(const Field &field) const
{
    const Entry *found = entry(field.id);
    if (!found) {
        return nullptr;
    }
    switch (valueTypeOf(field.kind)) {
    case ValueType::Links:
    case ValueType::Sealed:
        return &found->shown;
    case ValueType::Text:
        return std::get_if<BytesColumn>(&found->column);
    default:
        return nullptr;
    }
}

const IntegerColumn *TableData::integers(const Field &field) const
{
    if (field.isOfRecord()) {
        return field.kind == FieldKind::CreatedTime ? &m_created
            : field.kind == FieldKind::ModifiedTime ? &m_modified
                                                    : nullptr;
    }
    return std::get_if<IntegerColumn>(column(field.id));
}

const CodeColumn *TableData::codes(const Field &field) const
{
    if (field.isOfRecord()) {
        return field.kind == FieldKind::CreatedBy ? &m_createdBy
            : field.kind == FieldKind::ModifiedBy ? &m_modifiedBy
                                                  : nullptr;
    }
    return std::get_if<CodeColumn>(column(field.id));
}

const TableData::Entry *TableData::entry(FieldId field) const
{
    for (const Entry &entry : m_columns) {
        if (entry.field == field) {
            return &entry;
        }
    }
    return nullptr;
}

TableData::Entry *TableData::writableEntry(FieldId field)
{
    return const_cast<Entry *>(std::as_const(*this).entry(field));
}

const Column *TableData::column(FieldId field) const
{
    const Entry *found = entry(field);
    return found ? &found->column : nullptr;
}

const FaultColumn *TableData::faults(FieldId field) const
{
    const Entry *found = entry(field);
    return found && found->computed ? &found->computed->faults : nullptr;
}

const IntegerColumn *TableData::expiries(FieldId field) const
{
    const Entry *found = entry(field);
    return found && found->computed ? &found->computed->expiries : nullptr;
}

Row TableData::insert(RecordId record, bool isAlive, const RecordMeta &meta)
{
    m_isInOrder = m_isInOrder && (m_rowCount == 0 || recordId(m_rowCount - 1) < record);
    const Row row = m_rowCount++;
    m_ids.set(row, record.bits());
    m_index.insert(row, m_ids);
    m_created.set(row, meta.createdMs);
    m_createdBy.set(row, meta.createdBy.bits());
    m_modified.set(row, meta.modifiedMs);
    m_modifiedBy.set(row, meta.modifiedBy.bits());
    m_revision.set(row, qint64(meta.revision));
    setAlive(row, isAlive);
    return row;
}

void TableData::setAlive(Row row, bool isAlive)
{
    m_aliveCount += int(isAlive) - int(m_alive.at(row));
    m_alive.set(row, isAlive);
}

void TableData::setValue(Row row, const Field &field, const Value &value)
{
    if (Entry *found = writableEntry(field.id)) {
        const auto *sealed = std::get_if<Sealed>(&value);
        const bool isSealedField = valueTypeOf(field.kind) == ValueType::Sealed;
        if (sealed && !isSealedField) {
            // The log of the time before a field became sensitive: only the mask is known of it.
            std::visit(
                Writer{row, sealed->mask.isEmpty() ? Value() : Value(sealed->mask)}, found->column);
        } else {
            std::visit(Writer{row, value}, found->column);
        }
        if (isSealedField) {
            found->shown.set(row, sealed ? sealed->mask.toUtf8() : QByteArray());
        }
    }
    if (field.kind == FieldKind::AutoNumber) {
        if (const auto *number = std::get_if<double>(&value)) {
            double &last = m_lastNumbers[field.id];
            last = std::max(last, *number);
        }
    }
}

void TableData::setComputed(
    Row row, const Field &field, const Value &value, std::optional<qint64> untilMs)
{
    Entry *found = writableEntry(field.id);
    if (!found || !found->computed) {
        return;
    }
    const auto *fault = std::get_if<Fault>(&value);
    std::visit(Writer{row, value}, found->column);
    found->computed->faults.set(row, fault ? std::optional(quint8(*fault)) : std::nullopt);
    found->computed->expiries.set(row, untilMs);
}

void TableData::setComputedNumbers(size_t block, const Field &field, const double *numbers,
    const RowMask &present, const RowMask &rows)
{
    Entry *found = writableEntry(field.id);
    auto *column = found && found->computed ? std::get_if<NumberColumn>(&found->column) : nullptr;
    if (!column) {
        return;
    }
    NumberColumn::Chunk &chunk = column->chunks().write(block);
    eachRow(rows, [&](size_t i) { chunk.values[i] = present.at(i) ? numbers[i] : 0; });
    const auto clear = [&rows, block](auto &more) {
        if (std::as_const(more).chunks().chunk(block)) {
            auto &written = more.chunks().write(block);
            for (size_t word = 0; word < RowMask::Words; ++word) {
                written.present.words[word] &= ~rows.words[word];
            }
        }
    };
    clear(found->computed->faults);
    clear(found->computed->expiries);
    for (size_t word = 0; word < RowMask::Words; ++word) {
        quint64 &bits = chunk.present.words[word];
        bits = (bits & ~rows.words[word]) | (present.words[word] & rows.words[word]);
    }
}

bool TableData::setTitles(Row row, const Field &field, const QList<std::optional<QString>> &titles)
{
    Entry *found = writableEntry(field.id);
    if (!found) {
        return false;
    }
    QByteArray bytes;
    for (const auto &title : titles) {
        bytes += title ? title->simplified().toUtf8() + '\n' : QByteArray(1, Gone);
    }
    const bool isOther = found->shown.at(row) != bytes;
    if (isOther) {
        found->shown.set(row, bytes);
    }
    return isOther;
}

void TableData::touch(Row row, qint64 timeMs, UserId actor, quint64 revision)
{
    m_modified.set(row, timeMs);
    m_modifiedBy.set(row, actor.bits());
    m_revision.set(row, qint64(revision));
}

} // namespace casebase
