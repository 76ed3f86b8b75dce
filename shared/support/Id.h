// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHashFunctions>
#include <QString>

#include <compare>
#include <optional>

namespace casebase {

/// The 83 bits of an id: milliseconds since 1970 and noise, so that ids sort by age and can be made
/// offline. As text: 14 characters of base 62, seven for each half, which sorts the same way.
struct IdBits {
    quint64 time = 0;
    quint64 noise = 0;

    friend auto operator<=>(const IdBits &, const IdBits &) = default;
};

inline constexpr int IdTextLength = 17;

/// Writes exactly IdTextLength characters.
void writeIdText(const char *prefix, const IdBits &bits, char *text);
QString idText(const char *prefix, const IdBits &bits);
std::optional<IdBits> idBits(const char *prefix, QByteArrayView text);
std::optional<IdBits> idBits(const char *prefix, QStringView text);

/// An id of one kind of thing; ids of different kinds do not mix. The Tag names the text prefix.
template <class Tag> class Id {
public:
    Id() = default;
    explicit Id(const IdBits &bits)
        : m_bits(bits)
    {
    }

    static std::optional<Id> fromText(QStringView text)
    {
        const auto bits = idBits(Tag::Prefix, text);
        return bits ? std::optional(Id(*bits)) : std::nullopt;
    }

    static std::optional<Id> fromLatin1(QByteArrayView text)
    {
        const auto bits = idBits(Tag::Prefix, text);
        return bits ? std::optional(Id(*bits)) : std::nullopt;
    }

    bool isNull() const { return m_bits.time == 0 && m_bits.noise == 0; }
    const IdBits &bits() const { return m_bits; }
    QString text() const { return idText(Tag::Prefix, m_bits); }

    friend auto operator<=>(const Id &, const Id &) = default;
    friend size_t qHash(const Id &id, size_t seed = 0) noexcept
    {
        return qHashMulti(seed, id.m_bits.time, id.m_bits.noise);
    }

private:
    IdBits m_bits;
};

/// The text of an id on the stack, where making a QString would cost more than using it.
class IdText {
public:
    template <class Tag> explicit IdText(const Id<Tag> &id)
    {
        writeIdText(Tag::Prefix, id.bits(), m_text);
    }
    operator QByteArrayView() const { return QByteArrayView(m_text, IdTextLength); }

private:
    char m_text[IdTextLength];
};

struct BaseTag {
    static constexpr char Prefix[] = "app";
};
struct TableTag {
    static constexpr char Prefix[] = "tbl";
};
struct FieldTag {
    static constexpr char Prefix[] = "fld";
};
struct ViewTag {
    static constexpr char Prefix[] = "viw";
};
struct RecordTag {
    static constexpr char Prefix[] = "rec";
};
struct OptionTag {
    static constexpr char Prefix[] = "sel";
};
struct UserTag {
    static constexpr char Prefix[] = "usr";
};
struct FileTag {
    static constexpr char Prefix[] = "att";
};
struct WorkflowTag {
    static constexpr char Prefix[] = "wfl";
};
struct InstanceTag {
    static constexpr char Prefix[] = "ins";
};
struct TaskTag {
    static constexpr char Prefix[] = "tsk";
};
struct DeviceTag {
    static constexpr char Prefix[] = "dev";
};

using BaseId = Id<BaseTag>;
using TableId = Id<TableTag>;
using FieldId = Id<FieldTag>;
using ViewId = Id<ViewTag>;
using RecordId = Id<RecordTag>;
using OptionId = Id<OptionTag>;
using UserId = Id<UserTag>;
using FileId = Id<FileTag>;
using WorkflowId = Id<WorkflowTag>;
using InstanceId = Id<InstanceTag>;
using TaskId = Id<TaskTag>;
using DeviceId = Id<DeviceTag>;

} // namespace casebase
