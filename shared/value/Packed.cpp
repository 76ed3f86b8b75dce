// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/value/Packed.h"

#include <QCborArray>
#include <QCborValue>

#include <cstring>

namespace casebase {

namespace {

void append(QByteArray &bytes, const IdBits &id)
{
    bytes.append(reinterpret_cast<const char *>(&id), sizeof(IdBits));
}

template <class Use> void eachId(QByteArrayView bytes, Use use)
{
    for (qsizetype at = 0; at + qsizetype(sizeof(IdBits)) <= bytes.size(); at += sizeof(IdBits)) {
        IdBits bits;
        std::memcpy(&bits, bytes.data() + at, sizeof(IdBits));
        use(bits);
    }
}

template <class AnyId> QByteArray packedIds(const QList<AnyId> &ids)
{
    QByteArray bytes;
    bytes.reserve(ids.size() * qsizetype(sizeof(IdBits)));
    for (const AnyId id : ids) {
        append(bytes, id.bits());
    }
    return bytes;
}

template <class AnyId> QList<AnyId> unpackedIds(QByteArrayView bytes)
{
    QList<AnyId> ids;
    eachId(bytes, [&ids](const IdBits &id) { ids += AnyId(id); });
    return ids;
}

} // namespace

QByteArray packedOptions(const Options &options)
{
    return packedIds(options);
}

Options unpackedOptions(QByteArrayView bytes)
{
    return unpackedIds<OptionId>(bytes);
}

QByteArray packedPersons(const Persons &persons)
{
    return packedIds(persons);
}

Persons unpackedPersons(QByteArrayView bytes)
{
    return unpackedIds<UserId>(bytes);
}

QByteArray packedLinks(const Links &links)
{
    QByteArray bytes;
    bytes.reserve(links.size() * qsizetype(sizeof(IdBits)));
    for (const Link &link : links) {
        append(bytes, link.record.bits());
    }
    return bytes;
}

Links unpackedLinks(QByteArrayView bytes)
{
    Links links;
    eachId(bytes, [&links](const IdBits &id) { links += Link{RecordId(id), {}}; });
    return links;
}

QList<RecordId> unpackedRecords(QByteArrayView bytes)
{
    return unpackedIds<RecordId>(bytes);
}

QByteArray packedAttachments(const Attachments &files)
{
    QCborArray array;
    for (const Attachment &file : files) {
        array += QCborArray{file.id.text(), file.name, file.size, file.mimeType};
    }
    return array.toCborValue().toCbor();
}

Attachments unpackedAttachments(QByteArrayView bytes)
{
    Attachments files;
    const auto raw = QByteArray::fromRawData(bytes.data(), bytes.size());
    for (const QCborValue &each : QCborValue::fromCbor(raw).toArray()) {
        const QCborArray row = each.toArray();
        if (const auto id = FileId::fromText(row.at(0).toString())) {
            files +=
                Attachment{*id, row.at(1).toString(), row.at(2).toInteger(), row.at(3).toString()};
        }
    }
    return files;
}

QByteArray packedSealed(const Sealed &sealed)
{
    return sealed.mask.toUtf8() + '\0' + sealed.box;
}

Sealed unpackedSealed(QByteArrayView bytes)
{
    const qsizetype end = std::find(bytes.begin(), bytes.end(), '\0') - bytes.begin();
    return {QString::fromUtf8(bytes.first(end)),
        bytes.sliced(std::min(end + 1, bytes.size())).toByteArray()};
}

} // namespace casebase
