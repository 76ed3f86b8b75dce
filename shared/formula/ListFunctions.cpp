// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/formula/Function.h"

#include "shared/field/ChecklistField.h"
#include "shared/support/Text.h"

#include <cmath>

namespace casebase {

namespace {

using enum FormulaType;

/// The numbers among the values, and texts that are numbers.
std::vector<double> numbers(Arguments &v)
{
    std::vector<double> found;
    eachValue(v, 0, [&](const FormulaValue &value) {
        const auto number = isBlank(value) ? std::nullopt : asNumber(value);
        if (number) {
            found.push_back(*number);
        }
    });
    return found;
}

FormulaValue checked(double number)
{
    return std::isfinite(number) ? FormulaValue(number) : FormulaValue(Fault::NotANumber);
}

FormulaValue sum(Arguments &v, CallContext &)
{
    double total = 0;
    for (const double each : numbers(v)) {
        total += each;
    }
    return checked(total);
}

FormulaValue average(Arguments &v, CallContext &)
{
    const std::vector<double> all = numbers(v);
    double total = 0;
    for (const double each : all) {
        total += each;
    }
    return all.empty() ? FormulaValue(Fault::DivideByZero) : checked(total / double(all.size()));
}

/// The least or greatest; of dates the first or last.
template <bool IsLeast> FormulaValue extreme(Arguments &v, CallContext &c)
{
    std::optional<Moment> moment;
    eachValue(v, 0, [&](const FormulaValue &value) {
        if (std::holds_alternative<Moment>(value) || std::holds_alternative<Moving>(value)) {
            const Moment each = *asMoment(value, c.run);
            moment = !moment || (IsLeast ? each < *moment : each > *moment) ? each : *moment;
        }
    });
    if (moment) {
        return *moment;
    }
    const std::vector<double> all = numbers(v);
    return all.empty() ? FormulaValue(0.0)
                       : FormulaValue(IsLeast ? *std::min_element(all.cbegin(), all.cend())
                                              : *std::max_element(all.cbegin(), all.cend()));
}

template <class Test> FormulaValue counted(Arguments &v, Test test)
{
    double count = 0;
    eachValue(v, 0, [&](const FormulaValue &value) { count += test(value) ? 1 : 0; });
    return count;
}

/// The values of the list before its last argument, sorted, and which of them is asked for.
template <bool IsLargest> FormulaValue ranked(Arguments &v, CallContext &)
{
    std::vector<double> all;
    const qsizetype rank = v.count(v.size() - 1, 1);
    for (qsizetype i = 0; i + 1 < v.size(); ++i) {
        const auto add = [&](const FormulaValue &value) {
            if (const auto number = isBlank(value) ? std::nullopt : asNumber(value)) {
                all.push_back(*number);
            }
        };
        if (const auto *list = std::get_if<FormulaList>(&v[i])) {
            std::for_each(list->cbegin(), list->cend(), add);
        } else {
            add(v[i]);
        }
    }
    std::sort(all.begin(), all.end());
    if (rank < 1 || rank > qsizetype(all.size())) {
        return {};
    }
    return all[IsLargest ? all.size() - size_t(rank) : size_t(rank) - 1];
}

/// What the first argument holds, and which of the others are among it.
struct Held {
    FormulaList items;
    qsizetype wanted = 0;
    qsizetype found = 0;
};
Held held(Arguments &v, CallContext &c)
{
    Held result;
    const auto *list = std::get_if<FormulaList>(&v[0]);
    result.items = list ? *list : isBlank(v[0]) ? FormulaList() : FormulaList{v[0]};
    eachValue(v, 1, [&](const FormulaValue &value) {
        ++result.wanted;
        result.found +=
            std::any_of(result.items.cbegin(), result.items.cend(),
                [&](const FormulaValue &item) { return compareValues(item, value, c.run) == 0; })
            ? 1
            : 0;
    });
    return result;
}

FormulaValue hasExactly(Arguments &v, CallContext &c)
{
    const Held result = held(v, c);
    return result.found == result.wanted && result.items.size() == result.wanted;
}

/// Counts what meets a condition such as ">3" or "open".
FormulaValue countedIf(Arguments &v, CallContext &c)
{
    const QString criterion = v.text(1).trimmed();
    static const QStringList signs{QStringLiteral(">="), QStringLiteral("<="), QStringLiteral("<>"),
        QStringLiteral("!="), QStringLiteral(">"), QStringLiteral("<"), QStringLiteral("=")};
    QString sign = QStringLiteral("=");
    QString rest = criterion;
    for (const QString &each : signs) {
        if (criterion.startsWith(each)) {
            sign = each;
            rest = criterion.mid(each.size()).trimmed();
            break;
        }
    }
    const auto number = asNumber(rest);
    const FormulaValue wanted =
        number && !rest.isEmpty() ? FormulaValue(*number) : FormulaValue(rest);
    double count = 0;
    const auto test = [&](const FormulaValue &value) {
        const int order = compareValues(value, wanted, c.run);
        const bool isMet = sign == QLatin1String(">=") ? order >= 0
            : sign == QLatin1String("<=")              ? order <= 0
            : sign == QLatin1String(">")               ? order > 0
            : sign == QLatin1String("<")               ? order < 0
            : sign == QLatin1String("=")               ? order == 0
                                                       : order != 0;
        count += isMet ? 1 : 0;
    };
    if (const auto *list = std::get_if<FormulaList>(&v[0])) {
        std::for_each(list->cbegin(), list->cend(), test);
    } else if (!isBlank(v[0])) {
        test(v[0]);
    }
    return count;
}

FormulaList flattened(Arguments &v)
{
    FormulaList items;
    eachValue(v, 0, [&](const FormulaValue &value) { items += value; });
    return items;
}

FormulaValue joined(Arguments &v, CallContext &c)
{
    const QString between = v.size() > 1 ? v.text(1) : QStringLiteral(", ");
    FormulaList items;
    if (const auto *list = std::get_if<FormulaList>(&v[0])) {
        items = *list;
    } else if (!isBlank(v[0])) {
        items = {v[0]};
    }
    QStringList texts;
    qsizetype size = 0;
    for (const FormulaValue &item : std::as_const(items)) {
        texts += asText(item, c.run);
        size += texts.last().size() + between.size();
    }
    return size > TextLimit ? FormulaValue(Fault::TooComplex) : FormulaValue(texts.join(between));
}

FormulaValue unique(Arguments &v, CallContext &c)
{
    QSet<QString> seen;
    FormulaList items;
    for (const FormulaValue &item : flattened(v)) {
        const QString text = asText(item, c.run);
        if (!seen.contains(text)) {
            seen += text;
            items += item;
        }
    }
    return items;
}

FormulaValue compacted(Arguments &v, CallContext &)
{
    FormulaList items = flattened(v);
    items.removeIf(isBlank);
    return items;
}

FormulaValue sliced(Arguments &v, CallContext &)
{
    const auto *list = std::get_if<FormulaList>(&v[0]);
    const FormulaList items = list ? *list : FormulaList{v[0]};
    const qsizetype from = std::max<qsizetype>(v.count(1, 1), 1) - 1;
    const qsizetype to = std::min(v.count(2, items.size()), items.size());
    return from < to ? FormulaValue(items.mid(from, to - from)) : FormulaValue(FormulaList());
}

FormulaValue autoNumber(Arguments &, CallContext &c)
{
    for (const Field &field : c.table().definition().fields) {
        if (field.kind == FieldKind::AutoNumber && !field.isTrashed) {
            const Value value = c.table().value(c.row(), field);
            const auto *number = std::get_if<double>(&value);
            return number ? FormulaValue(*number) : FormulaValue();
        }
    }
    return {};
}

} // namespace

QList<Function> listFunctions()
{
    return {
        {"SUM", "number, …", 1, -1, Number, sum,
            QT_TRANSLATE_NOOP("Function", "The sum of all numbers."), "SUM({A},{B},{C})"},
        {"AVERAGE", "number, …", 1, -1, Number, average,
            QT_TRANSLATE_NOOP(
                "Function", "The mean of all numbers; what is no number does not count."),
            "AVERAGE({A},{B})"},
        {"MIN", "value, …", 1, -1, Number, extreme<true>,
            QT_TRANSLATE_NOOP("Function", "The least number, or the first date."), "MIN({A},{B})",
            false, Yields::Extreme},
        {"MAX", "value, …", 1, -1, Number, extreme<false>,
            QT_TRANSLATE_NOOP("Function", "The greatest number, or the last date."), "MAX({A},{B})",
            false, Yields::Extreme},
        {"COUNT", "value, …", 1, -1, Number,
            [](Arguments &v, CallContext &) {
                return counted(v, [](const FormulaValue &value) {
                    return std::holds_alternative<double>(value);
                });
            },
            QT_TRANSLATE_NOOP("Function", "How many of the values are numbers."), "COUNT({A},{B})"},
        {"COUNTA", "value, …", 1, -1, Number,
            [](Arguments &v, CallContext &) {
                return counted(v, [](const FormulaValue &value) { return !isBlank(value); });
            },
            QT_TRANSLATE_NOOP("Function", "How many of the values are not blank."),
            "COUNTA({A},{B})"},
        {"COUNTALL", "value, …", 1, -1, Number,
            [](Arguments &v, CallContext &) {
                return counted(v, [](const FormulaValue &) { return true; });
            },
            QT_TRANSLATE_NOOP("Function", "How many values there are, blank ones included."),
            "COUNTALL({A},{B})"},
        {"COUNTBLANK", "value, …", 1, -1, Number,
            [](Arguments &v, CallContext &) { return counted(v, isBlank); },
            QT_TRANSLATE_NOOP("Function", "How many of the values are blank."),
            "COUNTBLANK({A},{B})"},
        {"COUNTITEMS", "list", 1, 1, Number,
            [](Arguments &v, CallContext &) {
                return counted(v, [](const FormulaValue &value) { return !isBlank(value); });
            },
            QT_TRANSLATE_NOOP("Function", "How many items are chosen."), "COUNTITEMS({Tags})"},
        {"COUNTIF", "list, condition", 2, 2, Number, countedIf,
            QT_TRANSLATE_NOOP("Function", "How many items meet a condition such as \">3\"."),
            "COUNTIF({Scores},\">=60\")"},
        {"CHECKED", "checklist", 1, 1, Number,
            [](Arguments &v, CallContext &) {
                return FormulaValue(double(doneCount(checklistItems(v.text(0)))));
            },
            QT_TRANSLATE_NOOP("Function", "How many items of a checklist are ticked."),
            "CHECKED({To do})"},
        {"UNCHECKED", "checklist", 1, 1, Number,
            [](Arguments &v, CallContext &) {
                const Checklist items = checklistItems(v.text(0));
                return FormulaValue(double(items.size() - doneCount(items)));
            },
            QT_TRANSLATE_NOOP("Function", "How many items of a checklist are still to be ticked."),
            "UNCHECKED({To do})"},
        {"LARGE", "number, …, rank", 2, -1, Number, ranked<true>,
            QT_TRANSLATE_NOOP("Function", "The number of that rank, from the greatest down."),
            "LARGE({A},{B},{C},2)"},
        {"SMALL", "number, …, rank", 2, -1, Number, ranked<false>,
            QT_TRANSLATE_NOOP("Function", "The number of that rank, from the least up."),
            "SMALL({A},{B},{C},2)"},
        {"ARRAYJOIN", "list, [between]", 1, 2, Text, joined,
            QT_TRANSLATE_NOOP(
                "Function", "The items of a list as a text, with something between them."),
            "ARRAYJOIN({Tags},\" / \")"},
        {"ARRAYUNIQUE", "list, …", 1, -1, List, unique,
            QT_TRANSLATE_NOOP("Function", "The items, each once."), "ARRAYUNIQUE({Tags})"},
        {"ARRAYFLATTEN", "list, …", 1, -1, List,
            [](Arguments &v, CallContext &) { return FormulaValue(flattened(v)); },
            QT_TRANSLATE_NOOP("Function", "The items of all lists as one list."),
            "ARRAYFLATTEN({Tags},{More})"},
        {"ARRAYCOMPACT", "list, …", 1, -1, List, compacted,
            QT_TRANSLATE_NOOP("Function", "The items that are not blank."), "ARRAYCOMPACT({Tags})"},
        {"ARRAYSLICE", "list, from, [to]", 2, 3, List, sliced,
            QT_TRANSLATE_NOOP("Function", "The items from one place to another, counted from 1."),
            "ARRAYSLICE({Tags},1,2)"},
        {"HAS_ANY", "list, item, …", 2, -1, Flag,
            [](Arguments &v, CallContext &c) { return FormulaValue(held(v, c).found > 0); },
            QT_TRANSLATE_NOOP("Function", "True if one of the items is in the list."),
            "HAS_ANY({Tags},\"urgent\",\"complaint\")"},
        {"HAS_ALL", "list, item, …", 2, -1, Flag,
            [](Arguments &v, CallContext &c) {
                const Held result = held(v, c);
                return FormulaValue(result.found == result.wanted);
            },
            QT_TRANSLATE_NOOP("Function", "True if all of the items are in the list."),
            "HAS_ALL({Tags},\"urgent\",\"complaint\")"},
        {"HAS_NONE", "list, item, …", 2, -1, Flag,
            [](Arguments &v, CallContext &c) { return FormulaValue(held(v, c).found == 0); },
            QT_TRANSLATE_NOOP("Function", "True if none of the items is in the list."),
            "HAS_NONE({Tags},\"done\")"},
        {"HAS_EXACTLY", "list, item, …", 2, -1, Flag, hasExactly,
            QT_TRANSLATE_NOOP("Function", "True if the list holds these items and no others."),
            "HAS_EXACTLY({Tags},\"urgent\")"},
        {"RECORD_ID", "", 0, 0, Text,
            [](Arguments &, CallContext &c) {
                return FormulaValue(c.table().recordId(c.row()).text());
            },
            QT_TRANSLATE_NOOP("Function", "The id of the record."), "RECORD_ID()"},
        {"AUTO_NUMBER", "", 0, 0, Number, autoNumber,
            QT_TRANSLATE_NOOP("Function", "The number that the table gave the record."),
            "AUTO_NUMBER()"},
    };
}

} // namespace casebase
