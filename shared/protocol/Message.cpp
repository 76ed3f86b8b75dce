// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/protocol/Message.h"

#include "shared/protocol/Describe.h"

#include <QCborMap>
#include <QJsonDocument>
#include <QJsonObject>

namespace casebase {

template <class A> void describe(A &a, Hello &s)
{
    a("protocol", s.protocol);
    a("device", s.device);
    a("token", s.token);
    a("zstd", s.zstd);
    a("sequences", s.sequences);
    a("packedPieces", s.packedPieces);
}
template <class A> void describe(A &a, BaseEntry &s)
{
    a("id", s.id);
    a("name", s.name);
    a("role", s.role);
}
template <class A> void describe(A &a, Welcome &s)
{
    a("user", s.user);
    a("name", s.name);
    a("time", s.timeMs);
    a("counter", s.counter);
    a("bases", s.bases);
    a("zone", s.zone);
    a("sealing", s.sealing);
}
template <class A> void describe(A &a, Bases &s)
{
    a("bases", s.bases);
}
template <class A> void describe(A &a, Open &s)
{
    a("base", s.base);
    a("timeline", s.timeline);
    a("since", s.since);
}
template <class A> void describe(A &a, Opened &s)
{
    a("base", s.base);
    a("timeline", s.timeline);
    a("revision", s.revision);
    a("snapshot", s.isSnapshot);
    a("restoredFrom", s.restoredFrom);
    a("restoredAt", s.restoredAt);
}
template <class A> void describe(A &a, SnapshotTable &s)
{
    a("base", s.base);
    a("table", s.table);
    a("rows", s.rows);
}
template <class A> void describe(A &a, SnapshotPiece &s)
{
    a("base", s.base);
    a("table", s.table);
    a("column", s.column);
    a("index", s.index);
    a("bytes", s.bytes);
    a("packed", s.isPacked);
}
template <class A> void describe(A &a, SnapshotRecords &s)
{
    a("base", s.base);
    a("table", s.table);
    a("records", s.records);
}
template <class A> void describe(A &a, SnapshotEnd &s)
{
    a("base", s.base);
    a("revision", s.revision);
    a("people", s.people);
    a("instances", s.instances);
    a("departments", s.departments);
}
template <class A> void describe(A &a, Submit &s)
{
    a("base", s.base);
    a("id", s.id);
    a("request", s.request);
}
template <class A> void describe(A &a, Delta &s)
{
    a("base", s.base);
    describe(a, s.commit); // revision, stamp, request and changes stand in the delta itself
}
template <class A> void describe(A &a, Accepted &s)
{
    a("base", s.base);
    a("request", s.request);
    a("revision", s.revision);
}
template <class A> void describe(A &a, Rejected &s)
{
    a("base", s.base);
    a("request", s.request);
    a("error", s.error);
}
template <class A> void describe(A &a, Presence &s)
{
    a("base", s.base);
    a("user", s.user);
    a("device", s.device);
    a("table", s.table);
    a("record", s.record);
    a("field", s.field);
    a("editing", s.isEditing);
}
template <class A> void describe(A &a, NoticeMessage &s)
{
    a("base", s.base);
    a("instance", s.instance);
    a("task", s.isTask);
}
template <class A> void describe(A &a, Failure &s)
{
    a("error", s.error);
}

namespace {

constexpr const char *Names[] = {"hello", "welcome", "bases", "open", "opened", "snapshotTable",
    "snapshotPiece", "snapshotRecords", "snapshotEnd", "submit", "delta", "accepted", "rejected",
    "presence", "notice", "failure"};
static_assert(std::size(Names) == std::variant_size_v<Message>);

constexpr qsizetype CompressAbove = 1024;

Error unreadable(const QString &what)
{
    return {ErrorCode::Protocol, {what}, {}};
}

QByteArray plainMessage(const Message &message)
{
    std::string bytes;
    ArchiveWriter writer(bytes);
    beginMap(bytes);
    appendText(bytes, QByteArrayView("t"));
    appendText(bytes, QByteArrayView(Names[message.index()]));
    std::visit(
        [&writer](const auto &each) {
            describe(writer, const_cast<std::decay_t<decltype(each)> &>(each));
        },
        message);
    endMap(bytes);
    return QByteArray(bytes.data(), qsizetype(bytes.size()));
}

/// The member "t" of the message that begins here; the reader itself stays where it is.
std::optional<QByteArray> kindOf(CborReader reader)
{
    auto members = reader.enterMap();
    std::optional<QByteArray> kind;
    while (members.hasNext(reader)) {
        const auto key = reader.text();
        if (!key) {
            return std::nullopt;
        }
        if (*key == QByteArrayView("t")) {
            const auto name = reader.text();
            return name ? std::optional(name->toByteArray()) : std::nullopt;
        }
        if (!reader.skip(1)) {
            return std::nullopt;
        }
    }
    return kind;
}

template <size_t I = 0> Result<Message> readMessage(const QByteArray &kind, CborReader &reader)
{
    if constexpr (I < std::variant_size_v<Message>) {
        if (kind != Names[I]) {
            return readMessage<I + 1>(kind, reader);
        }
        std::variant_alternative_t<I, Message> message;
        if (!readArchive(reader, message)) {
            return unreadable(QString::fromLatin1(kind));
        }
        return Message(std::move(message));
    } else {
        return unreadable(
            QStringLiteral("unknown kind “%1”").arg(QString::fromUtf8(kind.left(40))));
    }
}

Result<Message> nextMessage(CborReader &reader)
{
    const auto kind = kindOf(reader);
    if (!kind) {
        return unreadable(QStringLiteral("a message is an object with a text member “t”"));
    }
    return readMessage(*kind, reader);
}

} // namespace

QByteArray encodeMessage(const Message &message, bool mayCompress)
{
    const QByteArray bytes = plainMessage(message);
    return mayCompress ? packed(bytes) : bytes;
}

QByteArray packed(const QByteArray &messages)
{
    return messages.size() > CompressAbove ? compressed(messages) : messages;
}

QByteArray encodeJsonMessage(const Message &message)
{
    const QCborMap map = QCborValue::fromCbor(plainMessage(message)).toMap();
    return QJsonDocument(map.toJsonObject()).toJson(QJsonDocument::Compact);
}

Result<QList<Message>> decodeMessages(const QByteArray &bytes, qsizetype limit)
{
    QByteArray plain = bytes;
    if (isCompressed(bytes)) {
        TRY_SET(plain, decompressed(bytes, limit));
    }
    CborReader reader(plain);
    QList<Message> messages;
    do {
        TRY_SET(Message message, nextMessage(reader));
        messages += std::move(message);
    } while (!reader.isAtEnd());
    return messages;
}

Result<Message> decodeMessage(const QByteArray &bytes, qsizetype limit)
{
    TRY_SET(QList<Message> messages, decodeMessages(bytes, limit));
    return messages.size() == 1 ? Result<Message>(messages.takeFirst())
                                : unreadable(QStringLiteral("several messages"));
}

Result<Message> decodeJsonMessage(const QByteArray &bytes)
{
    const QJsonDocument document = QJsonDocument::fromJson(bytes);
    if (!document.isObject()) {
        return unreadable(QStringLiteral("not a JSON object"));
    }
    const QByteArray cbor = QCborMap::fromJsonObject(document.object()).toCborValue().toCbor();
    CborReader reader(cbor);
    return nextMessage(reader);
}

QByteArray encodeChanges(const ChangeSet &changes)
{
    return packed(encoded(changes));
}

Result<ChangeSet> decodeChanges(const QByteArray &bytes)
{
    QByteArray plain = bytes;
    if (isCompressed(bytes)) {
        TRY_SET(plain, decompressed(bytes, qsizetype(1) << 30));
    }
    return decoded<ChangeSet>(plain, "changes");
}

QByteArray encodeTable(const Table &table)
{
    return encoded(table);
}
Result<Table> decodeTable(const QByteArray &bytes)
{
    return decoded<Table>(bytes, "table");
}
QByteArray encodePerson(const Person &person)
{
    return encoded(person);
}
Result<Person> decodePerson(const QByteArray &bytes)
{
    return decoded<Person>(bytes, "person");
}
QByteArray encodeDepartments(const QList<Department> &departments)
{
    return encoded(PutDepartments{departments});
}
Result<QList<Department>> decodeDepartments(const QByteArray &bytes)
{
    TRY_SET(PutDepartments put, decoded<PutDepartments>(bytes, "departments"));
    return std::move(put.departments);
}
QByteArray encodeInstance(const Instance &instance)
{
    return encoded(instance);
}
Result<Instance> decodeInstance(const QByteArray &bytes)
{
    return decoded<Instance>(bytes, "instance");
}
QByteArray encodeRequest(const Request &request)
{
    return encoded(request);
}
Result<Request> decodeRequest(const QByteArray &bytes)
{
    return decoded<Request>(bytes, "request");
}

} // namespace casebase
