// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/protocol/Message.h"

#include "shared/protocol/Describe.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace casebase {

template <class A> void describe(A &a, Hello &s)
{
    a("protocol", s.protocol);
    a("device", s.device);
    a("token", s.token);
    a("zstd", s.zstd);
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

QCborMap asMap(const Message &message)
{
    QCborMap map =
        std::visit([](const auto &each) { return CborWriter::encode(each).toMap(); }, message);
    map.insert(QLatin1String("t"), QLatin1String(Names[message.index()]));
    return map;
}

Error unreadable(const QString &what)
{
    return {ErrorCode::Protocol, {what}, {}};
}

template <size_t I = 0> Result<Message> messageOf(const QString &name, const QCborValue &cbor)
{
    if constexpr (I < std::variant_size_v<Message>) {
        if (name != QLatin1String(Names[I])) {
            return messageOf<I + 1>(name, cbor);
        }
        std::variant_alternative_t<I, Message> message;
        if (!CborReader::decode(cbor, message)) {
            return unreadable(name);
        }
        return Message(std::move(message));
    } else {
        return unreadable(QStringLiteral("unknown kind “%1”").arg(name.left(40)));
    }
}

Result<Message> fromCbor(const QCborValue &cbor)
{
    const QCborValue name = cbor.toMap().value(QLatin1String("t"));
    if (!cbor.isMap() || !name.isString()) {
        return unreadable(QStringLiteral("a message is an object with a text member “t”"));
    }
    return messageOf(name.toString(), cbor);
}

} // namespace

QByteArray encodeMessage(const Message &message, bool mayCompress)
{
    const QByteArray bytes = asMap(message).toCborValue().toCbor();
    return mayCompress && bytes.size() > CompressAbove ? compressed(bytes) : bytes;
}

QByteArray encodeJsonMessage(const Message &message)
{
    return QJsonDocument(asMap(message).toJsonObject()).toJson(QJsonDocument::Compact);
}

Result<Message> decodeMessage(const QByteArray &bytes, qsizetype limit)
{
    QByteArray plain = bytes;
    if (isCompressed(bytes)) {
        TRY_SET(plain, decompressed(bytes, limit));
    }
    QCborParserError error;
    const QCborValue cbor = QCborValue::fromCbor(plain, &error);
    if (error.error != QCborError::NoError) {
        return unreadable(QStringLiteral("not CBOR"));
    }
    return fromCbor(cbor);
}

Result<Message> decodeJsonMessage(const QByteArray &bytes)
{
    const QJsonDocument document = QJsonDocument::fromJson(bytes);
    return document.isObject() ? fromCbor(QCborMap::fromJsonObject(document.object()))
                               : unreadable(QStringLiteral("not a JSON object"));
}

QByteArray encodeChanges(const ChangeSet &changes)
{
    const QByteArray bytes = encoded(changes);
    return bytes.size() > CompressAbove ? compressed(bytes) : bytes;
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
