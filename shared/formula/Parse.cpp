// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/formula/Expression.h"
#include "shared/formula/Function.h"
#include "shared/support/Text.h"

namespace casebase {

namespace {

constexpr int DepthLimit = 64;
constexpr qsizetype LengthLimit = 64 * 1024;
constexpr int OperatorLimit = 500; ///< Each makes the tree deeper, and reading it needs stack.

/// A recursive-descent parser: comparison, then &, then + -, then * /, then unary minus.
class Parser {
public:
    Parser(const QString &text, const Table &table)
        : m_text(text)
        , m_table(table)
    {
    }

    Result<Expression> parse()
    {
        if (m_text.size() > LengthLimit) {
            return error(QStringLiteral("the formula is longer than 65,536 characters"));
        }
        TRY_SET(Expression whole, comparison());
        skipSpace();
        return m_at < m_text.size() ? error(QStringLiteral("something is left over here"))
                                    : Result<Expression>(whole);
    }

private:
    Error error(const QString &why, qsizetype at = -1) const
    {
        return {ErrorCode::FormulaInvalid, {QString::number((at < 0 ? m_at : at) + 1), why}, {}};
    }

    void skipSpace()
    {
        while (m_at < m_text.size() && m_text[m_at].isSpace()) {
            ++m_at;
        }
    }

    /// Full-width punctuation counts as its plain form.
    QChar peek(qsizetype ahead = 0) const
    {
        if (m_at + ahead >= m_text.size()) {
            return {};
        }
        const QChar c = m_text[m_at + ahead];
        return c.unicode() >= 0xFF01 && c.unicode() <= 0xFF5E
            ? QChar(char16_t(c.unicode() - 0xFEE0))
            : c;
    }

    /// The first of the operators that stands here, taken; longer ones come first in the list.
    QString takeOperator(std::initializer_list<const char *> operators)
    {
        skipSpace();
        for (const char *each : operators) {
            const QLatin1String name(each);
            bool matches = true;
            for (qsizetype i = 0; i < name.size(); ++i) {
                matches = matches && peek(i) == name[i];
            }
            if (matches) {
                m_at += name.size();
                return name;
            }
        }
        return {};
    }

    Result<Expression> binary(const QString &name, const Expression &left, const Expression &right)
    {
        if (++m_operators > OperatorLimit) {
            return error(QStringLiteral("it has more than 500 operators"));
        }
        return call(name, {left, right});
    }

    static Expression call(const QString &name, QList<Expression> arguments)
    {
        return {Expression::Kind::Call, {}, {}, functionNamed(name), std::move(arguments)};
    }

    Result<Expression> comparison()
    {
        if (++m_depth > DepthLimit) {
            return error(QStringLiteral("it is nested deeper than 64 levels"));
        }
        TRY_SET(Expression left, concatenation());
        while (true) {
            QString name = takeOperator({"!=", "<>", "<=", ">=", "==", "=", "<", ">"});
            if (name.isEmpty()) {
                --m_depth;
                return left;
            }
            name = name == QLatin1String("<>") ? QStringLiteral("!=")
                : name == QLatin1String("==")  ? QStringLiteral("=")
                                               : name;
            TRY_SET(Expression right, concatenation());
            TRY_SET(left, binary(name, left, right));
        }
    }

    Result<Expression> concatenation()
    {
        TRY_SET(Expression left, sum());
        while (!takeOperator({"&"}).isEmpty()) {
            TRY_SET(Expression right, sum());
            TRY_SET(left, binary(QStringLiteral("&"), left, right));
        }
        return left;
    }

    Result<Expression> sum()
    {
        TRY_SET(Expression left, product());
        for (QString name = takeOperator({"+", "-"}); !name.isEmpty();
             name = takeOperator({"+", "-"})) {
            TRY_SET(Expression right, product());
            TRY_SET(left, binary(name, left, right));
        }
        return left;
    }

    Result<Expression> product()
    {
        TRY_SET(Expression left, unary());
        for (QString name = takeOperator({"*", "/"}); !name.isEmpty();
             name = takeOperator({"*", "/"})) {
            TRY_SET(Expression right, unary());
            TRY_SET(left, binary(name, left, right));
        }
        return left;
    }

    Result<Expression> unary()
    {
        int minuses = 0;
        while (!takeOperator({"-"}).isEmpty()) {
            ++minuses;
        }
        TRY_SET(Expression operand, primary());
        return minuses % 2 ? call(QStringLiteral("NEGATE"), {operand}) : operand;
    }

    Result<Expression> primary()
    {
        skipSpace();
        const QChar c = peek();
        if (c.isNull()) {
            return error(QStringLiteral("it ends too early; a value is missing"));
        }
        if (c == u'(') {
            ++m_at;
            TRY_SET(Expression inner, comparison());
            return takeOperator({")"}).isEmpty() ? error(QStringLiteral("“)” is missing"))
                                                 : Result<Expression>(inner);
        }
        if (c == u'{') {
            return braced();
        }
        if (c == u'"' || c == u'\'' || c == u'“' || c == u'‘') {
            return quoted();
        }
        if (c.isDigit() || c == u'.') {
            return number();
        }
        return c.isLetter() || c == u'_' ? named()
                                         : error(QStringLiteral("“%1” is not expected").arg(c));
    }

    Result<Expression> braced()
    {
        const qsizetype start = m_at++;
        QString name;
        for (; m_at < m_text.size() && m_text[m_at] != u'}' && m_text[m_at] != u'｝'; ++m_at) {
            if (m_text[m_at] == u'\\' && m_at + 1 < m_text.size()) {
                ++m_at;
            }
            name += m_text[m_at];
        }
        if (m_at >= m_text.size()) {
            return error(QStringLiteral("“}” is missing"));
        }
        ++m_at;
        return field(name, start);
    }

    Result<Expression> field(const QString &name, qsizetype start) const
    {
        const Field *found = m_table.fieldNamed(name.trimmed());
        if (!found) {
            return error(QStringLiteral("there is no field “%1”").arg(name), start);
        }
        return Expression{Expression::Kind::FieldValue, {}, found->id, nullptr, {}};
    }

    Result<Expression> quoted()
    {
        const QChar open = m_text[m_at];
        const QChar close = open == u'“' ? QChar(u'”') : open == u'‘' ? QChar(u'’') : open;
        QString text;
        for (++m_at; m_at < m_text.size() && m_text[m_at] != close; ++m_at) {
            if (m_text[m_at] == u'\\' && m_at + 1 < m_text.size()) {
                const QChar next = m_text[++m_at];
                text += next == u'n' ? QChar(u'\n') : next == u't' ? QChar(u'\t') : next;
            } else {
                text += m_text[m_at];
            }
        }
        if (m_at >= m_text.size()) {
            return error(QStringLiteral("the closing quote is missing"));
        }
        ++m_at;
        return Expression{Expression::Kind::Literal, text, {}, nullptr, {}};
    }

    Result<Expression> number()
    {
        const qsizetype start = m_at;
        while (peek().isDigit() || peek() == u'.') {
            ++m_at;
        }
        bool ok = false;
        const double value =
            QLocale::c().toDouble(plainWidth(m_text.mid(start, m_at - start)), &ok);
        return ok
            ? Result<Expression>(Expression{Expression::Kind::Literal, value, {}, nullptr, {}})
            : error(QStringLiteral("this is not a number"), start);
    }

    Result<Expression> named()
    {
        const qsizetype start = m_at;
        while (peek().isLetterOrNumber() || peek() == u'_') {
            ++m_at;
        }
        const QString name = m_text.mid(start, m_at - start);
        if (takeOperator({"("}).isEmpty()) {
            return field(name, start);
        }
        const Function *function = functionNamed(name);
        if (!function) {
            return error(QStringLiteral("there is no function “%1”").arg(name), start);
        }
        TRY_SET(const QList<Expression> list, arguments());
        if (list.size() < function->least
            || (function->most >= 0 && list.size() > function->most)) {
            return error(
                QStringLiteral("%1 does not take %2 values").arg(name).arg(list.size()), start);
        }
        return Expression{Expression::Kind::Call, {}, {}, function, list};
    }

    Result<QList<Expression>> arguments()
    {
        QList<Expression> list;
        if (!takeOperator({")"}).isEmpty()) {
            return list;
        }
        while (true) {
            TRY_SET(const Expression argument, comparison());
            list += argument;
            if (!takeOperator({")"}).isEmpty()) {
                return list;
            }
            if (takeOperator({",", ";"}).isEmpty()) {
                return error(QStringLiteral("“,” or “)” is missing"));
            }
        }
    }

    const QString &m_text;
    const Table &m_table;
    qsizetype m_at = 0;
    int m_depth = 0;
    int m_operators = 0;
};

} // namespace

Result<Expression> parseExpression(const QString &text, const Table &table)
{
    return Parser(text, table).parse();
}

} // namespace casebase
