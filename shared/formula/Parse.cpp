// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/formula/CellValue.h"
#include "shared/formula/Expression.h"
#include "shared/formula/Lexer.h"

#include <cmath>

namespace casebase {

namespace {

constexpr int DepthLimit = 64;
constexpr int OperatorLimit = 500; ///< Each makes the tree deeper, and reading it needs stack.

/// A recursive-descent parser, from what binds least: ||, &&, comparison, &, + -, * / %, unary -
/// and
/// !, ^.
class Parser : Lexer {
public:
    Parser(const QString &text, const Table &table, const Tables *tables, const Table *linked)
        : Lexer(text)
        , m_tables(tables)
    {
        m_places += &table;
        if (linked) {
            m_places += linked;
        }
    }

    Result<ParsedFormula> parse()
    {
        if (m_text.size() > FormulaLimit) {
            return error("the formula is longer than 65,536 characters");
        }
        TRY_SET(Expression whole, expression());
        skipSpace();
        if (m_at < m_text.size()) {
            return error("something is left over here");
        }
        return ParsedFormula{std::move(whole), std::move(m_references)};
    }

private:
    using Parsed = Result<Expression>;
    using Level = Parsed (Parser::*)();

    static Expression call(const Function *function, QList<Expression> arguments)
    {
        Expression made;
        made.kind = Expression::Kind::Call;
        made.type = resultType(*function, arguments);
        made.function = function;
        made.arguments = std::move(arguments);
        return made;
    }

    static Expression literal(FormulaValue value, FormulaType type)
    {
        Expression made;
        made.type = type;
        made.literal = std::move(value);
        return made;
    }

    /// Notes where the part stands.
    Parsed spanned(Level level)
    {
        skipSpace();
        const qsizetype start = m_at;
        TRY_SET(Expression part, (this->*level)());
        part.at = start;
        part.length = m_at - start;
        return part;
    }

    /// Left to right: operands of one level, between them its operators.
    Parsed chain(Level operand, std::initializer_list<const char *> operators)
    {
        TRY_SET(Expression left, spanned(operand));
        while (true) {
            const QString name = takeOperator(operators);
            if (name.isEmpty()) {
                return left;
            }
            if (++m_operators > OperatorLimit) {
                return error("it has more than 500 operators");
            }
            TRY_SET(Expression right, spanned(operand));
            left = call(functionNamed(name), {std::move(left), std::move(right)});
        }
    }

    Parsed expression()
    {
        if (++m_depth > DepthLimit) {
            return error("it is nested deeper than 64 levels");
        }
        TRY_SET(Expression whole, spanned(&Parser::disjunction));
        --m_depth;
        return whole;
    }
    Parsed disjunction() { return chain(&Parser::conjunction, {"||"}); }
    Parsed conjunction() { return chain(&Parser::comparison, {"&&"}); }
    Parsed comparison()
    {
        return chain(&Parser::concatenation, {"!=", "<>", "<=", ">=", "==", "=", "<", ">"});
    }
    Parsed concatenation()
    {
        // One & joins texts; two are a conjunction, which binds less.
        TRY_SET(Expression left, sum());
        while (true) {
            skipSpace();
            if (!isNext(QLatin1String("&")) || isNext(QLatin1String("&&"))) {
                return left;
            }
            ++m_at;
            if (++m_operators > OperatorLimit) {
                return error("it has more than 500 operators");
            }
            TRY_SET(Expression right, sum());
            left = call(functionNamed(QStringLiteral("&")), {std::move(left), std::move(right)});
        }
    }
    Parsed sum() { return chain(&Parser::product, {"+", "-"}); }
    Parsed product() { return chain(&Parser::unary, {"*", "/", "%"}); }

    Parsed unary()
    {
        int minuses = 0;
        int nots = 0;
        while (true) {
            skipSpace();
            if (isNext(QLatin1String("!")) && !isNext(QLatin1String("!="))) {
                ++nots;
            } else if (isNext(QLatin1String("-"))) {
                ++minuses;
            } else if (!isNext(QLatin1String("+"))) {
                break;
            }
            ++m_at;
        }
        TRY_SET(Expression operand, power());
        if (minuses % 2 != 0) {
            operand = call(functionNamed(QStringLiteral("NEGATE")), {std::move(operand)});
        }
        for (int i = nots > 0 ? 2 - nots % 2 : 0; i > 0; --i) {
            operand = call(functionNamed(QStringLiteral("NOT")), {std::move(operand)});
        }
        return operand;
    }

    /// Binds from the right; an exponent may have a sign.
    Parsed power()
    {
        TRY_SET(Expression base, primary());
        if (takeOperator({"^"}).isEmpty()) {
            return base;
        }
        if (++m_operators > OperatorLimit || ++m_depth > DepthLimit) {
            return error("it is nested deeper than 64 levels");
        }
        TRY_SET(Expression exponent, unary());
        --m_depth;
        return call(functionNamed(QStringLiteral("^")), {std::move(base), std::move(exponent)});
    }

    Parsed primary()
    {
        skipSpace();
        const QChar c = peek();
        if (c.isNull()) {
            return error("it ends too early; a value is missing");
        }
        if (c == u'(') {
            ++m_at;
            TRY_SET(Expression inner, expression());
            return takeOperator({")"}).isEmpty() ? error("“)” is missing")
                                                 : Parsed(std::move(inner));
        }
        if (c == u'{') {
            return braced();
        }
        if (c == u'"' || c == u'\'' || c == u'“' || c == u'‘' || c == u'”' || c == u'’') {
            TRY_SET(QString text, takeQuoted());
            return literal(std::move(text), FormulaType::Text);
        }
        if (c.isDigit() || c == u'.') {
            TRY_SET(const double value, takeNumber());
            return literal(value, FormulaType::Number);
        }
        return c.isLetter() || c == u'_' ? named()
                                         : error("“%1” is not expected", m_at, {QString(c)});
    }

    Parsed braced(bool isInnermost = false)
    {
        const qsizetype start = m_at;
        TRY_SET(const QString name, takeBraced());
        return field(name, start, isInnermost);
    }

    /// Of the record itself or, where a link has been entered, of the linked one first.
    Parsed field(const QString &name, qsizetype start, bool isInnermost = false)
    {
        const auto id = FieldId::fromText(name);
        int place = int(m_places.size()) - 1;
        const Field *found = nullptr;
        const int outermost = isInnermost ? place : 0;
        for (; place >= outermost; --place) {
            // What was named by its id stays named, though the field be in the trash or gone.
            found = m_places[place]->fieldNamed(name);
            found = !found && id ? m_places[place]->field(*id) : found;
            if (found) {
                break;
            }
        }
        if (!found && isTable(name, *m_places.last())) {
            m_references += tableReference(*m_places.last(), start);
            return ofTable();
        }
        if (!found) {
            if (!id) {
                return error("there is no field “%1”", start, {name});
            }
            m_references += FieldReference{start, m_at - start, *id, {}};
            return literal(Fault::MissingField, FormulaType::Any);
        }
        const bool isHidden = std::any_of(m_places.cbegin() + place + 1, m_places.cend(),
            [found](const Table *inner) { return inner->fieldNamed(found->name) != nullptr; });
        m_references +=
            FieldReference{start, m_at - start, found->id, isHidden ? QString() : found->name};
        Expression made;
        made.kind = Expression::Kind::FieldValue;
        made.type = found->isTrashed ? FormulaType::Any : formulaTypeOf(*found);
        made.field = found->id;
        made.place = place;
        made.isSingleLink = found->kind == FieldKind::Links && found->link.isSingle;
        return followed(std::move(made), *found);
    }

    /// {Link}.{Field} is LOOKUP({Link},{Field}).
    Parsed followed(Expression link, const Field &field)
    {
        const qsizetype end = m_at;
        skipSpace();
        if (peek() != u'.' && peek() != u'．') {
            m_at = end;
            return link;
        }
        ++m_at;
        skipSpace();
        if (peek() != u'{') {
            return error("“%1” is not expected", end, {QStringLiteral(".")});
        }
        TRY_SET(const TableId table, entered(field, end));
        if (++m_depth > DepthLimit) {
            return error("it is nested deeper than 64 levels");
        }
        TRY_SET(Expression value, braced(true));
        --m_depth;
        m_places.removeLast();
        return linkedCall(
            functionNamed(QStringLiteral("LOOKUP")), {std::move(link), std::move(value)}, table);
    }

    /// Goes to where the link leads; m_places.removeLast() comes back.
    Result<TableId> entered(const Field &field, qsizetype at)
    {
        const TableData *table = m_tables && field.kind == FieldKind::Links && !field.isTrashed
            ? m_tables->table(field.link.table)
            : nullptr;
        if (!table) {
            return error("“%1” is no link field", at, {field.name});
        }
        m_places += &table->definition();
        return field.link.table;
    }

    static Expression linkedCall(
        const Function *function, QList<Expression> arguments, TableId table)
    {
        Expression made = call(function, std::move(arguments));
        made.linked = table;
        return made;
    }

    FieldReference tableReference(const Table &table, qsizetype start) const
    {
        return {start, m_at - start, {}, table.name, table.id};
    }

    static bool isTable(const QString &nameOrId, const Table &table)
    {
        return nameOrId == table.id.text()
            || nameOrId.compare(table.name, Qt::CaseInsensitive) == 0;
    }

    /// .{Field}, behind the name of the innermost table.
    Parsed ofTable()
    {
        const qsizetype end = m_at;
        if (takeOperator({"."}).isEmpty() || (skipSpace(), peek() != u'{')) {
            return error("“.{Field}” is missing behind the name of the table", end);
        }
        if (++m_depth > DepthLimit) {
            return error("it is nested deeper than 64 levels");
        }
        TRY_SET(Expression value, braced(true));
        --m_depth;
        return value;
    }

    /// The table whose name stands here, as in {Table}.{Field}; null, and nothing taken, if none.
    const TableData *takeTable()
    {
        const qsizetype start = m_at;
        skipSpace();
        const qsizetype open = m_at;
        const auto braced = peek() == u'{' ? takeBraced() : Result<QString>(QString());
        const QString name = braced ? braced.value() : QString();
        const auto id = TableId::fromText(name);
        const TableData *table = !m_tables || name.isEmpty() ? nullptr
            : id                                             ? m_tables->table(*id)
                                                             : m_tables->tableNamed(name);
        if (table) {
            m_references += tableReference(table->definition(), open);
        } else {
            m_at = start;
        }
        return table;
    }

    /// LOOKUP takes a key, too, before the name of a table.
    bool isKeyNext(const Function &function)
    {
        const qsizetype start = m_at;
        const qsizetype references = m_references.size();
        const bool isKey = std::string_view(function.name) == "LOOKUP"
            && !takeOperator({",", ";"}).isEmpty() && takeTable();
        m_at = start;
        m_references.resize(references);
        return isKey;
    }

    /// XLOOKUP(key, {Table}.{Field}, value, [otherwise]), behind the key.
    Parsed keyArguments(Expression key, const QString &name, qsizetype start)
    {
        const TableData *table = takeOperator({",", ";"}).isEmpty() ? nullptr : takeTable();
        if (!table) {
            return error("a table and its field have to follow the key, as in {Table}.{Field}");
        }
        if (m_places.size() > 1) {
            return error(
                "a key cannot be looked up from a linked record; make a field of it there", start);
        }
        QList<Expression> list{std::move(key)};
        m_places += &table->definition();
        TRY_SET(Expression field, ofTable());
        const bool isField = field.kind == Expression::Kind::FieldValue && field.place == 1;
        if (!isField && field.kind != Expression::Kind::Literal) {
            return error("a table and its field have to follow the key, as in {Table}.{Field}");
        }
        list += std::move(field);
        while (takeOperator({")"}).isEmpty()) {
            if (takeOperator({",", ";"}).isEmpty()) {
                return error("“,” or “)” is missing");
            }
            if (list.size() == 3) {
                m_places.removeLast();
            }
            TRY_SET(Expression argument, expression());
            list += std::move(argument);
        }
        m_places.resize(1);
        const Function *function = functionNamed(QStringLiteral("XLOOKUP"));
        TRY(checkCount(*function, name, start, list.size()));
        return linkedCall(function, std::move(list), table->definition().id);
    }

    /// LOOKUP(link, …) and its like: all but the first argument stand in the linked records.
    Parsed linkArguments(const Function *function, const QString &name)
    {
        const qsizetype start = m_at;
        QList<Expression> list;
        TRY_SET(Expression link, expression());
        const Field *field = link.kind == Expression::Kind::FieldValue
            ? m_places[link.place]->field(link.field)
            : nullptr;
        const bool isLink = field && field->kind == FieldKind::Links;
        if (function->enters == Enters::Key || (!isLink && isKeyNext(*function))) {
            return keyArguments(std::move(link), name, start);
        }
        if (!field) {
            return error("“%1” is no link field", start, {m_text.mid(start, m_at - start)});
        }
        TRY_SET(const TableId table, entered(*field, start));
        list += std::move(link);
        while (takeOperator({")"}).isEmpty()) {
            if (takeOperator({",", ";"}).isEmpty()) {
                return error("“,” or “)” is missing");
            }
            TRY_SET(Expression argument, expression());
            list += std::move(argument);
        }
        m_places.removeLast();
        TRY(checkCount(*function, name, start, list.size()));
        return linkedCall(function, std::move(list), table);
    }

    Done checkCount(
        const Function &function, const QString &name, qsizetype start, qsizetype count) const
    {
        if (count < function.least || (function.most >= 0 && count > function.most)) {
            return error("%1 does not take %2 values", start, {name, QString::number(count)});
        }
        return Ok;
    }

    Parsed named()
    {
        const qsizetype start = m_at;
        const QString name = takeName();
        const qsizetype end = m_at;
        if (takeOperator({"("}).isEmpty()) {
            m_at = end;
            return constantOrField(name, start);
        }
        const Function *function = functionNamed(name);
        if (!function) {
            return error("there is no function “%1”", start, {name});
        }
        if (function->enters != Enters::Nothing) {
            return linkArguments(function, name);
        }
        const bool isLet = std::string_view(function->name) == "LET";
        TRY_SET(QList<Expression> list, isLet ? letArguments() : arguments());
        TRY(checkCount(*function, name, start, list.size()));
        return call(function, std::move(list));
    }

    Parsed constantOrField(const QString &name, qsizetype start)
    {
        const qsizetype local = m_names.lastIndexOf(name.toLower());
        if (local >= 0) {
            Expression made;
            made.kind = Expression::Kind::Name;
            made.type = m_nameTypes[local];
            made.name = int(local);
            return made;
        }
        const bool isField = std::any_of(m_places.cbegin(), m_places.cend(),
            [&name](const Table *table) { return table->fieldNamed(name) != nullptr; });
        if (!isField) {
            const QString lower = name.toLower();
            if (lower == QLatin1String("true") || lower == QLatin1String("false")) {
                return literal(lower == QLatin1String("true"), FormulaType::Flag);
            }
            if (lower == QLatin1String("pi")) {
                return literal(std::acos(-1.0), FormulaType::Number);
            }
            if (lower == QLatin1String("e")) {
                return literal(std::exp(1.0), FormulaType::Number);
            }
        }
        return field(name, start);
    }

    Result<QList<Expression>> arguments()
    {
        QList<Expression> list;
        if (!takeOperator({")"}).isEmpty()) {
            return list;
        }
        while (true) {
            TRY_SET(Expression argument, expression());
            list += std::move(argument);
            if (!takeOperator({")"}).isEmpty()) {
                return list;
            }
            if (takeOperator({",", ";"}).isEmpty()) {
                return error("“,” or “)” is missing");
            }
        }
    }

    /// LET(name, value, …, result): names hold from the next value on, to the end of the result.
    Result<QList<Expression>> letArguments()
    {
        const qsizetype outer = m_names.size();
        QList<Expression> list;
        while (true) {
            skipSpace();
            const qsizetype start = m_at;
            const QString name = takeName();
            const bool isName =
                !name.isEmpty() && !name[0].isDigit() && !takeOperator({",", ";"}).isEmpty();
            if (!isName) {
                m_at = start;
                break;
            }
            TRY_SET(Expression value, expression());
            if (takeOperator({",", ";"}).isEmpty()) {
                return error("LET ends without a result");
            }
            m_names += name.toLower();
            m_nameTypes += value.type;
            list += std::move(value);
        }
        TRY_SET(Expression result, expression());
        if (takeOperator({")"}).isEmpty()) {
            return error("“)” is missing");
        }
        list += std::move(result);
        m_names.resize(outer);
        m_nameTypes.resize(outer);
        return list;
    }

    const Tables *m_tables;
    QList<const Table *> m_places; ///< The table itself and those that links have led to.
    QList<FieldReference> m_references;
    QStringList m_names; ///< What LET has named around here, the innermost last.
    QList<FormulaType> m_nameTypes;
    int m_depth = 0;
    int m_operators = 0;
};

} // namespace

Result<ParsedFormula> parseFormula(
    const QString &text, const Table &table, const Tables *tables, const Table *linked)
{
    return Parser(text, table, tables, linked).parse();
}

Result<Expression> parseExpression(
    const QString &text, const Table &table, const Tables *tables, const Table *linked)
{
    TRY_SET(ParsedFormula parsed, parseFormula(text, table, tables, linked));
    return std::move(parsed.expression);
}

} // namespace casebase
