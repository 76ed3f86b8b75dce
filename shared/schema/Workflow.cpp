// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/schema/Workflow.h"

#include <algorithm>

namespace casebase {

const WorkflowVersion *Workflow::version(int number) const
{
    const auto found = std::find_if(versions.cbegin(), versions.cend(),
        [number](const WorkflowVersion &each) { return each.number == number; });
    return found == versions.cend() ? nullptr : &*found;
}

} // namespace casebase
