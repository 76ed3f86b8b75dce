// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/operation/Operation.h"

namespace casebase {

/// Names a request for ever: sent again, it is not applied again.
struct RequestId {
    DeviceId device;
    quint64 counter = 0;
    friend auto operator<=>(const RequestId &, const RequestId &) = default;
    friend size_t qHash(const RequestId &id, size_t seed = 0) noexcept
    {
        return qHashMulti(seed, id.device, id.counter);
    }
};

struct StartWorkflow {
    InstanceId instance; ///< Chosen by who asks, so that asking twice starts once.
    TableId table;
    WorkflowId workflow;
    RecordId record;
    friend bool operator==(const StartWorkflow &, const StartWorkflow &) = default;
};

enum class TaskVerb : quint8 { Approve, Reject };

struct ActOnTask {
    TaskId task;
    InstanceId instance;
    TaskVerb verb = TaskVerb::Approve;
    QString comment;
    QList<FieldValue> edits;
    /// Revision of the record that the person looked at; 0 does not check.
    quint64 seen = 0;
    friend bool operator==(const ActOnTask &, const ActOnTask &) = default;
};

struct WithdrawInstance {
    InstanceId instance;
    friend bool operator==(const WithdrawInstance &, const WithdrawInstance &) = default;
};

struct Edit {
    QList<Operation> operations; ///< All or none.
    friend bool operator==(const Edit &, const Edit &) = default;
};

/// What an actor asks for; may be refused.
using Request = std::variant<Edit, StartWorkflow, ActOnTask, WithdrawInstance>;

} // namespace casebase
