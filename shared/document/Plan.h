// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/document/Document.h"
#include "shared/field/FieldType.h"
#include "shared/secret/Keeper.h"
#include "shared/support/Progress.h"

namespace casebase {

inline constexpr qsizetype CellsPerRequest = 400000;
inline constexpr qsizetype TablesPerBase = 200;
inline constexpr qsizetype FieldsPerTable = 500;

/// Who plans, and on whose behalf.
struct PlanContext {
    Stamp stamp;
    bool isSystem = false; ///< May write what only workflows write.
    QLocale locale = QLocale::c();
    QTimeZone zone = QTimeZone::utc();
    const Keeper *keeper = nullptr; ///< Of sensitive texts, on the server; borrowed.
    Progress *progress = nullptr; ///< Of what looks through all records; borrowed.
};

/// What a request comes to: the facts, to be adopted. Expands the operations, one on top of the
/// other; refuses all if it refuses one, and touches nothing. Deterministic: the same document,
/// operations and stamp give the same facts. `revision` is the one that they will make.
Result<ChangeSet> plan(const Document &document, const QList<Operation> &operations,
    const PlanContext &context, quint64 revision);

} // namespace casebase
