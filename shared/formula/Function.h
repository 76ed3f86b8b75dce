// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/document/TableData.h"
#include "shared/formula/FormulaValue.h"

namespace casebase {

using FormulaValues = QList<FormulaValue>;

/// What a function may look at besides its arguments.
struct CallContext {
    const FormulaContext &formula;
    const TableData &table;
    Row row;
};

/// One built-in function. Operators are functions too, under names that nobody can type.
struct Function {
    const char *name; ///< Upper case.
    int least;
    int most; ///< -1 for any number.
    bool seesErrors; ///< Otherwise an error among the arguments is the result.
    FormulaValue (*call)(const FormulaValues &arguments, const CallContext &context);
};

QList<Function> logicFunctions();
QList<Function> numberFunctions();
QList<Function> textFunctions();
QList<Function> dateFunctions();

/// The function of that name in any case, with SeaTable's names as synonyms; null if none.
const Function *functionNamed(const QString &name);

} // namespace casebase
