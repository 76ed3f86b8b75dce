// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/protocol/Archive.h"

#include "shared/support/Text.h"

#include <cmath>

namespace casebase {

/// Numbers, texts, yes and nothing stand for themselves; the rest is an array with a letter.
struct ValueWriter {
    ArchiveWriter &writer;

    void operator()(Empty) const { appendNull(writer.m_bytes); }
    void operator()(bool on) const { writer.write(on); }
    void operator()(double number) const { writer.write(number); }
    void operator()(const QString &text) const { writer.write(text); }
    void operator()(Date date) const
    {
        tag('d', 2);
        writer.write(date.day);
    }
    void operator()(Moment moment) const
    {
        tag('t', 2);
        writer.write(moment.ms);
    }
    void operator()(OptionId option) const
    {
        tag('o', 2);
        writer.write(option);
    }
    void operator()(UserId person) const
    {
        tag('p', 2);
        writer.write(person);
    }
    void operator()(const Options &options) const
    {
        tag('s', options.size() + 1);
        for (const OptionId option : options) {
            writer.write(option);
        }
    }
    void operator()(const Persons &persons) const
    {
        tag('q', persons.size() + 1);
        for (const UserId person : persons) {
            writer.write(person);
        }
    }
    void operator()(const Attachments &files) const
    {
        tag('f', files.size() + 1);
        for (const Attachment &file : files) {
            beginArray(writer.m_bytes, 4);
            writer.write(file.id);
            writer.write(file.name);
            writer.write(file.size);
            writer.write(file.mimeType);
        }
    }
    void operator()(const Links &links) const
    {
        tag('l', links.size() + 1);
        for (const Link &link : links) {
            writer.write(link.record);
        }
    }

    void operator()(const Sealed &sealed) const
    {
        tag('x', 3);
        writer.write(sealed.mask);
        appendText(writer.m_bytes, sealed.box.toBase64()); // JSON has no bytes.
    }

    /// Goes out only: no request and no fact holds one, so nobody reads it back.
    void operator()(Fault fault) const
    {
        tag('e', 2);
        writer.write(faultCode(fault));
    }

    void tag(char letter, qsizetype size) const
    {
        beginArray(writer.m_bytes, size);
        appendText(writer.m_bytes, QByteArrayView(&letter, 1));
    }
};

void ArchiveWriter::writeValue(const Value &value)
{
    std::visit(ValueWriter{*this}, value);
}

namespace {

template <class AnyId> bool readId(CborReader &reader, AnyId &id)
{
    return readArchive(reader, id);
}

template <class AnyId> bool readIdValue(CborReader &reader, Value &value)
{
    AnyId id;
    const bool ok = readId(reader, id);
    value = id;
    return ok;
}

template <class AnyId, class List>
bool readIds(CborReader &reader, CborReader::Items &items, Value &value)
{
    List list;
    while (items.hasNext(reader)) {
        AnyId id;
        if (!readId(reader, id)) {
            return false;
        }
        if constexpr (std::is_same_v<AnyId, RecordId>) {
            list += Link{id, {}};
        } else {
            list += id;
        }
    }
    value = list.isEmpty() ? Value() : Value(std::move(list));
    return true;
}

bool readAttachments(CborReader &reader, CborReader::Items &items, Value &value)
{
    Attachments files;
    while (items.hasNext(reader)) {
        Attachment file;
        auto row = reader.enterArray();
        const bool ok = row.hasNext(reader) && readId(reader, file.id) && row.hasNext(reader)
            && readArchive(reader, file.name) && row.hasNext(reader)
            && readArchive(reader, file.size) && row.hasNext(reader)
            && readArchive(reader, file.mimeType) && !row.hasNext(reader) && row.isWhole(reader);
        if (!ok) {
            return false;
        }
        files += file;
    }
    value = files.isEmpty() ? Value() : Value(std::move(files));
    return true;
}

bool readTagged(CborReader &reader, Value &value)
{
    auto items = reader.enterArray();
    const auto tag = items.hasNext(reader) ? reader.text() : std::nullopt;
    if (!tag || tag->size() != 1) {
        return false;
    }
    const char letter = tag->front();
    if (letter == 's' || letter == 'l' || letter == 'f' || letter == 'q') {
        return (letter == 's'          ? readIds<OptionId, Options>(reader, items, value)
                       : letter == 'q' ? readIds<UserId, Persons>(reader, items, value)
                       : letter == 'l' ? readIds<RecordId, Links>(reader, items, value)
                                       : readAttachments(reader, items, value))
            && items.isWhole(reader);
    }
    bool ok = items.hasNext(reader);
    if (ok && (letter == 'd' || letter == 't')) {
        const auto number = reader.integer();
        ok = number.has_value();
        value = letter == 'd' ? Value(Date{qint32(number.value_or(0))})
                              : Value(Moment{number.value_or(0)});
    } else if (ok && letter == 'x') {
        Sealed sealed;
        ok = readArchive(reader, sealed.mask) && items.hasNext(reader);
        const auto box = ok ? reader.text() : std::nullopt;
        ok = box.has_value();
        sealed.box = QByteArray::fromBase64(box.value_or(QByteArrayView()).toByteArray());
        value = std::move(sealed);
    } else if (ok && letter == 'o') {
        ok = readIdValue<OptionId>(reader, value);
    } else if (ok && letter == 'p') {
        ok = readIdValue<UserId>(reader, value);
    } else {
        return false;
    }
    return ok && !items.hasNext(reader) && items.isWhole(reader);
}

} // namespace

bool readValue(CborReader &reader, Value &value, int)
{
    if (reader.isNull()) {
        value = Empty();
        return reader.null();
    }
    switch (reader.major()) {
    case 3: {
        const auto utf8 = reader.text();
        const auto text = utf8 ? storableText(QString::fromUtf8(*utf8)) : std::nullopt;
        value = text.value_or(QString());
        return text.has_value();
    }
    case 4:
        return readTagged(reader, value);
    case 7:
        if (const auto rest = reader.rest(); !rest.isEmpty() && (uchar(rest[0]) & 31) < 24) {
            const auto flag = reader.boolean();
            value = flag.value_or(false);
            return flag.has_value();
        }
        [[fallthrough]];
    case 0:
    case 1: {
        const auto number = reader.number();
        value = number.value_or(0);
        return number && std::isfinite(*number);
    }
    default:
        return false;
    }
}

} // namespace casebase
