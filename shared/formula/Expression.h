// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/formula/Function.h"
#include "shared/support/Result.h"

namespace casebase {

/// A parsed and checked expression. A value; reading it needs no lock.
struct Expression {
    enum class Kind : quint8 { Literal, FieldValue, Name, Call };
    Kind kind = Kind::Literal;
    FormulaType type = FormulaType::Blank;
    FormulaValue literal;
    FieldId field;
    int name = 0; ///< Which of those that LET named, counted from the outermost.
    const Function *function = nullptr; ///< One of the built-in table, which lives for ever.
    QList<Expression> arguments;
};

/// Where a field is named in the text of a formula.
struct FieldReference {
    qsizetype at = 0;
    qsizetype length = 0;
    FieldId field;
};

struct ParsedFormula {
    Expression expression;
    QList<FieldReference> fields; ///< In the order of the text.
};

inline constexpr qsizetype FormulaLimit = 64 * 1024; ///< Characters.

/// Parses a formula in the language of the API: `{Field}` by name or id, function names in any case
/// and of both dialects. An error says at which character (from 1) and why.
Result<ParsedFormula> parseFormula(const QString &text, const Table &table);
/// The same, when only the expression counts.
Result<Expression> parseExpression(const QString &text, const Table &table);

/// The formula with ids instead of names, as it is kept, so that renaming a field is free.
Result<QString> withIds(const QString &formula, const Table &table);
/// The formula with names, for people. Ids of fields that are gone stay.
QString withNames(const QString &formula, const Table &table);

/// The value for one record. `run` tells afterwards until when it holds.
FormulaValue evaluate(const Expression &expression, const TableData &table, Row row,
    const People &people, FormulaRun &run);
/// The fields that the expression reads.
QSet<FieldId> fieldsRead(const Expression &expression);

} // namespace casebase
