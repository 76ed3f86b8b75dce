// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/transfer/Csv.h"

#include "shared/support/Text.h"

#include <QStringDecoder>

namespace casebase {

namespace {

Result<QString> textOf(const QByteArray &bytes)
{
    const auto marked = QStringConverter::encodingForData(bytes);
    QStringDecoder decoder(marked.value_or(QStringConverter::Utf8));
    QString text = decoder(bytes);
    if (decoder.hasError()) {
        QStringDecoder chinese("GB18030");
        if (!chinese.isValid()) {
            return Error{ErrorCode::FileInvalid,
                {QStringLiteral("1"),
                    QStringLiteral("the text is not UTF-8; save it as CSV UTF-8")},
                {}};
        }
        text = chinese(bytes);
    }
    return text;
}

/// The one of the three that is most often in the first row, outside of quotes.
QChar separatorOf(const QString &text)
{
    const QString candidates = QStringLiteral(",;\t");
    std::array<int, 3> counts{};
    bool isQuoted = false;
    for (const QChar c : text) {
        if (c == u'"') {
            isQuoted = !isQuoted;
        } else if (!isQuoted && (c == u'\n' || c == u'\r')) {
            break;
        } else if (const qsizetype which = candidates.indexOf(c); !isQuoted && which >= 0) {
            ++counts[size_t(which)];
        }
    }
    return candidates[std::max_element(counts.begin(), counts.end()) - counts.begin()];
}

/// Splits text into rows of cells.
class CsvReader {
public:
    CsvReader(QStringView text, QChar separator)
        : m_text(text)
        , m_separator(separator)
    {
    }

    bool atEnd() const { return m_at >= m_text.size(); }
    int line() const { return m_line; }

    /// The next row; there is room from the start for as many cells as are expected.
    Result<QStringList> row(qsizetype expected)
    {
        QStringList cells;
        cells.reserve(expected);
        while (true) {
            TRY_SET(
                QString cell, m_at < m_text.size() && m_text[m_at] == u'"' ? quoted() : plain());
            cells.append(std::move(cell));
            if (atEnd()) {
                return cells;
            }
            const QChar c = m_text[m_at++];
            if (c == m_separator) {
                continue;
            }
            if (c == u'\r' && m_at < m_text.size() && m_text[m_at] == u'\n') {
                ++m_at;
            }
            ++m_line;
            return cells;
        }
    }

private:
    bool isEnd(QChar c) const { return c == m_separator || c == u'\n' || c == u'\r'; }

    Result<QString> plain()
    {
        const qsizetype start = m_at;
        while (!atEnd() && !isEnd(m_text[m_at])) {
            ++m_at;
        }
        return m_text.sliced(start, m_at - start).toString();
    }

    Result<QString> quoted()
    {
        const int startLine = m_line;
        QString cell;
        for (++m_at; !atEnd(); ++m_at) {
            const qsizetype quote = m_text.indexOf(u'"', m_at);
            const QStringView part =
                m_text.sliced(m_at, (quote < 0 ? m_text.size() : quote) - m_at);
            m_line += int(part.count(u'\n'));
            cell += part;
            m_at += part.size() + 1;
            if (m_at >= m_text.size() || m_text[m_at] != u'"') {
                if (quote < 0) {
                    break;
                }
                TRY_SET(const QString rest, plain());
                return cell + rest;
            }
            cell += u'"';
        }
        return Error{ErrorCode::FileInvalid,
            {QString::number(startLine), QStringLiteral("a quote begins here and does not end")},
            {}};
    }

    QStringView m_text;
    QChar m_separator;
    qsizetype m_at = 0;
    int m_line = 1;
};

/// Without spaces around it, and with room for a number behind it.
QString shortened(const QString &name)
{
    qsizetype length = NameLimit - 10;
    if (length < name.size() && name[length].isLowSurrogate()) {
        --length; // Not half of a character.
    }
    return name.left(length).trimmed();
}

void makeUnique(QStringList &names)
{
    QSet<QString> used;
    QHash<QString, int> last; // The number given last to a name: many columns may have the same.
    for (qsizetype i = 0; i < names.size(); ++i) {
        QString name = shortened(names[i].simplified());
        name = name.isEmpty() ? QStringLiteral("Column %1").arg(i + 1) : name;
        QString unique = name;
        int &number = last[name.toCaseFolded()];
        while (used.contains(unique.toCaseFolded())) {
            unique = QStringLiteral("%1 %2").arg(name).arg(++number + 1);
        }
        used.insert(unique.toCaseFolded());
        names[i] = unique;
    }
}

/// Where, behind any apostrophes, the text has a sign that makes a spreadsheet run it; -1 if it has
/// none.
qsizetype armedAt(const QString &text)
{
    qsizetype at = 0;
    while (at < text.size() && text[at] == u'\'') {
        ++at;
    }
    return at < text.size() && QStringView(u"=+-@\t\r").contains(text[at]) ? at : -1;
}

} // namespace

Result<CsvTable> parseCsv(const QByteArray &bytes)
{
    TRY_SET(const QString text, textOf(bytes));
    if (text.trimmed().isEmpty()) {
        return Error{
            ErrorCode::FileInvalid, {QStringLiteral("1"), QStringLiteral("the file is empty")}, {}};
    }
    CsvTable table;
    CsvReader reader(text, separatorOf(text));
    TRY_SET(table.header, reader.row(0));
    makeUnique(table.header);
    while (!reader.atEnd()) {
        const int line = reader.line();
        TRY_SET(QStringList row, reader.row(table.header.size()));
        if (row.size() == 1 && row.first().isEmpty()) {
            continue;
        }
        if (row.size() != table.header.size()) {
            table.faults += {line,
                QStringLiteral("%1 cells instead of %2").arg(row.size()).arg(table.header.size())};
            continue;
        }
        table.rows.append(std::move(row));
        table.lines += line;
    }
    return table;
}

QString csvCell(const QString &text)
{
    QString cell = text;
    const qsizetype armed = armedAt(text);
    bool isNumber = false;
    text.toDouble(&isNumber);
    if (armed > 0 || (armed == 0 && !isNumber)) {
        cell.prepend(u'\'');
    }
    const bool needsQuotes =
        cell.contains(u',') || cell.contains(u'"') || cell.contains(u'\n') || cell.contains(u'\r');
    return needsQuotes ? u'"' + cell.replace(u'"', QLatin1String("\"\"")) + u'"' : cell;
}

QString cellText(const QString &cell)
{
    return armedAt(cell) > 0 ? cell.mid(1) : cell;
}

} // namespace casebase
