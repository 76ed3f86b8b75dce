// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/field/FieldType.h"
#include "shared/schema/Table.h"

#include <QHash>
#include <QSet>

namespace casebase {

const FieldType &singleSelectType();
const FieldType &multipleSelectsType();
const FieldType &stateType();
const FieldType &departmentType();

/// MoveNotAllowed where a state does not go from the one to the other. From nothing it goes
/// anywhere.
Done checkMove(const Field &field, const Value &from, const Value &to);
/// The value without the options that do not go with what the parent field holds.
Value fittingUnder(const Value &value, const Field &field, const Value &parent);
/// The value with other options in the place of some, which go if their other one is null.
Value mergedOptions(const Value &value, const QHash<OptionId, OptionId> &others);
/// The field without ties to fields of its table that are gone.
Field withLiveTies(const Field &field, const Table &table);
/// The options that can be chosen in a record: those that go with what the parent field holds, and
/// of a state where it may go from here. Beside an empty parent, all that settle what it holds.
QList<Option> choosableOptions(const Field &field, const Value &now, const Value &parent);
/// Whether the option goes with what the parent field holds.
bool fitsUnder(const Option &option, const Value &parent);

/// Whether options of the kind can be made by those who write values.
bool mayTakeNewOptions(FieldKind kind);
/// Gives a field the options that texts ask for, up to so many in all. Borrows it. Whoever makes an
/// option of that name in a field like this makes the same one.
class OptionMaker {
public:
    explicit OptionMaker(Field &field, qsizetype limit = OptionsPerField);
    /// What is typed for the field: one name, or several.
    void add(const QString &text);
    void addName(const QString &name);

private:
    OptionId freeId(const QString &name) const;

    Field &m_field;
    qsizetype m_limit;
    QSet<QString> m_known;
};
inline constexpr qsizetype OptionsOfTexts = 500; ///< That are made of what stands in a column.

/// The names in "a, b，c", trimmed, without blanks and doubles.
QStringList splitNames(const QString &text);

} // namespace casebase
