// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/record/HistoryEntry.h"

#include "app/record/StepsBar.h"
#include "app/widgets/Parts.h"

#include <QDateTime>
#include <QGridLayout>
#include <QJsonArray>

namespace casebase {

namespace {

constexpr qsizetype ShownChanges = 6;

/// A value of the API as one short text.
QString shortText(const QJsonValue &value)
{
    if (value.isNull() || value.isUndefined()) {
        return HistoryEntry::tr("empty");
    }
    if (value.isArray()) {
        QStringList parts;
        for (const QJsonValue &each : value.toArray()) {
            parts += shortText(each);
        }
        return parts.join(QLatin1String(", "));
    }
    if (value.isObject()) {
        const QJsonObject object = value.toObject();
        const QString name = object.value(QLatin1String("name")).toString();
        return name.isEmpty() ? object.value(QLatin1String("filename")).toString() : name;
    }
    const QString text = value.isBool() ? QStringLiteral("✓") : value.toVariant().toString();
    const QDateTime time = QDateTime::fromString(text, Qt::ISODateWithMs);
    if (text.size() == 24 && time.isValid()) {
        return time.toLocalTime().toString(QStringLiteral("yyyy-MM-dd HH:mm"));
    }
    return text.size() > 60 ? text.left(60) + u'…' : text;
}

QString verbOf(const QString &kind, qsizetype changes)
{
    if (kind == u"created") {
        return HistoryEntry::tr("created the record");
    }
    if (kind == u"deleted") {
        return HistoryEntry::tr("deleted the record");
    }
    if (kind == u"restored") {
        return HistoryEntry::tr("restored the record");
    }
    return HistoryEntry::tr("changed %n field(s)", nullptr, int(changes));
}

} // namespace

HistoryEntry::HistoryEntry(
    const Theme &theme, const QJsonObject &json, qint64 nowMs, QWidget *parent)
    : QWidget(parent)
{
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(8);
    grid->setVerticalSpacing(2);
    grid->setColumnStretch(1, 1);
    const QJsonObject user = json.value(QLatin1String("user")).toObject();
    const QString name = user.value(QLatin1String("name")).toString();
    const QJsonArray changes = json.value(QLatin1String("changes")).toArray();
    const QString kind = json.value(QLatin1String("kind")).toString();
    grid->addWidget(new Avatar(theme, name, user.value(QLatin1String("id")).toString(), 20, this),
        0, 0, Qt::AlignTop);
    grid->addWidget(
        newLabel(QStringLiteral("%1  %2").arg(name, verbOf(kind, changes.size()))), 0, 1);
    const QDateTime time =
        QDateTime::fromString(json.value(QLatin1String("time")).toString(), Qt::ISODateWithMs);
    grid->addWidget(newLabel(timeText(time.toMSecsSinceEpoch(), nowMs), "tiny"), 0, 2);
    if (kind != u"edited") {
        return;
    }
    for (qsizetype i = 0; i < std::min(changes.size(), ShownChanges); ++i) {
        const QJsonObject change = changes.at(i).toObject();
        auto *line = newLabel(QStringLiteral("%1: %2 → %3")
                                  .arg(change.value(QLatin1String("field")).toString(),
                                      shortText(change.value(QLatin1String("before"))),
                                      shortText(change.value(QLatin1String("after")))),
            "small");
        line->setWordWrap(true);
        grid->addWidget(line, int(i) + 1, 1, 1, 2);
    }
}

} // namespace casebase
