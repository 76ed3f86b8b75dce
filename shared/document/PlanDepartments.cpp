// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/document/PlanLinks.h"

#include <algorithm>

namespace casebase {

namespace {

/// The first department that is to go and still stands in a record, and where.
Done checkUnused(const Document &document, const Departments &after)
{
    for (const TableId id : document.tables()) {
        const TableData &table = *document.table(id);
        for (const Field &field : table.definition().fields) {
            if (field.kind != FieldKind::Department || !table.codes(field)) {
                continue;
            }
            for (Row row = 0; row < table.rowCount(); ++row) {
                const Value value = table.value(row, field);
                const auto *department = std::get_if<OptionId>(&value);
                if (department && !after.department(*department)) {
                    const Department *gone = document.departments().department(*department);
                    return Error{ErrorCode::DepartmentInUse,
                        {gone ? gone->name : department->text(),
                            table.definition().name + u'.' + field.name},
                        {}};
                }
            }
        }
    }
    return Ok;
}

} // namespace

Result<QList<Change>> planDepartments(const PlanStep &step, const PutDepartments &op)
{
    const Document &document = step.document;
    const QList<Department> &before = document.departments().all();
    if (op.seen && *op.seen != before) {
        return Error{ErrorCode::ChangedSince, {QStringLiteral("departments")}, {}};
    }
    QList<Department> all = op.departments;
    for (Department &each : all) {
        each.name = each.name.simplified();
        if (!each.head.isNull() && !document.people().person(each.head)) {
            return Error{ErrorCode::UnknownPerson, {each.head.text()}, {}};
        }
    }
    const Departments after(all);
    TRY(after.check());
    if (after.all() == before) {
        return QList<Change>();
    }
    TRY(checkUnused(document, after));
    const QList<Option> options = after.options();
    TableEdits edits(document);
    for (const TableId id : document.tables()) {
        const QList<Field> &fields = document.table(id)->definition().fields;
        for (qsizetype i = 0; i < fields.size(); ++i) {
            if (fields[i].kind == FieldKind::Department && fields[i].options != options) {
                Field &field = edits.table(id)->fields[i];
                field.options = options;
                const auto *given = std::get_if<OptionId>(&field.defaultValue.value);
                const Department *left = given ? after.department(*given) : nullptr;
                if (given && (!left || left->isClosed)) {
                    field.defaultValue = {}; // New records are not put there any more.
                }
            }
        }
    }
    return QList<Change>{DepartmentsChange{before, after.all()}} + edits.take();
}

} // namespace casebase
