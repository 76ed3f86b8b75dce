// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/schema/Instance.h"

namespace casebase {

const Task *Instance::task(TaskId wanted) const
{
    for (const Step &step : steps) {
        for (const Task &task : step.tasks) {
            if (task.id == wanted) {
                return &task;
            }
        }
    }
    return nullptr;
}

} // namespace casebase
