// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/net/Transport.h"
#include "app/replica/Cache.h"
#include "app/replica/IncomingSnapshot.h"
#include "app/replica/Outbox.h"
#include "app/replica/RemovalWatch.h"
#include "app/replica/Replica.h"
#include "app/session/SecretSealing.h"
#include "app/session/SubmitWindow.h"
#include "shared/field/FieldType.h"
#include "shared/protocol/Message.h"
#include "shared/support/IdSource.h"
#include "shared/support/WorkQueue.h"

#include <QLockFile>
#include <QTimer>

#include <map>

namespace casebase {

/// Where the client's files lie, and who signed in where.
struct SessionSettings {
    QString folder;
    QUrl server; ///< http://… or https://…
    QString token;
    UserId user;
    QString userName;
};

/// What to do about records that would go all at once.
enum class RemovalAnswer : quint8 { GoOn, BringBack };

enum class Connection : quint8 { Offline, Connecting, Online };

/// The client's door: the only way to change a base, and what tells everybody what changed. Works
/// without the network; owns replicas, outbox, cache and the link to the server.
class Session final : public QObject {
    Q_OBJECT
public:
    /// InUse if another program uses the folder, NotWritable if it cannot be written to.
    static Result<std::unique_ptr<Session>> create(const SessionSettings &settings,
        std::unique_ptr<Transport> transport, const Clock &clock, IdSource &ids,
        std::unique_ptr<WorkQueue> background);
    ~Session() override;

    void connectToServer();
    void disconnectFromServer();

    const QList<BaseEntry> &bases() const { return m_bases; }
    /// Null until something is known of the base.
    const Replica *replica(BaseId base) const;
    const Document *document(BaseId base) const;
    UserId me() const { return m_settings.user; }
    const QString &userName() const { return m_settings.userName; }
    const SessionSettings &settings() const { return m_settings; }
    Connection connection() const { return m_connection; }
    /// Everything that the server had when this connection opened the base has arrived.
    bool isCaughtUp(BaseId base) const;
    qint64 offlineSinceMs() const { return m_offlineSinceMs; }
    qint64 lastSavedMs() const { return m_lastSavedMs; }
    int waitingCount() const;
    /// Requests of all bases that the server has not answered.
    QList<Pending> allWaiting() const;
    /// Those that it did not take, of bases too that are not listed any more.
    QList<Pending> refused() const;
    /// Set if the file of waiting requests was damaged when the session began.
    const std::optional<Salvage> &salvage() const { return m_outbox->salvage(); }
    QList<Presence> presences(BaseId base) const;
    /// Set while the base stands still because more than half of a table would go.
    const std::optional<Removal> &removal(BaseId base) const;
    /// Goes on, or goes on and brings the records back. A copy of the cache is kept for 30 days.
    Done answerRemoval(BaseId base, RemovalAnswer answer);
    IdSource &ids() { return m_ids; }
    const Clock &clock() const { return m_clock; }
    /// Parsing and formatting as this person sees values of the base.
    FieldContext fieldContext(BaseId base) const;
    /// The same for what somebody types or pastes, with names of linked records. Not to be kept: it
    /// holds the document as it is.
    FieldContext typingContext(BaseId base) const;
    /// The time and zone of computed fields.
    FormulaContext formulaContext() const;
    /// Computes what the time has made different; about once a second by itself.
    void passTime();

    /// Asks for a change. Refused at once if it cannot be; otherwise it is on disk, shown, and on
    /// its way. The changes are what it comes to here.
    Result<ChangeSet> submit(BaseId base, const Request &typed);
    /// Whether that would be refused at once, and why.
    Done check(BaseId base, const Request &typed);
    /// As submit() for what takes long, as a change of all records of a large table: is worked out
    /// in the background, and answered later, in this thread; not at all once the session is gone.
    using Answer = std::function<void(const Result<ChangeSet> &)>;
    void submitLater(BaseId base, const Request &request, const Answer &answer,
        const std::shared_ptr<Progress> &progress = nullptr);
    void discardRefused(quint64 counter);
    /// Sends a refused request again.
    void retryRefused(quint64 counter);
    void showPresence(const Presence &presence);
    /// Writes the cache now. Tests and the end of the program.
    void flushCache();

Q_SIGNALS:
    void changed(BaseId base, const ReplicaChange &change);
    /// The clock has gone on, about once a second; what it made different has been told.
    void timePassed();
    void basesChanged();
    void connectionChanged();
    void refusedByServer(BaseId base, const Error &error);
    void signedOut(const Error &error);
    void presenceChanged(BaseId base);
    /// removal() is set, has grown, or is not set any more.
    void removalChanged(BaseId base);
    void noticed(BaseId base, InstanceId instance, bool isTask);
    /// The author's edit replaced a value that the author had not seen, or the other way round.
    void overwritten(BaseId base, TableId table, const CellChange &cell, UserId by);
    /// Somebody has put this person into a field of those records that tells so.
    void addedTo(
        BaseId base, TableId table, const QList<RecordId> &records, FieldId field, UserId by);

private:
    Session(const SessionSettings &settings, std::unique_ptr<Transport> transport,
        const Clock &clock, IdSource &ids, std::unique_ptr<WorkQueue> background);
    Done load();
    QList<Pending> pendingWhere(bool isRefused) const;
    Replica &replicaFor(BaseId base);
    Result<Replica *> replicaToWrite(BaseId base);
    Result<Request> sealed(BaseId base, const Request &request) const;
    void predictLater(BaseId base, const Request &request, const Answer &answer,
        const std::shared_ptr<Progress> &progress, int attempts);
    Result<ChangeSet> put(
        BaseId base, const Request &request, qint64 nowMs, const Result<Prediction> &prediction);
    void onOpened();
    void onClosed();
    void onReceived(const QByteArray &bytes);
    void readArrived();
    void read(const Result<QList<Message>> &messages);
    void onMessage(const Message &message);
    void take(BaseId base, const Result<IncomingSnapshot::Arrived> &snapshot);
    void hold(BaseId base, const Message &message);
    void show(BaseId base, const Document &snapshot);
    void ask(BaseId base, const Removal &removal);
    void release(BaseId base);
    Done bringBack(BaseId base, const Removal &removal);
    void keepCopy(const QString &name);
    void handle(const Welcome &welcome);
    void handle(const Bases &bases);
    void handle(const Opened &opened);
    void handle(const SnapshotTable &table);
    void handle(const SnapshotPiece &piece);
    void handle(const SnapshotEnd &end);
    void handle(const Delta &delta);
    void receive(const Delta &delta, const std::optional<Adoption> &adopted);
    void handle(const Accepted &accepted);
    void handle(const Rejected &rejected);
    void handle(const Presence &presence);
    void handle(const NoticeMessage &notice);
    void handle(const Failure &failure);
    template <class Other> void handle(const Other &) { }
    void open(BaseId base);
    void setBases(const QList<BaseEntry> &bases);
    bool isListed(BaseId base) const;
    void leave(BaseId base);
    void refuse(BaseId base, const QList<quint64> &counters, const Error &error);
    void send(const Message &message);
    void sendPending(BaseId base);
    void answered(BaseId base);
    void finished(BaseId base, quint64 counter, quint64 revision);
    void keepConfirmed();
    void giveNewNumbers(BaseId base);
    void offerAgain(const Opened &opened);
    void tellOverwritten(BaseId base, const Commit &commit);
    void tellAdded(BaseId base, const Commit &commit);
    void setConnection(Connection connection);
    void reconnectLater();
    void saveLater(BaseId base);

    /// What a base is besides its replica.
    struct Link {
        std::unique_ptr<Replica> replica;
        QString timeline; ///< That the confirmed document is of.
        QString openedTimeline; ///< The server's, when the base was opened.
        std::unique_ptr<IncomingSnapshot> incoming; ///< Set while a snapshot is arriving.
        bool isAdopting = false; ///< A large commit is being adopted in the background.
        QList<Message> held; ///< What waits for the snapshot to be put together, or for an answer.
        std::optional<Removal> removal; ///< The question.
        std::optional<Document> unasked; ///< The snapshot that it is about, if it is about one.
        QSet<TableId> answered; ///< While what waited is looked through: not asked about again.
        QList<Removal> wanted; ///< What is brought back once nothing waits any more.
        bool isOpen = false;
        quint64 openedAt = 0; ///< The server's revision when the base was opened.
        SubmitWindow window;
        QHash<DeviceId, Presence> presences;
    };

    SessionSettings m_settings;
    const Clock &m_clock;
    IdSource &m_ids;
    std::unique_ptr<Transport> m_transport;
    SecretSealing m_sealing;
    std::unique_ptr<QLockFile> m_lock; ///< One program at a time uses the folder.
    std::unique_ptr<Outbox> m_outbox;
    QList<QByteArray> m_arrived; ///< What is being read in the background, and what comes after it.
    int m_connectionNumber = 0; ///< Tells what is of an earlier connection.
    QList<Confirmed> m_confirmed; ///< By the message that is being read.
    quint64 m_seenByServer = 0; ///< Highest number of this installation, when the connection began.
    std::unique_ptr<WorkQueue> m_background; ///< For the cache and for snapshots that arrive.
    std::unique_ptr<Cache> m_cache; ///< Used in the background only.
    std::map<BaseId, Link> m_links;
    QList<BaseEntry> m_bases;
    Connection m_connection = Connection::Offline;
    QTimeZone m_zone = QTimeZone::systemTimeZone(); ///< Asking the system takes long.
    QTimeZone m_formulaZone = m_zone; ///< The server's, so that all see the same results.
    bool m_isWanted = false;
    qint64 m_offlineSinceMs = 0;
    qint64 m_lastSavedMs = 0;
    /// In the background, before something else has come on top each time.
    static constexpr int MostPredictions = 4;
    static constexpr int MostAttempts = 6; ///< The time between more of them grows no more.
    int m_attempts = 0;
    QTimer m_retry;
    QTimer m_save;
    QTimer m_second; ///< For what formulas make of the time.
    QTimer m_resend; ///< Runs while the server cannot store anything.
    QSet<BaseId> m_unsaved;
    RemovalWatch m_removals;
    Mailbox m_mailbox; ///< For what the background has made.
};

} // namespace casebase
