// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/query/ValueNumbers.h"

#include "shared/field/DateFields.h"
#include "shared/value/Packed.h"

#include <QHash>

#include <algorithm>
#include <bit>
#include <map>
#include <string_view>
#include <unordered_map>

namespace casebase {

namespace {

constexpr qint64 DayMs = 86400000;

/// Options, people: the column has numbers of its own.
class CodeNumbers final : public ValueNumbers {
public:
    explicit CodeNumbers(const CodeColumn &column)
        : m_column(column)
    {
    }
    void read(size_t block, const RowMask &, quint32 *numbers) override
    {
        if (const auto *chunk = m_column.codes().chunks().chunk(block)) {
            std::copy(chunk->values.cbegin(), chunk->values.cend(), numbers);
        } else {
            std::fill_n(numbers, RowMask::Rows, 0);
        }
    }
    bool isFixed() const override { return true; }
    quint32 end() const override { return quint32(m_column.dictionary().size()); }

private:
    const CodeColumn &m_column;
};

class BitNumbers final : public ValueNumbers {
public:
    explicit BitNumbers(const BitColumn &column)
        : m_column(column)
    {
    }
    void read(size_t block, const RowMask &mask, quint32 *numbers) override
    {
        eachRow(mask,
            [&](size_t i) { numbers[i] = m_column.at(Row(block * RowMask::Rows + i)) ? 1 : 0; });
    }
    bool isFixed() const override { return true; }
    quint32 end() const override { return 2; }

private:
    const BitColumn &m_column;
};

/// Numbers things in the order in which they appear, from 1. Most rows hold what one of the last
/// did, or one of few.
class SeenIntegers {
public:
    quint32 number(qint64 key)
    {
        if (key >= 0 && key < qint64(Direct)) {
            if (size_t(key) >= m_direct.size()) {
                m_direct.resize(std::min(Direct, size_t(key) * 2 + 256), 0);
            }
            quint32 &number = m_direct[size_t(key)];
            return number != 0 ? number : number = m_end++;
        }
        const auto [found, isNew] = m_others.try_emplace(key, m_end);
        m_end += isNew ? 1 : 0;
        return found->second;
    }
    quint32 end() const { return m_end; }

private:
    static constexpr size_t Direct = 1 << 17; ///< Covers days to the year 2328.
    std::vector<quint32> m_direct;
    std::unordered_map<qint64, quint32> m_others;
    quint32 m_end = 1;
};

/// Columns of one size: `NumberOf` numbers what they hold.
template <class T, class NumberOf> class FixedNumbers final : public ValueNumbers {
public:
    FixedNumbers(const FixedColumn<T> &column, NumberOf numberOf)
        : m_column(column)
        , m_numberOf(std::move(numberOf))
    {
    }
    void read(size_t block, const RowMask &mask, quint32 *numbers) override
    {
        const auto *chunk = m_column.chunks().chunk(block);
        eachRow(mask, [&](size_t i) {
            numbers[i] = chunk && chunk->present.at(i) ? m_numberOf(chunk->values[i]) : 0;
        });
    }
    quint32 end() const override { return m_numberOf.end(); }

private:
    const FixedColumn<T> &m_column;
    NumberOf m_numberOf;
};

class SeenNumbers {
public:
    quint32 operator()(double value)
    {
        constexpr double Small = 100000;
        if (value >= 0 && value < Small && value == double(qint64(value))) {
            return m_seen.number(qint64(value)); // Negative zero, too.
        }
        // The bits of the least numbers would be small integers; those of a NaN are free.
        const auto bits = std::bit_cast<qint64>(value);
        return m_seen.number(bits >= 0 && bits < qint64(Small) ? -1 - bits : bits);
    }
    quint32 end() const { return m_seen.end(); }

private:
    SeenIntegers m_seen;
};

/// The days of moments in a time zone, without asking the zone about each.
class LocalDays {
public:
    explicit LocalDays(const QTimeZone &zone)
        : m_zone(zone)
    {
    }
    qint32 dayOf(qint64 ms)
    {
        if (ms < m_last.first || ms >= m_last.end) {
            m_last = spanOf(ms);
        }
        const qint64 local = ms + m_last.offsetMs;
        return qint32((local >= 0 ? local : local - DayMs + 1) / DayMs);
    }

private:
    /// A time during which the offset is the same.
    struct Span {
        qint64 first = 0;
        qint64 end = 0;
        qint64 offsetMs = 0;
    };
    Span spanOf(qint64 ms)
    {
        const auto after = m_spans.upper_bound(ms);
        if (after != m_spans.begin()) {
            const Span &known = std::prev(after)->second;
            if (ms < known.end) {
                return known;
            }
        }
        const QDateTime moment = QDateTime::fromMSecsSinceEpoch(ms, Qt::UTC);
        Span span{std::numeric_limits<qint64>::min(), std::numeric_limits<qint64>::max(),
            m_zone.offsetFromUtc(moment) * qint64(1000)};
        if (m_zone.hasTransitions()) {
            // The one at the moment itself has happened.
            const auto before = m_zone.previousTransition(moment.addMSecs(1)).atUtc;
            const auto next = m_zone.nextTransition(moment).atUtc;
            span.first = before.isValid() ? before.toMSecsSinceEpoch() : span.first;
            span.end = next.isValid() ? next.toMSecsSinceEpoch() : span.end;
        }
        m_spans.insert({span.first, span});
        return span;
    }
    QTimeZone m_zone;
    std::map<qint64, Span> m_spans;
    Span m_last;
};

/// Dates and moments.
class SeenDates {
public:
    SeenDates(bool isMoment, Period period, const QTimeZone &zone, Qt::DayOfWeek firstDayOfWeek)
        : m_isMoment(isMoment)
        , m_period(period)
        , m_days(zone)
        , m_firstDayOfWeek(firstDayOfWeek)
    {
    }
    quint32 operator()(qint64 value)
    {
        if (m_period == Period::Exact) {
            return m_seen.number(value);
        }
        const qint32 day = m_isMoment ? m_days.dayOf(value) : qint32(value);
        const quint32 ofDay = m_dayNumbers.number(day);
        if (ofDay >= m_ofDay.size()) {
            m_ofDay.push_back(m_seen.number(firstDayOf(m_period, Date{day}, m_firstDayOfWeek).day));
        }
        return m_ofDay[ofDay];
    }
    quint32 end() const { return m_seen.end(); }

private:
    bool m_isMoment;
    Period m_period;
    LocalDays m_days;
    Qt::DayOfWeek m_firstDayOfWeek;
    SeenIntegers m_seen;
    SeenIntegers m_dayNumbers;
    std::vector<quint32> m_ofDay{0}; ///< The number of the period in which a day lies.
};

class TextNumbers final : public ValueNumbers {
public:
    TextNumbers(const BytesColumn &column, bool isSet)
        : m_column(column)
        , m_isSet(isSet)
    {
    }
    void read(size_t block, const RowMask &mask, quint32 *numbers) override
    {
        eachRow(mask, [&](size_t i) {
            const QByteArrayView bytes = m_column.at(Row(block * RowMask::Rows + i));
            numbers[i] = bytes.isEmpty() ? 0 : numberOf(bytes);
        });
    }
    quint32 end() const override { return m_end; }

private:
    quint32 numberOf(QByteArrayView bytes)
    {
        const auto [found, isNew] = m_seen.try_emplace({bytes.data(), size_t(bytes.size())}, m_end);
        if (isNew && m_isSet) {
            found->second = m_sets.value(sorted(bytes), m_end);
            m_sets.insert(sorted(bytes), found->second);
        }
        m_end = std::max(m_end, found->second + 1);
        return found->second;
    }
    static QByteArray sorted(QByteArrayView packed)
    {
        constexpr qsizetype IdSize = 16;
        std::vector<QByteArray> ids;
        for (qsizetype at = 0; at < packed.size(); at += IdSize) {
            ids.push_back(packed.sliced(at, std::min(IdSize, packed.size() - at)).toByteArray());
        }
        std::sort(ids.begin(), ids.end());
        QByteArray all;
        for (const QByteArray &id : ids) {
            all += id;
        }
        return all;
    }

    const BytesColumn &m_column;
    bool m_isSet; ///< Ids, of which the order does not count.
    std::unordered_map<std::string_view, quint32> m_seen; ///< Views into the column.
    QHash<QByteArray, quint32> m_sets;
    quint32 m_end = 1;
};

/// Links, by the records that they lead to, whatever these are called.
class LinkNumbers final : public ValueNumbers {
public:
    LinkNumbers(const TableData &table, const Field &field)
        : m_table(table)
        , m_field(field)
    {
    }
    void read(size_t block, const RowMask &mask, quint32 *numbers) override
    {
        const Row first = Row(block * RowMask::Rows);
        eachRow(mask, [&](size_t i) {
            const Value value = m_table.value(first + Row(i), m_field);
            const auto *links = std::get_if<Links>(&value);
            numbers[i] = links ? numberOf(*links) : 0;
        });
    }
    quint32 end() const override { return quint32(m_seen.size()) + 1; }

private:
    quint32 numberOf(Links links)
    {
        std::sort(links.begin(), links.end(),
            [](const Link &a, const Link &b) { return a.record < b.record; });
        const auto next = quint32(m_seen.size()) + 1;
        const auto found = m_seen.constFind(packedLinks(links));
        return found != m_seen.cend() ? *found : *m_seen.insert(packedLinks(links), next);
    }

    const TableData &m_table;
    Field m_field;
    QHash<QByteArray, quint32> m_seen;
};

} // namespace

Date firstDayOf(Period period, Date day, Qt::DayOfWeek firstDayOfWeek)
{
    const QDate date = toQDate(day);
    switch (period) {
    case Period::Exact:
    case Period::Day:
        return day;
    case Period::Week:
        return Date{day.day - (date.dayOfWeek() - int(firstDayOfWeek) + 7) % 7};
    case Period::Month:
        return fromQDate(QDate(date.year(), date.month(), 1));
    case Period::Quarter:
        return fromQDate(QDate(date.year(), (date.month() - 1) / 3 * 3 + 1, 1));
    case Period::Year:
        return fromQDate(QDate(date.year(), 1, 1));
    }
    Q_UNREACHABLE();
}

Result<std::unique_ptr<ValueNumbers>> numberValues(const TableData &table, const Field &field,
    Period period, const QTimeZone &zone, Qt::DayOfWeek firstDayOfWeek)
{
    using Made = std::unique_ptr<ValueNumbers>;
    const ValueType type = valueTypeOf(field.kind);
    if (type == ValueType::Files || type == ValueType::Nothing) {
        return wrongType(field, QStringLiteral("group"), QStringLiteral("a field without files"));
    }
    if (type == ValueType::Date || type == ValueType::Moment) {
        return Made(std::make_unique<FixedNumbers<qint64, SeenDates>>(*table.integers(field),
            SeenDates(type == ValueType::Moment, period, zoneOf(field, zone), firstDayOfWeek)));
    }
    if (type == ValueType::Links) {
        return Made(std::make_unique<LinkNumbers>(table, field));
    }
    if (period != Period::Exact) {
        return wrongType(field, QStringLiteral("by"), QStringLiteral("a date"));
    }
    if (const CodeColumn *codes = table.codes(field)) {
        return Made(std::make_unique<CodeNumbers>(*codes));
    }
    if (type == ValueType::Sealed) {
        return Made(std::make_unique<TextNumbers>(*table.texts(field), false)); // by their masks
    }
    struct Maker {
        const Field &field;
        Made operator()(const CodeColumn &) const { Q_UNREACHABLE(); }
        Made operator()(const BitColumn &c) const { return std::make_unique<BitNumbers>(c); }
        Made operator()(const NumberColumn &c) const
        {
            return std::make_unique<FixedNumbers<double, SeenNumbers>>(c, SeenNumbers());
        }
        Made operator()(const IntegerColumn &) const { Q_UNREACHABLE(); }
        Made operator()(const BytesColumn &c) const
        {
            const ValueType type = valueTypeOf(field.kind);
            return std::make_unique<TextNumbers>(
                c, type == ValueType::Options || type == ValueType::Persons);
        }
    };
    return std::visit(Maker{field}, *table.column(field.id));
}

} // namespace casebase
