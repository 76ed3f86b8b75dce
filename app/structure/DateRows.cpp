// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/structure/DateRows.h"

#include "shared/field/DateFields.h"

#include <QCheckBox>
#include <QComboBox>
#include <QCompleter>
#include <QDateTime>

namespace casebase {

namespace {

/// The moment as a field with those options shows it here.
QString example(FieldKind kind, const DateOptions &options, qint64 nowMs)
{
    static const People nobody;
    Field field;
    field.kind = kind;
    field.date = options;
    const QTimeZone here = QTimeZone::systemTimeZone();
    const Moment now{nowMs};
    return fieldType(kind).format(
        kind == FieldKind::Date ? Value(fromQDate(toQDateTime(now, here).date())) : Value(now),
        field, {nobody, QLocale(), here});
}

} // namespace

DateRows::DateRows(QFormLayout *form, const Field &field, qint64 nowMs)
    : QObject(form)
    , m_form(form)
    , m_format(new QComboBox)
    , m_clock(new QComboBox)
    , m_zone(new QComboBox)
    , m_showsZone(new QCheckBox(tr("Show the time zone, too")))
{
    for (int i = 0; i <= int(LastDateFormat); ++i) {
        const QString text = example(FieldKind::Date, {DateFormat(i)}, nowMs);
        m_format->addItem(DateFormat(i) == DateFormat::Local
                ? tr("%1 (as the computer has it)").arg(text)
                : text);
    }
    m_format->setCurrentIndex(int(field.date.format));
    m_format->setAccessibleName(tr("Written as"));
    for (const bool is12Hour : {false, true}) {
        const QString text = example(FieldKind::DateTime, {DateFormat::Iso, is12Hour}, nowMs);
        m_clock->addItem(text.section(u' ', 1));
    }
    m_clock->setCurrentIndex(field.date.is12Hour ? 1 : 0);
    m_clock->setAccessibleName(tr("Time"));
    m_zone->setAccessibleName(tr("Time zone"));
    m_zone->setEditable(true);
    m_zone->setInsertPolicy(QComboBox::NoInsert);
    m_zone->addItem(tr("that of whoever looks"), QString());
    for (const QByteArray &id : QTimeZone::availableTimeZoneIds()) {
        m_zone->addItem(QString::fromLatin1(id), QString::fromLatin1(id));
    }
    m_zone->completer()->setFilterMode(Qt::MatchContains);
    m_zone->completer()->setCompletionMode(QCompleter::PopupCompletion);
    m_zone->setCurrentIndex(std::max(0, m_zone->findData(field.date.zone)));
    m_showsZone->setChecked(field.date.showsZone);
    form->addRow(tr("Written as"), m_format);
    form->addRow(tr("Time"), m_clock);
    form->addRow(tr("Time zone"), m_zone);
    form->addRow(QString(), m_showsZone);
}

void DateRows::offerFor(FieldKind kind)
{
    const bool isMoment = valueTypeOf(kind) == ValueType::Moment;
    m_form->setRowVisible(m_format, isMoment || valueTypeOf(kind) == ValueType::Date);
    for (QWidget *each : {static_cast<QWidget *>(m_clock), static_cast<QWidget *>(m_zone),
             static_cast<QWidget *>(m_showsZone)}) {
        m_form->setRowVisible(each, isMoment);
    }
}

DateOptions DateRows::options() const
{
    const QString text = m_zone->currentText();
    const int known = m_zone->findText(text, Qt::MatchFixedString);
    // A word that is no zone is refused by whoever takes the field, which names it.
    const QString zone = known >= 0 ? m_zone->itemData(known).toString() : text.trimmed();
    return {DateFormat(m_format->currentIndex()), m_clock->currentIndex() == 1, zone,
        m_showsZone->isChecked()};
}

} // namespace casebase
