// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/query/Sort.h"

#include <QCollator>

#include <algorithm>
#include <bit>
#include <numeric>

namespace casebase {

namespace {

using Ranks = std::vector<quint64>; ///< One for each row of the list; greater sorts later.
constexpr quint64 EmptyRank = ~quint64(0);

quint64 numberRank(double number)
{
    const auto bits = std::bit_cast<quint64>(number);
    return bits >> 63 ? ~bits : bits | quint64(1) << 63;
}

quint64 integerRank(qint64 integer)
{
    return quint64(integer) ^ quint64(1) << 63;
}

/// Ranks of values that are cheap to tell apart and dear to compare: each distinct one is compared
/// once, however many rows hold it.
template <class Key, class KeyOf, class Less>
Ranks distinctRanks(const std::vector<Row> &rows, KeyOf keyOf, Less less)
{
    QHash<Key, quint32> numbers;
    std::vector<Key> distinct;
    std::vector<quint32> numberOf(rows.size());
    for (size_t i = 0; i < rows.size(); ++i) {
        const Key key = keyOf(rows[i]);
        auto found = numbers.find(key);
        if (found == numbers.end()) {
            found = numbers.insert(key, quint32(distinct.size()));
            distinct.push_back(key);
        }
        numberOf[i] = *found;
    }
    std::vector<quint32> order(distinct.size());
    std::iota(order.begin(), order.end(), 0);
    less(distinct, order);
    std::vector<quint64> rankOf(distinct.size());
    for (size_t i = 0; i < order.size(); ++i) {
        rankOf[order[i]] = i;
    }
    Ranks ranks(rows.size());
    for (size_t i = 0; i < rows.size(); ++i) {
        ranks[i] = distinct[numberOf[i]] == Key() ? EmptyRank : rankOf[numberOf[i]];
    }
    return ranks;
}

void collate(const std::vector<QString> &texts, std::vector<quint32> &order)
{
    QCollator collator(QLocale(QLocale::Chinese, QLocale::China));
    collator.setNumericMode(true);
    collator.setCaseSensitivity(Qt::CaseInsensitive);
    std::vector<QCollatorSortKey> keys;
    keys.reserve(texts.size());
    for (const QString &text : texts) {
        keys.push_back(collator.sortKey(text));
    }
    std::sort(order.begin(), order.end(), [&](quint32 a, quint32 b) {
        const int byKey = keys[a].compare(keys[b]);
        return byKey != 0 ? byKey < 0 : texts[a] < texts[b];
    });
}

Ranks textRanks(const std::vector<Row> &rows, const TableData &table, const Field &field,
    const QueryContext &context)
{
    if (const BytesColumn *bytes = table.texts(field)) {
        return distinctRanks<QByteArray>(
            rows, [bytes](Row row) { return bytes->at(row).toByteArray(); },
            [](const std::vector<QByteArray> &distinct, std::vector<quint32> &order) {
                std::vector<QString> texts;
                texts.reserve(distinct.size());
                for (const QByteArray &each : distinct) {
                    texts.push_back(QString::fromUtf8(each));
                }
                collate(texts, order);
            });
    }
    return distinctRanks<QString>(
        rows,
        [&](Row row) {
            return fieldType(field.kind).format(table.value(row, field), field, context.fields);
        },
        [](const std::vector<QString> &distinct, std::vector<quint32> &order) {
            collate(distinct, order);
        });
}

Ranks optionsRanks(const std::vector<Row> &rows, const TableData &table, const Field &field,
    const QueryContext &context)
{
    const auto &bytes = std::get<BytesColumn>(*table.column(field.id));
    std::vector<Value> values;
    QHash<QByteArray, size_t> first;
    return distinctRanks<QByteArray>(
        rows,
        [&](Row row) {
            const QByteArray key = bytes.at(row).toByteArray();
            if (!first.contains(key)) {
                first.insert(key, values.size());
                values.push_back(table.value(row, field));
            }
            return key;
        },
        [&](const std::vector<QByteArray> &distinct, std::vector<quint32> &order) {
            std::sort(order.begin(), order.end(), [&](quint32 a, quint32 b) {
                const Value &left = values[first.value(distinct[a])];
                const Value &right = values[first.value(distinct[b])];
                return !isEmpty(left) && !isEmpty(right)
                    && fieldType(field.kind).compare(left, right, field, context.fields) < 0;
            });
        });
}

template <class RankOf> Ranks eachRank(const std::vector<Row> &rows, RankOf rankOf)
{
    Ranks ranks(rows.size());
    std::transform(rows.cbegin(), rows.cend(), ranks.begin(), rankOf);
    return ranks;
}

Ranks ranksOf(const std::vector<Row> &rows, const TableData &table, const Field &field,
    const QueryContext &context)
{
    const Column *column = table.column(field.id);
    switch (valueTypeOf(field.kind)) {
    case ValueType::Number: {
        const auto &numbers = std::get<NumberColumn>(*column);
        return eachRank(rows,
            [&](Row row) { return numbers.has(row) ? numberRank(numbers.at(row)) : EmptyRank; });
    }
    case ValueType::Date:
    case ValueType::Moment: {
        const IntegerColumn &integers = *table.integers(field);
        return eachRank(rows,
            [&](Row row) { return integers.has(row) ? integerRank(integers.at(row)) : EmptyRank; });
    }
    case ValueType::Flag: {
        const auto &bits = std::get<BitColumn>(*column);
        return eachRank(rows, [&](Row row) { return quint64(bits.at(row)); });
    }
    case ValueType::Option: {
        const auto &codes = std::get<CodeColumn>(*column);
        std::vector<quint64> rankOf(size_t(codes.dictionary().size()), EmptyRank);
        for (qsizetype code = 1; code < codes.dictionary().size(); ++code) {
            const Option *option = field.option(OptionId(codes.dictionary()[code]));
            rankOf[size_t(code)] = option ? quint64(option - field.options.constData())
                                          : quint64(field.options.size());
        }
        return eachRank(rows, [&](Row row) { return rankOf[codes.code(row)]; });
    }
    case ValueType::Options:
        return optionsRanks(rows, table, field, context);
    case ValueType::Text:
    case ValueType::Person:
    case ValueType::Persons:
    case ValueType::Links:
    case ValueType::Files:
    case ValueType::Nothing:
    case ValueType::Sealed:
        break;
    }
    return textRanks(rows, table, field, context);
}

} // namespace

void sortRows(std::vector<Row> &rows, const TableData &table, const QList<SortKey> &keys,
    const QueryContext &context, size_t needed)
{
    std::vector<Ranks> ranks;
    for (const SortKey &key : keys) {
        const Field *field = table.definition().field(key.field);
        if (!field || field->isTrashed) {
            continue;
        }
        Ranks each = ranksOf(rows, table, *field, context);
        if (key.order == Qt::DescendingOrder) {
            for (quint64 &rank : each) {
                rank = rank == EmptyRank ? EmptyRank : EmptyRank - 1 - rank;
            }
        }
        ranks.push_back(std::move(each));
    }
    if (ranks.empty()) {
        return;
    }
    struct Packed {
        quint64 rank;
        quint32 position;
    };
    std::vector<Packed> packed(rows.size());
    for (size_t i = 0; i < rows.size(); ++i) {
        packed[i] = {ranks[0][i], quint32(i)};
    }
    const auto isBefore = [&](const Packed &a, const Packed &b) {
        if (a.rank != b.rank) {
            return a.rank < b.rank;
        }
        for (size_t key = 1; key < ranks.size(); ++key) {
            if (ranks[key][a.position] != ranks[key][b.position]) {
                return ranks[key][a.position] < ranks[key][b.position];
            }
        }
        return a.position < b.position;
    };
    if (needed < packed.size() / 4) {
        std::partial_sort(
            packed.begin(), packed.begin() + qsizetype(needed), packed.end(), isBefore);
    } else {
        std::sort(packed.begin(), packed.end(), isBefore);
    }
    std::vector<Row> sorted(rows.size());
    std::transform(packed.cbegin(), packed.cend(), sorted.begin(),
        [&](const Packed &each) { return rows[each.position]; });
    rows.swap(sorted);
}

} // namespace casebase
