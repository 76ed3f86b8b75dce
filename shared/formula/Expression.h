// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/document/TableData.h"
#include "shared/formula/FormulaValue.h"
#include "shared/schema/Person.h"
#include "shared/support/Result.h"

namespace casebase {

struct Function;

/// A parsed and checked expression. A value; reading it needs no lock.
struct Expression {
    enum class Kind : quint8 { Literal, FieldValue, Call };
    Kind kind = Kind::Literal;
    FormulaValue literal;
    FieldId field;
    const Function *function = nullptr; ///< One of the built-in table, which lives for ever.
    QList<Expression> arguments;
};

/// Parses a formula in the language of the API: `{Field}`, names in any case, both dialects.
/// An error says at which character (from 1) and why.
Result<Expression> parseExpression(const QString &text, const Table &table);

/// The value for one record.
FormulaValue evaluate(const Expression &expression, const TableData &table, Row row,
    const People &people, const FormulaContext &context);

} // namespace casebase
