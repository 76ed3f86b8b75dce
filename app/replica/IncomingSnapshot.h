// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/replica/RemovalWatch.h"
#include "shared/document/Document.h"
#include "shared/formula/FormulaValue.h"
#include "shared/protocol/Message.h"
#include "shared/support/Mailbox.h"
#include "shared/support/WorkQueue.h"

namespace casebase {

/// A base that is arriving, put together on a queue while its thread goes on. What is on the queue
/// when this goes away is done there for nobody.
/// Made, used and ended where `home` leads to.
class IncomingSnapshot {
public:
    struct Arrived {
        Document document;
        std::optional<Removal> removal; ///< What would go from what is shown.
    };
    using Handler = std::function<void(const Result<Arrived> &)>;

    IncomingSnapshot(WorkQueue &queue, MailAddress home);
    void add(const SnapshotTable &table);
    void add(const SnapshotPiece &piece);
    /// All of it has come, to take the place of `shown`: the handler gets the document at home,
    /// calculated for `now`, or why there is none. It is not called once this has gone.
    void finish(
        const SnapshotEnd &end, const Document &shown, const FormulaContext &now, Handler handler);
    bool isFinishing() const { return m_isFinishing; }

private:
    class Assembly;
    WorkQueue &m_queue;
    std::shared_ptr<Assembly> m_assembly; ///< Used on the queue only.
    MailAddress m_home;
    std::shared_ptr<const void> m_lifeline = std::make_shared<int>();
    bool m_isFinishing = false;
};

} // namespace casebase
