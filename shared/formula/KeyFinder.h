// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/columns/Tables.h"
#include "shared/formula/FormulaValue.h"
#include "shared/schema/Person.h"

#include <QMutex>

#include <memory>

/// Finding a record by what one of its fields says. Two keys are the same where they read the
/// same, in whatever case: the text "12" and the number 12.
namespace casebase {

/// What the key reads as; empty if it is none.
QString keyText(const FormulaValue &value, FormulaRun &run);
quint64 keyHash(const QString &key);
/// Of what the field says in that row; NoKey if the record is deleted.
quint64 keyHash(const TableData &table, Row row, const Field &field, const People &people,
    const FormulaContext &context);

/// Of the records of which the field says the key, the one that was made first.
std::optional<Row> rowOfKey(const TableData &table, const Field &field, const QString &key,
    const KeyIndex &index, const People &people, FormulaRun &run);

/// Finds many records in one state of the tables, for those who keep no index: makes one for each
/// field when it is first asked about. Used by several threads; borrows what it is given.
class KeyFinder {
public:
    KeyFinder(const People &people, const FormulaContext &context)
        : m_people(people)
        , m_context(context)
    {
    }
    const KeyIndex &keys(const TableData &table, const Field &field);

private:
    const People &m_people;
    const FormulaContext m_context;
    QMutex m_mutex;
    QHash<FieldId, std::shared_ptr<const KeyIndex>> m_indexes;
};

} // namespace casebase
