// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/fields/LocationEditor.h"

#include "shared/field/LocationField.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QVBoxLayout>

namespace casebase {

namespace {

constexpr qsizetype MostOffered = 60;
constexpr int OfferedHeight = 132;

QString divisionText(Place place)
{
    place.address.clear();
    place.coordinates.reset();
    return placeText(place);
}

} // namespace

LocationEditor::LocationEditor(const Field &field, const Value &value, QWidget *parent)
    : FieldEditor(parent)
    , m_field(field)
    , m_division(new QLineEdit(this))
    , m_offered(new QListWidget(this))
    , m_address(new QLineEdit(this))
    , m_coordinates(new QLineEdit(this))
{
    setAutoFillBackground(true);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    for (QWidget *each : {static_cast<QWidget *>(m_division), static_cast<QWidget *>(m_offered),
             static_cast<QWidget *>(m_address), static_cast<QWidget *>(m_coordinates)}) {
        layout->addWidget(each);
        each->installEventFilter(this);
    }
    const auto *text = std::get_if<QString>(&value);
    const Place place = placeOf(text ? *text : QString());
    Place onlyCoordinates;
    onlyCoordinates.coordinates = place.coordinates;
    QString degrees = placeText(onlyCoordinates);
    degrees.remove(u'(').remove(u')');
    m_division->setText(divisionText(place));
    m_address->setText(place.address);
    m_coordinates->setText(degrees);
    m_division->setPlaceholderText(tr("Province, city or district"));
    m_address->setPlaceholderText(tr("Street and number"));
    m_coordinates->setPlaceholderText(tr("Latitude, longitude"));
    m_division->setAccessibleName(tr("Province, city or district"));
    m_address->setAccessibleName(tr("Street and number"));
    m_coordinates->setAccessibleName(tr("Latitude, longitude"));
    m_offered->setAccessibleName(tr("Divisions that fit"));
    m_offered->setFocusPolicy(Qt::NoFocus);
    m_division->selectAll();
    setFocusProxy(m_division);
    setMinimumSize(280, OfferedHeight + 3 * m_division->sizeHint().height());
    connect(m_division, &QLineEdit::textChanged, this, &LocationEditor::offer);
    connect(m_offered, &QListWidget::itemClicked, this, &LocationEditor::choose);
    offer();
}

void LocationEditor::offer()
{
    m_offered->clear();
    for (const Place &place : placesLike(m_division->text(), MostOffered)) {
        m_offered->addItem(placeText(place));
    }
    m_offered->setCurrentRow(0);
}

/// What is marked in the list; without a list, what an address that was typed comes to.
void LocationEditor::choose()
{
    if (const QListWidgetItem *item = m_offered->currentItem()) {
        m_division->setText(item->text());
    } else {
        const Place place = placeOf(m_division->text());
        m_division->setText(divisionText(place));
        m_address->setText((place.address + u' ' + m_address->text()).simplified());
    }
    m_address->setFocus();
    m_address->end(false);
}

Result<Value> LocationEditor::value() const
{
    Place place = placeOf(m_division->text() + u' ' + m_address->text());
    const QString typed = m_coordinates->text().trimmed();
    if (!typed.isEmpty()) {
        place.coordinates = placeOf(typed).coordinates;
        if (!place.coordinates) {
            return wrongType(m_field, typed,
                QStringLiteral("a latitude from -90 to 90 and a longitude from -180 to 180"));
        }
    }
    return fieldType(m_field.kind).parse(placeText(place), m_field, {People()});
}

void LocationEditor::beginWith(const QString &text)
{
    m_division->setText(text);
    m_division->end(false);
}

bool LocationEditor::eventFilter(QObject *watched, QEvent *event)
{
    return event->type() == QEvent::KeyPress ? handleKey(watched, *static_cast<QKeyEvent *>(event))
                                             : FieldEditor::eventFilter(watched, event);
}

bool LocationEditor::handleKey(QObject *watched, const QKeyEvent &key)
{
    const int row = m_offered->currentRow();
    switch (key.key()) {
    case Qt::Key_Escape:
        Q_EMIT cancelled();
        return true;
    case Qt::Key_Down:
    case Qt::Key_Up:
        if (watched == m_division) {
            const int to = row + (key.key() == Qt::Key_Down ? 1 : -1);
            m_offered->setCurrentRow(std::clamp(to, 0, std::max(0, m_offered->count() - 1)));
        }
        return watched == m_division;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (watched == m_division && !m_division->text().trimmed().isEmpty()) {
            choose();
        } else {
            Q_EMIT committed(Step::Down);
        }
        return true;
    case Qt::Key_Tab:
        if (watched == m_division) {
            m_address->setFocus();
        } else if (watched == m_address) {
            m_coordinates->setFocus();
        } else {
            Q_EMIT committed(Step::Next);
        }
        return true;
    case Qt::Key_Backtab:
        if (watched == m_coordinates) {
            m_address->setFocus();
        } else if (watched == m_address) {
            m_division->setFocus();
        } else {
            Q_EMIT committed(Step::Previous);
        }
        return true;
    default:
        return false;
    }
}

} // namespace casebase
