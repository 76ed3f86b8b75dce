// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/schema/Table.h"

#include <algorithm>

namespace casebase {

namespace {

template <class Things, class AnyId>
const typename Things::value_type *withId(const Things &things, AnyId id)
{
    const auto found = std::find_if(
        things.cbegin(), things.cend(), [&](const auto &each) { return each.id == id; });
    return found == things.cend() ? nullptr : &*found;
}

} // namespace

const Field *Table::field(FieldId wanted) const
{
    return withId(fields, wanted);
}

const Field *Table::fieldNamed(const QString &nameOrId) const
{
    if (const auto asId = FieldId::fromText(nameOrId)) {
        const Field *found = field(*asId);
        if (found && !found->isTrashed) {
            return found;
        }
    }
    const auto found = std::find_if(fields.cbegin(), fields.cend(), [&](const Field &each) {
        return !each.isTrashed && each.name.compare(nameOrId, Qt::CaseInsensitive) == 0;
    });
    return found == fields.cend() ? nullptr : &*found;
}

const Field *Table::primaryField() const
{
    const auto found = std::find_if(
        fields.cbegin(), fields.cend(), [](const Field &each) { return !each.isTrashed; });
    return found == fields.cend() ? nullptr : &*found;
}

const Field *Table::titleField(FieldId shown) const
{
    const Field *found = shown.isNull() ? nullptr : field(shown);
    return found && !found->isTrashed ? found : primaryField();
}

QList<Field> Table::liveFields() const
{
    QList<Field> live;
    std::copy_if(fields.cbegin(), fields.cend(), std::back_inserter(live),
        [](const Field &each) { return !each.isTrashed; });
    return live;
}

const View *Table::view(ViewId wanted) const
{
    return withId(views, wanted);
}

const Workflow *Table::workflow(WorkflowId wanted) const
{
    return withId(workflows, wanted);
}

} // namespace casebase
