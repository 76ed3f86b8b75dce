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
    bool isSingleLink = false; ///< The field leads to one record at most.
    int place = 0; ///< Whose field: 0 the record's own, 1 a linked one's, 2 one linked there.
    TableId linked; ///< Of calls that enter other records: their table.
    int name = 0; ///< Which of those that LET named, counted from the outermost.
    const Function *function = nullptr; ///< One of the built-in table, which lives for ever.
    QList<Expression> arguments;
    qsizetype at = 0; ///< Where it stands in the text, with its brackets.
    qsizetype length = 0;
};

/// Where a field, or a table, is named in the text of a formula.
struct FieldReference {
    qsizetype at = 0;
    qsizetype length = 0;
    FieldId field;
    QString name; ///< Of the field now; empty if this would name another one here.
    TableId table = {}; ///< Of a table, which has no `field`.
};

/// A field that an expression reads, and how it gets there.
struct FieldRead {
    QList<FieldId> path; ///< The link fields to follow from the record; none for its own.
    TableId table;
    FieldId field; ///< Null for when and by whom the record was made or changed.
    bool isEntered = false; ///< A link, of which only counts where it leads.
    int keyed = -1; ///< Which of keyedCalls() the way begins with; -1 if with none.

    /// In another record.
    bool isForeign() const { return keyed >= 0 || !path.isEmpty(); }
    friend bool operator==(const FieldRead &, const FieldRead &) = default;
};

struct ParsedFormula {
    Expression expression;
    QList<FieldReference> fields; ///< In the order of the text.
};

inline constexpr qsizetype FormulaLimit = 64 * 1024; ///< Characters.

/// Parses a formula in the language of the API: `{Field}` by name or id, `{Link}.{Field}` for that
/// field of the linked records, function names in any case and of both dialects. An error says at
/// which character (from 1) and why. Without `tables`, no link can be followed. With `linked`, the
/// formula stands in a record of that table which one of `table` links, or would: names are looked
/// for there first.
Result<ParsedFormula> parseFormula(const QString &text, const Table &table,
    const Tables *tables = nullptr, const Table *linked = nullptr);
/// The same, when only the expression counts.
Result<Expression> parseExpression(const QString &text, const Table &table,
    const Tables *tables = nullptr, const Table *linked = nullptr);

/// The formula with ids instead of names, as it is kept, so that renaming a field is free.
Result<QString> withIds(const QString &formula, const Table &table, const Tables *tables = nullptr,
    const Table *linked = nullptr);
/// The formula with names, for people. Ids of fields that are gone stay.
QString withNames(const QString &formula, const Table &table, const Tables *tables = nullptr,
    const Table *linked = nullptr);

/// What a call of the function with these arguments yields.
FormulaType resultType(const Function &function, const QList<Expression> &arguments);

/// The value for one record. `run` tells afterwards until when it holds.
FormulaValue evaluate(const Expression &expression, const TableData &table, Row row,
    const People &people, FormulaRun &run);
/// The same for a formula that stands in a linked record.
FormulaValue evaluateLinked(const Expression &expression, const RecordPlace &own,
    const RecordPlace &linked, const People &people, FormulaRun &run);
/// A function in it depends on who asks, or on the rest of the table.
bool dependsOnAsker(const Expression &expression);
/// A function in it looks at the other records of the table.
bool comparesRecords(const Expression &expression);
/// The calls in it that find a record by a key, from left to right.
QList<const Expression *> keyedCalls(const Expression &expression);
/// The fields that the expression reads, each once.
QList<FieldRead> fieldsRead(const Expression &expression, TableId home);

} // namespace casebase
