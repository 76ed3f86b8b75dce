// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/structure/FieldDialog.h"

#include "app/fields/CellPainter.h"
#include "app/fields/RatingShape.h"
#include "app/structure/ButtonRows.h"
#include "app/structure/DateRows.h"
#include "app/structure/DepartmentsDialog.h"
#include "app/structure/FormatRows.h"
#include "app/structure/FormulaEdit.h"
#include "app/structure/LinkRows.h"
#include "app/structure/OptionsEdit.h"
#include "app/structure/RuleRows.h"
#include "app/structure/TieRows.h"
#include "app/widgets/Parts.h"
#include "shared/field/SelectFields.h"
#include "shared/formula/CellValue.h"
#include "shared/support/ErrorText.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDateTime>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QPointer>
#include <QProgressBar>
#include <QSpinBox>

namespace casebase {

namespace {

constexpr int FormulaKind = -1; ///< Among the types: not a kind, but where the values come from.

} // namespace

FieldDialog::FieldDialog(const Theme &theme, const TableData &table, const Field &field,
    const FieldContext &context, IdSource &ids, QWidget *parent, const Document &document)
    : QDialog(parent)
    , m_theme(theme)
    , m_table(table)
    , m_document(document)
    , m_departmentsBefore(document.departments().all())
    , m_field(field)
    , m_people(context.people)
    , m_zone(context.zone)
    , m_ids(ids)
    , m_name(new QLineEdit(field.name))
    , m_description(new QLineEdit(field.description))
    , m_form(new QFormLayout)
    , m_kind(new QComboBox)
    , m_formula(new FormulaEdit(theme, table, document, context))
    , m_shownAs(new QComboBox)
    , m_options(new OptionsEdit(theme, table, field, ids))
    , m_departments(newIconTextButton(
          theme, QStringLiteral("department"), tr("Departments of this base…"), ""))
    , m_prefix(new QLineEdit(field.prefix))
    , m_digits(new QSpinBox)
    , m_daily(new QCheckBox(tr("Begin anew each day: 20261127-0001")))
    , m_tells(new QCheckBox(tr("Tell whoever is put there")))
    , m_default(new QComboBox)
    , m_makeMissing(new QCheckBox)
    , m_loss(newLabel({}, "warning"))
    , m_progress(new QProgressBar)
    , m_save(newButton(field.id.isNull() ? tr("Create") : tr("Save"), "primary"))
{
    const bool isNew = field.id.isNull();
    setWindowTitle(isNew ? tr("New field") : tr("Field “%1”").arg(field.name));
    setMinimumWidth(420);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 16, 20, 16);
    layout->setSpacing(10);
    m_form->setVerticalSpacing(10);
    m_form->setLabelAlignment(Qt::AlignLeft);
    m_name->setAccessibleName(tr("Name"));
    m_description->setAccessibleName(tr("Description"));
    m_description->setPlaceholderText(tr("Shown as help; may stay empty"));
    m_kind->setAccessibleName(tr("Type"));
    for (const FieldKind each : allFieldKinds()) {
        Field sample;
        sample.kind = each;
        m_kind->addItem(theme.buttonIcon(CellPainter::icon(sample)), kindName(each), int(each));
    }
    m_kind->addItem(theme.buttonIcon(QStringLiteral("formula")), tr("Formula"), FormulaKind);
    m_kind->setCurrentIndex(
        m_kind->findData(field.formula.isEmpty() ? int(field.kind) : FormulaKind));
    m_kind->setEnabled(!field.isSystem);
    m_form->addRow(tr("Name"), m_name);
    m_form->addRow(tr("Description"), m_description);
    m_form->addRow(tr("Type"), m_kind);
    m_form->addRow(tr("Formula"), m_formula);
    m_form->addRow(tr("Shown as"), m_shownAs);
    m_links = new LinkRows(m_form, document, table, field, ids);
    m_ties = new TieRows(m_form, table.definition(), field, ids);
    m_button = new ButtonRows(m_form, document, table.definition(), field);
    m_barcode = new QComboBox;
    m_barcode->addItems({tr("QR code"), tr("Code 128"), tr("EAN-13")});
    m_barcode->setCurrentIndex(int(field.barcode));
    m_form->addRow(tr("Drawn as"), m_barcode);
    m_sensitive = new QComboBox;
    m_sensitive->addItems({tr("any text"), tr("a telephone number"), tr("an e-mail address")});
    m_sensitive->setCurrentIndex(field.kind == FieldKind::PhoneNumber
            ? int(SensitiveForm::PhoneNumber)
            : field.kind == FieldKind::Email ? int(SensitiveForm::Email)
                                             : int(field.sensitive));
    connect(m_sensitive, &QComboBox::activated, this, &FieldDialog::updateLoss);
    m_form->addRow(tr("Holds"), m_sensitive);
    m_dates = new DateRows(m_form, field, QDateTime::currentMSecsSinceEpoch());
    m_formats = new FormatRows(m_form, theme, field);
    m_digits->setRange(1, 12);
    m_digits->setValue(field.digits);
    m_daily->setChecked(field.isDaily);
    m_tells->setChecked(field.tellsPersons);
    m_form->addRow(tr("Prefix"), m_prefix);
    m_form->addRow(tr("Digits"), m_digits);
    m_form->addRow(QString(), m_daily);
    m_form->addRow(QString(), m_tells);
    m_default->setEditable(true);
    m_default->setInsertPolicy(QComboBox::NoInsert);
    m_default->lineEdit()->setPlaceholderText(tr("nothing; = begins a formula"));
    m_form->addRow(tr("Default"), m_default);
    m_rules = new RuleRows(m_form, theme, document, table, field);
    layout->addLayout(m_form);

    layout->addWidget(m_options);
    layout->addWidget(m_departments, 0, Qt::AlignLeft);
    connect(m_departments, &QPushButton::clicked, this, &FieldDialog::editDepartments);

    m_makeMissing->setChecked(true);
    layout->addWidget(m_makeMissing);
    m_loss->setWordWrap(true);
    layout->addWidget(m_loss);
    m_progress->setRange(0, 100);
    m_progress->setTextVisible(false);
    m_looking.setInterval(100);
    connect(
        &m_looking, &QTimer::timeout, this, [this] { m_progress->setValue(m_work->percent()); });
    layout->addWidget(m_progress);
    layout->addStretch();

    auto *buttons = new QHBoxLayout;
    auto *cancel = newButton(tr("Cancel"), "");
    m_save->setDefault(true);
    connect(m_save, &QPushButton::clicked, this, &QDialog::accept);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    buttons->addStretch();
    buttons->addWidget(cancel);
    buttons->addWidget(m_save);
    layout->addLayout(buttons);
    connect(m_kind, &QComboBox::currentIndexChanged, this, [this] {
        if (isFormula() && m_field.formula.isEmpty() && m_formats->precision() == 0) {
            m_formats->setPrecision(-1); // What is computed has as many decimals as it has.
        }
        updateKind();
    });
    connect(m_formats, &FormatRows::takesOther, this, &FieldDialog::updateLoss);
    connect(m_options, &OptionsEdit::removed, this, &FieldDialog::updateLoss);
    connect(m_links, &LinkRows::changed, this, &FieldDialog::updateLoss);
    connect(m_ties, &TieRows::changed, this, &FieldDialog::updateTies);
    connect(&m_previewer, &ChangePreviewer::found, this, &FieldDialog::showPreview);
    connect(m_makeMissing, &QCheckBox::toggled, this, &FieldDialog::updateLoss);
    m_formula->setFormula(field.formula);
    updateFormula();
    connect(m_formula, &FormulaEdit::changed, this, &FieldDialog::updateFormula);
    connect(m_shownAs, &QComboBox::currentIndexChanged, this, &FieldDialog::updateKind);
    connect(m_formats, &FormatRows::precisionChanged, this,
        [this] { m_formula->showResultsAs(this->field()); });
    m_name->selectAll();
    m_name->setFocus();
}

FieldKind FieldDialog::kind() const
{
    return FieldKind((isFormula() ? m_shownAs : m_kind)->currentData().toInt());
}

bool FieldDialog::isFormula() const
{
    return m_kind->currentData().toInt() == FormulaKind;
}

/// What its result can be shown as depends on the formula; what was chosen stays if it can.
void FieldDialog::updateFormula()
{
    const auto &expression = m_formula->expression();
    const QList<FieldKind> kinds =
        resultKinds(expression ? expression.value().type : formulaTypeOf(m_field));
    const int before = m_shownAs->count() > 0 ? m_shownAs->currentData().toInt()
        : m_field.formula.isEmpty()           ? -1
                                              : int(m_field.kind);
    {
        const QSignalBlocker quiet(m_shownAs);
        m_shownAs->clear();
        for (const FieldKind each : kinds) {
            Field sample;
            sample.kind = each;
            m_shownAs->addItem(
                m_theme.buttonIcon(CellPainter::icon(sample)), kindName(each), int(each));
        }
        m_shownAs->setCurrentIndex(std::max(0, m_shownAs->findData(before)));
    }
    updateKind();
}

/// What new records may begin with, to choose from; other values are typed.
void FieldDialog::offerDefaults()
{
    const Field now = field();
    const FieldContext context{m_people, QLocale(), m_zone};
    const ValueType type = valueTypeOf(now.kind);
    m_default->clear();
    m_default->addItem(QString(), int(DefaultValue::Kind::Nothing));
    if (type == ValueType::Person || type == ValueType::Persons) {
        m_default->addItem(tr("whoever makes the record"), int(DefaultValue::Kind::Me));
        for (const Person &person : m_people.all()) {
            if (person.role != Role::None) {
                m_default->addItem(person.name, int(DefaultValue::Kind::Fixed));
            }
        }
    } else if (type == ValueType::Date || type == ValueType::Moment) {
        m_default->addItem(tr("when the record is made"), int(DefaultValue::Kind::Now));
    } else if (type == ValueType::Flag) {
        m_default->addItem(QStringLiteral("✓"), int(DefaultValue::Kind::Fixed));
    }
    for (const Option &option : now.options) {
        m_default->addItem(option.name, int(DefaultValue::Kind::Fixed));
    }
    const DefaultValue &before = m_field.defaultValue;
    const bool isFixed = before.kind == DefaultValue::Kind::Fixed;
    const int known = isFixed ? -1 : m_default->findData(int(before.kind));
    m_default->setCurrentIndex(std::max(0, known));
    m_defaultShown.clear();
    if (before.kind == DefaultValue::Kind::Formula) {
        m_defaultShown =
            u'=' + withNames(std::get<QString>(before.value), m_table.definition(), &m_document);
        m_default->setCurrentText(m_defaultShown);
    }
    if (isFixed && now.kind == m_field.kind) {
        m_defaultShown = fieldType(now.kind).format(before.value, m_field, context);
        m_default->setCurrentText(m_defaultShown);
    }
}

/// Whether the table, with the field as it is to be, can read the formula.
Done FieldDialog::readable(const QString &formula, const Field &field) const
{
    Table table = m_table.definition();
    table.fields.removeIf([&](const Field &each) { return each.id == field.id; });
    table.fields += field;
    const auto expression = parseExpression(formula, table, &m_document);
    return expression ? Done(Ok)
                      : Error{ErrorCode::FieldFormulaInvalid, expression.error().arguments, {}};
}

Result<DefaultValue> FieldDialog::defaultValue(const Field &field) const
{
    const QString text = m_default->currentText();
    if (!m_defaultShown.isEmpty() && text == m_defaultShown) {
        return m_field.defaultValue; // What is shown may be rounded.
    }
    if (text.startsWith(u'=')) {
        TRY(readable(text.mid(1), field));
        return DefaultValue{DefaultValue::Kind::Formula, text.mid(1)};
    }
    const int chosen = m_default->findText(text, Qt::MatchExactly);
    const auto kind = DefaultValue::Kind(
        chosen >= 0 ? m_default->itemData(chosen).toInt() : int(DefaultValue::Kind::Fixed));
    if (kind != DefaultValue::Kind::Fixed) {
        return DefaultValue{kind, {}};
    }
    TRY_SET(
        const Value value, fieldType(field.kind).parse(text, field, {m_people, QLocale(), m_zone}));
    return isEmpty(value) ? DefaultValue() : DefaultValue{kind, value};
}

void FieldDialog::accept()
{
    if (isFormula() && !m_formula->expression()) {
        m_formula->setFocus();
        return; // It says what is wrong.
    }
    const auto value = m_form->isRowVisible(m_default) ? defaultValue(field())
                                                       : Result<DefaultValue>(DefaultValue());
    if (!value) {
        m_default->setFocus();
        return refuse(tr("Default: %1").arg(localisedSentence(value.error())));
    }
    const Done rules = m_rules->check(field());
    if (!rules) {
        return refuse(localisedSentence(rules.error()));
    }
    if (m_isSubmitting || m_previewer.isBusy()) {
        return;
    }
    if (!m_submit) {
        return QDialog::accept();
    }
    m_isSubmitting = true;
    m_work = std::make_shared<Progress>();
    m_submit(operations(), [dialog = QPointer(this)](const Done &made) {
        if (dialog) {
            dialog->m_isSubmitting = false;
            dialog->setBusy({});
            made ? dialog->QDialog::accept() : dialog->refuse(localisedSentence(made.error()));
        }
    });
    if (m_isSubmitting) {
        setBusy(tr("Changing %n record(s)…", nullptr, int(m_table.aliveCount())));
    }
}

void FieldDialog::reject()
{
    if (!m_isSubmitting) {
        QDialog::reject();
    }
}

void FieldDialog::refuse(const QString &why)
{
    m_loss->setText(why);
    m_loss->show();
}

/// They are put together with the field.
void FieldDialog::editDepartments()
{
    auto *dialog = new DepartmentsDialog(m_theme, m_document.departments(), m_people, m_ids, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] {
        m_document.setDepartments(dialog->departments());
        updateKind();
    });
    dialog->open();
}

void FieldDialog::updateKind()
{
    const FieldKind now = kind();
    m_form->setRowVisible(m_formula, isFormula());
    m_form->setRowVisible(m_shownAs, isFormula() && m_shownAs->count() > 1);
    setMinimumWidth(isFormula() ? 560 : 420);
    const ValueType type = valueTypeOf(now);
    m_options->setVisible(!isFormula() && now != FieldKind::Department
        && (type == ValueType::Option || type == ValueType::Options));
    m_departments->setVisible(!isFormula() && now == FieldKind::Department);
    m_ties->offerFor(now, isFormula());
    updateTies();
    m_button->setVisible(!isFormula() && now == FieldKind::Button);
    m_form->setRowVisible(m_barcode, now == FieldKind::Barcode);
    m_dates->offerFor(now);
    m_form->setRowVisible(m_sensitive, now == FieldKind::Sensitive);
    m_links->setVisible(!isFormula() && now == FieldKind::Links);
    m_formats->offerFor(now);
    for (QWidget *each : {static_cast<QWidget *>(m_prefix), static_cast<QWidget *>(m_digits),
             static_cast<QWidget *>(m_daily)}) {
        m_form->setRowVisible(each, now == FieldKind::AutoNumber);
    }
    m_form->setRowVisible(
        m_tells, !isFormula() && (now == FieldKind::Person || now == FieldKind::Persons));
    m_form->setRowVisible(m_default,
        !isFormula() && isTypable(now) && !m_field.isSystem && now != FieldKind::Links
            && now != FieldKind::Sensitive);
    Field ruled = field();
    ruled.formula = isFormula() ? QStringLiteral("0") : QString(); // Also before it is typed.
    m_rules->offerFor(ruled);
    offerDefaults();
    if (now == FieldKind::Currency && m_field.kind != now && m_formats->precision() == 0) {
        m_formats->setPrecision(2);
    }
    if (isFormula()) {
        m_formula->showResultsAs(field());
    }
    updateLoss();
}

void FieldDialog::updateTies()
{
    m_options->offerGrowth(mayTakeNewOptions(kind()) && !m_ties->parent());
    m_options->showTies(m_ties->limitsMoves(), m_ties->asksReasons(), m_ties->parent());
    adjustSize();
}

/// What a change of kind would convert, and what not.
void FieldDialog::updateLoss()
{
    const FieldKind now = kind();
    m_previewer.cancel();
    setBusy({});
    m_missing.clear();
    m_makeMissing->hide();
    m_loss->hide();
    if (isFormula() && !m_field.id.isNull() && m_field.isStored()) {
        qsizetype typed = 0;
        for (Row row = 0; row < m_table.rowCount(); ++row) {
            typed += m_table.isAlive(row) && m_table.hasValue(row, m_field) ? 1 : 0;
        }
        m_loss->setVisible(typed > 0);
        m_loss->setText(tr("The formula takes the place of %n value(s) that people typed. Undo "
                           "brings them back.",
            nullptr, int(typed)));
    } else if (!m_field.id.isNull() && m_field.kind == FieldKind::Sensitive) {
        // Only the server knows what converts.
        m_loss->setVisible(now != m_field.kind || field().sensitive != m_field.sensitive);
        m_loss->setText(now == m_field.kind
                ? tr("What does not fit becomes empty. Undo brings it back.")
                : tr("The texts become readable for everybody who sees the table. What does not "
                     "fit becomes empty. Undo seals them again."));
    } else if (!isFormula() && !m_field.id.isNull()
        && (now != m_field.kind || !m_field.formula.isEmpty())) {
        m_work = std::make_shared<Progress>(); // An earlier look may still go on.
        m_previewer.ask({m_table, m_document, m_field, field(), m_people, m_zone,
            m_makeMissing->isChecked(), m_work});
        if (m_previewer.isBusy()) {
            setBusy(tr("Looking through %n record(s)…", nullptr, int(m_table.aliveCount())));
        }
    } else if (const int emptied = m_options->emptied(); emptied > 0) {
        m_loss->setText(tr("%n value(s) become empty, as their option goes. Undo brings them back.",
            nullptr, emptied));
        m_loss->show();
    }
    adjustSize();
}

void FieldDialog::showPreview(const ChangePreview &preview)
{
    setBusy({});
    m_missing = preview.missing;
    m_makeMissing->setVisible(!m_missing.isEmpty());
    m_makeMissing->setText(
        tr("Make %n record(s) for names that are not found", nullptr, int(m_missing.size())));
    m_loss->setVisible(preview.converted > 0 || preview.lost > 0);
    m_loss->setText(preview.lost == 0
            ? tr("All %n value(s) convert", nullptr, int(preview.converted))
            : tr("%1 values convert, %2 do not fit and become empty. Undo brings them back.")
                  .arg(preview.converted)
                  .arg(preview.lost));
    if (kind() == FieldKind::Sensitive) {
        m_loss->setText(m_loss->text() + u'\n'
            + tr("From then on only masks of them are shown, also in the history."));
    }
    adjustSize();
}

void FieldDialog::setBusy(const QString &what)
{
    m_progress->setVisible(!what.isEmpty());
    m_progress->setValue(0);
    what.isEmpty() ? m_looking.stop() : m_looking.start();
    m_save->setEnabled(what.isEmpty());
    if (!what.isEmpty()) {
        m_loss->setText(what);
        m_loss->show();
    }
}

Field FieldDialog::field() const
{
    Field result = m_field;
    if (result.id.isNull()) {
        result.id = m_ids.next<FieldId>();
    }
    result.name = m_name->text();
    result.description = m_description->text();
    result.kind = kind();
    result.formula = isFormula() ? m_formula->formula() : QString();
    m_formats->apply(result);
    result.prefix = m_prefix->text();
    result.digits = m_digits->value();
    result.isDaily = result.kind == FieldKind::AutoNumber && m_daily->isChecked();
    result.tellsPersons = m_tells->isChecked();
    result.rules = m_rules->rules();
    result.link = result.kind == FieldKind::Links ? m_links->options() : LinkOptions();
    result.options = m_options->isVisibleTo(this) ? m_options->options()
        : result.kind == FieldKind::Department    ? m_document.departments().options()
                                                  : QList<Option>();
    m_ties->apply(result);
    result.takesNewOptions = m_options->takesNew();
    result.button = result.kind == FieldKind::Button ? m_button->action() : ButtonAction();
    result.barcode = BarcodeFormat(m_barcode->currentIndex());
    result.date = m_dates->options();
    result.sensitive = SensitiveForm(m_sensitive->currentIndex());
    const auto value = defaultValue(result);
    result.defaultValue = value ? value.value() : DefaultValue();
    return result;
}

QList<Operation> FieldDialog::operations() const
{
    QList<Operation> operations;
    if (!m_missing.isEmpty() && m_makeMissing->isChecked()) {
        operations += m_links->recordsNamed(m_missing);
    }
    const Field made = field();
    const QList<Department> &departments = m_document.departments().all();
    if (made.kind == FieldKind::Department && departments != m_departmentsBefore) {
        operations += PutDepartments{departments, m_departmentsBefore};
    }
    operations += m_options->merges();
    operations += m_ties->fieldsBefore(made.name);
    operations += PutField{m_table.definition().id, made};
    operations += m_ties->fieldsAfter(made);
    if (made.kind == FieldKind::Links) {
        if (const auto reverse = m_links->reverseNamed(made)) {
            operations += *reverse;
        }
    }
    return operations;
}

} // namespace casebase
