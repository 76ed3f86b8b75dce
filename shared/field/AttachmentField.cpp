// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/field/AttachmentField.h"

#include "shared/support/Text.h"

#include <QJsonArray>
#include <QJsonObject>

#include <limits>

namespace casebase {

namespace {

/// Files. A cell names them by id; the bytes are uploaded before.
class AttachmentType final : public FieldType {
public:
    AttachmentType(const char *apiName, bool isPicture, qsizetype most)
        : m_apiName(apiName)
        , m_isPicture(isPicture)
        , m_most(most)
    {
    }

    const char *apiName() const override { return m_apiName; }

    Result<Value> parse(
        const QString &text, const Field &field, const FieldContext &) const override
    {
        if (text.trimmed().isEmpty()) {
            return Value();
        }
        return wrongType(field, text, QStringLiteral("files, which are dropped or picked"));
    }

    QString formatValue(const Value &value, const Field &, const FieldContext &) const override
    {
        QStringList names;
        if (const auto *files = std::get_if<Attachments>(&value)) {
            for (const Attachment &file : *files) {
                names += file.name;
            }
        }
        return names.join(QLatin1String(", "));
    }

    Result<Value> accept(
        const Value &value, const Field &field, const FieldContext &) const override
    {
        const auto *files = std::get_if<Attachments>(&value);
        if (!files) {
            return isEmpty(value) ? Result<Value>(value)
                                  : wrongType(field, QStringLiteral("…"), QStringLiteral("files"));
        }
        for (const Attachment &file : *files) {
            if (file.id.isNull() || !storableText(file.name) || file.size < 0) {
                return wrongType(field, file.name, QStringLiteral("files that were uploaded"));
            }
            // Programs name files by their id; what they are is known where they lie.
            const bool isOther =
                !file.mimeType.isEmpty() && !file.mimeType.startsWith(QLatin1String("image/"));
            if (m_isPicture && isOther) {
                return wrongType(field, file.name, QStringLiteral("pictures"));
            }
        }
        if (files->size() > m_most) {
            return wrongType(field, files->last().name, QStringLiteral("one picture"));
        }
        return files->isEmpty() ? Value() : value;
    }

    QJsonValue valueToJson(const Value &value, const Field &, const FieldContext &) const override
    {
        const auto *files = std::get_if<Attachments>(&value);
        if (!files) {
            return {};
        }
        QJsonArray array;
        for (const Attachment &file : *files) {
            array += QJsonObject{{QStringLiteral("id"), file.id.text()},
                {QStringLiteral("filename"), file.name}, {QStringLiteral("size"), file.size},
                {QStringLiteral("type"), file.mimeType},
                {QStringLiteral("url"), QStringLiteral("/api/attachments/") + file.id.text()}};
        }
        return array;
    }

    Result<Value> fromJson(
        const QJsonValue &json, const Field &field, const FieldContext &context) const override
    {
        if (json.isNull()) {
            return Value();
        }
        Attachments files;
        for (const QJsonValue &each : json.toArray()) {
            const QJsonObject object = each.toObject();
            const auto id = FileId::fromText(object.value(QLatin1String("id")).toString());
            if (!id) {
                return wrongType(
                    field, each.toVariant().toString(), QStringLiteral("[{\"id\": \"att…\"}]"));
            }
            files += Attachment{*id, object.value(QLatin1String("filename")).toString(),
                qint64(object.value(QLatin1String("size")).toDouble()),
                object.value(QLatin1String("type")).toString()};
        }
        return json.isArray()
            ? accept(files, field, context)
            : wrongType(field, json.toVariant().toString(), QStringLiteral("[{\"id\": \"att…\"}]"));
    }

    int compareFilled(const Value &a, const Value &b, const Field &field,
        const FieldContext &context) const override
    {
        return compareTexts(format(a, field, context), format(b, field, context));
    }

private:
    const char *m_apiName;
    bool m_isPicture;
    qsizetype m_most;
};

constexpr qsizetype AsManyAsWanted = std::numeric_limits<qsizetype>::max();

} // namespace

const FieldType &attachmentType()
{
    static const AttachmentType type("multipleAttachments", false, AsManyAsWanted);
    return type;
}

const FieldType &imageType()
{
    static const AttachmentType type("image", true, AsManyAsWanted);
    return type;
}

const FieldType &signatureType()
{
    static const AttachmentType type("signature", true, 1);
    return type;
}

} // namespace casebase
