// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/structure/FormatRows.h"

#include "app/fields/RatingShape.h"
#include "shared/field/FieldType.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLineEdit>
#include <QPainter>
#include <QSpinBox>

namespace casebase {

namespace {

/// A number as a field with those signs shows it here.
QString example(NumberSigns signs)
{
    static const People nobody;
    Field field;
    field.kind = FieldKind::Number;
    field.precision = 1;
    field.number.signs = signs;
    return fieldType(field.kind).format(1234.5, field, {nobody, QLocale()});
}

/// A number with as many decimals as it has.
class AmountBox final : public QDoubleSpinBox {
public:
    QString textFromValue(double value) const override { return locale().toString(value, 'g', 12); }
};

bool isAmount(FieldKind kind)
{
    return kind == FieldKind::Number || kind == FieldKind::Currency;
}

bool hasLook(FieldKind kind)
{
    return isAmount(kind) || kind == FieldKind::Percent;
}

} // namespace

FormatRows::FormatRows(QFormLayout *form, const Theme &theme, const Field &field)
    : QObject(form)
    , m_form(form)
    , m_kind(field.kind)
    , m_currency(new QComboBox)
    , m_unit(new QLineEdit)
    , m_precision(new QSpinBox)
    , m_grouped(new QCheckBox(tr("Set thousands apart")))
    , m_signs(new QComboBox)
    , m_shape(new QComboBox)
    , m_full(new AmountBox)
    , m_duration(new QComboBox)
    , m_maximum(new QSpinBox)
    , m_icon(new QComboBox)
    , m_colour(new QComboBox)
    , m_place(new QComboBox)
{
    m_currency->setEditable(true);
    m_currency->addItems({QStringLiteral("¥"), QStringLiteral("$"), QStringLiteral("€"),
        QStringLiteral("£"), QStringLiteral("₩"), QStringLiteral("HK$")});
    const bool isCurrency = field.kind == FieldKind::Currency;
    m_currency->setCurrentText(isCurrency ? field.symbol : QStringLiteral("¥"));
    m_currency->lineEdit()->setMaxLength(SymbolLimit);
    m_unit->setText(isCurrency ? QString() : field.symbol);
    m_unit->setPlaceholderText(tr("for example kg; may stay empty"));
    m_unit->setMaxLength(SymbolLimit);
    m_precision->setRange(-1, 8);
    m_precision->setSpecialValueText(tr("as many as needed"));
    m_precision->setValue(field.precision);
    m_grouped->setChecked(field.isGrouped);
    for (int i = 0; i <= int(LastNumberSigns); ++i) {
        const QString text = example(NumberSigns(i));
        m_signs->addItem(NumberSigns(i) == NumberSigns::Local
                ? tr("%1 (as the computer has it)").arg(text)
                : text);
    }
    m_signs->setCurrentIndex(int(field.number.signs));
    m_shape->addItems({tr("digits"), tr("digits and a bar"), tr("digits and a ring")});
    m_shape->setCurrentIndex(int(field.number.shape));
    m_full->setRange(0.0001, 1e12);
    m_full->setDecimals(4);
    m_full->setStepType(QAbstractSpinBox::AdaptiveDecimalStepType);
    m_full->setValue(field.number.full);
    m_duration->addItems(
        {tr("Hours and minutes: 1:30"), tr("With seconds: 1:30:05"), tr("With tenths: 1:30:05.2"),
            tr("With hundredths: 1:30:05.25"), tr("With thousandths: 1:30:05.250")});
    m_duration->setCurrentIndex(int(field.durationFormat));
    m_maximum->setRange(1, RatingLimit);
    m_maximum->setValue(field.maximum);
    const QStringList signs{tr("Star"), tr("Heart"), tr("Thumb"), tr("Flag"), tr("Dot")};
    for (qsizetype i = 0; i < ratingIcons().size(); ++i) {
        QPixmap picture(QSize(16, 16) * 2);
        picture.fill(Qt::transparent);
        QPainter painter(&picture);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.fillPath(ratingShape(ratingIcons()[i], picture.rect()), theme.colour(Tone::Text2));
        painter.end();
        m_icon->addItem(QIcon(picture), signs[i], ratingIcons()[i]);
    }
    m_icon->setCurrentIndex(std::max(0, m_icon->findData(field.icon)));
    addColours(theme, field.colour);
    m_place->addItems({tr("the whole address"), tr("the province"), tr("province and city"),
        tr("province, city and district"), tr("the coordinates")});
    m_place->setCurrentIndex(int(field.place));
    form->addRow(tr("Currency sign"), m_currency);
    form->addRow(tr("Unit"), m_unit);
    form->addRow(tr("Decimals"), m_precision);
    form->addRow(QString(), m_grouped);
    form->addRow(tr("Written as"), m_signs);
    form->addRow(tr("Shown as"), m_shape);
    form->addRow(tr("Full at"), m_full);
    form->addRow(tr("Format"), m_duration);
    form->addRow(tr("Best"), m_maximum);
    form->addRow(tr("Sign"), m_icon);
    form->addRow(tr("Colour"), m_colour);
    form->addRow(tr("Shows"), m_place);
    connect(m_precision, &QSpinBox::valueChanged, this, &FormatRows::precisionChanged);
    connect(m_duration, &QComboBox::currentIndexChanged, this, &FormatRows::takesOther);
    connect(m_maximum, &QSpinBox::valueChanged, this, &FormatRows::takesOther);
    connect(m_shape, &QComboBox::currentIndexChanged, this, &FormatRows::offerFull);
}

void FormatRows::addColours(const Theme &theme, const QString &chosen)
{
    const auto add = [&](const QString &colour, const QString &name) {
        QPixmap swatch(14, 14);
        swatch.fill(theme.mark(colour));
        m_colour->addItem(swatch, name, colour);
    };
    const QStringList names{tr("Red"), tr("Orange"), tr("Amber"), tr("Yellow"), tr("Olive"),
        tr("Green"), tr("Teal"), tr("Sky blue"), tr("Blue"), tr("Violet"), tr("Magenta"),
        tr("Grey")};
    for (qsizetype i = 0; i < names.size(); ++i) {
        add(Theme::optionNames()[i], names[i]);
    }
    if (m_colour->findData(chosen) < 0) {
        add(chosen, chosen); // Set by a program: kept.
    }
    m_colour->setCurrentIndex(m_colour->findData(chosen));
}

void FormatRows::offerFor(FieldKind kind)
{
    m_kind = kind;
    m_form->setRowVisible(m_currency, kind == FieldKind::Currency);
    m_form->setRowVisible(m_unit, kind == FieldKind::Number);
    m_form->setRowVisible(m_precision, hasLook(kind) || kind == FieldKind::Progress);
    m_form->setRowVisible(m_grouped, isAmount(kind));
    m_form->setRowVisible(m_signs, hasLook(kind) || kind == FieldKind::Progress);
    m_form->setRowVisible(m_shape, hasLook(kind));
    m_form->setRowVisible(m_duration, kind == FieldKind::Duration);
    m_form->setRowVisible(m_maximum, kind == FieldKind::Rating);
    m_form->setRowVisible(m_icon, kind == FieldKind::Rating);
    m_form->setRowVisible(m_place, kind == FieldKind::Location);
    offerFull();
}

/// What a bar or ring has besides: where it is full, and its colour.
void FormatRows::offerFull()
{
    const bool isDrawn = hasLook(m_kind) && m_shape->currentIndex() > 0;
    m_form->setRowVisible(m_full, isDrawn);
    m_full->setSuffix(m_kind == FieldKind::Percent ? QStringLiteral("%") : QString());
    m_form->setRowVisible(m_colour,
        isDrawn || m_kind == FieldKind::Rating || m_kind == FieldKind::Progress
            || m_kind == FieldKind::Button);
}

void FormatRows::apply(Field &field) const
{
    field.precision = m_precision->value();
    field.symbol = field.kind == FieldKind::Currency ? m_currency->currentText()
        : field.kind == FieldKind::Number            ? m_unit->text()
                                                     : QString();
    field.isGrouped = m_grouped->isChecked();
    field.number = {NumberSigns(m_signs->currentIndex()), NumberShape(m_shape->currentIndex()),
        m_full->value()};
    field.durationFormat = DurationFormat(m_duration->currentIndex());
    field.maximum = m_maximum->value();
    field.icon = m_icon->currentData().toString();
    field.colour = m_colour->currentData().toString();
    field.place = PlacePart(m_place->currentIndex());
}

int FormatRows::precision() const
{
    return m_precision->value();
}

void FormatRows::setPrecision(int precision)
{
    m_precision->setValue(precision);
}

} // namespace casebase
