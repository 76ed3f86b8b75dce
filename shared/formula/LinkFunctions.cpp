// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/formula/Function.h"

#include <algorithm>

/// Functions over linked records: names and order of arguments as in SeaTable's link formulas, with
/// expressions where those have names of columns.
namespace casebase {

namespace {

using enum FormulaType;

/// The linked records for which the argument is true; all if it is left out.
std::vector<RecordPlace> matching(Arguments &v, qsizetype condition)
{
    std::vector<RecordPlace> places = v.linked();
    if (condition < v.size()) {
        std::erase_if(
            places, [&](const RecordPlace &place) { return !isTrue(v.at(place, condition)); });
    }
    return places;
}

/// In the order of the argument, blanks last; as they are linked if it is left out.
void order(std::vector<RecordPlace> &places, Arguments &v, qsizetype by, CallContext &c)
{
    if (by >= v.size() || places.empty()) {
        return;
    }
    const bool isDescending = by + 1 < v.size()
        && asText(v.at(places.front(), by + 1), c.run)
               .startsWith(QLatin1String("desc"), Qt::CaseInsensitive);
    std::vector<std::pair<FormulaValue, RecordPlace>> keyed;
    for (const RecordPlace &place : places) {
        keyed.emplace_back(v.at(place, by), place);
    }
    std::stable_sort(keyed.begin(), keyed.end(), [&](const auto &a, const auto &b) {
        const bool isBlankA = isBlank(a.first);
        const bool isBlankB = isBlank(b.first);
        if (isBlankA || isBlankB) {
            return !isBlankA && isBlankB;
        }
        const int threeWay = compareValues(a.first, b.first, c.run);
        return isDescending ? threeWay > 0 : threeWay < 0;
    });
    std::transform(
        keyed.cbegin(), keyed.cend(), places.begin(), [](const auto &each) { return each.second; });
}

/// What the argument is in each of the records, blanks left out; a fault if one of them is one.
FormulaValue valuesOf(const std::vector<RecordPlace> &places, Arguments &v, qsizetype i)
{
    FormulaList values;
    for (const RecordPlace &place : places) {
        FormulaValue value = v.at(place, i);
        if (isFault(value)) {
            return value;
        }
        if (const auto *list = std::get_if<FormulaList>(&value)) {
            values += *list; // of a lookup in a lookup
        } else if (!isBlank(value)) {
            values += std::move(value);
        }
    }
    return values.isEmpty() ? FormulaValue() : FormulaValue(std::move(values));
}

FormulaValue lookup(Arguments &v, CallContext &c)
{
    std::vector<RecordPlace> places = matching(v, 2);
    order(places, v, 3, c);
    if (v.isSingleLink()) {
        return places.empty() ? FormulaValue() : v.at(places.front(), 1);
    }
    return valuesOf(places, v, 1);
}

FormulaValue countLinks(Arguments &v, CallContext &)
{
    return double(matching(v, 1).size());
}

FormulaValue rollup(Arguments &v, CallContext &c)
{
    const std::vector<RecordPlace> places = matching(v, 3);
    const FormulaValue values = valuesOf(places, v, 1);
    if (isFault(values)) {
        return values;
    }
    // What it is rolled up by is the same for all records.
    const QString name = v.constantText(2).trimmed().toLower();
    if (name == QLatin1String("concatenate")) {
        return asText(values, c.run);
    }
    const auto *list = std::get_if<FormulaList>(&values);
    std::vector<double> numbers;
    for (const FormulaValue &each : list ? *list : FormulaList()) {
        if (const auto number = asNumber(each)) {
            numbers.push_back(*number);
        }
    }
    if (name == QLatin1String("count")) {
        return double(list ? list->size() : 0);
    }
    double total = 0;
    for (const double each : numbers) {
        total += each;
    }
    if (name == QLatin1String("sum")) {
        return total;
    }
    if (numbers.empty()) {
        return {};
    }
    if (name == QLatin1String("average")) {
        return total / double(numbers.size());
    }
    if (name == QLatin1String("max") || name == QLatin1String("min")) {
        const auto [least, most] = std::minmax_element(numbers.cbegin(), numbers.cend());
        return name == QLatin1String("max") ? *most : *least;
    }
    return Fault::BadUnit;
}

/// The record whose value of the second argument is greatest or least, the first of several.
template <bool IsGreatest> FormulaValue found(Arguments &v, CallContext &c)
{
    std::optional<FormulaValue> best;
    RecordPlace where{};
    for (const RecordPlace &place : matching(v, 3)) {
        FormulaValue value = v.at(place, 1);
        if (isFault(value)) {
            return value;
        }
        const int order = isBlank(value) ? 0 : best ? compareValues(value, *best, c.run) : 1;
        if (!isBlank(value) && (!best || (IsGreatest ? order > 0 : order < 0))) {
            best = std::move(value);
            where = place;
        }
    }
    return best ? v.at(where, 2) : FormulaValue();
}

FormulaValue lookupByKey(Arguments &v, CallContext &)
{
    if (isFault(v[0])) {
        return v[0];
    }
    const auto found = v.keyed();
    if (const auto *fault = std::get_if<Fault>(&found)) {
        return *fault;
    }
    const auto *place = std::get_if<RecordPlace>(&found);
    return place ? v.at(*place, 2) : v.size() > 3 ? v[3] : FormulaValue();
}

} // namespace

QList<Function> linkFunctions()
{
    return {
        {"LOOKUP", "link, value, [condition], [order], [\"desc\"]", 2, 5, Any, lookup,
            QT_TRANSLATE_NOOP("Function",
                "A value of each linked record, of those that meet the condition, in order. "
                "{Link}.{Field} is the same as LOOKUP({Link},{Field})."),
            "LOOKUP({Cases},{Title},{State}=\"open\")", true, Yields::Second, Enters::Links},
        {"COUNTLINKS", "link, [condition]", 1, 2, Number, countLinks,
            QT_TRANSLATE_NOOP(
                "Function", "How many records are linked, or how many of them meet the condition."),
            "COUNTLINKS({Cases},{State}=\"open\")", true, Yields::Own, Enters::Links},
        {"ROLLUP", "link, value, \"sum\", [condition]", 3, 4, Any, rollup,
            QT_TRANSLATE_NOOP("Function",
                "The sum, average, count, max or min of a value of the linked records, or "
                "concatenate to put them together."),
            "ROLLUP({Cases},{Amount},\"sum\")", true, Yields::Rolled, Enters::Links},
        {"FINDMAX", "link, by, value, [condition]", 3, 4, Any, found<true>,
            QT_TRANSLATE_NOOP(
                "Function", "A value of the linked record in which another value is greatest."),
            "FINDMAX({Cases},{Date},{Title})", true, Yields::Third, Enters::Links},
        {"FINDMIN", "link, by, value, [condition]", 3, 4, Any, found<false>,
            QT_TRANSLATE_NOOP(
                "Function", "A value of the linked record in which another value is least."),
            "FINDMIN({Cases},{Date},{Title})", true, Yields::Third, Enters::Links},
        {"XLOOKUP", "key, {Table}.{Field}, value, [otherwise]", 3, 4, Any, lookupByKey,
            QT_TRANSLATE_NOOP("Function",
                "A value of the record of any table in which a field says the key, in whatever "
                "case; of the first that was made if there are several. LOOKUP does the same with "
                "a key in front."),
            "XLOOKUP({Name},{Cases}.{Title},{State},\"unknown\")", true, Yields::ThirdOrLast,
            Enters::Key},
    };
}

} // namespace casebase
