// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared/field/ChecklistField.h"

#include "shared/field/TextFields.h"

#include <QJsonArray>
#include <QJsonObject>

#include <algorithm>

namespace casebase {

namespace {

ChecklistItem itemOf(QStringView line)
{
    line = line.trimmed();
    for (const QStringView bullet : {u"- ", u"* ", u"• "}) {
        if (line.startsWith(bullet)) {
            line = line.mid(bullet.size()).trimmed();
            break;
        }
    }
    static const std::pair<QStringView, bool> boxes[] = {{u"[ ]", false}, {u"[]", false},
        {u"[x]", true}, {u"[X]", true}, {u"☐", false}, {u"☑", true}, {u"☒", true}, {u"✓", true},
        {u"✔", true}, {u"✅", true}};
    for (const auto &[box, isDone] : boxes) {
        if (line.startsWith(box)) {
            return {line.mid(box.size()).trimmed().toString(), isDone};
        }
    }
    return {line.toString(), false};
}

class ChecklistType final : public TextType {
public:
    ChecklistType()
        : TextType("checklist", false)
    {
    }

    QJsonValue valueToJson(const Value &value, const Field &, const FieldContext &) const override
    {
        const auto *text = std::get_if<QString>(&value);
        if (!text) {
            return {};
        }
        QJsonArray array;
        for (const ChecklistItem &item : checklistItems(*text)) {
            array += QJsonObject{
                {QStringLiteral("text"), item.text}, {QStringLiteral("done"), item.isDone}};
        }
        return array;
    }

    Result<Value> fromJson(
        const QJsonValue &json, const Field &field, const FieldContext &context) const override
    {
        if (!json.isArray()) {
            return TextType::fromJson(json, field, context);
        }
        Checklist items;
        for (const QJsonValue &each : json.toArray()) {
            const QJsonValue text = each.toObject().value(QLatin1String("text"));
            const QString line = each.isString() ? each.toString() : text.toString();
            if (!(each.isString() || text.isString()) || line.contains(u'\n')) {
                return wrongType(field, each.toVariant().toString(),
                    QStringLiteral("[{\"text\": \"…\", \"done\": true}]"));
            }
            items += {line.trimmed(), each.toObject().value(QLatin1String("done")).toBool()};
        }
        return parse(checklistText(items), field, context);
    }

protected:
    Result<QString> checked(const QString &text, const Field &) const override
    {
        return checklistText(checklistItems(text));
    }
};

} // namespace

Checklist checklistItems(const QString &text)
{
    Checklist items;
    for (const QStringView line : QStringView(text).split(u'\n')) {
        if (const ChecklistItem item = itemOf(line); !item.text.isEmpty()) {
            items += item;
        }
    }
    return items;
}

QString checklistText(const Checklist &items)
{
    QStringList lines;
    for (const ChecklistItem &item : items) {
        if (!item.text.isEmpty()) {
            lines += (item.isDone ? QLatin1String("[x] ") : QLatin1String("[ ] ")) + item.text;
        }
    }
    return lines.join(u'\n');
}

qsizetype doneCount(const Checklist &items)
{
    return std::count_if(
        items.cbegin(), items.cend(), [](const ChecklistItem &item) { return item.isDone; });
}

const FieldType &checklistType()
{
    static const ChecklistType type;
    return type;
}

} // namespace casebase
