// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/field/FieldType.h"

namespace casebase {

/// A list of things to do, each ticked or not. Kept as a text with a line for each: "[x] done" or
/// "[ ] to do", so that it is searched, filtered and read by formulas as what it says.
const FieldType &checklistType();

struct ChecklistItem {
    QString text;
    bool isDone = false;
    friend bool operator==(const ChecklistItem &, const ChecklistItem &) = default;
};
using Checklist = QList<ChecklistItem>;

/// The items of a text: a line each, with or without a box before it ("[x]", "- [ ]", "☑", "✓").
Checklist checklistItems(const QString &text);
/// As it is kept; items without text are left out.
QString checklistText(const Checklist &items);
/// How many are ticked.
qsizetype doneCount(const Checklist &items);

} // namespace casebase
