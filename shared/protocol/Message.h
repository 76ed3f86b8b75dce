// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/operation/ChangeSet.h"
#include "shared/support/Result.h"

namespace casebase {

inline constexpr int ProtocolVersion = 1;
inline constexpr qsizetype MessageLimitBeforeHello = 64 * 1024;
inline constexpr qsizetype MessageLimit = 1024 * 1024;
/// What a request may have for the message with it to be taken by the server.
inline constexpr qsizetype RequestBytes = MessageLimit * 16 - 64 * 1024;

/// First words of a client. `device` names the installation, for ever.
struct Hello {
    int protocol = ProtocolVersion;
    DeviceId device;
    QString token;
    bool zstd = false; ///< May the server compress what it sends?
    bool sequences = false; ///< May one frame hold several messages, one after another?
    bool packedPieces = false; ///< May pieces be compressed one by one?
    friend bool operator==(const Hello &, const Hello &) = default;
};
struct BaseEntry {
    BaseId id;
    QString name;
    Role role = Role::None;
    friend bool operator==(const BaseEntry &, const BaseEntry &) = default;
};
struct Welcome {
    UserId user;
    QString name;
    qint64 timeMs = 0;
    quint64 counter = 0; ///< Greatest request number that the server has seen from this device.
    QList<BaseEntry> bases;
    QString zone; ///< The time zone in which formulas are computed, such as Asia/Shanghai.
    QByteArray sealing = {}; ///< The public key that sensitive texts are sealed to; may be empty.
    friend bool operator==(const Welcome &, const Welcome &) = default;
};
/// The bases of the person have changed.
struct Bases {
    QList<BaseEntry> bases;
    friend bool operator==(const Bases &, const Bases &) = default;
};
struct Open {
    BaseId base;
    QString timeline;
    quint64 since = 0; ///< 0 asks for a snapshot.
    friend bool operator==(const Open &, const Open &) = default;
};
/// Answers Open: what follows is a snapshot, or the deltas since.
struct Opened {
    BaseId base;
    QString timeline;
    quint64 revision = 0;
    bool isSnapshot = false;
    QString restoredFrom; ///< The timeline that this one was restored from, if it was.
    quint64 restoredAt = 0; ///< Up to which revision the two are the same.
    friend bool operator==(const Opened &, const Opened &) = default;
};
struct SnapshotTable {
    BaseId base;
    Table table;
    quint64 rows = 0;
    friend bool operator==(const SnapshotTable &, const SnapshotTable &) = default;
};
/// Pieces of the table's columns (docs/protocol.md).
struct SnapshotPiece {
    BaseId base;
    TableId table;
    QString column;
    qint32 index = 0;
    QByteArray bytes;
    bool isPacked = false; ///< The bytes are compressed.
    friend bool operator==(const SnapshotPiece &, const SnapshotPiece &) = default;
};
/// The same for readers of JSON: whole records.
struct SnapshotRecords {
    BaseId base;
    TableId table;
    QList<NewRecord> records;
    friend bool operator==(const SnapshotRecords &, const SnapshotRecords &) = default;
};
struct SnapshotEnd {
    BaseId base;
    quint64 revision = 0;
    QList<Person> people;
    QList<Instance> instances;
    QList<Department> departments = {};
    friend bool operator==(const SnapshotEnd &, const SnapshotEnd &) = default;
};
struct Submit {
    BaseId base;
    RequestId id;
    Request request;
    friend bool operator==(const Submit &, const Submit &) = default;
};
struct Delta {
    BaseId base;
    Commit commit;
    friend bool operator==(const Delta &, const Delta &) = default;
};
/// The request was stored with an earlier revision; or it changed nothing.
struct Accepted {
    BaseId base;
    RequestId request;
    quint64 revision = 0;
    friend bool operator==(const Accepted &, const Accepted &) = default;
};
struct Rejected {
    BaseId base;
    RequestId request;
    Error error;
    friend bool operator==(const Rejected &, const Rejected &) = default;
};
/// Where somebody is. A null table means: gone.
struct Presence {
    BaseId base;
    UserId user;
    DeviceId device;
    TableId table;
    RecordId record;
    FieldId field;
    bool isEditing = false;
    friend bool operator==(const Presence &, const Presence &) = default;
};
/// A task or an end of interest to the person; api.md calls it notice.
struct NoticeMessage {
    BaseId base;
    InstanceId instance;
    bool isTask = false;
    friend bool operator==(const NoticeMessage &, const NoticeMessage &) = default;
};
/// Something is wrong with what was sent; the connection closes after it if it was not signed in.
struct Failure {
    Error error;
    friend bool operator==(const Failure &, const Failure &) = default;
};

using Message =
    std::variant<Hello, Welcome, Bases, Open, Opened, SnapshotTable, SnapshotPiece, SnapshotRecords,
        SnapshotEnd, Submit, Delta, Accepted, Rejected, Presence, NoticeMessage, Failure>;

/// One binary message: a CBOR map with the member "t" for its kind, compressed when large and
/// allowed.
QByteArray encodeMessage(const Message &message, bool mayCompress);
/// The same map as JSON text.
QByteArray encodeJsonMessage(const Message &message);
/// Binary messages one after another, compressed if that is worth it.
QByteArray packed(const QByteArray &messages);
/// Reads one frame, plain or compressed. Refuses what unpacks to more than the limit.
Result<QList<Message>> decodeMessages(const QByteArray &bytes, qsizetype limit);
/// The same, where there must be one message.
Result<Message> decodeMessage(const QByteArray &bytes, qsizetype limit);
Result<Message> decodeJsonMessage(const QByteArray &bytes);

/// The log's form of changes, and what a table or an instance is stored as.
QByteArray encodeChanges(const ChangeSet &changes);
Result<ChangeSet> decodeChanges(const QByteArray &bytes);
QByteArray encodeTable(const Table &table);
Result<Table> decodeTable(const QByteArray &bytes);
QByteArray encodePerson(const Person &person);
Result<Person> decodePerson(const QByteArray &bytes);
QByteArray encodeDepartments(const QList<Department> &departments);
Result<QList<Department>> decodeDepartments(const QByteArray &bytes);
QByteArray encodeInstance(const Instance &instance);
Result<Instance> decodeInstance(const QByteArray &bytes);
QByteArray encodeRequest(const Request &request);
Result<Request> decodeRequest(const QByteArray &bytes);

/// zstd, with its size in front of it as zstd writes it, and a sum.
QByteArray compressed(const QByteArray &bytes);
Result<QByteArray> decompressed(const QByteArray &bytes, qsizetype limit);
bool isCompressed(const QByteArray &bytes);

} // namespace casebase
