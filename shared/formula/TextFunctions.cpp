// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/formula/Function.h"

namespace casebase {

namespace {

using Values = const FormulaValues &;
using Context = const CallContext &;

constexpr qsizetype ResultLimit = 256 * 1024;

QString text(Values v, Context c, qsizetype i)
{
    return i < v.size() ? asText(v[i], c.formula) : QString();
}

qsizetype count(Values v, qsizetype i, qsizetype fallback)
{
    const auto number = i < v.size() ? asNumber(v[i]) : std::nullopt;
    return number ? qsizetype(std::clamp(*number, 0.0, 1e6)) : fallback;
}

FormulaValue concatenated(Values v, Context c)
{
    QString all;
    for (qsizetype i = 0; i < v.size(); ++i) {
        all += text(v, c, i);
    }
    return all.left(ResultLimit);
}

/// Position from 1, or 0.
FormulaValue found(Values v, Context c, Qt::CaseSensitivity sensitivity)
{
    const qsizetype from = std::max<qsizetype>(count(v, 2, 1), 1) - 1;
    return double(text(v, c, 1).indexOf(text(v, c, 0), from, sensitivity) + 1);
}

FormulaValue substituted(Values v, Context c)
{
    QString all = text(v, c, 0);
    const QString old = text(v, c, 1);
    if (old.isEmpty()) {
        return all;
    }
    if (v.size() < 4) {
        return all.replace(old, text(v, c, 2)).left(ResultLimit);
    }
    qsizetype at = -old.size();
    for (qsizetype nth = count(v, 3, 1); nth > 0; --nth) {
        at = all.indexOf(old, at + old.size());
        if (at < 0) {
            return all;
        }
    }
    return all.replace(at, old.size(), text(v, c, 2));
}

} // namespace

QList<Function> textFunctions()
{
    return {
        {"&", 2, 2, false, concatenated},
        {"CONCATENATE", 1, -1, false, concatenated},
        {"LEN", 1, 1, false,
            [](Values v, Context c) { return FormulaValue(double(text(v, c, 0).size())); }},
        {"LEFT", 1, 2, false,
            [](Values v, Context c) { return FormulaValue(text(v, c, 0).left(count(v, 1, 1))); }},
        {"RIGHT", 1, 2, false,
            [](Values v, Context c) { return FormulaValue(text(v, c, 0).right(count(v, 1, 1))); }},
        {"MID", 3, 3, false,
            [](Values v, Context c) {
                return FormulaValue(
                    text(v, c, 0).mid(std::max<qsizetype>(count(v, 1, 1), 1) - 1, count(v, 2, 0)));
            }},
        {"LOWER", 1, 1, false,
            [](Values v, Context c) { return FormulaValue(text(v, c, 0).toLower()); }},
        {"UPPER", 1, 1, false,
            [](Values v, Context c) { return FormulaValue(text(v, c, 0).toUpper()); }},
        {"TRIM", 1, 1, false,
            [](Values v, Context c) { return FormulaValue(text(v, c, 0).trimmed()); }},
        {"T", 1, 1, false,
            [](Values v, Context) {
                return std::holds_alternative<QString>(v[0]) ? v[0] : FormulaValue();
            }},
        {"EXACT", 2, 2, false,
            [](Values v, Context c) { return FormulaValue(text(v, c, 0) == text(v, c, 1)); }},
        {"FIND", 2, 3, false, [](Values v, Context c) { return found(v, c, Qt::CaseSensitive); }},
        {"SEARCH", 2, 3, false,
            [](Values v, Context c) { return found(v, c, Qt::CaseInsensitive); }},
        {"SUBSTITUTE", 3, 4, false, substituted},
        {"REPLACE", 4, 4, false,
            [](Values v, Context c) {
                return FormulaValue(text(v, c, 0).replace(
                    std::max<qsizetype>(count(v, 1, 1), 1) - 1, count(v, 2, 0), text(v, c, 3)));
            }},
        {"REPT", 2, 2, false,
            [](Values v, Context c) {
                const QString once = text(v, c, 0);
                const qsizetype times =
                    std::min(count(v, 1, 0), ResultLimit / std::max<qsizetype>(1, once.size()));
                return FormulaValue(once.repeated(times));
            }},
    };
}

} // namespace casebase
