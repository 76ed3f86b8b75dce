// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/columns/Tables.h"
#include "shared/formula/FormulaValue.h"
#include "shared/schema/Person.h"

#include <QVarLengthArray>

namespace casebase {

struct Expression;

/// What an expression yields, as far as its text tells.
enum class FormulaType : quint8 { Blank, Flag, Number, Text, Date, DateTime, List, Any };

/// A record that an expression reads.
struct RecordPlace {
    const TableData *table;
    Row row;
};

/// Where a function finds the record, and what its evaluation may cost.
struct CallContext {
    FormulaRun &run;
    const People &people;
    /// The record of the formula, then a linked one, then one that is linked there.
    QVarLengthArray<RecordPlace, 3> places;
    QVarLengthArray<FormulaValue, 4> names; ///< What LET has named.

    const TableData &table() const { return *places.last().table; }
    Row row() const { return places.last().row; }
};

/// The arguments of one call, each evaluated when it is first looked at.
class Arguments {
public:
    Arguments(const Expression &call, CallContext &context);
    qsizetype size() const;
    const FormulaValue &operator[](qsizetype i);
    const FormulaValue &last() { return (*this)[size() - 1]; }
    /// The first fault among them, if there is one. Evaluates all.
    const FormulaValue *fault();

    /// The argument as a text, a number, a moment; empty or nothing if it is none or left out.
    QString text(qsizetype i);
    std::optional<double> number(qsizetype i);
    std::optional<Moment> moment(qsizetype i, qint64 grainMs = MinuteMs);
    std::optional<QDateTime> dateTime(qsizetype i, qint64 grainMs = MinuteMs);
    /// A whole number of at least zero.
    qsizetype count(qsizetype i, qsizetype fallback);
    /// The records that the first argument, a link field, leads to. Each of them may be entered,
    /// to evaluate arguments there.
    std::vector<RecordPlace> linked();
    /// The record of which the second argument, a field of another table, says what the first is;
    /// it may be entered. A fault if the field is gone.
    std::variant<Empty, RecordPlace, Fault> keyed();
    FormulaValue at(const RecordPlace &place, qsizetype i);
    /// The link leads to one record at most.
    bool isSingleLink() const;
    /// A text that is written in the formula; empty if the argument is something else.
    QString constantText(qsizetype i) const;
    /// The field of the record that the argument is; null if it is something else.
    FieldId fieldOf(qsizetype i) const;

private:
    const Expression &m_call;
    CallContext &m_context;
    QVarLengthArray<std::optional<FormulaValue>, 4> m_values;
};

/// What a function yields, where that is not the same for all arguments.
enum class Yields : quint8 {
    Own, ///< Always the type it names.
    ArgumentsFromSecond, ///< Like what stands behind the first argument: IF.
    EverySecond, ///< Like each value that follows a condition or a case: IFS, SWITCH.
    Arguments, ///< Like any of the arguments: COALESCE, IFERROR.
    LastArgument, ///< LET.
    Second, ///< What stands behind a link that leads to one record; a list if it may to several.
    Third, ///< What is asked of the one linked record that is found.
    ThirdOrLast, ///< The same, or what stands for none: XLOOKUP.
    Rolled, ///< What the third argument names: a text if it puts together, otherwise a number.
    Extreme, ///< A date if the first argument is one, otherwise a number: MIN, MAX.
    Shifted ///< Like the first argument, if that is a date and the third a unit of whole days.
};

/// Where a function evaluates some of its arguments.
enum class Enters : quint8 {
    Nothing,
    Links, ///< The first argument is a link field; the others stand in the records it leads to.
    Key ///< The second and third stand in a record that is found by what the first is.
};

/// One built-in function. Operators are functions too, under names that nobody can type.
struct Function {
    const char *name; ///< Upper case.
    const char *parameters; ///< For people; brackets around what may be left out.
    int least;
    int most; ///< -1 for any number.
    FormulaType type;
    FormulaValue (*call)(Arguments &arguments, CallContext &context);
    const char *sentence; ///< What it does, in English; the client translates it.
    const char *example;
    bool seesFaults = false; ///< Otherwise a fault among the arguments is the result.
    Yields yields = Yields::Own;
    Enters enters = Enters::Nothing;
    /// It depends on who asks, or on the rest of the table.
    bool isAsked = false;
};

QList<Function> logicFunctions();
QList<Function> numberFunctions();
QList<Function> textFunctions();
QList<Function> patternFunctions();
QList<Function> dateFunctions();
QList<Function> workdayFunctions();
QList<Function> listFunctions();
QList<Function> linkFunctions();
QList<Function> dayFunctions();
QList<Function> askedFunctions();

/// The function of that name in any case, with other products' names as synonyms; null if none.
const Function *functionNamed(const QString &name);
/// All functions that can be typed, by name.
QList<const Function *> allFunctions();

/// Calls the function with each value of the arguments, those in lists one by one.
template <class Visit> void eachValue(Arguments &arguments, qsizetype first, Visit visit)
{
    const auto inner = [&](const auto &self, const FormulaValue &value) -> void {
        if (const auto *list = std::get_if<FormulaList>(&value)) {
            for (const FormulaValue &item : *list) {
                self(self, item);
            }
        } else {
            visit(value);
        }
    };
    for (qsizetype i = first; i < arguments.size(); ++i) {
        inner(inner, arguments[i]);
    }
}

} // namespace casebase
