// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/formula/Function.h"

#include "shared/formula/Format.h"
#include "shared/support/Text.h"

#include <QUrl>

namespace casebase {

namespace {

using enum FormulaType;

/// Part of a text that never takes half of a character.
QString part(const QString &text, qsizetype from, qsizetype count)
{
    const auto splits = [&text](qsizetype at) {
        return at > 0 && at < text.size() && text[at].isLowSurrogate()
            && text[at - 1].isHighSurrogate();
    };
    from = std::min(from, text.size());
    qsizetype end = count < text.size() - from ? from + count : text.size();
    from -= splits(from) ? 1 : 0;
    end += splits(end) && end > from ? 1 : 0;
    return text.mid(from, end - from);
}

FormulaValue limited(QString text)
{
    return text.size() > TextLimit ? FormulaValue(Fault::TooComplex)
                                   : FormulaValue(std::move(text));
}

FormulaValue concatenated(Arguments &v, CallContext &)
{
    QString all;
    for (qsizetype i = 0; i < v.size() && all.size() <= TextLimit; ++i) {
        all += v.text(i);
    }
    return limited(std::move(all));
}

/// The texts that are not empty, with something between them.
FormulaValue joined(Arguments &v, CallContext &c)
{
    QString all;
    bool isFirst = true;
    const QString between = v.text(0);
    eachValue(v, 1, [&](const FormulaValue &value) {
        if (!isBlank(value) && all.size() <= TextLimit) {
            all += (isFirst ? QString() : between) + asText(value, c.run);
            isFirst = false;
        }
    });
    return limited(std::move(all));
}

/// Position from 1, or 0.
template <Qt::CaseSensitivity Sensitivity> FormulaValue found(Arguments &v, CallContext &)
{
    const qsizetype from = std::max<qsizetype>(v.count(2, 1), 1) - 1;
    return double(v.text(1).indexOf(v.text(0), from, Sensitivity) + 1);
}

template <class Compare> FormulaValue compared(Arguments &v, Compare compare)
{
    return compare(v.text(0), v.text(1));
}

FormulaValue substituted(Arguments &v, CallContext &c)
{
    QString all = v.text(0);
    const QString old = v.text(1);
    const QString put = v.text(2);
    if (old.isEmpty()) {
        return all;
    }
    if (v.size() < 4) {
        const qsizetype times = all.count(old);
        if (!c.run.spend(all.size() + times * put.size())
            || all.size() + times * (put.size() - old.size()) > TextLimit) {
            return Fault::TooComplex;
        }
        return all.replace(old, put);
    }
    qsizetype at = -old.size();
    for (qsizetype nth = v.count(3, 1); nth > 0; --nth) {
        at = all.indexOf(old, at + old.size());
        if (at < 0) {
            return all;
        }
    }
    return limited(at < 0 ? all : all.replace(at, old.size(), put));
}

FormulaValue replaced(Arguments &v, CallContext &)
{
    const QString text = v.text(0);
    const qsizetype at = std::min(std::max<qsizetype>(v.count(1, 1), 1) - 1, text.size());
    return limited(
        part(text, 0, at) + v.text(3) + text.mid(std::min(at + v.count(2, 0), text.size())));
}

FormulaValue repeated(Arguments &v, CallContext &)
{
    const QString once = v.text(0);
    const qsizetype times = v.count(1, 0);
    return once.size() * times > TextLimit ? FormulaValue(Fault::TooComplex)
                                           : FormulaValue(once.repeated(times));
}

/// Fills up to a length, on one side.
template <bool IsLeft> FormulaValue padded(Arguments &v, CallContext &)
{
    const QString text = v.text(0);
    const qsizetype missing = std::min(v.count(1, 0), TextLimit) - text.size();
    const QString fill = v.size() > 2 ? v.text(2) : QStringLiteral(" ");
    if (missing <= 0 || fill.isEmpty()) {
        return text;
    }
    const QString added = fill.repeated(missing / fill.size() + 1).left(missing);
    return IsLeft ? added + text : text + added;
}

FormulaValue reversed(Arguments &v, CallContext &)
{
    QList<uint> letters = v.text(0).toUcs4();
    std::reverse(letters.begin(), letters.end());
    return QString::fromUcs4(
        reinterpret_cast<const char32_t *>(letters.constData()), letters.size());
}

/// Hides the middle of a text: 138****5678.
FormulaValue masked(Arguments &v, CallContext &)
{
    const QString text = v.text(0);
    qsizetype first = v.count(1, 3);
    qsizetype last = v.count(2, 4);
    if (first + last >= text.size()) {
        first = text.size() / 3; // A short text would show in full.
        last = 0;
    }
    const QString sign = v.size() > 3 ? v.text(3).left(1) : QStringLiteral("*");
    return QString(
        part(text, 0, first) + sign.repeated(text.size() - first - last) + text.right(last));
}

FormulaValue formatted(Arguments &v, CallContext &)
{
    const QString format = v.text(1);
    if (std::holds_alternative<Moment>(v[0]) || std::holds_alternative<Moving>(v[0])) {
        const auto when = v.dateTime(0, grainOf(format));
        return when ? FormulaValue(formatMoment(*when, format)) : FormulaValue();
    }
    const auto number = v.number(0);
    return isBlank(v[0]) ? FormulaValue()
        : number         ? FormulaValue(formatNumber(*number, format))
                         : FormulaValue(v.text(0));
}

QString trimmed(const QString &text)
{
    return text.trimmed();
}

template <class Change> FormulaValue changed(Arguments &v, Change change)
{
    return FormulaValue(change(v.text(0)));
}

} // namespace

QList<Function> textFunctions()
{
    return {
        {"&", "", 2, 2, Text, concatenated, "", ""},
        {"CONCATENATE", "text, …", 1, -1, Text, concatenated,
            QT_TRANSLATE_NOOP("Function", "The texts, one after the other."),
            "CONCATENATE({First name},\" \",{Name})"},
        {"TEXTJOIN", "between, text, …", 2, -1, Text, joined,
            QT_TRANSLATE_NOOP(
                "Function", "The texts that are not empty, with something between them."),
            "TEXTJOIN(\" · \",{City},{Street})"},
        {"LEN", "text", 1, 1, Number,
            [](Arguments &v, CallContext &) { return FormulaValue(double(v.text(0).size())); },
            QT_TRANSLATE_NOOP("Function", "How many characters the text has."), "LEN({Name})"},
        {"LEFT", "text, [count]", 1, 2, Text,
            [](Arguments &v, CallContext &) {
                return FormulaValue(part(v.text(0), 0, v.count(1, 1)));
            },
            QT_TRANSLATE_NOOP("Function", "So many characters from the start."), "LEFT({Phone},3)"},
        {"RIGHT", "text, [count]", 1, 2, Text,
            [](Arguments &v, CallContext &) {
                const QString text = v.text(0);
                const qsizetype count = std::min(v.count(1, 1), text.size());
                return FormulaValue(part(text, text.size() - count, count));
            },
            QT_TRANSLATE_NOOP("Function", "So many characters from the end."), "RIGHT({Phone},4)"},
        {"MID", "text, position, [count]", 2, 3, Text,
            [](Arguments &v, CallContext &) {
                const qsizetype from = std::max<qsizetype>(v.count(1, 1), 1) - 1;
                return FormulaValue(part(v.text(0), from, v.count(2, TextLimit)));
            },
            QT_TRANSLATE_NOOP(
                "Function", "So many characters from a position, which counts from 1."),
            "MID(\"abcdef\",2,3)"},
        {"LOWER", "text", 1, 1, Text,
            [](Arguments &v, CallContext &) { return FormulaValue(v.text(0).toLower()); },
            QT_TRANSLATE_NOOP("Function", "The text in small letters."), "LOWER({E-mail})"},
        {"UPPER", "text", 1, 1, Text,
            [](Arguments &v, CallContext &) { return FormulaValue(v.text(0).toUpper()); },
            QT_TRANSLATE_NOOP("Function", "The text in capital letters."), "UPPER({Code})"},
        {"TRIM", "text", 1, 1, Text,
            [](Arguments &v, CallContext &) { return changed(v, trimmed); },
            QT_TRANSLATE_NOOP("Function", "The text without space around it."), "TRIM({Name})"},
        {"REVERSE", "text", 1, 1, Text, reversed,
            QT_TRANSLATE_NOOP("Function", "The text from its end to its start."),
            "REVERSE(\"abc\")"},
        {"T", "value", 1, 1, Text,
            [](Arguments &v, CallContext &) {
                return std::holds_alternative<QString>(v[0]) ? v[0] : FormulaValue();
            },
            QT_TRANSLATE_NOOP("Function", "The value if it is a text, otherwise blank."),
            "T({Anything})"},
        {"EXACT", "text, text", 2, 2, Flag,
            [](Arguments &v, CallContext &) { return FormulaValue(v.text(0) == v.text(1)); },
            QT_TRANSLATE_NOOP("Function", "True if both texts are the same, capitals included."),
            "EXACT({A},{B})"},
        {"FIND", "wanted, text, [from]", 2, 3, Number, found<Qt::CaseSensitive>,
            QT_TRANSLATE_NOOP(
                "Function", "Where the wanted text begins, from 1; 0 if it is not there."),
            "FIND(\"@\",{E-mail})"},
        {"SEARCH", "wanted, text, [from]", 2, 3, Number, found<Qt::CaseInsensitive>,
            QT_TRANSLATE_NOOP("Function", "Like FIND, but small and capital letters are the same."),
            "SEARCH(\"rma\",{Notes})"},
        {"CONTAINS", "text, part", 2, 2, Flag,
            [](Arguments &v, CallContext &) {
                return compared(v, [](const QString &text, const QString &part) {
                    return text.contains(part, Qt::CaseInsensitive);
                });
            },
            QT_TRANSLATE_NOOP("Function", "True if the text has that part, in any case."),
            "CONTAINS({Title},\"refund\")"},
        {"STARTS_WITH", "text, start", 2, 2, Flag,
            [](Arguments &v, CallContext &) {
                return compared(v, [](const QString &text, const QString &start) {
                    return text.startsWith(start, Qt::CaseInsensitive);
                });
            },
            QT_TRANSLATE_NOOP("Function", "True if the text starts like that, in any case."),
            "STARTS_WITH({Phone},\"138\")"},
        {"ENDS_WITH", "text, end", 2, 2, Flag,
            [](Arguments &v, CallContext &) {
                return compared(v, [](const QString &text, const QString &end) {
                    return text.endsWith(end, Qt::CaseInsensitive);
                });
            },
            QT_TRANSLATE_NOOP("Function", "True if the text ends like that, in any case."),
            "ENDS_WITH({Phone},\"5678\")"},
        {"SAME_TEXT", "text, text", 2, 2, Flag,
            [](Arguments &v, CallContext &) {
                return compared(v, [](const QString &a, const QString &b) {
                    return a.compare(b, Qt::CaseInsensitive) == 0;
                });
            },
            QT_TRANSLATE_NOOP("Function", "True if the texts are the same in any case."),
            "SAME_TEXT({City},\"berlin\")"},
        {"SUBSTITUTE", "text, old, new, [which]", 3, 4, Text, substituted,
            QT_TRANSLATE_NOOP("Function",
                "The text with the old part replaced: all of them, or one by its number."),
            "SUBSTITUTE({Phone},\"-\",\"\")"},
        {"REPLACE", "text, position, count, new", 4, 4, Text, replaced,
            QT_TRANSLATE_NOOP(
                "Function", "The text with so many characters from a position replaced."),
            "REPLACE(\"abcdef\",2,3,\"X\")"},
        {"REPT", "text, times", 2, 2, Text, repeated,
            QT_TRANSLATE_NOOP("Function", "The text so many times."), "REPT(\"★\",3)"},
        {"LPAD", "text, length, [fill]", 2, 3, Text, padded<true>,
            QT_TRANSLATE_NOOP("Function", "The text filled up to a length at its start."),
            "LPAD({Number},6,\"0\")"},
        {"RPAD", "text, length, [fill]", 2, 3, Text, padded<false>,
            QT_TRANSLATE_NOOP("Function", "The text filled up to a length at its end."),
            "RPAD({Code},8,\".\")"},
        {"MASK", "text, [first], [last], [sign]", 1, 4, Text, masked,
            QT_TRANSLATE_NOOP(
                "Function", "The text with all but its first and last characters hidden."),
            "MASK({Phone},3,4)"},
        {"TEXT", "value, format", 2, 2, Text, formatted,
            QT_TRANSLATE_NOOP("Function", "A number or a date written as the format shows it."),
            "TEXT(1234.5,\"#,##0.00\")"},
        {"ENCODE_URL_COMPONENT", "text", 1, 1, Text,
            [](Arguments &v, CallContext &) {
                return FormulaValue(QString::fromLatin1(QUrl::toPercentEncoding(v.text(0))));
            },
            QT_TRANSLATE_NOOP("Function", "The text as a part of an address in the web."),
            "\"https://example.com/?q=\"&ENCODE_URL_COMPONENT({Name})"},
    };
}

} // namespace casebase
