// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/formula/Lexer.h"

#include "shared/support/Text.h"

#include <QLocale>

#include <cmath>

namespace casebase {

Error Lexer::error(const char *why, qsizetype at, const QStringList &words) const
{
    return {ErrorCode::FormulaInvalid,
        QStringList{QString::number((at < 0 ? m_at : at) + 1), QString::fromUtf8(why)} + words, {}};
}

void Lexer::skipSpace()
{
    while (m_at < m_text.size() && m_text[m_at].isSpace()) {
        ++m_at;
    }
}

QChar Lexer::peek(qsizetype ahead) const
{
    if (m_at + ahead >= m_text.size()) {
        return {};
    }
    const QChar c = m_text[m_at + ahead];
    return c.unicode() >= 0xFF01 && c.unicode() <= 0xFF5E ? QChar(char16_t(c.unicode() - 0xFEE0))
                                                          : c;
}

bool Lexer::isNext(QLatin1String name) const
{
    for (qsizetype i = 0; i < name.size(); ++i) {
        if (peek(i) != name[i]) {
            return false;
        }
    }
    return true;
}

QString Lexer::takeOperator(std::initializer_list<const char *> operators)
{
    skipSpace();
    for (const char *each : operators) {
        const QLatin1String name(each);
        if (isNext(name)) {
            m_at += name.size();
            return name;
        }
    }
    return {};
}

QString Lexer::takeName()
{
    const qsizetype start = m_at;
    while (peek().isLetterOrNumber() || peek() == u'_' || peek().isSurrogate()) {
        ++m_at;
    }
    return m_text.mid(start, m_at - start);
}

Result<QString> Lexer::takeBraced()
{
    QString name;
    for (++m_at; m_at < m_text.size() && m_text[m_at] != u'}' && m_text[m_at] != u'｝'; ++m_at) {
        if (m_text[m_at] == u'\\' && m_at + 1 < m_text.size()) {
            ++m_at;
        }
        name += m_text[m_at];
    }
    if (m_at >= m_text.size()) {
        return error("“}” is missing");
    }
    ++m_at;
    return name.trimmed();
}

Result<QString> Lexer::takeQuoted()
{
    const QChar open = m_text[m_at];
    const bool isDouble = open == u'"' || open == u'“' || open == u'”';
    const bool isCurly = open != u'"' && open != u'\'';
    const auto closes = [&](QChar c) {
        return isCurly ? (isDouble ? c == u'”' || c == u'“' : c == u'’' || c == u'‘') : c == open;
    };
    QString text;
    for (++m_at; m_at < m_text.size() && !closes(m_text[m_at]); ++m_at) {
        if (m_text[m_at] == u'\\' && m_at + 1 < m_text.size()) {
            const QChar next = m_text[++m_at];
            text += next == u'n' ? QChar(u'\n')
                : next == u't'   ? QChar(u'\t')
                : next == u'r'   ? QChar(u'\r')
                                 : next;
        } else {
            text += m_text[m_at];
        }
    }
    if (m_at >= m_text.size()) {
        return error("the closing quote is missing");
    }
    ++m_at;
    const auto storable = storableText(text);
    return storable ? Result<QString>(*storable) : error("the text holds what cannot be stored");
}

Result<double> Lexer::takeNumber()
{
    const qsizetype start = m_at;
    const auto digits = [this] {
        while (peek().isDigit() || peek() == u'.') {
            ++m_at;
        }
    };
    digits();
    if (peek() == u'e' || peek() == u'E') {
        const qsizetype sign = peek(1) == u'-' || peek(1) == u'+' ? 1 : 0;
        if (peek(1 + sign).isDigit()) {
            m_at += 1 + sign;
            digits();
        }
    }
    bool ok = false;
    const double value = QLocale::c().toDouble(plainWidth(m_text.mid(start, m_at - start)), &ok);
    return ok && std::isfinite(value) ? Result<double>(value)
                                      : error("this is not a number", start);
}

} // namespace casebase
