// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/query/FilterText.h"

#include "shared/field/DateFields.h"
#include "shared/field/SensitiveField.h"
#include "shared/formula/Expression.h"
#include "shared/formula/RelativeDates.h"

#include <algorithm>

namespace casebase {

namespace {

QString quoted(const QString &text)
{
    QString result = text;
    result.replace(u'\\', QLatin1String("\\\\"));
    result.replace(u'"', QLatin1String("\\\""));
    result.replace(u'\n', QLatin1String("\\n"));
    result.replace(u'\r', QLatin1String("\\r"));
    result.replace(u'\t', QLatin1String("\\t"));
    return u'"' + result + u'"';
}

/// A call: NAME(argument, …).
QString call(const char *function, const QStringList &arguments)
{
    return QString::fromLatin1(function) + u'(' + arguments.join(QLatin1String(", ")) + u')';
}

QString notText(const QString &condition)
{
    return call("NOT", {condition});
}

QString exactNumber(double number)
{
    const QString readable = numberText(number);
    return readable.toDouble() == number ? readable : QString::number(number, 'g', 17);
}

/// Writes conditions as formulas. What a formula means for empty cells differs from what a filter
/// does in some comparisons; those say it.
class Writer {
public:
    Writer(const Table &table, const QueryContext &context)
        : m_table(table)
        , m_context(context)
    {
    }

    QString text(const Filter &filter) const
    {
        switch (filter.kind) {
        case Filter::Kind::Test:
            return testText(filter);
        case Filter::Kind::Formula:
            return withNames(filter.formula, m_table, m_context.tables);
        case Filter::Kind::All:
        case Filter::Kind::Any:
            break;
        }
        const bool isAll = filter.kind == Filter::Kind::All;
        QStringList parts;
        for (const Filter &child : filter.children) {
            parts += text(child);
        }
        return parts.isEmpty()  ? call(isAll ? "TRUE" : "FALSE", {})
            : parts.size() == 1 ? parts.first()
                                : call(isAll ? "AND" : "OR", parts);
    }

private:
    QString testText(const Filter &test) const
    {
        const Field *known = m_table.field(test.field);
        const QString name = withNames(u'{' + test.field.text() + u'}', m_table);
        const Field field = known ? *known : Field();
        switch (test.op) {
        case FilterOp::IsEmpty:
            return valueTypeOf(field.kind) == ValueType::Flag ? notText(name)
                                                              : call("IS_BLANK", {name});
        case FilterOp::IsNotEmpty:
            return valueTypeOf(field.kind) == ValueType::Flag ? name : call("IS_NOT_BLANK", {name});
        case FilterOp::IsDuplicate:
            return call("IS_DUPLICATE", {name});
        case FilterOp::BreaksRules:
            return call("BREAKS_RULES", {name});
        default:
            break;
        }
        switch (valueTypeOf(field.kind)) {
        case ValueType::Number:
            return numberText(test, name);
        case ValueType::Flag:
            return flagText(test, name);
        case ValueType::Date:
        case ValueType::Moment:
            return dateText(test, name);
        case ValueType::Option:
        case ValueType::Person:
        case ValueType::Options:
        case ValueType::Persons:
            return choiceText(test, name, field);
        default:
            return textText(test, name, field);
        }
    }

    static QString textText(const Filter &test, const QString &name, const Field &field)
    {
        const auto *text = test.operand.values.isEmpty()
            ? nullptr
            : std::get_if<QString>(&test.operand.values.first());
        const QString wanted = text ? soughtText(*text, field) : QString();
        switch (test.op) {
        case FilterOp::Contains:
            return call("CONTAINS", {name, quoted(wanted)});
        case FilterOp::DoesNotContain:
            return notText(call("CONTAINS", {name, quoted(wanted)}));
        case FilterOp::StartsWith:
            return call("STARTS_WITH", {name, quoted(wanted)});
        case FilterOp::EndsWith:
            return call("ENDS_WITH", {name, quoted(wanted)});
        case FilterOp::Matches:
            return call("REGEX_MATCH", {name, quoted(QStringLiteral("(?i)") + wanted)});
        case FilterOp::IsNot:
            return notText(call("SAME_TEXT", {name, quoted(wanted)}));
        default:
            return call("SAME_TEXT", {name, quoted(wanted)});
        }
    }

    static QString numberText(const Filter &test, const QString &name)
    {
        const auto *number = test.operand.values.isEmpty()
            ? nullptr
            : std::get_if<double>(&test.operand.values.first());
        const double wanted = number ? *number : 0;
        const QString filled = call("IS_NOT_BLANK", {name});
        // In a formula an empty cell counts as 0. `isMet`: 0 would meet the comparison.
        const auto compared = [&](const char *sign, bool isMet) {
            const QString text = name + QLatin1String(sign) + exactNumber(wanted);
            return isMet ? call("AND", {text, filled}) : text;
        };
        switch (test.op) {
        case FilterOp::Greater:
            return compared(" > ", wanted < 0);
        case FilterOp::GreaterOrEqual:
            return compared(" >= ", wanted <= 0);
        case FilterOp::Less:
            return compared(" < ", wanted > 0);
        case FilterOp::LessOrEqual:
            return compared(" <= ", wanted >= 0);
        case FilterOp::IsNot:
        case FilterOp::NotEqual:
            return wanted == 0 ? call("OR", {compared(" != ", false), call("IS_BLANK", {name})})
                               : compared(" != ", false);
        default:
            return compared(" = ", wanted == 0);
        }
    }

    static QString flagText(const Filter &test, const QString &name)
    {
        const bool wanted = !test.operand.values.isEmpty() && !isEmpty(test.operand.values.first());
        return (test.op == FilterOp::Is) == wanted ? name : notText(name);
    }

    QString when(const Value &value) const
    {
        const auto *moment = std::get_if<Moment>(&value);
        const auto *date = std::get_if<Date>(&value);
        const QDate day = moment ? toQDateTime(*moment, m_context.fields.zone).date()
            : date               ? toQDate(*date)
                                 : QDate();
        return quoted(day.toString(Qt::ISODate));
    }

    QString dateText(const Filter &test, const QString &name) const
    {
        QStringList arguments{name};
        const QList<Value> &values = test.operand.values;
        if (test.operand.relative) {
            arguments += quoted(relativeDateText(*test.operand.relative));
        } else if (!values.isEmpty()) {
            arguments += when(values.first());
        }
        const bool isPeriod = !test.operand.relative && values.size() > 1;
        switch (test.op) {
        case FilterOp::Before:
            return call("BEFORE", arguments);
        case FilterOp::OnOrAfter:
            return call("ON_OR_AFTER", arguments);
        case FilterOp::SameMonthDay:
            return call("SAME_MONTH_DAY", arguments);
        case FilterOp::After:
        case FilterOp::OnOrBefore:
            if (isPeriod) {
                arguments[1] = when(values.last());
            }
            return call(test.op == FilterOp::After ? "AFTER" : "ON_OR_BEFORE", arguments);
        default:
            if (isPeriod) {
                arguments += when(values.last());
            }
            return test.op == FilterOp::IsNot ? notText(call("WITHIN", arguments))
                                              : call("WITHIN", arguments);
        }
    }

    /// Options and persons by their names, by their ids where those do not tell.
    QString choice(const Value &value, const Field &field) const
    {
        if (const auto *id = std::get_if<OptionId>(&value)) {
            const Option *option = field.option(*id);
            return quoted(option ? option->name : id->text());
        }
        const auto *id = std::get_if<UserId>(&value);
        const Person *person = id ? m_context.fields.people.person(*id) : nullptr;
        const QList<Person> all = m_context.fields.people.all();
        const bool isClear =
            person && std::count_if(all.cbegin(), all.cend(), [person](const Person &each) {
                return each.name == person->name;
            }) == 1;
        return quoted(isClear ? person->name : id ? id->text() : QString());
    }

    QString choiceText(const Filter &test, const QString &name, const Field &field) const
    {
        QStringList items;
        if (test.operand.me) {
            items += call("ME", {});
        }
        for (const Value &value : test.operand.values) {
            const auto *options = std::get_if<Options>(&value);
            const auto *persons = std::get_if<Persons>(&value);
            for (const OptionId id : options ? *options : Options()) {
                items += choice(id, field);
            }
            for (const UserId id : persons ? *persons : Persons()) {
                items += choice(id, field);
            }
            if (!options && !persons) {
                items += choice(value, field);
            }
        }
        const bool isMany = valueTypeOf(field.kind) == ValueType::Options
            || valueTypeOf(field.kind) == ValueType::Persons;
        if (items.isEmpty()) {
            // None of nothing is true for all, any of nothing for none.
            const bool isTrue = test.op == FilterOp::IsNot || test.op == FilterOp::IsNoneOf
                || test.op == FilterOp::HasNoneOf || test.op == FilterOp::HasAllOf;
            return isMany && (test.op == FilterOp::Is || test.op == FilterOp::IsExactly)
                ? call("IS_BLANK", {name})
                : call(isTrue ? "TRUE" : "FALSE", {});
        }
        const QStringList arguments = QStringList{name} + items;
        switch (test.op) {
        case FilterOp::Is:
        case FilterOp::IsNot:
            if (!isMany && items.size() == 1) {
                return name + QLatin1String(test.op == FilterOp::Is ? " = " : " != ")
                    + items.first();
            }
            return isMany                 ? call("HAS_EXACTLY", arguments)
                : test.op == FilterOp::Is ? call("HAS_ANY", arguments)
                                          : call("HAS_NONE", arguments);
        case FilterOp::HasAllOf:
            return call("HAS_ALL", arguments);
        case FilterOp::IsNoneOf:
        case FilterOp::HasNoneOf:
            return call("HAS_NONE", arguments);
        case FilterOp::IsExactly:
            return call("HAS_EXACTLY", arguments);
        default:
            return call("HAS_ANY", arguments);
        }
    }

    const Table &m_table;
    const QueryContext &m_context;
};

/// The same formula, wherever it stands in its text.
bool isSame(const Expression &a, const Expression &b)
{
    return a.kind == b.kind && a.literal == b.literal && a.field == b.field && a.place == b.place
        && a.name == b.name && a.function == b.function
        && std::equal(a.arguments.cbegin(), a.arguments.cend(), b.arguments.cbegin(),
            b.arguments.cend(), isSame);
}

bool isCallOf(const Expression &expression, std::initializer_list<std::string_view> names)
{
    return expression.kind == Expression::Kind::Call
        && std::find(names.begin(), names.end(), expression.function->name) != names.end();
}

/// Reads a formula as conditions. A condition is found by writing those that its constants allow
/// and comparing: what the writer can write, the reader can read.
class Reader {
public:
    Reader(const QString &text, const Table &table, const QueryContext &context)
        : m_text(text)
        , m_table(table)
        , m_context(context)
    {
    }

    Result<Filter> filter(const Expression &expression) const
    {
        if (const auto test = testOf(expression)) {
            return *test;
        }
        const bool isAll = isCallOf(expression, {"AND", "&&", "TRUE"});
        if (isAll || isCallOf(expression, {"OR", "||", "FALSE"})) {
            Filter group;
            group.kind = isAll ? Filter::Kind::All : Filter::Kind::Any;
            for (const Expression &part : expression.arguments) {
                TRY_SET(const Filter child, filter(part));
                // a && b && c is one group of three.
                const bool isChained =
                    isCallOf(expression, {"&&", "||"}) && part.function == expression.function;
                group.children += isChained ? child.children : QList<Filter>{child};
            }
            return group;
        }
        Filter formula;
        formula.kind = Filter::Kind::Formula;
        TRY_SET(formula.formula,
            withIds(
                m_text.mid(expression.at, expression.length).trimmed(), m_table, m_context.tables));
        return formula;
    }

private:
    /// What stands in a condition besides its functions.
    struct Parts {
        FieldId field;
        QList<FormulaValue> constants;
        bool me = false;
    };

    static void collect(const Expression &expression, Parts &parts)
    {
        if (expression.kind == Expression::Kind::FieldValue && expression.place == 0) {
            parts.field = expression.field;
        } else if (expression.kind == Expression::Kind::Literal) {
            parts.constants += expression.literal;
        }
        parts.me = parts.me || isCallOf(expression, {"ME"});
        const auto *inner = expression.arguments.isEmpty()
            ? nullptr
            : std::get_if<double>(&expression.arguments.first().literal);
        if (inner && isCallOf(expression, {"NEGATE"})) {
            parts.constants += FormulaValue(-*inner);
            return;
        }
        for (const Expression &part : expression.arguments) {
            collect(part, parts);
        }
    }

    std::optional<Operand> operandOf(const Parts &parts, const Field &field) const
    {
        Operand operand;
        operand.me = parts.me;
        for (const FormulaValue &constant : parts.constants) {
            if (const auto *number = std::get_if<double>(&constant)) {
                operand.values += Value(*number);
                continue;
            }
            const auto *text = std::get_if<QString>(&constant);
            if (!text) {
                return std::nullopt;
            }
            switch (valueTypeOf(field.kind)) {
            case ValueType::Date:
            case ValueType::Moment: {
                operand.relative = relativeDateNamed(*text);
                const QDate day = QDate::fromString(*text, Qt::ISODate);
                if (day.isValid()) {
                    operand.values += Value(fromQDate(day));
                }
                break;
            }
            case ValueType::Option:
            case ValueType::Options: {
                const Option *option = field.optionNamed(*text);
                const auto id = OptionId::fromText(*text);
                if (!option && !id) {
                    return std::nullopt;
                }
                operand.values += Value(option ? option->id : *id);
                break;
            }
            case ValueType::Person:
            case ValueType::Persons: {
                const auto person = personNamed(*text);
                if (!person) {
                    return std::nullopt;
                }
                operand.values += Value(*person);
                break;
            }
            default:
                operand.values +=
                    Value(text->startsWith(QLatin1String("(?i)")) && field.kind != FieldKind::Number
                            ? text->mid(4)
                            : *text);
            }
        }
        return operand;
    }

    std::optional<UserId> personNamed(const QString &name) const
    {
        for (const Person &person : m_context.fields.people.all()) {
            if (person.name == name) {
                return person.id;
            }
        }
        return UserId::fromText(name);
    }

    std::optional<Filter> testOf(const Expression &expression) const
    {
        Parts parts;
        collect(expression, parts);
        const Field *field = m_table.field(parts.field);
        const auto operand = field && !field->isTrashed ? operandOf(parts, *field) : std::nullopt;
        if (!operand) {
            return std::nullopt;
        }
        QList<FilterOp> operators = operatorsFor(field->kind);
        if (operand->values.size() + (operand->me ? 1 : 0) > 1) {
            operators.removeOne(FilterOp::Is); // several are written as any of them
            operators.removeOne(FilterOp::IsNot);
        }
        for (const FilterOp op : operators) {
            Filter test;
            test.kind = Filter::Kind::Test;
            test.field = field->id;
            test.op = op;
            test.operand = *operand;
            if (op == FilterOp::IsEmpty || op == FilterOp::IsNotEmpty || op == FilterOp::IsDuplicate
                || op == FilterOp::BreaksRules) {
                test.operand = {};
            }
            const auto written =
                parseExpression(Writer(m_table, m_context).text(test), m_table, m_context.tables);
            if (written && isSame(written.value(), expression)) {
                return test;
            }
        }
        return std::nullopt;
    }

    const QString &m_text;
    const Table &m_table;
    const QueryContext &m_context;
};

} // namespace

QString filterText(const Filter &filter, const Table &table, const QueryContext &context)
{
    return filter.isTrivial() ? QString() : Writer(table, context).text(filter);
}

Result<Filter> filterFromText(const QString &text, const Table &table, const QueryContext &context)
{
    if (text.trimmed().isEmpty()) {
        return Filter();
    }
    TRY_SET(const Expression expression, parseExpression(text, table, context.tables));
    TRY_SET(const Filter filter, Reader(text, table, context).filter(expression));
    if (filter.kind == Filter::Kind::All || filter.kind == Filter::Kind::Any) {
        return filter;
    }
    Filter whole;
    whole.children = {filter};
    return whole;
}

} // namespace casebase
