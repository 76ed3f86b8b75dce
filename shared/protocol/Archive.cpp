// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/protocol/Archive.h"

#include "shared/support/Text.h"

#include <cmath>

namespace casebase {

namespace {

/// Numbers, texts, yes and nothing stand for themselves; the rest is an array with a letter.
struct ValueEncoder {
    QCborValue operator()(Empty) const { return nullptr; }
    QCborValue operator()(bool on) const { return on; }
    QCborValue operator()(double number) const { return number; }
    QCborValue operator()(const QString &text) const { return text; }
    QCborValue operator()(Date date) const { return QCborArray{QStringLiteral("d"), date.day}; }
    QCborValue operator()(Moment moment) const
    {
        return QCborArray{QStringLiteral("t"), moment.ms};
    }
    QCborValue operator()(OptionId option) const
    {
        return QCborArray{QStringLiteral("o"), option.text()};
    }
    QCborValue operator()(const Options &options) const
    {
        QCborArray array{QStringLiteral("s")};
        for (const OptionId option : options) {
            array += option.text();
        }
        return array;
    }
    QCborValue operator()(UserId person) const
    {
        return QCborArray{QStringLiteral("p"), person.text()};
    }
    QCborValue operator()(const Attachments &files) const
    {
        QCborArray array{QStringLiteral("f")};
        for (const Attachment &file : files) {
            array += QCborArray{file.id.text(), file.name, file.size, file.mimeType};
        }
        return array;
    }
};

template <class AnyId> bool decodeId(const QCborValue &cbor, Value &value)
{
    const auto id = AnyId::fromText(cbor.toString());
    if (id) {
        value = *id;
    }
    return id.has_value();
}

bool decodeOptions(const QCborArray &array, Value &value)
{
    Options options;
    for (qsizetype i = 1; i < array.size(); ++i) {
        const auto id = OptionId::fromText(array.at(i).toString());
        if (!id) {
            return false;
        }
        options += *id;
    }
    value = options;
    return true;
}

bool decodeAttachments(const QCborArray &array, Value &value)
{
    Attachments files;
    for (qsizetype i = 1; i < array.size(); ++i) {
        const QCborArray row = array.at(i).toArray();
        const auto id = FileId::fromText(row.at(0).toString());
        if (!id) {
            return false;
        }
        files += Attachment{*id, row.at(1).toString(), row.at(2).toInteger(), row.at(3).toString()};
    }
    value = files;
    return true;
}

bool decodeTagged(const QCborArray &array, Value &value)
{
    const QString tag = array.at(0).toString();
    const QCborValue payload = array.at(1);
    if (tag == u"d" || tag == u"t") {
        const qint64 number = payload.toInteger();
        if (tag == u"d") {
            value = Date{qint32(number)};
        } else {
            value = Moment{number};
        }
        return payload.isInteger() || payload.isDouble();
    }
    if (tag == u"o") {
        return decodeId<OptionId>(payload, value);
    }
    if (tag == u"p") {
        return decodeId<UserId>(payload, value);
    }
    if (tag == u"s") {
        return decodeOptions(array, value);
    }
    return tag == u"f" && decodeAttachments(array, value);
}

} // namespace

QCborValue encodeValue(const Value &value)
{
    return std::visit(ValueEncoder(), value);
}

bool decodeValue(const QCborValue &cbor, Value &value)
{
    if (cbor.isNull()) {
        value = Empty();
    } else if (cbor.isBool()) {
        value = cbor.toBool();
    } else if (cbor.isDouble() || cbor.isInteger()) {
        value = cbor.toDouble();
        return std::isfinite(cbor.toDouble());
    } else if (cbor.isString()) {
        const auto text = storableText(cbor.toString());
        value = text.value_or(QString());
        return text.has_value();
    } else if (cbor.isArray()) {
        return decodeTagged(cbor.toArray(), value);
    } else {
        return false;
    }
    return true;
}

} // namespace casebase
