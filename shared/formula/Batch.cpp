// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/formula/Batch.h"

#include "shared/field/FieldType.h"

#include <cmath>

namespace casebase {

namespace {

using Numbers = std::unique_ptr<BlockNumbers>;
using Flags = std::unique_ptr<BlockFlags>;

bool isNamed(const Expression &expression, std::string_view name)
{
    return expression.kind == Expression::Kind::Call && name == expression.function->name;
}

/// Rows of the block in which a computed column holds a fault.
void addFaults(const FaultColumn *faults, size_t block, RowMask &unsure)
{
    const auto *chunk = faults ? faults->chunks().chunk(block) : nullptr;
    for (size_t i = 0; chunk && i < RowMask::Words; ++i) {
        unsure.words[i] |= chunk->present.words[i];
    }
}

class NumberField final : public BlockNumbers {
public:
    NumberField(const NumberColumn &column, const FaultColumn *faults)
        : m_column(column)
        , m_faults(faults)
    {
    }
    void read(size_t block, NumberBlock &numbers, RowMask &unsure) const override
    {
        if (const auto *chunk = m_column.chunks().chunk(block)) {
            numbers.values = chunk->values;
            numbers.present.words = chunk->present.words;
        } else {
            numbers.values.fill(0);
            numbers.present = {};
        }
        addFaults(m_faults, block, unsure);
    }

private:
    const NumberColumn &m_column;
    const FaultColumn *m_faults;
};

class Constant final : public BlockNumbers {
public:
    explicit Constant(std::optional<double> number)
        : m_number(number)
    {
    }
    void read(size_t, NumberBlock &numbers, RowMask &) const override
    {
        numbers.values.fill(m_number.value_or(0));
        numbers.present = m_number ? RowMask::all() : RowMask();
    }

private:
    std::optional<double> m_number;
};

/// Computes with two numbers, of which those that are missing count as zero.
template <class Compute> class Arithmetic final : public BlockNumbers {
public:
    Arithmetic(Numbers left, Numbers right)
        : m_left(std::move(left))
        , m_right(std::move(right))
    {
    }
    void read(size_t block, NumberBlock &numbers, RowMask &unsure) const override
    {
        NumberBlock right;
        m_left->read(block, numbers, unsure);
        m_right->read(block, right, unsure);
        double sum = 0;
        for (size_t i = 0; i < RowMask::Rows; ++i) {
            numbers.values[i] = Compute()(numbers.values[i], right.values[i]) + 0.0;
            sum += numbers.values[i] - numbers.values[i]; // Not zero only if one is not finite.
        }
        for (size_t i = 0; sum != 0 && i < RowMask::Rows; ++i) {
            if (!std::isfinite(numbers.values[i])) {
                numbers.values[i] = 0;
                unsure.set(i);
            }
        }
        numbers.present = RowMask::all();
    }

private:
    Numbers m_left;
    Numbers m_right;
};

class Choice final : public BlockNumbers {
public:
    Choice(Flags condition, Numbers value, Numbers otherwise)
        : m_condition(std::move(condition))
        , m_value(std::move(value))
        , m_otherwise(std::move(otherwise))
    {
    }
    void read(size_t block, NumberBlock &numbers, RowMask &unsure) const override
    {
        const RowMask yes = m_condition->read(block, unsure);
        NumberBlock other;
        RowMask unsureOfValue;
        RowMask unsureOfOther;
        m_value->read(block, numbers, unsureOfValue);
        m_otherwise->read(block, other, unsureOfOther);
        for (size_t word = 0; word < RowMask::Words; ++word) {
            const quint64 bits = yes.words[word];
            for (size_t i = 0; i < 64; ++i) {
                double &value = numbers.values[word * 64 + i];
                value = (bits >> i) & 1 ? value : other.values[word * 64 + i];
            }
            numbers.present.words[word] =
                (numbers.present.words[word] & bits) | (other.present.words[word] & ~bits);
            unsure.words[word] |=
                (unsureOfValue.words[word] & bits) | (unsureOfOther.words[word] & ~bits);
        }
    }

private:
    Flags m_condition;
    Numbers m_value;
    Numbers m_otherwise;
};

template <class Compare> class Comparison final : public BlockFlags {
public:
    Comparison(Numbers left, Numbers right)
        : m_left(std::move(left))
        , m_right(std::move(right))
    {
    }
    RowMask read(size_t block, RowMask &unsure) const override
    {
        NumberBlock left;
        NumberBlock right;
        m_left->read(block, left, unsure);
        m_right->read(block, right, unsure);
        RowMask yes;
        for (size_t word = 0; word < RowMask::Words; ++word) {
            const double *a = left.values.data() + word * 64;
            const double *b = right.values.data() + word * 64;
            quint64 bits = 0;
            for (size_t i = 0; i < 64; ++i) {
                bits |= quint64(Compare()(a[i], b[i])) << i;
            }
            yes.words[word] = bits;
        }
        return yes;
    }

private:
    Numbers m_left;
    Numbers m_right;
};

/// Each option or person has been compared once.
class CodeFlags final : public BlockFlags {
public:
    CodeFlags(const CodeColumn &column, std::vector<bool> chosen, const FaultColumn *faults)
        : m_column(column)
        , m_chosen(std::move(chosen))
        , m_faults(faults)
    {
    }
    RowMask read(size_t block, RowMask &unsure) const override
    {
        addFaults(m_faults, block, unsure);
        const auto *chunk = m_column.codes().chunks().chunk(block);
        if (!chunk) {
            return m_chosen[0] ? RowMask::all() : RowMask();
        }
        RowMask yes;
        for (size_t i = 0; i < RowMask::Rows; ++i) {
            if (m_chosen[chunk->values[i] < m_chosen.size() ? chunk->values[i] : 0]) {
                yes.set(i);
            }
        }
        return yes;
    }

private:
    const CodeColumn &m_column;
    std::vector<bool> m_chosen; ///< By code; the first is for rows that hold nothing.
    const FaultColumn *m_faults;
};

class SameText final : public BlockFlags {
public:
    SameText(const BytesColumn &column, QByteArray text, bool isSame, const FaultColumn *faults)
        : m_column(column)
        , m_text(std::move(text))
        , m_isSame(isSame)
        , m_faults(faults)
    {
    }
    RowMask read(size_t block, RowMask &unsure) const override
    {
        addFaults(m_faults, block, unsure);
        RowMask yes;
        for (size_t i = 0; i < RowMask::Rows; ++i) {
            if ((m_column.at(Row(block * RowMask::Rows + i)) == m_text) == m_isSame) {
                yes.set(i);
            }
        }
        return yes;
    }

private:
    const BytesColumn &m_column;
    QByteArray m_text;
    bool m_isSame;
    const FaultColumn *m_faults;
};

class Checked final : public BlockFlags {
public:
    explicit Checked(const BitColumn &column)
        : m_column(column)
    {
    }
    RowMask read(size_t block, RowMask &) const override
    {
        constexpr size_t Blocks = BitColumn::ChunkRows / RowMask::Rows;
        RowMask yes;
        if (const auto *chunk = m_column.chunks().chunk(block / Blocks)) {
            std::copy_n(chunk->bits.words.cbegin() + (block % Blocks) * RowMask::Words,
                RowMask::Words, yes.words.begin());
        }
        return yes;
    }

private:
    const BitColumn &m_column;
};

class Junction final : public BlockFlags {
public:
    Junction(std::vector<Flags> parts, bool isAnd)
        : m_parts(std::move(parts))
        , m_isAnd(isAnd)
    {
    }
    RowMask read(size_t block, RowMask &unsure) const override
    {
        RowMask yes = m_isAnd ? RowMask::all() : RowMask();
        for (const Flags &part : m_parts) {
            const RowMask each = part->read(block, unsure);
            m_isAnd ? yes &= each : yes |= each;
        }
        return yes;
    }

private:
    std::vector<Flags> m_parts;
    bool m_isAnd;
};

class Inverse final : public BlockFlags {
public:
    explicit Inverse(Flags part)
        : m_part(std::move(part))
    {
    }
    RowMask read(size_t block, RowMask &unsure) const override
    {
        RowMask no = RowMask::all();
        return no -= m_part->read(block, unsure);
    }

private:
    Flags m_part;
};

/// Makes blocks of expressions.
class Maker {
public:
    Maker(const TableData &table, const People &people, const FormulaContext &context)
        : m_table(table)
        , m_people(people)
        , m_context(context)
    {
    }

    Numbers numbers(const Expression &e) const
    {
        if (e.kind == Expression::Kind::Literal) {
            const auto *number = std::get_if<double>(&e.literal);
            return number ? std::make_unique<Constant>(*number) : nullptr;
        }
        if (e.kind == Expression::Kind::FieldValue) {
            const Field *field = fieldOf(e);
            const auto *column =
                field && isTypedNumber(field->kind) ? columnOf<NumberColumn>(e) : nullptr;
            return column ? std::make_unique<NumberField>(*column, m_table.faults(e.field))
                          : nullptr;
        }
        if (e.kind != Expression::Kind::Call) {
            return nullptr;
        }
        const std::string_view name = e.function->name;
        return name == "BLANK" ? std::make_unique<Constant>(std::nullopt)
            : name == "IF"     ? choice(e)
            : name == "+"      ? arithmetic<std::plus<>>(e)
            : name == "-"      ? arithmetic<std::minus<>>(e)
            : name == "*"      ? arithmetic<std::multiplies<>>(e)
            : name == "/"      ? arithmetic<std::divides<>>(e)
            : name == "NEGATE" ? negated(e)
                               : Numbers();
    }

    Flags flags(const Expression &e) const
    {
        if (isNamed(e, "AND") || isNamed(e, "&&") || isNamed(e, "OR") || isNamed(e, "||")) {
            return junction(e, isNamed(e, "AND") || isNamed(e, "&&"));
        }
        if (isNamed(e, "NOT")) {
            Flags part = flags(e.arguments[0]);
            return part ? std::make_unique<Inverse>(std::move(part)) : nullptr;
        }
        if (e.kind == Expression::Kind::Call && e.arguments.size() == 2) {
            if (Flags comparison = compared(e)) {
                return comparison;
            }
        }
        if (e.kind == Expression::Kind::FieldValue) {
            const Field *field = fieldOf(e);
            const auto *bits =
                field && field->kind == FieldKind::Checkbox && !m_table.faults(e.field)
                ? columnOf<BitColumn>(e)
                : nullptr;
            if (bits) {
                return std::make_unique<Checked>(*bits);
            }
        }
        // The truth of a number: it is not zero.
        Numbers number = numbers(e);
        return number ? std::make_unique<Comparison<std::not_equal_to<>>>(
                   std::move(number), std::make_unique<Constant>(0.0))
                      : nullptr;
    }

private:
    const Field *fieldOf(const Expression &e) const
    {
        const Field *field = m_table.definition().field(e.field);
        return field && !field->isTrashed && field->kind != FieldKind::Links ? field : nullptr;
    }

    template <class C> const C *columnOf(const Expression &e) const
    {
        const Column *column = m_table.column(e.field);
        return column ? std::get_if<C>(column) : nullptr;
    }

    template <class Compute> Numbers arithmetic(const Expression &e) const
    {
        Numbers left = numbers(e.arguments[0]);
        Numbers right = left ? numbers(e.arguments[1]) : nullptr;
        return right ? std::make_unique<Arithmetic<Compute>>(std::move(left), std::move(right))
                     : nullptr;
    }

    Numbers negated(const Expression &e) const
    {
        Numbers part = numbers(e.arguments[0]);
        return part ? std::make_unique<Arithmetic<std::minus<>>>(
                   std::make_unique<Constant>(0.0), std::move(part))
                    : nullptr;
    }

    Numbers choice(const Expression &e) const
    {
        Flags condition = flags(e.arguments[0]);
        Numbers value = condition ? numbers(e.arguments[1]) : nullptr;
        Numbers otherwise = !value   ? nullptr
            : e.arguments.size() > 2 ? numbers(e.arguments[2])
                                     : std::make_unique<Constant>(std::nullopt);
        return otherwise
            ? std::make_unique<Choice>(std::move(condition), std::move(value), std::move(otherwise))
            : nullptr;
    }

    Flags junction(const Expression &e, bool isAnd) const
    {
        std::vector<Flags> parts;
        for (const Expression &argument : e.arguments) {
            parts.push_back(flags(argument));
            if (!parts.back()) {
                return nullptr;
            }
        }
        return std::make_unique<Junction>(std::move(parts), isAnd);
    }

    Flags compared(const Expression &e) const
    {
        const std::string_view name = e.function->name;
        return name == "=" ? compared<std::equal_to<>>(e)
            : name == "!=" ? compared<std::not_equal_to<>>(e)
            : name == "<"  ? compared<std::less<>>(e)
            : name == "<=" ? compared<std::less_equal<>>(e)
            : name == ">"  ? compared<std::greater<>>(e)
            : name == ">=" ? compared<std::greater_equal<>>(e)
                           : Flags();
    }

    template <class Compare> Flags compared(const Expression &e) const
    {
        const Expression &left = e.arguments[0];
        const Expression &right = e.arguments[1];
        if (Numbers numbersLeft = numbers(left)) {
            Numbers numbersRight = numbers(right);
            return numbersRight ? std::make_unique<Comparison<Compare>>(
                       std::move(numbersLeft), std::move(numbersRight))
                                : nullptr;
        }
        const bool isFieldFirst = left.kind == Expression::Kind::FieldValue;
        const Expression &field = isFieldFirst ? left : right;
        const Expression &constant = isFieldFirst ? right : left;
        if (field.kind != Expression::Kind::FieldValue || constant.kind != Expression::Kind::Literal
            || isFault(constant.literal) || !fieldOf(field)) {
            return nullptr;
        }
        const auto holds = [&](const FormulaValue &value) {
            FormulaRun run(m_context);
            const int order = compareValues(value, constant.literal, run);
            return Compare()(isFieldFirst ? order : -order, 0);
        };
        if (const auto *codes = columnOf<CodeColumn>(field)) {
            return std::make_unique<CodeFlags>(
                *codes, chosenCodes(*codes, *fieldOf(field), holds), m_table.faults(field.field));
        }
        constexpr bool isEquality =
            std::is_same_v<Compare,
                std::equal_to<>> || std::is_same_v<Compare, std::not_equal_to<>>;
        const auto *text = std::get_if<QString>(&constant.literal);
        const auto *bytes = isEquality && text
                && (fieldOf(field)->kind == FieldKind::SingleLineText
                    || fieldOf(field)->kind == FieldKind::MultilineText)
            ? columnOf<BytesColumn>(field)
            : nullptr;
        return bytes ? std::make_unique<SameText>(*bytes, text->toUtf8(),
                   std::is_same_v<Compare, std::equal_to<>>, m_table.faults(field.field))
                     : nullptr;
    }

    template <class Test>
    std::vector<bool> chosenCodes(const CodeColumn &codes, const Field &field, Test holds) const
    {
        const FieldContext shown{m_people, QLocale::c(), m_context.zone, m_context.nowMs};
        const bool isPerson = valueTypeOf(field.kind) == ValueType::Person;
        std::vector<bool> chosen(size_t(codes.dictionary().size()), holds(FormulaValue()));
        for (size_t code = 1; code < chosen.size(); ++code) {
            const IdBits &id = codes.dictionary()[qsizetype(code)];
            const Value value = isPerson ? Value(UserId(id)) : Value(OptionId(id));
            chosen[code] = holds(fieldType(field.kind).format(value, field, shown));
        }
        return chosen;
    }

    const TableData &m_table;
    const People &m_people;
    const FormulaContext &m_context;
};

} // namespace

Numbers blockNumbers(const Expression &expression, const TableData &table, const People &people,
    const FormulaContext &context)
{
    return Maker(table, people, context).numbers(expression);
}

Flags blockFlags(const Expression &expression, const TableData &table, const People &people,
    const FormulaContext &context)
{
    return Maker(table, people, context).flags(expression);
}

} // namespace casebase
